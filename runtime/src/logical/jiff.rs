//! The feature `jiff`: its types in place of ours.
//!
//! | Avro | jiff | what it does not hold |
//! | --- | --- | --- |
//! | `date` | `civil::Date` | years beyond ±9,999: an error of decoding |
//! | `time-millis`, `time-micros` | `civil::Time` | what is no time of a day: an error of decoding |
//! | `timestamp-millis`, `timestamp-micros` | `Timestamp` | years beyond ±9,999: an error of decoding |
//! | `timestamp-nanos` | `Timestamp` | years outside of 1677 to 2262 are an error of encoding |
//! | `local-timestamp-…` | `civil::DateTime` | as above |
//! | `duration` | `Span` | more than its own limits is an error of decoding; below zero, or finer than a millisecond, of encoding |
//!
//! What is finer than the schema's unit of a time is rounded towards the past; spans are never rounded.

use ::jiff::civil::{Date, DateTime, Time};
use ::jiff::{SignedDuration, Span, Timestamp};

use super::foreign::{Moment, OutOfRange, conversions};
use crate::codec::error::Kind;
use crate::codec::{Decode, DecodeError, Encode, Reader, Writer};
use crate::{logical, wire};

/// 1970-01-01.
const EPOCH: DateTime = DateTime::constant(1970, 1, 1, 0, 0, 0, 0);

/// Nanoseconds in a day.
const DAY: i128 = 86_400_000_000_000;

impl Moment for Date {
    const NAME: &'static str = "a jiff::civil::Date";

    fn nanos(self) -> i128 {
        self.to_datetime(Time::midnight()).nanos()
    }

    fn of_nanos(nanos: i128) -> Option<Self> {
        DateTime::of_nanos(nanos).map(DateTime::date)
    }
}

impl Moment for Time {
    const NAME: &'static str = "a jiff::civil::Time";

    fn nanos(self) -> i128 {
        self.duration_since(Self::midnight()).as_nanos()
    }

    fn of_nanos(nanos: i128) -> Option<Self> {
        // A sum of times goes round at midnight.
        let nanos = Some(nanos).filter(|nanos| (0..DAY).contains(nanos))?;
        Self::midnight().checked_add(SignedDuration::try_from_nanos_i128(nanos)?).ok()
    }
}

impl Moment for Timestamp {
    const NAME: &'static str = "a jiff::Timestamp";

    fn nanos(self) -> i128 {
        self.as_nanosecond()
    }

    fn of_nanos(nanos: i128) -> Option<Self> {
        Self::from_nanosecond(nanos).ok()
    }
}

impl Moment for DateTime {
    const NAME: &'static str = "a jiff::civil::DateTime";

    fn nanos(self) -> i128 {
        self.duration_since(EPOCH).as_nanos()
    }

    fn of_nanos(nanos: i128) -> Option<Self> {
        EPOCH.checked_add(SignedDuration::try_from_nanos_i128(nanos)?).ok()
    }
}

conversions! {
    Date <= always, within => Date;
    TimeMillis <= always, within => Time;
    TimeMicros <= always, within => Time;
    TimestampMillis <= always, within => Timestamp;
    TimestampMicros <= always, within => Timestamp;
    TimestampNanos <= within, always => Timestamp;
    LocalTimestampMillis <= always, within => DateTime;
    LocalTimestampMicros <= always, within => DateTime;
    LocalTimestampNanos <= within, always => DateTime;
}

impl TryFrom<logical::Duration> for Span {
    type Error = OutOfRange;

    fn try_from(duration: logical::Duration) -> Result<Self, OutOfRange> {
        let out = |count, unit| OutOfRange {
            count: i128::from(count),
            unit,
            target: "a jiff::Span",
        };
        Self::new()
            .try_months(duration.months)
            .map_err(|_| out(duration.months, "months"))?
            .try_days(duration.days)
            .map_err(|_| out(duration.days, "days"))?
            .try_milliseconds(duration.millis)
            .map_err(|_| out(duration.millis, "milliseconds"))
    }
}

impl TryFrom<Span> for logical::Duration {
    type Error = OutOfRange;

