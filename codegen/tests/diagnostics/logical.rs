//! Logical types that have no meaning where they stand, and decimals (specification, "Logical Types"): what is ignored with a warning, and what is
//! refused.

use crate::{SCHEMA, manifest_of, manifest_with, refuses, takes};

/// The schema with another type of the field `load`, or other words there.
fn load(ty: &str) -> String {
    let field = r#"{"name": "load", "type": "double"}"#;
    SCHEMA.replace(field, &format!(r#"{{"name": "load", "type": {ty}}}"#))
}

/// The same, its type a fixed with a meaning.
fn fixed(size: usize, words: &str) -> String {
    load(&format!(r#"{{"type": "fixed", "name": "Load", "size": {size}, {words}}}"#))
}

/// A topic that the field keys.
fn keyed() -> String {
    manifest_of(&crate::TOPIC.replace("\"job_id\"", "\"load\""))
}

const DECIMAL: &str = r#"{"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}"#;
const WIDE: &str = r#"{"type": "bytes", "logicalType": "decimal", "precision": 39, "scale": 2}"#;
const BIG_DECIMAL: &str = r#"{"type": "bytes", "logicalType": "big-decimal"}"#;
const UUID: &str = r#"{"type": "string", "logicalType": "uuid"}"#;
/// Seventeen bytes of which none repeats the sign.
const LONG: &str = r"\u0001\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000";
/// A record with fields that are UUIDs, and none has a default of its own.
const OWNER: &str = r#"{"type": "record", "name": "cosmos.Holder", "fields": [
    {"name": "id", "type": {"type": "string", "logicalType": "uuid"}},
    {"name": "ids", "type": {"type": "array", "items": {"type": "map", "values": {"type": "string", "logicalType": "uuid"}}}, "default": []},
    {"name": "either", "type": ["int", {"type": "string", "logicalType": "uuid"}], "default": 0}
]}"#;

/// A union of two records with these fields, and its default.
fn either(a: &str, b: &str, default: &str) -> String {
    format!(
        r#"[{{"type": "record", "name": "A", "fields": [{a}]}}, {{"type": "record", "name": "B", "fields": [{b}]}}], "default": {default}"#
    )
}

takes! {
    decimal_on_bytes with 0: "topics.toml" => manifest_with(""), "job.avsc" => load(DECIMAL);
    decimal_on_a_fixed with 0: "topics.toml" => manifest_with(""), "job.avsc" => fixed(4, r#""logicalType": "decimal", "precision": 9"#);
    big_decimal_on_bytes with 0: "topics.toml" => manifest_with(""), "job.avsc" => load(BIG_DECIMAL);
    uuid_on_a_fixed with 0: "topics.toml" => manifest_with(""), "job.avsc" => fixed(16, r#""logicalType": "uuid""#);
    duration_on_a_fixed with 0: "topics.toml" => manifest_with(""), "job.avsc" => fixed(12, r#""logicalType": "duration""#);
    logical_type_around_a_type with 0: "topics.toml" => manifest_with(""),
        "job.avsc" => load(r#"{"type": {"type": "int"}, "logicalType": "date"}"#);

    logical_type_unknown with 1: "topics.toml" => manifest_with(""), "job.avsc" => load(r#"{"type": "bytes", "logicalType": "fixed-size-string"}"#);
    logical_type_misspelt with 1: "topics.toml" => manifest_with(""), "job.avsc" => load(r#"{"type": "long", "logicalType": "timestamp-milis"}"#);
    logical_type_no_string with 1: "topics.toml" => manifest_with(""), "job.avsc" => load(r#"{"type": "long", "logicalType": 7}"#);
    logical_type_on_another_primitive with 1: "topics.toml" => manifest_with(""), "job.avsc" => load(r#"{"type": "string", "logicalType": "date"}"#);
    millis_on_an_int with 1: "topics.toml" => manifest_with(""), "job.avsc" => load(r#"{"type": "int", "logicalType": "timestamp-millis"}"#);
    uuid_on_bytes with 1: "topics.toml" => manifest_with(""), "job.avsc" => load(r#"{"type": "bytes", "logicalType": "uuid"}"#);
    uuid_on_a_fixed_of_another_size with 1: "topics.toml" => manifest_with(""), "job.avsc" => fixed(15, r#""logicalType": "uuid""#);
    duration_on_a_fixed_of_another_size with 1: "topics.toml" => manifest_with(""), "job.avsc" => fixed(16, r#""logicalType": "duration""#);
    big_decimal_on_a_fixed with 1: "topics.toml" => manifest_with(""), "job.avsc" => fixed(8, r#""logicalType": "big-decimal""#);
    logical_type_on_an_array with 1: "topics.toml" => manifest_with(""),
        "job.avsc" => load(r#"{"type": "array", "items": "int", "logicalType": "date"}"#);
    logical_type_on_a_map with 1: "topics.toml" => manifest_with(""),
        "job.avsc" => load(r#"{"type": "map", "values": "int", "logicalType": "date"}"#);
    logical_type_on_a_record with 1: "topics.toml" => manifest_with(""), "job.avsc" => SCHEMA.replace("\"name\": \"Owner\"", "\"name\": \"Owner\", \"logicalType\": \"uuid\"");
    logical_type_on_a_reference with 1: "topics.toml" => manifest_with(""),
        "job.avsc" => SCHEMA.replace("\"items\": \"string\"", "\"items\": {\"type\": \"State\", \"logicalType\": \"date\"}");
    logical_type_beside_a_field_s_type with 1: "topics.toml" => manifest_with(""), "job.avsc" => load(r#""long", "logicalType": "timestamp-millis""#);

    decimal_on_a_string with 1: "topics.toml" => manifest_with(""), "job.avsc" => load(&DECIMAL.replace("bytes", "string"));
    decimal_without_a_precision with 1: "topics.toml" => manifest_with(""), "job.avsc" => load(&DECIMAL.replace("precision", "digits"));
    decimal_of_no_digits with 1: "topics.toml" => manifest_with(""), "job.avsc" => load(&DECIMAL.replace(['9', '2'], "0"));
    decimal_of_negative_precision with 1: "topics.toml" => manifest_with(""), "job.avsc" => load(&DECIMAL.replace('9', "-9"));
    decimal_whose_precision_is_text with 1: "topics.toml" => manifest_with(""), "job.avsc" => load(&DECIMAL.replace('9', "\"9\""));
    decimal_whose_precision_has_a_fraction with 1: "topics.toml" => manifest_with(""), "job.avsc" => load(&DECIMAL.replace('9', "9.5"));
    decimal_of_a_scale_beyond_its_precision with 1: "topics.toml" => manifest_with(""), "job.avsc" => load(&DECIMAL.replace('2', "10"));
    decimal_of_negative_scale with 1: "topics.toml" => manifest_with(""), "job.avsc" => load(&DECIMAL.replace('2', "-2"));
    decimal_beyond_its_fixed with 1: "topics.toml" => manifest_with(""), "job.avsc" => fixed(8, r#""logicalType": "decimal", "precision": 19"#);

    default_of_a_decimal_of_no_bytes with 0: "topics.toml" => manifest_with(""), "job.avsc" => load(&format!(r#"{DECIMAL}, "default": """#));
    default_of_a_wide_decimal with 0: "topics.toml" => manifest_with(""), "job.avsc" => load(&format!(r#"{WIDE}, "default": "{LONG}""#));
    default_beyond_a_decimal with 1: "topics.toml" => manifest_with(""), "job.avsc" => load(&format!(r#"{DECIMAL}, "default": "{LONG}""#));
    default_no_big_decimal with 1: "topics.toml" => manifest_with(""), "job.avsc" => load(&format!(r#"{BIG_DECIMAL}, "default": "\u0001""#));
    default_of_a_big_decimal_with_more_behind_it with 1:
        "topics.toml" => manifest_with(""), "job.avsc" => load(&format!(r#"{BIG_DECIMAL}, "default": "\u0002\u0001\u0000\u0000""#));
    default_no_uuid with 1: "topics.toml" => manifest_with(""), "job.avsc" => load(&format!(r#"{UUID}, "default": """#));
    default_of_an_optional_no_uuid with 1: "topics.toml" => manifest_with(""), "job.avsc" => load(&format!(r#"[{UUID}, "null"], "default": "none""#));
    default_of_several_branches_no_uuid with 1: "topics.toml" => manifest_with(""), "job.avsc" => load(&format!(r#"[{UUID}, "int", "null"], "default": """#));
    default_of_a_uuid_beside_an_array with 1: "topics.toml" => manifest_with(""), "job.avsc" => load(&format!(r#"[{UUID}, {{"type": "array", "items": "int"}}], "default": """#));
    default_of_a_branch_beside_a_uuid with 0: "topics.toml" => manifest_with(""), "job.avsc" => load(&format!(r#"["bytes", {UUID}], "default": """#));
    default_with_items_no_uuids with 1: "topics.toml" => manifest_with(""),
        "job.avsc" => load(&format!(r#"{{"type": "array", "items": {{"type": "map", "values": {UUID}}}}}, "default": [{{}}, {{"a": "", "b": ""}}]"#));
    default_of_a_record_with_no_uuid with 2: "topics.toml" => manifest_with(""), "owner.avsc" => OWNER,
        "job.avsc" => load(r#""cosmos.Holder", "default": {"id": "", "ids": [{"a": "none"}, {"b": ""}], "either": 7}"#);
    default_of_a_record_twice_with_no_uuid with 1: "topics.toml" => manifest_with(""), "owner.avsc" => OWNER,
        "job.avsc" => load(r#"{"type": "array", "items": "cosmos.Holder"}, "default": [{"id": "a"}, {"id": "b"}]"#);
    /// Only one branch's meaning is in the way, and of the branches that have the value as it is written the first.
    default_of_one_of_two_meanings with 1: "topics.toml" => manifest_with(""), "job.avsc" => load(&format!(r#"[{UUID}, {BIG_DECIMAL}], "default": "hello""#));
    default_of_the_record_that_has_it with 1: "topics.toml" => manifest_with(""),
        "job.avsc" => load(&either(r#"{"name": "u", "type": "int"}"#, &format!(r#"{{"name": "u", "type": {UUID}}}"#), r#"{"u": "x"}"#));
    default_of_the_record_that_lacks_nothing with 1: "topics.toml" => manifest_with(""),
        "job.avsc" => load(&either(
            r#"{"name": "u", "type": "string"}, {"name": "w", "type": "int"}"#,
            &format!(r#"{{"name": "u", "type": {UUID}}}"#),
            r#"{"u": "x"}"#
        ));
    default_of_a_record_and_no_map with 1: "topics.toml" => manifest_with(""),
        "job.avsc" => load(&format!(
            r#"[{{"type": "map", "values": {UUID}}}, {{"type": "record", "name": "A", "fields": [{{"name": "u", "type": "string"}}, {{"name": "o", "type": "int"}}]}}], "default": {{"u": "x", "o": 1}}"#
        ));
    default_beyond_a_decimal_on_a_fixed with 1: "topics.toml" => manifest_with(""),
        "job.avsc" => fixed(17, r#""logicalType": "decimal", "precision": 9"#).replace("9}", &format!("9}}, \"default\": \"{LONG}\""));
    /// Java's `LogicalTypes` writes the scale of 0 that a person leaves out.
    decimal_copied_by_java with 0: "topics.toml" => manifest_with(""), "job.avsc" => fixed(4, r#""logicalType": "decimal", "precision": 9"#),
        "load.avsc" => r#"{"type": "fixed", "name": "cosmos.Load", "size": 4, "logicalType": "decimal", "precision": 9, "scale": 0}"#;
}

refuses! {
    defined_twice_with_another_scale: "topics.toml" => manifest_with(""), "job.avsc" => fixed(4, r#""logicalType": "decimal", "precision": 9"#),
        "load.avsc" => r#"{"type": "fixed", "name": "cosmos.Load", "size": 4, "logicalType": "decimal", "precision": 9, "scale": 1}"#;
    default_of_a_decimal_as_a_number: "topics.toml" => manifest_with(""), "job.avsc" => load(&format!(r#"{DECIMAL}, "default": 12.5"#));
    default_of_a_decimal_beyond_bytes: "topics.toml" => manifest_with(""), "job.avsc" => load(&format!(r#"{DECIMAL}, "default": "€""#));
    default_of_a_uuid_as_a_number: "topics.toml" => manifest_with(""), "job.avsc" => load(&format!(r#"{UUID}, "default": 7"#));
    default_of_a_decimal_of_another_size: "topics.toml" => manifest_with(""),
        "job.avsc" => fixed(4, r#""logicalType": "decimal", "precision": 9"#).replace("9}", "9}, \"default\": \"\\u0001\"");

    key_that_is_a_decimal: "topics.toml" => keyed(), "job.avsc" => load(DECIMAL);
    key_that_is_a_big_decimal: "topics.toml" => keyed(), "job.avsc" => load(BIG_DECIMAL);
    key_that_is_a_decimal_on_a_fixed: "topics.toml" => keyed(), "job.avsc" => fixed(4, r#""logicalType": "decimal", "precision": 9"#);
}
