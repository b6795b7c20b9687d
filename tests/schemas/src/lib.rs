//! Random schemas: all that the specification's "Schema Declaration" has, as text that apache-avro takes too; and random versions of a schema, with
//! random values, which need nobody's Avro.

#![deny(warnings, missing_docs)]
#![forbid(unsafe_code)]

use std::fmt::Write as _;

use rand::RngExt as _;
use rand::rngs::StdRng;

pub mod model;
mod values;
mod versions;

pub use values::Value;
pub use versions::{reader, version};

/// A random schema, whole and strict. Some of them have no value that ends.
#[must_use]
pub fn random(random: &mut StdRng) -> String {
    Draw::new(random).whole()
}

/// Deeper than this, types are primitive.
const DEPTH: u32 = 5;

const NAMESPACES: [&str; 4] = ["", "a", "a.b", "com.acme.events_2"];

const PRIMITIVES: [&str; 8] = ["null", "boolean", "int", "long", "float", "double", "bytes", "string"];

/// Logical types by what they stand on.
const LOGICAL: [(&str, &str); 13] = [
    ("int", "date"),
    ("int", "time-millis"),
    ("long", "time-micros"),
    ("long", "timestamp-millis"),
    ("long", "timestamp-micros"),
    ("long", "timestamp-nanos"),
    ("long", "local-timestamp-millis"),
    ("long", "local-timestamp-micros"),
    ("long", "local-timestamp-nanos"),
    ("string", "uuid"),
    ("bytes", "decimal"),
    ("bytes", "big-decimal"),
    ("string", OF_NOBODY),
];

/// A logical type that nobody knows.
const OF_NOBODY: &str = "of-nobody";

/// A type that is drawn.
struct Draw<'a> {
    random: &'a mut StdRng,
    /// Full names of enums, fixed and records that are whole.
    defined: Vec<String>,
    /// Full names of the records that are being drawn.
    open: Vec<String>,
    /// How many more types that hold others.
    left: u32,
}

impl<'a> Draw<'a> {
    fn new(random: &'a mut StdRng) -> Self {
        Self {
            random,
            defined: Vec::new(),
            open: Vec::new(),
            left: 40,
        }
    }

    fn below(&mut self, end: usize) -> usize {
        self.random.random_range(0..end)
    }

