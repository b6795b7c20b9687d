//! A topic's table to the model's topic.

use super::key::Keyed;
use super::record::Records;
use super::settings::Settings;
use super::table::Table;
use crate::diagnostic::{Collector, Diagnostic};
use crate::limits;
use crate::model::{Cleanup, Key, Model, Retention, Topic, TypeId};
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
    "config",
    "dead-letter",
];

/// Reads a topic; `None` where it is not whole, which has been reported.
pub(super) fn read(
    records: Records<'_>,
    key: &str,
    origin: &Origin,
    table: &Table<'_>,
    defaults: Option<&Table<'_>>,
    diagnostics: &mut Collector,
) -> Option<Topic> {
    table.only(KEYS, "a topic", diagnostics);
    let mut settings = Settings {
        name: key.to_owned(),
        what: "topic",
        origin,
        keys: KEYS,
        layers: [Some(table), defaults].into_iter().flatten().collect(),
        diagnostics,
    };
    let named = table.string("name", settings.diagnostics);
    if let Some((name, _)) = &named {
        settings.name.clone_from(name);
    }
    settings.check_name(&named.map_or(origin.clone(), |(_, place)| place));
    // Every part is read, whatever another lacks: all that is wrong is said at once.
    let carried = carried(&mut settings, records, table);
    let key = Keyed::read(&mut settings, records, table, carried.as_deref());
    let partitions = settings.partitions(None);
    let (replication, in_sync) = settings.replicas();
    let cleanup = settings.cleanup();
    let retention = retention(&mut settings, table, cleanup.as_ref());
    let compression = settings.compression(None);
    let framing = settings.framing();
    if let (Some((cleanup, place)), Some(key)) = (&cleanup, &key) {
        compacted_by_key(&mut settings, *cleanup, place.as_ref(), key);
    }
    let config = settings.config(cleanup.as_ref().map_or(Cleanup::CompactDelete, |(cleanup, _)| *cleanup), 1);
    let doc = table.string("doc", settings.diagnostics).map(|(doc, _)| doc);
    Some(Topic {
        name: name::single(&settings.name, Case::Camel),
        doc,
        records: carried?,
        key: key?.key,
        partitions: partitions?,
        replication: replication?,
        min_insync_replicas: in_sync?,
        retention: retention?,
        cleanup: cleanup?.0,
        compression: compression?,
        framing: framing?,
        config,
        origin: origin.clone(),
    })
}

/// The records that the topic carries, by `record` or by `records`.
fn carried(settings: &mut Settings<'_, '_>, records: Records<'_>, table: &Table<'_>) -> Option<Vec<TypeId>> {
    let listed = match (table.get("record"), table.get("records")) {
        (Some(_), Some((_, several))) => {
            let message = format!("the topic `{}` says both `record` and `records`", settings.name);
            settings.error(
                "KE0402",
                &several,
                message,
                "keep one of them: `records` is for a topic with several",
            );
            return None;
        }
        (None, None) => {
            let help = "add `record = \"…\"`, the full name of a record of the schemas, or `records = [\"…\", \"…\"]`";
            settings.missing("record", help);
            return None;
        }
        (Some(_), None) => vec![table.string("record", settings.diagnostics)?],
        (None, Some((_, origin))) => {
            let listed = table.strings("records", settings.diagnostics)?;
            if listed.is_empty() {
                let message = format!("the topic `{}` carries no record", settings.name);
                settings.error("KE0401", &origin, message, "name at least one in `records`");
                return None;
            }
            if let Some((_, place)) = listed.get(limits::BRANCHES) {
                let what = format!("the topic `{}` carries {} records", settings.name, listed.len());
                let reason = format!("{} are taken", limits::BRANCHES);
                let help = "give some of them a topic of their own";
                settings.diagnostics.push(limits::exceeded(place, what, &reason, help));
                return None;
            }
            listed
        }
    };
    let does = format!("the topic `{}` carries", settings.name);
    let mut found: Vec<(TypeId, Origin)> = Vec::new();
    let mut whole = true;
    for (name, origin) in listed {
        let Some(id) = records.find(&name, &origin, &does, "a topic carries a record", settings.diagnostics) else {
            whole = false;
            continue;
        };
        if let Some((_, first)) = found.iter().find(|(known, _)| *known == id) {
            let message = format!("the topic `{}` names the record `{name}` twice", settings.name);
            let diagnostic = Diagnostic::error("KE0403", &origin, message)
                .label("here again")
                .also(first, "first here");
            settings.diagnostics.push(diagnostic.help("keep one of them"));
            whole = false;
            continue;
        }
        found.push((id, origin));
    }
    whole &= told_apart(settings, records, &found);
    whole.then(|| found.into_iter().map(|(id, _)| id).collect())
}

/// A message says by a fingerprint which of the records it is.
fn told_apart(settings: &mut Settings<'_, '_>, records: Records<'_>, found: &[(TypeId, Origin)]) -> bool {
    // What could not be read has no fingerprint.
    if !records.whole || found.len() < 2 {
        return true;
    }
    let model: &Model = records.model;
    let mut apart = true;
    let prints: Vec<u64> = found.iter().map(|(id, _)| records.fingerprint(*id)).collect();
    for (place, (id, origin)) in found.iter().enumerate() {
        let Some(first) = prints[..place].iter().position(|print| *print == prints[place]) else {
            continue;
        };
        let full = |id: TypeId| model.named(id).name().full();
        let message = format!(
            "`{}` and `{}` have the same fingerprint, {:016x}: a message of `{}` could be either",
            full(found[first].0),
            full(*id),
            prints[place],
            settings.name
        );
        let diagnostic = Diagnostic::error("KE0422", origin, message).also(&found[first].1, "the other one");
        settings
            .diagnostics
            .push(diagnostic.help("give them topics of their own, or rename one of them"));
        apart = false;
    }
    apart
}

/// How long messages are kept: only where they are deleted by their age.
fn retention(settings: &mut Settings<'_, '_>, table: &Table<'_>, cleanup: Option<&(Cleanup, Option<Origin>)>) -> Option<Retention> {
    let Some((Cleanup::Compact, place)) = cleanup else {
        return settings.retention(None);
    };
    // A default is for the topics that have one.
    if let Some((_, origin)) = table.get("retention") {
        let stated = settings.retention(None)?;
        if stated != Retention::Forever {
            let message = format!(
                "`{}` states a retention, and is compacted alone: of each key the last message stays for ever",
                settings.name
            );
            let mut diagnostic = Diagnostic::error("KE0421", &origin, message);
            if let Some(place) = place {
                diagnostic = diagnostic.also(place, "by this");
            }
            let help = "take `retention` away; or write `cleanup = \"compact,delete\"`, so that what is older is deleted as well";
            settings.diagnostics.push(diagnostic.help(help));
            return None;
        }
    }
    Some(Retention::Forever)
}

/// Of a compacted topic each key's last message stays: so each message has one.
fn compacted_by_key(settings: &mut Settings<'_, '_>, cleanup: Cleanup, place: Option<&Origin>, key: &Keyed) {
    if !cleanup.is_compacted() || key.key != Key::None {
        return;
    }
    let message = format!("`{}` is compacted, and its messages have no key", settings.name);
    let mut diagnostic = Diagnostic::error("KE0420", &key.origin, message).label("Kafka refuses a message without a key there");
    if let Some(place) = place {
        diagnostic = diagnostic.also(place, "compacted by this");
    }
    let help = "key it by a field or by a record, or write `cleanup = \"delete\"`";
    settings.diagnostics.push(diagnostic.help(help));
}
