//! Where the specification is easily misread: names, and what counts of a logical type
//! (specification, "Names", "Aliases", "Logical Types" and "Parsing Canonical Form for Schemas"). tests/README.md names the tests of the others.

use std::fs;

use kafka_event_codegen::fingerprint::{canonical_form, layout_hash, schema_json};
use kafka_event_codegen::model::{Model, Named, Record, Type};
use kafka_event_codegen::{Builder, Contract};

fn contract(schema: &str) -> Contract {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.avsc"), schema).unwrap();
    let builder = Builder::new().schemas([folder.path().to_owned()]);
    builder.load().unwrap_or_else(|report| panic!("{report}"))
}

fn record<'m>(model: &'m Model, full: &str) -> &'m Record {
    match model.find(full) {
        Some((_, Named::Record(record))) => record,
        _ => panic!("no record {full}"),
    }
}

#[test]
fn aliases_take_the_namespace_of_their_own_type() {
    let contract = contract(
        r#"{"type": "record", "name": "Outer", "namespace": "a.b", "aliases": ["Old", "c.Older"], "fields": [
            {"name": "f", "aliases": ["g"], "type": {"type": "record", "name": "d.Inner", "aliases": ["Old", "a.b.Older"], "fields": []}},
            {"name": "e", "type": {"type": "enum", "name": "E", "namespace": "", "aliases": ["Old"], "symbols": ["A"]}}
        ]}"#,
    );
    let model = &contract.model;
    assert_eq!(record(model, "a.b.Outer").aliases, ["a.b.Old", "c.Older"]);
    assert_eq!(record(model, "a.b.Outer").fields[0].aliases, ["g"]);
    assert_eq!(record(model, "d.Inner").aliases, ["d.Old", "a.b.Older"]);
    let Some((_, Named::Enum(enumeration))) = model.find("E") else {
        panic!("an enum of the null namespace")
    };
    assert_eq!(enumeration.aliases, ["Old"]);
}

