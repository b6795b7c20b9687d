//! The feature `chrono`: its types in place of ours.
//!
//! | Avro | chrono | what it does not hold |
//! | --- | --- | --- |
//! | `date` | `NaiveDate` | years beyond some ±262,000: an error of decoding |
//! | `time-millis`, `time-micros` | `NaiveTime` | what is no time of a day: an error of decoding |
//! | `timestamp-millis`, `timestamp-micros` | `DateTime<Utc>` | years beyond some ±262,000: an error of decoding |
//! | `timestamp-nanos` | `DateTime<Utc>` | years outside of 1677 to 2262 are an error of encoding |
//! | `local-timestamp-…` | `NaiveDateTime` | as above |
//!
//! What is finer than the schema's unit is rounded towards the past. A leap second is the last moment of the second before it.

use ::chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Utc};

use super::foreign::{Moment, conversions};

/// Nanoseconds in a second.
const SECOND: i128 = 1_000_000_000;

/// Nanoseconds in a day.
const DAY: i128 = 86_400 * SECOND;

/// The last nanosecond of a second: chrono counts a leap second on.
const LAST: u32 = 999_999_999;

impl Moment for NaiveDate {
    const NAME: &'static str = "a chrono::NaiveDate";

    fn nanos(self) -> i128 {
        i128::from(self.to_epoch_days()) * DAY
    }

    fn of_nanos(nanos: i128) -> Option<Self> {
        Self::from_epoch_days(nanos.div_euclid(DAY).try_into().ok()?)
    }
}

impl Moment for NaiveTime {
    const NAME: &'static str = "a chrono::NaiveTime";

    fn nanos(self) -> i128 {
        i128::from(self.num_seconds_from_midnight()) * SECOND + i128::from(self.nanosecond().min(LAST))
    }

    fn of_nanos(nanos: i128) -> Option<Self> {
        let seconds = nanos.div_euclid(SECOND).try_into().ok()?;
        Self::from_num_seconds_from_midnight_opt(seconds, nanos.rem_euclid(SECOND) as u32)
    }
}

impl Moment for DateTime<Utc> {
    const NAME: &'static str = "a chrono::DateTime<Utc>";

    fn nanos(self) -> i128 {
        i128::from(self.timestamp()) * SECOND + i128::from(self.timestamp_subsec_nanos().min(LAST))
    }

    fn of_nanos(nanos: i128) -> Option<Self> {
        let seconds = nanos.div_euclid(SECOND).try_into().ok()?;
        Self::from_timestamp(seconds, nanos.rem_euclid(SECOND) as u32)
    }
}

impl Moment for NaiveDateTime {
    const NAME: &'static str = "a chrono::NaiveDateTime";

    fn nanos(self) -> i128 {
        self.and_utc().nanos()
    }

    fn of_nanos(nanos: i128) -> Option<Self> {
        DateTime::<Utc>::of_nanos(nanos).map(|moment| moment.naive_utc())
    }
}

conversions! {
    Date <= always, within => NaiveDate;
    TimeMillis <= always, within => NaiveTime;
    TimeMicros <= always, within => NaiveTime;
    TimestampMillis <= always, within => DateTime<Utc>;
    TimestampMicros <= always, within => DateTime<Utc>;
    TimestampNanos <= within, always => DateTime<Utc>;
    LocalTimestampMillis <= always, within => NaiveDateTime;
    LocalTimestampMicros <= always, within => NaiveDateTime;
    LocalTimestampNanos <= within, always => NaiveDateTime;
}

#[cfg(test)]
mod tests {
    use super::super::*;
    use super::*;
    use crate::codec::EncodeKey;
    use crate::codec::testing::{read, written};
    use crate::wire;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn both_ways() {
        let day = NaiveDate::from_ymd_opt(1969, 12, 31).unwrap();
        assert_eq!(Date::from(day), Date(-1));
        assert_eq!(NaiveDate::try_from(Date(-1)), Ok(day));

        let time = NaiveTime::from_hms_milli_opt(23, 59, 59, 999).unwrap();
        assert_eq!(
            (TimeMillis::from(time), TimeMicros::from(time)),
            (TimeMillis(86_399_999), TimeMicros(86_399_999_000))
        );
        assert_eq!(NaiveTime::try_from(TimeMillis(86_399_999)), Ok(time));
        assert_eq!(NaiveTime::try_from(TimeMicros(86_399_999_000)), Ok(time));

        let moment = at("2026-02-03T04:05:06.007Z");
        assert_eq!(TimestampMillis::from(moment), TimestampMillis(1_770_091_506_007));
        assert_eq!(TimestampMicros::from(moment), TimestampMicros(1_770_091_506_007_000));
        assert_eq!(TimestampNanos::try_from(moment), Ok(TimestampNanos(1_770_091_506_007_000_000)));
        assert_eq!(DateTime::try_from(TimestampMillis(1_770_091_506_007)), Ok(moment));
        assert_eq!(DateTime::try_from(TimestampMicros(1_770_091_506_007_000)), Ok(moment));
        assert_eq!(DateTime::from(TimestampNanos(1_770_091_506_007_000_000)), moment);
        let local = moment.naive_utc();
        assert_eq!(LocalTimestampMillis::from(local), LocalTimestampMillis(1_770_091_506_007));
        assert_eq!(LocalTimestampMicros::from(local), LocalTimestampMicros(1_770_091_506_007_000));
        assert_eq!(
            LocalTimestampNanos::try_from(local),
            Ok(LocalTimestampNanos(1_770_091_506_007_000_000))
        );
        assert_eq!(NaiveDateTime::from(LocalTimestampNanos(1_770_091_506_007_000_000)), local);
    }

