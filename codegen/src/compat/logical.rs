//! What both say of a value beyond its bytes.

use crate::model::{FixedLogical, Logical};

/// A logical type by its name in a schema, and the digits of a decimal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Meaning {
    pub(super) name: &'static str,
    pub(super) decimal: Option<(u32, u32)>,
}

/// How the reader's meaning differs from the writer's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Differs {
    /// Milliseconds and microseconds.
    Unit,
    Precision,
    Scale,
    /// A date and a time.
    Kind,
    /// Only one of them has any.
    OneSided,
}

impl From<Logical> for Meaning {
    fn from(logical: Logical) -> Self {
        let decimal = match logical {
            Logical::Decimal { precision, scale } => Some((precision, scale)),
            _ => None,
        };
        Self {
            name: logical.avro_name(),
            decimal,
        }
    }
}

impl From<FixedLogical> for Meaning {
    fn from(logical: FixedLogical) -> Self {
        let (name, decimal) = match logical {
            FixedLogical::Uuid => ("uuid", None),
            FixedLogical::Duration => ("duration", None),
            FixedLogical::Decimal { precision, scale } => ("decimal", Some((precision, scale))),
        };
        Self { name, decimal }
    }
}

/// How a reader's meaning differs from a writer's; `None` where it is the same.
pub(super) fn differs(reader: Option<Meaning>, writer: Option<Meaning>) -> Option<Differs> {
    let (reader, writer) = match (reader, writer) {
        (None, None) => return None,
        (Some(reader), Some(writer)) => (reader, writer),
        _ => return Some(Differs::OneSided),
    };
    match (reader.decimal, writer.decimal) {
        (Some((_, reader)), Some((_, writer))) if reader != writer => return Some(Differs::Scale),
        (Some((reader, _)), Some((writer, _))) => return (reader != writer).then_some(Differs::Precision),
        _ => {}
    }
    let what = |name: &'static str| name.rsplit_once('-').map_or(name, |(what, _)| what);
    if reader.name == writer.name {
        None
    } else if what(reader.name) == what(writer.name) {
        Some(Differs::Unit)
    } else {
        Some(Differs::Kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_difference_has_its_word() {
        let meaning = |logical: Logical| Some(Meaning::from(logical));
        let decimal = |precision, scale| meaning(Logical::Decimal { precision, scale });
        for (reader, writer, wanted) in [
            (None, None, None),
            (meaning(Logical::Date), meaning(Logical::Date), None),
            (meaning(Logical::Date), None, Some(Differs::OneSided)),
            (None, meaning(Logical::Uuid), Some(Differs::OneSided)),
            (
                meaning(Logical::TimestampMillis),
                meaning(Logical::TimestampMicros),
                Some(Differs::Unit),
            ),
            (
                meaning(Logical::TimestampMillis),
                meaning(Logical::LocalTimestampMillis),
                Some(Differs::Kind),
            ),
            (meaning(Logical::TimeMillis), meaning(Logical::TimeMicros), Some(Differs::Unit)),
            (meaning(Logical::Date), meaning(Logical::TimeMillis), Some(Differs::Kind)),
            (decimal(9, 2), decimal(9, 2), None),
            (decimal(9, 2), decimal(9, 3), Some(Differs::Scale)),
            (decimal(9, 2), decimal(18, 2), Some(Differs::Precision)),
            (decimal(9, 2), meaning(Logical::BigDecimal), Some(Differs::Kind)),
        ] {
            assert_eq!(differs(reader, writer), wanted, "{reader:?} {writer:?}");
        }
    }
}
