//! Types in serde's formats.

use kafka_event::logical::Decimal;
use kafka_event::{from_avro, to_avro};
use serde::{Deserialize, Serialize};
use test_constructs::events::constructs::{AnyBranch, Datum, DatumRef, Every, EveryUnion, Letter, Three};

fn there_and_back<T: Serialize + for<'de> Deserialize<'de> + PartialEq + std::fmt::Debug>(value: &T) -> String {
    let json = serde_json::to_string_pretty(value).unwrap();
    assert_eq!(serde_json::from_str::<T>(&json).unwrap(), *value);
    // One that names nothing, and is read by no one who does not know the type.
    let card = postcard::to_stdvec(value).unwrap();
    assert_eq!(postcard::from_bytes::<T>(&card).unwrap(), *value);
    json
}

#[test]
fn each_type() {
    insta::assert_snapshot!("every", there_and_back(&Every::default()));
    insta::assert_snapshot!("any_branch", there_and_back(&AnyBranch::default()));
}

#[test]
fn a_symbol_a_fixed_and_a_union_by_themselves() {
    assert_eq!(there_and_back(&Letter::B), r#""B""#);
    assert_eq!(serde_json::to_string(&Three([0, 97, 255])).unwrap(), "[0,97,255]");
    there_and_back(&Three([0, 97, 255]));
    assert_eq!(serde_json::to_string(&EveryUnion::Long(7)).unwrap(), r#"{"long":7}"#);
    there_and_back(&EveryUnion::String("x".to_owned()));
    let error = serde_json::from_str::<EveryUnion>(r#"{"int": 7}"#).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`int` is no branch of the union, which has `string`, `long`, `null`: name one of them; a record, an enum or a fixed by its full name"
    );
}

/// As what serde's own derives make of the same names.
#[test]
fn as_a_derive_would_have_it() {
    #[derive(Serialize)]
    struct Mirror {
        letter: MirrorLetter,
        numbers: Vec<i64>,
        words: std::collections::BTreeMap<String, i32>,
        nulls: Vec<()>,
        empties: Vec<Empty>,
        id: String,
    }
    #[derive(Serialize)]
    struct Empty {}
    #[allow(dead_code)]
    #[derive(Serialize)]
    enum MirrorLetter {
        A,
        B,
    }
    let mirror = Mirror {
        letter: MirrorLetter::B,
        numbers: vec![1, -1],
        words: [("k".to_owned(), 3)].into(),
        nulls: vec![(), ()],
        empties: vec![Empty {}],
        id: "00000000-0000-0000-0000-000000000001".to_owned(),
    };
    let json = serde_json::to_string(&mirror).unwrap();
    let ours: Datum = serde_json::from_str(&json).unwrap();
    assert_eq!(serde_json::to_string(&ours).unwrap(), json);
    assert_eq!(postcard::to_stdvec(&ours).unwrap(), postcard::to_stdvec(&mirror).unwrap());
    // So has its twin.
    let bytes = to_avro(&ours).unwrap();
    let twin = from_avro::<DatumRef<'_>>(&bytes).unwrap();
    assert_eq!(serde_json::to_string(&twin).unwrap(), json);
    // And both within what derives.
    #[derive(Serialize, Deserialize, PartialEq, Debug)]
    struct Envelope {
        event: Datum,
        more: Vec<Letter>,
    }
    let envelope = Envelope {
        event: ours,
        more: vec![Letter::A],
    };
    there_and_back(&envelope);
}

#[test]
fn missing_fields_are_their_defaults_and_unknown_ones_nothing() {
    assert_eq!(serde_json::from_str::<Every>("{}").unwrap(), Every::default());
    assert_eq!(
        serde_json::from_str::<AnyBranch>(r#"{"unknown": [{"a": 1}], "bytes": [0, 127, 128, 255]}"#).unwrap(),
        AnyBranch::default()
    );
    let some = serde_json::from_str::<Every>(r#"{"map": {}, "date": "2000-01-01", "yes": false}"#).unwrap();
    let wanted = Every {
        map: [].into(),
        date: 10957.into(),
        yes: false,
        ..Every::default()
    };
    assert_eq!(some, wanted);
    for (json, words) in [
        (
            "{}",
            "the field `letter` of the record `constructs.Datum` is missing: write it: the schema has no default for it at line 1 column 2",
        ),
        (
            r#"{"letter": "A", "letter": "A"}"#,
            "the field `letter` stands twice: take one of the two away at line 1 column 24",
        ),
        (
            "{\"letter\": \"C\"}",
            "/letter: `C` is no symbol of the enum, which has `A`, `B`: write one of them; the enum's default is for readers of other versions at line 1 column 15",
        ),
    ] {
        assert_eq!(serde_json::from_str::<Datum>(json).unwrap_err().to_string(), words);
    }
}

/// Text where the format is for people, or the number that it stands for.
#[test]
fn logical_types() {
    let read = |json: &str| serde_json::from_str::<Every>(json).map_err(|error| error.to_string());
    let every = read(r#"{"timestamp_millis": "2026-01-31T23:59:59.999+01:00", "timestamp_micros": 5, "decimal": "-0.5"}"#).unwrap();
    assert_eq!(
        (every.timestamp_millis, every.timestamp_micros),
        (1_769_900_399_999.into(), 5.into())
    );
    assert_eq!(every.decimal.unscaled(), -50);
    for (json, words) in [
        (
            r#"{"timestamp_millis": "2026-01-31"}"#,
            "/timestamp_millis: `2026-01-31` is no timestamp-millis as in `1970-01-01T00:00:00.000Z`, or finer than its unit: write it so, or as the number that it is",
        ),
        (
            r#"{"decimal": "0.005"}"#,
            "/decimal: `0.005` is no decimal with 2 digits behind the point: more than 2 digits behind the point: write it as text, as in \"-12.50\"",
        ),
        (r#"{"decimal": 0.5}"#, "invalid type: floating point `0.5`, expected text"),
        (r#"{"date": 1.5}"#, "/date: 1.5 is no date: write text, or a whole number"),
        (
            r#"{"time_millis": 2147483648}"#,
            "/time_millis: 2147483648 is beyond 32 bits: write a number that the schema's type holds",
        ),
        (
            r#"{"uuid": "no"}"#,
            "field `uuid`: text that is not a UUID of 36 characters (at byte 144)",
        ),
    ] {
        let error = read(json).unwrap_err();
        assert!(error.starts_with(words), "{error}");
    }
}

/// Specification, "Decimal": no reader looks at the precision. What was read from bytes is read from its text, too; a fixed holds no more than it does.
#[test]
fn decimals_beyond_their_precision() {
    let every = Every {
        decimal: Decimal::from_unscaled(-123_456_789_012_345_678_901_234_567_890),
        decimal_fixed: Decimal::from_unscaled(i32::MAX.into()),
        ..Every::default()
    };
    assert_eq!(from_avro::<Every>(&to_avro(&every).unwrap()).unwrap(), every);
    let json = there_and_back(&every);
    assert!(
        json.contains(r#""-1234567890123456789012345678.90""#) && json.contains(r#""2147483647""#),
        "{json}"
    );
    for (json, words) in [
        (
            r#"{"decimal_fixed": "2147483648"}"#,
            "/decimal_fixed: `2147483648` has more than the 4 bytes of its fixed: write a number that the schema's type holds",
        ),
        (
            r#"{"decimal": "1e8"}"#,
            "/decimal: `1e8` is no decimal with 2 digits behind the point: more than 9 digits",
        ),
        (
            r#"{"decimal": "+0000000001e8"}"#,
            "/decimal: `+0000000001e8` is no decimal with 2 digits behind the point: more than 9 digits",
        ),
        (
            r#"{"decimal": "170141183460469231731687303715884105728.00"}"#,
            "field `decimal`: a decimal of 17 bytes, which 128 bits do not hold",
        ),
    ] {
        let error = serde_json::from_str::<Every>(json).unwrap_err().to_string();
        assert!(error.starts_with(words), "{error}");
    }
}

/// What JSON has no numbers for.
#[test]
fn numbers_that_are_none() {
    let every = Every {
        float: f32::NEG_INFINITY,
        double: f64::INFINITY,
        ..Every::default()
    };
    let json = there_and_back(&every);
    assert!(
        json.contains(r#""float": "-Infinity""#) && json.contains(r#""double": "Infinity""#),
        "{json}"
    );
    assert!(serde_json::from_str::<Every>(r#"{"float": "NaN"}"#).unwrap().float.is_nan());
}

/// Text does not say whether a byte is a code point, as in Avro's JSON, or a piece of UTF-8.
#[test]
fn text_is_no_bytes() {
    let words = "the text `ÿ`, where bytes are: write an array of numbers, one of each byte";
    for field in ["bytes", "fixed"] {
        let json = format!(r#"{{"{field}": "ÿ"}}"#);
        let error = serde_json::from_str::<Every>(&json).unwrap_err().to_string();
        assert!(error.starts_with(&format!("/{field}: {words}")), "{error}");
        let tree: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(
            serde_json::from_value::<Every>(tree).unwrap_err().to_string(),
            format!("/{field}: {words}")
        );
    }
}

/// Formats have doubles for them.
#[test]
fn floats_are_not_rounded_twice() {
    let read = |json: &str| serde_json::from_str::<Every>(json).map(|every| every.float.to_bits());
    assert_eq!(read(r#"{"float": 7.038531e-26}"#).unwrap(), 0x15ae_43fd);
    assert_eq!(read(r#"{"float": 16777219}"#).unwrap(), 16_777_220_f32.to_bits());
    for (number, shown) in [("1e39", "1e39"), ("-3.5e38", "-3.5e38")] {
        let error = read(&format!(r#"{{"float": {number}}}"#)).unwrap_err().to_string();
        let words =
            format!("/float: {shown} is beyond floats: write a number that the schema's type holds, or \"Infinity\" or \"-Infinity\"");
        assert!(error.starts_with(&words), "{error}");
    }
}
