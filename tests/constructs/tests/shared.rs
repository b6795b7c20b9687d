//! Schemas that the compiler puts together are those that the generator would have written out.

use kafka_event::evolution::Evolution;
use kafka_event::{Fingerprint, Record};
use kafka_event_codegen::fingerprint::{fingerprint, layout_hash, schema_json};
use kafka_event_codegen::load_text;
use test_constructs::shared::WRITTEN;
use test_constructs::shared::shared::{Root, leaves::Leaf, trees::Tree};

/// A constant as everywhere else.
const OF_A_LEAF: &str = Leaf::SCHEMA;

fn is_as_written<T: Record>() {
    let (contract, _) = load_text("the schema", WRITTEN).unwrap();
    let (id, _) = contract.model.find(T::FULL_NAME).unwrap();
    assert_eq!(T::SCHEMA, schema_json(&contract.model, id));
    // By itself it is the same again.
    let (alone, id) = load_text(T::FULL_NAME, T::SCHEMA).unwrap();
    assert_eq!(T::SCHEMA, schema_json(&alone.model, id));
    assert_eq!(T::FINGERPRINT, Fingerprint(fingerprint(&alone.model, id)));
    assert_eq!(<T as Record>::LAYOUT, layout_hash(&alone.model, id));
    apache_avro::Schema::parse_str(T::SCHEMA).unwrap();
    assert!(Evolution::<T>::from_schema(T::SCHEMA).unwrap().is_alike());
}

#[test]
fn each_is_as_the_generator_writes_it() {
    is_as_written::<Tree>();
    is_as_written::<Leaf>();
    is_as_written::<Root>();
    assert!(OF_A_LEAF.starts_with(r#"{"type":"record","name":"Leaf","namespace":"shared.leaves","doc":"A word"#));
}

#[test]
fn serde_has_their_definitions_too() {
    let json = r#"{"leaf":{"tree":null,"colour":"RED","other":{"string":"x"}}}"#;
    let tree: Tree = serde_json::from_str(json).unwrap();
    assert_eq!(serde_json::to_string(&tree).unwrap(), json);
}

/// Else nothing above is looked at.
#[test]
fn they_are_put_together() {
    let code = include_str!(concat!(env!("OUT_DIR"), "/shared.rs"));
    assert_eq!(code.matches("__private::SharedSchema for").count(), 3);
    assert_eq!(code.matches("__private::Definitions for").count(), 1);
    // serde's form asks for the definitions: each text written out would take the compiler its time, and the program its bytes.
    assert_eq!(code.matches("Form::of_shared::<").count(), 3);
    assert!(code.contains("Form::of_union_of_shared::<") && !code.contains("<Leaf as ::kafka_event::Schema>::SCHEMA"));
}
