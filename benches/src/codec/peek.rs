//! One field of an event beside the whole of it.

use std::hint::black_box;

use anyhow::{Result, ensure};
use kafka_event::evolution::Peek;
use kafka_event::{Record, from_avro};

use super::shapes::{Shape, Typed};
use super::subject::Subject;
use super::ways::Group;

/// Of text, by its path.
pub(super) fn text<S: Shape>(subject: &Subject<S>, path: &str, of: fn(&S::Event) -> &str) -> Result<Group> {
    let &Subject { event, bytes, .. } = subject;
    let field = Peek::<String>::new::<S::Event>(path)?;
    ensure!(field.of_ref(bytes)? == of(event), "another value");
    let mut group = Group::new(format!("one field, {}, {} bytes", S::NAME, bytes.len()));
    group.way("kafka-event, the whole event, borrowed", move || {
        _ = black_box(from_avro::<<S::Event as Record>::Ref<'static>>(black_box(bytes)));
    });
    group.way(&format!("kafka-event, peek of `{path}`, borrowed"), move || {
        _ = black_box(field.of_ref(black_box(bytes)));
    });
    Ok(group)
}

/// Of the flagship's event: one near its beginning, and its last.
pub(super) fn flagship(subject: &Subject<Typed>) -> Result<Group> {
    let &Subject { event, bytes, .. } = subject;
    let mut group = text(subject, "job_id", |event| &event.job_id)?;
    let field = Peek::<i32>::new::<<Typed as Shape>::Event>("schema_version")?;
    ensure!(field.of(bytes)? == event.schema_version, "another value");
    group.way("kafka-event, peek of `schema_version`", move || {
        _ = black_box(field.of(black_box(bytes)));
    });
    Ok(group)
}
