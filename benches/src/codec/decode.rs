//! Decoding an event, borrowed and owned.

use std::any::TypeId;
use std::hint::black_box;

use anyhow::{Context as _, Result, ensure};
use apache_avro::from_value;
use apache_avro::reader::datum::GenericDatumReader;
use kafka_event::{Record, from_avro};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_avro_fast::from_datum_slice;

use super::encode::GENERATED;
use super::shapes::Shape;
use super::subject::{Subject, reader, writer};
use super::ways::Group;

pub(super) fn group<S: Shape>(subject: &Subject<S>) -> Result<Group> {
    let &Subject { bytes, fast, .. } = subject;
    let mut group = Group::new(format!("decode, {}, {} bytes", S::NAME, bytes.len()));
    // Where nothing is borrowed, both are one type.
    if differ::<S::Event, <S::Event as Record>::Ref<'static>>() {
        group.way("kafka-event, borrowed", move || {
            _ = black_box(from_avro::<<S::Event as Record>::Ref<'static>>(black_box(bytes)));
        });
    }
    group.way("kafka-event, owned", move || {
        _ = black_box(from_avro::<S::Event>(black_box(bytes)));
    });
    if differ::<S::Peer, S::PeerRef>() {
        let tried = from_datum_slice::<S::PeerRef>(bytes, fast).map(drop).map_err(Into::into);
        group.offer("serde_avro_fast, borrowed", tried, move || {
            _ = black_box(from_datum_slice::<S::PeerRef>(black_box(bytes), fast));
        });
    }
    let tried = from_datum_slice::<S::Peer>(bytes, fast).map(drop).map_err(Into::into);
    group.offer("serde_avro_fast, owned", tried, move || {
        _ = black_box(from_datum_slice::<S::Peer>(black_box(bytes), fast));
    });
    let dynamic = reader(subject.schema)?;
    group.way("apache-avro, Value", move || {
        _ = black_box(dynamic.read_value(&mut black_box(bytes)));
    });
    // What it had before it could read a type without one.
    let through = reader(subject.schema)?;
    let read = |reader: &GenericDatumReader<'_>, mut bytes| from_value::<S::Peer>(&reader.read_value(&mut bytes)?);
    let tried = read(&through, bytes).map(drop).map_err(Into::into);
    group.offer("apache-avro, Value to the type", tried, move || {
        _ = black_box(read(&through, black_box(bytes)));
    });
    direct::<S, S::Peer>(&mut group, subject, "apache-avro, serde", |read| {
        ensure!(*read == *subject.peer()?, "reads another event");
        Ok(())
    })?;
    direct::<S, S::Generated>(&mut group, subject, GENERATED, |read| {
        // Its types have no comparison where a float is in them: what they write is compared.
        let written = writer(subject.schema)?.write_ser_to_vec(read);
        written
            .context("reads what it cannot write")
            .and_then(|written| subject.is(&written))
    })?;
    Ok(group)
}

fn differ<A: 'static, B: 'static>() -> bool {
    TypeId::of::<A>() != TypeId::of::<B>()
}

/// apache-avro's path of serde's types, without a `Value`.
fn direct<S: Shape, T: Serialize + DeserializeOwned + 'static>(
    group: &mut Group,
    subject: &Subject<S>,
    name: &str,
    check: impl FnOnce(&T) -> Result<()>,
) -> Result<()> {
    let (reader, bytes) = (reader(subject.schema)?, subject.bytes);
    let tried = reader.read_deser::<T>(&mut &*bytes).map_err(Into::into);
    let tried = tried.and_then(|read| check(&read));
    group.offer(name, tried, move || {
        _ = black_box(reader.read_deser::<T>(&mut black_box(bytes)));
    });
    Ok(())
}
