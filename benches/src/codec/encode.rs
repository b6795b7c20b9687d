//! Encoding an event into a buffer that is there.

use std::hint::black_box;

use anyhow::Result;
use kafka_event::to_avro_into;
use serde::Serialize;
use serde_avro_fast::ser::SerializerConfig;

use super::shapes::Shape;
use super::subject::{Subject, writer};
use super::ways::Group;

pub(super) fn group<S: Shape>(subject: &Subject<S>) -> Result<Group> {
    let &Subject { event, bytes, .. } = subject;
    let mut group = Group::new(format!("encode, {}, {} bytes", S::NAME, bytes.len()));
    group.way_into("kafka-event", bytes.len(), move |buffer| {
        _ = black_box(to_avro_into(black_box(event), buffer));
    });
    group.way_into("memcpy of the bytes", bytes.len(), move |buffer| {
        buffer.extend_from_slice(black_box(bytes));
        black_box(&buffer);
    });
    match subject.peer() {
        Ok(peer) => {
            fast(&mut group, subject, peer);
            by_value(&mut group, subject)?;
            direct(&mut group, subject, "apache-avro, serde", peer)?;
        }
        Err(reason) => {
            group.cannot("serde_avro_fast", format!("{reason:#}"));
            by_value(&mut group, subject)?;
        }
    }
    let generated: Result<S::Generated, _> = super::subject::reader(subject.schema)?.read_deser(&mut &*bytes);
    match generated {
        Ok(generated) => direct(&mut group, subject, GENERATED, Box::leak(Box::new(generated)))?,
        Err(reason) => group.cannot(GENERATED, format!("has none to write, since it reads none: {reason}")),
    }
    Ok(group)
}

/// What the tables call rsgen-avro's types.
pub(super) const GENERATED: &str = "apache-avro, rsgen-avro's types";

fn fast<S: Shape>(group: &mut Group, subject: &Subject<S>, peer: &'static S::Peer) {
    let mut config = SerializerConfig::new(subject.fast);
    let tried = serde_avro_fast::to_datum_vec(peer, &mut config)
        .map_err(Into::into)
        .and_then(|written| subject.is(&written));
    group.offer_into("serde_avro_fast", tried, subject.bytes.len(), move |buffer| {
        _ = black_box(serde_avro_fast::to_datum(black_box(peer), buffer, &mut config));
    });
}

fn by_value<S: Shape>(group: &mut Group, subject: &Subject<S>) -> Result<()> {
    let (writer, value) = (writer(subject.schema)?, subject.value);
    let mut written = Vec::new();
    let tried = writer.write_value_ref(&mut written, value).map_err(Into::into);
    let tried = tried.and_then(|_| subject.is(&written));
    group.offer_into("apache-avro, Value", tried, subject.bytes.len(), move |buffer| {
        _ = black_box(writer.write_value_ref(buffer, black_box(value)));
    });
    Ok(())
}

/// apache-avro's path of serde's types, without a `Value`.
fn direct<S: Shape, T: Serialize>(group: &mut Group, subject: &Subject<S>, name: &str, event: &'static T) -> Result<()> {
    let writer = writer(subject.schema)?;
    let tried = writer.write_ser_to_vec(event).map_err(Into::into);
    let tried = tried.and_then(|written| subject.is(&written));
    group.offer_into(name, tried, subject.bytes.len(), move |buffer| {
        _ = black_box(writer.write_ser(buffer, black_box(event)));
    });
    Ok(())
}
