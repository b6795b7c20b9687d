//! A topic's key: none, or a field of its record, with bytes that are the same for everybody.

use toml::de::DeValue;

use super::kind;
use super::topic::TopicReader;
use crate::diagnostic::{Diagnostic, nearest};
use crate::model::{FixedLogical, Ident, Key, Logical, Model, Named, Record, Type, TypeId};

impl TopicReader<'_, '_> {
    /// Reads the key of a topic that carries the record.
    pub(super) fn key(&mut self, model: &Model, record: Option<TypeId>) -> Option<Key> {
        let Some((value, origin)) = self.table.get("key") else {
            self.missing(
                "key",
                "add `key = \"field\"` (messages of one value stay in order), or `key = \"none\"`",
            );
            return None;
        };
        let path = match value {
            DeValue::String(word) if word == "none" => return Some(Key::None),
            DeValue::String(path) => path.to_string(),
            DeValue::Table(_) => {
                let table = self.table.table("key", self.diagnostics)?;
                table.only(&["field", "record"], "a key", self.diagnostics);
                if let Some((_, origin)) = table.get("record") {
                    self.error(
                        "KE0302",
                        &origin,
                        "keys that are records are not supported by this version",
                        "key the topic by a field",
                    );
                    return None;
                }
                match table.string("field", self.diagnostics) {
                    Some((path, _)) => path,
                    None => {
                        if table.get("field").is_none() {
                            self.error(
                                "KE0401",
                                &table.origin(),
                                "the key does not say its field",
                                "write `key = { field = \"…\" }`",
                            );
                        }
                        return None;
                    }
                }
            }
            other => {
                self.error(
                    "KE0402",
                    &origin,
                    format!("`key` is a field's name, not {}", kind(other)),
                    "write `key = \"field\"` or `key = \"none\"`",
                );
                return None;
            }
        };
        let Named::Record(mut record) = model.named(record?).clone() else {
            return None;
        };
        let mut idents = Vec::new();
        let parts: Vec<&str> = path.split('.').collect();
        for (place, part) in parts.iter().enumerate() {
            let Some(field) = record.fields.iter().find(|field| field.name.avro == *part) else {
                let help = match nearest(part, record.fields.iter().map(|field| field.name.avro.as_str())) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("its fields are: {}", field_names(&record)),
                };
                let message = format!(
                    "the key of `{}` names `{part}`, which `{}` does not have",
                    self.name,
                    record.name.full()
                );
                let diagnostic = Diagnostic::error("KE0407", &origin, message)
                    .also(&record.origin, "the record is defined here")
                    .help(help);
                self.diagnostics.push(diagnostic);
                return None;
            };
            idents.push(Ident::clone(&field.name));
            if place + 1 == parts.len() {
                let ty = field.ty.clone();
                if let Err(reason) = suitable(model, &ty) {
                    let message = format!("`{path}` cannot key the topic `{}`: {reason}", self.name);
                    let help = "key it by a string, uuid, int, long, bytes or fixed that is always there, or by `\"none\"`";
                    let diagnostic = Diagnostic::error("KE0408", &origin, message)
                        .also(&field.origin.child("type"), "the field's type")
                        .help(help);
                    self.diagnostics.push(diagnostic);
                    return None;
                }
                return Some(Key::Field { path: idents, ty });
            }
            let inner = match &field.ty {
                Type::Named(id) => model.named(*id).clone(),
                Type::Broken => return None,
                _ => {
                    let message = format!("`{part}` of the key `{path}` is not a record that is always there");
                    self.error("KE0408", &origin, message, "each part but the last is a field that holds a record");
                    return None;
                }
            };
            let Named::Record(inner) = inner else {
                let message = format!("`{part}` of the key `{path}` is not a record");
                self.error("KE0408", &origin, message, "each part but the last is a field that holds a record");
                return None;
            };
            record = inner;
        }
        None
    }
}

/// All the fields of a record, to choose from.
fn field_names(record: &Record) -> String {
    record
        .fields
        .iter()
        .map(|field| field.name.avro.as_str())
        .collect::<Vec<_>>()
        .join(", ")
}

/// A key has stated bytes, the same for everybody who writes it.
fn suitable(model: &Model, ty: &Type) -> Result<(), &'static str> {
    match ty {
        Type::String | Type::Bytes | Type::Int | Type::Long | Type::Broken => Ok(()),
        Type::Logical(Logical::Decimal { .. } | Logical::BigDecimal) => Err("a decimal's bytes differ for equal numbers"),
        Type::Logical(_) => Ok(()),
        Type::Nullable { .. } | Type::Null => Err("it may be null, and null keys are spread over all partitions"),
        Type::Float | Type::Double => Err("equal floating-point numbers need not have equal bytes"),
        Type::Boolean => Err("two values would leave all partitions but two empty"),
        Type::Array(_) | Type::Map(_) | Type::Union(_) => Err("a collection or a union has no stated bytes"),
        Type::Named(id) | Type::Boxed(id) => match model.named(*id) {
            Named::Fixed(fixed) if matches!(fixed.logical, Some(FixedLogical::Decimal { .. })) => {
                Err("Kafka's serializers have no decimal, so that others would not write the same bytes")
            }
            Named::Fixed(_) => Ok(()),
            Named::Enum(_) => Err("Kafka's serializers have no enum, and its few values would leave partitions empty"),
            Named::Record(_) => Err("a record as a key is not supported by this version"),
        },
    }
}