    fn one_of<'t>(&mut self, list: &[&'t str]) -> &'t str {
        let place = self.below(list.len());
        list[place]
    }

    fn whole(&mut self) -> String {
        match self.below(4) {
            0 => self.ty("", 0),
            1 => self.union("", 0),
            _ => self.record("", 0),
        }
    }

    /// Any type, within a namespace.
    fn ty(&mut self, namespace: &str, depth: u32) -> String {
        match self.below(12) {
            0 => self.union(namespace, depth),
            _ => self.no_union(namespace, depth).1,
        }
    }

    /// A type that is no union, and what it is to one: no union has two of the same.
    fn no_union(&mut self, namespace: &str, depth: u32) -> (String, String) {
        let holds = depth < DEPTH && self.left > 0;
        match self.below(if holds { 14 } else { 8 }) {
            0..=3 => {
                let name = self.one_of(&PRIMITIVES);
                (name.to_owned(), format!("\"{name}\""))
            }
            4 | 5 => self.logical(),
            6 => self.reference(namespace),
            7 => {
                let before = self.defined.len();
                let text = match self.below(2) {
                    0 => self.enumeration(namespace),
                    _ => self.fixed(namespace),
                };
                (self.defined[before].clone(), text)
            }
            8 | 9 => {
                self.left -= 1;
                let items = self.ty(namespace, depth + 1);
                ("array".to_owned(), format!(r#"{{"type": "array", "items": {items}}}"#))
            }
            10 | 11 => {
                self.left -= 1;
                let values = self.ty(namespace, depth + 1);
                ("map".to_owned(), format!(r#"{{"type": "map", "values": {values}}}"#))
            }
            _ => {
                let text = self.record(namespace, depth + 1);
                (self.defined.last().expect("the record itself").clone(), text)
            }
        }
    }

    fn logical(&mut self) -> (String, String) {
        let place = self.below(LOGICAL.len());
        let (on, name) = LOGICAL[place];
        let text = match name {
            "decimal" => {
                let precision = 1 + self.below(40);
                let scale = self.below(precision + 1);
                format!(r#"{{"type": "bytes", "logicalType": "decimal", "precision": {precision}, "scale": {scale}}}"#)
            }
            _ => format!(r#"{{"type": "{on}", "logicalType": "{name}"}}"#),
        };
        (on.to_owned(), text)
    }

    /// A name of a type that is known; its unqualified one, where that means it.
    fn reference(&mut self, namespace: &str) -> (String, String) {
        let known: Vec<String> = self.defined.iter().chain(&self.open).cloned().collect();
        // Within a namespace, a name without a dot is one of it, and not of none.
        let said: Vec<_> = known
            .into_iter()
            .filter(|full| namespace.is_empty() || full.contains('.'))
            .collect();
        if said.is_empty() {
            return ("string".to_owned(), r#""string""#.to_owned());
        }
        let place = self.below(said.len());
        let full = said[place].clone();
        let short = match full.rsplit_once('.') {
            Some((space, name)) if space == namespace && self.below(2) == 0 => name,
            _ => &full,
        };
        let text = format!("\"{short}\"");
        (full, text)
    }

    /// The name and the properties that name a new type, and the namespace within it.
    fn name(&mut self, namespace: &str, kind: &str) -> (String, String, String) {
        let number = self.defined.len() + self.open.len();
        let name = format!("{kind}{number}");
        let (own, mut text) = match self.below(4) {
            0 | 1 => (namespace.to_owned(), format!(r#""name": "{name}""#)),
            2 => {
                // Avro has no way back to the null namespace that all its readers know.
                let own = self.one_of(if namespace.is_empty() { &NAMESPACES } else { &NAMESPACES[1..] });
                (own.to_owned(), format!(r#""name": "{name}", "namespace": "{own}""#))
            }
            _ => {
                let own = self.one_of(&NAMESPACES[1..]);
                (own.to_owned(), format!(r#""name": "{own}.{name}""#))
            }
        };
        if self.below(4) == 0 {
            text += r#", "doc": "of \"no\" meaning""#;
        }
        if self.below(6) == 0 {
            _ = write!(text, r#", "aliases": ["Old{number}", "x.Old{number}"]"#);
        }
        let full = if own.is_empty() { name } else { format!("{own}.{name}") };
        (full, text, own)
    }

    fn enumeration(&mut self, namespace: &str) -> String {
        let (full, name, _) = self.name(namespace, "Enum");
        let count = [1, 2, 3, 70][self.below(4)];
        let symbols: Vec<_> = (0..count).map(|number| format!("\"S{number}\"")).collect();
        let default = if self.below(3) == 0 { r#", "default": "S0""# } else { "" };
        self.defined.push(full);
        format!(r#"{{"type": "enum", {name}, "symbols": [{}]{default}}}"#, symbols.join(", "))
    }

    fn fixed(&mut self, namespace: &str) -> String {
        let (full, name, _) = self.name(namespace, "Fixed");
        self.defined.push(full);
        match self.below(6) {
            0 => format!(r#"{{"type": "fixed", {name}, "size": 12, "logicalType": "duration"}}"#),
            1 => format!(r#"{{"type": "fixed", {name}, "size": 16, "logicalType": "uuid"}}"#),
            2 => format!(r#"{{"type": "fixed", {name}, "size": 9, "logicalType": "decimal", "precision": 20, "scale": 3}}"#),
            _ => {
                let size = [1, 2, 8, 40][self.below(4)];
                format!(r#"{{"type": "fixed", {name}, "size": {size}}}"#)
            }
        }
    }

    fn record(&mut self, namespace: &str, depth: u32) -> String {
        self.left = self.left.saturating_sub(1);
        let (full, name, own) = self.name(namespace, "Record");
        self.open.push(full.clone());
        let most = if depth == 0 { 8 } else { 5 };
        let count = usize::from(depth == 0) + self.below(most);
        let fields: Vec<_> = (0..count).map(|number| self.field(&own, number, depth)).collect();
        self.open.pop();
        self.defined.push(full);
        format!(r#"{{"type": "record", {name}, "fields": [{}]}}"#, fields.join(", "))
    }

    fn field(&mut self, namespace: &str, number: usize, depth: u32) -> String {
        let (ty, default) = match self.below(8) {
            0 => (r#"["null", "string"]"#.to_owned(), ", \"default\": null"),
            1 => (r#""long""#.to_owned(), ", \"default\": -9007199254740993"),
            2 => (r#""bytes""#.to_owned(), r#", "default": "\u00ff\u0000""#),
            _ => (self.ty(namespace, depth), ""),
        };
        let doc = if self.below(6) == 0 { r#", "doc": "what it is""# } else { "" };
        let order = if self.below(8) == 0 { r#", "order": "ignore""# } else { "" };
        format!(r#"{{"name": "f{number}", "type": {ty}{default}{doc}{order}}}"#)
    }

    fn union(&mut self, namespace: &str, depth: u32) -> String {
        let mut kinds: Vec<String> = Vec::new();
        let mut branches = Vec::new();
        for _ in 0..1 + self.below(5) {
            let (kind, text) = self.no_union(namespace, depth + 1);
            // A type that is defined here is needed where it is referred to, so that it is never drawn twice.
            if !kinds.contains(&kind) {
                kinds.push(kind);
                branches.push(text);
            } else if text.starts_with('{') && text.contains(r#""name""#) {
                // Types within it may be referred to from now on: the branch stays, behind a kind of its own.
                let number = self.defined.len();
                let name = format!("Holds{number}");
                let full = if namespace.is_empty() {
                    name.clone()
                } else {
                    format!("{namespace}.{name}")
                };
                branches.push(format!(
                    r#"{{"type": "record", "name": "{name}", "fields": [{{"name": "it", "type": {text}}}]}}"#
                ));
                self.defined.push(full.clone());
                kinds.push(full);
            }
        }
        format!("[{}]", branches.join(", "))
    }
}
