//! The values of Avro's tests for Python: bytes, defaults, promotions (specification, "Binary Encoding", "Schema Resolution" and "Logical Types").

use apache_avro::reader::datum::GenericDatumReader;
use apache_avro::types::Value;
use apache_avro::writer::datum::GenericDatumWriter;
use apache_avro::{Decimal, Schema};
use jiff::{SignedDuration, civil};
use kafka_event::Limits;
use kafka_event::codec::Reader;
use num_bigint::{BigInt, Sign};
use test_vectors::{CASES, Case, has_corpus};

use crate::json;

const VECTORS: &str = "official/py-test_io-vectors.json";

/// Each of `schema_datum` as the specification writes it ("Binary Encoding"), in their order.
const DATUMS: [&[u8]; 42] = [
    b"",
    b"\x01",
    b",adsfasdf09809dsf-=adsf",
    b"\x1212345abcd",
    b"\xa4\x13",
    b"\xa4\x13",
    b"\x00@\x9aD",
    b"\x00\x00\x00\x00\x00H\x93@",
    b"B",
    b"\x00\x00\x00\x00\x00\x00z\xb7",
    b"\xff\xff\xff\xff\xff\xff\x85I",
    b"\x00\x00\x00\x00\x00\x00\x00\x03",
    b"\x04z\xb7",
    b"\x04\x85I",
    b"\x02\x03",
    b"\x02",
    b"\x06\x02\x06\x04\x00",
    b"\x06\x02a\x02\x02b\x06\x02c\x04\x00",
    b"\x02",
    b"\x9a\xab\x01",
    b"\xfe\xef\xb2R",
    b"\x00",
    b"\xfe\xff\xba\xdd\x83\x05",
    b"\x00",
    b"\xff\xaf\xb9\xf8\xdf\xf5\x0d",
    b"\xfe\xef\xfe\xa1\xfa\x9ds",
    b"\x98\xb4\xb1\x8a\x987",
    b"\xff\xff\x9e\x80\xc5\xf5\xdfl",
    b"\xfe\xff\x9a\xc7\x99\x83\xa2\x84\x07",
    b"\xd6\xca\x82\x92\x91\x94\xaf\x03",
    b"Ha4818e1c-8e59-11eb-8dcd-0242ac130003",
    b"H570feebe-2bbc-4937-98df-285944e1dbbd",
    b"\x1212345abcd",
    b"\x1212345abcd",
    b"\x0a",
    b"\x04\x02\x08head\x00",
    b"\x00\x02\x02\x00",
    b"\x00\x02\x02\x00",
    b"\x02",
    b"\x00@9099d6aa8dbc42caa6e66faa1f95b117",
    b"\x00\xff\xaf\xb9\xf8\xdf\xf5\x0d",
    b"\x02",
];

/// A UUID without hyphens, which Python takes: Java does not, and the specification has them (RFC 4122).
const WITHOUT_HYPHENS: usize = 39;

