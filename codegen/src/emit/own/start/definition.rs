//! A struct as a record, an enum as an enum.

use super::carried::{At, Open, object, text};
use super::key::Candidate;
use super::set::{Set, avro_name};
use super::shape::{Shape, spelled_type};
use super::{StartNote, StartType, plain};
use crate::avro::Json;
use crate::emit::own::input::{OwnError, OwnField, OwnRecord, OwnWord};
use crate::emit::own::matching::Naming;

impl Set<'_> {
    /// The definition of one of the types, within a namespace.
    pub(super) fn definition(&mut self, item: usize, enclosing: &str) -> Json {
        self.defined.insert(item);
        let known = &self.items[item];
        let (kind, namespace) = match known.ty {
            StartType::Enum(..) => ("enum", known.namespace.clone()),
            _ => ("record", known.namespace.clone()),
        };
        let mut entries = vec![("type", text(kind)), ("name", text(&known.avro))];
        if namespace != enclosing {
            entries.push(("namespace", text(&namespace)));
        }
        entries.extend(known.this().doc.as_deref().map(|doc| ("doc", text(doc))));
        match known.ty {
            StartType::Record(..) => entries.push(("fields", self.fields(item, &namespace))),
            StartType::Enum(..) => entries.push(("symbols", self.symbols(item))),
            StartType::Newtype(..) | StartType::Events(..) | StartType::Marker(..) => {}
        }
        object(&entries)
    }

    fn fields(&mut self, item: usize, namespace: &str) -> Json {
        let record = self.items[item].avro.clone();
        let (mut fields, mut candidates, mut names) = (Vec::new(), Vec::new(), Vec::new());
        for item in self.defining(item) {
            let StartType::Record(_, own) = self.items[item].ty else { continue };
            let naming = self.naming(own.rename_all.as_ref());
            let before = self.generated(item, &names);
            for field in own.fields.iter().filter(|field| !field.skip) {
                if self.is_among(item, naming, (&field.name, field.rename.as_ref()), &before) {
                    continue;
                }
                let wanted = naming.wanted(&field.name, field.rename.as_ref());
                let name = self.name(&wanted, &mut names, "a field");
                let at = At {
                    item,
                    namespace,
                    names: [&record, &name],
                    newtypes: 0,
                };
                let mut open = Open::default();
                let ty = self.field_type(field, at, &mut open);
                let is_key = open.choices.is_empty() && self.is_key(&ty, namespace);
                candidates.push(Candidate::new(self, field, &name, &ty, is_key));
                self.tell(own, field, &open);
                fields.push(entries_of(&name, ty, doc(field, &open).as_deref()));
            }
        }
        self.candidates.insert(item, candidates);
        Json::Array(fields)
    }

    fn field_type(&mut self, field: &OwnField, at: At<'_>, open: &mut Open) -> Json {
        match &field.with {
            Some(with) => open.text(&format!(
                "`{}::to_avro` says what carries it: write that Avro type",
                spelled_type(with)
            )),
            None => self.carried(&Shape::of(&field.ty), at, open),
        }
    }

    /// Notes of a field's type.
    fn tell(&mut self, own: &OwnRecord, field: &OwnField, open: &Open) {
        let (this, name) = (plain(&own.this.name), plain(&field.name));
        let ty = spelled_type(&field.ty);
        let choices = open.choices.iter().map(|what| (what, true));
        for (what, is_in_doc) in choices.chain(open.remarks.iter().map(|what| (what, false))) {
            self.notes.push(StartNote {
                span: field.span,
                message: format!("`{this}.{name}: {ty}`: {what}"),
                is_in_doc,
            });
        }
    }

    fn symbols(&mut self, item: usize) -> Json {
        let (mut symbols, mut names) = (Vec::new(), Vec::new());
        for item in self.defining(item) {
            let StartType::Enum(_, own) = self.items[item].ty else { continue };
            let naming = self.naming(own.rename_all.as_ref());
            let before = self.generated(item, &names);
            // What stands for all others is none of them.
            for variant in own.variants.iter().filter(|variant| variant.other.is_none()) {
                if let Some(held) = &variant.ty {
                    let message = format!(
                        "`{}::{}` holds something, and a symbol of Avro's holds nothing\nhelp: take what it holds away; or write a struct with a field for each variant, each an `Option`",
                        plain(&own.this.name),
                        plain(&variant.name)
                    );
                    self.errors.push(OwnError::new(held.span, message));
                }
                if self.is_among(item, naming, (&variant.name, variant.rename.as_ref()), &before) {
                    continue;
                }
                let wanted = naming.wanted(&variant.name, variant.rename.as_ref());
                symbols.push(text(&self.name(&wanted, &mut names, "a symbol")));
            }
        }
        if symbols.is_empty() {
            let message = "an enum of Avro's has a symbol at least\nhelp: add a variant";
            self.errors.push(OwnError::new(self.items[item].this().name.span(), message));
        }
        Json::Array(symbols)
    }

    fn naming(&mut self, rename_all: Option<&OwnWord>) -> Naming {
        Naming::of(rename_all).unwrap_or_else(|error| {
            self.errors.push(error);
            Naming::default()
        })
    }

    /// A name that Avro takes and that no other has.
    fn name(&mut self, wanted: &OwnWord, names: &mut Vec<String>, what: &str) -> String {
        let mut name = avro_name(&wanted.text);
        while names.contains(&name) {
            name.push('_');
        }
        if name != wanted.text {
            let message = format!(
                "`{}` cannot be the name of {what} in Avro, or is another's: `{name}` stands for it, and `#[kafka(rename = \"{name}\")]` says so",
                wanted.text
            );
            self.note(wanted.span, message);
        }
        names.push(name.clone());
        name
    }
}

/// A field of a record.
fn entries_of(name: &str, ty: Json, doc: Option<&str>) -> Json {
    let is_optional = matches!(ty, Json::Array(_));
    let mut entries = vec![("name", text(name)), ("type", ty)];
    if is_optional {
        entries.push(("default", Json::Null));
    }
    entries.extend(doc.map(|doc| ("doc", text(doc))));
    object(&entries)
}

/// What the schema says of a field: what is to be chosen first.
fn doc(field: &OwnField, open: &Open) -> Option<String> {
    let choices = (!open.choices.is_empty()).then(|| format!("CHOOSE: {}", open.choices.join("; ")));
    let said = [choices, field.doc.clone()].into_iter().flatten().collect::<Vec<_>>();
    (!said.is_empty()).then(|| said.join("\n"))
}
