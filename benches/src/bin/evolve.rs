//! Reading what other versions of a schema wrote beside reading one's own, and beside apache-avro's resolution.

use std::hint::black_box;

use anyhow::{Context as _, ensure};
use apache_avro::Schema;
use apache_avro::reader::datum::GenericDatumReader;
use apache_avro::types::Value;
use apache_avro::writer::datum::GenericDatumWriter;
use benches::events::bench::{nested, typed};
use benches::{Contender, Output, Report, Scale, in_turn, repeat};
use clap::Parser;
use kafka_event::codec::{DecodeOwned, Encode};
use kafka_event::evolution::Evolution;
use kafka_event::logical::TimestampMillis;
use kafka_event::uuid::Uuid;
use kafka_event::{Record, from_avro, to_avro, wire};
use serde_json::{Value as Json, json};

/// Decodes events of other versions of their schemas, in turn with their own.
#[derive(Parser)]
struct Arguments {
    /// Print one JSON document.
    #[arg(long)]
    json: bool,

    /// How many rounds of each.
    #[arg(long, default_value_t = 15, value_parser = clap::value_parser!(u16).range(1..=1000))]
    rounds: u16,
}

/// Repetitions in a round of what takes some tens of nanoseconds.
const QUICK: u64 = 100_000;
/// Repetitions in a round of what takes microseconds.
const SLOW: u64 = 10_000;

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let rounds = usize::from(arguments.rounds);
    let mut report = Report::new("evolve");
    flat(&mut report, rounds)?;
    deep(&mut report, rounds)?;
    report.print(if arguments.json { Output::Json } else { Output::Text })
}

/// The flagship's job-lifecycle event.
fn flat(report: &mut Report, rounds: usize) -> anyhow::Result<()> {
    let event = typed::JobLifecycleEvent::builder()
        .event_id(uuid("7f1d3c5e-9a20-4b61-8c3d-0e5f6a7b8c9d")?)
        .event_type(typed::JobEventType::Started)
        .job_id("job-2026-000123")
        .timestamp(TimestampMillis(1_771_027_200_000))
        .payload(r#"{"from":"QUEUED","to":"STARTED","node":"gpu-node-17","attempt":1}"#)
        .user_id("user-4711".to_owned())
        .correlation_id(uuid("0b9a8c7d-6e5f-4a3b-9c2d-1e0f2a3b4c5d")?)
        .build();
    let schema: Json = serde_json::from_str(typed::JobLifecycleEvent::SCHEMA)?;
    let node = json!({"name": "node", "type": "string"});
    let older = with_fields(&schema, |fields| {
        fields.retain(|field| field["name"] != "schema_version");
        fields.insert(3, node.clone());
    });
    let turned = with_fields(&schema, |fields| fields.reverse());
    let versions = [
        Version::new(
            "a field more and one less",
            &older,
            &event,
            &[("node", Value::String("gpu-node-17".to_owned()))],
        )?,
        Version::new("fields in the opposite order", &turned, &event, &[])?,
    ];
    measure(report, "flat", rounds, &event, &versions)
}

/// An order with eight lines.
fn deep(report: &mut Report, rounds: usize) -> anyhow::Result<()> {
    let line = |number: i64| nested::Line {
        product: format!("product-{number:04}"),
        count: number,
        price: 9.5 * number as f64,
        note: (number % 2 == 0).then(|| "a gift".to_owned()),
    };
    let event = nested::Order {
        id: "order-2026-000123".to_owned(),
        lines: (1..=8).map(line).collect(),
        labels: [("channel".to_owned(), "web".to_owned())].into(),
    };
    let schema: Json = serde_json::from_str(nested::Order::SCHEMA)?;
    let mut older = schema.clone();
    let lines = older["fields"][1]["type"]["items"]["fields"]
        .as_array_mut()
        .context("a line's fields")?;
    // As an int it is promoted, and without a note each line takes the default.
    lines[1]["type"] = json!("int");
    lines.pop();
    let versions = [Version::new("each line with a field less and one promoted", &older, &event, &[])?];
    measure(report, "nested", rounds, &event, &versions)
}

/// A schema with other fields.
fn with_fields(schema: &Json, change: impl FnOnce(&mut Vec<Json>)) -> Json {
    let mut schema = schema.clone();
    if let Some(fields) = schema["fields"].as_array_mut() {
        change(fields);
    }
    schema
}

/// Another version of a type's schema, and an event that was written with it.
struct Version<T> {
    name: &'static str,
    evolution: Evolution<T>,
    schema: Schema,
    bytes: Vec<u8>,
}

impl<T: Record + Encode<wire::Record> + DecodeOwned<wire::Record>> Version<T> {
    /// Writes an event with another version's schema, and with values for the fields that only it has.
    fn new(name: &'static str, schema: &Json, event: &T, more: &[(&str, Value)]) -> anyhow::Result<Self> {
        let text = schema.to_string();
        let schema = Schema::parse_str(&text)?;
        let own = Schema::parse_str(T::SCHEMA)?;
        let mut value = GenericDatumReader::builder(&own).build()?.read_value(&mut &*to_avro(event)?)?;
        if let Value::Record(fields) = &mut value {
            fields.extend(more.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
        }
        let value = value.resolve(&schema)?;
        let bytes = GenericDatumWriter::builder(&schema).build()?.write_value_to_vec(value)?;
        Ok(Self {
            name,
            evolution: Evolution::from_schema(&text)?,
            schema,
            bytes,
        })
    }
}

fn measure<T: Record + Encode<wire::Record> + DecodeOwned<wire::Record>>(
    report: &mut Report,
    what: &str,
    rounds: usize,
    event: &T,
    versions: &[Version<T>],
) -> anyhow::Result<()> {
    let own = to_avro(event)?;
    let schema = Schema::parse_str(T::SCHEMA)?;
    let mut contenders = vec![
        Contender::new("kafka-event, own schema, borrowed", || {
            repeat(QUICK, || _ = black_box(from_avro::<T::Ref<'_>>(black_box(&own))))
        }),
        Contender::new("kafka-event, own schema, owned", || {
            repeat(QUICK, || _ = black_box(from_avro::<T>(black_box(&own))))
        }),
    ];
    for version in versions {
        ensure!(!version.evolution.is_alike(), "{}: nothing evolves", version.name);
        let reader = GenericDatumReader::builder(&version.schema).reader_schema(&schema).build()?;
        // What is measured reads, and reads what apache-avro reads.
        let value = reader.read_value(&mut &*version.bytes)?;
        let theirs = GenericDatumWriter::builder(&schema).build()?.write_value_to_vec(value)?;
        ensure!(
            to_avro(&version.evolution.decode(&version.bytes)?)? == theirs,
            "{}: another value",
            version.name
        );
        let name = version.name;
        contenders.push(Contender::new(format!("kafka-event, {name}, borrowed"), || {
            repeat(QUICK, || _ = black_box(version.evolution.decode_ref(black_box(&version.bytes))))
        }));
        contenders.push(Contender::new(format!("kafka-event, {name}, owned"), || {
            repeat(QUICK, || _ = black_box(version.evolution.decode(black_box(&version.bytes))))
        }));
        contenders.push(Contender::new(format!("apache-avro, {name}, Value"), move || {
            repeat(SLOW, || _ = black_box(reader.read_value(&mut black_box(version.bytes.as_slice()))))
        }));
    }
    report.add(
        format!("decode, {what}, {} bytes", own.len()),
        Scale::Nanos,
        &in_turn(rounds, contenders),
    );
    Ok(())
}

fn uuid(text: &str) -> anyhow::Result<Uuid> {
    Ok(text.parse()?)
}
