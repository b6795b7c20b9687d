//! Random schemas and values in serde's formats, there and back: one that people read and one that names nothing.

use apache_avro::Schema;
use kafka_event::codec::{Decode, Encode, Reader, Writer};
use kafka_event::serde::{Deserializer, Form, Serialize, Serializer};
use kafka_event::{DecodeError, Limits, wire};
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use serde::de::DeserializeSeed;
use test_json::{cases, datum, plain, seed};
use test_values::Values;

/// Bytes that are a datum of whatever schema.
struct Datum(Vec<u8>);

impl Encode<wire::Null> for Datum {
    fn size_bound(&self) -> usize {
        self.0.len()
    }

    fn encode(&self, writer: &mut Writer<'_>) {
        writer.raw(&self.0);
    }
}

impl Decode<'_, wire::Null> for Datum {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.raw(reader.remaining()).map(|bytes| Self(bytes.to_vec()))
    }
}

/// As a generated type has it, but that its form is known at run time.
struct Value {
    form: &'static Form,
    datum: Datum,
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.form.serialize::<wire::Null, _, _>(&self.datum, to)
    }
}

struct Read(&'static Form);

impl<'de> DeserializeSeed<'de> for Read {
    type Value = Vec<u8>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Vec<u8>, D::Error> {
        self.0.deserialize::<wire::Null, Datum, _>(from).map(|datum| datum.0)
    }
}

#[test]
fn of_random_schemas() {
    let seed = seed();
    println!("KAFKA_EVENT_SEED={seed}");
    let mut values = 0;
    for number in 0..cases().unwrap_or(500) {
        let mut random = StdRng::seed_from_u64(seed.wrapping_add(number));
        // Forms are for types, which stay.
        let text: &'static str = test_schemas::random(&mut random).leak();
        let case = format!("KAFKA_EVENT_SEED={} KAFKA_EVENT_CASES=1: {text}", seed.wrapping_add(number));
        let form: &'static Form = Box::leak(Box::new(Form::of(text)));
        let schema = Schema::parse_str(text).unwrap_or_else(|error| panic!("{case}\n{error}"));
        let all = Values::of(&schema);
        for _ in 0..8 {
            let Some(value) = all.random(&schema, &mut random) else { break };
            let bytes = datum(&schema, plain(value));
            let value = Value {
                form,
                datum: Datum(bytes.clone()),
            };
            let json = serde_json::to_string(&value).unwrap_or_else(|error| panic!("{case}\n{error}"));
            let back = Read(form).deserialize(&mut serde_json::Deserializer::from_str(&json));
            assert_eq!(
                back.unwrap_or_else(|error| panic!("{case}\n{json}\n{error}")),
                bytes,
                "{case}\n{json}"
            );
            // By way of a tree, whose numbers may be another kind's.
            let tree: serde_json::Value = serde_json::from_str(&json).unwrap();
            assert_eq!(
                Read(form)
                    .deserialize(tree)
                    .unwrap_or_else(|error| panic!("{case}\n{json}\n{error}")),
                bytes,
                "{case}\n{json}"
            );
            let card = postcard::to_stdvec(&value).unwrap_or_else(|error| panic!("{case}\n{error}"));
            let back = Read(form).deserialize(&mut postcard::Deserializer::from_bytes(&card));
            assert_eq!(
                back.unwrap_or_else(|error| panic!("{case}\n{json}\n{error}")),
                bytes,
                "{case}\n{json}"
            );
            values += 1;
        }
    }
    assert!(values > 0);
}

/// A format without a bound of its own, on as much stack as a thread has that nobody has asked to have more.
#[test]
fn deep_values_end_before_the_stack_does() {
    static LINKED: Form = Form::of(r#"{"type": "record", "name": "L", "fields": [{"name": "next", "type": ["null", "L"]}]}"#);
    let read = |levels: usize| {
        let mut some = vec![1; levels];
        some.push(0);
        let read = Read(&LINKED).deserialize(&mut postcard::Deserializer::from_bytes(&some));
        read.map_err(|error| error.to_string())
    };
    let thread = std::thread::Builder::new().stack_size(2 << 20);
    let thread = thread.spawn(move || (read(20), read(1_000_000)));
    let (few, many) = thread.unwrap().join().unwrap();
    assert_eq!(few.unwrap().len(), 21);
    assert!(many.is_err());
}

fn form(schema: String) -> &'static Form {
    Box::leak(Box::new(Form::of(schema.leak())))
}

fn of_json(form: &'static Form, json: &str) -> Result<Vec<u8>, String> {
    Read(form)
        .deserialize(&mut serde_json::Deserializer::from_str(json))
        .map_err(|error| error.to_string())
}

/// Two characters ask for as much as the schema likes: a thousand texts of 24 bytes, by themselves or within one that is missing.
#[test]
fn what_is_made_up_has_an_end() {
    for default in ["", r#", "default": null"#] {
        let fields: Vec<_> = (0..1000)
            .map(|number| format!(r#"{{"name": "a{number}", "type": ["null", "string"]{default}}}"#))
            .collect();
        let wide = format!(r#"{{"type": "record", "name": "Wide", "fields": [{}]}}"#, fields.join(","));
        let missing =
            format!(r#"{{"type": "record", "name": "Missing", "fields": [{{"name": "wide", "type": ["null", {wide}]{default}}}]}}"#);
        for item in [wide, missing] {
            let form = form(format!(r#"{{"type": "array", "items": {item}}}"#));
            let read = |count: usize| of_json(form, &format!("[{}]", vec!["{}"; count].join(",")));
            assert!(read(1_000).is_ok());
            let error = read(4_000).unwrap_err();
            assert!(error.contains("more memory than the limit"), "{error}");
        }
    }
}

/// How many items there may be is the user's to say, of text and of a format without a bound of its own.
#[test]
fn items_have_the_end_that_is_set() {
    let lists = form(r#"{"type": "array", "items": {"type": "map", "values": "int"}}"#.to_owned());
    // Two items, and three entries of them.
    let json = r#"[{"a":1,"b":2},{"c":3}]"#;
    let datum = Datum(of_json(lists, json).unwrap());
    let card = postcard::to_stdvec(&Value { form: lists, datum }).unwrap();
    let of_card = || Read(lists).deserialize(&mut postcard::Deserializer::from_bytes(&card));
    let within = |items| kafka_event::serde::within(Limits { items, ..Limits::DEFAULT }, || (of_json(lists, json), of_card().ok()));
    let (text, read) = within(5);
    assert!(text.is_ok() && text.ok() == read);
    let (text, read) = within(4);
    let error = text.unwrap_err();
    assert!(error.starts_with("/1/c: more items than the limit"), "{error}");
    assert_eq!(read, None);
}

/// Where the fields of a record are is held for as long as it is read, for each record that is around another.
#[test]
fn the_places_of_fields_are_within_the_limit() {
    let fields: String = (1..10_000)
        .map(|number| format!(r#", {{"name": "f{number}", "type": "int", "default": 0}}"#))
        .collect();
    let wide = form(format!(
        r#"{{"type": "record", "name": "W", "fields": [{{"name": "next", "type": ["null", "W"]}}{fields}]}}"#
    ));
    // The text ends before any field is made up.
    let deep = r#"{"next":"#.repeat(64);
    let within = |memory| kafka_event::serde::within(Limits { memory, ..Limits::DEFAULT }, || of_json(wide, &deep).unwrap_err());
    for memory in [4096, 64 * 10_000 * size_of::<Option<std::ops::Range<usize>>>() - 1] {
        let error = within(memory);
        assert!(error.contains("more memory than the limit"), "{error}");
    }
    let error = of_json(wide, &deep).unwrap_err();
    assert!(error.contains("EOF"), "{error}");
}

/// Ten bytes of a format whose nulls have none can claim billions of them: each is a byte.
#[test]
fn what_takes_no_bytes_has_an_end() {
    let claims = |count: u64| postcard::to_stdvec(&count).unwrap();
    let empty = r#"{"type": "record", "name": "Empty", "fields": []}"#;
    let nulls = r#"{"type": "record", "name": "Nulls", "fields": [{"name": "a", "type": "null"}, {"name": "b", "type": "null"}]}"#;
    const MEMORY: usize = 3 << 10;
    for (item, each) in [(r#""null""#, 1), (empty, 1), (nulls, 3)] {
        let items = form(format!(r#"{{"type": "array", "items": {item}}}"#));
        let within = |count| {
            let limits = Limits {
                memory: MEMORY,
                ..Limits::DEFAULT
            };
            kafka_event::serde::within(limits, || {
                let read = Read(items).deserialize(&mut postcard::Deserializer::from_bytes(&claims(count)));
                read.map_err(|error| error.to_string())
            })
        };
        let most = (MEMORY / each) as u64;
        assert!(within(most).is_ok(), "{item}");
        for more in [most + 1, 1 << 60] {
            assert!(within(more).is_err(), "{item}");
        }
        // Where each takes bytes, these are the end.
        let json = format!("[{}]", vec!["1"; 2 * MEMORY].join(","));
        let ints = form(r#"{"type": "array", "items": "int"}"#.to_owned());
        let limits = Limits {
            memory: 0,
            ..Limits::DEFAULT
        };
        assert!(kafka_event::serde::within(limits, || of_json(ints, &json)).is_ok());
    }
}

/// The limits are the user's, for as long as a call of theirs: what is made up, and how deep values nest.
#[test]
fn what_is_made_up_has_the_end_that_is_set() {
    let fields: Vec<_> = (0..1000)
        .map(|number| format!(r#"{{"name": "a{number}", "type": ["null", "string"], "default": null}}"#))
        .collect();
    let wide = form(format!(
        r#"{{"type": "array", "items": {{"type": "record", "name": "Wide", "fields": [{}]}}}}"#,
        fields.join(",")
    ));
    let read = |count: usize| of_json(wide, &format!("[{}]", vec!["{}"; count].join(",")));
    let within = |memory, count| kafka_event::serde::within(Limits { memory, ..Limits::DEFAULT }, || read(count));
    let error = within(64 << 10, 10).unwrap_err();
    assert!(error.contains("more memory than the limit"), "{error}");
    // Of each value anew.
    let each = || (read(1).is_ok(), read(1).is_ok(), read(2).is_ok());
    let memory = 70 << 10;
    assert_eq!(
        kafka_event::serde::within(Limits { memory, ..Limits::DEFAULT }, each),
        (true, true, false)
    );
    assert!(within(1 << 30, 4_000).is_ok());
    // They are as they were, also behind a panic.
    assert!(read(10).is_ok() && read(4_000).is_err());
    let panics = || {
        kafka_event::serde::within(
            Limits {
                memory: 0,
                ..Limits::DEFAULT
            },
            || panic!("a deserializer's"),
        )
    };
    assert!(std::panic::catch_unwind(panics).is_err());
    assert!(read(10).is_ok());
    let shallow = Limits {
        depth: 1,
        ..Limits::DEFAULT
    };
    let nested = form(r#"{"type": "array", "items": {"type": "array", "items": "long"}}"#.to_owned());
    assert_eq!(of_json(nested, "[[1]]"), Ok(vec![2, 2, 2, 0, 0]));
    let error = kafka_event::serde::within(shallow, || of_json(nested, "[[1]]")).unwrap_err();
    assert!(error.contains("nested deeper than the limit"), "{error}");
}

/// Where any crate of a build turns on serde_json's `arbitrary_precision`, a number of its is an object with one key, and is the same number.
#[test]
fn a_number_that_is_an_object_is_the_same() {
    use serde::de::value::{Error, MapDeserializer};
    let read = |schema: &str, key: &'static str, number: &'static str| {
        let object = MapDeserializer::<_, Error>::new(std::iter::once((key, number)));
        Read(form(schema.to_owned())).deserialize(object).map_err(|error| error.to_string())
    };
    let number = "$serde_json::private::Number";
    for (schema, text) in [(r#""float""#, "0.1"), (r#""float""#, "3"), (r#""double""#, "2.5e-300")] {
        assert_eq!(
            read(schema, number, text),
            of_json(form(schema.to_owned()), text),
            "{schema} {text}"
        );
        assert!(read(schema, number, text).is_ok());
    }
    let date = r#"{"type": "int", "logicalType": "date"}"#;
    assert_eq!(read(date, number, "20000"), of_json(form(date.to_owned()), "20000"));
    assert!(read(r#""double""#, number, "1e999").is_err());
    assert!(read(r#""double""#, "number", "1").is_err());
}

/// A decimal's text takes the square of its length in time.
#[test]
fn long_decimals_have_no_text() {
    let write = |form, datum| serde_json::to_string(&Value { form, datum: Datum(datum) }).map_err(|error| error.to_string());
    let prefixed = |bytes: Vec<u8>| datum(&Schema::Bytes, apache_avro::types::Value::Bytes(bytes));
    let number = |length: usize| [vec![0x7f], vec![0xff; length - 1]].concat();
    let decimal = form(r#"{"type": "bytes", "logicalType": "decimal", "precision": 1000000, "scale": 2}"#.to_owned());
    let fixed = form(r#"{"type": "fixed", "name": "F", "size": 5000, "logicalType": "decimal", "precision": 12000}"#.to_owned());
    let big = form(r#"{"type": "bytes", "logicalType": "big-decimal"}"#.to_owned());
    let of_big = |length| prefixed([prefixed(number(length)), vec![4]].concat());
    for (form, short, long) in [
        (decimal, prefixed(number(4096)), prefixed(number(4097))),
        (big, of_big(4096), of_big(4097)),
        (fixed, [vec![0; 904], number(4096)].concat(), number(5000)),
    ] {
        let json = write(form, short.clone()).unwrap();
        assert_eq!(of_json(form, &json), Ok(short));
        assert_eq!(write(form, long).unwrap_err(), "a decimal of more than 4096 bytes has no text");
        assert!(of_json(form, &format!("\"-{}\"", "9".repeat(9_862))).is_ok());
        let error = of_json(form, &format!("\"-{}\"", "9".repeat(9_865))).unwrap_err();
        assert!(error.contains("more than 9864 digits"), "{error}");
    }
    // Zeros that the text does not have, and those that count for nothing.
    let error = of_json(decimal, r#""1e900000""#).unwrap_err();
    assert!(error.contains("more than 9864 digits"), "{error}");
    assert_eq!(of_json(big, &format!("\"{}1\"", "0".repeat(20_000))), Ok(prefixed(vec![2, 1, 0])));
}
