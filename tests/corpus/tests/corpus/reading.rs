//! Schemas and values as apache-avro has them.

use std::slice;

use apache_avro::Schema;
use apache_avro::reader::datum::GenericDatumReader;
use apache_avro::schema::ResolvedSchema;
use apache_avro::types::Value;
use apache_avro::writer::datum::GenericDatumWriter;
use test_corpus::{Case, Generated};
use test_values::Values;

/// The schemas of a file's types.
pub(crate) struct Source {
    generated: &'static Generated,
    /// The file's as it was written, with those beside it; or, where that is not taken, ours of each type.
    schemas: Vec<Schema>,
    /// Why it is not taken.
    pub(crate) refusal: Option<String>,
}

impl Source {
    pub(crate) fn of(generated: &'static Generated) -> Self {
        match written(generated) {
            Ok(schema) => Self {
                generated,
                schemas: vec![schema],
                refusal: None,
            },
            Err(error) => Self {
                generated,
                schemas: generated.types.iter().map(|case| ours(generated, case)).collect(),
                refusal: Some(error),
            },
        }
    }

    /// Each type with its schema and values.
    pub(crate) fn each(&self, mut each: impl FnMut(&'static Case, &Schema, &Values<'_>)) {
        let types = self.generated.types;
        let of_all = self.refusal.is_none();
        for (place, root) in self.schemas.iter().enumerate() {
            let values = Values::of(root);
            for case in if of_all { types } else { slice::from_ref(&types[place]) } {
                let schema = if case.name == self.generated.file_name {
                    root
                } else {
                    let named = values.named(case.name);
                    named.unwrap_or_else(|| panic!("{} has no {}", self.generated.file, case.name))
                };
                each(case, schema, &values);
            }
        }
    }
}

/// The schema that was generated of a type.
pub(crate) fn ours(generated: &Generated, case: &Case) -> Schema {
    Schema::parse_str(case.schema).unwrap_or_else(|error| panic!("{} {}: {error}", generated.file, case.name))
}

/// What a file says, with what it needs of others in it.
fn written(generated: &Generated) -> Result<Schema, String> {
    let text = without_comments(generated.source);
    let mut beside = Vec::new();
    for (_, text) in generated.neighbours {
        // A file may hold several types, as a union.
        match serde_json::from_str(&without_comments(text)).map_err(|error| error.to_string())? {
            serde_json::Value::Array(types) => beside.extend(types.iter().map(ToString::to_string)),
            one => beside.push(one.to_string()),
        }
    }
    let (mut schema, beside) = Schema::parse_str_with_list(&text, beside).map_err(|error| error.to_string())?;
    if !beside.is_empty() {
        schema.denormalize(&beside).map_err(|error| error.to_string())?;
    }
    ResolvedSchema::new(&schema).map_err(|error| error.to_string())?;
    Ok(schema)
}

/// A text without its comments, which are outside of strings.
pub(crate) fn without_comments(text: &str) -> String {
    let mut code = String::new();
    let mut rest = text.trim_start_matches('\u{feff}');
    while let Some(at) = rest.find(['"', '/']) {
        code.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = if rest.starts_with("//") {
            rest.find('\n')
        } else if rest.starts_with("/*") {
            rest.find("*/").map(|end| end + 2)
        } else {
            let escaped = rest.replace(r"\\", "..").replace(r#"\""#, "..");
            let length = escaped[1..].find('"').map(|end| end + 2);
            code.push_str(&rest[..length.unwrap_or(rest.len())]);
            length
        };
        rest = &rest[length.unwrap_or(rest.len())..];
    }
    code + rest
}

/// Values of one schema as bytes.
pub(crate) struct Codec<'s> {
    writer: GenericDatumWriter<'s>,
    reader: GenericDatumReader<'s>,
}

impl<'s> Codec<'s> {
    pub(crate) fn of(schema: &'s Schema, values: &Values<'s>) -> Self {
        let writer = GenericDatumWriter::builder(schema).resolved_schemata(values.resolved().clone());
        let reader = GenericDatumReader::builder(schema).resolved_writer_schemata(values.resolved().clone());
        Self {
            writer: writer.build().expect("the schema resolves"),
            reader: reader.build().expect("the schema resolves"),
        }
    }

    pub(crate) fn write(&self, value: &Value) -> Result<Vec<u8>, apache_avro::Error> {
        let mut bytes = Vec::new();
        self.writer.write_value_ref(&mut bytes, value)?;
        Ok(bytes)
    }

    pub(crate) fn read(&self, mut bytes: &[u8]) -> Result<Value, apache_avro::Error> {
        let value = self.reader.read_value(&mut bytes)?;
        assert!(bytes.is_empty(), "all bytes are read");
        Ok(value)
    }
}

/// Runs on a stack of any depth: where nothing is optimised, a function's frame holds what each of its branches does.
pub(crate) fn on_a_large_stack<T: Send + 'static>(run: impl FnOnce() -> T + Send + 'static) -> T {
    let thread = std::thread::Builder::new().stack_size(512 << 20).spawn(run).expect("a thread");
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}
