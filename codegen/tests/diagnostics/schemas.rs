//! Schemas that are JSON and no Avro, or Avro that this version does not take (specification, "Schema Declaration").

use crate::{SCHEMA, manifest_with, refused, refuses, takes};

/// The schema with a part written otherwise.
fn with(part: &str, instead: &str) -> String {
    assert!(SCHEMA.contains(part), "{part}");
    SCHEMA.replace(part, instead)
}

/// The field `load` with a date in its type.
fn date(ty: &str, default: i64) -> String {
    let ty = ty.replace("DATE", r#"{"type": "int", "logicalType": "date"}"#);
    format!(r#"{{"name": "load", "type": {ty}, "default": {default}}}"#)
}

const LOAD: &str = r#"{"name": "load", "type": "double"}"#;
const STATE: &str = r#"{"type": "enum", "name": "State", "symbols": ["ON", "OFF"]}"#;

refuses! {
    hyphen_in_a_namespace: "topics.toml" => manifest_with(""), "job.avsc" => with("\"cosmos\"", "\"com.cosmic-horizons.events\"");
    hyphen_in_a_full_name: "topics.toml" => manifest_with(""), "job.avsc" => with("\"Job\"", "\"cosmic-horizons.Job\"");
    hyphen_in_a_name: "topics.toml" => manifest_with(""), "job.avsc" => with("\"Owner\"", "\"Job-Owner\"");
    hyphen_in_an_alias: "topics.toml" => manifest_with(""), "job.avsc" => with("\"Owner\"", "\"Owner\", \"aliases\": [\".Holder\", \"x.Holder\", \"job-owner\"]");
    digit_before_a_field_name: "topics.toml" => manifest_with(""), "job.avsc" => with("\"load\"", "\"5m_load\"");
    namespace_no_string: "topics.toml" => manifest_with(""), "job.avsc" => with("\"cosmos\"", "7");
    name_of_a_primitive: "topics.toml" => manifest_with(""), "job.avsc" => with(LOAD, LOAD), "long.avsc" => r#"{"type": "fixed", "name": "long", "size": 8}"#;

    unknown_type: "topics.toml" => manifest_with(""), "job.avsc" => with("\"double\"", "\"Load\"");
    type_nearly_known: "topics.toml" => manifest_with(""), "job.avsc" => with("\"double\"", "\"Ownr\"");
    primitive_nearly_known: "topics.toml" => manifest_with(""), "job.avsc" => with("\"double\"", "\"Double\"");
    kind_misspelt: "topics.toml" => manifest_with(""), "job.avsc" => SCHEMA.replacen("\"record\"", "\"recrod\"", 1);
    kind_misspelt_in_a_field: "topics.toml" => manifest_with(""), "job.avsc" => with("{\"type\": \"enum\"", "{\"type\": \"enun\"");
    unknown_type_at_the_root: "topics.toml" => manifest_with(""), "job.avsc" => SCHEMA, "other.avsc" => "\"Nope\"";
    unknown_items_at_the_root: "topics.toml" => manifest_with(""), "job.avsc" => SCHEMA, "other.avsc" => r#"{"type": "array", "items": "cosmos.Jab"}"#;
    unknown_type_beside_a_schema_that_is_cut_short: "topics.toml" => manifest_with(""), "job.avsc" => SCHEMA[..200], "other.avsc" => "\"cosmos.Job\"";
    kind_alone: "topics.toml" => manifest_with(""), "job.avsc" => with("\"double\"", "\"array\"");
    number_as_type: "topics.toml" => manifest_with(""), "job.avsc" => with("\"double\"", "64");
    no_type: "topics.toml" => manifest_with(""), "job.avsc" => with(", \"type\": \"double\"", "");
    object_without_type: "topics.toml" => manifest_with(""), "job.avsc" => with("\"double\"", "{\"logicalType\": \"date\"}");
    no_name: "topics.toml" => manifest_with(""), "job.avsc" => with("\"name\": \"Owner\", ", "");
    no_fields: "topics.toml" => manifest_with(""), "job.avsc" => with("\"fields\": [{\"name\": \"user_id\", \"type\": \"string\"}]", "\"field\": []");
    no_items: "topics.toml" => manifest_with(""), "job.avsc" => with("\"items\": \"string\"", "\"values\": \"string\"");
    no_values: "topics.toml" => manifest_with(""), "job.avsc" => with("\"array\", \"items\"", "\"map\", \"items\"");
    field_without_name: "topics.toml" => manifest_with(""), "job.avsc" => with("\"name\": \"load\", ", "");
    field_twice: "topics.toml" => manifest_with(""), "job.avsc" => with("\"load\"", "\"job_id\"");
    aliases_no_array: "topics.toml" => manifest_with(""), "job.avsc" => with("\"double\"}", "\"double\", \"aliases\": \"cpu\"}");

    no_symbols: "topics.toml" => manifest_with(""), "job.avsc" => with(", \"symbols\": [\"ON\", \"OFF\"]", "");
    empty_symbols: "topics.toml" => manifest_with(""), "job.avsc" => with("[\"ON\", \"OFF\"]", "[]");
    symbol_twice: "topics.toml" => manifest_with(""), "job.avsc" => with("\"OFF\"", "\"ON\"");
    symbol_no_string: "topics.toml" => manifest_with(""), "job.avsc" => with("\"OFF\"", "0");
    symbol_with_a_hyphen: "topics.toml" => manifest_with(""), "job.avsc" => with("\"OFF\"", "\"ON-HOLD\"");
    symbol_default_unknown: "topics.toml" => manifest_with(""), "job.avsc" => with("\"OFF\"]", "\"OFF\"], \"default\": \"OF\"");
    no_size: "topics.toml" => manifest_with(""), "job.avsc" => with(STATE, "{\"type\": \"fixed\", \"name\": \"State\"}");
    negative_size: "topics.toml" => manifest_with(""), "job.avsc" => with(STATE, "{\"type\": \"fixed\", \"name\": \"State\", \"size\": -1}");
    huge_size: "topics.toml" => manifest_with(""), "job.avsc" => with(STATE, "{\"type\": \"fixed\", \"name\": \"State\", \"size\": 2147483648}");

    default_of_another_type: "topics.toml" => manifest_with(""), "job.avsc" => with("\"double\"}", "\"double\", \"default\": \"none\"}");
    default_beyond_32_bits: "topics.toml" => manifest_with(""), "job.avsc" => with("\"double\"}", "\"int\", \"default\": 2147483648}");
    default_beyond_a_float: "topics.toml" => manifest_with(""), "job.avsc" => with("\"double\"}", "\"float\", \"default\": 1e39}");
    default_beyond_a_date: "topics.toml" => manifest_with(""), "job.avsc" => with(LOAD, &date("DATE", 5_000_000_000));
    default_beyond_a_date_or_null: "topics.toml" => manifest_with(""), "job.avsc" => with(LOAD, &date("[DATE, \"null\"]", 5_000_000_000));
    default_beyond_a_date_in_a_union:
        "topics.toml" => manifest_with(""), "job.avsc" => with(LOAD, &date("[DATE, \"string\"]", 5_000_000_000));
    default_of_bytes_beyond_a_byte: "topics.toml" => manifest_with(""), "job.avsc" => with("\"double\"}", "\"bytes\", \"default\": \"\\u00ff\\u0100\"}");
    default_of_a_fixed_beyond_a_byte:
        "topics.toml" => manifest_with(""), "job.avsc" => with(LOAD, &LOAD.replace("\"double\"", "{\"type\": \"fixed\", \"name\": \"F\", \"size\": 1}, \"default\": \"\u{20ac}\""));
    default_of_a_fixed_of_another_size:
        "topics.toml" => manifest_with(""), "job.avsc" => with(LOAD, &LOAD.replace("\"double\"", "{\"type\": \"fixed\", \"name\": \"F\", \"size\": 2}, \"default\": \"\\u00ff\""));
    default_no_symbol: "topics.toml" => manifest_with(""), "job.avsc" => with("\"OFF\"]}", "\"OFF\"]}, \"default\": \"OFFF\"");
    default_of_no_branch: "topics.toml" => manifest_with(""), "job.avsc" => with("\"default\": null", "\"default\": false");
    default_record_lacks_a_field:
        "topics.toml" => manifest_with(""), "job.avsc" => with("\"type\": \"string\"}]}}", "\"type\": \"string\"}]}, \"default\": {}}");

    default_of_too_many_values: "topics.toml" => manifest_with(""),
        "job.avsc" => with("\"items\": \"string\"}}", &format!("\"items\": \"int\"}}, \"default\": [{}1]}}", "0,".repeat(10_000)));
    default_that_holds_itself:
        "topics.toml" => manifest_with(""), "job.avsc" => with("\"double\"}", "[\"Job\", \"null\"], \"default\": {\"job_id\": \"\", \"state\": \"ON\", \"tags\": [], \"owner\": {\"user_id\": \"\"}}}");
    default_of_a_record_within: "topics.toml" => manifest_with(""),
        "job.avsc" => with("{\"name\": \"user_id\", \"type\": \"string\"}]}}", "{\"name\": \"user_id\", \"type\": \"string\", \"default\": 1}]}, \"default\": {}}");

    union_in_a_union: "topics.toml" => manifest_with(""), "job.avsc" => with("\"double\"", "[\"int\", [\"null\", \"long\"]]");
    union_of_one_type_twice: "topics.toml" => manifest_with(""), "job.avsc" => with("\"double\"", "[\"null\", \"int\", \"int\"]");
    empty_union: "topics.toml" => manifest_with(""), "job.avsc" => with("\"double\"", "[]");
    defined_twice: "topics.toml" => manifest_with(""), "job.avsc" => SCHEMA, "owner.avsc" => r#"{"type": "record", "name": "cosmos.Owner", "fields": []}"#;
    default_of_items_in_quotes: "topics.toml" => manifest_with(""), "job.avsc" => with("\"double\"", "{\"type\": \"array\", \"items\": \"double\"}, \"default\": [\"1\"]");
    default_in_quotes_beyond_a_double: "topics.toml" => manifest_with(""), "job.avsc" => with("\"double\"", "\"double\", \"default\": \"1e400\"");
    default_of_a_double_that_is_a_word: "topics.toml" => manifest_with(""), "job.avsc" => with("\"double\"", "\"double\", \"default\": \"inf\"");
    order_that_is_none: "topics.toml" => manifest_with(""), "job.avsc" => with("\"double\"", "\"double\", \"order\": \"asc\"");
    order_that_is_no_text: "topics.toml" => manifest_with(""), "job.avsc" => with("\"double\"", "\"double\", \"order\": null");
    defined_twice_with_other_aliases:
        "topics.toml" => manifest_with(""), "job.avsc" => SCHEMA, "twin.avsc" => with("\"namespace\"", "\"aliases\": [\"Task\"], \"namespace\"");
    defined_twice_in_another_order:
        "topics.toml" => manifest_with(""), "job.avsc" => SCHEMA, "twin.avsc" => with("\"default\": null", "\"default\": null, \"order\": \"ignore\"");
    defined_within_itself: "topics.toml" => manifest_with(""), "job.avsc" => with("\"name\": \"Owner\"", "\"name\": \"Job\"");
    defined_twice_and_wrong_once: "topics.toml" => manifest_with(""), "job.avsc" => SCHEMA, "twin.avsc" => with("\"load\"", "\"5m_load\"");
}

takes! {
    /// The long takes it: it is not the first branch, which is all that there is to warn of.
    default_beyond_a_date_beside_a_long with 1: "topics.toml" => manifest_with(""), "job.avsc" => with(LOAD, &date("[DATE, \"long\"]", 5_000_000_000));
    greatest_float with 0: "topics.toml" => manifest_with(""), "job.avsc" => with("\"double\"}", "\"float\", \"default\": 3.4028234663852886e38}");
    type_without_a_namespace with 1: "topics.toml" => manifest_with(""), "mood.avsc" => r#"{"type": "enum", "name": "Mood", "symbols": ["GOOD"]}"#,
        "job.avsc" => with("\"double\"", "\"Mood\"").replace("\"items\": \"string\"", "\"items\": \"Mood\"");
    type_of_the_same_namespace with 0: "topics.toml" => manifest_with(""), "job.avsc" => with("\"double\"", "\"Mood\""),
        "mood.avsc" => r#"[{"type": "enum", "name": "Mood", "symbols": ["GOOD"]}, {"type": "enum", "name": "cosmos.Mood", "symbols": ["GOOD"]}]"#;

    deprecated_by_a_number with 1: "topics.toml" => manifest_with(""), "job.avsc" => with("\"double\"", "\"double\", \"deprecated\": 1");
    deprecated_symbol_misspelt with 1: "topics.toml" => manifest_with(""), "job.avsc" => with("[\"ON\", \"OFF\"]", "[\"ON\", \"OFF\"], \"deprecatedSymbols\": {\"OF\": true}");
    deprecated_symbols_of_a_text with 1: "topics.toml" => manifest_with(""), "job.avsc" => with("[\"ON\", \"OFF\"]", "[\"ON\", \"OFF\"], \"deprecatedSymbols\": \"OFF\"");
    deprecated with 0: "topics.toml" => manifest_with(""), "job.avsc" => with("\"double\"", "\"double\", \"deprecated\": \"why\"");

    record_that_never_ends with 1: "topics.toml" => manifest_with(""), "job.avsc" => with("\"double\"", "\"Job\"");
    records_that_never_end with 1: "topics.toml" => manifest_with(""), "job.avsc" => with("\"name\": \"user_id\", \"type\": \"string\"", "\"name\": \"job\", \"type\": \"Job\"");
    root_of_a_primitive_type with 0: "topics.toml" => manifest_with(""), "job.avsc" => SCHEMA, "text.avsc" => "\"string\"";
    root_of_a_collection with 0: "topics.toml" => manifest_with(""), "job.avsc" => SCHEMA, "jobs.avsc" => r#"{"type": "array", "items": "cosmos.Job"}"#;
    several_defined_in_one_file with 0: "topics.toml" => manifest_with(""),
        "job.avsc" => format!("[{SCHEMA}, {{\"type\": \"enum\", \"name\": \"Mood\", \"symbols\": [\"GOOD\"]}}, \"cosmos.Owner\"]");

    default_of_a_double_in_quotes with 1: "topics.toml" => manifest_with(""), "job.avsc" => with("\"double\"", "\"double\", \"default\": \"1e3\"");
    defined_twice_in_the_same_order with 0: "topics.toml" => manifest_with(""), "job.avsc" => SCHEMA,
        "twin.avsc" => with("\"double\"", "\"double\", \"order\": \"ASCENDING\"");
    order_in_other_letters with 0: "topics.toml" => manifest_with(""), "job.avsc" => with("\"double\"", "\"double\", \"order\": \"DESCENDING\"");
    defined_twice_with_other_docs with 1: "topics.toml" => manifest_with(""), "job.avsc" => with("\"double\"", "\"double\", \"doc\": \"in use\""),
        "twin.avsc" => with("\"namespace\"", "\"doc\": \"a job\", \"namespace\"");
    /// The order of keys, how a name is spelled, and properties of types without a name.
    defined_twice_in_other_words with 0: "topics.toml" => manifest_with(""), "job.avsc" => SCHEMA,
        "state.avsc" => r#"{"symbols": ["ON", "OFF"], "name": "cosmos.State", "type": "enum"}"#,
        "twin.avsc" => with("\"name\": \"Job\",\n  \"namespace\": \"cosmos\"", "\"name\": \"cosmos.Job\"")
            .replace("\"items\": \"string\"", "\"items\": {\"type\": \"string\", \"avro.java.string\": \"String\"}")
            .replace("{\"name\": \"user_id\", \"type\": \"string\"}", "{\"type\": \"string\", \"name\": \"user_id\"}");
}

/// Records that hold two of the next by default: a chain of 25 would be 33 million values.
#[test]
fn defaults_that_double_are_refused_soon() {
    let links: Vec<_> = (0..25)
        .map(|link| {
            let field = |name| format!(r#"{{"name": "{name}", "type": "R{}", "default": {{}}}}"#, link + 1);
            format!(
                r#"{{"type": "record", "name": "R{link}", "fields": [{}, {}]}}"#,
                field("a"),
                field("b")
            )
        })
        .collect();
    let chain = format!(
        "[{}, {{\"type\": \"record\", \"name\": \"R25\", \"fields\": []}}]",
        links.join(", ")
    );
    let report = refused(&[
        ("topics.toml", manifest_with("").as_bytes()),
        ("job.avsc", SCHEMA.as_bytes()),
        ("chain.avsc", chain.as_bytes()),
    ]);
    assert!(
        report
            .diagnostics
            .iter()
            .all(|found| found.message.ends_with("has more than 10000 values")),
        "{report}"
    );
    // The last thirteen have few enough.
    assert_eq!(report.diagnostics.len(), 2 * 12, "{report}");
}
