//! A group's table to the model's group, with its topic of dead letters.

use toml_spanner::Value;

use super::settings::Settings;
use super::table::Table;
use super::{Names, kind};
use crate::collections::ByName;
use crate::diagnostic::{Collector, Diagnostic, Severity};
use crate::model::{Cleanup, Compression, DeadLetter, Group, Retention, Topic, TopicId};
use crate::name::{self, Case};
use crate::nearest::nearest;
use crate::source::Origin;

const KEYS: &[&str] = &["doc", "topics", "dead-letter"];

/// What a topic of dead letters may say.
const DEAD_LETTER_KEYS: &[&str] = &[
    "name",
    "partitions",
    "replication",
    "min-insync-replicas",
    "retention",
    "compression",
    "config",
];

/// What may stand once for all topics of dead letters.
pub(super) const DEAD_LETTER_DEFAULTS: &[&str] = DEAD_LETTER_KEYS.split_at(1).1;

/// What a group is read beside.
pub(super) struct Beside<'a, 't> {
    pub(super) topics: &'a [Topic],
    /// The topics by name; `None` for one that was refused.
    pub(super) by_name: &'a ByName<Option<usize>>,
    pub(super) defaults: Option<&'a Table<'t>>,
    /// `dead-letter` of the defaults.
    pub(super) dead_letters: Option<&'a Table<'t>>,
}

/// Reads a group; `None` where it is not whole, which has been reported.
pub(super) fn read(
    id: &str,
    origin: &Origin,
    table: &Table<'_>,
    beside: &Beside<'_, '_>,
    names: &mut Names,
    diagnostics: &mut Collector,
) -> Option<Group> {
    if id.is_empty() {
        diagnostics.push(Diagnostic::error("KE0405", origin, "a group's id is empty").help("name it, as in `[groups.billing]`"));
        return None;
    }
    table.only(KEYS, "a group", diagnostics);
    let doc = table.string("doc", diagnostics).map(|(doc, _)| doc);
    let topics = read_topics(id, origin, table, beside.by_name, diagnostics);
    let read: Vec<&Topic> = topics.iter().flatten().map(|topic| &beside.topics[topic.0]).collect();
    let dead_letter = dead_letter(id, table, beside, &read, names, diagnostics);
    Some(Group {
        name: name::single(id, Case::Camel),
        doc,
        topics: topics?,
        dead_letter: dead_letter?,
        origin: origin.clone(),
    })
}

fn read_topics(
    id: &str,
    origin: &Origin,
    table: &Table<'_>,
    topics: &ByName<Option<usize>>,
    diagnostics: &mut Collector,
) -> Option<Vec<TopicId>> {
    let Some(listed) = table.strings("topics", diagnostics) else {
        if table.get("topics").is_none() && !table.misspells("topics", KEYS) {
            diagnostics.push(
                Diagnostic::error("KE0401", origin, format!("the group `{id}` does not say its topics")).help("add `topics = [\"…\"]`"),
            );
        }
        return None;
    };
    if listed.is_empty() {
        diagnostics
            .push(Diagnostic::error("KE0401", origin, format!("the group `{id}` reads no topic")).help("name at least one in `topics`"));
        return None;
    }
    let mut ids = Vec::new();
    let mut known = vec![false; topics.len()];
    for (name, place) in listed {
        match topics.get(&name) {
            Some(Some(index)) if std::mem::replace(&mut known[*index], true) => {
                diagnostics
                    .push(Diagnostic::error("KE0403", &place, format!("the group `{id}` names `{name}` twice")).help("keep one of them"));
            }
            Some(Some(index)) => ids.push(TopicId(*index)),
            // What is wrong with that topic has been said.
            Some(None) => return None,
            None => diagnostics.push_with(Severity::Error, || {
                let help = match nearest(&name, topics.keys()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("add `[topics.{name}]`"),
                };
                let message = format!("the group `{id}` reads `{name}`, which is no topic of the manifest");
                Diagnostic::error("KE0404", &place, message).help(help)
            }),
        }
    }
    Some(ids)
}

/// The topic for what the group cannot handle, if it has one: a name, or a table.
fn dead_letter(
    id: &str,
    table: &Table<'_>,
    beside: &Beside<'_, '_>,
    read: &[&Topic],
    names: &mut Names,
    diagnostics: &mut Collector,
) -> Option<Option<DeadLetter>> {
    let Some((value, origin)) = table.get("dead-letter") else {
        return Some(None);
    };
    let (own, name) = match value.value() {
        Value::String(name) => (None, Some(((*name).to_owned(), origin.clone()))),
        Value::Table(_) => {
            let own = table.table("dead-letter", diagnostics)?;
            own.only(DEAD_LETTER_KEYS, "a dead-letter topic", diagnostics);
            let name = own.string("name", diagnostics);
            if name.is_none() && own.get("name").is_some() {
                return None;
            }
            (Some(own), name)
        }
        _ => {
            let message = format!("`dead-letter` is a topic's name or a table, not {}", kind(value));
            let help = format!("write `dead-letter = \"{id}-dead-letter\"`");
            diagnostics.push(Diagnostic::error("KE0402", &origin, message).help(help));
            return None;
        }
    };
    let (name, place) = name.unwrap_or_else(|| (format!("{id}-dead-letter"), origin.clone()));
    let mut settings = Settings {
        name,
        what: "dead-letter topic",
        origin: &origin,
        keys: DEAD_LETTER_KEYS,
        layers: [own.as_ref(), beside.dead_letters].into_iter().flatten().collect(),
        diagnostics,
    };
    settings.check_name(&place);
    let is_free = names.claim(&settings.name, &place, settings.diagnostics);
    // As long as the longest-lived of what it came from.
    let longest = read.iter().map(|topic| topic.retention).max_by_key(|retention| match retention {
        Retention::Millis(millis) => *millis,
        Retention::Forever => u64::MAX,
    });
    let retention = settings.retention(Some(longest.unwrap_or(Retention::Forever)));
    let partitions = settings.partitions(Some(1));
    // What stands for all topics says nothing of how many partitions this one needs, or how long it keeps what others could not handle.
    let own_layers = settings.layers.len();
    settings.layers.extend(beside.defaults);
    let (replication, in_sync) = settings.replicas();
    let compression = settings.compression(Some(Compression::None));
    let config = settings.config(Cleanup::Delete, own_layers);
    Some(Some(DeadLetter {
        name: is_free.then_some(settings.name)?,
        partitions: partitions?,
        replication: replication?,
        min_insync_replicas: in_sync?,
        retention: retention?,
        compression: compression?,
        config,
        origin: origin.clone(),
    }))
}
