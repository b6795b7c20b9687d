//! Types of one's own (specification, "Schema Resolution"), by the methods that are provided; when plans are made, and how many.

use std::sync::{Arc, Barrier};

use super::plan::{Node, Source};
use super::skip::Skip;
use super::{Evolution, EvolutionError, Peek, Writer, Writers, compile};
use crate::codec::error::Kind;
use crate::codec::testing::{deepest_schema, on_little_stack};
use crate::codec::{
    self, Datum, Decode, DecodeBranch, DecodeError, DecodeFields, Encode, FieldReader, Fingerprint, Limits, Reader, Schema,
};
use crate::evolution::Step;
use crate::framing::WriterId;
use crate::spec::{RecordSpec, TopicSpec};
use crate::wire;

/// A union by hand, which has no `evolve_branch` of its own.
#[derive(Debug, PartialEq)]
enum Raw {
    Long(i64),
    Letter(i64),
    Double(f64),
}

impl Datum for Raw {
    type Wire = wire::Union;
}

impl Encode<wire::Union> for Raw {
    fn size_bound(&self) -> usize {
        20
    }

    fn encode(&self, writer: &mut codec::Writer<'_>) {
        match self {
            Self::Long(long) => {
                writer.varint(0);
                writer.varint(*long);
            }
            Self::Letter(place) => {
                writer.varint(1);
                writer.varint(*place);
            }
            Self::Double(double) => {
                writer.varint(2);
                writer.write::<wire::Double, _>(double);
            }
        }
    }
}

impl<'de> DecodeBranch<'de> for Raw {
    fn decode_branch(branch: i64, reader: &mut Reader<'de>) -> Result<Self, DecodeError> {
        match branch {
            0 => reader.varint().map(Self::Long),
            1 => reader.varint().map(Self::Letter),
            2 => reader.read::<wire::Double, _>().map(Self::Double),
            branch => Err(reader.no_such_branch(branch, 3)),
        }
    }
}

impl<'de> Decode<'de, wire::Union> for Raw {
    fn decode(reader: &mut Reader<'de>) -> Result<Self, DecodeError> {
        let branch = reader.varint()?;
        Self::decode_branch(branch, reader)
    }

    // As it is generated for those who have it.
    fn evolve(reader: &mut Reader<'de>, step: Step<'de>) -> Result<Self, DecodeError> {
        let (branch, step) = step.settled(reader)?.branch(reader)?;
        Self::evolve_branch(branch, reader, step)
    }
}

impl Schema for Raw {
    type Ref<'de> = Self;

    const SCHEMA: &'static str = r#"["long", {"type": "enum", "name": "Letter", "symbols": ["A", "B", "C"]}, "double"]"#;
    const FINGERPRINT: Fingerprint = Fingerprint(0);
    const LAYOUT: u64 = 0;
}

#[test]
fn a_union_by_hand_reads_what_is_not_made_of_others() {
    let read = |writer: &str, bytes: &[u8]| {
        let evolution = Evolution::<Raw>::from_schema(writer).unwrap();
        evolution.decode(bytes).map_err(|error| error.to_string())
    };
    let letters = r#"[{"type": "enum", "name": "Letter", "symbols": ["C", "B"]}, "int"]"#;
    assert_eq!(read(letters, &[2, 14]), Ok(Raw::Long(7)));
    assert_eq!(read(letters, &[0, 0]), Ok(Raw::Letter(2)));
    assert_eq!(read(letters, &[0, 2]), Ok(Raw::Letter(1)));
    assert_eq!(read("\"int\"", &[13]), Ok(Raw::Long(-7)));
    // An int has 32 bits, and no more for being promoted.
    let long = [&[2][..], &[0x80, 0x80, 0x80, 0x80, 0x20]].concat();
    let error = read(letters, &long).unwrap_err();
    assert!(error.contains("does not fit an int"), "{error}");
    // The branch is a double, and its bytes are not.
    let error = read("\"float\"", &[0; 4]).unwrap_err();
    assert!(error.contains("no `evolve` of its own"), "{error}");
}