    /// Years are twelve months each, weeks seven days, and hours and less are milliseconds.
    fn try_from(span: Span) -> Result<Self, OutOfRange> {
        let whole = |count: i128, unit| {
            u32::try_from(count).map_err(|_| OutOfRange {
                count,
                unit,
                target: "Duration",
            })
        };
        let seconds = (i128::from(span.get_hours()) * 60 + i128::from(span.get_minutes())) * 60 + i128::from(span.get_seconds());
        let nanos = ((seconds * 1_000 + i128::from(span.get_milliseconds())) * 1_000 + i128::from(span.get_microseconds())) * 1_000
            + i128::from(span.get_nanoseconds());
        if nanos % 1_000_000 != 0 {
            return Err(OutOfRange {
                count: nanos,
                unit: "nanoseconds",
                target: "the milliseconds of a Duration",
            });
        }
        Ok(Self {
            months: whole(i128::from(span.get_years()) * 12 + i128::from(span.get_months()), "months")?,
            days: whole(i128::from(span.get_weeks()) * 7 + i128::from(span.get_days()), "days")?,
            millis: whole(nanos / 1_000_000, "milliseconds")?,
        })
    }
}

impl Encode<wire::Duration> for Span {
    #[inline]
    fn size_bound(&self) -> usize {
        12
    }

    #[inline]
    fn encode(&self, writer: &mut Writer<'_>) {
        match logical::Duration::try_from(*self) {
            Ok(duration) => writer.write::<wire::Duration, _>(&duration),
            Err(error) => writer.fail(error.to_string()),
        }
    }
}

