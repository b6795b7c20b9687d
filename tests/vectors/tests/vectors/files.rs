//! Avro's data files (specification, "Object Container Files"): every datum of every codec, read by generated types.

use std::collections::BTreeMap;

use apache_avro::types::Value;
use apache_avro::writer::datum::GenericDatumWriter;
use apache_avro::{Reader as File, Schema};
use kafka_event::codec::{Decode as _, Reader};
use kafka_event::evolution::Peek;
use kafka_event::{DecodeError, Limits};
use test_vectors::table::Header;
use test_vectors::{Case, has_corpus};

use crate::corpus;

/// Why a file is not read.
#[derive(Debug)]
enum Failure {
    /// It is no data file, or its blocks are not what they say.
    Container(&'static str),
    /// A datum is not of the file's schema.
    Datum(DecodeError),
}

impl From<DecodeError> for Failure {
    fn from(error: DecodeError) -> Self {
        Self::Datum(error)
    }
}

/// A data file's schema, and all its data, each read and written again.
#[derive(Debug)]
struct Read {
    schema: String,
    codec: String,
    data: Vec<Vec<u8>>,
}

/// Reads a file by a type: its header is a datum too, and read by ours.
fn read(case: &Case, bytes: &[u8]) -> Result<Read, Failure> {
    let mut file = Reader::new(bytes, Limits::DEFAULT);
    let header = Header::decode(&mut file).map_err(|_| Failure::Container("no header"))?;
    if header.magic.0 != *b"Obj\x01" {
        return Err(Failure::Container("no data file of this version"));
    }
    let meta = |name: &str| header.meta.get(name).map(|text| String::from_utf8(text.clone()).expect("text"));
    let codec = meta("avro.codec").unwrap_or("null".to_owned());
    let mut data = Vec::new();
    while file.remaining() > 0 {
        let count = file.length()?;
        let block = file.prefixed().map_err(|_| Failure::Container("a block that ends early"))?;
        if file.array::<16>().map_err(|_| Failure::Container("no marker"))? != &header.sync.0 {
            return Err(Failure::Container("another marker"));
        }
        let block = uncompressed(&codec, block);
        let (mut owned, mut borrowed) = (Reader::new(&block, Limits::DEFAULT), Reader::new(&block, Limits::DEFAULT));
        for _ in 0..count {
            let again = (case.owned)(&mut owned)?;
            assert_eq!((case.borrowed)(&mut borrowed)?, again, "{}", case.name);
            data.push(again);
        }
        owned.finish()?;
    }
    let schema = meta("avro.schema").ok_or(Failure::Container("no schema"))?;
    Ok(Read { schema, codec, data })
}

fn uncompressed(codec: &str, block: &[u8]) -> Vec<u8> {
    match codec {
        "null" => block.to_vec(),
        "deflate" => miniz_oxide::inflate::decompress_to_vec(block).unwrap(),
        "snappy" => {
            // A checksum of what is in it stands behind it.
            let (block, _) = block.split_last_chunk::<4>().unwrap();
            snap::raw::Decoder::new().decompress_vec(block).unwrap()
        }
        "zstandard" => zstd::decode_all(block).unwrap(),
        codec => panic!("{codec}"),
    }
}

/// What apache-avro reads of a file, each written again.
fn theirs(bytes: &[u8]) -> Result<Vec<Vec<u8>>, apache_avro::Error> {
    let file = File::new(bytes)?;
    let schema = file.writer_schema().clone();
    let values = file.collect::<Result<Vec<Value>, _>>()?;
    let writer = GenericDatumWriter::builder(&schema).build()?;
    values.into_iter().map(|value| writer.write_value_to_vec(value)).collect()
}

fn index() -> Vec<Vec<String>> {
    let index = String::from_utf8(corpus("OCF_INDEX.tsv")).unwrap();
    let columns = |line: &str| line.split('\t').map(str::to_owned).collect();
    index.lines().skip(1).map(columns).collect()
}

#[test]
fn every_datum_is_as_apache_avro_reads_it() {
    if !has_corpus() {
        return;
    }
    let mut codecs: BTreeMap<String, usize> = BTreeMap::new();
    let mut refused = Vec::new();
    for columns in index() {
        let [_, path, _, codec, records, ..] = &columns[..] else {
            panic!("{columns:?}")
        };
        let bytes = corpus(&format!("ocf/apache+avro/{path}"));
        let schema = format!("{path}.schema.avsc");
        // What has no schema beside it is no data file of this version.
        if !test_vectors::CASES.iter().any(|case| case.name == schema) {
            assert_eq!(records, "-");
            assert!(!bytes.starts_with(b"Obj\x01"), "{path}");
            refused.push((path.clone(), "no data file".to_owned()));
            continue;
        }
        let case = Case::of(&schema);
        match read(case, &bytes) {
            Ok(read) => {
                assert_eq!(read.data, theirs(&bytes).unwrap(), "{path}");
                assert_eq!(Schema::parse_str(&read.schema).unwrap(), Schema::parse_str(case.schema).unwrap());
                // The index's other reader could not read them.
                if records != "-" {
                    assert_eq!((read.data.len().to_string(), &read.codec), (records.clone(), codec), "{path}");
                }
                *codecs.entry(read.codec).or_default() += read.data.len();
            }
            Err(Failure::Container(reason)) => {
                assert!(theirs(&bytes).is_err(), "{path}");
                refused.push((path.clone(), reason.to_owned()));
            }
            Err(Failure::Datum(error)) => {
                assert!(theirs(&bytes).is_err(), "{path}");
                refused.push((path.clone(), error.to_string()));
            }
        }
    }
    let refused: Vec<_> = refused
        .iter()
        .map(|(path, reason)| (path.rsplit('/').next().unwrap(), reason.as_str()))
        .collect();
    assert_eq!(
        refused,
        [
            ("avro-1237-bad-union-discriminant.avro", "branch 2 of a union of 2 (at byte 2)"),
            ("avro-1238-truncated.avro", "no marker"),
            ("person-10.avro.raw", "no data file"),
            ("person-10.no-codec.avro", "a block that ends early"),
            ("test_message.bin", "no data file"),
            ("test.avro12", "no data file"),
        ]
    );
    let codecs: Vec<_> = codecs.iter().map(|(codec, data)| (codec.as_str(), *data)).collect();
    assert_eq!(codecs, [("deflate", 6011), ("null", 38), ("snappy", 5), ("zstandard", 5)]);
}

/// The file that is refused for a line's end behind it, which an editor has left, without that.
#[test]
fn a_file_without_a_codec() {
    if !has_corpus() {
        return;
    }
    let [with, without] = ["person-10.avro", "person-10.no-codec.avro"].map(|name| format!("lang/js/test/dat/{name}"));
    let case = Case::of(&format!("{without}.schema.avsc"));
    let bytes = corpus(&format!("ocf/apache+avro/{without}"));
    let [bytes @ .., b'\n'] = &bytes[..] else { panic!("no line's end") };
    let data = read(case, bytes).unwrap().data;
    assert_eq!(data, theirs(bytes).unwrap());
    assert_eq!(data, read(case, &corpus(&format!("ocf/apache+avro/{with}"))).unwrap().data);
    assert_eq!(data.len(), 10);
}

/// Data without a file around them.
#[test]
fn raw_data() {
    if !has_corpus() {
        return;
    }
    let bytes = corpus("ocf/apache+avro/lang/js/test/dat/person-10.avro.raw");
    let case = Case::of("lang/js/test/dat/person-10.avro.schema.avsc");
    let (mut reader, mut data) = (Reader::new(&bytes, Limits::DEFAULT), Vec::new());
    while reader.remaining() > 0 {
        data.push((case.owned)(&mut reader).unwrap());
    }
    assert_eq!(data.len(), 10);
    assert_eq!(data.concat(), bytes);
}

/// Some of the fields of six thousand persons, beside apache-avro with the same reader; and one of them, peeked at.
#[test]
fn some_of_the_fields() {
    if !has_corpus() {
        return;
    }
    let path = "share/test/data/syncInMeta.avro";
    let (whole, some) = (Case::of(&format!("{path}.schema.avsc")), Case::of("some of a person"));
    let bytes = corpus(&format!("ocf/apache+avro/{path}"));
    let reader = Schema::parse_str(some.schema).unwrap();
    let theirs = File::builder(&bytes[..]).reader_schema(&reader).build().unwrap();
    let writer = GenericDatumWriter::builder(&reader).build().unwrap();
    let evolved = (some.evolution)(whole.schema).unwrap();
    let last = Peek::<String>::from_schema("Last", whole.schema).unwrap();
    let data = read(whole, &bytes).unwrap().data;
    assert!(data.len() > 6000);
    for (datum, value) in data.iter().zip(theirs) {
        let value = value.unwrap();
        let Value::Record(fields) = &value else { panic!("{value:?}") };
        assert_eq!(Value::String(last.of(datum).unwrap()), fields[1].1);
        assert_eq!(evolved(datum).unwrap(), writer.write_value_to_vec(value).unwrap());
    }
}

/// What a file of JSON says of the weather is in all its files, whichever codec they have.
#[test]
fn the_weather() {
    if !has_corpus() {
        return;
    }
    let stated = String::from_utf8(corpus("official/share/test/data/weather.json")).unwrap();
    for file in ["weather", "weather-deflate", "weather-snappy", "weather-zstd", "weather-sorted"] {
        let path = format!("share/test/data/{file}.avro");
        let case = Case::of(&format!("{path}.schema.avsc"));
        let read = read(case, &corpus(&format!("ocf/apache+avro/{path}"))).unwrap();
        let schema = Schema::parse_str(case.schema).unwrap();
        let writer = GenericDatumWriter::builder(&schema).build().unwrap();
        let mut wanted: Vec<_> = stated
            .lines()
            .map(|line| {
                let json: serde_json::Value = serde_json::from_str(line).unwrap();
                let number = |name: &str| json[name].as_i64().unwrap();
                let value = Value::Record(vec![
                    ("station".to_owned(), Value::String(json["station"].as_str().unwrap().to_owned())),
                    ("time".to_owned(), Value::Long(number("time"))),
                    ("temp".to_owned(), Value::Int(number("temp") as i32)),
                ]);
                (number("time"), writer.write_value_to_vec(value).unwrap())
            })
            .collect();
        if file.ends_with("sorted") {
            wanted.sort();
        }
        let wanted: Vec<_> = wanted.into_iter().map(|(_, bytes)| bytes).collect();
        assert_eq!(read.data, wanted, "{file}");
    }
}
