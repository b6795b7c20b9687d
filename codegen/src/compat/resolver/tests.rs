//! How deep pairs of types go.

use super::*;
use crate::load_text;

/// As many pairs as may lead into one another, and as many unions and arrays between: on half of the stack that they have, for builds that take
/// more; here in one without optimisation.
#[test]
fn the_deepest_pairs_take_half_of_their_stack() {
    const TYPES: usize = DEPTH + 10;
    let next = |inner: &str| (0..8).fold(inner.to_owned(), |ty, _| format!(r#"["null", {{"type": "array", "items": {ty}}}]"#));
    let record = |name: &str, all: &str, next: &str| {
        format!(
            r#"{{"type": "record", "name": "{name}", "fields": [{{"name": "all", "type": ["null", {all}]}}, {{"name": "next", "type": {next}}}]}}"#
        )
    };
    // All of them stand beside one another in one that each of them holds: none is within the one before it where a schema is written out.
    let each = (1..=TYPES).rev().map(|number| {
        let inner = if number == TYPES {
            "\"long\"".to_owned()
        } else {
            format!(r#""n{}.R""#, number + 1)
        };
        let record = record(&format!("n{number}.R"), r#""n.All""#, &next(&inner));
        format!(r#"{{"name": "f{number}", "type": ["null", {record}]}}"#)
    });
    let each = each.collect::<Vec<_>>().join(", ");
    let all = format!(r#"{{"type": "record", "name": "n.All", "fields": [{each}]}}"#);
    let writer = record("R", &all, &next(r#""n1.R""#));
    let reader = format!(
        r#"{{"type": "record", "name": "R", "fields": [{{"name": "next", "type": {}}}]}}"#,
        next(r#""R""#)
    );
    let load = |text: &str| load_text("a schema", text).unwrap_or_else(|report| panic!("{report}"));
    let ((reader, read), (writer, written)) = (load(&reader), load(&writer));
    let pairs = move || {
        let version = |contract, id| Version { contract, id };
        resolve(version(&reader, read), version(&writer, written), None).report.to_string()
    };
    let thread = std::thread::Builder::new()
        .stack_size(crate::stack::BYTES / 2)
        .spawn(pairs)
        .unwrap();
    let report = thread.join().unwrap();
    assert!(report.contains("types lead into one another, deeper than 1000"), "{report}");
}
