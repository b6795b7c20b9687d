//! An enum for an Avro enum.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::find;
use super::find::unknown;
use super::input::{OwnEnum, OwnError, OwnVariant, OwnWord};
use super::matching::Naming;
use super::other_name::{self, Others};
use super::record::apart;
use super::shown::shown;
use super::topic::{whole, without_parameters};
use crate::emit::Switches;
use crate::emit::codec::hexadecimal;
use crate::emit::scope::Scope;
use crate::load::Contract;
use crate::model::{Enum, Ident};
use crate::nearest::nearest;
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
    symbols: Vec<&'a proc_macro2::Ident>,
    /// The symbol of each variant.
    variants: Vec<(&'a proc_macro2::Ident, Option<usize>)>,
    /// What stands for all others.
    other: Option<&'a proc_macro2::Ident>,
}

/// How a symbol is spelled where a variant is.
fn spelled<'a>(naming: Naming, variant: &OwnVariant, symbol: &'a Ident) -> &'a str {
    match &variant.rename {
        None if naming.is_plain() => &symbol.rust,
        _ => &symbol.avro,
    }
}

/// The symbol that an unknown name is a misspelling of.
fn near(naming: Naming, enumeration: &Enum, variant: &OwnVariant) -> Option<usize> {
    let spelled = |symbol| spelled(naming, variant, symbol);
    let word = naming.wanted(&variant.name, variant.rename.as_ref());
    let near = nearest(&word.text, enumeration.symbols.iter().map(spelled))?;
    enumeration.symbols.iter().position(|symbol| spelled(symbol) == near)
}

/// What is said of a variant that no symbol has the name of; it may be one of some by another name.
fn no_symbol(naming: Naming, enumeration: &Enum, variant: &OwnVariant, others: &Others<'_>) -> OwnError {
    let word = naming.wanted(&variant.name, variant.rename.as_ref());
    let why = naming.why(&variant.name, variant.rename.as_ref());
    let message = format!("the enum `{}` has no symbol `{}`{why}", enumeration.name.full(), word.text);
    let known = enumeration.symbols.iter().map(|symbol| spelled(naming, variant, symbol));
    let mut error = if others.is_likely(&variant.name) {
        OwnError::new(word.span, message)
    } else {
        unknown(&word, &message, "symbols", known)
    };
    error.message.extend(other_name::help(others.names(&variant.name)));
    if !why.is_empty() && !others.names(&variant.name).is_empty() {
        error.message += "\nhelp: or write another `rename_all`";
    } else if !why.is_empty() {
        let near = near(naming, enumeration, variant).map_or("…", |near| enumeration.symbols[near].avro.as_str());
        error.message += &format!("\nhelp: write another `rename_all`, or `#[kafka(rename = \"{near}\")]` with the symbol");
    }
    if variant.other.is_none() {
        error.message += "\nhelp: a variant for all symbols that no other stands for says `#[kafka(other)]`";
    }
    error
}

fn matched<'a>(contract: &Contract, enumeration: &'a Enum, own: &'a OwnEnum) -> Result<Matched<'a>, Vec<OwnError>> {
    let naming = Naming::of(own.rename_all.as_ref()).map_err(|error| vec![error])?;
    let full = enumeration.name.full();
    let (mut errors, mut meant) = (Vec::new(), Vec::new());
    let symbols = &enumeration.symbols;
    let (mut variants, mut unknown) = (Vec::new(), Vec::new());
    for variant in &own.variants {
        let place = match naming.place(&variant.name, variant.rename.as_ref(), symbols) {
            Ok(place) => {
                // What stands for all others is no symbol itself, unless it says so.
                if place.is_none() && (variant.other.is_none() || variant.rename.is_some()) {
                    meant.extend(near(naming, enumeration, variant));
                    unknown.push((variant, None));
                }
                place
            }
            Err(error) => {
                let is = |symbol: &Ident| naming.is(&variant.name, None, &symbol.avro, &symbol.rust);
                meant.extend((0..symbols.len()).filter(|place| is(&symbols[*place])));
                unknown.push((variant, Some(error)));
                None
            }
        };
        variants.push((&variant.name, place));
    }
    let is_left = |place: &usize| !meant.contains(place) && !variants.iter().any(|(_, of)| *of == Some(*place));
    let left = (0..symbols.len()).filter(is_left);
    let left: Vec<_> = left.map(|place| (symbols[place].avro.as_str(), None)).collect();
    // Who says a symbol means that.
    let is_stranger = |variant: &OwnVariant| variant.rename.is_none() && near(naming, enumeration, variant).is_none();
    let strangers = unknown.iter().filter(|(variant, error)| error.is_none() && is_stranger(variant));
    let strangers: Vec<_> = strangers.map(|(variant, _)| (&variant.name, None)).collect();
    let others = Others::of(&strangers, &left);
    for (variant, error) in unknown {
        errors.push(error.unwrap_or_else(|| no_symbol(naming, enumeration, variant, &others)));
    }
    let is_likely = |symbol: &Ident| others.likely().contains(&symbol.avro.as_str());
    meant.extend((0..symbols.len()).filter(|place| is_likely(&symbols[*place])));
    let mut fallbacks = own
        .variants
        .iter()
        .filter_map(|variant| variant.other.map(|span| (&variant.name, span)));
    let other = fallbacks.next();
    errors
        .extend(fallbacks.map(|(_, span)| OwnError::new(span, "two variants stand for all other symbols\nhelp: take one of the two away")));
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
        let line = |symbol: &&Ident| {
            let rename = if naming.needs_rename(&symbol.avro, &symbol.rust) {
                format!("#[kafka(rename = \"{}\")] ", symbol.avro)
            } else {
                String::new()
            };
            format!("\n    {rename}{},", symbol.rust)
        };
        let variants: String = missing.iter().map(line).collect();
        let by_name = match &missing[..] {
            [first, ..] if others.has_open() => other_name::elsewhere("variant", &first.avro),
            _ => String::new(),
        };
        let message = format!(
            "no variant stands for {} of the enum `{full}`\n  --> {}\nhelp: add{variants}{by_name}\nhelp: or let one stand for all others: `#[kafka(other)]` on a variant",
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
