//! `config`: a topic's further settings, by Kafka's names, checked by what Kafka takes.

use toml_spanner::{Item, Value};

use super::kind;
use super::settings::OWN_WORDS;
use super::table::Table;
use crate::diagnostic::{Collector, Diagnostic};
use crate::model::Cleanup;
use crate::nearest::nearest;
use crate::source::Origin;

/// What a setting takes.
#[derive(Debug, Clone, Copy)]
enum Takes {
    /// A whole number in a range.
    Number(i64, i64),
    /// A number from 0 to 1.
    Ratio,
    Boolean,
    Word(&'static [&'static str]),
    /// Anything.
    Text,
}

/// On which topics a setting has an effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum On {
    All,
    /// Those of which each key's last message stays.
    Compacted,
    /// Those of which messages are deleted.
    Deleted,
}

const INT: i64 = i32::MAX as i64;
const LONG: i64 = i64::MAX;

/// Kafka's settings of a topic that have no word of their own here; those of Kafka 4, and those that a version before it had.
const SETTINGS: &[(&str, Takes, On)] = &[
    ("compression.gzip.level", Takes::Number(-1, 9), On::All),
    ("compression.lz4.level", Takes::Number(1, 17), On::All),
    ("compression.zstd.level", Takes::Number(-131_072, 22), On::All),
    ("delete.retention.ms", Takes::Number(0, LONG), On::Compacted),
    ("file.delete.delay.ms", Takes::Number(0, LONG), On::All),
    ("flush.messages", Takes::Number(1, LONG), On::All),
    ("flush.ms", Takes::Number(0, LONG), On::All),
    ("follower.replication.throttled.replicas", Takes::Text, On::All),
    ("index.interval.bytes", Takes::Number(0, INT), On::All),
    ("leader.replication.throttled.replicas", Takes::Text, On::All),
    ("local.retention.bytes", Takes::Number(-2, LONG), On::Deleted),
    ("local.retention.ms", Takes::Number(-2, LONG), On::Deleted),
    ("max.compaction.lag.ms", Takes::Number(1, LONG), On::Compacted),
    ("max.message.bytes", Takes::Number(0, INT), On::All),
    ("message.downconversion.enable", Takes::Boolean, On::All),
    ("message.format.version", Takes::Text, On::All),
    ("message.timestamp.after.max.ms", Takes::Number(0, LONG), On::All),
    ("message.timestamp.before.max.ms", Takes::Number(0, LONG), On::All),
    ("message.timestamp.difference.max.ms", Takes::Number(0, LONG), On::All),
    ("message.timestamp.type", Takes::Word(&["CreateTime", "LogAppendTime"]), On::All),
    ("min.cleanable.dirty.ratio", Takes::Ratio, On::Compacted),
    ("min.compaction.lag.ms", Takes::Number(0, LONG), On::Compacted),
    ("preallocate", Takes::Boolean, On::All),
    ("remote.log.copy.disable", Takes::Boolean, On::All),
    ("remote.log.delete.on.disable", Takes::Boolean, On::All),
    ("remote.storage.enable", Takes::Boolean, On::All),
    ("retention.bytes", Takes::Number(-1, LONG), On::Deleted),
    ("segment.bytes", Takes::Number(14, INT), On::All),
    ("segment.index.bytes", Takes::Number(0, INT), On::All),
    ("segment.jitter.ms", Takes::Number(0, LONG), On::All),
    ("segment.ms", Takes::Number(1, LONG), On::All),
    ("unclean.leader.election.enable", Takes::Boolean, On::All),
];

