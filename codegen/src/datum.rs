//! A default of a schema as Avro's bytes, for types that only their own codec can make.

use crate::avro::{Json, latin1, meant};
use crate::model::{FixedLogical, Logical, Model, Named, Type, TypeId};

/// The encoded value; `None` where the default is not of the type, which the checks refuse.
pub(crate) fn encoded(model: &Model, ty: &Type, json: &Json) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    write(model, ty, json, &mut bytes)?;
    Some(bytes)
}

fn write(model: &Model, ty: &Type, json: &Json, out: &mut Vec<u8>) -> Option<()> {
    match (ty, json) {
        (Type::Null, Json::Null) => {}
        (Type::Boolean, Json::Bool(value)) => out.push(u8::from(*value)),
        (Type::Int | Type::Logical(Logical::Date | Logical::TimeMillis), Json::Int(value)) => {
            varint(i64::from(i32::try_from(*value).ok()?), out);
        }
        (Type::Long, Json::Int(value)) => varint(*value, out),
        (Type::Float, number) => out.extend(meant::single(number)?.to_le_bytes()),
        (Type::Double, number) => out.extend(number.as_f64()?.to_le_bytes()),
        (Type::String, Json::String(text)) => prefixed(text.as_bytes(), out),
        (Type::Bytes, Json::String(text)) => prefixed(&latin1(text)?, out),
        (Type::Logical(logical @ (Logical::Uuid | Logical::Decimal { .. } | Logical::BigDecimal)), json) => {
            // Another branch may take what is none.
            meant::logical(*logical, json).ok()?;
            match (logical, json.as_str()?) {
                (Logical::Uuid, text) => prefixed(text.as_bytes(), out),
                (_, text) => prefixed(&latin1(text)?, out),
            }
        }
        (Type::Logical(_), Json::Int(value)) => varint(*value, out),
        (Type::Array(inner), Json::Array(items)) => {
            block(items.len(), out)?;
            items.iter().try_for_each(|item| write(model, inner, item, out))?;
            varint(0, out);
        }
        (Type::Map(inner), Json::Object(entries)) => {
            block(entries.len(), out)?;
            entries.iter().try_for_each(|(key, value)| {
                prefixed(key.as_bytes(), out);
                write(model, inner, value, out)
            })?;
            varint(0, out);
        }
        (Type::Nullable { null_first, .. }, Json::Null) => varint(i64::from(!null_first), out),
        (Type::Nullable { null_first, inner }, json) => {
            varint(i64::from(*null_first), out);
            write(model, inner, json, out)?;
        }
        (Type::Union(union), json) => {
            // Of the branches that take it the first, as the code that is generated for it does.
            let (place, bytes) = union
                .branches
                .iter()
                .enumerate()
                .find_map(|(place, branch)| Some((place, encoded(model, branch, json)?)))?;
            varint(i64::try_from(place).ok()?, out);
            out.extend(bytes);
        }
        (Type::Named(id) | Type::Boxed(id), json) => named(model, *id, json, out)?,
        _ => return None,
    }
    Some(())
}

fn named(model: &Model, id: TypeId, json: &Json, out: &mut Vec<u8>) -> Option<()> {
    match (model.named(id), json) {
        (Named::Enum(enumeration), Json::String(symbol)) => {
            let place = enumeration.symbols.iter().position(|known| known.avro == *symbol)?;
            varint(i64::try_from(place).ok()?, out);
        }
        (Named::Fixed(fixed), Json::String(text)) => {
            let bytes = latin1(text).filter(|bytes| bytes.len() == fixed.size)?;
            if let Some(FixedLogical::Decimal { precision, .. }) = fixed.logical {
                meant::decimal(precision, &bytes).ok()?;
            }
            out.extend(bytes);
        }
        (Named::Record(record), Json::Object(entries)) => {
            for (field, stated) in record.fields.iter().zip(record.values(entries).ok()?) {
                write(model, &field.ty, stated.or(field.default.as_ref())?, out)?;
            }
        }
        _ => return None,
    }
    Some(())
}

/// The beginning of a collection's only block; an empty one has none.
fn block(items: usize, out: &mut Vec<u8>) -> Option<()> {
    if items > 0 {
        varint(i64::try_from(items).ok()?, out);
    }
    Some(())
}

