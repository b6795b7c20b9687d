//! An event as JSON: in Avro's JSON encoding, in serde's form, and as the peers have it.

use std::hint::black_box;

use anyhow::{Result, ensure};
use apache_avro::types::Value;
use kafka_event::json::{from_avro_json, to_avro_json};
use serde_json::Value as Json;

use super::shapes::Shape;
use super::subject::Subject;
use super::ways::Group;

const ENCODING: &str = "kafka-event, Avro's JSON encoding";
const FORM: &str = "kafka-event, serde's form by serde_json";
const DERIVED: &str = "serde_json, derived structs";
const DYNAMIC: &str = "apache-avro, Value by serde_json's Value";

/// Writing it.
pub(super) fn write<S: Shape>(subject: &Subject<S>) -> Result<Group> {
    let &Subject { event, value, .. } = subject;
    let size = to_avro_json(event)?.len();
    let mut group = Group::new(format!("write JSON, {}, {size} bytes", S::NAME));
    group.way(ENCODING, move || _ = black_box(to_avro_json(black_box(event))));
    group.way(FORM, move || _ = black_box(serde_json::to_string(black_box(event))));
    match subject.peer() {
        Ok(peer) => group.way(DERIVED, move || _ = black_box(serde_json::to_string(black_box(peer)))),
        Err(reason) => group.cannot(DERIVED, format!("{reason:#}")),
    }
    group.offer(DYNAMIC, dynamic_json(value.clone()).map(drop), move || {
        _ = black_box(dynamic_json(black_box(value.clone())));
    });
    Ok(group)
}

/// Reading what the same way wrote; apache-avro does not read JSON.
pub(super) fn read<S: Shape>(subject: &Subject<S>) -> Result<Group> {
    let event = subject.event;
    let encoding: &str = to_avro_json(event)?.leak();
    let mut group = Group::new(format!("read JSON, {}, {} bytes", S::NAME, encoding.len()));
    ensure!(from_avro_json::<S::Event>(encoding)? == *event, "Avro's JSON is another event");
    group.way(ENCODING, move || _ = black_box(from_avro_json::<S::Event>(black_box(encoding))));

    let form: &str = serde_json::to_string(event)?.leak();
    ensure!(serde_json::from_str::<S::Event>(form)? == *event, "serde's form is another event");
    group.way(FORM, move || _ = black_box(serde_json::from_str::<S::Event>(black_box(form))));

    match subject.peer() {
        Ok(peer) => {
            let derived: &str = serde_json::to_string(peer)?.leak();
            let tried = serde_json::from_str::<S::Peer>(derived).map_err(Into::into).and_then(|read| {
                ensure!(read == *peer, "reads another event");
                Ok(())
            });
            group.offer(DERIVED, tried, move || {
                _ = black_box(serde_json::from_str::<S::Peer>(black_box(derived)));
            });
        }
        Err(reason) => group.cannot(DERIVED, format!("{reason:#}")),
    }
    Ok(group)
}

/// Not Avro's JSON encoding: a union's branch is not told.
fn dynamic_json(value: Value) -> Result<String> {
    Ok(serde_json::to_string(&Json::try_from(value)?)?)
}
