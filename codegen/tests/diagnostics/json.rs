//! What lenient parsers of JSON let through: each is refused at its place, or taken by a rule that is said here.

use crate::{loaded, manifest_with, refused, shown};

/// A schema with a value in it, at the tenth column of its second line.
fn with(value: &str) -> String {
    format!(
        "{{\n  \"x\":   {value},\n  \"type\": \"record\", \"name\": \"cosmos.Job\", \"fields\": [{{\"name\": \"job_id\", \"type\": \"string\"}}]\n}}\n"
    )
}

#[track_caller]
fn refuses(what: &str, schema: &[u8], place: &str) {
    let report = refused(&[("topics.toml", manifest_with("").as_bytes()), ("job.avsc", schema)]);
    let text = shown(&report, 1);
    assert!(text.contains(&format!("schemas/job.avsc:{place}\n")), "{what}: {text}");
    assert!(
        text.starts_with("error[KE0101]: the schema is not JSON: ") || text.starts_with("error[KE0005]"),
        "{what}: {text}"
    );
}

#[test]
fn values_that_are_no_json_are_refused() {
    for (value, column) in [
        ("NaN", 10),
        ("Infinity", 10),
        ("-Infinity", 11),
        ("undefined", 10),
        ("True", 10),
        ("tru", 13),
        ("1.", 12),
        (".5", 10),
        ("+1", 10),
        ("01", 11),
        ("-01", 12),
        ("0x10", 11),
        ("1e", 12),
        ("1_000", 11),
        ("'single'", 10),
        ("`back`", 10),
        ("\"\\x41\"", 12),
        ("\"\\'\"", 12),
        ("\"\\u12\"", 15),
        ("\"a\tb\"", 12),
        ("\"a\u{0}b\"", 12),
        ("\"\\ud800\"", 16),
        ("\"\\udc00\"", 16),
        ("\"\\ud800\\u0041\"", 22),
        ("[1,]", 13),
        ("[,1]", 11),
        ("[1 2]", 13),
        ("{\"a\": 1,}", 18),
        ("{a: 1}", 11),
        ("{'a': 1}", 11),
        ("{1: 1}", 11),
        ("{\"a\" 1}", 15),
        ("{\"a\": 1, \"a\": 2}", 21),
        ("{\"a\": 1, \"\\u0061\": 2}", 26),
        ("\u{feff}1", 10),
        ("\u{a0}1", 10),
        ("\u{c}1", 10),
        ("\u{0}1", 10),
        ("# 1", 10),
        ("1; 2", 11),
        ("/* never ends", 10),
    ] {
        refuses(value, with(value).as_bytes(), &format!("2:{column}"));
    }
    // A text of two lines is wrong where its first one ends.
    refuses("two lines", with("\"a\nb\"").as_bytes(), "2:12");
    refuses("two lines, escaped", with("\"\\\nb\"").as_bytes(), "2:12");
}

#[test]
fn files_that_are_no_json_are_refused() {
    let schema = with("1");
    let utf_16 = |schema: &str| schema.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    for (what, bytes, place) in [
        ("a second value", format!("{schema}{{}}").into_bytes(), "5:1"),
        ("a bracket more", format!("{schema}]").into_bytes(), "5:1"),
        ("a NUL behind it", format!("{schema}\0").into_bytes(), "5:1"),
        (
            "a second mark of the byte order",
            format!("\u{feff}\u{feff}{schema}").into_bytes(),
            "1:1",
        ),
        ("a comment that never ends", format!("{schema}/* and so on").into_bytes(), "5:1"),
        ("half a comment", format!("/{schema}").into_bytes(), "1:1"),
        ("a comment within a comment", format!("/* /* */ */{schema}").into_bytes(), "1:10"),
        ("UTF-16", utf_16(&schema), "1:1"),
        ("UTF-16 with its mark", utf_16(&format!("\u{feff}{schema}")), "1:1"),
        ("UTF-32", schema.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect(), "1:1"),
        ("Latin-1", schema.replace("1", "\"é\"").chars().map(|c| c as u8).collect(), "1:1"),
        ("a surrogate in UTF-8", [b"\"\xed\xa0\x80\"", schema.as_bytes()].concat(), "1:1"),
        ("an overlong slash", [b"\xc0\xaf*", schema.as_bytes()].concat(), "1:1"),
        ("nothing", Vec::new(), "1:1"),
        ("comments alone", b"// nothing".to_vec(), "1:10"),
    ] {
        refuses(what, &bytes, place);
    }
}

/// Each with the rule by which it is taken, and what `SCHEMA` says of it: strict JSON in any case.
#[test]
fn what_is_taken() {
    for (rule, value, said) in [
        (
            "a number without a fraction is one of 64 bits",
            "18446744073709551615",
            "18446744073709551615",
        ),
        (
            "a larger one is kept as it is written",
            "-100000000000000000000000000000000000",
            "-100000000000000000000000000000000000",
        ),
        ("so is one beyond doubles", "1e400", "1e400"),
        (
            "of more digits than a double has those are left out",
            "0.1000000000000000055511151231257827021181583404541015625",
            "0.1",
        ),
        ("less than the least is nothing", "1e-999999", "0.0"),
        ("a negative zero keeps its sign", "-0.0", "-0.0"),
        ("a whole zero has none", "-0", "0"),
        ("escapes are resolved", r#""\u0041\ud83d\ude00\/""#, "\"A😀/\""),
        (
            "unseen characters are text",
            "\"\u{202e}\u{feff}\u{7f}\"",
            "\"\u{202e}\u{feff}\u{7f}\"",
        ),
        ("an empty key is a key", "{\"\": 1}", "{\"\":1}"),
        ("comments are blank", "/* a, \" */ 1 // }\n", "1"),
        ("so is what looks like one in a text not", "\"// /* \"", "\"// /* \""),
    ] {
        let schema = format!("\u{feff}{}", with(value));
        let contract = loaded(&[("topics.toml", manifest_with("").as_bytes()), ("job.avsc", schema.as_bytes())]);
        let contract = contract.unwrap_or_else(|report| panic!("{rule}: {report}"));
        let (id, _) = contract.model.find("cosmos.Job").unwrap();
        let text = kafka_event_codegen::fingerprint::schema_json(&contract.model, id);
        assert!(text.ends_with(&format!(",\"x\":{said}}}")), "{rule}: {text}");
    }
}
