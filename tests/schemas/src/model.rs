//! A schema as data, to be changed and written anew.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde_json::{Value as Json, json};

/// A schema: a type, and those that it names.
#[derive(Debug, Clone)]
pub struct Schema {
    /// The whole.
    pub root: Type,
    /// All named types, by their full names.
    pub names: BTreeMap<String, Definition>,
}

/// A type.
#[derive(Debug, Clone, PartialEq)]
pub enum Type {
    /// A primitive type by its name, and what its values mean beyond it.
    Primitive(Primitive, Option<Logical>),
    /// Its items.
    Array(Box<Type>),
    /// Its values.
    Map(Box<Type>),
    /// Its branches.
    Union(Vec<Type>),
    /// The full name of a type.
    Named(String),
}

/// A primitive type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are Avro's")]
pub enum Primitive {
    Null,
    Boolean,
    Int,
    Long,
    Float,
    Double,
    Bytes,
    String,
}

impl Primitive {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Null,
        Self::Boolean,
        Self::Int,
        Self::Long,
        Self::Float,
        Self::Double,
        Self::Bytes,
        Self::String,
    ];

    /// Avro's name.
    #[must_use]
    pub fn name(self) -> &'static str {
        crate::PRIMITIVES[self as usize]
    }
}

/// A logical type that is one where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logical {
    /// Its name.
    pub name: String,
    /// The precision and the scale of a decimal.
    pub decimal: Option<(u64, u64)>,
}

/// A type that has a name.
#[derive(Debug, Clone)]
pub struct Definition {
    /// Full names.
    pub aliases: Vec<String>,
    /// What it is.
    pub kind: Kind,
}

/// What a named type is.
#[derive(Debug, Clone)]
pub enum Kind {
    /// Its fields.
    Record(Vec<Field>),
    /// Its symbols, and the one that stands for those that are not known.
    Enum(Vec<String>, Option<String>),
    /// Its size, and what its bytes mean.
    Fixed(usize, Option<Logical>),
}

/// A field of a record.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the names are Avro's")]
pub struct Field {
    pub name: String,
    pub aliases: Vec<String>,
    pub ty: Type,
    pub default: Option<Json>,
}

impl Schema {
    /// Of a schema's text, which is a whole and strict one.
    ///
    /// # Panics
    /// It is not.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let json: Json = serde_json::from_str(text).expect("a schema is JSON");
        let mut names = BTreeMap::new();
        let root = parsed(&json, "", &mut names);
        Self { root, names }
    }

    /// The schema's text; `None` where none says it: within a namespace no name means a type that has none.
    #[must_use]
    pub fn text(&self) -> Option<String> {
        let mut written = BTreeSet::new();
        self.json(&self.root, "", &mut written).map(|json| json.to_string())
    }

    fn json<'s>(&'s self, ty: &'s Type, namespace: &str, written: &mut BTreeSet<&'s str>) -> Option<Json> {
        Some(match ty {
            Type::Primitive(primitive, None) => json!(primitive.name()),
            Type::Primitive(primitive, Some(logical)) => logical.beside(json!({"type": primitive.name()})),
            Type::Array(items) => json!({"type": "array", "items": self.json(items, namespace, written)?}),
            Type::Map(values) => json!({"type": "map", "values": self.json(values, namespace, written)?}),
            Type::Union(branches) => {
                let branches = branches.iter().map(|branch| self.json(branch, namespace, written));
                Json::Array(branches.collect::<Option<_>>()?)
            }
            Type::Named(name) if written.contains(name.as_str()) => {
                if !name.contains('.') && !namespace.is_empty() {
                    return None;
                }
                json!(name)
            }
            Type::Named(name) => {
                written.insert(name);
                self.definition(name, written)?
            }
        })
    }

    fn definition<'s>(&'s self, name: &'s str, written: &mut BTreeSet<&'s str>) -> Option<Json> {
        let definition = &self.names[name];
        let (namespace, short) = name.rsplit_once('.').unwrap_or(("", name));
        let mut json = match &definition.kind {
            Kind::Record(fields) => {
                let fields = fields.iter().map(|field| {
                    let ty = self.json(&field.ty, namespace, written)?;
                    let mut json = json!({"name": field.name, "aliases": field.aliases, "type": ty});
                    if let Some(default) = &field.default {
                        json["default"] = default.clone();
                    }
                    Some(json)
                });
                json!({"type": "record", "fields": fields.collect::<Option<Vec<_>>>()?})
            }
            Kind::Enum(symbols, None) => json!({"type": "enum", "symbols": symbols}),
            Kind::Enum(symbols, Some(default)) => json!({"type": "enum", "symbols": symbols, "default": default}),
            Kind::Fixed(size, None) => json!({"type": "fixed", "size": size}),
            Kind::Fixed(size, Some(logical)) => logical.beside(json!({"type": "fixed", "size": size})),
        };
        json["name"] = json!(short);
        json["namespace"] = json!(namespace);
        // An alias without a dot is one of the type's own namespace.
        let aliases = definition
            .aliases
            .iter()
            .filter(|alias| namespace.is_empty() || alias.contains('.'));
        json["aliases"] = json!(aliases.collect::<Vec<_>>());
        Some(json)
    }

    /// Shows each type, whether it is a union's branch, and those in it behind it.
    pub(crate) fn each_type(&mut self, see: &mut dyn FnMut(&mut Type, bool)) {
        each(&mut self.root, false, see);
        for definition in self.names.values_mut() {
            if let Kind::Record(fields) = &mut definition.kind {
                for field in fields {
                    each(&mut field.ty, false, see);
                }
            }
        }
    }

    /// Without the types that nothing leads to.
    pub(crate) fn prune(&mut self) {
        let mut reached = BTreeSet::new();
        let mut ahead = vec![&self.root];
        while let Some(ty) = ahead.pop() {
            match ty {
                Type::Primitive(..) => {}
                Type::Array(inner) | Type::Map(inner) => ahead.push(inner),
                Type::Union(branches) => ahead.extend(branches),
                Type::Named(name) => {
                    if reached.insert(name.clone())
                        && let Kind::Record(fields) = &self.names[name].kind
                    {
                        ahead.extend(fields.iter().map(|field| &field.ty));
                    }
                }
            }
        }
        self.names.retain(|name, _| reached.contains(name));
    }

    /// Whether all unions may be: of some branches, none of them a union, and no two of the same kind or name.
    pub(crate) fn has_its_unions(&mut self) -> bool {
        let mut may_be = true;
        self.each_type(&mut |ty, is_branch| {
            if let Type::Union(branches) = ty {
                let kinds: BTreeSet<_> = branches.iter().map(Type::kind).collect();
                may_be &= !is_branch && !branches.is_empty() && kinds.len() == branches.len();
            }
        });
        may_be
    }
}

