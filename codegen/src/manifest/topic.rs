//! A topic's table to the model's topic.

use toml::de::DeValue;

use super::kind;
use super::table::Table;
use crate::diagnostic::{Collector, Diagnostic, nearest};
use crate::model::{Compression, Framing, Ident, Key, Logical, Model, Named, Record, Retention, Topic, Type, TypeId};
use crate::name::{self, Case};
use crate::source::Origin;

const KEYS: &[&str] = &[
    "doc",
    "name",
    "record",
    "records",
    "key",
    "partitions",
    "replication",
    "min-insync-replicas",
    "retention",
    "compression",
    "cleanup",
    "framing",
    "config",
];

/// What may stand once for all topics.
pub(super) const DEFAULT_KEYS: &[&str] = &[
    "partitions",
    "replication",
    "min-insync-replicas",
    "retention",
    "compression",
    "cleanup",
    "framing",
];

/// Kafka's settings that have a word of their own here.
const OWN_WORDS: &[(&str, &str)] = &[
    ("retention.ms", "retention"),
    ("compression.type", "compression"),
    ("min.insync.replicas", "min-insync-replicas"),
    ("cleanup.policy", "cleanup"),
];

/// Reads a topic; `None` where it is not whole, which has been reported.
pub(super) fn read(
    model: &Model,
    key: &str,
    origin: &Origin,
    table: &Table<'_>,
    defaults: Option<&Table<'_>>,
    diagnostics: &mut Collector,
) -> Option<Topic> {
    table.only(KEYS, "a topic", diagnostics);
    let mut reader = TopicReader {
        name: key.to_owned(),
        origin,
        table,
        defaults,
        diagnostics,
    };
    if let Some((name, _)) = table.string("name", reader.diagnostics) {
        reader.name = name;
    }
    reader.check_name();
    reader.refuse_unsupported();
    // Every part is read, whatever another lacks: all that is wrong is said at once.
    let record = reader.record(model);
    let key = reader.key(model, record);
    let partitions = reader.count("partitions", i64::from(i32::MAX), None);
    let replication = reader.count("replication", i64::from(i16::MAX), Some(3));
    let in_sync = reader.count(
        "min-insync-replicas",
        i64::from(i16::MAX),
        replication.map(|count| (count - 1).max(1)),
    );
    if let (Some(replication), Some(in_sync)) = (replication, in_sync)
        && in_sync > replication
    {
        let message = format!(
            "`min-insync-replicas` of `{}` is {in_sync}, and it has {replication} replicas",
            reader.name
        );
        reader.error(
            "KE0406",
            origin,
            message,
            "no write with acks from all could succeed: lower it, or raise `replication`",
        );
    }
    let retention = reader.retention();
    let compression = reader.compression();
    let framing = reader.framing();
    let config = reader.config();
    let doc = table.string("doc", reader.diagnostics).map(|(doc, _)| doc);
    Some(Topic {
        name: name::single(&reader.name, Case::Camel),
        doc,
        records: vec![record?],
        key: key?,
        partitions: u32::try_from(partitions?).ok()?,
        replication: u16::try_from(replication?).ok()?,
        min_insync_replicas: u16::try_from(in_sync?).ok()?,
        retention: retention?,
        compression: compression?,
        framing: framing?,
        config,
        origin: origin.clone(),
    })
}

struct TopicReader<'a, 't> {
    name: String,
    origin: &'a Origin,
    table: &'a Table<'t>,
    defaults: Option<&'a Table<'t>>,
    diagnostics: &'a mut Collector,
}

impl TopicReader<'_, '_> {
    fn error(&mut self, code: &'static str, origin: &Origin, message: impl Into<String>, help: impl Into<String>) {
        self.diagnostics.push(Diagnostic::error(code, origin, message).help(help));
    }

    /// Kafka's rule for a topic's name.
    fn check_name(&mut self) {
        let legal = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
        if self.name.is_empty() || self.name.len() > 249 || self.name == "." || self.name == ".." || !self.name.chars().all(legal) {
            let message = format!("`{}` is not a valid topic name", self.name);
            self.error("KE0405", self.origin, message, "up to 249 letters, digits, `.`, `_` and `-`");
        }
    }

