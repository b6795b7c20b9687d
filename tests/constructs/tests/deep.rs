//! Records within one another, as many as may be.

// As in the library: each who names such a type asks the compiler to go down into it.
#![recursion_limit = "1100"]

use kafka_event::{Fingerprint, Record, from_avro, to_avro};
use kafka_event_codegen::fingerprint::{fingerprint, layout_hash, schema_json};
use kafka_event_codegen::load_text;
use test_constructs::deep::deep::{R0, R1, R100};

/// Each definition within the one before: as deep as the generator lets any be.
#[test]
fn as_deep_as_definitions_may_nest() {
    let code = include_str!(concat!(env!("OUT_DIR"), "/deep.rs"));
    assert_eq!(code.matches("__private::SharedSchema for").count(), 250);
    assert_eq!(code.matches("__private::Definitions for").count(), 1);
    for (schema, name, fingerprint_of, layout_of) in [
        (R0::SCHEMA, R0::FULL_NAME, R0::FINGERPRINT, <R0 as Record>::LAYOUT),
        (R100::SCHEMA, R100::FULL_NAME, R100::FINGERPRINT, <R100 as Record>::LAYOUT),
    ] {
        let (contract, id) = load_text(name, schema).unwrap_or_else(|report| panic!("{report}"));
        assert_eq!(schema_json(&contract.model, id), schema);
        assert_eq!(Fingerprint(fingerprint(&contract.model, id)), fingerprint_of);
        assert_eq!(layout_hash(&contract.model, id), layout_of);
        // All of the last one's brackets are closed at the end, those of the first with them.
        assert_eq!(schema.matches(r#""type":"record""#).count(), 250);
        let closed = schema.len() - schema.trim_end_matches(['}', ']']).len();
        assert_eq!(closed, 4 * 250, "{}", &schema[schema.len() - closed..]);
    }
    let value = R0 {
        next: vec![R1 { next: vec![] }, R1 { next: vec![] }],
    };
    assert_eq!(from_avro::<R0>(&to_avro(&value).unwrap()).unwrap(), value);
}
