//! Beside Java's own JSON encoding (specification, "JSON Encoding").
//!
//! `vectors.tsv` holds what `java/Transcode.java` made, with avro 1.12.1 and jackson 2.20.0, of its first three columns:
//!
//! ```text
//! cut -f 1-3 tests/json/vectors.tsv | java -cp "$(cargo xtask avro-jars)" tests/json/java/Transcode.java
//! ```

use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use apache_avro::Schema;
use kafka_event::json::Encoding;
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use serde_json::Value as Json;
use test_json::{datum, plain, same, seed};
use test_values::Values;

const VECTORS: &str = include_str!("../vectors.tsv");

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        _ = write!(text, "{byte:02x}");
        text
    })
}

fn bytes(hexadecimal: &str) -> Vec<u8> {
    let digits = hexadecimal.as_bytes().chunks(2);
    digits
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}

fn is_same_json(left: &str, right: &str) -> bool {
    match (serde_json::from_str::<Json>(left), serde_json::from_str(right)) {
        (Ok(left), Ok(right)) => same(&left, &right),
        _ => false,
    }
}

/// Specification, "JSON Encoding", where it is silent: what Java writes is what we write, and what it reads is what we read, but for what is listed.
/// It refuses the words that it writes for NaN and the infinities itself; and it loses, where we refuse: what follows the value, or is beyond a
/// float, a byte or a character.
#[test]
fn as_java_has_it() {
    let (mut otherwise, mut alike) = (String::new(), 0);
    for line in VECTORS.lines() {
        let [way, schema, given, java] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("{line}")
        };
        let encoding = Encoding::from_schema(schema).unwrap();
        let ours = if way == "json" {
            encoding.to_json(&bytes(given)).map_err(|error| error.to_string())
        } else {
            encoding
                .to_avro(given)
                .map(|avro| hexadecimal(&avro))
                .map_err(|error| error.to_string())
        };
        let is_alike = match &ours {
            Ok(json) if way == "json" => is_same_json(json, java) && (json.contains('-') == java.contains('-')),
            Ok(avro) => avro == java,
            Err(_) => java == "refused",
        };
        if is_alike {
            alike += 1;
        } else {
            let ours = ours.unwrap_or_else(|error| error);
            let schema = if schema.len() > 90 {
                format!("{}…", &schema[..90])
            } else {
                schema.to_owned()
            };
            _ = writeln!(otherwise, "{schema} {given}\n  Java: {java}\n  ours: {ours}");
        }
    }
    insta::assert_snapshot!(otherwise);
    assert_eq!((alike, VECTORS.lines().count()), (142, 162));
}

/// A Java that answers line by line.
struct Java {
    child: Child,
    /// `None` when nothing more is asked, at which it ends.
    asked: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Drop for Java {
    fn drop(&mut self) {
        self.asked = None;
        _ = self.child.wait();
    }
}

impl Java {
    fn ask(&mut self, way: &str, schema: &str, given: &str) -> String {
        writeln!(self.asked.as_mut().unwrap(), "{way}\t{schema}\t{given}").unwrap();
        let mut answer = String::new();
        self.answers.read_line(&mut answer).unwrap();
        answer.trim_end_matches('\n').to_owned()
    }
}

/// `None` without the jars.
///
/// # Panics
/// There are none, and `KAFKA_EVENT_STRICT` is set.
fn java() -> Option<Java> {
    let jars = test_values::avro_jars()?;
    let program = concat!(env!("CARGO_MANIFEST_DIR"), "/java/Transcode.java");
    let mut java = Command::new("java");
    java.arg("-cp").arg(jars).arg(program).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = java.spawn().expect("java runs");
    Some(Java {
        asked: child.stdin.take(),
        answers: BufReader::new(child.stdout.take().unwrap()),
        child,
    })
}

#[test]
fn the_vectors_are_javas() {
    let Some(mut java) = java() else { return };
    for line in VECTORS.lines() {
        let [way, schema, given, wanted] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("{line}")
        };
        assert_eq!(java.ask(way, schema, given), wanted, "{line}");
    }
}

#[test]
fn random_values_beside_java() {
    let Some(mut java) = java() else { return };
    let seed = seed();
    println!("KAFKA_EVENT_SEED={seed}");
    for number in 0..300 {
        let mut random = StdRng::seed_from_u64(seed.wrapping_add(number));
        let text = test_schemas::random(&mut random);
        let (schema, encoding) = (Schema::parse_str(&text).unwrap(), Encoding::from_schema(&text).unwrap());
        let values = Values::of(&schema);
        // A record of which no value ends has no grammar in Java either, wherever it stands.
        if values
            .resolved()
            .get_names()
            .values()
            .any(|named| values.random(named, &mut random).is_none())
        {
            continue;
        }
        for _ in 0..8 {
            let Some(value) = values.random(&schema, &mut random) else { break };
            let avro = datum(&schema, plain(value));
            let ours = encoding.to_json(&avro).unwrap();
            let theirs = java.ask("json", &text, &hexadecimal(&avro));
            // Of records without fields, and nothing else, Java writes nothing at all.
            if theirs.is_empty() {
                assert!(avro.is_empty(), "{text}");
                break;
            }
            assert!(
                is_same_json(&ours, &theirs),
                "{} {text}\n{ours}\n{theirs}",
                seed.wrapping_add(number)
            );
            // It does not read what it writes for these.
            if !["\"NaN\"", "Infinity\""].iter().any(|word| ours.contains(word)) {
                assert_eq!(
                    java.ask("avro", &text, &ours),
                    hexadecimal(&avro),
                    "{} {text}\n{ours}",
                    seed.wrapping_add(number)
                );
            }
        }
    }
}
