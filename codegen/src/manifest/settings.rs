//! What Kafka is told of a topic: numbers and words, each from the topic's own table or from what stands for all topics.

use super::config;
use super::table::Table;
use crate::diagnostic::{Collector, Diagnostic};
use crate::model::{Cleanup, Compression, Framing, Retention};
use crate::nearest::nearest;
use crate::source::Origin;

/// Kafka's settings that have a word of their own here.
pub(super) const OWN_WORDS: &[(&str, &str)] = &[
    ("retention.ms", "retention"),
    ("compression.type", "compression"),
    ("min.insync.replicas", "min-insync-replicas"),
    ("cleanup.policy", "cleanup"),
];

/// Reads the settings of a topic.
pub(super) struct Settings<'a, 't> {
    /// The topic's name in Kafka.
    pub(super) name: String,
    /// What kind of topic it is, for messages.
    pub(super) what: &'static str,
    /// The topic's place.
    pub(super) origin: &'a Origin,
    /// The keys of the topic's own table.
    pub(super) keys: &'static [&'static str],
    /// Where settings are looked for, the topic's own table first.
    pub(super) layers: Vec<&'a Table<'t>>,
    pub(super) diagnostics: &'a mut Collector,
}

impl<'a, 't> Settings<'a, 't> {
    pub(super) fn error(&mut self, code: &'static str, origin: &Origin, message: impl Into<String>, help: impl Into<String>) {
        self.diagnostics.push(Diagnostic::error(code, origin, message).help(help));
    }

    /// Kafka's rule for a topic's name.
    pub(super) fn check_name(&mut self, place: &Origin) {
        if !is_topic_name(&self.name) {
            let message = format!("`{}` is not a valid topic name", self.name);
            self.error("KE0405", place, message, "up to 249 letters, digits, `.`, `_` and `-`");
        }
    }

    /// The first table that has the key.
    pub(super) fn holder(&self, key: &str) -> Option<&'a Table<'t>> {
        self.layers.iter().find(|table| table.get(key).is_some()).copied()
    }

    /// Reports that a topic does not say something.
    pub(super) fn missing(&mut self, key: &str, help: &str) {
        // What was meant for it stands there under another name, and has been reported.
        let renamed = OWN_WORDS.iter().any(|(kafka, own)| *own == key && self.in_config(kafka));
        if renamed || self.layers.first().is_some_and(|table| table.misspells(key, self.keys)) {
            return;
        }
        let message = format!("the {} `{}` does not say its `{key}`", self.what, self.name);
        self.error("KE0401", self.origin, message, help);
    }

    /// Whether a `config` has a setting.
    fn in_config(&self, setting: &str) -> bool {
        let configs = self.layers.iter().filter_map(|table| table.get("config"));
        configs
            .into_iter()
            .filter_map(|(config, _)| config.as_table())
            .any(|config| config.contains_key(setting))
    }

    /// How many partitions; what is given, where nothing is said.
    pub(super) fn partitions(&mut self, instead: Option<i64>) -> Option<u32> {
        let count = self.count("partitions", i64::from(i32::MAX), instead)?;
        u32::try_from(count).ok()
    }

    /// How many copies of each partition, and how many of them must be in sync.
    pub(super) fn replicas(&mut self) -> (Option<u16>, Option<u16>) {
        let replication = self.count("replication", i64::from(i16::MAX), Some(3));
        let in_sync = self.count(
            "min-insync-replicas",
            i64::from(i16::MAX),
            replication.map(|count| (count - 1).max(1)),
        );
        if let (Some(replication), Some(in_sync)) = (replication, in_sync)
            && in_sync > replication
        {
            let message = format!(
                "`min-insync-replicas` of `{}` is {in_sync}, and it has {replication} replicas",
                self.name
            );
            let help = "no write with acks from all could succeed: lower it, or raise `replication`";
            self.error("KE0406", self.origin, message, help);
        }
        let short = |count: Option<i64>| count.and_then(|count| u16::try_from(count).ok());
        (short(replication), short(in_sync))
    }

    fn count(&mut self, key: &str, most: i64, instead: Option<i64>) -> Option<i64> {
        let Some(holder) = self.holder(key) else {
            if instead.is_none() && key == "partitions" {
                self.missing(key, "add `partitions = 3`, or as many as consumers may share the work");
            }
            return instead;
        };
        let (count, origin) = holder.integer(key, self.diagnostics)?;
        if (1..=most).contains(&count) {
            return Some(count);
        }
        let message = format!("`{key}` of `{}` is {count}", self.name);
        self.error("KE0406", &origin, message, format!("write a number from 1 to {most}"));
        None
    }

