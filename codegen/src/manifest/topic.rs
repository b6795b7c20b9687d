//! A topic's table to the model's topic.

use toml::de::DeValue;

use super::table::Table;
use crate::diagnostic::{Collector, Diagnostic, nearest};
use crate::model::{Compression, Framing, Model, Named, Retention, Topic, TypeId};
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
    whole: bool,
    key: &str,
    origin: &Origin,
    table: &Table<'_>,
    defaults: Option<&Table<'_>>,
    diagnostics: &mut Collector,
) -> Option<Topic> {
    table.only(KEYS, "a topic", diagnostics);
    let mut reader = TopicReader {
        name: key.to_owned(),
        whole,
        origin,
        table,
        defaults,
        diagnostics,
    };
    let named = table.string("name", reader.diagnostics);
    if let Some((name, _)) = &named {
        reader.name.clone_from(name);
    }
    reader.check_name(named.map_or(origin.clone(), |(_, place)| place));
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

pub(super) struct TopicReader<'a, 't> {
    pub(super) name: String,
    /// Whether all schemas could be read: else what is missing may be in one that could not.
    whole: bool,
    origin: &'a Origin,
    pub(super) table: &'a Table<'t>,
    defaults: Option<&'a Table<'t>>,
    pub(super) diagnostics: &'a mut Collector,
}

impl TopicReader<'_, '_> {
    pub(super) fn error(&mut self, code: &'static str, origin: &Origin, message: impl Into<String>, help: impl Into<String>) {
        self.diagnostics.push(Diagnostic::error(code, origin, message).help(help));
    }

    /// Kafka's rule for a topic's name.
    fn check_name(&mut self, place: Origin) {
        let legal = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
        if self.name.is_empty() || self.name.len() > 249 || self.name == "." || self.name == ".." || !self.name.chars().all(legal) {
            let message = format!("`{}` is not a valid topic name", self.name);
            self.error("KE0405", &place, message, "up to 249 letters, digits, `.`, `_` and `-`");
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

    pub(super) fn missing(&mut self, key: &str, help: &str) {
        // What was meant for it stands there under another name, and has been reported.
        let renamed = OWN_WORDS.iter().any(|(kafka, own)| *own == key && self.in_config(kafka));
        if renamed || self.table.misspells(key, KEYS) {
            return;
        }
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
            None if !self.whole => None,
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

    /// Whether the topic's `config` has a setting.
    fn in_config(&self, setting: &str) -> bool {
        let Some((DeValue::Table(config), _)) = self.table.get("config") else {
            return false;
        };
        config.iter().any(|(key, _)| key.get_ref() == setting)
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
