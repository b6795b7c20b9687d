//! Avro's JSON encoding of apache-avro's values, written from the specification alone: apache-avro's own JSON is another.

use apache_avro::Schema;
use apache_avro::schema::{Name, ResolvedSchema};
use apache_avro::types::Value;
use rand::RngExt as _;
use rand::rngs::StdRng;
use rand::seq::SliceRandom as _;

/// A value's JSON (specification, "JSON Encoding"), its objects' keys in a random order, with random space and escapes.
#[must_use]
pub fn json(resolved: &ResolvedSchema<'_>, schema: &Schema, value: &Value, random: &mut StdRng) -> String {
    match (schema, value) {
        (Schema::Ref { name }, value) => json(resolved, named(resolved, name), value, random),
        (Schema::Union(union), Value::Union(branch, value)) => {
            let schema = &union.variants()[*branch as usize];
            match schema {
                Schema::Null => "null".to_owned(),
                branch => object([(branch_name(branch), json(resolved, branch, value, random))].into(), random),
            }
        }
        (Schema::Record(record), Value::Record(fields)) => {
            let fields = record.fields.iter().zip(fields);
            let fields = fields.map(|(field, (name, value))| (name.clone(), json(resolved, &field.schema, value, random)));
            let fields = fields.collect();
            object(fields, random)
        }
        (Schema::Map(map), Value::Map(entries)) => {
            let entries = entries
                .iter()
                .map(|(key, value)| (key.clone(), json(resolved, &map.types, value, random)));
            let entries = entries.collect();
            object(entries, random)
        }
        (Schema::Array(array), Value::Array(items)) => {
            let items: Vec<_> = items.iter().map(|item| json(resolved, &array.items, item, random)).collect();
            format!("[{}]", items.join([",", ", ", "\n,\t"][random.random_range(0..3)]))
        }
        (_, value) => leaf(schema, value, random),
    }
}

fn leaf(schema: &Schema, value: &Value, random: &mut StdRng) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Boolean(value) => value.to_string(),
        Value::Int(number) | Value::Date(number) | Value::TimeMillis(number) => number.to_string(),
        Value::Long(number)
        | Value::TimeMicros(number)
        | Value::TimestampMillis(number)
        | Value::TimestampMicros(number)
        | Value::TimestampNanos(number)
        | Value::LocalTimestampMillis(number)
        | Value::LocalTimestampMicros(number)
        | Value::LocalTimestampNanos(number) => number.to_string(),
        Value::Float(number) => float(f64::from(*number), &[format!("{number:?}"), format!("{number:e}")], random),
        Value::Double(number) => float(
            *number,
            &[format!("{number:?}"), format!("{number:E}"), format!("{number}")],
            random,
        ),
        Value::String(text) => quoted(text, random),
        Value::Enum(_, symbol) => quoted(symbol, random),
        Value::Uuid(uuid) => match schema {
            Schema::Uuid(apache_avro::schema::UuidSchema::Fixed(_)) => bytes(uuid.as_bytes(), random),
            _ => quoted(&uuid.to_string(), random),
        },
        Value::Bytes(raw) | Value::Fixed(_, raw) => bytes(raw, random),
        Value::Decimal(decimal) => {
            let raw: Vec<u8> = decimal.try_into().expect("a decimal has bytes");
            bytes(&raw, random)
        }
        Value::Duration(duration) => bytes(&<[u8; 12]>::from(*duration), random),
        Value::BigDecimal(_) => {
            // Only its own encoding says what its bytes are; their length goes before them.
            let encoded = datum(schema, value.clone());
            bytes(&encoded[prefix(&encoded)..], random)
        }
        other => unreachable!("no leaf: {other:?}"),
    }
}

/// How many bytes a length takes.
fn prefix(encoded: &[u8]) -> usize {
    encoded.iter().take_while(|byte| **byte >= 0x80).count() + 1
}

/// A value as apache-avro writes it.
///
/// # Panics
/// It does not.
#[must_use]
pub fn datum(schema: &Schema, value: Value) -> Vec<u8> {
    let writer = apache_avro::writer::datum::GenericDatumWriter::builder(schema).build();
    writer
        .and_then(|writer| writer.write_value_to_vec(value))
        .unwrap_or_else(|error| panic!("{error}"))
}

fn float(number: f64, spellings: &[String], random: &mut StdRng) -> String {
    if number.is_nan() {
        return r#""NaN""#.to_owned();
    }
    if number.is_infinite() {
        return if number > 0.0 { r#""Infinity""# } else { r#""-Infinity""# }.to_owned();
    }
    spellings[random.random_range(0..spellings.len())].clone()
}

fn bytes(raw: &[u8], random: &mut StdRng) -> String {
    let text: String = raw.iter().map(|byte| char::from(*byte)).collect();
    quoted(&text, random)
}

fn object(mut entries: Vec<(String, String)>, random: &mut StdRng) -> String {
    entries.shuffle(random);
    let entries: Vec<_> = entries
        .into_iter()
        .map(|(key, value)| format!("{}: {value}", quoted(&key, random)))
        .collect();
    format!("{{{}}}", entries.join(","))
}

/// Text in quotes; at times all of it escaped, in UTF-16 as JSON has it.
fn quoted(text: &str, random: &mut StdRng) -> String {
    if random.random_range(0..4) > 0 {
        return serde_json::to_string(text).expect("text is JSON");
    }
    let escaped: String = text.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
    format!("\"{escaped}\"")
}

fn named<'s>(resolved: &ResolvedSchema<'s>, name: &Name) -> &'s Schema {
    resolved.get_names()[name]
}

/// What a union calls a branch.
fn branch_name(branch: &Schema) -> String {
    use apache_avro::schema::{InnerDecimalSchema, UuidSchema};
    let name = match branch {
        Schema::Ref { name } => return name.fullname(None),
        Schema::Record(record) => return record.name.fullname(None),
        Schema::Enum(symbols) => return symbols.name.fullname(None),
        Schema::Fixed(fixed) | Schema::Duration(fixed) | Schema::Uuid(UuidSchema::Fixed(fixed)) => return fixed.name.fullname(None),
        Schema::Decimal(decimal) => match &decimal.inner {
            InnerDecimalSchema::Fixed(fixed) => return fixed.name.fullname(None),
            InnerDecimalSchema::Bytes => "bytes",
        },
        Schema::Null => "null",
        Schema::Boolean => "boolean",
        Schema::Int | Schema::Date | Schema::TimeMillis => "int",
        Schema::Float => "float",
        Schema::Double => "double",
        Schema::Bytes | Schema::BigDecimal | Schema::Uuid(UuidSchema::Bytes) => "bytes",
        Schema::String | Schema::Uuid(UuidSchema::String) => "string",
        Schema::Array(_) => "array",
        Schema::Map(_) => "map",
        Schema::Union(_) => unreachable!("no union holds one"),
        _ => "long",
    };
    name.to_owned()
}
