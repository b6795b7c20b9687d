//! Calls to choices: the code in them parsed, their patterns matched against the model.

use proc_macro2::TokenStream;
use quote::quote;

use super::choices::{each_union, holds};
use super::met::{Met, Of, SHOWN, near};
use super::pattern::{Pattern, below};
use super::{Asked, Attributes, Choices, FieldChoice, OptionCall, OptionError, Options, TypeChoice, parse};
use crate::collections::sort_by_number;
use crate::emit::logical::{LOGICAL_TYPES, logical_of, logical_of_fixed};
use crate::emit::scope::ident;
use crate::model::{Field, Fixed, Model, Named, Type, TypeId};
use crate::nearest::nearest;

const EXTERNAL: &str = "what is external is another crate's to change, and another name of a type of the runtime's has no code of its own";

/// What the calls choose; or all that is wrong with them.
pub(crate) fn resolve(options: &Options, model: &Model) -> Result<Choices, Vec<OptionError>> {
    let mut resolver = Resolver {
        model,
        choices: Choices::default(),
        errors: Vec::new(),
    };
    // What is not generated takes nothing else, and a field with a type of its own has no union's enum.
    let rank = |call: &&OptionCall| match call.asked {
        Asked::ExternPath => 0,
        Asked::FieldType => 1,
        _ => 2,
    };
    let mut calls: Vec<_> = options.calls.iter().collect();
    sort_by_number(&mut calls, rank);
    calls.into_iter().for_each(|call| resolver.call(call));
    if resolver.errors.is_empty() {
        return Ok(resolver.choices);
    }
    let place = |error: &OptionError| options.calls.iter().position(|call| *call == error.call);
    sort_by_number(&mut resolver.errors, |error| place(error).map_or(0, |place| place as u64 + 1));
    Err(resolver.errors)
}

struct Resolver<'m> {
    model: &'m Model,
    choices: Choices,
    errors: Vec<OptionError>,
}

impl<'m> Resolver<'m> {
    fn call(&mut self, call: &OptionCall) {
        match call.asked {
            Asked::Derive => self.derive(call, |choice| &mut choice.derives, |_| true),
            Asked::BorrowedDerive => self.derive(call, |choice| &mut choice.borrowed, |named| matches!(named, Named::Record(_))),
            Asked::TypeAttribute => self.type_attribute(call),
            Asked::FieldAttribute => {
                let attributes = self.given(call, parse::attributes);
                self.fields(
                    call,
                    attributes,
                    "is a field here",
                    |_, _| true,
                    |choice, more: &Attributes| choice.attributes.add(more),
                );
            }
            Asked::SymbolAttribute => self.symbol_attribute(call),
            Asked::StringType => {
                let ty = self.given(call, parse::ty);
                let takes = |_: &Model, field: &Field| holds(&field.ty, &|ty| matches!(ty, Type::String | Type::Map(_)));
                self.fields(call, ty, "is a field here with text in it", takes, |choice, ty| {
                    choice.string = unless(ty, "::std::string::String");
                });
            }
            Asked::BytesType => {
                let ty = self.given(call, parse::ty);
                let takes = |_: &Model, field: &Field| holds(&field.ty, &|ty| *ty == Type::Bytes);
                self.fields(call, ty, "is a field here with bytes in it", takes, |choice, ty| {
                    choice.bytes = unless(ty, "::std::vec::Vec<u8>");
                });
            }
            Asked::MapType => {
                let map = self.given(call, parse::map);
                let takes = |_: &Model, field: &Field| holds(&field.ty, &|ty| matches!(ty, Type::Map(_)));
                self.fields(call, map, "is a field here with a map in it", takes, |choice, map| {
                    choice.map = Some(map.clone());
                });
            }
            Asked::FieldType => {
                let ty = self.given(call, parse::ty);
                self.fields(call, ty, "is a field here", |_, _| true, |choice, ty| choice.own = Some(ty.clone()));
            }
            Asked::LogicalType => self.logical_type(call),
            Asked::ExternPath => self.extern_path(call),
            Asked::RuntimePath => self.choices.runtime = self.given(call, parse::path),
        }
    }

    fn error(&mut self, code: &'static str, call: &OptionCall, message: impl Into<String>, help: impl Into<String>) {
        self.errors.push(OptionError {
            code,
            call: call.clone(),
            message: message.into(),
            help: help.into(),
        });
    }

    /// The code that a call gives, read.
    fn given<T>(&mut self, call: &OptionCall, parse: impl Fn(&str) -> Result<T, String>) -> Option<T> {
        let text = call.given.first().map_or("", String::as_str);
        match parse(text) {
            Ok(parsed) => Some(parsed),
            Err(reason) => {
                let help = match call.asked {
                    Asked::ExternPath | Asked::RuntimePath => "give a path, as in `my_crate::events`",
                    Asked::TypeAttribute | Asked::FieldAttribute | Asked::SymbolAttribute => {
                        "give attributes as they stand in code, as in `#[serde(default)]`"
                    }
                    Asked::Derive | Asked::BorrowedDerive => "give each derive by itself, as in `Eq` or `serde::Serialize`",
                    Asked::MapType => "give a map's path, as in `HashMap` or `HashMap<_, _, my_crate::Hasher>`",
                    _ => "give a type with its whole path, as in `crate::UserId` or `bytes::Bytes`",
                };
                self.error("KE0901", call, reason, help);
                None
            }
        }
    }