static TOPIC: TopicSpec = TopicSpec {
    name: "numbers",
    records: &[RecordSpec {
        full_name: "R",
        schema: r#"{"type": "record", "name": "R", "fields": [{"name": "f0", "type": "long", "default": 0}]}"#,
        fingerprint: Fingerprint(0),
        fields: None,
    }],
    ..*crate::__private::UNEXPANDED
};

/// A version with so many fields.
fn version(fields: usize) -> String {
    let fields: Vec<_> = (0..fields)
        .map(|number| format!(r#"{{"name": "f{number}", "type": "long"}}"#))
        .collect();
    format!(r#"{{"type": "record", "name": "R", "fields": [{}]}}"#, fields.join(","))
}

#[test]
fn a_plan_is_made_once_and_no_more_of_them_than_versions() {
    const THREADS: usize = 8;
    let writers = Writers::new(&[&TOPIC], (2..=41).map(version)).unwrap();
    let versions: Vec<WriterId> = writers.versions(&TOPIC).map(|(writer, ..)| writer).collect();
    assert_eq!((versions.len(), writers.compiled()), (40, 0));
    let plan = |writer| match writers.of_event(&TOPIC, writer) {
        Writer::Known(0, Some(step)) => std::ptr::from_ref(step.plan()).addr(),
        _ => panic!("a version that is known"),
    };
    let barrier = Barrier::new(THREADS);
    let race = || {
        barrier.wait();
        versions[..4].iter().map(|writer| plan(*writer)).collect::<Vec<_>>()
    };
    let plans: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS).map(|_| scope.spawn(race)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert!(plans.iter().all(|of_thread| *of_thread == plans[0]), "{plans:?}");
    assert_eq!(writers.compiled(), 4);
    // What messages say adds none.
    for unknown in 0..100 {
        let writer = WriterId::Fingerprint(Fingerprint(unknown));
        assert!(matches!(writers.of_event(&TOPIC, writer), Writer::Unknown));
    }
    for _ in 0..2 {
        versions.iter().for_each(|writer| _ = plan(*writer));
        assert_eq!(writers.compiled(), 40);
    }
}

static PRICES: TopicSpec = TopicSpec {
    name: "prices",
    records: &[PRICE],
    ..*crate::__private::UNEXPANDED
};

/// One that reads of them when they were, and not what they were.
static TIMES: TopicSpec = TopicSpec {
    name: "times",
    records: &[RecordSpec {
        fields: Some(&["at"]),
        ..PRICE
    }],
    ..*crate::__private::UNEXPANDED
};

const PRICE: RecordSpec = RecordSpec {
    full_name: "R",
    schema: r#"{"type": "record", "name": "R", "fields": [
        {"name": "price", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}},
        {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}, "default": 0}
    ]}"#,
    fingerprint: Fingerprint(0),
    fields: None,
};

