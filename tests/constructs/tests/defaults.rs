//! The defaults that schemas state (specification, "Complex Types"): in `Default`, in builders, and as apache-avro reads them.

use std::collections::BTreeMap;

use apache_avro::Schema;
use apache_avro::reader::datum::GenericDatumReader;
use apache_avro::types::Value;
use apache_avro::writer::datum::GenericDatumWriter;
use kafka_event::evolution::Evolution;
use kafka_event::logical::{
    BigDecimal, Date, Decimal, Duration, LocalTimestampMicros, LocalTimestampMillis, LocalTimestampNanos, TimeMicros, TimeMillis,
    TimestampMicros, TimestampMillis, TimestampNanos,
};
use kafka_event::uuid::Uuid;
use kafka_event::{Record, from_avro, to_avro};
use test_constructs::events::constructs::{
    AnyBranch, AnyBranchBeyondFloat, AnyBranchItems, AnyBranchNoAmount, AnyBranchRecord, AnyBranchRecordByItsFields, AnyBranchSymbol,
    AnyBranchThird, Every, EveryRef, EveryUnion, Inner, Letter, NonFinite, NonFiniteText, Right, Three,
};

/// All of it by hand, as the schema says it.
fn every() -> Every {
    let inner = |stated| Inner { stated, implied: None };
    Every {
        null: (),
        yes: true,
        int_min: i32::MIN,
        long_min: i64::MIN,
        float: 0.1,
        float_of_a_whole_number: -3.0,
        double: -2.5e-300,
        double_of_a_whole_number: 3.0,
        text: "a \"quote\", a \\, a\nline, \0, \u{202e}, é and 日本".into(),
        no_text: String::new(),
        bytes: vec![0, b'A', 0x7f],
        no_bytes: Vec::new(),
        fixed: Three([1, b'a', 0x7f]),
        symbol: Letter::B,
        record: inner(7),
        array: vec![1, -1],
        no_array: Vec::new(),
        records: vec![inner(1), inner(2)],
        map: BTreeMap::from([("k\"".into(), vec![Letter::A, Letter::B])]),
        no_map: BTreeMap::new(),
        nothing: None,
        something: Some(4),
        union: Some(EveryUnion::String("first".into())),
        record_of_a_union: Some(inner(9)),
        date: Date(-1),
        time_millis: TimeMillis(1),
        time_micros: TimeMicros(2),
        timestamp_millis: TimestampMillis(3),
        timestamp_micros: TimestampMicros(-4),
        timestamp_nanos: TimestampNanos(5),
        local_millis: LocalTimestampMillis(6),
        local_micros: LocalTimestampMicros(7),
        local_nanos: LocalTimestampNanos(8),
        uuid: Uuid::from_u128(0x7f1d_3c5e_9a20_4b61_8c3d_0e5f_6a7b_8c9d),
        decimal: Decimal::new(1122).unwrap(),
        decimal_fixed: Decimal::new(1122).unwrap(),
    }
}

#[test]
fn in_default_and_in_builders() {
    assert_eq!(Every::default(), every());
    assert_eq!(Every::builder().build(), every());
    assert_eq!(Every::builder().yes(false).something(5).build(), {
        Every {
            yes: false,
            something: Some(5),
            ..every()
        }
    });
}

/// JSON has no such numbers; Java writes them as texts.
#[test]
fn not_a_number_and_the_infinities() {
    let by_itself = NonFinite::default();
    assert!(by_itself.none.is_nan());
    assert_eq!((by_itself.most, by_itself.least), (f64::INFINITY, f32::NEG_INFINITY));
    assert_eq!(by_itself.text, NonFiniteText::String("NaN".into()));
    assert!(NonFinite::SCHEMA.contains(r#"{"name":"none","type":"float","default":"NaN"}"#));
    assert!(NonFinite::SCHEMA.contains(r#""default":"-Infinity""#));
    // What a writer without them wrote.
    let writer = r#"{"type": "record", "name": "NonFinite", "namespace": "constructs", "fields": []}"#;
    let read = Evolution::<NonFinite>::from_schema(writer).unwrap().decode(&[]).unwrap();
    assert_eq!(to_avro(&read).unwrap(), to_avro(&by_itself).unwrap());
}

#[test]
fn encoded_and_decoded() {
    let bytes = to_avro(&Every::default()).unwrap();
    assert_eq!(from_avro::<Every>(&bytes).unwrap(), every());
    let borrowed: EveryRef<'_> = from_avro(&bytes).unwrap();
    assert_eq!(Every::from(borrowed), every());
}

/// A writer that knows no field: a reader takes the defaults, which are the bytes of ours.
#[test]
fn as_apache_avro_reads_them() {
    let reader = Schema::parse_str(Every::SCHEMA).unwrap();
    let writer = Schema::parse_str(r#"{"type": "record", "name": "Every", "namespace": "constructs", "fields": []}"#).unwrap();
    let read = GenericDatumReader::builder(&writer)
        .reader_schema(&reader)
        .build()
        .unwrap()
        .read_value(&mut &[][..])
        .unwrap();
    let Value::Record(fields) = &read else { panic!("{read:?}") };
    assert_eq!(fields.len(), 36);
    let theirs = GenericDatumWriter::builder(&reader)
        .build()
        .unwrap()
        .write_value_to_vec(read.clone())
        .unwrap();
    assert_eq!(from_avro::<Every>(&theirs).unwrap(), every());
    assert_eq!(theirs, to_avro(&Every::default()).unwrap());
}

#[test]
fn of_any_branch() {
    let any = AnyBranch {
        second: Some("second".into()),
        third: Some(AnyBranchThird::Long(3)),
        null_last: None,
        symbol: Some(AnyBranchSymbol::Letter(Letter::B)),
        record: Some(AnyBranchRecord::Inner(Inner { stated: 1, implied: None })),
        record_by_its_fields: AnyBranchRecordByItsFields::Right(Right { right: 2 }),
        items: vec![None, Some(AnyBranchItems::Int(1)), Some(AnyBranchItems::String("a".into()))],
        bytes: vec![0, 0x7f, 0x80, 0xff],
        fixed: Three([1, 0x80, 0xff]),
        decimal: Decimal::new(-1250).unwrap(),
        duration: Duration {
            months: 1,
            days: 2,
            millis: 1023,
        },
        uuid_fixed: Uuid::from_bytes(*b"0123456789abcdef"),
        wide: "-0.0000000001".parse().unwrap(),
        big: BigDecimal::new(-15, -2),
        no_amount: AnyBranchNoAmount::String("no amount was stated".into()),
        beyond_float: AnyBranchBeyondFloat::Double(1e39),
    };
    assert_eq!(AnyBranch::default(), any);
    assert_eq!(AnyBranch::builder().build(), any);
    // Where null is no default, a builder has to be told of it.
    let without = AnyBranch::builder().second(None).build();
    assert_eq!((without.second, without.third), (None, any.third.clone()));
    assert_eq!(
        AnyBranch::builder().second("other".to_owned()).build().second.as_deref(),
        Some("other")
    );
    let bytes = to_avro(&AnyBranch::default()).unwrap();
    assert_eq!(from_avro::<AnyBranch>(&bytes).unwrap(), any);
    // As the schema writes each: the branch's place, then its value.
    let begin = [&[2, 12][..], b"second", &[4, 6, 4, 4, 2, 4, 2, 0, 2, 4, 6, 0, 2, 2, 4, 2, b'a', 0]].concat();
    assert_eq!(bytes[..begin.len()], begin);
}