#[test]
fn an_empty_namespace_resets_it() {
    let contract = contract(
        r#"{"type": "record", "name": "Outer", "namespace": "a", "fields": [
            {"name": "inner", "type": {"type": "record", "name": "Inner", "namespace": "", "fields": [
                {"name": "deep", "type": {"type": "record", "name": "Deep", "fields": []}},
                {"name": "back", "type": ["null", "a.Outer"]}
            ]}},
            {"name": "beside", "type": {"type": "record", "name": "Beside", "fields": []}},
            {"name": "dotted", "type": {"type": "record", "name": "x.Dotted", "namespace": "is.ignored", "fields": []}}
        ]}"#,
    );
    let names: Vec<_> = contract.model.types().map(|(_, named)| named.name().full()).collect();
    assert_eq!(names, ["Deep", "Inner", "a.Beside", "a.Outer", "x.Dotted"]);
    // What embeds it says so, so that a reader resets it as well.
    let (id, _) = contract.model.find("a.Outer").unwrap();
    let text = schema_json(&contract.model, id);
    assert!(text.contains(r#""name":"Inner","namespace":"""#), "{text}");
    assert!(text.contains(r#""name":"Deep","fields""#), "{text}");
}

#[test]
fn a_logical_type_that_is_ignored_is_its_plain_type() {
    let contract = contract(
        r#"{"type": "record", "name": "R", "fields": [
            {"name": "beside", "type": "long", "logicalType": "timestamp-millis"},
            {"name": "unknown", "type": {"type": "long", "logicalType": "timestamp-days"}},
            {"name": "on_another", "type": {"type": "string", "logicalType": "date"}},
            {"name": "without_a_precision", "type": {"type": "bytes", "logicalType": "decimal"}},
            {"name": "beyond_its_precision", "type": {"type": "bytes", "logicalType": "decimal", "precision": 2, "scale": 3}}
        ]}"#,
    );
    let types: Vec<_> = record(&contract.model, "R").fields.iter().map(|field| &field.ty).collect();
    assert_eq!(types, [&Type::Long, &Type::Long, &Type::String, &Type::Bytes, &Type::Bytes]);
    assert_eq!(contract.warnings.diagnostics.len(), 5, "{}", contract.warnings);
}

/// Equal fingerprints are no equal meaning: a message in milliseconds read as microseconds would be another time.
#[test]
fn the_canonical_form_says_nothing_of_logical_types() {
    let of = |ty: &str| {
        let contract = contract(&format!(
            r#"{{"type": "record", "name": "R", "fields": [{{"name": "f", "type": {ty}}}]}}"#
        ));
        let (id, _) = contract.model.find("R").unwrap();
        (canonical_form(&contract.model, id), layout_hash(&contract.model, id))
    };
    let decimal = |words: &str| of(&format!(r#"{{"type": "bytes", "logicalType": "decimal", {words}}}"#));
    let long = |logical: &str| of(&format!(r#"{{"type": "long", "logicalType": "{logical}"}}"#));
    for [left, right] in [
        [of("\"long\""), long("timestamp-millis")],
        [long("timestamp-micros"), long("timestamp-millis")],
        [long("local-timestamp-millis"), long("timestamp-millis")],
        [of("\"string\""), of(r#"{"type": "string", "logicalType": "uuid"}"#)],
        [of("\"bytes\""), decimal(r#""precision": 4"#)],
        [decimal(r#""precision": 4"#), decimal(r#""precision": 5"#)],
        [decimal(r#""precision": 4, "scale": 1"#), decimal(r#""precision": 4, "scale": 2"#)],
    ] {
        assert_eq!(left.0, right.0);
        assert_ne!(left.1, right.1, "{}", left.0);
    }
    assert_eq!(decimal(r#""precision": 4"#), decimal(r#""precision": 4, "scale": 0"#));
}

/// `default` is a word of Avro's for enums alone; of other types it is a property, as Java has it.
#[test]
fn a_default_of_a_record_is_a_property() {
    let schema = r#"{"type": "record", "name": "R", "fields": [{"name": "f", "type": {"type": "enum", "name": "E", "symbols": ["A"], "default": "A"}}], "default": {}}"#;
    let contract = contract(schema);
    let (id, _) = contract.model.find("R").unwrap();
    let written = schema_json(&contract.model, id);
    assert!(written.ends_with(r#""symbols":["A"],"default":"A"}}],"default":{}}"#), "{written}");
}

/// A number that is none of JSON's is a text in a schema, as Java writes it: where the field itself is a float or a double, and nowhere else.
#[test]
fn a_default_that_is_no_number_of_jsons() {
    let load = |files: &[String]| {
        let folder = tempfile::tempdir().unwrap();
        for (number, file) in files.iter().enumerate() {
            fs::write(folder.path().join(format!("{number}.avsc")), file).unwrap();
        }
        Builder::new().schemas([folder.path().to_owned()]).load()
    };
    let field = |ty: &str, default: &str| format!(r#"{{"name": "f", "type": {ty}, "default": {default}}}"#);
    let record = |field: &str| format!(r#"{{"type": "record", "name": "R", "fields": [{field}]}}"#);
    for text in ["NaN", "Infinity", "-Infinity"] {
        for ty in ["float", "double"] {
            let field = field(&format!("\"{ty}\""), &format!("\"{text}\""));
            // The same twice, its keys in another order; another number is another definition.
            let turned = format!(r#"{{"fields": [{field}], "name": "R", "type": "record"}}"#);
            let contract = load(&[record(&field), turned]).unwrap_or_else(|report| panic!("{report}"));
            let (id, _) = contract.model.find("R").unwrap();
            let written = schema_json(&contract.model, id);
            assert!(written.contains(&format!(r#""default":"{text}""#)), "{written}");
            let report = load(&[record(&field), record(&field.replace(&format!("\"{text}\""), "0.5"))]).unwrap_err();
            assert_eq!(report.diagnostics[0].code, "KE0106", "{report}");
        }
    }
    let elsewhere = [
        (r#"["null", "double"]"#, r#""NaN""#),
        (r#"["double", "null"]"#, r#""NaN""#),
        (r#"{"type": "array", "items": "double"}"#, r#"["NaN"]"#),
        (r#"{"type": "map", "values": "float"}"#, r#"{"k": "NaN"}"#),
        (
            r#"{"type": "record", "name": "I", "fields": [{"name": "x", "type": "double"}]}"#,
            r#"{"x": "NaN"}"#,
        ),
        (r#""int""#, r#""NaN""#),
        (r#""double""#, r#""nan""#),
        (r#""double""#, r#""INF""#),
        (r#"["null", "float"]"#, r#""1.5""#),
        (r#""float""#, r#""""#),
    ];
    for (ty, default) in elsewhere {
        let report = load(&[record(&field(ty, default))]).unwrap_err();
        assert_eq!(report.diagnostics[0].code, "KE0107", "{report}");
    }
}
