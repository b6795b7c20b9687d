//! Logical types: what is known and stands rightly has a meaning; all else is ignored, as the specification says, with a warning.

use super::read::primitive_name;
use super::{Json, Reader, decimal};
use crate::diagnostic::Diagnostic;
use crate::model::{FixedLogical, Logical, Type};
use crate::nearest::nearest;
use crate::source::Origin;

/// Avro 1.12's logical types, and what each stands on.
const KNOWN: [(&str, &str); 13] = [
    ("date", "an int"),
    ("time-millis", "an int"),
    ("time-micros", "a long"),
    ("timestamp-millis", "a long"),
    ("timestamp-micros", "a long"),
    ("timestamp-nanos", "a long"),
    ("local-timestamp-millis", "a long"),
    ("local-timestamp-micros", "a long"),
    ("local-timestamp-nanos", "a long"),
    ("uuid", "a string or a fixed of 16 bytes"),
    ("duration", "a fixed of 12 bytes"),
    ("decimal", "bytes or a fixed"),
    ("big-decimal", "bytes"),
];

impl Reader<'_> {
    /// The meaning of a primitive.
    pub(super) fn logical(&mut self, json: &Json, base: Type, origin: &Origin) -> Type {
        let Some(name) = json.get("logicalType") else { return base };
        let logical = match (name.as_str().unwrap_or_default(), &base) {
            ("date", Type::Int) => Logical::Date,
            ("time-millis", Type::Int) => Logical::TimeMillis,
            ("time-micros", Type::Long) => Logical::TimeMicros,
            ("timestamp-millis", Type::Long) => Logical::TimestampMillis,
            ("timestamp-micros", Type::Long) => Logical::TimestampMicros,
            ("timestamp-nanos", Type::Long) => Logical::TimestampNanos,
            ("local-timestamp-millis", Type::Long) => Logical::LocalTimestampMillis,
            ("local-timestamp-micros", Type::Long) => Logical::LocalTimestampMicros,
            ("local-timestamp-nanos", Type::Long) => Logical::LocalTimestampNanos,
            ("uuid", Type::String) => Logical::Uuid,
            ("big-decimal", Type::Bytes) => Logical::BigDecimal,
            ("decimal", Type::Bytes) => match decimal::stated(json, None) {
                Ok((precision, scale)) => Logical::Decimal { precision, scale },
                Err(reason) => {
                    self.no_decimal(reason, origin);
                    return base;
                }
            },
            _ => {
                self.no_logical(json, &format!("`{}`", primitive_name(&base)), origin);
                return base;
            }
        };
        Type::Logical(logical)
    }

    /// The meaning of a fixed.
    pub(super) fn fixed_logical(&mut self, json: &Json, size: usize, origin: &Origin) -> Option<FixedLogical> {
        match (json.get("logicalType")?.as_str().unwrap_or_default(), size) {
            ("uuid", 16) => Some(FixedLogical::Uuid),
            ("duration", 12) => Some(FixedLogical::Duration),
            ("decimal", size) => match decimal::stated(json, Some(size)) {
                Ok((precision, scale)) => Some(FixedLogical::Decimal { precision, scale }),
                Err(reason) => {
                    self.no_decimal(reason, origin);
                    None
                }
            },
            _ => {
                self.no_logical(json, &format!("a fixed of {size} bytes"), origin);
                None
            }
        }
    }

    /// Warns of a logical type on what has none of that name.
    pub(super) fn no_logical(&mut self, json: &Json, on: &str, origin: &Origin) {
        let Some(name) = json.get("logicalType") else { return };
        let Json::String(name) = name else {
            let message = format!("a logical type is a name, not {}: it is ignored", name.kind());
            return self.ignored("logicalType", message, "write it in quotes, or take it away".to_owned(), origin);
        };
        if let Some((_, wanted)) = KNOWN.iter().find(|(known, _)| known == name) {
            let message = format!("the logical type `{name}` is ignored: it stands on {on}");
            return self.ignored("logicalType", message, format!("put it on {wanted}, or take it away"), origin);
        }
        let help = match nearest(name, KNOWN.map(|(known, _)| known)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("it is carried as {on}, which is right where others give the name a meaning"),
        };
        self.ignored(
            "logicalType",
            format!("the logical type `{name}` is not known, and is ignored"),
            help,
            origin,
        );
    }

    fn no_decimal(&mut self, (key, reason): (&'static str, String), origin: &Origin) {
        let help =
            "a decimal has a `precision` of at least 1 that its bytes hold, and a `scale` of at most that; without, it is carried as bytes";
        self.ignored(key, format!("the decimal is ignored: {reason}"), help.to_owned(), origin);
    }

    fn ignored(&mut self, key: &'static str, message: String, help: String, origin: &Origin) {
        self.diagnostics
            .push(Diagnostic::warning("KE0110", &origin.child(key), message).help(help));
    }
}