/// Specification, "Transforming into Parsing Canonical Form": attributes of logical types are stripped. So of two versions that differ in them a
/// message may be of either: they are known beside one another where each value is the same, and its reader's, whichever wrote it.
#[test]
fn versions_of_one_fingerprint_are_read_where_both_mean_the_same() {
    let decimal = |digits: [u32; 2]| {
        format!(
            r#"{{"type": "bytes", "logicalType": "decimal", "precision": {}, "scale": {}}}"#,
            digits[0], digits[1]
        )
    };
    let time = |unit: &str| format!(r#"{{"type": "long", "logicalType": "timestamp-{unit}"}}"#);
    let record = |price: &str, at: Option<&str>| {
        let at = at.map(|at| format!(r#", {{"name": "at", "type": {at}}}"#)).unwrap_or_default();
        format!(r#"{{"type": "record", "name": "R", "fields": [{{"name": "price", "type": {price}}}{at}]}}"#)
    };
    let known = |schemas: &[&String]| Writers::new(&[&PRICES], schemas).map(drop);
    let ambiguous = || Err(EvolutionError::Ambiguous("R".to_owned()));
    let (plain, own, scaled, longer) = ("\"bytes\"".to_owned(), decimal([9, 2]), decimal([9, 3]), decimal([12, 2]));
    // Of the reader's own fingerprint: `None` of a version before the time was added.
    for at in [Some("\"long\""), Some(&*time("millis")), None] {
        let [plain, own, scaled, longer] = [&plain, &own, &scaled, &longer].map(|price| record(price, at));
        for other in [&plain, &own] {
            assert_eq!(known(&[&plain, other]), Ok(()));
            assert_eq!(known(&[other, &plain]), Ok(()));
        }
        for differs in [&scaled, &longer] {
            // Alone, it is its own fingerprint's only one where the reader's is another.
            assert_eq!(known(&[differs]), if at.is_some() { ambiguous() } else { Ok(()) });
            for other in [&plain, &own] {
                assert_eq!(known(&[differs, other]), ambiguous(), "{differs} {other}");
                assert_eq!(known(&[other, differs]), ambiguous(), "{other} {differs}");
            }
        }
        assert_eq!(known(&[&scaled, &longer]), ambiguous());
    }
    // What is not read may be anything.
    let [one, other] = [&plain, &scaled].map(|price| record(price, None));
    assert_eq!(Writers::new(&[&TIMES], [&one, &other]).map(drop), Ok(()));
    // The reader takes neither.
    let text = [r#""string""#, r#"{"type": "string", "logicalType": "uuid"}"#].map(|price| record(price, None));
    assert_eq!(known(&[&text[0], &text[1]]), Ok(()));
    let micros = record(&own, Some(&time("micros")));
    assert_eq!(known(&[&micros]), ambiguous());
}

/// The reasons of a reader's fields that are read, and of no others: by the way to them, wherever a type is defined.
#[test]
fn reasons_are_those_of_the_fields_that_are_read() {
    let record = |name: &str, fields: &str| format!(r#"{{"type": "record", "name": "{name}", "fields": [{fields}]}}"#);
    let field = |name: &str, ty: &str| format!(r#"{{"name": "{name}", "type": {ty}}}"#);
    let reasons = |reader: &[String], wanted: &[&str], writer: &[String]| {
        let (reader, writer) = (record("R", &reader.join(",")), record("R", &writer.join(",")));
        compile::plan(&reader, Some(wanted), &writer)
            .map_err(|unplanned| unplanned.reasons())
            .err()
            .unwrap()
    };
    let (int, string) = (r#""int""#, r#""string""#);
    let a_differs = "`R.a` was written as `string`, and is read as `int`";
    let (read, written) = (record("B", &field("c", int)), record("B", ""));
    assert_eq!(
        reasons(
            &[field("a", int), field("b", &read)],
            &["a"],
            &[field("a", string), field("b", &written)]
        ),
        a_differs
    );
    // Defined in a field that nobody reads, and used in one that is read.
    let both = |ty: &str, a: &str| [field("unread", ty), field("a", a), field("b", r#""B""#)];
    assert_eq!(
        reasons(&both(&read, int), &["a", "b"], &both(&written, string)),
        format!("`R.b.c` is not written, and has no default; {a_differs}")
    );
    // The record itself, within a field that is read, is read as a whole.
    let next = field("next", r#"["null", "R"]"#);
    let fields = |a: &str, b: &str| [field("a", a), field("b", b), next.clone()];
    let of_next = "`R.next.a` was written as `string`, and is read as `int`; `R.next.b` was written as `string`, and is read as `int`";
    assert_eq!(
        reasons(&fields(int, int), &["a", "next"], &fields(string, string)),
        format!("{a_differs}; {of_next}")
    );
}

/// A record of one field, the last one of its writers'.
#[derive(Debug, PartialEq)]
struct Last(i32);

impl<'de> DecodeFields<'de> for Last {
    fn decode_fields<F: FieldReader<'de>>(fields: &mut F) -> Result<Self, DecodeError> {
        fields.field::<wire::Int, i32>("last").map(Self)
    }
}

impl<'de> Decode<'de, wire::Record> for Last {
    fn decode(reader: &mut Reader<'de>) -> Result<Self, DecodeError> {
        Self::decode_fields(reader)
    }

    fn evolve(reader: &mut Reader<'de>, step: Step<'de>) -> Result<Self, DecodeError> {
        step.record(reader)
    }
}

impl Datum for Last {
    type Wire = wire::Record;
}

impl Schema for Last {
    type Ref<'de> = Self;

    const SCHEMA: &'static str = r#"{"type": "record", "name": "R", "fields": [{"name": "last", "type": "int"}]}"#;
    const FINGERPRINT: Fingerprint = Fingerprint(0);
    const LAYOUT: u64 = 0;
}

/// A writer's schema of which its last field alone is read.
fn passed_over(fields: &str) -> String {
    format!(r#"{{"type": "record", "name": "R", "fields": [{fields}, {{"name": "last", "type": "int"}}]}}"#)
}

/// What is made of a schema goes down into it, and not on the stack of who asks for it: here in a build without optimisation.
#[test]
fn the_deepest_schema_takes_little_stack() {
    on_little_stack(|| {
        let writer = passed_over(&format!(r#"{{"name": "deepest", "type": {}}}"#, deepest_schema()));
        let bytes = [0xee, 3, 0, 14];
        let evolution = Evolution::<Last>::from_schema(&writer).unwrap();
        assert_eq!(evolution.decode(&bytes).unwrap(), Last(7));
        assert_eq!(Peek::<i32>::from_schema("last", &writer).unwrap().of(&bytes).unwrap(), 7);
    });
}

/// Records that a writer has within one another by value count no level: what they take is minded as what they take of the stack.
#[test]
fn what_is_passed_over_ends_before_the_stack_does() {
    const RECORDS: usize = 100;
    let mut schema = r#""string""#.to_owned();
    for number in 0..RECORDS {
        schema = format!(
            r#"{{"type": "record", "name": "R{number}", "fields": [{{"name": "next", "type": {schema}}}, {{"name": "more", "type": "int"}}]}}"#
        );
    }
    let writer = passed_over(&format!(r#"{{"name": "records", "type": {schema}}}"#));
    let evolution = Evolution::<Last>::from_schema(&writer).unwrap();
    let peek = Peek::<i32>::from_schema("last", &writer).unwrap();
    let bytes = [&[2, b'x'][..], &[0; RECORDS], &[14]].concat();
    assert_eq!(evolution.decode(&bytes).unwrap(), Last(7));
    assert_eq!(peek.of(&bytes).unwrap(), 7);
    let limits = Limits {
        stack: 2 << 10,
        ..Limits::DEFAULT
    };
    let error = evolution.decode_within(&bytes, limits).unwrap_err();
    assert_eq!(*error.kind(), Kind::TooDeep);
    assert_eq!(*peek.of_within(&bytes, limits).unwrap_err().kind(), Kind::TooDeep);
}

/// A field of no bytes costs its writer none, and who passes over it no step: in an item that nobody reads, and beside what is read. What has a known
/// length is one step with its neighbours, and a record of one step is that one, however many records are around it.
#[test]
fn what_is_passed_over_takes_no_more_steps_than_bytes() {
    const RECORDS: usize = 50;
    let nulls = |name: &str| -> String {
        let field = |number| format!(r#"{{"name": "{name}{number}", "type": "null"}},"#);
        (0..99).map(field).collect()
    };
    let record = |name: &str, fields: &str| format!(r#"{{"type": "record", "name": "{name}", "fields": [{fields}]}}"#);
    let mut wrapped = r#""string""#.to_owned();
    for number in 0..RECORDS {
        let inner = format!(r#"{}{{"name": "inner", "type": {wrapped}}}"#, nulls("before"));
        wrapped = record(&format!("W{number}"), &inner);
    }
    let [first, second, third] = ["first", "second", "third"].map(nulls);
    let item = format!(
        r#"{first}{{"name": "yes", "type": "boolean"}},{second}{{"name": "double", "type": "double"}},{third}{{"name": "text", "type": {wrapped}}}"#
    );
    let item = record("Item", &item);
    let items = format!(r#"{{"name": "items", "type": {{"type": "array", "items": {item}}}}}"#);
    let [before, behind] = ["before", "behind"].map(nulls);
    let of_last = format!(r#"{before}{{"name": "last", "type": "int"}},{behind}{{"name": "text", "type": "string"}}"#);
    let plan = compile::plan(Last::SCHEMA, None, &record("R", &of_last)).ok().unwrap();
    let Node::Record(own) = &plan.nodes[plan.root.0 as usize] else {
        panic!("a record");
    };
    assert_eq!((own.run, own.fields.len(), own.tail.len()), (1, 0, 1));

    let writer = passed_over(&items);
    let plan = compile::plan(Last::SCHEMA, None, &writer).ok().unwrap();
    let records: Vec<_> = plan
        .skips
        .iter()
        .filter_map(|skip| match skip {
            Skip::Record(fields) => Some(fields.iter().map(|field| &plan.skips[field.0 as usize]).collect::<Vec<_>>()),
            _ => None,
        })
        .collect();
    assert!(matches!(*records[0], [Skip::Bytes(9), Skip::Prefixed]));
    assert_eq!(records.len(), 1);
    // Two items, and then what is read.
    let bytes = [&[4][..], &[1; 9], &[2, b'x'], &[0; 9], &[0], &[0, 14]].concat();
    let evolution = Evolution::<Last>::from_schema(&writer).unwrap();
    assert_eq!(evolution.decode(&bytes).unwrap(), Last(7));
}

/// A record that is held by those in its own list, of several fields and as the only one.
#[test]
fn what_is_passed_over_may_hold_itself_by_a_list() {
    for (schema, bytes) in [
        (
            r#"{"type": "record", "name": "B", "fields": [{"name": "text", "type": "string"}, {"name": "list", "type": {"type": "array", "items":
                {"type": "record", "name": "A", "fields": [{"name": "b", "type": "B"}, {"name": "text", "type": "string"}]}
            }}]}"#,
            &[2, b'x', 2, 2, b'y', 0, 2, b'z', 0][..],
        ),
        (
            r#"{"type": "record", "name": "B", "fields": [{"name": "list", "type": {"type": "array", "items":
                {"type": "record", "name": "A", "fields": [{"name": "b", "type": "B"}]}
            }}]}"#,
            &[4, 2, 0, 0, 0, 0],
        ),
    ] {
        let writer = passed_over(&format!(r#"{{"name": "b", "type": {schema}}}"#));
        let bytes = [bytes, &[14]].concat();
        let evolution = Evolution::<Last>::from_schema(&writer).unwrap();
        assert_eq!(evolution.decode(&bytes).map_err(|error| error.to_string()), Ok(Last(7)), "{schema}");
        assert_eq!(
            Peek::<i32>::from_schema("last", &writer).unwrap().of(&bytes).unwrap(),
            7,
            "{schema}"
        );
    }
}

/// A reader's record that meets two of the writer's has its default once.
#[test]
fn a_default_is_in_a_plan_once() {
    let schema = |fields: &str, other: &str| {
        format!(
            r#"{{"type": "record", "name": "Pair", "fields": [
                {{"name": "a", "type": {{"type": "record", "name": "x.R", "fields": [{{"name": "n", "type": "int"}}{fields}]}}}},
                {{"name": "b", "type": {other}}}
            ]}}"#
        )
    };
    let reader = schema(r#", {"name": "text", "type": "string", "default": "long"}"#, r#""x.R""#);
    let other = r#"{"type": "record", "name": "y.R", "fields": [{"name": "n", "type": "int"}]}"#;
    let plan = compile::plan(&reader, None, &schema("", other)).ok().unwrap();
    let defaults: Vec<_> = plan
        .nodes
        .iter()
        .filter_map(|node| match node {
            Node::Record(record) => Some(record.fields.iter()),
            _ => None,
        })
        .flatten()
        .filter_map(|field| match &field.source {
            Source::Default(bytes) => Some(bytes),
            _ => None,
        })
        .collect();
    assert_eq!(defaults.len(), 2);
    assert!(Arc::ptr_eq(defaults[0], defaults[1]));
    assert_eq!(defaults[0][..], *b"\x08long");
}
