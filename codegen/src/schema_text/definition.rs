//! A type's definition: its own text, and where those of other types stand in it.

use std::fmt::Write as _;

use crate::avro::{Json, primitive_name, quoted};
use crate::model::{Annotations, FixedLogical, Logical, Model, Named, Type, TypeId};

/// How much of a schema is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// All that the schema says.
    Whole,
    /// The Parsing Canonical Form.
    Canonical,
    /// The canonical form with logical types.
    Layout,
}

/// The text of a definition without those within it.
#[derive(Debug, Default)]
pub(crate) struct Definition {
    /// The full name, quoted: what it is spoken of by; empty of what has none.
    pub(crate) name: String,
    text: String,
    /// Where a namespace is stated that is not the one around.
    head: usize,
    /// How it is stated; empty in forms that write full names.
    pub(crate) namespace: String,
    /// Where other types stand, in their order.
    types: Vec<(usize, TypeId)>,
}

impl Definition {
    /// That of a named type.
    pub(crate) fn of(model: &Model, form: Form, id: TypeId) -> Self {
        let mut writer = Writer {
            form,
            definition: Self::default(),
        };
        let named = model.named(id);
        writer.named(named);
        writer.definition.name = quoted(&named.name().full());
        writer.definition
    }

    /// That of what has no name, in the null namespace.
    pub(crate) fn of_type(form: Form, ty: &Type, annotations: &Annotations) -> Self {
        let mut writer = Writer {
            form,
            definition: Self::default(),
        };
        writer.definition.namespace = writer.namespace("");
        writer.ty(ty, annotations);
        writer.definition
    }

    /// What stands before the namespace.
    pub(crate) fn head(&self) -> &str {
        &self.text[..self.head]
    }

    /// Each type within it, with the text before.
    pub(crate) fn types(&self) -> impl Iterator<Item = (&str, TypeId)> {
        let starts = std::iter::once(self.head).chain(self.types.iter().map(|(at, _)| *at));
        starts.zip(&self.types).map(|(start, (at, id))| (&self.text[start..*at], *id))
    }

    /// What stands behind the last of them.
    pub(crate) fn end(&self) -> &str {
        &self.text[self.types.last().map_or(self.head, |(at, _)| *at)..]
    }

    /// How long it is, but for the types within.
    pub(crate) fn len(&self) -> usize {
        self.text.len() + self.namespace.len()
    }
}

struct Writer {
    form: Form,
    definition: Definition,
}

impl Writer {
    fn whole(&self) -> bool {
        self.form == Form::Whole
    }

    fn push(&mut self, text: &str) {
        self.definition.text.push_str(text);
    }

    fn push_quoted(&mut self, before: &str, text: &str) {
        self.push(before);
        self.push(&quoted(text));
    }