/// All settings of a table, as text, in the order of their names.
pub(super) fn read(table: &Table<'_>, diagnostics: &mut Collector) -> Vec<(String, String)> {
    let mut config = Vec::new();
    for (name, origin, value, place) in table.entries() {
        if let Some((_, word)) = OWN_WORDS.iter().find(|(known, _)| *known == name) {
            diagnostics.push(
                Diagnostic::error("KE0402", &origin, format!("`{name}` has its own word in the manifest"))
                    .help(format!("write `{word}` beside `config`")),
            );
            continue;
        }
        let Some(text) = as_text(table, value) else {
            let message = format!("`{name}` is a string, a number or a boolean, not {}", kind(value));
            diagnostics.push(Diagnostic::error("KE0402", &place, message).help("write one value, as Kafka takes it"));
            continue;
        };
        if name.is_empty() || [&name, &text].iter().any(|part| part.chars().any(char::is_control)) {
            let message = "a setting has no name, or a control character in its name or value";
            diagnostics.push(Diagnostic::error("KE0402", &origin, message).help("write it as Kafka's documentation does"));
            continue;
        }
        check(&name, &text, &origin, &place, diagnostics);
        config.push((name, text));
    }
    config
}

fn as_text(table: &Table<'_>, value: &Item<'_>) -> Option<String> {
    match value.value() {
        Value::String(text) => Some((*text).to_owned()),
        Value::Integer(number) => Some(number.as_i64()?.to_string()),
        // As it is written: 0.10 stays 0.10.
        Value::Float(_) => Some(table.written(value).replace('_', "")),
        Value::Boolean(value) => Some(value.to_string()),
        _ => None,
    }
}

fn check(name: &str, text: &str, origin: &Origin, place: &Origin, diagnostics: &mut Collector) {
    let Some((_, takes, _)) = SETTINGS.iter().find(|(known, ..)| *known == name) else {
        let help = match nearest(name, SETTINGS.iter().map(|(known, ..)| *known)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "it goes to the cluster as it is, which refuses the topic where it does not know it either".to_owned(),
        };
        diagnostics.push(Diagnostic::warning("KE0425", origin, format!("`{name}` is no setting of a topic that is known here")).help(help));
        return;
    };
    let wanted = match takes {
        Takes::Number(least, most) if !text.parse::<i64>().is_ok_and(|number| (*least..=*most).contains(&number)) => match *most {
            LONG => format!("a whole number from {least} on"),
            most => format!("a whole number from {least} to {most}"),
        },
        Takes::Ratio if !text.parse::<f64>().is_ok_and(|number| (0.0..=1.0).contains(&number)) => "a number from 0 to 1".to_owned(),
        Takes::Boolean if !matches!(text, "true" | "false") => "true or false".to_owned(),
        Takes::Word(words) if !words.contains(&text) => words.join(" or "),
        _ => return,
    };
    let message = format!("`{name}` is `{text}`, and Kafka takes {wanted}");
    diagnostics.push(Diagnostic::error("KE0424", place, message).help(format!("write {wanted}")));
}

/// Warns of a setting that changes nothing of a topic's clean-up.
pub(super) fn check_effect(name: &str, table: &Table<'_>, cleanup: Cleanup, diagnostics: &mut Collector) {
    let Some((.., on)) = SETTINGS.iter().find(|(known, ..)| *known == name) else {
        return;
    };
    let (what, help) = match (on, cleanup) {
        (On::Compacted, Cleanup::Delete) => ("is not compacted", "take it away, or write `cleanup = \"compact,delete\"`"),
        (On::Deleted, Cleanup::Compact) => (
            "is compacted alone: nothing is deleted by age or size",
            "take it away, or write `cleanup = \"compact,delete\"`",
        ),
        _ => return,
    };
    let found = table.entries().into_iter().find(|(known, ..)| known == name);
    if let Some((_, origin, ..)) = found {
        let message = format!("`{name}` has no effect on a topic that {what}");
        diagnostics.push(Diagnostic::warning("KE0426", &origin, message).help(help));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_setting_stands_twice_or_has_a_word_of_its_own() {
        let mut names: Vec<_> = SETTINGS.iter().map(|(name, ..)| *name).collect();
        assert!(names.is_sorted());
        names.dedup();
        assert_eq!(names.len(), SETTINGS.len());
        assert!(OWN_WORDS.iter().all(|(own, _)| !names.contains(own)));
    }
}
