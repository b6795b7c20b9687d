//! Values of Avro's logical types: small, `Copy` but for decimals without a bound, and able to hold all that the wire can.
//!
//! # Other crates' types
//!
//! With a feature of the crate's name, its types convert from and to these (`From` where no value is lost or refused, else `TryFrom`), and can
//! stand in a field of an event of one's own in their place.
//!
//! | Avro | `chrono` | `time` | `jiff` | `rust_decimal` |
//! | --- | --- | --- | --- | --- |
//! | `date` | `NaiveDate` | `Date` | `civil::Date` | |
//! | `time-…` | `NaiveTime` | `Time` | `civil::Time` | |
//! | `timestamp-…` | `DateTime<Utc>` | `OffsetDateTime`, `UtcDateTime` | `Timestamp` | |
//! | `local-timestamp-…` | `NaiveDateTime` | `PrimitiveDateTime` | `civil::DateTime` | |
//! | `duration` | | | `Span` | |
//! | `decimal`, `big-decimal` | | | | `Decimal` |
//!
//! In a field they can fail where ours cannot:
//! - What such a type does not hold is an error of decoding: a date beyond the years of its crate (±9,999; with chrono some ±262,000), a time that
//!   is none of a day, a decimal of more than 96 bits or 28 digits behind the point.
//! - What the schema does not hold is an error of encoding: nanoseconds outside of 1677 to 2262, a decimal of more digits than the schema's
//!   precision and scale, a span below zero or finer than a millisecond.
//!
//! What is finer than the unit of a time is rounded towards the past, as the system's clock is by [`TimestampMillis::now`]; a leap second of
//! chrono's is the last moment of the second before it. Decimals and spans are never rounded. time's offset is not written: what is read has that
//! of UTC.

#[cfg(feature = "chrono")]
mod chrono;
mod decimal;
#[cfg(any(feature = "chrono", feature = "time", feature = "jiff"))]
mod foreign;
mod integer;
#[cfg(feature = "jiff")]
mod jiff;
mod number;
#[cfg(feature = "rust_decimal")]
mod rust_decimal;
#[cfg(feature = "time")]
mod time;

pub use decimal::{BigDecimal, Decimal, WideDecimal};
#[cfg(feature = "serde")]
pub(crate) use decimal::{text, unscaled};
#[cfg(any(feature = "chrono", feature = "time", feature = "jiff"))]
pub use foreign::OutOfRange;
pub use integer::BigInt;
pub(crate) use integer::{minimal, small};

macro_rules! counts {
    ($($(#[$doc:meta])* $name:ident($repr:ty);)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub $repr);

        impl From<$repr> for $name {
            fn from(count: $repr) -> Self {
                Self(count)
            }
        }

        impl From<$name> for $repr {
            fn from(value: $name) -> Self {
                value.0
            }
        }
    )+};
}

counts! {
    /// Days since 1970-01-01.
    Date(i32);
    /// Milliseconds since midnight.
    TimeMillis(i32);
    /// Microseconds since midnight.
    TimeMicros(i64);
    /// Milliseconds since 1970-01-01T00:00:00Z.
    TimestampMillis(i64);
    /// Microseconds since 1970-01-01T00:00:00Z.
    TimestampMicros(i64);
    /// Nanoseconds since 1970-01-01T00:00:00Z.
    TimestampNanos(i64);
    /// Milliseconds since 1970-01-01T00:00:00 of a wall clock without a zone.
    LocalTimestampMillis(i64);
    /// Microseconds since 1970-01-01T00:00:00 of a wall clock without a zone.
    LocalTimestampMicros(i64);
    /// Nanoseconds since 1970-01-01T00:00:00 of a wall clock without a zone.
    LocalTimestampNanos(i64);
}

impl TimestampMillis {
    /// The system's clock, now.
    ///
    /// ```
    /// use kafka_event::logical::TimestampMillis;
    ///
    /// assert!(TimestampMillis::now() > TimestampMillis(1_700_000_000_000));
    /// ```
    #[must_use]
    pub fn now() -> Self {
        std::time::SystemTime::now().into()
    }
}

impl From<std::time::SystemTime> for TimestampMillis {
    /// Rounds towards the past; a time that 64 bits cannot hold becomes the nearest that they can.
    fn from(time: std::time::SystemTime) -> Self {
        Self(match time.duration_since(std::time::UNIX_EPOCH) {
            Ok(after) => i64::try_from(after.as_millis()).unwrap_or(i64::MAX),
            Err(before) => {
                let nanos = before.duration().as_nanos();
                i64::try_from(nanos.div_ceil(1_000_000)).map_or(i64::MIN, |millis| -millis)
            }
        })
    }
}

/// An amount of time in three parts that do not convert into each other: a month has no fixed number of days, nor a day of milliseconds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Duration {
    /// Months.
    pub months: u32,
    /// Days.
    pub days: u32,
    /// Milliseconds.
    pub millis: u32,
}

impl Duration {
    /// The twelve bytes that it is on the wire.
    #[inline]
    pub(crate) fn to_bytes(self) -> [u8; 12] {
        let mut bytes = [0; 12];
        for (place, part) in bytes.chunks_exact_mut(4).zip([self.months, self.days, self.millis]) {
            place.copy_from_slice(&part.to_le_bytes());
        }
        bytes
    }
}

/// Why a number is not a decimal of a type.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DecimalError {
    /// It has more digits than the type.
    #[error("more than {precision} digits")]
    Precision {
        /// How many digits the type has.
        precision: u32,
    },
    /// It would have to be rounded.
    #[error("more than {scale} digits behind the point")]
    Scale {
        /// How many digits the type has behind the point.
        scale: u32,
    },
    /// It is beyond what holds it in Rust.
    #[error("a number beyond {what}")]
    TooLarge {
        /// What holds it.
        what: &'static str,
    },
    /// It is no decimal number.
    #[error("text that is not a decimal number")]
    Syntax,
}
