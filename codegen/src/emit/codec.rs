//! Encode and decode of a struct: what generated records, their twins and the derive have in common.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::evolve;
use super::scope::{Scope, ident};
use crate::model::Field;

/// What stands around an implementation for a type.
pub(super) struct Implementor {
    /// What the methods call the type that fields are given to or read from: no type that the user names in them.
    pub(super) giver: Ident,
    /// Whether the type is the application's, beside whose names the language's own are written out.
    pub(super) is_own: bool,
    /// The parameters behind `impl`, with their brackets; nothing without any.
    pub(super) parameters: TokenStream,
    /// The type with its arguments.
    pub(super) this: TokenStream,
    /// `where` and its conditions; nothing without any.
    pub(super) conditions: TokenStream,
}

impl Implementor {
    /// A name of a method's own: beside an application's items, which may have any name, one that none of them has.
    pub(super) fn local(&self, name: &str) -> Ident {
        let prefix = if self.is_own { "__" } else { "" };
        Ident::new(&format!("{prefix}{name}"), Span::call_site())
    }

    /// A type of the language's own, in whatever is written for the type.
    pub(super) fn primitive(&self, name: &str) -> TokenStream {
        primitive(self.is_own, name)
    }

    /// A type without conditions.
    pub(super) fn new(parameters: TokenStream, this: TokenStream) -> Self {
        Self {
            giver: Ident::new("F", Span::call_site()),
            is_own: false,
            parameters,
            this,
            conditions: TokenStream::new(),
        }
    }
}

