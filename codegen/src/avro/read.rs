//! A JSON value to schemas as they are written: each named type is collected by its full name.

use std::collections::{HashMap, HashSet};

use super::Json;
use super::raw::{RawNamed, RawType};
use crate::collections::ByName;
use crate::diagnostic::{Collector, Diagnostic};
use crate::limits;
use crate::model::{Logical, Type};
use crate::source::Origin;

/// Reads values into named types, which it collects by full name.
pub(crate) struct Reader<'a> {
    pub(super) found: &'a mut ByName<RawNamed>,
    pub(super) diagnostics: &'a mut Collector,
    /// The hashes of definitions, by where they are in memory.
    pub(super) hashes: HashMap<usize, u128>,
    /// How much has been refused.
    pub(crate) errors: usize,
    /// Whether a named type has been defined.
    pub(crate) defines: bool,
    /// The definitions that are being read, from the outermost inwards: full names with places.
    pub(super) open: Vec<(String, Origin)>,
    /// How many arrays, maps and unions stand around what is read, from the last definition inwards.
    pub(super) nested: usize,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(found: &'a mut ByName<RawNamed>, diagnostics: &'a mut Collector) -> Self {
        Self {
            found,
            diagnostics,
            hashes: HashMap::new(),
            errors: 0,
            defines: false,
            open: Vec::new(),
            nested: 0,
        }
    }

    pub(super) fn refuse(&mut self, diagnostic: Diagnostic) {
        self.errors += 1;
        self.diagnostics.push(diagnostic);
    }

    pub(super) fn error(&mut self, code: &'static str, origin: &Origin, message: impl Into<String>, help: impl Into<String>) -> RawType {
        self.refuse(Diagnostic::error(code, origin, message).help(help));
        RawType::Broken
    }

    pub(super) fn exceeded(&mut self, origin: &Origin, what: String, most: usize, help: &str) {
        self.refuse(limits::exceeded(origin, what, &format!("{most} are taken"), help));
    }

    /// Reads a type that stands in a namespace.
    pub(crate) fn read(&mut self, json: &Json, namespace: &str, origin: &Origin) -> RawType {
        match json {
            Json::String(name) => self.named_or_primitive(name, namespace, origin),
            Json::Array(branches) => {
                if !self.enter(origin) {
                    return RawType::Broken;
                }
                let branches: Vec<_> = branches
                    .iter()
                    .enumerate()
                    .map(|(place, branch)| self.read(branch, namespace, &origin.child(place)))
                    .collect();
                self.nested -= 1;
                self.check_union(&branches, origin);
                RawType::Union(branches)
            }
            Json::Object(_) => self.object(json, namespace, origin),
            other => self.error(
                "KE0102",
                origin,
                format!("{} is not a schema", other.kind()),
                "a schema is a type's name, an object with a `type`, or an array of branches",
            ),
        }
    }

    /// Goes into an array, a map or a union, unless it is too deep.
    fn enter(&mut self, origin: &Origin) -> bool {
        if self.nested == limits::NESTED_TYPES {
            let what = "arrays, maps and unions stand too deep within one another".to_owned();
            self.exceeded(origin, what, limits::NESTED_TYPES, "put a record between them");
            return false;
        }
        self.nested += 1;
        true
    }

    fn check_union(&mut self, branches: &[RawType], origin: &Origin) {
        if branches.is_empty() {
            let help = "name the types that a value may have";
            self.error("KE0108", origin, "the union has no branches: it has no value", help);
        }
        if branches.len() > limits::BRANCHES {
            let what = format!("the union has {} branches", branches.len());
            self.exceeded(
                origin,
                what,
                limits::BRANCHES,
                "hold the values of some of them in a record, or in a union of its own",
            );
            return;
        }
        let mut seen = HashSet::new();
        for (place, branch) in branches.iter().enumerate() {
            let kind = match branch {
                RawType::Broken => continue,
                RawType::Union(_) => {
                    let help = "write the inner union's branches into the outer one";
                    self.error("KE0108", &origin.child(place), "a union cannot hold a union directly", help);
                    continue;
                }
                RawType::Array(_) => "array".to_owned(),
                RawType::Map(_) => "map".to_owned(),
                RawType::Reference { full, .. } => full.clone(),
                RawType::Primitive(ty) => primitive_name(ty).to_owned(),
            };
            if !seen.insert(kind.clone()) {
                let help = "a reader could not tell the two apart: keep one of them, or give each a named type of its own";
                self.error(
                    "KE0108",
                    &origin.child(place),
                    format!("the union has two branches of type `{kind}`"),
                    help,
                );
            }
        }
    }

    fn named_or_primitive(&mut self, name: &str, namespace: &str, origin: &Origin) -> RawType {
        if let Some(primitive) = primitive(name) {
            return RawType::Primitive(primitive);
        }
        let full = if name.contains('.') || namespace.is_empty() {
            name.to_owned()
        } else {
            format!("{namespace}.{name}")
        };
        RawType::Reference {
            full,
            written: name.to_owned(),
            origin: origin.clone(),
        }
    }

    fn object(&mut self, json: &Json, namespace: &str, origin: &Origin) -> RawType {
        let Some(kind) = json.get("type") else {
            let help = "add a `type`: a primitive, `record`, `enum`, `fixed`, `array`, `map`, or a defined name";
            return self.error("KE0102", origin, "the schema has no `type`", help);
        };
        match kind {
            Json::String(kind) => match kind.as_str() {
                "record" | "error" | "enum" | "fixed" => self.named(kind, json, namespace, origin),
                "array" | "map" => {
                    let (key, on) = if kind == "array" {
                        ("items", "an array")
                    } else {
                        ("values", "a map")
                    };
                    let Some(inner) = json.get(key) else {
                        let help = format!("add `{key}`: the type of each");
                        return self.error("KE0102", origin, format!("the {kind} has no `{key}`"), help);
                    };
                    self.no_logical(json, on, origin);
                    if !self.enter(origin) {
                        return RawType::Broken;
                    }
                    let inner = Box::new(self.read(inner, namespace, &origin.child(key)));
                    self.nested -= 1;
                    if kind == "array" {
                        RawType::Array(inner)
                    } else {
                        RawType::Map(inner)
                    }
                }
                name => match primitive(name) {
                    Some(primitive) => RawType::Primitive(self.logical(json, primitive, origin)),
                    None => {
                        self.no_logical(json, &format!("the type `{name}`"), origin);
                        self.named_or_primitive(name, namespace, &origin.child("type"))
                    }
                },
            },
            nested => match self.read(nested, namespace, &origin.child("type")) {
                RawType::Primitive(Type::Logical(inner)) => {
                    self.no_logical(json, "a type that has one", origin);
                    RawType::Primitive(Type::Logical(inner))
                }
                RawType::Primitive(plain) => RawType::Primitive(self.logical(json, plain, origin)),
                other => {
                    self.no_logical(json, "a type that is no primitive", origin);
                    other
                }
            },
        }
    }
}

/// The primitive type of a name.
pub(super) fn primitive(name: &str) -> Option<Type> {
    Some(match name {
        "null" => Type::Null,
        "boolean" => Type::Boolean,
        "int" => Type::Int,
        "long" => Type::Long,
        "float" => Type::Float,
        "double" => Type::Double,
        "bytes" => Type::Bytes,
        "string" => Type::String,
        _ => return None,
    })
}

/// Whether a name is that of a primitive type.
#[cfg(feature = "derive")]
pub(crate) fn is_primitive(name: &str) -> bool {
    primitive(name).is_some()
}

/// The Avro name of a primitive type, below its logical type.
pub(crate) fn primitive_name(ty: &Type) -> &'static str {
    match ty {
        Type::Null => "null",
        Type::Boolean => "boolean",
        Type::Int | Type::Logical(Logical::Date | Logical::TimeMillis) => "int",
        Type::Float => "float",
        Type::Double => "double",
        Type::Bytes | Type::Logical(Logical::Decimal { .. } | Logical::BigDecimal) => "bytes",
        Type::String | Type::Logical(Logical::Uuid) => "string",
        _ => "long",
    }
}
