//! The feature `time`: its types in place of ours.
//!
//! | Avro | time | what it does not hold |
//! | --- | --- | --- |
//! | `date` | `Date` | years beyond ±9,999: an error of decoding |
//! | `time-millis`, `time-micros` | `Time` | what is no time of a day: an error of decoding |
//! | `timestamp-millis`, `timestamp-micros` | `OffsetDateTime`, `UtcDateTime` | years beyond ±9,999: an error of decoding |
//! | `timestamp-nanos` | `OffsetDateTime`, `UtcDateTime` | years outside of 1677 to 2262 are an error of encoding |
//! | `local-timestamp-…` | `PrimitiveDateTime` | as above |
//!
//! What is finer than the schema's unit is rounded towards the past. An offset is not written: what is read has that of UTC. With time's
//! feature `large-dates` the years go to ±999,999, of which microseconds do not hold all: the conversion to them can fail.

use ::time::{Date, OffsetDateTime, PrimitiveDateTime, Time, UtcDateTime};

use super::foreign::{Moment, conversions};

/// Nanoseconds in a second.
const SECOND: i128 = 1_000_000_000;

/// Nanoseconds in a day.
const DAY: i128 = 86_400 * SECOND;

/// 1970-01-01 as time counts days.
const EPOCH: i32 = 2_440_588;

impl Moment for Date {
    const NAME: &'static str = "a time::Date";

    fn nanos(self) -> i128 {
        i128::from(self.to_julian_day() - EPOCH) * DAY
    }

    fn of_nanos(nanos: i128) -> Option<Self> {
        let days = i32::try_from(nanos.div_euclid(DAY)).ok()?;
        Self::from_julian_day(days.checked_add(EPOCH)?).ok()
    }
}

impl Moment for Time {
    const NAME: &'static str = "a time::Time";

    fn nanos(self) -> i128 {
        let (hour, minute, second, nano) = self.as_hms_nano();
        let seconds = (i128::from(hour) * 60 + i128::from(minute)) * 60 + i128::from(second);
        seconds * SECOND + i128::from(nano)
    }

    fn of_nanos(nanos: i128) -> Option<Self> {
        let seconds = u32::try_from(nanos.div_euclid(SECOND)).ok()?;
        let (hour, minute, second) = (u8::try_from(seconds / 3600).ok()?, seconds / 60 % 60, seconds % 60);
        Self::from_hms_nano(hour, minute as u8, second as u8, nanos.rem_euclid(SECOND) as u32).ok()
    }
}

impl Moment for OffsetDateTime {
    const NAME: &'static str = "a time::OffsetDateTime";

    fn nanos(self) -> i128 {
        self.unix_timestamp_nanos()
    }

    fn of_nanos(nanos: i128) -> Option<Self> {
        Self::from_unix_timestamp_nanos(nanos).ok()
    }
}

impl Moment for UtcDateTime {
    const NAME: &'static str = "a time::UtcDateTime";

    fn nanos(self) -> i128 {
        self.unix_timestamp_nanos()
    }

    fn of_nanos(nanos: i128) -> Option<Self> {
        Self::from_unix_timestamp_nanos(nanos).ok()
    }
}

impl Moment for PrimitiveDateTime {
    const NAME: &'static str = "a time::PrimitiveDateTime";

    fn nanos(self) -> i128 {
        self.assume_utc().unix_timestamp_nanos()
    }

    fn of_nanos(nanos: i128) -> Option<Self> {
        let moment = OffsetDateTime::from_unix_timestamp_nanos(nanos).ok()?;
        Some(Self::new(moment.date(), moment.time()))
    }
}

conversions! {
    Date <= always, within => Date;
    TimeMillis <= always, within => Time;
    TimeMicros <= always, within => Time;
    TimestampMillis <= always, within => OffsetDateTime;
    TimestampMicros <= within, within => OffsetDateTime;
    TimestampNanos <= within, always => OffsetDateTime;
    TimestampMillis <= always, within => UtcDateTime;
    TimestampMicros <= within, within => UtcDateTime;
    TimestampNanos <= within, always => UtcDateTime;
    LocalTimestampMillis <= always, within => PrimitiveDateTime;
    LocalTimestampMicros <= within, within => PrimitiveDateTime;
    LocalTimestampNanos <= within, always => PrimitiveDateTime;
}

#[cfg(test)]
mod tests {
    use ::time::{Month, UtcOffset};

    use super::*;
    use crate::codec::testing::{read, written};
    use crate::{logical, wire};

    fn moment() -> OffsetDateTime {
        let time = Time::from_hms_milli(4, 5, 6, 7).unwrap();
        Date::from_calendar_date(2026, Month::February, 3)
            .unwrap()
            .with_time(time)
            .assume_utc()
    }