/// What apache-avro reads, as Python says it.
fn python(value: &Value, schema: &Schema, stated: &str) -> String {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let zoned = |since: SignedDuration| {
        // Python's tests have a zone of their own, ten hours ahead.
        let (name, hours) = if stated.contains("TSTTzinfo") { ("TST", 10) } else { ("UTC", 0) };
        let at = civil::date(1970, 1, 1).at(0, 0, 0, 0) + since + SignedDuration::from_hours(hours);
        let parts = [
            i32::from(at.year()),
            at.month().into(),
            at.day().into(),
            at.hour().into(),
            at.minute().into(),
            at.second().into(),
            at.subsec_nanosecond() / 1000,
        ];
        format!("datetime.datetime({}, tzinfo=<avro.timezones.{name}Tzinfo>)", shortest(&parts, 5))
    };
    let time = |micros: i64| {
        let parts = [
            micros / 3_600_000_000,
            micros / 60_000_000 % 60,
            micros / 1_000_000 % 60,
            micros % 1_000_000,
        ];
        format!("datetime.time({})", shortest(&parts, 2))
    };
    let list = |items: &[String]| items.join(", ");
    match (value, schema) {
        (Value::Null, _) => "None".to_owned(),
        (Value::Boolean(value), _) => if *value { "True" } else { "False" }.to_owned(),
        (Value::Int(value), _) => value.to_string(),
        (Value::Long(value), _) => value.to_string(),
        (Value::Float(value), _) => format!("{value:?}"),
        (Value::Double(value), _) => format!("{value:?}"),
        (Value::String(value), _) => format!("'{value}'"),
        (Value::Enum(_, symbol), _) => format!("'{symbol}'"),
        (Value::Uuid(uuid), _) if stated.contains('-') => format!("'{uuid}'"),
        (Value::Uuid(uuid), _) => format!("'{}'", uuid.simple()),
        (Value::Bytes(bytes) | Value::Fixed(_, bytes), _) => format!("b'{}'", text(bytes)),
        (Value::Decimal(decimal), Schema::Decimal(schema)) => unscaled(decimal, schema.scale),
        (Value::Array(items), Schema::Array(array)) => {
            let items: Vec<_> = items.iter().map(|item| python(item, &array.items, stated)).collect();
            format!("[{}]", list(&items))
        }
        (Value::Map(entries), Schema::Map(map)) => {
            let mut entries: Vec<_> = entries
                .iter()
                .map(|(key, value)| format!("'{key}': {}", python(value, &map.types, stated)))
                .collect();
            entries.sort();
            format!("{{{}}}", list(&entries))
        }
        // Records that refer to themselves have nothing in them that needs its schema.
        (Value::Record(fields), _) => {
            let fields = fields
                .iter()
                .map(|(name, value)| format!("'{name}': {}", python(value, &Schema::Null, stated)));
            format!("{{{}}}", list(&fields.collect::<Vec<_>>()))
        }
        (Value::Union(_, value), _) => python(value, schema, stated),
        (Value::Date(days), _) => {
            let date = civil::date(1970, 1, 1) + jiff::Span::new().days(*days);
            format!("datetime.date({}, {}, {})", date.year(), date.month(), date.day())
        }
        (Value::TimeMillis(millis), _) => time(i64::from(*millis) * 1000),
        (Value::TimeMicros(micros), _) => time(*micros),
        (Value::TimestampMillis(millis), _) => zoned(SignedDuration::from_millis(*millis)),
        (Value::TimestampMicros(micros), _) => zoned(SignedDuration::from_micros(*micros)),
        (value, schema) => panic!("no vector has {value:?} of {schema:?}"),
    }
}

/// Numbers without the zeroes at their end, but as many as these.
fn shortest<T: ToString + Default + PartialEq>(parts: &[T], least: usize) -> String {
    let length = parts.iter().rposition(|part| *part != T::default()).map_or(0, |last| last + 1);
    let parts: Vec<_> = parts[..length.max(least)].iter().map(ToString::to_string).collect();
    parts.join(", ")
}

fn unscaled(decimal: &Decimal, scale: usize) -> String {
    let number = BigInt::from(decimal.clone());
    let digits = format!("{:0>width$}", number.magnitude(), width = scale + 1);
    let (whole, fraction) = digits.split_at(digits.len() - scale);
    let sign = if number.sign() == Sign::Minus { "-" } else { "" };
    let point = if scale > 0 { "." } else { "" };
    format!("Decimal('{sign}{whole}{point}{fraction}')")
}

/// Without the place in memory that an object had.
fn without_places(text: &str) -> String {
    match text.split_once(" object at 0x") {
        Some((before, behind)) => {
            let end = behind.find('>').unwrap();
            format!("{before}{}", &behind[end..])
        }
        None => text.to_owned(),
    }
}

