//! A record of each kind of types beside the generated one, on random values.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::hash::{BuildHasherDefault, DefaultHasher};
use std::sync::Arc;

use apache_avro::Schema;
use apache_avro::writer::datum::GenericDatumWriter;
use kafka_event::codec::{DecodeOwned, Encode};
use kafka_event::logical::{
    Date, Decimal, Duration, LocalTimestampMicros, LocalTimestampMillis, LocalTimestampNanos, TimeMicros, TimeMillis, TimestampMicros,
    TimestampMillis, TimestampNanos,
};
use kafka_event::uuid::Uuid;
use kafka_event::{KafkaEvent, Limits, Record, from_avro_within, to_avro, wire};
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use test_values::Values;

/// The generated code of a contract that has something of every type.
mod types {
    include!(concat!(env!("OUT_DIR"), "/types/kafka_events.rs"));
}

use types::types as generated;

const CASES: u64 = 500;

/// What is random may be long.
const LIMITS: Limits = Limits {
    memory: usize::MAX,
    ..Limits::DEFAULT
};

/// A type that is a whole record, and owns it.
trait Whole: Record + Encode<wire::Record> + DecodeOwned<wire::Record> {}

impl<T: Record + Encode<wire::Record> + DecodeOwned<wire::Record>> Whole for T {}

/// What apache-avro writes is read by both, and written by both as it was.
fn are_alike<Own: Whole, Generated: Whole>() {
    assert_eq!(Own::SCHEMA, Generated::SCHEMA);
    let seed = test_values::seed();
    println!("KAFKA_EVENT_SEED={seed} of {}", Own::FULL_NAME);
    let mut random = StdRng::seed_from_u64(seed);
    let schema = Schema::parse_str(Own::SCHEMA).unwrap();
    let writer = GenericDatumWriter::builder(&schema).build().unwrap();
    let values = Values::of(&schema);
    for _ in 0..test_values::cases().unwrap_or(CASES) {
        let bytes = writer
            .write_value_to_vec(values.random(&schema, &mut random).expect("the record ends"))
            .unwrap();
        let own: Own = from_avro_within(&bytes, LIMITS).unwrap();
        let generated: Generated = from_avro_within(&bytes, LIMITS).unwrap();
        assert_eq!(to_avro(&own).unwrap(), bytes, "{}", Own::FULL_NAME);
        assert_eq!(to_avro(&generated).unwrap(), bytes, "{}", Own::FULL_NAME);
    }
}

#[derive(KafkaEvent)]
struct Count(i64);

#[derive(KafkaEvent)]
#[kafka(record = "types.Numbers", manifest = "schemas/types/topics.toml")]
struct Numbers {
    flag: bool,
    double: f64,
    float: f32,
    big: Count,
    small: Box<i32>,
}

#[derive(KafkaEvent)]
#[kafka(record = "types.Times", rename_all = "snake_case", manifest = "schemas/types/topics.toml")]
struct Times {
    local_nanos: LocalTimestampNanos,
    local_micros: LocalTimestampMicros,
    local_millis: LocalTimestampMillis,
    timestamp_nanos: TimestampNanos,
    timestamp_micros: TimestampMicros,
    timestamp_millis: TimestampMillis,
    time_micros: TimeMicros,
    time_millis: TimeMillis,
    date: Date,
}

#[derive(KafkaEvent)]
struct Hash([u8; 16]);

#[derive(KafkaEvent)]
#[kafka(record = "types.Exact", manifest = "schemas/types/topics.toml")]
struct Exact {
    mark: Uuid,
    number: Arc<str>,
    blob: Arc<[u8]>,
    span: Duration,
    hash: Hash,
    id: Uuid,
    weight: Decimal<9, 3>,
    price: Decimal<9, 2>,
}

#[derive(KafkaEvent)]
#[kafka(record = "types.Collections", manifest = "schemas/types/topics.toml")]
struct Collections {
    of_maps: VecDeque<BTreeMap<String, i64>>,
    nested: Arc<[Box<[Arc<str>]>]>,
    counts: HashMap<Arc<str>, Count, BuildHasherDefault<DefaultHasher>>,
    words: Box<[Box<str>]>,
}

#[derive(KafkaEvent)]
#[kafka(record = "types.Nulls", manifest = "schemas/types/topics.toml")]
struct Nulls {
    last: Option<Box<str>>,
    twice: Option<Box<i32>>,
    never: i32,
    maybe: Option<i32>,
}

#[derive(KafkaEvent)]
#[kafka(record = "types.Choices", manifest = "schemas/types/topics.toml")]
struct Choices {
    perhaps: Option<generated::ChoicesPerhaps>,
    choice: Box<generated::ChoicesChoice>,
}

#[derive(KafkaEvent)]
#[kafka(record = "types.Words", manifest = "schemas/types/topics.toml")]
struct Words {
    writer: i32,
    event: i32,
    out: i32,
    field0: i32,
    reader: i32,
    fields: i32,
    #[kafka(rename = "self")]
    itself: i32,
    r#match: i32,
    r#type: String,
}

#[test]
fn a_record_of_each_kind_is_written_and_read_as_the_generated_one() {
    are_alike::<Numbers, generated::Numbers>();
    are_alike::<Times, generated::Times>();
    are_alike::<Exact, generated::Exact>();
    are_alike::<Collections, generated::Collections>();
    are_alike::<Nulls, generated::Nulls>();
    are_alike::<Choices, generated::Choices>();
    are_alike::<Words, generated::Words>();
}
