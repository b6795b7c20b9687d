//! Schemas made of a schema: the same, under another name.

use anyhow::Result;
use serde_json::Value;

const PRIMITIVES: [&str; 8] = ["null", "boolean", "int", "long", "float", "double", "bytes", "string"];

/// What is renamed.
#[derive(Clone, Copy)]
pub(crate) enum Rename {
    /// The types, which stay in their namespaces.
    Types,
    /// The namespaces.
    Namespaces,
}

impl Rename {
    /// A schema whose every full name is another for each number.
    pub(crate) fn schema(self, text: &str, number: usize) -> Result<String> {
        let mut schema: Value = serde_json::from_str(text)?;
        let named = |full: &str| match self {
            Self::Types => format!("{full}Number{number}"),
            Self::Namespaces => format!("number{number}.{full}"),
        };
        walk(&mut schema, "", &named);
        Ok(schema.to_string())
    }
}

fn walk(schema: &mut Value, namespace: &str, named: &impl Fn(&str) -> String) {
    match schema {
        Value::String(name) if !PRIMITIVES.contains(&name.as_str()) => *name = named(&full(name, namespace)),
        Value::Array(branches) => branches.iter_mut().for_each(|branch| walk(branch, namespace, named)),
        Value::Object(object) => match object.get("type").and_then(Value::as_str) {
            Some("record" | "error" | "enum" | "fixed") => {
                let own = object.get("namespace").and_then(Value::as_str).unwrap_or(namespace);
                let full = full(object["name"].as_str().unwrap_or_default(), own);
                object.insert("name".to_owned(), named(&full).into());
                // Counts where the name has none in it: the namespace around it is not meant there.
                object.insert("namespace".to_owned(), "".into());
                object.remove("aliases");
                let inner = full.rsplit_once('.').map_or("", |(namespace, _)| namespace);
                let fields = object.get_mut("fields").and_then(Value::as_array_mut);
                let types = fields.into_iter().flatten().filter_map(|field| field.get_mut("type"));
                types.for_each(|ty| walk(ty, inner, named));
            }
            of => {
                let inner = match of {
                    Some("array") => "items",
                    Some("map") => "values",
                    _ => "type",
                };
                if let Some(inner) = object.get_mut(inner) {
                    walk(inner, namespace, named);
                }
            }
        },
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_another_and_leads_to_the_same() {
        let schema = r#"{"type": "record", "name": "A", "namespace": "x", "aliases": ["Old"], "fields": [
            {"name": "b", "type": {"type": "enum", "name": "y.B", "symbols": ["A"]}},
            {"name": "a", "type": ["null", "A", {"type": "array", "items": "y.B"}, {"type": "map", "values": "string"}]},
            {"name": "c", "type": {"type": {"type": "long", "logicalType": "date"}}}
        ]}"#;
        assert!(
            Rename::Types
                .schema(r#"{"type": "fixed", "name": "F", "size": 1}"#, 1)
                .unwrap()
                .contains(r#""namespace":"""#)
        );
        let types: Value = serde_json::from_str(&Rename::Types.schema(schema, 7).unwrap()).unwrap();
        assert_eq!(types["name"], "x.ANumber7");
        assert_eq!(types["aliases"], Value::Null);
        assert_eq!(types["fields"][0]["type"]["name"], "y.BNumber7");
        assert_eq!(types["fields"][1]["type"][1], "x.ANumber7");
        assert_eq!(types["fields"][1]["type"][2]["items"], "y.BNumber7");
        assert_eq!(types["fields"][1]["type"][3]["values"], "string");
        assert_eq!(types["fields"][2]["type"]["type"]["type"], "long");
        let namespaces: Value = serde_json::from_str(&Rename::Namespaces.schema(schema, 7).unwrap()).unwrap();
        assert_eq!(namespaces["name"], "number7.x.A");
        assert_eq!(namespaces["fields"][1]["type"][1], "number7.x.A");
    }
}
