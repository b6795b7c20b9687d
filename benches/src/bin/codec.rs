//! The codec of one event beside apache-avro, serde_avro_fast and memcpy.

use std::hint::black_box;

use apache_avro::Schema;
use apache_avro::reader::datum::GenericDatumReader;
use apache_avro::types::Value;
use apache_avro::writer::datum::GenericDatumWriter;
use benches::events::bench::{plain, typed};
use benches::{Contender, Output, Report, Scale, in_turn, peer, repeat};
use clap::Parser;
use kafka_event::codec::{DecodeOwned, Encode};
use kafka_event::logical::TimestampMillis;
use kafka_event::uuid::Uuid;
use kafka_event::{Record, from_avro, to_avro, to_avro_into, wire};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Encodes and decodes one event in several ways, in turn.
#[derive(Parser)]
struct Arguments {
    /// Print one JSON document.
    #[arg(long)]
    json: bool,

    /// How many rounds of each.
    #[arg(long, default_value_t = 15, value_parser = clap::value_parser!(u16).range(1..=1000))]
    rounds: u16,
}

const EVENT_ID: &str = "7f1d3c5e-9a20-4b61-8c3d-0e5f6a7b8c9d";
const CORRELATION_ID: &str = "0b9a8c7d-6e5f-4a3b-9c2d-1e0f2a3b4c5d";
const JOB_ID: &str = "job-2026-000123";
const USER_ID: &str = "user-4711";
const PAYLOAD: &str = r#"{"from":"QUEUED","to":"STARTED","node":"gpu-node-17","attempt":1}"#;
const TIMESTAMP: i64 = 1_771_027_200_000;

/// Repetitions in a round of what takes some tens of nanoseconds.
const QUICK: u64 = 200_000;
/// Repetitions in a round of what takes microseconds.
const SLOW: u64 = 10_000;

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let mut report = Report::new("codec");
    let rounds = usize::from(arguments.rounds);
    let (plain, typed) = (plain_event(), typed_event());
    let (plain_peer, typed_peer) = (plain_peer(), typed_peer());
    measure::<_, _, peer::PlainRef<'_>>(&mut report, "strings and integers", rounds, &plain, &plain_peer)?;
    measure::<_, _, peer::TypedRef<'_>>(&mut report, "UUIDs and a timestamp", rounds, &typed, &typed_peer)?;
    report.print(if arguments.json { Output::Json } else { Output::Text })
}

