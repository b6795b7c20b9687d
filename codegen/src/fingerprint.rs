//! A type's schema as text, its fingerprint, and a hash of its layout.
//!
//! Of the specification's three fingerprints CRC-64-AVRO is what messages carry; [`md5`] and [`sha256`] of the canonical form are the others.
//!
//! ```
//! use kafka_event_codegen::fingerprint::{canonical_form, fingerprint, md5, sha256};
//!
//! let schema = r#"{"type": "fixed", "name": "foo", "size": 15, "doc": "Left out."}"#;
//! let (contract, id) = kafka_event_codegen::load_text("foo", schema)?;
//! let form = canonical_form(&contract.model, id);
//! assert_eq!(form, r#"{"name":"foo","type":"fixed","size":15}"#);
//! assert_eq!(fingerprint(&contract.model, id), 1_756_455_273_707_447_556);
//! assert_eq!(md5(form.as_bytes())[..4], [0xb0, 0xcf, 0x92, 0x27]);
//! assert_eq!(sha256(form.as_bytes())[..4], [0x80, 0x24, 0x28, 0xb3]);
//! # Ok::<_, kafka_event_codegen::Report>(())
//! ```

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::avro::{Json, primitive_name, quoted};
pub use crate::digest::{md5, sha256};
use crate::limits;
use crate::model::{Annotations, Field, FixedLogical, Logical, Model, Named, Type, TypeId, Union};

/// The schema of a named type or a root: strict, self-contained JSON with docs, defaults, aliases, logical types, order and properties.
#[must_use]
pub fn schema_json(model: &Model, id: TypeId) -> String {
    write(model, id, Form::Whole)
}

/// The schema of what a field holds, as [`schema_json`] has it within the record's.
#[must_use]
pub fn field_json(model: &Model, field: &Field) -> String {
    let mut writer = SchemaWriter::new(model, Form::Whole);
    writer.ty(&field.ty, &field.annotations, "");
    writer.text
}

/// The schema of a type in Parsing Canonical Form (specification, "Transforming into Parsing Canonical Form").
#[must_use]
pub fn canonical_form(model: &Model, id: TypeId) -> String {
    write(model, id, Form::Canonical)
}

/// The CRC-64-AVRO fingerprint of a type's canonical form (specification, "Schema Fingerprints").
#[must_use]
pub fn fingerprint(model: &Model, id: TypeId) -> u64 {
    crc64(canonical_form(model, id).as_bytes())
}

/// A hash of all that the meaning of a type's encoding depends on: the canonical form, and what it leaves out of logical types.
///
/// Where two types have the same, the decoder of one reads the other's bytes rightly.
#[must_use]
pub fn layout_hash(model: &Model, id: TypeId) -> u64 {
    crc64(write(model, id, Form::Layout).as_bytes())
}

/// The same of a union.
#[must_use]
pub fn union_layout_hash(model: &Model, union: &Union) -> u64 {
    let mut writer = SchemaWriter::new(model, Form::Layout);
    writer.ty(&Type::Union(Box::new(union.clone())), &Annotations::default(), "");
    crc64(writer.text.as_bytes())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// All that the schema says.
    Whole,
    /// The canonical form.
    Canonical,
    /// The canonical form with logical types.
    Layout,
}

/// How long the schema of a type or a root is, and how deep its definitions nest; little beyond `most` bytes are counted.
pub(crate) fn schema_size(model: &Model, id: TypeId, most: usize) -> (usize, usize) {
    let mut writer = SchemaWriter::new(model, Form::Whole);
    writer.most = most;
    writer.whole_of(id);
    (writer.text.len(), writer.deepest)
}

fn write(model: &Model, id: TypeId, form: Form) -> String {
    let mut writer = SchemaWriter::new(model, form);
    writer.whole_of(id);
    writer.text
}

struct SchemaWriter<'m> {
    model: &'m Model,
    form: Form,
    text: String,
    /// Types that are written already, and are now spoken of by name.
    seen: BTreeSet<TypeId>,
    /// How many definitions are being written, one within the other.
    depth: usize,
    /// How many there were at the most.
    deepest: usize,
    /// No more text than this is written, or little more.
    most: usize,
}

