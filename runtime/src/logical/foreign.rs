//! What the conversions from and to other crates' types of time share: each side counts nanoseconds from where Avro counts.

use super::{
    Date, LocalTimestampMicros, LocalTimestampMillis, LocalTimestampNanos, TimeMicros, TimeMillis, TimestampMicros, TimestampMillis,
    TimestampNanos,
};

/// A time that a type does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{count} {unit} do not fit {target}")]
pub struct OutOfRange {
    pub(super) count: i128,
    pub(super) unit: &'static str,
    pub(super) target: &'static str,
}

/// A type of ours: a count of a unit.
pub(super) trait Count: Copy {
    const NAME: &'static str;
    const UNIT: &'static str;
    /// How many nanoseconds the unit has.
    const NANOS: i128;

    fn count(self) -> i64;
    fn of(count: i128) -> Option<Self>;
}

/// A type of another crate.
pub(super) trait Moment: Copy {
    const NAME: &'static str;

    /// From midnight, or from 1970.
    fn nanos(self) -> i128;
    fn of_nanos(nanos: i128) -> Option<Self>;
}

macro_rules! counts {
    ($($ours:ident: $unit:literal, $nanos:expr;)+) => {$(
        impl Count for $ours {
            const NAME: &'static str = stringify!($ours);
            const UNIT: &'static str = $unit;
            const NANOS: i128 = $nanos;

            fn count(self) -> i64 {
                self.0.into()
            }

            fn of(count: i128) -> Option<Self> {
                count.try_into().ok().map(Self)
            }
        }
    )+};
}

counts! {
    Date: "days", 86_400_000_000_000;
    TimeMillis: "milliseconds", 1_000_000;
    TimeMicros: "microseconds", 1_000;
    TimestampMillis: "milliseconds", 1_000_000;
    TimestampMicros: "microseconds", 1_000;
    TimestampNanos: "nanoseconds", 1;
    LocalTimestampMillis: "milliseconds", 1_000_000;
    LocalTimestampMicros: "microseconds", 1_000;
    LocalTimestampNanos: "nanoseconds", 1;
}

/// What is finer than the unit is rounded towards the past.
pub(super) fn to_ours<O: Count, T: Moment>(theirs: T) -> Result<O, OutOfRange> {
    let count = theirs.nanos().div_euclid(O::NANOS);
    O::of(count).ok_or(OutOfRange {
        count,
        unit: O::UNIT,
        target: O::NAME,
    })
}

pub(super) fn to_theirs<O: Count, T: Moment>(ours: O) -> Result<T, OutOfRange> {
    let count = i128::from(ours.count());
    T::of_nanos(count * O::NANOS).ok_or(OutOfRange {
        count,
        unit: O::UNIT,
        target: T::NAME,
    })
}

/// A type of ours beside one of another crate, with `always` or `within` for whether the conversion to ours, and the one to theirs, holds for
/// every value.
macro_rules! conversions {
    ($($ours:ident <= $to_ours:ident, $to_theirs:ident => $theirs:ty;)+) => {$(
        $crate::logical::foreign::into_ours!($to_ours $ours $theirs);
        $crate::logical::foreign::into_theirs!($to_theirs $ours $theirs);

        impl $crate::codec::Encode<$crate::wire::$ours> for $theirs {
            #[inline]
            fn size_bound(&self) -> usize {
                $crate::codec::Encode::<$crate::wire::$ours>::size_bound(&$crate::logical::$ours(0))
            }

            #[inline]
            fn encode(&self, writer: &mut $crate::codec::Writer<'_>) {
                match $crate::logical::foreign::to_ours::<$crate::logical::$ours, Self>(*self) {
                    Ok(ours) => writer.write::<$crate::wire::$ours, _>(&ours),
                    Err(error) => writer.fail(error.to_string()),
                }
            }
        }

        impl<'de> $crate::codec::Decode<'de, $crate::wire::$ours> for $theirs {
            #[inline]
            fn decode(reader: &mut $crate::codec::Reader<'de>) -> Result<Self, $crate::DecodeError> {
                let ours = reader.read::<$crate::wire::$ours, $crate::logical::$ours>()?;
                $crate::logical::foreign::to_theirs(ours).map_err(|_| {
                    reader.error($crate::codec::error::Kind::OutOfRange {
                        what: <Self as $crate::logical::foreign::Moment>::NAME,
                        value: ours.0.into(),
                    })
                })
            }
        }
    )+};
}

macro_rules! into_ours {
    (always $ours:ident $theirs:ty) => {
        impl From<$theirs> for $crate::logical::$ours {
            /// What is finer than the unit is rounded towards the past.
            fn from(theirs: $theirs) -> Self {
                $crate::logical::foreign::to_ours(theirs).expect("the other type's range is within this one's")
            }
        }

        impl $crate::codec::EncodeKey<$crate::wire::$ours> for $theirs {
            fn encode_key(&self, out: &mut Vec<u8>) -> bool {
                $crate::codec::EncodeKey::<$crate::wire::$ours>::encode_key(&$crate::logical::$ours::from(*self), out)
            }
        }
    };
    (within $ours:ident $theirs:ty) => {
        impl TryFrom<$theirs> for $crate::logical::$ours {
            type Error = $crate::logical::OutOfRange;

            /// What is finer than the unit is rounded towards the past.
            fn try_from(theirs: $theirs) -> Result<Self, $crate::logical::OutOfRange> {
                $crate::logical::foreign::to_ours(theirs)
            }
        }
    };
}

macro_rules! into_theirs {
    (always $ours:ident $theirs:ty) => {
        impl From<$crate::logical::$ours> for $theirs {
            fn from(ours: $crate::logical::$ours) -> Self {
                $crate::logical::foreign::to_theirs(ours).expect("this type's range is within the other one's")
            }
        }
    };
    (within $ours:ident $theirs:ty) => {
        impl TryFrom<$crate::logical::$ours> for $theirs {
            type Error = $crate::logical::OutOfRange;

            fn try_from(ours: $crate::logical::$ours) -> Result<Self, $crate::logical::OutOfRange> {
                $crate::logical::foreign::to_theirs(ours)
            }
        }
    };
}

pub(super) use {conversions, into_ours, into_theirs};
