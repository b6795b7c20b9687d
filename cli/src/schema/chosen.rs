//! Which types of a file are meant: those that derive, or all, or those that are named; with those that they hold.

use std::collections::BTreeSet;
use std::process::ExitCode;

use kafka_event_attributes::{Errors, OfField};
use kafka_event_codegen::nearest;
use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens as _;

use super::rust::{File, Type};

/// The types, in the order of the file.
pub(super) fn chosen<'f>(file: &'f File, named: &[String]) -> Result<Vec<&'f Type>, ExitCode> {
    let known: Vec<String> = file.types.iter().map(|ty| ty.input.ident.to_string()).collect();
    let unknown: Vec<_> = named.iter().filter(|name| !known.contains(name)).collect();
    for name in &unknown {
        let help = match nearest(name, known.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None if known.is_empty() => "it has none at all".to_owned(),
            None => format!("its types are: {}", known.join(", ")),
        };
        eprintln!("error: {} has no struct or enum `{name}`\n  = help: {help}", file.path);
    }
    if !unknown.is_empty() {
        return Err(ExitCode::from(2));
    }
    let none_derives = !file.types.iter().any(|ty| ty.derives);
    let is_meant = |(place, ty): (usize, &Type)| match named {
        [] => none_derives || ty.derives,
        named => named.contains(&known[place]),
    };
    let mut chosen: BTreeSet<usize> = (0..known.len()).filter(|place| is_meant((*place, &file.types[*place]))).collect();
    if chosen.is_empty() {
        eprintln!(
            "error: {} has no struct and no enum\n  = help: name the file in which the types of the events are",
            file.path
        );
        return Err(ExitCode::from(1));
    }
    let mut open: Vec<usize> = chosen.iter().copied().collect();
    while let Some(place) = open.pop() {
        let mut words = BTreeSet::new();
        held(&file.types[place].input.data, &mut words);
        for (place, _) in known.iter().enumerate().filter(|(_, name)| words.contains(*name)) {
            if chosen.insert(place) {
                open.push(place);
            }
        }
    }
    Ok(chosen.into_iter().map(|place| &file.types[place]).collect())
}

/// All names in the types of fields that are carried as such: not of one that functions carry, or that is the application's alone.
fn held(data: &syn::Data, names: &mut BTreeSet<String>) {
    let is_carried = |field: &&syn::Field| {
        // What is wrong with its words is told when the type is read.
        let said = OfField::read(&field.attrs, &mut Errors::default());
        said.with.0.is_none() && said.skip.0.is_none()
    };
    let fields = |fields: &syn::Fields, names: &mut BTreeSet<String>| {
        let carried = fields.iter().filter(is_carried);
        carried.for_each(|field| words(field.ty.to_token_stream(), names));
    };
    match data {
        syn::Data::Struct(data) => fields(&data.fields, names),
        syn::Data::Enum(data) => data.variants.iter().for_each(|variant| fields(&variant.fields, names)),
        syn::Data::Union(_) => {}
    }
}

fn words(tokens: TokenStream, names: &mut BTreeSet<String>) {
    for token in tokens {
        match token {
            TokenTree::Ident(name) => _ = names.insert(name.to_string()),
            TokenTree::Group(group) => words(group.stream(), names),
            _ => {}
        }
    }
}