    #[test]
    fn what_is_finer_is_rounded_towards_the_past() {
        assert_eq!(TimestampMillis::from(at("1969-12-31T23:59:59.999999999Z")), TimestampMillis(-1));
        assert_eq!(TimestampMicros::from(at("1970-01-01T00:00:00.000001999Z")), TimestampMicros(1));
        let leap = NaiveTime::from_hms_milli_opt(23, 59, 59, 1_500).unwrap();
        assert_eq!(TimeMillis::from(leap), TimeMillis(86_399_999));
        assert!(NaiveTime::try_from(TimeMillis::from(leap)).is_ok());
    }

    /// Each type of ours at its ends, and each type of theirs at its.
    #[test]
    fn the_ends() {
        for count in [i64::MIN, i64::MAX] {
            assert!(DateTime::try_from(TimestampMillis(count)).is_err());
            assert!(NaiveDateTime::try_from(LocalTimestampMicros(count)).is_err());
            assert_eq!(
                TimestampNanos::try_from(DateTime::from(TimestampNanos(count))),
                Ok(TimestampNanos(count))
            );
            assert_eq!(
                LocalTimestampNanos::try_from(NaiveDateTime::from(LocalTimestampNanos(count))),
                Ok(LocalTimestampNanos(count))
            );
            assert!(NaiveTime::try_from(TimeMicros(count)).is_err());
        }
        for moment in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
            assert!(DateTime::try_from(TimestampMicros::from(moment)).is_ok());
            assert!(DateTime::try_from(TimestampMillis::from(moment)).is_ok());
            assert!(NaiveDateTime::try_from(LocalTimestampMicros::from(moment.naive_utc())).is_ok());
            assert!(TimestampNanos::try_from(moment).is_err());
        }
        for day in [NaiveDate::MIN, NaiveDate::MAX] {
            assert_eq!(NaiveDate::try_from(Date::from(day)), Ok(day));
        }
        for count in [i32::MIN, i32::MAX] {
            assert!(NaiveDate::try_from(Date(count)).is_err());
            assert!(NaiveTime::try_from(TimeMillis(count)).is_err());
        }
        assert!(NaiveTime::try_from(TimeMillis(86_400_000)).is_err() && NaiveTime::try_from(TimeMillis(-1)).is_err());
        assert_eq!(
            DateTime::<Utc>::try_from(TimestampMillis(i64::MAX)).unwrap_err().to_string(),
            "9223372036854775807 milliseconds do not fit a chrono::DateTime<Utc>"
        );
    }

    #[test]
    fn in_a_field() {
        let moment = at("2026-02-03T04:05:06.007Z");
        let bytes = written::<wire::TimestampMillis, _>(&moment).unwrap();
        assert_eq!(bytes, written::<wire::TimestampMillis, _>(&TimestampMillis::from(moment)).unwrap());
        assert_eq!(read::<wire::TimestampMillis, DateTime<Utc>>(&bytes), Ok(moment));
        let mut key = Vec::new();
        assert!(EncodeKey::<wire::TimestampMillis>::encode_key(&moment, &mut key));
        assert_eq!(key, 1_770_091_506_007_i64.to_be_bytes());

        let most = written::<wire::Long, _>(&i64::MAX).unwrap();
        assert_eq!(
            read::<wire::TimestampMicros, DateTime<Utc>>(&most).unwrap_err(),
            "9223372036854775807 does not fit a chrono::DateTime<Utc> (at byte 10)"
        );
        assert_eq!(
            written::<wire::TimestampNanos, _>(&DateTime::<Utc>::MAX_UTC).unwrap_err(),
            "8210266876799999999999 nanoseconds do not fit TimestampNanos"
        );
    }
}
