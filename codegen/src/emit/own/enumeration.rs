//! An enum for an Avro enum.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::find;
use super::find::unknown;
use super::input::{OwnEnum, OwnError, OwnVariant, OwnWord};
use super::matching::Naming;
use super::record::apart;
use super::shown::shown;
use super::topic::{whole, without_parameters};
use crate::diagnostic::nearest;
use crate::emit::Switches;
use crate::emit::codec::hexadecimal;
use crate::emit::scope::Scope;
use crate::load::Contract;
use crate::model::Enum;
use crate::options::Choices;

/// The enum's implementations; or all that is wrong with it.
///
/// # Errors
/// The schemas have no such enum, or its symbols are not the variants.
pub fn own_enum(contract: &Contract, name: &OwnWord, own: &OwnEnum) -> Result<TokenStream, Vec<OwnError>> {
    let scope = Scope::new(&contract.model, Switches::default(), Choices::default());
    let parameters = without_parameters(&own.this, "an enum of symbols").err();
    let found = find::enumeration(contract, name).map_err(|error| vec![error]);
    let matched = found.and_then(|(id, enumeration)| Ok((id, enumeration, matched(contract, enumeration, own)?)));
    let (id, enumeration, matched) = match (parameters, matched) {
        (None, Ok(matched)) => matched,
        (parameters, matched) => return Err(parameters.into_iter().chain(matched.err().into_iter().flatten()).collect()),
    };

    let (this, count) = (&own.this.name, Literal::usize_unsuffixed(enumeration.symbols.len()));
    let identity = scope
        .schemas
        .identity(id)
        .schema(this, &quote!(::kafka_event::wire::Enum), None, true);
    let layout = hexadecimal(scope.schemas.layout(id));
    let reads = matched.symbols.iter().enumerate().map(|(place, variant)| {
        let place = Literal::usize_unsuffixed(place);
        quote!(#place => ::core::result::Result::Ok(Self::#variant),)
    });
    let writes = matched.variants.iter().map(|(variant, place)| match place {
        Some(place) => {
            let place = Literal::usize_unsuffixed(*place);
            quote!(Self::#variant => __writer.varint(#place),)
        }
        None => {
            let reason = format!(
                "`{this}::{variant}` stands for other symbols, and is none of `{}` itself",
                enumeration.name.full()
            );
            quote!(Self::#variant => __writer.fail(#reason),)
        }
    });
    let encode = (!own.consume).then(|| {
        quote! {
            #[automatically_derived]
            impl ::kafka_event::codec::Encode<::kafka_event::wire::Enum> for #this {
                #[inline]
                fn size_bound(&self) -> ::core::primitive::usize { 5 }

                #[inline]
                fn encode(&self, __writer: &mut ::kafka_event::codec::Writer<'_>) { match *self { #(#writes)* } }
            }
        }
    });
    let evolve = matched.other.map(|other| {
        quote! {
            fn evolve(
                __reader: &mut ::kafka_event::codec::Reader<'de>,
                __step: ::kafka_event::evolution::Step<'de>,
            ) -> ::core::result::Result<Self, ::kafka_event::DecodeError> {
                __step.symbol_or(__reader, Self::#other)
            }
        }
    });
    Ok(apart(
        &own.this,
        &quote! {
            #identity
            #encode

            #[automatically_derived]
            impl<'de> ::kafka_event::codec::Decode<'de, ::kafka_event::wire::Enum> for #this {
                const LAYOUT: ::core::primitive::u64 = #layout;

                #[inline]
                fn decode(
                    __reader: &mut ::kafka_event::codec::Reader<'de>,
                ) -> ::core::result::Result<Self, ::kafka_event::DecodeError> {
                    match __reader.varint()? {
                        #(#reads)*
                        __index => ::core::result::Result::Err(__reader.no_such_symbol(__index, #count)),
                    }
                }

                #evolve
            }
        },
    ))
}

/// The symbols and variants that belong together.
struct Matched<'a> {
    /// The variant of each symbol.
    symbols: Vec<&'a Ident>,
    /// The symbol of each variant.
    variants: Vec<(&'a Ident, Option<usize>)>,
    /// What stands for all others.
    other: Option<&'a Ident>,
}

fn matched<'a>(contract: &Contract, enumeration: &'a Enum, own: &'a OwnEnum) -> Result<Matched<'a>, Vec<OwnError>> {
    let naming = Naming::of(own.rename_all.as_ref()).map_err(|error| vec![error])?;
    let full = enumeration.name.full();
    let (mut errors, mut meant) = (Vec::new(), Vec::new());
    let mut place_of = |variant: &'a OwnVariant| {
        let place = match naming.place(&variant.name, variant.rename.as_ref(), &enumeration.symbols) {
            Ok(place) => place,
            Err(error) => {
                errors.push(error);
                let is = |symbol: &crate::model::Ident| naming.is(&variant.name, None, &symbol.avro, &symbol.rust);
                meant.extend((0..enumeration.symbols.len()).filter(|place| is(&enumeration.symbols[*place])));
                return (&variant.name, None);
            }
        };
        // What stands for all others is no symbol itself, unless it says so.
        if place.is_none() && (variant.other.is_none() || variant.rename.is_some()) {
            let word = naming.wanted(&variant.name, variant.rename.as_ref());
            let spelled = |symbol: &'a crate::model::Ident| match (&variant.rename, &own.rename_all) {
                (None, None) => symbol.rust.as_str(),
                _ => symbol.avro.as_str(),
            };
            let known = enumeration.symbols.iter().map(spelled);
            if let Some(near) = nearest(&word.text, known.clone()) {
                meant.extend(enumeration.symbols.iter().position(|symbol| spelled(symbol) == near));
            }
            let why = naming.why(&variant.name, variant.rename.as_ref());
            let message = format!("the enum `{full}` has no symbol `{}`{why}", word.text);
            let mut error = unknown(&word, &message, "symbols", known);
            if !why.is_empty() {
                error.message += "\nhelp: write another `rename_all`, or `#[kafka(rename = \"…\")]` with the symbol";
            }
            if variant.other.is_none() {
                error.message += "\nhelp: a variant for all symbols that no other stands for says `#[kafka(other)]`";
            }
            errors.push(error);
        }
        (&variant.name, place)
    };
    let variants: Vec<_> = own.variants.iter().map(&mut place_of).collect();
    let mut others = own
        .variants
        .iter()
        .filter_map(|variant| variant.other.map(|span| (&variant.name, span)));
    let other = others.next();
    errors.extend(others.map(|(_, span)| OwnError::new(span, "two variants stand for all other symbols\nhelp: take one of the two away")));
    for (number, (variant, place)) in variants.iter().enumerate() {
        if let (Some(place), Some((first, _))) = (*place, variants[..number].iter().find(|(_, before)| before == place)) {
            let message = format!(
                "`{first}` stands for the symbol `{}` of the enum `{full}` already\nhelp: take one of the two away, or name another symbol by `#[kafka(rename = \"…\")]`",
                enumeration.symbols[place].avro
            );
            errors.push(OwnError::new(variant.span(), message));
        }
    }
    let mut symbols = Vec::new();
    let mut missing = Vec::new();
    for (place, symbol) in enumeration.symbols.iter().enumerate() {
        let of_symbol = variants.iter().find(|(_, of)| *of == Some(place)).map(|(variant, _)| *variant);
        match of_symbol.or(other.map(|(variant, _)| variant)) {
            Some(variant) => symbols.push(variant),
            // What is misspelt is there, and told already.
            None if meant.contains(&place) => {}
            None => missing.push(symbol),
        }
    }
    if !missing.is_empty() {
        let names: Vec<_> = missing.iter().map(|symbol| format!("`{}`", symbol.avro)).collect();
        let line = |symbol: &&crate::model::Ident| {
            let rename = if naming.needs_rename(&symbol.avro, &symbol.rust) {
                format!("#[kafka(rename = \"{}\")] ", symbol.avro)
            } else {
                String::new()
            };
            format!("\n    {rename}{},", symbol.rust)
        };
        let variants: String = missing.iter().map(line).collect();
        let message = format!(
            "no variant stands for {} of the enum `{full}`\n  --> {}\nhelp: add{variants}\nhelp: or let one stand for all others: `#[kafka(other)]` on a variant",
            names.join(", "),
            shown(contract, &enumeration.origin),
        );
        errors.push(OwnError::new(whole(&own.this), message));
    }
    if errors.is_empty() {
        let other = other.map(|(variant, _)| variant);
        Ok(Matched { symbols, variants, other })
    } else {
        Err(errors)
    }
}