fn each(ty: &mut Type, is_branch: bool, see: &mut dyn FnMut(&mut Type, bool)) {
    see(ty, is_branch);
    match ty {
        Type::Array(inner) | Type::Map(inner) => each(inner, false, see),
        Type::Union(branches) => branches.iter_mut().for_each(|branch| each(branch, true, see)),
        Type::Primitive(..) | Type::Named(_) => {}
    }
}

impl Type {
    /// What a union has once.
    #[must_use]
    pub fn kind(&self) -> &str {
        match self {
            Self::Primitive(primitive, _) => primitive.name(),
            Self::Array(_) => "array",
            Self::Map(_) => "map",
            Self::Union(_) => "union",
            Self::Named(name) => name,
        }
    }
}

impl Logical {
    pub(crate) fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            decimal: None,
        }
    }

    fn beside(&self, mut json: Json) -> Json {
        json["logicalType"] = json!(self.name);
        if let Some((precision, scale)) = self.decimal {
            json["precision"] = json!(precision);
            json["scale"] = json!(scale);
        }
        json
    }

    /// Specification, "Logical Types": one that is not known is ignored.
    fn of(json: &Json, on: &str) -> Option<Self> {
        let name = json["logicalType"].as_str()?;
        let is_known = on == "fixed" || crate::LOGICAL.contains(&(on, name)) && name != crate::OF_NOBODY;
        let digits = || {
            (
                json["precision"].as_u64().unwrap_or_default(),
                json["scale"].as_u64().unwrap_or_default(),
            )
        };
        is_known.then(|| Self {
            name: name.to_owned(),
            decimal: (name == "decimal").then(digits),
        })
    }
}

impl fmt::Display for Logical {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

/// Specification, "Names".
fn full_name(name: &str, namespace: &str) -> String {
    if name.contains('.') || namespace.is_empty() {
        name.to_owned()
    } else {
        format!("{namespace}.{name}")
    }
}

fn parsed(json: &Json, namespace: &str, names: &mut BTreeMap<String, Definition>) -> Type {
    let primitive = |name: &str| Primitive::ALL.into_iter().find(|primitive| primitive.name() == name);
    match json {
        Json::String(name) => match primitive(name) {
            Some(primitive) => Type::Primitive(primitive, None),
            None => Type::Named(full_name(name, namespace)),
        },
        Json::Array(branches) => Type::Union(branches.iter().map(|branch| parsed(branch, namespace, names)).collect()),
        object => match object["type"].as_str().expect("a type has one") {
            "array" => Type::Array(Box::new(parsed(&object["items"], namespace, names))),
            "map" => Type::Map(Box::new(parsed(&object["values"], namespace, names))),
            name => match primitive(name) {
                Some(primitive) => Type::Primitive(primitive, Logical::of(object, name)),
                None => defined(object, namespace, names),
            },
        },
    }
}

fn texts(json: &Json) -> impl Iterator<Item = &str> {
    json.as_array().into_iter().flatten().filter_map(Json::as_str)
}

fn defined(json: &Json, namespace: &str, names: &mut BTreeMap<String, Definition>) -> Type {
    let name = json["name"].as_str().expect("a name");
    let full = full_name(name, json["namespace"].as_str().unwrap_or(namespace));
    let own = full.rsplit_once('.').map_or("", |(namespace, _)| namespace).to_owned();
    let kind = match json["type"].as_str().unwrap_or_default() {
        "record" => {
            let fields = json["fields"].as_array().expect("a record has fields").iter().map(|field| Field {
                name: field["name"].as_str().expect("a name").to_owned(),
                aliases: texts(&field["aliases"]).map(str::to_owned).collect(),
                ty: parsed(&field["type"], &own, names),
                default: field.get("default").cloned(),
            });
            Kind::Record(fields.collect())
        }
        "enum" => Kind::Enum(
            texts(&json["symbols"]).map(str::to_owned).collect(),
            json["default"].as_str().map(str::to_owned),
        ),
        "fixed" => {
            let size = json["size"].as_u64().expect("a size");
            Kind::Fixed(usize::try_from(size).expect("a small one"), Logical::of(json, "fixed"))
        }
        other => panic!("no type: {other}"),
    };
    let aliases = texts(&json["aliases"]).map(|alias| full_name(alias, &own)).collect();
    names.insert(full.clone(), Definition { aliases, kind });
    Type::Named(full)
}
