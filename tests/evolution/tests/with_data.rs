//! The pairs that come with data (specification, "Schema Resolution" and "Aliases"): what was written, and what is to be read.

use std::path::PathBuf;
use std::{env, fs};

use apache_avro::schema::{Name, ResolvedSchema};
use apache_avro::types::Value;
use apache_avro::writer::datum::GenericDatumWriter;
use apache_avro::{Error, Schema};
use kafka_event::Limits;
use serde_json::Value as Json;
use std::collections::HashMap;
use test_evolution::{PAIRS, has_corpus};

/// A datum from its JSON, unions by their branch's name; a field that is not stated is its default.
fn value(schema: &Schema, json: &Json, names: &HashMap<Name, &Schema>) -> Value {
    let bytes = || {
        json.as_str()
            .unwrap()
            .chars()
            .map(|character| u8::try_from(character).unwrap())
            .collect::<Vec<_>>()
    };
    match schema {
        Schema::Null => Value::Null,
        Schema::Boolean => Value::Boolean(json.as_bool().unwrap()),
        Schema::Int => Value::Int(json.as_i64().unwrap().try_into().unwrap()),
        Schema::Long => Value::Long(json.as_i64().unwrap()),
        Schema::Float => Value::Float(json.as_f64().unwrap() as f32),
        Schema::Double => Value::Double(json.as_f64().unwrap()),
        Schema::Bytes => Value::Bytes(bytes()),
        Schema::String => Value::String(json.as_str().unwrap().to_owned()),
        Schema::Fixed(fixed) => Value::Fixed(fixed.size, bytes()),
        Schema::Enum(enumeration) => {
            let symbol = json.as_str().unwrap();
            let place = enumeration.symbols.iter().position(|known| known == symbol).unwrap();
            Value::Enum(place as u32, symbol.to_owned())
        }
        Schema::Record(record) => {
            let fields = record.fields.iter().map(|field| {
                let json = json.get(&field.name).or(field.default.as_ref()).unwrap();
                (field.name.clone(), value(&field.schema, json, names))
            });
            Value::Record(fields.collect())
        }
        Schema::Ref { name } => value(names[name], json, names),
        Schema::Union(union) => {
            let branch = |name: &str| {
                let is_called = |branch: &Schema| branch.name().is_some_and(|known| known.fullname(None) == name);
                union.variants().iter().position(is_called).unwrap()
            };
            let (name, json) = json.as_object().unwrap().iter().next().unwrap();
            let place = branch(name);
            Value::Union(place as u32, Box::new(value(&union.variants()[place], json, names)))
        }
        schema => panic!("no data has {schema:?}"),
    }
}

fn written(schema: &str, json: &Json) -> Result<Vec<u8>, Error> {
    let schema = Schema::parse_str(schema)?;
    let resolved = ResolvedSchema::try_from(&schema)?;
    let value = value(&schema, json, resolved.get_names());
    GenericDatumWriter::builder(&schema).build()?.write_value_to_vec(value)
}

#[test]
fn what_was_written_is_read_as_it_is_to_be() {
    if !has_corpus() {
        return;
    }
    let folder = PathBuf::from(env::var_os("KAFKA_EVENT_CORPUS").unwrap()).join("evolution/gogen-avro");
    let mut read = Vec::new();
    for pair in PAIRS {
        let Some(name) = pair.name.strip_prefix("gogen-avro ") else {
            continue;
        };
        let Ok(text) = fs::read_to_string(folder.join(name).join("evolution.json")) else {
            continue;
        };
        let evolution = (pair.evolution)(pair.writer).unwrap_or_else(|error| panic!("{name}: {error}"));
        for case in serde_json::from_str::<Vec<Json>>(&text).unwrap() {
            let (owned, borrowed) = evolution(&written(pair.writer, &case["data"]).unwrap(), Limits::DEFAULT).unwrap();
            assert_eq!(owned, written(pair.reader, &case["expected"]).unwrap(), "{name}");
            assert_eq!(borrowed, owned, "{name}");
            read.push(name);
        }
    }
    assert_eq!(
        read,
        [
            "alias-field",
            "alias-fixed",
            "alias-record",
            "enum-default",
            "enum-default",
            "enum-removed",
            "primitive"
        ]
    );
}
