//! Types in Avro's JSON encoding, by their schemas (specification, "JSON Encoding").

use kafka_event::json::{JsonClass, from_avro_json, from_avro_json_within, to_avro_json};
use kafka_event::{Complete, Limits};
use test_constructs::events::constructs::{Every, Letter, Three};

#[test]
fn a_type_there_and_back() {
    let json = to_avro_json(&Every::default()).unwrap();
    // A field by a line, to be read.
    insta::assert_snapshot!(json.replace(",\"", ",\n\""));
    assert_eq!(from_avro_json::<Every>(&json).unwrap(), Every::default());
}

/// What is no record has a schema, too.
#[test]
fn a_symbol_and_a_fixed() {
    fn json<T: Complete + PartialEq + std::fmt::Debug>(value: T, json: &str) {
        assert_eq!(to_avro_json(&value).unwrap(), json);
        assert_eq!(from_avro_json::<T>(json).unwrap(), value);
    }
    json(Letter::B, r#""B""#);
    json(Three([0, 97, 255]), "\"\\u0000a\u{ff}\"");
}

/// JSON that is right by the schema, and a value that the type does not take: a UUID's characters.
#[test]
fn what_a_type_refuses() {
    let json = to_avro_json(&Every::default()).unwrap();
    let error = from_avro_json::<Every>(&json.replace("7f1d3c5e", "something")).unwrap_err();
    assert_eq!(error.class(), JsonClass::Bytes);
    assert!(
        error
            .to_string()
            .starts_with("field `uuid`: text that is not a UUID of 36 characters"),
        "{error}"
    );
    let tight = Limits {
        depth: 0,
        ..Limits::DEFAULT
    };
    assert_eq!(from_avro_json_within::<Every>(&json, tight).unwrap_err().class(), JsonClass::Limit);
}
