//! Each type's text both ways, what is refused, and where it ends (specification, "JSON Encoding").

use std::fmt::Write as _;

use super::{Encoding, JsonClass, JsonError};
use crate::codec::Limits;
use crate::codec::testing::{deepest_schema, on_little_stack};

const RECORD: &str = r#"{"type": "record", "name": "n.R", "fields": [
    {"name": "id", "type": "long"},
    {"name": "list", "type": {"type": "array", "items": ["null", "string", {"type": "fixed", "name": "F", "size": 2}]}, "default": []},
    {"name": "by_name", "type": {"type": "map", "values": {"type": "enum", "name": "E", "symbols": ["A", "B"], "default": "A"}}}
]}"#;

/// Records in boxes: each level is a record, a union and a key.
const LINKED: &str = r#"{"type": "record", "name": "L", "fields": [{"name": "next", "type": ["null", "L"]}]}"#;

fn encoding(schema: &str) -> Encoding {
    Encoding::from_schema(schema).unwrap_or_else(|error| panic!("{error}"))
}

fn refused(schema: &str, json: &str) -> JsonError {
    encoding(schema).to_avro(json).expect_err(json)
}

/// Specification, "JSON Encoding".
#[test]
fn each_type() {
    let union = r#"["null", "string", {"type": "fixed", "name": "n.F", "size": 2}]"#;
    for (schema, avro, json) in [
        (r#""null""#, &[][..], "null"),
        (r#""boolean""#, &[1], "true"),
        (r#""int""#, &[0xff, 0xff, 0xff, 0xff, 0x0f], "-2147483648"),
        (r#""long""#, &[0x82, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x20], "9007199254740993"),
        (r#""float""#, &[0xcd, 0xcc, 0xcc, 0x3d], "0.1"),
        (r#""float""#, &[0, 0, 0, 0x80], "-0.0"),
        (r#""double""#, &[1, 0, 0, 0, 0, 0, 0, 0], "5e-324"),
        (r#""double""#, &[0, 0, 0, 0, 0, 0, 0xf8, 0x7f], r#""NaN""#),
        (r#""double""#, &[0, 0, 0, 0, 0, 0, 0xf0, 0xff], r#""-Infinity""#),
        (r#""bytes""#, &[6, 0, b'"', 0xff], "\"\\u0000\\\"\u{ff}\""),
        (r#""string""#, &[6, 0xe8, 0xaa, 0x9e], "\"語\""),
        (r#"{"type": "array", "items": "int"}"#, &[0], "[]"),
        (r#"{"type": "array", "items": "int"}"#, &[4, 2, 1, 0], "[1,-1]"),
        (r#"{"type": "map", "values": "int"}"#, &[2, 2, b'k', 2, 0], r#"{"k":1}"#),
        (union, &[0], "null"),
        (union, &[2, 2, b'x'], r#"{"string":"x"}"#),
        (union, &[4, b'a', 0x80], "{\"n.F\":\"a\u{80}\"}"),
        (r#"{"type": "long", "logicalType": "timestamp-millis"}"#, &[2], "1"),
        (
            r#"{"type": "bytes", "logicalType": "decimal", "precision": 4, "scale": 2}"#,
            &[4, 0x04, 0xd2],
            "\"\\u0004\u{d2}\"",
        ),
        (LINKED, &[2, 0], r#"{"next":{"L":{"next":null}}}"#),
    ] {
        let encoding = encoding(schema);
        assert_eq!(encoding.to_json(avro).unwrap(), json, "{schema}");
        assert_eq!(encoding.to_avro(json).unwrap(), avro, "{schema}");
    }
}

#[test]
fn a_nan_has_one_json() {
    let float = encoding(r#""float""#);
    assert_eq!(float.to_json(&[1, 2, 0x83, 0xff]).unwrap(), r#""NaN""#);
    assert_eq!(float.to_avro(r#""NaN""#).unwrap(), f32::NAN.to_le_bytes());
}

/// A text is what it says, and not how its letters are spelled (RFC 8259, section 7).
#[test]
fn words_of_floats_however_they_are_spelled() {
    for ty in ["float", "double"] {
        let encoding = encoding(&format!("{ty:?}"));
        for (json, word) in [
            (r#""N\u0061N""#, r#""NaN""#),
            (r#" "\u0049nfinity" "#, r#""Infinity""#),
            (r#""\u002dInfinity""#, r#""-Infinity""#),
        ] {
            assert_eq!(encoding.to_avro(json).unwrap(), encoding.to_avro(word).unwrap(), "{json}");
        }
        for json in [r#""N\\u0061N""#, r#""Na\N""#, r#""N\ud800N""#, r#""\u0031""#, r#"{"N\u0061N": 1}"#] {
            assert_eq!(refused(&format!("{ty:?}"), json).class(), JsonClass::Text, "{json}");
        }
    }
}

/// Rounded to a double first, this would be a float's neighbour.
#[test]
fn a_float_is_rounded_once() {
    let float = encoding(r#""float""#);
    assert_eq!(
        float.to_avro("1.00000017881393432617187499").unwrap(),
        1.000_000_1_f32.to_le_bytes()
    );
    assert_eq!(
        float.to_avro("1.00000017881393432617187501").unwrap(),
        1.000_000_2_f32.to_le_bytes()
    );
}

#[test]
fn what_no_float_holds_is_not_infinity() {
    for (schema, json) in [(r#""float""#, "1e39"), (r#""float""#, "-3.5e38"), (r#""double""#, "1e400")] {
        let error = refused(schema, json).to_string();
        assert!(error.contains(&format!("`{json}` is beyond ")), "{error}");
    }
    // A number is near enough to nothing, as it is to any other.
    assert_eq!(encoding(r#""double""#).to_avro("1e-400").unwrap(), [0; 8]);
}

#[test]
fn whole_numbers_however_they_are_spelled() {
    let long = encoding(r#""long""#);
    let number = |json: &str| {
        long.to_avro(json)
            .map(|avro| long.to_json(&avro).unwrap())
            .map_err(|error| error.to_string())
    };
    for (json, wanted) in [
        ("-0", "0"),
        ("1.0", "1"),
        ("-120e-1", "-12"),
        ("1.5e1", "15"),
        ("0.00e999999999999999999999", "0"),
        ("9223372036854775807.000", "9223372036854775807"),
        ("-9.223372036854775808e18", "-9223372036854775808"),
        ("100000e-00005", "1"),
    ] {
        assert_eq!(number(json).as_deref(), Ok(wanted), "{json}");
    }
    for json in ["1e-400", "0.1", "1.00000000000000000000001", "15e-1", "1e-99999999999999999999"] {
        assert!(number(json).unwrap_err().ends_with("is no long: write a whole number"), "{json}");
    }
    for json in [
        "9223372036854775808",
        "-9223372036854775809",
        "1e19",
        "-1e400",
        "1e99999999999999999999",
        "123456789012345678901234567890.0",
    ] {
        assert!(number(json).unwrap_err().contains("is beyond longs"), "{json}");
    }
    assert!(refused(r#""int""#, "2147483648").to_string().contains("is beyond ints"));
}

/// Fields in any order, white space, escapes: what a text may have that ours has not.
#[test]
fn fields_in_any_order() {
    let encoding = encoding(RECORD);
    let wanted = encoding
        .to_avro(r#"{"id":1,"list":[null,{"string":"x"}],"by_name":{"k":"B"}}"#)
        .unwrap();
    let json = "\u{20}{\"by_name\" :\n{\"\\u006b\": \"\\u0042\"}, \"\\u0069d\": 1, \"list\":\t[null ,{ \"string\" : \"x\" }]}\r\n";
    assert_eq!(encoding.to_avro(json).unwrap(), wanted);
    let json = r#"{"list":[null,{"string":"x"}],"by_name":{"k":"B"},"id":1}"#;
    assert_eq!(encoding.to_avro(json).unwrap(), wanted);
}

#[test]
fn what_is_wrong_says_where_and_what_to_do() {
    let mut all = String::new();
    for json in [
        "",
        "{\"id\": 1,\n \"list\": [null, \"x\"]}",
        "{\"id\": 1,\n \"list\": [null,\n  {\"int\": 1}]}",
        r#"{"list": [{"n.F": "abc"}]}"#,
        r#"{"list": [{"n.F": "a語"}]}"#,
        r#"{"list": [{"null": null}]}"#,
        r#"{"list": [{}]}"#,
        r#"{"list": [{"string": "x", "more": 1}]}"#,
        r#"{"list": {}}"#,
        r#"{"by_name": {"a/b~": "C"}}"#,
        r#"{"by_name": {"k": "A", "\u006b": "A"}}"#,
        r#"{"by_name": {"k": 1}}"#,
        r#"{"id": 1, "id": 2}"#,
        r#"{"id": 1, "name": 2}"#,
        r#"{"id": "1"}"#,
        r#"{"id": [1, {"deep": "and long enough that nobody wants to read the whole of it in a message"}]}"#,
        r#"{"id": 1, "by_name": {}}"#,
        r#"{"id": 1, "by_name": {}, "list": []} x"#,
        r#"{"id": 1,}"#,
        r#"{"id": 01}"#,
        r#"[1, [], {}]"#,
    ] {
        let error = refused(RECORD, json);
        assert_eq!(error.class(), JsonClass::Text, "{json}");
        _ = writeln!(all, "{error}");
    }
    assert_eq!(
        all,
        r#"line 1, column 1: EOF while parsing a value
/list/1 (line 2, column 19): invalid type: string "x", expected a value of a union: null or {"string": …} or {"n.F": …}
/list/1 (line 3, column 8): `int` is no branch of the union, which has `null`, `string`, `n.F`: name one of them; a record, an enum or a fixed by its full name
/list/0/n.F (line 1, column 23): 3 bytes, where the fixed has 2: write a code point up to U+00FF for each byte
/list/0/n.F (line 1, column 24): U+8A9E is no byte: write a code point up to U+00FF for each byte, its number
/list/0 (line 1, column 17): null within an object: write null by itself
/list/0 (line 1, column 12): an empty object, where a union's value is: give it one key, the branch's name
/list/0 (line 1, column 32): a second key, `more`, where a union's value is: give it one key, the branch's name
/list (line 1, column 9): invalid type: map, expected an array
/by_name/a~1b~0 (line 1, column 24): `C` is no symbol of the enum, which has `A`, `B`: write one of them; the enum's default is for readers of other versions
/by_name (line 1, column 31): the key `k` stands twice: take one of the two away
/by_name/k (line 1, column 19): invalid type: integer `1`, expected a symbol of the enum, as text
line 1, column 14: the field `id` stands twice: take one of the two away
line 1, column 16: the record `n.R` has no field `name`: leave it out, or mend its name
/id (line 1, column 8): `"1"` is no long: write a whole number
/id (line 1, column 8): `[1, {"deep": "and long enough that nobod…` is no long: write a whole number
line 1, column 24: the field `list` of the record `n.R` is missing: write it: a default of the schema is for readers of other versions
line 1, column 38: trailing characters
line 1, column 10: trailing comma
/id (line 1, column 9): invalid number
line 1, column 1: invalid type: sequence, expected an object: the record `n.R`
"#
    );
    assert_eq!(
        refused(RECORD, "{\"id\": 1,\n \"list\": [null, \"x\"]}").line_and_column(),
        Some((2, 19))
    );
    assert_eq!(Encoding::from_schema("{").unwrap_err().class(), JsonClass::Schema);
}

#[test]
fn bytes_that_are_no_datum() {
    let encoding = encoding(RECORD);
    let error = encoding.to_json(&[2, 2, 2, 2, 0xff, 0]).unwrap_err();
    assert_eq!(error.to_string(), "/list/0/string: text that is not UTF-8 (at byte 5)");
    assert_eq!(
        (error.class(), error.pointer().as_str(), error.line_and_column()),
        (JsonClass::Bytes, "/list/0/string", None)
    );
    let error = encoding.to_json(&[2, 0, 2, 2, b'k', 4, 0]).unwrap_err();
    assert_eq!(error.to_string(), "/by_name/k: symbol 2 of an enum of 2 (at byte 6)");
    assert_eq!(
        encoding.to_json(&[2, 0, 0, 0]).unwrap_err().to_string(),
        "1 bytes are left after the event (at byte 3)"
    );
}

/// Of a key that stands twice in bytes the last value is read, by every reader; JSON has no such keys.
#[test]
fn the_last_of_two_values_of_a_key() {
    let map = encoding(r#"{"type": "map", "values": "int"}"#);
    let twice = [6, 2, b'a', 2, 2, b'b', 4, 2, b'a', 6, 2, 2, b'b', 8, 0];
    assert_eq!(map.to_json(&twice).unwrap(), r#"{"a":3,"b":4}"#);
    let maps = encoding(r#"{"type": "array", "items": {"type": "map", "values": "int"}}"#);
    let bytes = [&[4][..], &twice, &twice, &[0]].concat();
    assert_eq!(maps.to_json(&bytes).unwrap(), r#"[{"a":3,"b":4},{"a":3,"b":4}]"#);
}

/// Several blocks, with their sizes or without.
#[test]
fn blocks_become_one() {
    let array = encoding(r#"{"type": "array", "items": "int"}"#);
    let json = array.to_json(&[3, 4, 2, 4, 2, 6, 0]).unwrap();
    assert_eq!((json.as_str(), array.to_avro(&json).unwrap()), ("[1,2,3]", vec![6, 2, 4, 6, 0]));
}

fn nested(levels: usize) -> String {
    format!(
        r#"{}null{}"#,
        r#"{"next":{"L":"#.repeat(levels) + r#"{"next":"#,
        "}".repeat(2 * levels + 1)
    )
}

/// On as much stack as a thread has that nobody has asked to have more.
fn on_a_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    let thread = std::thread::Builder::new().stack_size(2 << 20).spawn(work).unwrap();
    thread.join().unwrap()
}

#[test]
fn items_end_both_ways() {
    let lists = encoding(r#"{"type": "array", "items": {"type": "map", "values": "null"}}"#);
    let limits = |items| Limits { items, ..Limits::DEFAULT };
    // Two items, and three entries of them.
    let json = r#"[{"a":null,"b":null},{"c":null}]"#;
    let bytes = lists.to_avro(json).unwrap();
    assert_eq!(lists.to_avro_within(json, limits(5)).unwrap(), bytes);
    assert_eq!(lists.to_json_within(&bytes, limits(5)).unwrap(), json);
    for error in [
        lists.to_avro_within(json, limits(4)).unwrap_err(),
        lists.to_json_within(&bytes, limits(4)).unwrap_err(),
    ] {
        assert_eq!(error.class(), JsonClass::Limit);
        assert!(error.to_string().contains("more items than the limit"), "{error}");
    }
}

/// As text has one item behind the other, each is counted before it is read: the first that is beyond the limit is where the error is.
#[test]
fn the_item_beyond_the_limit_is_where_the_error_is() {
    let lists = encoding(r#"{"type": "array", "items": {"type": "map", "values": "int"}}"#);
    // What is beyond the limit is not looked at.
    for (json, items, pointer) in [
        (r#"[{},{},"none"]"#, 2, "/2"),
        (r#"[{},{"a":1,"b/c":"none"}]"#, 3, "/1/b~1c"),
        (r#"["none"]"#, 0, "/0"),
    ] {
        let error = lists.to_avro_within(json, Limits { items, ..Limits::DEFAULT }).unwrap_err();
        assert_eq!((error.class(), error.pointer().as_str()), (JsonClass::Limit, pointer), "{error}");
    }
}

#[test]
fn depth_ends_both_ways() {
    on_a_thread(|| {
        let linked = encoding(LINKED);
        let limits = |depth| Limits { depth, ..Limits::DEFAULT };
        let (json, bytes) = (nested(60), [&[2].repeat(60)[..], &[0]].concat());
        assert_eq!(linked.to_avro(&json).unwrap(), bytes);
        assert_eq!(linked.to_json(&bytes).unwrap(), json);
        assert_eq!(linked.to_avro_within(&json, limits(59)).unwrap_err().class(), JsonClass::Limit);
        let error = linked.to_json_within(&bytes, limits(59)).unwrap_err();
        assert_eq!(error.class(), JsonClass::Limit);
        assert!(error.to_string().ends_with("nested deeper than the limit (at byte 60)"), "{error}");
        for (levels, depth) in [(100_000, 64), (100_000, u32::MAX)] {
            let error = linked.to_avro_within(&nested(levels), limits(depth)).unwrap_err();
            assert_eq!(error.class(), JsonClass::Limit);
            let error = linked.to_json_within(&[2].repeat(levels), limits(depth)).unwrap_err();
            assert!(error.to_string().contains("nested deeper than the limit"), "{depth}");
        }
        // What is nobody's is passed over without going down into it.
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(refused(r#""long""#, &deep).class(), JsonClass::Text);
        assert_eq!(refused(r#""string""#, &deep).class(), JsonClass::Text);
    });
}

/// What is made of a schema goes down into it, and not on the stack of who asks for it: here in a build without optimisation.
#[test]
fn the_deepest_schema_takes_little_stack() {
    on_little_stack(|| {
        let deepest = encoding(&deepest_schema());
        assert_eq!(deepest.to_avro(r#"{"R247": {"next": null}}"#).unwrap(), [0xee, 3, 0]);
    });
}

/// A schema may hold a record in a record for as long as it likes, and that counts no level.
#[test]
fn a_deep_schema_ends_before_the_stack_does() {
    let mut schema = r#""null""#.to_owned();
    for level in 0..240 {
        schema = format!(r#"{{"type": "record", "name": "R{level}", "fields": [{{"name": "r", "type": ["null", {schema}]}}]}}"#)
            .replace(r#"["null", "null"]"#, r#"["null", "int"]"#);
    }
    on_a_thread(move || {
        let deep = encoding(&schema);
        // All levels: 239 records within the first, and an int.
        let bytes = [&[2].repeat(240)[..], &[14]].concat();
        let small = Limits {
            stack: 16 << 10,
            ..Limits::DEFAULT
        };
        let large = Limits {
            stack: 1 << 20,
            ..Limits::DEFAULT
        };
        assert!(deep.to_json_within(&bytes, small).is_err());
        let json = deep.to_json_within(&bytes, large).unwrap();
        assert_eq!(deep.to_avro_within(&json, small).unwrap_err().class(), JsonClass::Limit);
        // Whether it is read within a megabyte depends on how this is built; that it ends does not.
        match deep.to_avro_within(&json, large) {
            Ok(back) => assert_eq!(back, bytes),
            Err(error) => assert_eq!(error.class(), JsonClass::Limit),
        }
    });
}

#[test]
fn memory_ends_both_ways() {
    let limits = |memory| Limits { memory, ..Limits::DEFAULT };
    // Ten bytes can claim billions of items that take none.
    let empty = r#"{"type": "record", "name": "Empty", "fields": []}"#;
    let items = encoding(&format!(r#"{{"type": "array", "items": {empty}}}"#));
    let claims = [0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1];
    let error = |items_most| {
        let limits = Limits {
            items: items_most,
            ..Limits::DEFAULT
        };
        items.to_json_within(&claims, limits).unwrap_err().to_string()
    };
    assert!(error(Limits::DEFAULT.items).contains("more items than the limit"));
    assert!(error(usize::MAX).contains("more memory than the limit"));
    // Each of these is a byte that is charged, and thousands of text.
    let fields: Vec<_> = (0..1000)
        .map(|number| format!(r#"{{"name": "a{number}", "type": "null"}}"#))
        .collect();
    let wide = format!(
        r#"{{"type": "array", "items": {{"type": "record", "name": "W", "fields": [{}]}}}}"#,
        fields.join(",")
    );
    let error = encoding(&wide)
        .to_json_within(&[0x80, 0x80, 0x80, 0x80, 4, 0], limits(256 << 20))
        .unwrap_err();
    assert_eq!(error.class(), JsonClass::Limit);
    let error = encoding(&wide).to_json_within(&[0x80, 0x40, 0], limits(8 << 20)).unwrap_err();
    assert_eq!(error.class(), JsonClass::Limit);
    // As text: what it becomes, and the keys that are held.
    let doubles = encoding(r#"{"type": "array", "items": "double"}"#);
    assert!(doubles.to_avro_within("[1,2,3]", limits(26)).is_ok());
    let error = doubles.to_avro_within("[1,2,3,4]", limits(26)).unwrap_err();
    assert_eq!((error.class(), error.pointer().as_str()), (JsonClass::Limit, "/3"));
    let map = encoding(r#"{"type": "map", "values": "null"}"#);
    let entry = [2, 2, b'a', 0];
    assert!(map.to_json_within(&entry, limits(128)).is_ok());
    assert_eq!(map.to_json_within(&entry, limits(127)).unwrap_err().class(), JsonClass::Limit);
    assert!(map.to_avro_within(r#"{"a":null}"#, limits(100)).is_ok());
    assert_eq!(
        map.to_avro_within(r#"{"a":null,"b":null}"#, limits(100)).unwrap_err().class(),
        JsonClass::Limit
    );
}

/// Where the fields of a record are is held for as long as it is read, for each record that is around another.
#[test]
fn the_places_of_fields_are_within_the_limit() {
    const FIELDS: usize = 10_000;
    /// What each takes.
    const PLACE: usize = size_of::<Option<std::ops::Range<usize>>>();
    let fields: String = (1..FIELDS)
        .map(|number| format!(r#", {{"name": "f{number}", "type": "null"}}"#))
        .collect();
    let wide = encoding(&format!(
        r#"{{"type": "record", "name": "W", "fields": [{{"name": "next", "type": ["null", "W"]}}{fields}]}}"#
    ));
    let limits = |memory| Limits { memory, ..Limits::DEFAULT };
    let class = |json: &str, memory| wide.to_avro_within(json, limits(memory)).unwrap_err().class();
    // All that is not here yet is a text that ends.
    let deep = r#"{"next":{"W":"#.repeat(60);
    assert_eq!(class(&deep, 4096), JsonClass::Limit);
    assert_eq!(class(&deep, 60 * FIELDS * PLACE - 1), JsonClass::Limit);
    assert_eq!(class(&deep, Limits::DEFAULT.memory), JsonClass::Text);
    assert_eq!(class("{", FIELDS * PLACE - 1), JsonClass::Limit);
    assert_eq!(class("{", FIELDS * PLACE), JsonClass::Text);
    // One record behind the other takes no more than one, and what grows is there twice.
    let nulls: String = (1..FIELDS).map(|number| format!(r#","f{number}":null"#)).collect();
    let two = |inner: &str| format!(r#"{{"next":{inner}{nulls}}}"#);
    let nested = two(&format!(r#"{{"W":{}}}"#, two("null")));
    assert!(wide.to_avro_within(&nested, limits(3 * FIELDS * PLACE + 2)).is_ok());
    assert_eq!(class(&nested, 3 * FIELDS * PLACE - 1), JsonClass::Limit);
}
