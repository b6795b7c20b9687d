//! What other versions wrote, read by ours and by apache-avro (specification, "Schema Resolution"): the same value, or the same refusal.

use std::fmt::Write as _;

use apache_avro::Schema;
use apache_avro::reader::datum::GenericDatumReader;
use apache_avro::types::Value;
use apache_avro::writer::datum::GenericDatumWriter;
use kafka_event::Limits;
use kafka_event::evolution::EvolutionError;
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use test_evolution::{PAIRS, Pair, REFUSED, has_corpus};
use test_values::Values;

/// Values of each writer.
const VALUES: u64 = 200;

fn write(schema: &Schema, value: Value) -> Result<Vec<u8>, String> {
    let writer = GenericDatumWriter::builder(schema).build().map_err(|error| error.to_string())?;
    writer.write_value_to_vec(value).map_err(|error| error.to_string())
}

/// What apache-avro reads, written as the reader writes it.
fn theirs(writer: &Schema, reader: &Schema, bytes: &[u8]) -> Result<Vec<u8>, String> {
    let datum = GenericDatumReader::builder(writer).reader_schema(reader).build();
    let value = datum
        .and_then(|datum| datum.read_value(&mut &*bytes))
        .map_err(|error| error.to_string())?;
    write(reader, value)
}

#[derive(Debug, Default, PartialEq)]
struct Compared {
    /// Both read the value, and read the same.
    same: u64,
    /// Neither reads it.
    refused: u64,
    /// The first difference, in words.
    otherwise: Option<String>,
}

fn compare(pair: &Pair) -> Result<Compared, String> {
    let schema = |text: &str| Schema::parse_str(text).map_err(|error| format!("apache-avro: {error}"));
    let (writer, reader) = (schema(pair.writer)?, schema(pair.reader)?);
    if matches!(&writer, Schema::Union(union) if union.variants().is_empty()) {
        return Err("the writer has no value".to_owned());
    }
    let evolution = (pair.evolution)(pair.writer);
    let values = Values::of(&writer);
    let mut random = StdRng::seed_from_u64(7);
    let mut compared = Compared::default();
    for _ in 0..VALUES {
        let value = values.random(&writer, &mut random).ok_or("no value of the writer ends")?;
        let bytes = write(&writer, value)?;
        let ours = match &evolution {
            Ok(read) => read(&bytes, Limits::DEFAULT).map_err(|error| error.to_string()),
            Err(EvolutionError::Incompatible(_)) => Err("incompatible".to_owned()),
            Err(error) => return Err(error.to_string()),
        };
        match (ours, theirs(&writer, &reader, &bytes)) {
            (Ok((owned, borrowed)), theirs) => {
                assert_eq!(owned, borrowed, "{}", pair.name);
                match theirs {
                    Ok(theirs) if theirs == owned => compared.same += 1,
                    Ok(_) => compared.otherwise = compared.otherwise.or(Some("another value".to_owned())),
                    Err(error) => compared.otherwise = compared.otherwise.or(Some(format!("only we read it: {error}"))),
                }
            }
            (Err(_), Err(_)) => compared.refused += 1,
            (Err(error), Ok(_)) => compared.otherwise = compared.otherwise.or(Some(format!("only apache-avro reads it: {error}"))),
        }
    }
    Ok(compared)
}

/// Where apache-avro reads otherwise, or not: it takes a long for an int where it fits, looks at no names, knows no aliases of fields, and
/// takes the code points of a default of bytes for UTF-8; and a decimal of any length where its type is to hold it. All other pairs are read alike by both.
#[test]
fn pairs() {
    let (mut otherwise, mut same, mut refused) = (String::new(), 0, 0);
    for pair in PAIRS {
        match compare(pair) {
            Ok(Compared { otherwise: Some(why), .. }) | Err(why) => _ = writeln!(otherwise, "{}: {why}", pair.name),
            Ok(compared) => {
                same += u64::from(compared.same > 0);
                refused += u64::from(compared.refused > 0);
            }
        }
    }
    let own: Vec<_> = otherwise.lines().filter(|line| line.starts_with("own")).collect();
    insta::assert_snapshot!("own", own.join("\n"));
    assert!(same > 9 && refused > 1, "{same} {refused}");
    if has_corpus() {
        let others: Vec<_> = otherwise.lines().filter(|line| !line.starts_with("own")).collect();
        insta::assert_snapshot!("corpus", others.join("\n"));
        assert_eq!((PAIRS.len(), REFUSED.len()), (202, 1));
        assert!(same > 90 && refused > 40, "{same} {refused}");
    }
}