    fn pattern(&mut self, call: &OptionCall) -> Option<Pattern> {
        match Pattern::parse(&call.about) {
            Ok(pattern) => Some(pattern),
            Err(reason) => {
                let help = "a pattern is a full name, or has `*` for any text within a part and `**` for any parts, as in `com.acme.**`";
                self.error("KE0902", call, reason, help);
                None
            }
        }
    }

    /// Says what a pattern that meant nothing may have meant.
    fn judge(&mut self, call: &OptionCall, met: &Met, of: Of, what: &str, help: impl Into<String>) {
        if met.taken {
            return;
        }
        if met.named {
            let message = format!("of all that `{}` means, nothing {what}", call.about);
            return self.error("KE0904", call, message, help);
        }
        let means = match of {
            Of::Types => "no type",
            Of::Fields => "no field",
            Of::Symbols => "no symbol of an enum",
        };
        let help = near(self.model, &call.about, of);
        self.error("KE0903", call, format!("`{}` means {means}", call.about), help);
    }

    /// The types that are generated, with their full names.
    fn types(&self) -> impl Iterator<Item = (TypeId, &'m Named, String, bool)> + use<'m, '_> {
        let model: &'m Model = self.model;
        model
            .types()
            .map(|(id, named)| (id, named, named.name().full(), self.choices.external(id).is_none()))
    }

    /// The fields that a record's unions have their enums from, each with all that hold one of these unions.
    fn unions(&self, id: TypeId, named: &'m Named) -> Vec<(&'m Field, Vec<&'m str>)> {
        let Named::Record(record) = named else { return Vec::new() };
        let mut found: Vec<(&Field, Vec<&str>)> = Vec::new();
        for holder in record.fields.iter().filter(|field| !self.choices.is_own(id, field)) {
            each_union(&holder.ty, &mut |union| {
                let Some(field) = self.choices.union_field(id, record, union) else {
                    return;
                };
                match found.iter_mut().find(|(known, _)| known.name == field.name) {
                    Some((_, holders)) => holders.push(&holder.name.avro),
                    None => found.push((field, vec![&holder.name.avro])),
                }
            });
        }
        found
    }

    fn derive(&mut self, call: &OptionCall, list: impl Fn(&mut TypeChoice) -> &mut Vec<TokenStream>, takes: impl Fn(&Named) -> bool) {
        let mut derives = Vec::new();
        for given in &call.given {
            match parse::derive(given) {
                Ok(derive) => derives.push(derive),
                Err(reason) => self.error(
                    "KE0901",
                    call,
                    reason,
                    "give each derive by itself, as in `Eq` or `serde::Serialize`",
                ),
            }
        }
        if call.given.is_empty() {
            self.error("KE0901", call, "no derive is given", "name one, as in `Eq` or `serde::Serialize`");
        }
        let Some(pattern) = self.pattern(call) else { return };
        let mut met = Met::default();
        let all: Vec<_> = self.types().collect();
        for (id, named, full, generated) in all {
            let is_met = pattern.matches(&full);
            let is_alias = matches!(named, Named::Fixed(fixed) if is_alias(fixed));
            if met.name(is_met, generated && !is_alias && takes(named)) {
                list(self.choices.types.or_default(id)).extend(derives.iter().cloned());
            }
            for (field, holders) in self.unions(id, named) {
                let is_met = is_met || holders.iter().any(|holder| pattern.matches(&format!("{full}.{holder}")));
                if met.name(is_met, generated) {
                    list(&mut field_choice(&mut self.choices, id, field).union).extend(derives.iter().cloned());
                }
            }
        }
        let (what, help) = match call.asked {
            Asked::BorrowedDerive => ("has a borrowed twin here", "records have one, and the enums of their unions"),
            _ => ("takes derives here", EXTERNAL),
        };
        self.judge(call, &met, Of::Types, what, help);
    }

    fn type_attribute(&mut self, call: &OptionCall) {
        let attributes = self.given(call, parse::attributes).unwrap_or_default();
        let Some(pattern) = self.pattern(call) else { return };
        let mut met = Met::default();
        let all: Vec<_> = self.types().collect();
        for (id, named, full, generated) in all {
            if met.name(pattern.matches(&full), generated) {
                self.choices.types.or_default(id).attributes.add(&attributes);
            }
            for (field, holders) in self.unions(id, named) {
                if met.name(holders.iter().any(|holder| pattern.matches(&format!("{full}.{holder}"))), generated) {
                    field_choice(&mut self.choices, id, field).union.attributes.add(&attributes);
                }
            }
        }
        self.judge(call, &met, Of::Types, "is generated here", EXTERNAL);
    }