impl<'m> SchemaWriter<'m> {
    fn new(model: &'m Model, form: Form) -> Self {
        Self {
            model,
            form,
            text: String::new(),
            seen: BTreeSet::new(),
            depth: 0,
            deepest: 0,
            most: usize::MAX,
        }
    }

    /// The schema of a named type or a root.
    fn whole_of(&mut self, id: TypeId) {
        match self.model.root(id) {
            Some(root) => self.ty(&root.ty, &root.annotations, ""),
            None => self.named(id, ""),
        }
    }

    fn whole(&self) -> bool {
        self.form == Form::Whole
    }

    fn ty(&mut self, ty: &Type, annotations: &Annotations, namespace: &str) {
        match ty {
            Type::Array(inner) | Type::Map(inner) => {
                self.text.push_str(match ty {
                    Type::Array(_) => r#"{"type":"array","items":"#,
                    _ => r#"{"type":"map","values":"#,
                });
                self.ty(inner, annotations.at(0), namespace);
                if self.whole() {
                    self.properties(&annotations.properties);
                }
                self.text.push('}');
            }
            Type::Nullable { null_first, inner } => {
                self.text.push_str(if *null_first { r#"["null","# } else { "[" });
                self.ty(inner, annotations.at(usize::from(*null_first)), namespace);
                self.text.push_str(if *null_first { "]" } else { r#","null"]"# });
            }
            Type::Union(union) => {
                self.text.push('[');
                for (place, branch) in union.branches.iter().enumerate() {
                    if place > 0 {
                        self.text.push(',');
                    }
                    self.ty(branch, annotations.at(place), namespace);
                }
                self.text.push(']');
            }
            Type::Named(id) | Type::Boxed(id) => self.named(*id, namespace),
            Type::Logical(logical) if self.form == Form::Layout => {
                let (name, logical) = (primitive_name(ty), logical_json(*logical));
                _ = write!(self.text, r#"{{"type":"{name}","logicalType":{logical}}}"#);
            }
            primitive => {
                let name = primitive_name(primitive);
                // Of a logical type its words are among them.
                if self.whole() && !annotations.properties.is_empty() {
                    _ = write!(self.text, r#"{{"type":"{name}""#);
                    self.properties(&annotations.properties);
                    self.text.push('}');
                } else {
                    _ = write!(self.text, "\"{name}\"");
                }
            }
        }
    }

    fn named(&mut self, id: TypeId, namespace: &str) {
        let named = self.model.named(id);
        let full = named.name().full();
        let is_new = self.seen.insert(id);
        if is_new {
            self.deepest = self.deepest.max(self.depth + 1);
        }
        // Deeper ones are refused, and the stack has its end.
        if !is_new || self.depth >= limits::NESTED_DEFINITIONS || self.text.len() > self.most {
            // A name without a dot takes the namespace around it: one of the null namespace cannot be said within another, and no
            // valid schema needs it said, since it could not be read back.
            self.text.push_str(&quoted(&full));
            return;
        }
        self.depth += 1;
        self.definition(named, namespace, &full);
        self.depth -= 1;
    }

    fn definition(&mut self, named: &Named, namespace: &str, full: &str) {
        let inner_namespace = named.name().namespace();
        let (kind, doc, aliases, properties) = match named {
            Named::Record(record) => ("record", &record.doc, &record.aliases, &record.properties),
            Named::Enum(enumeration) => ("enum", &enumeration.doc, &enumeration.aliases, &enumeration.properties),
            Named::Fixed(fixed) => ("fixed", &fixed.doc, &fixed.aliases, &fixed.properties),
        };
        if self.whole() {
            _ = write!(self.text, r#"{{"type":"{kind}","name":{}"#, quoted(&named.name().ident.avro));
            if inner_namespace != namespace {
                _ = write!(self.text, r#","namespace":{}"#, quoted(&inner_namespace));
            }
            self.doc_and_aliases(doc.as_deref(), aliases);
        } else {
            _ = write!(self.text, r#"{{"name":{},"type":"{kind}""#, quoted(full));
        }
        match named {
            Named::Record(record) => {
                self.text.push_str(r#","fields":["#);
                for (place, field) in record.fields.iter().enumerate() {
                    _ = write!(
                        self.text,
                        r#"{}{{"name":{}"#,
                        if place > 0 { "," } else { "" },
                        quoted(&field.name.avro)
                    );
                    if self.whole() {
                        self.doc_and_aliases(field.doc.as_deref(), &field.aliases);
                    }
                    self.text.push_str(r#","type":"#);
                    self.ty(&field.ty, &field.annotations, &inner_namespace);
                    if self.whole() {
                        if let Some(default) = &field.default {
                            _ = write!(self.text, r#","default":{default}"#);
                        }
                        if let Some(order) = &field.order {
                            _ = write!(self.text, r#","order":{}"#, quoted(order));
                        }
                        self.properties(&field.properties);
                    }
                    self.text.push('}');
                }
                self.text.push(']');
            }
            Named::Enum(enumeration) => {
                self.text.push_str(r#","symbols":["#);
                for (place, symbol) in enumeration.symbols.iter().enumerate() {
                    _ = write!(self.text, "{}{}", if place > 0 { "," } else { "" }, quoted(&symbol.avro));
                }
                self.text.push(']');
                if let Some(default) = enumeration.default.filter(|_| self.whole()) {
                    _ = write!(self.text, r#","default":{}"#, quoted(&enumeration.symbols[default].avro));
                }
            }
            Named::Fixed(fixed) => {
                _ = write!(self.text, r#","size":{}"#, fixed.size);
                // Of the whole schema its words are among the properties.
                if let Some(logical) = fixed.logical.filter(|_| self.form == Form::Layout) {
                    let logical = match logical {
                        FixedLogical::Uuid => "\"uuid\"".to_owned(),
                        FixedLogical::Duration => "\"duration\"".to_owned(),
                        FixedLogical::Decimal { precision, scale } => {
                            format!(r#""decimal","precision":{precision},"scale":{scale}"#)
                        }
                    };
                    _ = write!(self.text, r#","logicalType":{logical}"#);
                }
            }
        }
        if self.whole() {
            self.properties(properties);
        }
        self.text.push('}');
    }

    fn doc_and_aliases(&mut self, doc: Option<&str>, aliases: &[String]) {
        if let Some(doc) = doc {
            _ = write!(self.text, r#","doc":{}"#, quoted(doc));
        }
        if !aliases.is_empty() {
            let aliases = Json::Array(aliases.iter().cloned().map(Json::String).collect());
            _ = write!(self.text, r#","aliases":{aliases}"#);
        }
    }

    fn properties(&mut self, properties: &[(String, Json)]) {
        for (key, value) in properties {
            _ = write!(self.text, ",{}:{value}", quoted(key));
        }
    }
}

fn logical_json(logical: Logical) -> String {
    let name = logical.avro_name();
    match logical {
        Logical::Decimal { precision, scale } => format!(r#""{name}","precision":{precision},"scale":{scale}"#),
        _ => format!(r#""{name}""#),
    }
}

/// The specification's empty fingerprint, which is its polynomial too.
const EMPTY: u64 = 0xc15d_213a_a4d7_a795;

const TABLE: [u64; 256] = {
    let mut table = [0; 256];
    let mut index = 0;
    while index < 256 {
        let mut fingerprint = index as u64;
        let mut bit = 0;
        while bit < 8 {
            fingerprint = (fingerprint >> 1) ^ (EMPTY & (fingerprint & 1).wrapping_neg());
            bit += 1;
        }
        table[index] = fingerprint;
        index += 1;
    }
    table
};

/// CRC-64-AVRO (Rabin).
#[must_use]
pub fn crc64(bytes: &[u8]) -> u64 {
    bytes.iter().fold(EMPTY, |fingerprint, byte| {
        (fingerprint >> 8) ^ TABLE[((fingerprint ^ u64::from(*byte)) & 0xff) as usize]
    })
}