/// A type of the language's own: beside an application's types, which may have any name, by its path.
fn primitive(is_own: bool, name: &str) -> TokenStream {
    let name = Ident::new(name, Span::call_site());
    if is_own { quote!(::core::primitive::#name) } else { quote!(#name) }
}

/// `impl Encode<wire::Record>`: of each field a statement that gives it to `fields`.
pub(super) fn encode(of: &Implementor, writes: &[TokenStream]) -> TokenStream {
    let Implementor {
        giver,
        is_own,
        parameters,
        this,
        conditions,
    } = of;
    let usize = primitive(*is_own, "usize");
    let (fields, writer) = (of.local("fields"), of.local("writer"));
    let fields = if writes.is_empty() { quote!(_) } else { quote!(#fields) };
    quote! {
        #[automatically_derived]
        impl #parameters ::kafka_event::codec::EncodeFields for #this #conditions {
            #[inline]
            fn encode_fields<#giver: ::kafka_event::codec::FieldWriter>(&self, #fields: &mut #giver) { #(#writes)* }
        }

        #[automatically_derived]
        impl #parameters ::kafka_event::codec::Encode<::kafka_event::wire::Record> for #this #conditions {
            #[inline]
            fn size_bound(&self) -> #usize { ::kafka_event::codec::SizeBound::of(self) }

            #[inline]
            fn encode(&self, #writer: &mut ::kafka_event::codec::Writer<'_>) {
                ::kafka_event::codec::EncodeFields::encode_fields(self, #writer);
            }
        }
    }
}

/// `impl Decode<wire::Record>` from bytes of a lifetime: by an expression that reads all fields out of `fields`.
pub(super) fn decode(of: &Implementor, lifetime: &TokenStream, layout: &TokenStream, read: &TokenStream, evolves: bool) -> TokenStream {
    let Implementor {
        giver,
        is_own,
        parameters,
        this,
        conditions,
    } = of;
    let u64 = primitive(*is_own, "u64");
    let (fields, reader) = (of.local("fields"), of.local("reader"));
    let evolve = evolves.then(|| evolve::record(lifetime, &reader, &of.local("step")));
    quote! {
        #[automatically_derived]
        impl #parameters ::kafka_event::codec::DecodeFields<#lifetime> for #this #conditions {
            #[inline]
            fn decode_fields<#giver: ::kafka_event::codec::FieldReader<#lifetime>>(
                #fields: &mut #giver,
            ) -> ::core::result::Result<Self, ::kafka_event::DecodeError> {
                #read
            }
        }

        #[automatically_derived]
        impl #parameters ::kafka_event::codec::Decode<#lifetime, ::kafka_event::wire::Record> for #this #conditions {
            const LAYOUT: #u64 = #layout;

            #[inline]
            fn decode(
                #reader: &mut ::kafka_event::codec::Reader<#lifetime>,
            ) -> ::core::result::Result<Self, ::kafka_event::DecodeError> {
                ::kafka_event::codec::DecodeFields::decode_fields(#reader)
            }

            #evolve
        }
    }
}

/// The statements that write a generated record's fields.
pub(super) fn writes(scope: &Scope<'_>, fields: &[Field]) -> Vec<TokenStream> {
    let write = |field: &Field| {
        let (member, wire) = (ident(&field.name.rust), scope.wire(&field.ty));
        quote!(fields.field::<#wire, _>(&self.#member);)
    };
    fields.iter().map(write).collect()
}

/// The expression that reads a generated record or its twin.
pub(super) fn reads(scope: &Scope<'_>, fields: &[Field]) -> TokenStream {
    let reads = fields.iter().map(|field| {
        let (member, wire, avro) = (ident(&field.name.rust), scope.wire(&field.ty), &field.name.avro);
        quote!(#member: fields.field::<#wire, _>(#avro)?)
    });
    let unused = fields.is_empty().then(|| quote!(_ = fields;));
    quote! {
        #unused
        ::core::result::Result::Ok(Self { #(#reads),* })
    }
}

/// What a record's schema is, as constants of `impl Record`.
#[derive(Debug, Clone)]
pub struct Identity {
    /// The Avro full name.
    pub full_name: String,
    /// The self-contained schema.
    pub schema: String,
    /// The fingerprint of its canonical form.
    pub fingerprint: u64,
    /// The hash of its layout.
    pub layout: u64,
}

impl Identity {
    /// `impl Record`.
    pub(super) fn record(&self, of: &Implementor, borrowed: &TokenStream, fields: Option<&[&str]>) -> TokenStream {
        let Implementor {
            is_own,
            parameters,
            this,
            conditions,
            ..
        } = of;
        let full_name = &self.full_name;
        let (str, u64) = (primitive(*is_own, "str"), primitive(*is_own, "u64"));
        let schema = text(&self.schema);
        let fields = fields.map(|fields| {
            quote! {
                const FIELDS: ::core::option::Option<&'static [&'static #str]> = ::core::option::Option::Some(&[#(#fields),*]);
            }
        });
        let (fingerprint, layout) = (hexadecimal(self.fingerprint), hexadecimal(self.layout));
        quote! {
            #[automatically_derived]
            impl #parameters ::kafka_event::Record for #this #conditions {
                type Ref<'de> = #borrowed;
                const FULL_NAME: &'static #str = #full_name;
                const SCHEMA: &'static #str = #schema;
                const FINGERPRINT: ::kafka_event::Fingerprint = ::kafka_event::Fingerprint(#fingerprint);
                const LAYOUT: #u64 = #layout;
                #fields
            }
        }
    }
}

impl Identity {
    /// `impl Schema`, of what is no record; and `impl Datum` for the type and its borrowed twin.
    pub(crate) fn schema(&self, name: &Ident, wire: &TokenStream, twin: Option<&Ident>, is_own: bool) -> TokenStream {
        let (str, u64) = (primitive(is_own, "str"), primitive(is_own, "u64"));
        let schema = text(&self.schema);
        let (fingerprint, layout) = (hexadecimal(self.fingerprint), hexadecimal(self.layout));
        let (borrowed, of_twin) = match twin {
            Some(twin) => (quote!(#twin<'de>), Some(datum(&quote!(#twin<'_>), wire))),
            None => (quote!(Self), None),
        };
        let datum = datum(&quote!(#name), wire);
        quote! {
            #datum
            #of_twin

            #[automatically_derived]
            impl ::kafka_event::Schema for #name {
                type Ref<'de> = #borrowed;
                const SCHEMA: &'static #str = #schema;
                const FINGERPRINT: ::kafka_event::Fingerprint = ::kafka_event::Fingerprint(#fingerprint);
                const LAYOUT: #u64 = #layout;
            }
        }
    }
}

/// `impl Datum`, of what is no record.
pub(crate) fn datum(of: &TokenStream, wire: &TokenStream) -> TokenStream {
    quote! {
        #[automatically_derived]
        impl ::kafka_event::codec::Datum for #of {
            type Wire = #wire;
        }
    }
}

pub(crate) fn hexadecimal(number: u64) -> proc_macro2::Literal {
    format!("0x{number:016x}").parse().expect("digits behind 0x are a literal")
}

/// A text as a literal that a person can read: raw, where nothing in it needs an escape.
pub(crate) fn text(text: &str) -> proc_macro2::Literal {
    let readable = |character: char| (' '..='~').contains(&character) || (character > '\u{a0}' && character.is_alphanumeric());
    if !text.contains(['"', '\\']) || !text.chars().all(readable) {
        return proc_macro2::Literal::string(text);
    }
    // The compiler takes no more than 255, and what needs some is not readable anyway.
    let Some(hashes) = (1..8)
        .map(|count| "#".repeat(count))
        .find(|hashes| !text.contains(&format!("\"{hashes}")))
    else {
        return proc_macro2::Literal::string(text);
    };
    let raw = format!("r{hashes}\"{text}\"{hashes}");
    raw.parse().unwrap_or_else(|_| proc_macro2::Literal::string(text))
}

#[cfg(test)]
mod tests {
    use super::text;

    /// A raw string is read by the compiler with 255 marks at the most, and by people with few.
    #[test]
    fn a_text_is_raw_where_that_is_readable() {
        let quote_and_marks = |count: usize| format!("say \"{}", "#".repeat(count));
        assert_eq!(text("a \"b\"").to_string(), "r#\"a \"b\"\"#");
        assert_eq!(text(&quote_and_marks(2)).to_string(), "r###\"say \"##\"###");
        for count in [7, 254, 255, 256, 10_000] {
            let written = text(&quote_and_marks(count));
            assert!(written.to_string().starts_with("\"say \\\""), "{written}");
            let read = syn::parse_str::<syn::LitStr>(&written.to_string()).unwrap();
            assert_eq!(read.value(), quote_and_marks(count));
        }
    }
}