    fn symbol_attribute(&mut self, call: &OptionCall) {
        let attributes = self.given(call, parse::attributes).unwrap_or_default();
        let Some(pattern) = self.pattern(call) else { return };
        let mut met = Met::default();
        let all: Vec<_> = self.types().collect();
        for (id, named, full, generated) in all {
            let Named::Enum(enumeration) = named else { continue };
            for symbol in &enumeration.symbols {
                let is_met = pattern.matches(&full) || pattern.matches(&format!("{full}.{}", symbol.avro));
                if met.name(is_met, generated) {
                    let symbols = self.choices.symbols.or_default(id);
                    symbols.or_default(&symbol.avro).add(&attributes);
                }
            }
        }
        self.judge(call, &met, Of::Symbols, "is generated here", EXTERNAL);
    }

    fn fields<T>(
        &mut self,
        call: &OptionCall,
        given: Option<T>,
        what: &str,
        takes: impl Fn(&Model, &Field) -> bool,
        choose: impl Fn(&mut FieldChoice, &T),
    ) {
        let Some(pattern) = self.pattern(call) else { return };
        let mut met = Met::default();
        let mut others = Vec::new();
        let all: Vec<_> = self.types().collect();
        for (id, named, full, generated) in all {
            let Named::Record(record) = named else { continue };
            let is_met = pattern.matches(&full);
            for field in &record.fields {
                let name = format!("{full}.{}", field.name.avro);
                let is_met = is_met || pattern.matches(&name);
                if generated && others.len() < SHOWN && takes(self.model, field) {
                    others.push(name);
                }
                if met.name(is_met, generated && takes(self.model, field))
                    && let Some(given) = &given
                {
                    choose(field_choice(&mut self.choices, id, field), given);
                }
            }
        }
        let help = match &others[..] {
            [] => "no schema has one: leave out the call".to_owned(),
            others => format!("such are: {}", others.join(", ")),
        };
        self.judge(call, &met, Of::Fields, what, help);
    }

    fn logical_type(&mut self, call: &OptionCall) {
        let ty = self.given(call, parse::ty);
        let Some(name) = LOGICAL_TYPES.iter().find(|name| **name == call.about) else {
            let help = match nearest(&call.about, LOGICAL_TYPES.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("there are: {}", LOGICAL_TYPES.join(", ")),
            };
            return self.error("KE0905", call, format!("Avro has no logical type `{}`", call.about), help);
        };
        let is_it = |ty: &Type| matches!(ty, Type::Logical(logical) if logical_of(*logical) == *name);
        let is_used = self.types().any(|(_, named, _, generated)| {
            generated
                && match named {
                    Named::Record(record) => record.fields.iter().any(|field| holds(&field.ty, &is_it)),
                    Named::Fixed(fixed) => fixed.logical.is_some_and(|logical| logical_of_fixed(logical) == *name),
                    Named::Enum(_) => false,
                }
        });
        if !is_used {
            let help = "leave out the call, until one of the schemas has such a value";
            return self.error("KE0905", call, format!("no schema has a value of the logical type `{name}`"), help);
        }
        if let Some(ty) = ty {
            self.choices.logical.insert((*name).to_owned(), ty);
        }
    }

    fn extern_path(&mut self, call: &OptionCall) {
        let path = self.given(call, parse::path);
        let Some(pattern) = self.pattern(call) else { return };
        if pattern.is_glob() {
            let help = "name a namespace, or one type by its full name: a path stands for one place";
            return self.error("KE0902", call, format!("`{pattern}` has a star, and a path has none"), help);
        }
        let mut met = Met::default();
        for (id, named) in self.model.types() {
            let name = named.name();
            let full = name.full();
            let Some(rest) = below(&call.about, &full) else { continue };
            met.name(true, true);
            let Some(path) = &path else { continue };
            // Of a type its own path was given; of a namespace its module's, from where the rest is as it is here.
            let own = (name.namespace.len() + 1).saturating_sub(if rest.is_empty() { 0 } else { rest.split('.').count() });
            let parts = name.namespace.iter().chain([&name.ident]).skip(own).map(|part| ident(&part.rust));
            self.choices.externals.insert(id, quote!(#path #(::#parts)*));
        }
        self.judge(call, &met, Of::Types, "is a type", EXTERNAL);
    }
}

/// A type that was chosen, but for the one that is taken anyway.
fn unless(ty: &TokenStream, taken: &str) -> Option<TokenStream> {
    (ty.to_string().replace(' ', "") != taken).then(|| ty.clone())
}

impl Attributes {
    fn add(&mut self, more: &Self) {
        self.before.extend(more.before.clone());
        self.behind.extend(more.behind.clone());
    }
}

fn field_choice<'c>(choices: &'c mut Choices, record: TypeId, field: &Field) -> &'c mut FieldChoice {
    let fields = choices.fields.or_default(record);
    fields.or_default(&field.name.avro)
}

/// Whether a fixed is generated as another name of what its bytes mean.
pub(crate) fn is_alias(fixed: &Fixed) -> bool {
    fixed.logical.is_some()
}
