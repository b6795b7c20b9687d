//! Schemas as they are written: names whole, references not yet followed.

use super::Json;
use crate::collections::ByName;
use crate::model::{Annotations, FixedLogical};
use crate::source::Origin;

/// The properties that make a logical type.
const LOGICAL_KEYS: [&str; 3] = ["logicalType", "precision", "scale"];

/// A type as it is written.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum RawType {
    Primitive(crate::model::Type),
    Array(Box<RawType>),
    Map(Box<RawType>),
    Union(Vec<RawType>),
    /// A named type: where it is referred to, as the namespace completes it, and as it stands there.
    Reference {
        full: String,
        written: String,
        origin: Origin,
    },
    /// What could not be read and has been reported.
    Broken,
}

/// A named type as it is written.
#[derive(Debug, Clone)]
pub(crate) struct RawNamed {
    pub(crate) doc: Option<String>,
    pub(crate) aliases: Vec<String>,
    pub(crate) kind: RawNamedKind,
    pub(crate) properties: Vec<(String, Json)>,
    pub(crate) origin: Origin,
    /// The hash of the whole definition, to know a copy of it at once: definitions hold one another, and copies of all would be many times the text.
    pub(crate) hash: u128,
    /// Whether nothing in it was refused.
    pub(crate) whole: bool,
}

/// Whether two definitions whose docs differ mean the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Docs {
    Meant,
    Ignored,
}

impl Docs {
    fn are_alike(self, left: &Option<String>, right: &Option<String>) -> bool {
        self == Self::Ignored || left == right
    }
}

impl RawNamed {
    /// All that it says to people.
    pub(super) fn docs(&self) -> String {
        let mut docs = self.doc.clone().unwrap_or_default();
        if let RawNamedKind::Record(fields) = &self.kind {
            for field in fields {
                docs.push('\n');
                docs += field.doc.as_deref().unwrap_or_default();
            }
        }
        docs
    }

    /// Whether both mean the same, wherever they are and however they are written.
    pub(super) fn means(&self, other: &Self, docs: Docs) -> bool {
        let kinds = match (&self.kind, &other.kind) {
            (RawNamedKind::Record(left), RawNamedKind::Record(right)) => {
                left.len() == right.len() && left.iter().zip(right).all(|(left, right)| left.means(right, docs))
            }
            (left, right) => left == right,
        };
        // What the words of a logical type say is in its kind, however they say it: a scale of 0 is the same as none.
        let logical = matches!(self.kind, RawNamedKind::Fixed { logical: Some(_), .. });
        let properties = |named: &Self| -> Vec<(String, Json)> {
            let own = |key: &str| !logical || !LOGICAL_KEYS.contains(&key);
            named.properties.iter().filter(|(key, _)| own(key)).cloned().collect()
        };
        kinds
            && docs.are_alike(&self.doc, &other.doc)
            && self.aliases == other.aliases
            && same_properties(&properties(self), &properties(other))
    }
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum RawNamedKind {
    Record(Vec<RawField>),
    Enum { symbols: Vec<String>, default: Option<usize> },
    Fixed { size: usize, logical: Option<FixedLogical> },
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct RawField {
    pub(crate) name: String,
    pub(crate) doc: Option<String>,
    pub(crate) aliases: Vec<String>,
    pub(crate) ty: RawType,
    pub(crate) annotations: Annotations,
    pub(crate) default: Option<Json>,
    pub(crate) order: Option<String>,
    pub(crate) properties: Vec<(String, Json)>,
    pub(crate) origin: Origin,
}

impl RawField {
    /// Properties of types without a name are no part of it: Java's tools add some to copies of a schema.
    fn means(&self, other: &Self, docs: Docs) -> bool {
        let defaults = match (&self.default, &other.default) {
            (Some(left), Some(right)) => same(left, right),
            (left, right) => left.is_none() && right.is_none(),
        };
        defaults
            && self.name == other.name
            && docs.are_alike(&self.doc, &other.doc)
            && self.aliases == other.aliases
            && self.ty.means(&other.ty)
            && self.is_ordered_as(other)
            && same_properties(&self.properties, &other.properties)
    }
}

impl RawField {
    /// In any case, as it is read; where it is left out it is ascending.
    fn is_ordered_as(&self, other: &Self) -> bool {
        let order = |field: &'_ Self| field.order.as_deref().unwrap_or("ascending").to_ascii_lowercase();
        order(self) == order(other)
    }
}

impl RawType {
    fn means(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Array(left), Self::Array(right)) | (Self::Map(left), Self::Map(right)) => left.means(right),
            (Self::Union(left), Self::Union(right)) => {
                left.len() == right.len() && left.iter().zip(right).all(|(left, right)| left.means(right))
            }
            (Self::Reference { full: left, .. }, Self::Reference { full: right, .. }) => left == right,
            (left, right) => left == right,
        }
    }
}

/// Whether two values are the same but for the order of keys.
fn same(left: &Json, right: &Json) -> bool {
    match (left, right) {
        (Json::Object(left), Json::Object(right)) => same_properties(left, right),
        // What is no number is the same as itself, and a zero has a sign.
        (Json::Float(left), Json::Float(right)) => left.to_bits() == right.to_bits(),
        (Json::Array(left), Json::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| same(left, right))
        }
        (left, right) => left == right,
    }
}

fn same_properties(left: &[(String, Json)], right: &[(String, Json)]) -> bool {
    let right_by_key: ByName<_> = right.iter().map(|(key, value)| (key.clone(), value)).collect();
    left.len() == right.len()
        && left
            .iter()
            .all(|(key, value)| right_by_key.get(key).is_some_and(|other| same(value, other)))
}
