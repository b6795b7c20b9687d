//! Schemas and values as apache-avro has them.

use apache_avro::Schema;
use apache_avro::reader::datum::GenericDatumReader;
use apache_avro::schema::ResolvedSchema;
use apache_avro::types::Value;
use apache_avro::writer::datum::GenericDatumWriter;
use serde_json::Value as Json;
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
                schemas: generated.types.iter().map(resolving).collect(),
                refusal: Some(error),
            },
        }
    }

    /// Whether types have other names in it than their own.
    pub(crate) fn renamed(&self) -> bool {
        self.refusal.is_some()
            && self
                .schemas
                .iter()
                .zip(self.generated.types)
                .any(|(schema, case)| *schema != ours(case))
    }

    /// Each type with its schema and values.
    pub(crate) fn each(&self, mut each: impl FnMut(&'static Case, &Schema, &Values<'_>)) {
        let types = self.generated.types;
        if self.refusal.is_some() {
            for (case, schema) in types.iter().zip(&self.schemas) {
                each(case, schema, &Values::of(schema));
            }
            return;
        }
        let root = &self.schemas[0];
        let values = Values::of(root);
        for case in types {
            let is_root = case.name == self.generated.file_name;
            let schema = if is_root { Some(root) } else { values.named(case.name) };
            each(
                case,
                schema.unwrap_or_else(|| panic!("{} has no {}", self.generated.file, case.name)),
                &values,
            );
        }
    }
}

fn schema(case: &Case) -> &'static str {
    case.schema
        .unwrap_or_else(|| panic!("the schema of {} is longer than apache-avro reads by itself", case.name))
}

/// The schema that was generated of a type.
pub(crate) fn ours(case: &Case) -> Schema {
    Schema::parse_str(schema(case)).unwrap_or_else(|error| panic!("{}: {error}", case.name))
}

/// The same; where apache-avro does not find its own names in it, with others that mean the same.
fn resolving(case: &Case) -> Schema {
    let ours = ours(case);
    if ResolvedSchema::new(&ours).is_ok() {
        return ours;
    }
    let mut json = serde_json::from_str(schema(case)).expect("strict JSON");
    flatten(&mut json, "");
    Schema::parse(&json).unwrap_or_else(|error| panic!("{}: {error}", case.name))
}

/// Gives all types names without a namespace, each its own.
fn flatten(schema: &mut Json, namespace: &str) {
    match schema {
        Json::Array(branches) => branches.iter_mut().for_each(|branch| flatten(branch, namespace)),
        Json::Object(entries) => {
            let stated = entries.remove("namespace");
            let mut namespace = stated.as_ref().and_then(Json::as_str).unwrap_or(namespace);
            let whole = entries.get("name").and_then(Json::as_str).map(|name| full(name, namespace));
            if let Some(whole) = &whole {
                namespace = whole.rsplit_once('.').map_or("", |(namespace, _)| namespace);
                entries.insert("name".to_owned(), Json::String(flat(whole)));
            }
            entries.remove("aliases");
            for key in ["type", "items", "values"] {
                entries.get_mut(key).into_iter().for_each(|inner| flatten(inner, namespace));
            }
            if let Some(Json::Array(fields)) = entries.get_mut("fields") {
                let types = fields.iter_mut().filter_map(|field| field.get_mut("type"));
                types.for_each(|inner| flatten(inner, namespace));
            }
        }
        Json::String(name) => {
            const UNNAMED: [&str; 14] = [
                "null", "boolean", "int", "long", "float", "double", "bytes", "string", "record", "error", "enum", "fixed", "array", "map",
            ];
            if !UNNAMED.contains(&name.as_str()) {
                *name = flat(&full(name, namespace));
            }
        }
        _ => {}
    }
}

fn full(name: &str, namespace: &str) -> String {
    if name.contains('.') || namespace.is_empty() {
        name.to_owned()
    } else {
        format!("{namespace}.{name}")
    }
}

fn flat(full: &str) -> String {
    full.replace('.', "__")
}

/// What a file says, with what it needs of others in it.
fn written(generated: &Generated) -> Result<Schema, String> {
    let text = without_comments(generated.source);
    let mut beside = Vec::new();
    for (_, text) in generated.neighbours {
        // A file may hold several types, as a union.
        match serde_json::from_str(&without_comments(text)).map_err(|error| error.to_string())? {
            Json::Array(types) => beside.extend(types.iter().map(ToString::to_string)),
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
            let mut escaped = true;
            let length = rest.find(|character| {
                let ends = character == '"' && !escaped;
                escaped = character == '\\' && !escaped;
                ends
            });
            let length = length.map(|end| end + 1);
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
