//! Which files generate, what they need beside them, and why others are refused.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use test_corpus::{GENERATED, Generated, REFUSED, Refused, Set, has_corpus};

/// Schemas that another parser takes, and which are refused all the same.
const EXCUSED: [(&str, &str); 2] = [
    (
        "apache/avro/lang/c/tests/schema_tests/fail/invalid_avro_id",
        "its name begins with a digit: fastavro alone takes it, and it is one of those that Avro's C library must refuse",
    ),
    (
        "official/canonical 17",
        "a union without branches: it is valid, and there is no value of it",
    ),
];

#[test]
fn what_another_parser_takes_generates() {
    if !has_corpus() {
        return;
    }
    let refused: Vec<_> = REFUSED
        .iter()
        .filter(|refused| refused.accepted)
        .map(|refused| refused.file)
        .collect();
    assert_eq!(refused, EXCUSED.map(|(file, _)| file));
    let lenient: Vec<_> = GENERATED
        .iter()
        .filter(|generated| !generated.accepted)
        .map(|generated| generated.file)
        .collect();
    assert_eq!(lenient, [""; 0], "no parser takes these, and we do");
}

#[test]
fn what_is_refused_has_a_place_and_a_cure() {
    for refused in REFUSED {
        assert!(!refused.findings.is_empty(), "{}", refused.file);
        for finding in refused.findings {
            let place = format!("{}:{}:{}: {}", refused.file, finding.line, finding.column, finding.message);
            let name = refused.file.rsplit('/').next().unwrap().replace(' ', "_");
            let found = finding.path.rsplit('/').next().unwrap();
            assert_eq!(found.trim_end_matches(".avsc"), name.trim_end_matches(".avsc"), "{place}");
            let line = refused.source.lines().nth(finding.line - 1);
            assert!(line.is_some_and(|line| finding.column <= line.chars().count() + 1), "{place}");
            assert!(finding.help.is_some_and(|help| !help.is_empty()), "{place}");
        }
    }
}

/// All files of the corpus, by repository.
#[test]
fn every_file() {
    if !has_corpus() {
        return;
    }
    let mut rows: BTreeMap<&str, String> = BTreeMap::new();
    for generated in GENERATED.iter().filter(|generated| generated.set != Set::Ours) {
        rows.insert(generated.file, row(generated));
    }
    for refused in REFUSED {
        rows.insert(refused.file, refusal(refused));
    }
    let in_set = |set: Set| {
        let generated = GENERATED.iter().filter(|generated| generated.set == set);
        let types: usize = generated.clone().map(|generated| generated.types.len()).sum();
        let refused = REFUSED.iter().filter(|refused| refused.set == set);
        let excused = refused.clone().filter(|refused| refused.accepted).count();
        let (generated, refused) = (generated.count(), refused.count());
        let all = generated + refused;
        format!("{generated} of {all} generate, with {types} types; {refused} are refused, {excused} of them excused")
    };
    let mut table = format!("corpus: {}\nofficial: {}\n", in_set(Set::Corpus), in_set(Set::Official));
    for (file, row) in rows {
        _ = writeln!(table, "{file}: {row}");
    }
    insta::assert_snapshot!(table);
}

fn row(generated: &Generated) -> String {
    let mut row = match generated.types.len() {
        1 => "1 type".to_owned(),
        types => format!("{types} types"),
    };
    for (place, (file, _)) in generated.neighbours.iter().enumerate() {
        row += if place == 0 { " with " } else { ", " };
        row += file.rsplit('/').next().unwrap_or(file);
    }
    row
}

fn refusal(refused: &Refused) -> String {
    let mut findings: Vec<_> = refused
        .findings
        .iter()
        .map(|finding| format!("{} at {}:{}", finding.code, finding.line, finding.column))
        .collect();
    findings.dedup();
    let excuse = EXCUSED.iter().find(|(file, _)| *file == refused.file);
    let excuse = excuse.map_or_else(String::new, |(_, reason)| format!(", excused: {reason}"));
    format!("refused, {}{excuse}", findings.join(", "))
}