/// Adds a table for encoding and one for decoding.
fn measure<'b, T, P, B>(report: &mut Report, what: &str, rounds: usize, event: &T, peer: &P) -> anyhow::Result<()>
where
    T: Record + Encode<wire::Record> + DecodeOwned<wire::Record> + PartialEq,
    P: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug,
    B: serde::Deserialize<'b> + 'b,
{
    let schema = Schema::parse_str(T::SCHEMA)?;
    let fast: serde_avro_fast::Schema = T::SCHEMA.parse()?;
    let bytes = to_avro(event)?;
    let writer = GenericDatumWriter::builder(&schema).build()?;
    let reader = GenericDatumReader::builder(&schema).build()?;

    // All write the same, or a figure would compare different work. apache-avro's serde path takes no UUID (see the benches' page).
    let mut fast_writer = serde_avro_fast::ser::SerializerConfig::new(&fast);
    anyhow::ensure!(
        serde_avro_fast::to_datum_vec(peer, &mut fast_writer)? == bytes,
        "serde_avro_fast writes something else"
    );
    let value: Value = reader.read_value(&mut &*bytes)?;
    anyhow::ensure!(
        writer.write_value_to_vec(value.clone())? == bytes,
        "apache-avro writes something else"
    );
    let direct = writer.write_ser_to_vec(peer).is_ok_and(|written| written == bytes);

    let mut buffers: [Vec<u8>; 5] = std::array::from_fn(|_| Vec::with_capacity(1024));
    let [ours, copied, by_fast, by_serde, by_value] = &mut buffers;
    let mut contenders = vec![
        Contender::new("kafka-event", || {
            repeat(QUICK, || {
                ours.clear();
                _ = black_box(to_avro_into(black_box(event), ours));
            })
        }),
        Contender::new("memcpy of the bytes", || {
            repeat(QUICK, || {
                copied.clear();
                copied.extend_from_slice(black_box(&bytes));
                black_box(&copied);
            })
        }),
        Contender::new("serde_avro_fast", || {
            repeat(QUICK, || {
                by_fast.clear();
                _ = black_box(serde_avro_fast::to_datum(black_box(peer), &mut *by_fast, &mut fast_writer));
            })
        }),
        Contender::new("apache-avro, Value", || {
            repeat(SLOW, || {
                by_value.clear();
                let value = value.clone();
                _ = black_box(writer.write_value(by_value, black_box(value)));
            })
        }),
    ];
    if direct {
        contenders.push(Contender::new("apache-avro, serde", || {
            repeat(SLOW, || {
                by_serde.clear();
                _ = black_box(writer.write_ser(by_serde, black_box(peer)));
            })
        }));
    }
    let name = format!("encode, {what}, {} bytes", bytes.len());
    report.add(name, Scale::Nanos, &in_turn(rounds, contenders));

    // The peers' borrowed types borrow for a lifetime of the caller's choice: the bytes live as long as the process.
    let lasting: &'static [u8] = bytes.clone().leak();
    let mut contenders = vec![
        Contender::new("kafka-event, borrowed", || {
            repeat(QUICK, || _ = black_box(from_avro::<T::Ref<'_>>(black_box(&bytes))))
        }),
        Contender::new("kafka-event, owned", || {
            repeat(QUICK, || _ = black_box(from_avro::<T>(black_box(&bytes))))
        }),
        Contender::new("serde_avro_fast, borrowed", || {
            repeat(QUICK, || {
                _ = black_box(serde_avro_fast::from_datum_slice::<B>(black_box(lasting), &fast));
            })
        }),
        Contender::new("serde_avro_fast, owned", || {
            repeat(QUICK, || {
                _ = black_box(serde_avro_fast::from_datum_slice::<P>(black_box(lasting), &fast));
            })
        }),
        Contender::new("apache-avro, Value", || {
            repeat(SLOW, || _ = black_box(reader.read_value(&mut black_box(bytes.as_slice()))))
        }),
    ];
    if reader.read_deser::<P>(&mut bytes.as_slice()).is_ok_and(|read| read == *peer) {
        contenders.push(Contender::new("apache-avro, serde", || {
            repeat(SLOW, || _ = black_box(reader.read_deser::<P>(&mut black_box(bytes.as_slice()))))
        }));
    }
    report.add(format!("decode, {what}"), Scale::Nanos, &in_turn(rounds, contenders));
    Ok(())
}

fn plain_event() -> plain::JobLifecycleEvent {
    plain::JobLifecycleEvent::builder()
        .event_id(EVENT_ID)
        .event_type(plain::JobEventType::Started)
        .job_id(JOB_ID)
        .timestamp(TIMESTAMP)
        .payload(PAYLOAD)
        .user_id(USER_ID.to_owned())
        .correlation_id(CORRELATION_ID.to_owned())
        .build()
}

fn typed_event() -> typed::JobLifecycleEvent {
    typed::JobLifecycleEvent::builder()
        .event_id(uuid(EVENT_ID))
        .event_type(typed::JobEventType::Started)
        .job_id(JOB_ID)
        .timestamp(TimestampMillis(TIMESTAMP))
        .payload(PAYLOAD)
        .user_id(USER_ID.to_owned())
        .correlation_id(uuid(CORRELATION_ID))
        .build()
}

fn plain_peer() -> peer::Plain {
    peer::Plain {
        event_id: EVENT_ID.to_owned(),
        event_type: peer::JobEventType::Started,
        job_id: JOB_ID.to_owned(),
        user_id: Some(USER_ID.to_owned()),
        timestamp: TIMESTAMP,
        payload: PAYLOAD.to_owned(),
        correlation_id: Some(CORRELATION_ID.to_owned()),
        schema_version: 1,
    }
}

fn typed_peer() -> peer::Typed {
    peer::Typed {
        event_id: uuid(EVENT_ID),
        event_type: peer::JobEventType::Started,
        job_id: JOB_ID.to_owned(),
        user_id: Some(USER_ID.to_owned()),
        timestamp: TIMESTAMP,
        payload: PAYLOAD.to_owned(),
        correlation_id: Some(uuid(CORRELATION_ID)),
        schema_version: 1,
    }
}

fn uuid(text: &str) -> Uuid {
    text.parse().expect("a UUID")
}
