//! Single values (specification, "Schema Resolution"): every default, what is refused and with which words, and bytes that claim much.

use apache_avro::Schema;
use apache_avro::types::Value;
use apache_avro::writer::datum::GenericDatumWriter;
use kafka_event::{
    Limits,
    codec::{DecodeClass, Writer},
};
use test_evolution::{PAIRS, Pair, Read};

fn pair(name: &str) -> &'static Pair {
    PAIRS.iter().find(|pair| pair.name == name).unwrap_or_else(|| panic!("{name}"))
}

fn reading(name: &str) -> Read {
    let pair = pair(name);
    (pair.evolution)(pair.writer).unwrap_or_else(|error| panic!("{error}"))
}

fn written(schema: &str, value: Value) -> Vec<u8> {
    let schema = Schema::parse_str(schema).unwrap();
    GenericDatumWriter::builder(&schema)
        .build()
        .unwrap()
        .write_value_to_vec(value)
        .unwrap()
}

fn record(fields: Vec<(&str, Value)>) -> Value {
    Value::Record(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

#[test]
fn a_field_that_was_not_written_is_its_default() {
    let pair = pair("own defaults");
    let text = |text: &str| Value::String(text.to_owned());
    let wanted = record(vec![
        ("id", text("x")),
        ("null", Value::Null),
        ("boolean", Value::Boolean(true)),
        ("int", Value::Int(-7)),
        ("long", Value::Long(9_007_199_254_740_993)),
        ("float", Value::Float(1.5)),
        ("double", Value::Double(-0.1)),
        ("bytes", Value::Bytes(vec![0xff, 0])),
        ("string", text("é 漢")),
        ("enum", Value::Enum(1, "B".to_owned())),
        ("fixed", Value::Fixed(2, vec![0x01, 0xfe])),
        ("array", Value::Array(vec![text("x"), text("y")])),
        ("map", Value::Map([("k".to_owned(), Value::Long(1))].into())),
        ("union", Value::Union(0, Box::new(Value::Long(3)))),
        ("optional", Value::Union(0, Box::new(Value::Null))),
        ("record", record(vec![("a", Value::Int(1)), ("b", text("own"))])),
    ]);
    let bytes = written(pair.writer, record(vec![("id", text("x"))]));
    let (owned, borrowed) = reading(pair.name)(&bytes, Limits::DEFAULT).unwrap();
    assert_eq!(owned, written(pair.reader, wanted));
    assert_eq!(borrowed, owned);
}

#[test]
fn a_value_that_cannot_be_read_says_where_and_why() {
    let name = "own a null where none is read";
    let read = reading(name);
    let value = |a, b| record(vec![("a", a), ("b", b)]);
    let text = |branch| Value::Union(branch, Box::new(Value::String("x".to_owned())));
    let null = |branch| Value::Union(branch, Box::new(Value::Null));
    read(&written(pair(name).writer, value(text(1), text(2))), Limits::DEFAULT).unwrap();
    for (value, path, words) in [
        (
            value(null(0), text(2)),
            "a",
            "field `a`: written with another version of the schema: a branch of the writer's union that the reader's type does not read (at byte 1)",
        ),
        (
            value(text(1), null(1)),
            "b",
            "field `b`: written with another version of the schema: a value that no branch of the reader's union reads (at byte 4)",
        ),
    ] {
        let error = read(&written(pair(name).writer, value), Limits::DEFAULT).unwrap_err();
        assert_eq!((error.path().as_str(), error.class()), (path, DecodeClass::WriterIncompatible));
        assert_eq!(error.to_string(), words);
    }
    // A branch that the writer's union has not is of no version at all.
    let error = read(&[6, 2, b'x'], Limits::DEFAULT).unwrap_err();
    assert_eq!(error.class(), DecodeClass::Malformed);
    let read = reading("own symbols without a default");
    read(&[0], Limits::DEFAULT).unwrap();
    let error = read(&[2], Limits::DEFAULT).unwrap_err();
    assert_eq!((error.path().as_str(), error.class()), ("s", DecodeClass::WriterIncompatible));
    assert_eq!(read(&[6], Limits::DEFAULT).unwrap_err().class(), DecodeClass::Malformed);
}

/// A union and an enum that begin as the reader's are no more than they say: what is behind them is of no version, though the reader would have it.
#[test]
fn what_the_writer_has_not_is_malformed_though_the_reader_has_it() {
    let read = reading("own beginnings");
    read(&[2, 2, b'x', 2], Limits::DEFAULT).unwrap_or_else(|error| panic!("{error}"));
    for (bytes, words) in [
        (&[4, 2, 0][..], "field `u`: branch 2 of a union of 2"),
        (&[0, 4], "field `e`: symbol 2 of an enum of 2"),
    ] {
        let error = read(bytes, Limits::DEFAULT).unwrap_err();
        assert_eq!(error.class(), DecodeClass::Malformed);
        assert!(error.to_string().starts_with(words), "{error}");
    }
}

/// What the writer's schema allows is not broken for the reader's allowing less: who wrote it is incompatible. What neither allows is malformed.
#[test]
fn a_value_that_only_the_writers_type_has_is_of_an_incompatible_writer() {
    const ID: &[u8] = b"7f1d3c5e-9a20-4b61-8c3d-0e5f6a7b8c9d";
    let read = reading("own fewer values");
    let prefixed = |bytes: &[u8]| [&[2 * u8::try_from(bytes.len()).unwrap()], bytes].concat();
    let (long, short) = ([0x11; 17], [&[0; 16][..], &[7]].concat());
    let good = [
        prefixed(b"text"),
        [&[2], &prefixed(ID)[..]].concat(),
        [&[2], &prefixed(ID)[..], &[0]].concat(),
        prefixed(&[1]),
        short,
        prefixed(&[2, 1, 4]),
    ];
    let with = |place: usize, bytes: &[u8]| {
        let mut fields = good.clone();
        fields[place] = bytes.to_vec();
        read(&fields.concat(), Limits::DEFAULT)
    };
    with(0, &good[0]).unwrap_or_else(|error| panic!("{error}"));
    for (place, path, bytes, words) in [
        (0, "text", prefixed(&[0xff]), "text that is not UTF-8"),
        (1, "id", [&[2], &prefixed(b"hello")[..]].concat(), "not a UUID"),
        (2, "ids", [&[2], &prefixed(&[0xff])[..], &[0]].concat(), "not a UUID"),
        (3, "price", prefixed(&long), "a decimal of 17 bytes"),
        (4, "sum", long.to_vec(), "a decimal of 17 bytes"),
        (5, "number", prefixed(&[]), ""),
        (5, "number", prefixed(&[0, 0, 0]), "a big-decimal of 2 bytes in 3"),
    ] {
        let error = with(place, &bytes).unwrap_err();
        assert_eq!(
            (error.path().as_str(), error.class()),
            (path, DecodeClass::WriterIncompatible),
            "{error}"
        );
        assert!(error.to_string().contains("whose type has more values"), "{error}");
        assert!(error.to_string().contains(words), "{error}");
    }
    // A text that is none, and lengths that are none: no schema explains them.
    for (place, bytes) in [(0, &[1][..]), (1, &[2, 2, 0xff]), (2, &[2, 1, 0]), (3, &[1]), (5, &[1])] {
        let error = with(place, bytes).unwrap_err();
        assert_eq!(error.class(), DecodeClass::Malformed, "{error}");
        assert!(!error.to_string().contains("another version"), "{error}");
    }
    let fields = good[..4].concat();
    let error = read(&[&fields[..], &[0; 16]].concat(), Limits::DEFAULT).unwrap_err();
    assert_eq!((error.path().as_str(), error.class()), ("sum", DecodeClass::Malformed));
}

/// Types of one simple name, each of which is another pair with the reader's one.
#[test]
fn what_is_deeper_than_types_are_compared_says_so() {
    const TYPES: usize = 1_010;
    let next = |number: usize| match number {
        TYPES => r#"["null"]"#.to_owned(),
        number => format!(r#"["null", "n{}.R"]"#, number + 1),
    };
    // All of them stand beside one another in one that each of them holds: none is within the one before it where a schema is written out.
    let record = |name: &str, all: &str, number: usize| {
        let next = next(number);
        format!(
            r#"{{"type": "record", "name": "{name}", "fields": [{{"name": "all", "type": ["null", {all}]}}, {{"name": "next", "type": {next}}}]}}"#
        )
    };
    let each = (1..=TYPES).rev().map(|number| {
        let record = record(&format!("n{number}.R"), r#""n.All""#, number);
        format!(r#"{{"name": "f{number}", "type": ["null", {record}]}}"#)
    });
    let each: Vec<_> = each.collect();
    let all = format!(r#"{{"type": "record", "name": "n.All", "fields": [{}]}}"#, each.join(", "));
    let writer = record("R", &all, 0);
    let read = move || {
        let limits = Limits {
            depth: 2 * TYPES as u32,
            stack: 1 << 30,
            ..Limits::DEFAULT
        };
        let bytes = [0, 2].repeat(TYPES);
        let read = (pair("own a chain").evolution)(&writer).unwrap_or_else(|error| panic!("{error}"));
        read(&bytes, limits).unwrap_err()
    };
    let thread = std::thread::Builder::new().stack_size(256 << 20).spawn(read).unwrap();
    let error = thread.join().unwrap();
    assert_eq!(error.class(), DecodeClass::WriterIncompatible);
    assert!(error.to_string().contains("deeper than they are compared"), "{error}");
}

/// An error within a default is where the message was left for it: the default's own bytes are none of the message's.
#[test]
fn an_error_within_a_default_is_at_a_place_of_the_message() {
    let read = reading("own defaults");
    let limits = Limits {
        // Enough for what is charged of the defaults themselves, and not for the items of the array.
        memory: 60,
        ..Limits::DEFAULT
    };
    let error = read(&[2, b'x'], limits).unwrap_err();
    assert_eq!(
        error.to_string(),
        "field `array`: collections or boxes that take more memory than the limit (at byte 2)"
    );
}

/// Specification, "Schema Resolution": an int is promoted, and what is beyond its 32 bits is no int.
#[test]
fn a_promoted_int_has_32_bits() {
    let read = reading("own promoted");
    let varint = |value: i64| {
        let mut bytes = Vec::new();
        let mut writer = Writer::new(&mut bytes, 10);
        writer.varint(value);
        writer.finish().unwrap();
        bytes
    };
    // The fields a, b and c and the items of h are ints; d and e are longs.
    let written = |wide: usize, value: i64| {
        let number = |place| varint(if place == wide { value } else { 1 });
        let [a, b, c, d, e, item] = [0, 1, 2, 3, 4, 5].map(number);
        let rest = [&[0; 4][..], &[0], &[2], &item, &[0], &[0]].concat();
        [a, b, c, d, e, rest].concat()
    };
    for value in [i64::from(i32::MAX), i64::from(i32::MIN)] {
        for place in 0..6 {
            read(&written(place, value), Limits::DEFAULT).unwrap_or_else(|error| panic!("{place}: {error}"));
        }
    }
    for value in [i64::from(i32::MAX) + 1, i64::from(i32::MIN) - 1, i64::MAX] {
        for (place, path) in [(0, "a"), (1, "b"), (2, "c"), (5, "h")] {
            let error = read(&written(place, value), Limits::DEFAULT).unwrap_err();
            assert_eq!((error.path().as_str(), error.class()), (path, DecodeClass::Malformed));
            assert!(error.to_string().contains(&format!("{value} does not fit an int")), "{error}");
        }
        for place in [3, 4] {
            read(&written(place, value), Limits::DEFAULT).unwrap_or_else(|error| panic!("{place}: {error}"));
        }
    }
}

#[test]
fn nothing_that_can_never_be_read_has_a_plan() {
    let error = (pair("own defaults").evolution)(r#"{"type": "record", "name": "R", "fields": []}"#)
        .err()
        .unwrap();
    let text = error.to_string();
    assert!(
        text.starts_with("error[KE0603]: `R.id` is not written, and has no default"),
        "{text}"
    );
    let error = (pair("own defaults").evolution)(r#"{"type": "record", "name": "R""#).err().unwrap();
    assert!(error.to_string().starts_with("error[KE0101]"), "{error}");
}

/// A tree of the writer's: its weight, its children's blocks, and what is gone.
fn tree(children: &[u8], gone: &[u8]) -> Vec<u8> {
    [&[2], children, gone].concat()
}

#[test]
fn what_nests_is_bounded_whether_it_is_read_or_passed_over() {
    let read = reading("own recursive");
    let nested = |levels: usize, in_children: bool| {
        let mut bytes = tree(&[0], &[0]);
        for _ in 0..levels {
            bytes = if in_children {
                tree(&[&[2], bytes.as_slice(), &[0]].concat(), &[0])
            } else {
                tree(&[0], &[&[2], bytes.as_slice()].concat())
            };
        }
        bytes
    };
    for in_children in [true, false] {
        // As deep as it may be with its own schema, and no less.
        read(&nested(63, in_children), Limits::DEFAULT).unwrap_or_else(|error| panic!("{in_children}: {error}"));
        let error = read(&nested(5_000, in_children), Limits::DEFAULT).unwrap_err();
        assert!(error.to_string().contains("nested deeper"), "{error}");
    }
}

#[test]
fn bytes_that_claim_much_take_no_more_than_the_budget() {
    let limits = Limits {
        items: usize::MAX,
        memory: 1 << 16,
        ..Limits::DEFAULT
    };
    // An array of nulls, of which ten bytes claim four billion, passed over.
    let claims = [&[0xfe, 0xff, 0xff, 0xff, 0x1f][..], &[0]].concat();
    let read = (pair("own defaults").evolution)(
        r#"{"type": "record", "name": "R", "fields": [{"name": "n", "type": {"type": "array", "items": "null"}}, {"name": "id", "type": "string"}]}"#,
    )
    .unwrap();
    let error = read(&claims, limits).unwrap_err();
    assert!(error.to_string().contains("more memory than the limit"), "{error}");
    // Items that take no bytes and become whole structs by their defaults.
    let read = reading("own items of defaults");
    read(&[20, 0], limits).unwrap();
    let error = read(&[0x80, 0x10, 0], limits).unwrap_err();
    assert!(error.to_string().contains("more memory than the limit"), "{error}");
}

/// Where fields begin that are read later takes no memory, where they are few.
#[test]
fn fields_that_are_read_later_take_no_memory() {
    let least = |read: &Read, bytes: &[u8]| {
        let holds = |memory: usize| read(bytes, Limits { memory, ..Limits::DEFAULT }).is_ok();
        let (mut refused, mut enough) = (0, 1 << 20);
        assert!(holds(enough));
        if holds(0) {
            return 0;
        }
        while enough - refused > 1 {
            let middle = usize::midpoint(refused, enough);
            *(if holds(middle) { &mut enough } else { &mut refused }) = middle;
        }
        enough
    };
    // Two fields of one record are passed over before they are read: d and c.
    let bytes = [&[0; 8][..], &[0], &[0], &[0], &[0], &[0], &[0]].concat();
    assert_eq!(least(&reading("own reordered"), &bytes), 0);
    // One of the whole, and one of each line.
    let nested = pair("own nested");
    let as_is = (nested.evolution)(nested.reader).unwrap_or_else(|error| panic!("{error}"));
    let lines = |line: &[u8], count: u8| [&[2 * count][..], &line.repeat(count.into()), &[0]].concat();
    for count in [1, 60] {
        // A line is a count, tags and no note; or was tags and a count, and its note is a default, of which each byte is charged.
        let read_as_is = [&lines(&[2, 0, 0], count)[..], &[2, 0, 0]].concat();
        let evolved = [&[0, 2][..], &lines(&[0, 2], count)].concat();
        let defaults = usize::from(count) + 1;
        assert_eq!(
            least(&reading("own nested"), &evolved),
            least(&as_is, &read_as_is) + defaults,
            "{count} lines"
        );
    }
}

#[test]
fn no_bytes_panic() {
    use rand::{RngExt as _, SeedableRng as _};
    let mut random = rand::rngs::StdRng::seed_from_u64(11);
    let limits = Limits {
        memory: 1 << 16,
        ..Limits::DEFAULT
    };
    for pair in PAIRS {
        let Ok(read) = (pair.evolution)(pair.writer) else { continue };
        for _ in 0..200 {
            let length = random.random_range(0..40);
            let bytes: Vec<u8> = (0..length)
                .map(|_| {
                    if random.random() {
                        random.random()
                    } else {
                        random.random_range(0..8)
                    }
                })
                .collect();
            if let Ok((owned, borrowed)) = read(&bytes, limits) {
                assert_eq!(owned, borrowed, "{} {bytes:?}", pair.name);
            }
        }
    }
}

#[test]
fn threads_share_a_plan() {
    fn shared<T: Send + Sync>() {}
    shared::<kafka_event::evolution::Evolution<String>>();
}

#[test]
fn items_that_take_no_bytes_take_no_time_where_nobody_reads_them() {
    let nulls: Vec<_> = (0..1000)
        .map(|number| format!(r#"{{"name": "n{number}", "type": "null"}}"#))
        .collect();
    let items = format!(r#"{{"type": "record", "name": "Nulls", "fields": [{}]}}"#, nulls.join(", "));
    let writer = format!(
        r#"{{"type": "record", "name": "R", "fields": [{{"name": "n", "type": {{"type": "array", "items": {items}}}}}, {{"name": "id", "type": "string"}}]}}"#
    );
    let read = (pair("own defaults").evolution)(&writer).unwrap();
    // Sixty million of them, each of a thousand nulls.
    let claims = [&[0x80, 0x8c, 0x9c, 0x39][..], &[0], &[2, b'x']].concat();
    read(&claims, Limits::DEFAULT).unwrap();
}

/// A field that is read later is passed over first: by the size that its blocks say, which is to be theirs.
#[test]
fn a_block_that_says_a_wrong_size_is_malformed() {
    let read = reading("own nested");
    // The first line's tags, as a block of one entry of six bytes; then its count, and no more lines.
    let entry = [2, b'k', 2, 2, b'v', 0];
    let bytes = [&[1, 12][..], &entry, &[0], &[0], &[0]].concat();
    read(&bytes, Limits::DEFAULT).unwrap_or_else(|error| panic!("{error}"));
    // By a size of five, the line ends a byte before it does, and all that follows is there in either reading.
    let bytes = [&[1, 10][..], &entry, &[0], &[0]].concat();
    let error = read(&bytes, Limits::DEFAULT).unwrap_err();
    assert_eq!(error.class(), DecodeClass::Malformed);
    assert!(error.to_string().contains("a block of another size than it says"), "{error}");
}