    /// The table that has the key: the topic's, or the defaults.
    fn holder(&self, key: &str) -> Option<&Table<'_>> {
        if self.table.get(key).is_some() {
            Some(self.table)
        } else {
            self.defaults.filter(|defaults| defaults.get(key).is_some())
        }
    }

    fn refuse_unsupported(&mut self) {
        if let Some((_, origin)) = self.table.get("records") {
            self.error(
                "KE0302",
                &origin,
                "several records on one topic are not supported by this version",
                "name one in `record`",
            );
        }
        if let Some((DeValue::String(policy), origin)) = self.holder("cleanup").and_then(|table| table.get("cleanup")) {
            match policy.as_ref() {
                "delete" => {}
                "compact" | "compact,delete" => {
                    self.error(
                        "KE0302",
                        &origin,
                        "compacted topics are not supported by this version",
                        "write \"delete\", or take the key away",
                    );
                }
                other => self.error("KE0402", &origin, format!("`{other}` is not a cleanup policy"), "write \"delete\""),
            }
        }
    }

    fn missing(&mut self, key: &str, help: &str) {
        let message = format!("the topic `{}` does not say its `{key}`", self.name);
        self.error("KE0401", self.origin, message, help);
    }

    fn record(&mut self, model: &Model) -> Option<TypeId> {
        let Some((name, origin)) = self.table.string("record", self.diagnostics) else {
            if self.table.get("record").is_none() && self.table.get("records").is_none() {
                self.missing("record", "add `record = \"…\"`, the full name of a record of the schemas");
            }
            return None;
        };
        let simple = |full: &str| full.rsplit('.').next().unwrap_or_default().to_owned();
        let exact = model.find(&name);
        let found = match exact {
            Some(found) => Some(found),
            None if !name.contains('.') => {
                let same: Vec<_> = model.types().filter(|(_, named)| simple(&named.name().full()) == name).collect();
                if same.len() > 1 {
                    let candidates: Vec<_> = same.iter().map(|(_, named)| format!("`{}`", named.name().full())).collect();
                    let message = format!("`{name}` could be {}", candidates.join(" or "));
                    self.error("KE0404", &origin, message, "write the full name");
                    return None;
                }
                same.into_iter().next()
            }
            None => None,
        };
        match found {
            Some((id, Named::Record(_))) => Some(id),
            Some((_, other)) => {
                let message = format!("`{name}` is not a record");
                let diagnostic = Diagnostic::error("KE0404", &origin, message)
                    .also(other.origin(), "defined here")
                    .help("a topic carries a record");
                self.diagnostics.push(diagnostic);
                None
            }
            None => {
                let records: Vec<String> = model
                    .types()
                    .filter(|(_, named)| matches!(named, Named::Record(_)))
                    .map(|(_, named)| named.name().full())
                    .collect();
                let same = records.iter().find(|full| simple(full) == simple(&name)).map(String::as_str);
                let help = match same.or_else(|| nearest(&name, records.iter().map(String::as_str))) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "the schemas have no such record; `schemas` says where they are looked for".to_owned(),
                };
                let message = format!("the topic `{}` carries `{name}`, which no schema defines", self.name);
                self.error("KE0404", &origin, message, help);
                None
            }
        }
    }

    fn key(&mut self, model: &Model, record: Option<TypeId>) -> Option<Key> {
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

    fn count(&mut self, key: &str, most: i64, instead: Option<i64>) -> Option<i64> {
        let holder = if self.table.get(key).is_some() {
            Some(self.table)
        } else {
            self.defaults
        };
        let Some((_, _)) = holder.and_then(|table| table.get(key)) else {
            if instead.is_none() && key == "partitions" {
                self.missing(key, "add `partitions = 3`, or as many as consumers may share the work");
            }
            return instead;
        };
        let (count, origin) = holder?.integer(key, self.diagnostics)?;
        if (1..=most).contains(&count) {
            return Some(count);
        }
        let message = format!("`{key}` of `{}` is {count}", self.name);
        self.error("KE0406", &origin, message, format!("write a number from 1 to {most}"));
        None
    }

    fn word(&mut self, key: &str) -> Option<(String, Origin)> {
        let holder = if self.table.get(key).is_some() {
            Some(self.table)
        } else {
            self.defaults
        };
        holder?.string(key, self.diagnostics)
    }

    fn stated(&self, key: &str) -> bool {
        self.holder(key).is_some()
    }

    fn retention(&mut self) -> Option<Retention> {
        let Some((text, origin)) = self.word("retention") else {
            if !self.stated("retention") {
                self.missing("retention", "add `retention = \"7d\"`, or \"forever\"");
            }
            return None;
        };
        if text == "forever" {
            return Some(Retention::Forever);
        }
        let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let unit = match &text[digits.len()..] {
            "ms" => Some(1),
            "s" => Some(1_000),
            "m" => Some(60_000),
            "h" => Some(3_600_000),
            "d" => Some(86_400_000_u64),
            _ => None,
        };
        let millis = unit
            .and_then(|unit| digits.parse::<u64>().ok()?.checked_mul(unit))
            .filter(|millis| *millis <= i64::MAX as u64);
        if millis.is_none() {
            let message = format!("`{text}` is not a time that messages are kept");
            self.error(
                "KE0402",
                &origin,
                message,
                "write a number with ms, s, m, h or d, as in \"30d\", or \"forever\"",
            );
        }
        millis.map(Retention::Millis)
    }

    fn compression(&mut self) -> Option<Compression> {
        let Some((text, origin)) = self.word("compression") else {
            if !self.stated("compression") {
                self.missing("compression", "add `compression = \"lz4\"`, or none, gzip, snappy, zstd");
            }
            return None;
        };
        match text.as_str() {
            "none" => Some(Compression::None),
            "gzip" => Some(Compression::Gzip),
            "snappy" => Some(Compression::Snappy),
            "lz4" => Some(Compression::Lz4),
            "zstd" => Some(Compression::Zstd),
            other => {
                let help = match nearest(other, ["none", "gzip", "snappy", "lz4", "zstd"]) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "Kafka has none, gzip, snappy, lz4 and zstd".to_owned(),
                };
                self.error("KE0409", &origin, format!("`{other}` is not a codec of Kafka's"), help);
                None
            }
        }
    }

    fn framing(&mut self) -> Option<Framing> {
        let Some((text, origin)) = self.word("framing") else {
            return (!self.stated("framing")).then_some(Framing::SingleObject);
        };
        match text.as_str() {
            "single-object" => Some(Framing::SingleObject),
            "bare" => Some(Framing::Bare),
            "registry" => {
                self.error(
                    "KE0302",
                    &origin,
                    "the registry's framing is not supported by this version",
                    "write \"single-object\" or \"bare\"",
                );
                None
            }
            other => {
                self.error(
                    "KE0402",
                    &origin,
                    format!("`{other}` is not a framing"),
                    "write \"single-object\" or \"bare\"",
                );
                None
            }
        }
    }

    fn config(&mut self) -> Vec<(String, String)> {
        let Some(table) = self.table.table("config", self.diagnostics) else {
            return Vec::new();
        };
        let mut config = Vec::new();
        for (name, origin, value) in table.string_entries(self.diagnostics) {
            if let Some((_, word)) = OWN_WORDS.iter().find(|(known, _)| *known == name) {
                self.error(
                    "KE0402",
                    &origin,
                    format!("`{name}` has its own word in the manifest"),
                    format!("write `{word}` beside `config`"),
                );
            } else {
                config.push((name, value));
            }
        }
        config
    }
}

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
        Type::String | Type::Bytes | Type::Int | Type::Long => Ok(()),
        Type::Logical(Logical::Decimal { .. } | Logical::BigDecimal) => Err("a decimal's bytes differ for equal numbers"),
        Type::Logical(_) => Ok(()),
        Type::Nullable { .. } | Type::Null => Err("it may be null, and null keys are spread over all partitions"),
        Type::Float | Type::Double => Err("equal floating-point numbers need not have equal bytes"),
        Type::Boolean => Err("two values would leave all partitions but two empty"),
        Type::Array(_) | Type::Map(_) | Type::Union(_) => Err("a collection or a union has no stated bytes"),
        Type::Named(id) | Type::Boxed(id) => match model.named(*id) {
            Named::Fixed(_) => Ok(()),
            Named::Enum(_) => Err("Kafka's serializers have no enum, and its few values would leave partitions empty"),
            Named::Record(_) => Err("a record as a key is not supported by this version"),
        },
    }
}