impl<'de> Decode<'de, wire::Duration> for Span {
    #[inline]
    fn decode(reader: &mut Reader<'de>) -> Result<Self, DecodeError> {
        let duration = reader.read::<wire::Duration, logical::Duration>()?;
        duration.try_into().map_err(|error: OutOfRange| {
            reader.error(Kind::OutOfRange {
                what: error.target,
                value: error.count as i64,
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use ::jiff::ToSpan;
    use ::jiff::civil::date;

    use super::*;
    use crate::codec::testing::{read, written};

    #[test]
    fn both_ways() {
        assert_eq!(logical::Date::from(date(1969, 12, 31)), logical::Date(-1));
        assert_eq!(Date::try_from(logical::Date(-1)), Ok(date(1969, 12, 31)));

        let time = Time::constant(23, 59, 59, 999_000_000);
        assert_eq!(logical::TimeMillis::from(time), logical::TimeMillis(86_399_999));
        assert_eq!(logical::TimeMicros::from(time), logical::TimeMicros(86_399_999_000));
        assert_eq!(Time::try_from(logical::TimeMillis(86_399_999)), Ok(time));
        assert_eq!(Time::try_from(logical::TimeMicros(86_399_999_000)), Ok(time));

        let moment: Timestamp = "2026-02-03T04:05:06.007Z".parse().unwrap();
        assert_eq!(logical::TimestampMillis::from(moment), logical::TimestampMillis(1_770_091_506_007));
        assert_eq!(
            logical::TimestampMicros::from(moment),
            logical::TimestampMicros(1_770_091_506_007_000)
        );
        assert_eq!(
            logical::TimestampNanos::try_from(moment),
            Ok(logical::TimestampNanos(1_770_091_506_007_000_000))
        );
        assert_eq!(Timestamp::try_from(logical::TimestampMillis(1_770_091_506_007)), Ok(moment));
        assert_eq!(Timestamp::from(logical::TimestampNanos(1_770_091_506_007_000_000)), moment);
        let local = date(2026, 2, 3).at(4, 5, 6, 7_000_000);
        assert_eq!(
            logical::LocalTimestampMillis::from(local),
            logical::LocalTimestampMillis(1_770_091_506_007)
        );
        assert_eq!(DateTime::try_from(logical::LocalTimestampMicros(1_770_091_506_007_000)), Ok(local));
    }

    #[test]
    fn what_is_finer_is_rounded_towards_the_past() {
        let before = Timestamp::from_nanosecond(-1).unwrap();
        assert_eq!(logical::TimestampMillis::from(before), logical::TimestampMillis(-1));
        assert_eq!(logical::TimestampMicros::from(before), logical::TimestampMicros(-1));
    }

    #[test]
    fn the_ends() {
        for count in [i64::MIN, i64::MAX] {
            assert!(Timestamp::try_from(logical::TimestampMillis(count)).is_err());
            assert!(DateTime::try_from(logical::LocalTimestampMillis(count)).is_err());
            let nanos = logical::TimestampNanos(count);
            assert_eq!(logical::TimestampNanos::try_from(Timestamp::from(nanos)), Ok(nanos));
            let nanos = logical::LocalTimestampNanos(count);
            assert_eq!(logical::LocalTimestampNanos::try_from(DateTime::from(nanos)), Ok(nanos));
            assert!(Time::try_from(logical::TimeMicros(count)).is_err());
        }
        for moment in [Timestamp::MIN, Timestamp::MAX] {
            assert!(Timestamp::try_from(logical::TimestampMicros::from(moment)).is_ok());
            assert!(Timestamp::try_from(logical::TimestampMillis::from(moment)).is_ok());
            assert!(logical::TimestampNanos::try_from(moment).is_err());
        }
        for moment in [DateTime::MIN, DateTime::MAX] {
            assert!(DateTime::try_from(logical::LocalTimestampMicros::from(moment)).is_ok());
            assert!(logical::LocalTimestampNanos::try_from(moment).is_err());
        }
        for day in [Date::MIN, Date::MAX] {
            assert_eq!(Date::try_from(logical::Date::from(day)), Ok(day));
        }
        for count in [i32::MIN, i32::MAX] {
            assert!(Date::try_from(logical::Date(count)).is_err());
            assert!(Time::try_from(logical::TimeMillis(count)).is_err());
        }
        for time in [Time::MIN, Time::MAX] {
            assert!(Time::try_from(logical::TimeMicros::from(time)).is_ok());
        }
        assert!(Time::try_from(logical::TimeMillis(86_400_000)).is_err() && Time::try_from(logical::TimeMillis(-1)).is_err());
        assert_eq!(
            Timestamp::try_from(logical::TimestampMicros(i64::MIN)).unwrap_err().to_string(),
            "-9223372036854775808 microseconds do not fit a jiff::Timestamp"
        );
    }

    #[test]
    fn spans() {
        let duration = logical::Duration {
            months: 14,
            days: 9,
            millis: 3_600_001,
        };
        let span = 14.months().days(9).milliseconds(3_600_001);
        assert_eq!(Span::try_from(duration).unwrap().fieldwise(), span.fieldwise());
        assert_eq!(
            logical::Duration::try_from(1.year().months(2).weeks(1).days(2).hours(1).milliseconds(1)),
            Ok(duration)
        );
        assert_eq!(
            logical::Duration::try_from(-1.day()).unwrap_err().to_string(),
            "-1 days do not fit Duration"
        );
        assert_eq!(
            logical::Duration::try_from(1.second().microseconds(1)).unwrap_err().to_string(),
            "1000001000 nanoseconds do not fit the milliseconds of a Duration"
        );
        assert!(
            logical::Duration::try_from(
                u32::MAX
                    .to_string()
                    .parse::<i64>()
                    .unwrap()
                    .milliseconds()
                    .milliseconds(1_i64 << 32)
            )
            .is_err()
        );
        assert_eq!(logical::Duration::try_from(1_000.microseconds()).unwrap().millis, 1);

        let bytes = written::<wire::Duration, _>(&span).unwrap();
        assert_eq!(bytes, written::<wire::Duration, _>(&duration).unwrap());
        assert_eq!(read::<wire::Duration, Span>(&bytes).unwrap().fieldwise(), span.fieldwise());
        assert_eq!(
            read::<wire::Duration, Span>(&[0xff; 12]).unwrap_err(),
            "4294967295 does not fit a jiff::Span (at byte 12)"
        );
        assert!(written::<wire::Duration, _>(&1.nanosecond()).is_err());
    }

    #[test]
    fn in_a_field() {
        let moment: Timestamp = "2026-02-03T04:05:06.007Z".parse().unwrap();
        let bytes = written::<wire::TimestampMillis, _>(&moment).unwrap();
        assert_eq!(
            bytes,
            written::<wire::TimestampMillis, _>(&logical::TimestampMillis::from(moment)).unwrap()
        );
        assert_eq!(read::<wire::TimestampMillis, Timestamp>(&bytes), Ok(moment));
        let most = written::<wire::Long, _>(&i64::MAX).unwrap();
        assert_eq!(
            read::<wire::LocalTimestampMicros, DateTime>(&most).unwrap_err(),
            "9223372036854775807 does not fit a jiff::civil::DateTime (at byte 10)"
        );
        assert!(written::<wire::TimestampNanos, _>(&Timestamp::MAX).is_err());
    }
}