    fn word(&mut self, key: &str) -> Option<(String, Origin)> {
        self.holder(key)?.string(key, self.diagnostics)
    }

    /// How long messages are kept; what is given, where nothing is said.
    pub(super) fn retention(&mut self, instead: Option<Retention>) -> Option<Retention> {
        let Some(holder) = self.holder("retention") else {
            if instead.is_none() {
                self.missing("retention", "add `retention = \"7d\"`, or \"forever\"");
            }
            return instead;
        };
        let (text, origin) = holder.string("retention", self.diagnostics)?;
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
            let help = "write a number with ms, s, m, h or d, as in \"30d\", or \"forever\"";
            self.error("KE0402", &origin, message, help);
        }
        millis.map(Retention::Millis)
    }

    /// The codec; what is given, where nothing is said.
    pub(super) fn compression(&mut self, instead: Option<Compression>) -> Option<Compression> {
        let Some(holder) = self.holder("compression") else {
            if instead.is_none() {
                self.missing("compression", "add `compression = \"lz4\"`, or none, gzip, snappy, zstd");
            }
            return instead;
        };
        let (text, origin) = holder.string("compression", self.diagnostics)?;
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

    pub(super) fn framing(&mut self) -> Option<Framing> {
        if self.holder("framing").is_none() {
            return Some(Framing::SingleObject);
        }
        let (text, origin) = self.word("framing")?;
        match text.as_str() {
            "single-object" => Some(Framing::SingleObject),
            "bare" => Some(Framing::Bare),
            "confluent" => Some(Framing::Confluent),
            "confluent-header" => Some(Framing::ConfluentHeader),
            "registry" => {
                let message = "`registry` does not say which of a schema registry's framings is meant";
                let help = "write \"confluent\" for an id before the event, or \"confluent-header\" for a GUID in a header of the message";
                self.error("KE0302", &origin, message, help);
                None
            }
            other => {
                let message = format!("`{other}` is not a framing");
                let help = "write \"single-object\", \"bare\", \"confluent\" or \"confluent-header\"";
                self.error("KE0402", &origin, message, help);
                None
            }
        }
    }

    /// What becomes of old messages, with the place of the word.
    pub(super) fn cleanup(&mut self) -> Option<(Cleanup, Option<Origin>)> {
        const WORDS: [(&str, Cleanup); 3] = [
            ("delete", Cleanup::Delete),
            ("compact", Cleanup::Compact),
            ("compact,delete", Cleanup::CompactDelete),
        ];
        if self.holder("cleanup").is_none() {
            return Some((Cleanup::Delete, None));
        }
        let (text, origin) = self.word("cleanup")?;
        if let Some((_, cleanup)) = WORDS.iter().find(|(word, _)| *word == text) {
            return Some((*cleanup, Some(origin)));
        }
        let spaceless = text.replace(' ', "");
        let help = match nearest(&spaceless, WORDS.map(|(word, _)| word)) {
            _ if spaceless == "delete,compact" => "write \"compact,delete\"".to_owned(),
            Some(near) => format!("did you mean `{near}`?"),
            None => "write \"delete\", \"compact\" or \"compact,delete\"".to_owned(),
        };
        self.error("KE0402", &origin, format!("`{text}` is not a cleanup policy"), help);
        None
    }

    /// Further settings by Kafka's names: those for all topics, and over them the topic's own, which are in so many of the layers.
    pub(super) fn config(&mut self, cleanup: Cleanup, own_layers: usize) -> Vec<(String, String)> {
        let mut config: Vec<(String, String)> = Vec::new();
        for (depth, table) in self.layers.clone().into_iter().enumerate().rev() {
            let Some(table) = table.table("config", self.diagnostics) else {
                continue;
            };
            for (name, value) in config::read(&table, self.diagnostics) {
                // What stands for all topics may well be without effect on some.
                if depth < own_layers {
                    config::check_effect(&name, &table, cleanup, self.diagnostics);
                }
                match config.iter_mut().find(|(known, _)| *known == name) {
                    Some((_, known)) => *known = value,
                    None => config.push((name, value)),
                }
            }
        }
        config
    }
}

/// Whether Kafka takes a name for a topic's.
pub(crate) fn is_topic_name(name: &str) -> bool {
    let legal = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    !name.is_empty() && name.len() <= 249 && name != "." && name != ".." && name.chars().all(legal)
}