    fn namespace(&self, namespace: &str) -> String {
        if self.whole() {
            format!(r#","namespace":{}"#, quoted(namespace))
        } else {
            String::new()
        }
    }

    fn ty(&mut self, ty: &Type, annotations: &Annotations) {
        match ty {
            Type::Array(inner) | Type::Map(inner) => {
                self.push(match ty {
                    Type::Array(_) => r#"{"type":"array","items":"#,
                    _ => r#"{"type":"map","values":"#,
                });
                self.ty(inner, annotations.at(0));
                if self.whole() {
                    self.properties(&annotations.properties);
                }
                self.push("}");
            }
            Type::Nullable { null_first, inner } => {
                self.push(if *null_first { r#"["null","# } else { "[" });
                self.ty(inner, annotations.at(usize::from(*null_first)));
                self.push(if *null_first { "]" } else { r#","null"]"# });
            }
            Type::Union(union) => {
                self.push("[");
                for (place, branch) in union.branches.iter().enumerate() {
                    if place > 0 {
                        self.push(",");
                    }
                    self.ty(branch, annotations.at(place));
                }
                self.push("]");
            }
            Type::Named(id) | Type::Boxed(id) => self.definition.types.push((self.definition.text.len(), *id)),
            Type::Logical(logical) if self.form == Form::Layout => {
                let (name, logical) = (primitive_name(ty), logical_json(*logical));
                _ = write!(self.definition.text, r#"{{"type":"{name}","logicalType":{logical}}}"#);
            }
            primitive => {
                let name = primitive_name(primitive);
                // Of a logical type its words are among them.
                if self.whole() && !annotations.properties.is_empty() {
                    _ = write!(self.definition.text, r#"{{"type":"{name}""#);
                    self.properties(&annotations.properties);
                    self.push("}");
                } else {
                    _ = write!(self.definition.text, "\"{name}\"");
                }
            }
        }
    }

    fn named(&mut self, named: &Named) {
        let (kind, doc, aliases, properties) = match named {
            Named::Record(record) => ("record", &record.doc, &record.aliases, &record.properties),
            Named::Enum(enumeration) => ("enum", &enumeration.doc, &enumeration.aliases, &enumeration.properties),
            Named::Fixed(fixed) => ("fixed", &fixed.doc, &fixed.aliases, &fixed.properties),
        };
        self.definition.namespace = self.namespace(&named.name().namespace());
        if self.whole() {
            _ = write!(
                self.definition.text,
                r#"{{"type":"{kind}","name":{}"#,
                quoted(&named.name().ident.avro)
            );
            self.definition.head = self.definition.text.len();
            self.doc_and_aliases(doc.as_deref(), aliases);
        } else {
            _ = write!(self.definition.text, r#"{{"name":{},"type":"{kind}""#, quoted(&named.name().full()));
            self.definition.head = self.definition.text.len();
        }
        match named {
            Named::Record(record) => {
                self.push(r#","fields":["#);
                for (place, field) in record.fields.iter().enumerate() {
                    self.push_quoted(if place > 0 { r#",{"name":"# } else { r#"{"name":"# }, &field.name.avro);
                    if self.whole() {
                        self.doc_and_aliases(field.doc.as_deref(), &field.aliases);
                    }
                    self.push(r#","type":"#);
                    self.ty(&field.ty, &field.annotations);
                    if self.whole() {
                        if let Some(default) = &field.default {
                            _ = write!(self.definition.text, r#","default":{default}"#);
                        }
                        if let Some(order) = &field.order {
                            self.push_quoted(r#","order":"#, order);
                        }
                        self.properties(&field.properties);
                    }
                    self.push("}");
                }
                self.push("]");
            }
            Named::Enum(enumeration) => {
                self.push(r#","symbols":["#);
                for (place, symbol) in enumeration.symbols.iter().enumerate() {
                    self.push_quoted(if place > 0 { "," } else { "" }, &symbol.avro);
                }
                self.push("]");
                if let Some(default) = enumeration.default.filter(|_| self.whole()) {
                    self.push_quoted(r#","default":"#, &enumeration.symbols[default].avro);
                }
            }
            Named::Fixed(fixed) => {
                _ = write!(self.definition.text, r#","size":{}"#, fixed.size);
                // Of the whole schema its words are among the properties.
                if let Some(logical) = fixed.logical.filter(|_| self.form == Form::Layout) {
                    let logical = match logical {
                        FixedLogical::Uuid => "\"uuid\"".to_owned(),
                        FixedLogical::Duration => "\"duration\"".to_owned(),
                        FixedLogical::Decimal { precision, scale } => {
                            format!(r#""decimal","precision":{precision},"scale":{scale}"#)
                        }
                    };
                    _ = write!(self.definition.text, r#","logicalType":{logical}"#);
                }
            }
        }
        if self.whole() {
            self.properties(properties);
        }
        self.push("}");
    }

    fn doc_and_aliases(&mut self, doc: Option<&str>, aliases: &[String]) {
        if let Some(doc) = doc {
            self.push_quoted(r#","doc":"#, doc);
        }
        if !aliases.is_empty() {
            let aliases = Json::Array(aliases.iter().cloned().map(Json::String).collect());
            _ = write!(self.definition.text, r#","aliases":{aliases}"#);
        }
    }

    fn properties(&mut self, properties: &[(String, Json)]) {
        for (key, value) in properties {
            self.push_quoted(",", key);
            _ = write!(self.definition.text, ":{value}");
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