fn prefixed(bytes: &[u8], out: &mut Vec<u8>) {
    // A slice is never longer than `isize::MAX`.
    varint(bytes.len() as i64, out);
    out.extend_from_slice(bytes);
}

fn varint(value: i64, out: &mut Vec<u8>) {
    let mut zigzag = ((value << 1) ^ (value >> 63)) as u64;
    while zigzag >= 0x80 {
        out.push(zigzag as u8 | 0x80);
        zigzag >>= 7;
    }
    out.push(zigzag as u8);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load_schemas;

    /// The field `f` of a record, with its default, as bytes.
    fn bytes(ty: &str, default: &str) -> Option<Vec<u8>> {
        let folder = tempfile::tempdir().unwrap();
        let schema = format!(r#"{{"type": "record", "name": "R", "fields": [{{"name": "f", "type": {ty}, "default": {default}}}]}}"#);
        std::fs::write(folder.path().join("r.avsc"), schema).unwrap();
        let contract = load_schemas(&[folder.path().to_owned()]).unwrap_or_else(|report| panic!("{report}"));
        let (_, Named::Record(record)) = contract.model.find("R").unwrap() else {
            panic!("a record")
        };
        let field = &record.fields[0];
        encoded(&contract.model, &field.ty, field.default.as_ref().unwrap())
    }

    #[test]
    fn values_are_as_the_specification_writes_them() {
        let union = r#"["null", "string", "long"]"#;
        let record =
            r#"{"type": "record", "name": "S", "fields": [{"name": "a", "type": "int"}, {"name": "b", "type": "string", "default": "x"}]}"#;
        let symbols = r#"{"type": "enum", "name": "E", "symbols": ["A", "B"]}"#;
        for (ty, default, wanted) in [
            (r#""boolean""#, "true", &[1][..]),
            (r#""int""#, "-64", &[0x7f]),
            (r#""long""#, "8192", &[0x80, 0x80, 0x01]),
            (
                r#""long""#,
                "-9223372036854775808",
                &[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01],
            ),
            (r#""float""#, "1.5", &[0, 0, 0xc0, 0x3f]),
            (r#""double""#, "1", &[0, 0, 0, 0, 0, 0, 0xf0, 0x3f]),
            (r#""string""#, r#""é""#, &[4, 0xc3, 0xa9]),
            (r#""bytes""#, r#""\u00ff""#, &[2, 0xff]),
            (r#"{"type": "long", "logicalType": "timestamp-millis"}"#, "1", &[2]),
            (r#"{"type": "array", "items": "int"}"#, "[]", &[0]),
            (r#"{"type": "array", "items": "int"}"#, "[1, 2]", &[4, 2, 4, 0]),
            (r#"{"type": "map", "values": "int"}"#, r#"{"k": 1}"#, &[2, 2, b'k', 2, 0]),
            (r#"["null", "int"]"#, "null", &[0]),
            (r#"["int", "null"]"#, "1", &[0, 2]),
            (union, "null", &[0]),
            (union, r#""x""#, &[2, 2, b'x']),
            (union, "1", &[4, 2]),
            (symbols, r#""B""#, &[2]),
            // What one branch does not take is another's.
            (
                r#"["float", "double"]"#,
                "1e39",
                &[2, 0x1d, 0x4a, 0x9c, 0xf4, 0x87, 0x82, 0x07, 0x48],
            ),
            (
                r#"[{"type": "bytes", "logicalType": "decimal", "precision": 4}, "string"]"#,
                r#""no amount was stated""#,
                b"\x02\x28no amount was stated",
            ),
            (
                r#"[{"type": "bytes", "logicalType": "big-decimal"}, "string"]"#,
                r#""hello""#,
                b"\x02\x0ahello",
            ),
            (
                r#"[{"type": "string", "logicalType": "uuid"}, {"type": "enum", "name": "E", "symbols": ["A"]}]"#,
                r#""A""#,
                &[2, 0],
            ),
            (r#"{"type": "fixed", "name": "F", "size": 2}"#, r#""ab""#, b"ab"),
            (record, r#"{"a": 1}"#, &[2, 2, b'x']),
        ] {
            assert_eq!(bytes(ty, default).as_deref(), Some(wanted), "{ty} = {default}");
        }
    }
}