    #[test]
    fn both_ways() {
        let day = Date::from_calendar_date(1969, Month::December, 31).unwrap();
        assert_eq!(logical::Date::from(day), logical::Date(-1));
        assert_eq!(Date::try_from(logical::Date(-1)), Ok(day));

        let time = Time::from_hms_milli(23, 59, 59, 999).unwrap();
        assert_eq!(logical::TimeMillis::from(time), logical::TimeMillis(86_399_999));
        assert_eq!(logical::TimeMicros::from(time), logical::TimeMicros(86_399_999_000));
        assert_eq!(Time::try_from(logical::TimeMillis(86_399_999)), Ok(time));
        assert_eq!(Time::try_from(logical::TimeMicros(86_399_999_000)), Ok(time));

        let moment = moment();
        let elsewhere = moment.to_offset(UtcOffset::from_hms(5, 30, 0).unwrap());
        for moment in [moment, elsewhere] {
            assert_eq!(logical::TimestampMillis::from(moment), logical::TimestampMillis(1_770_091_506_007));
            assert_eq!(
                logical::TimestampMicros::try_from(moment),
                Ok(logical::TimestampMicros(1_770_091_506_007_000))
            );
            assert_eq!(
                logical::TimestampNanos::try_from(moment),
                Ok(logical::TimestampNanos(1_770_091_506_007_000_000))
            );
        }
        assert_eq!(OffsetDateTime::try_from(logical::TimestampMillis(1_770_091_506_007)), Ok(moment));
        assert_eq!(OffsetDateTime::from(logical::TimestampNanos(1_770_091_506_007_000_000)), moment);
        assert_eq!(
            UtcDateTime::try_from(logical::TimestampMicros(1_770_091_506_007_000)),
            Ok(moment.to_utc())
        );
        assert_eq!(
            logical::TimestampMillis::from(moment.to_utc()),
            logical::TimestampMillis(1_770_091_506_007)
        );
        let local = PrimitiveDateTime::new(moment.date(), moment.time());
        assert_eq!(
            logical::LocalTimestampMillis::from(local),
            logical::LocalTimestampMillis(1_770_091_506_007)
        );
        assert_eq!(
            PrimitiveDateTime::try_from(logical::LocalTimestampMillis(1_770_091_506_007)),
            Ok(local)
        );
    }

    #[test]
    fn what_is_finer_is_rounded_towards_the_past() {
        let before = OffsetDateTime::from_unix_timestamp_nanos(-1).unwrap();
        assert_eq!(logical::TimestampMillis::from(before), logical::TimestampMillis(-1));
        assert_eq!(logical::TimestampMicros::try_from(before), Ok(logical::TimestampMicros(-1)));
    }

    #[test]
    fn the_ends() {
        for count in [i64::MIN, i64::MAX] {
            assert!(OffsetDateTime::try_from(logical::TimestampMillis(count)).is_err());
            assert!(UtcDateTime::try_from(logical::TimestampMillis(count)).is_err());
            assert!(PrimitiveDateTime::try_from(logical::LocalTimestampMillis(count)).is_err());
            let nanos = logical::TimestampNanos(count);
            assert_eq!(logical::TimestampNanos::try_from(OffsetDateTime::from(nanos)), Ok(nanos));
            assert_eq!(logical::TimestampNanos::try_from(UtcDateTime::from(nanos)), Ok(nanos));
            let nanos = logical::LocalTimestampNanos(count);
            assert_eq!(logical::LocalTimestampNanos::try_from(PrimitiveDateTime::from(nanos)), Ok(nanos));
            assert!(Time::try_from(logical::TimeMicros(count)).is_err());
        }
        for moment in [PrimitiveDateTime::MIN, PrimitiveDateTime::MAX] {
            assert!(PrimitiveDateTime::try_from(logical::LocalTimestampMillis::from(moment)).is_ok());
            assert!(OffsetDateTime::try_from(logical::TimestampMillis::from(moment.assume_utc())).is_ok());
            assert!(logical::LocalTimestampNanos::try_from(moment).is_err());
        }
        // Beyond what any offset brings within.
        let far = UtcOffset::from_hms(-23, 0, 0).unwrap();
        assert!(OffsetDateTime::try_from(logical::TimestampMillis::from(PrimitiveDateTime::MAX.assume_offset(far))).is_err());
        for day in [Date::MIN, Date::MAX] {
            assert_eq!(Date::try_from(logical::Date::from(day)), Ok(day));
        }
        for count in [i32::MIN, i32::MAX] {
            assert!(Date::try_from(logical::Date(count)).is_err());
            assert!(Time::try_from(logical::TimeMillis(count)).is_err());
        }
        assert!(Time::try_from(logical::TimeMillis(86_400_000)).is_err() && Time::try_from(logical::TimeMillis(-1)).is_err());
        assert_eq!(
            Date::try_from(logical::Date(i32::MAX)).unwrap_err().to_string(),
            "2147483647 days do not fit a time::Date"
        );
    }

    #[test]
    fn in_a_field() {
        let moment = moment();
        let bytes = written::<wire::TimestampMillis, _>(&moment).unwrap();
        assert_eq!(
            bytes,
            written::<wire::TimestampMillis, _>(&logical::TimestampMillis::from(moment)).unwrap()
        );
        assert_eq!(read::<wire::TimestampMillis, OffsetDateTime>(&bytes), Ok(moment));
        let most = written::<wire::Int, _>(&i32::MAX).unwrap();
        assert_eq!(
            read::<wire::Date, Date>(&most).unwrap_err(),
            "2147483647 does not fit a time::Date (at byte 5)"
        );
        assert!(written::<wire::LocalTimestampNanos, _>(&PrimitiveDateTime::MAX).is_err());
    }
}