/// The bytes above are what the vectors say, and ours are those bytes, both ways.
#[test]
fn datums() {
    if !has_corpus() {
        return;
    }
    let vectors = json(VECTORS);
    let vectors = vectors["schema_datum"].as_array().unwrap();
    assert_eq!(vectors.len(), DATUMS.len());
    for (number, (vector, bytes)) in vectors.iter().zip(DATUMS).enumerate() {
        let case = Case::of(&format!("datum {number}"));
        let stated = vector[1].as_str().unwrap();
        let schema = Schema::parse_str(case.schema).unwrap();
        let theirs = GenericDatumReader::builder(&schema).build().unwrap();
        let value = theirs.read_value(&mut &*bytes).unwrap();
        assert_eq!(python(&value, &schema, stated), without_places(stated), "{}", case.schema);
        let ours = case.again(bytes).map_err(|error| error.to_string());
        if number == WITHOUT_HYPHENS {
            assert_eq!(ours.unwrap_err(), "text that is not a UUID of 36 characters (at byte 34)");
        } else {
            assert_eq!(ours.as_deref(), Ok(bytes), "{}", case.schema);
        }
    }
}

/// Specification, "Primitive Types": both of int and of long, in as few bytes as can be.
#[test]
fn numbers() {
    if !has_corpus() {
        return;
    }
    let vectors = json(VECTORS);
    let vectors = vectors["binary_encodings_int_long"].as_array().unwrap();
    assert_eq!(vectors.len(), 9);
    for vector in vectors {
        let number = vector[0].as_i64().unwrap();
        let bytes = vector[1].as_str().unwrap().trim_matches(|character| "b'".contains(character));
        let bytes: Vec<_> = bytes.split(' ').map(|byte| u8::from_str_radix(byte, 16).unwrap()).collect();
        assert_eq!(Reader::new(&bytes, Limits::DEFAULT).varint().unwrap(), number);
        for primitive in ["\"int\"", "\"long\""] {
            let case = CASES.iter().find(|case| case.schema == primitive).unwrap();
            assert_eq!(case.again(&bytes).unwrap(), bytes, "{number}");
        }
    }
}

/// Each default's bytes, in the order of `default_values`.
const DEFAULTS: [&[u8]; 14] = [
    b"",
    b"\x01",
    b"\x06foo",
    b"\x04\xff\xff",
    b"\x0a",
    b"\x0a",
    b"\xcd\xcc\x8c?",
    b"\x9a\x99\x99\x99\x99\x99\xf1?",
    b"\xff\xff",
    b"\x00",
    b"\x06\x02\x04\x06\x00",
    b"\x04\x02a\x02\x02b\x04\x00",
    b"\x00\x0a",
    b"\x0a",
];

/// Specification, "Schema Resolution": a field that was not written is its default.
#[test]
fn defaults() {
    if !has_corpus() {
        return;
    }
    let fields = ["A", "B", "C", "D", "E", "F", "G"].map(|name| format!(r#"{{"name": "{name}", "type": "int"}}"#));
    let writer = format!(r#"{{"type": "record", "name": "Test", "fields": [{}]}}"#, fields.join(", "));
    let written = [2, 4, 6, 8, 10, 12, 14];
    assert_eq!(json(VECTORS)["default_values"].as_array().unwrap().len(), DEFAULTS.len());
    for (number, bytes) in DEFAULTS.into_iter().enumerate() {
        let case = Case::of(&format!("default {number}"));
        let evolved = (case.evolution)(&writer).unwrap_or_else(|error| panic!("{}: {error}", case.schema));
        assert_eq!(evolved(&written).unwrap(), bytes, "{}", case.schema);
    }
}

/// Specification, "Schema Resolution": 219 of every number, as every one that it may become.
#[test]
fn promotions() {
    if !has_corpus() {
        return;
    }
    let primitives = ["int", "long", "float", "double"];
    let values = [Value::Int(219), Value::Long(219), Value::Float(219.0), Value::Double(219.0)];
    let written = |place: usize| {
        let schema = Schema::parse_str(&format!("\"{}\"", primitives[place])).unwrap();
        let writer = GenericDatumWriter::builder(&schema).build().unwrap();
        writer.write_value_to_vec(values[place].clone()).unwrap()
    };
    for (writer, name) in primitives.iter().enumerate() {
        for (reader, read) in primitives.iter().enumerate().skip(writer) {
            let quoted = format!("\"{read}\"");
            let case = CASES.iter().find(|case| case.schema == quoted).unwrap();
            let evolved = (case.evolution)(&format!("\"{name}\"")).unwrap();
            assert_eq!(evolved(&written(writer)).unwrap(), written(reader), "{name} as {quoted}");
        }
    }
}
