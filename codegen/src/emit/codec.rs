//! Encode and decode of a struct: what generated records, their twins and the derive have in common.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};

use super::evolve;

/// A struct whose fields are carried in the order of a record's.
pub struct Carrier<'a> {
    /// The struct's name.
    pub name: &'a Ident,
    /// Its lifetime parameter, where it borrows from the encoded event.
    pub lifetime: Option<TokenStream>,
    /// Its fields, in the order of the schema.
    pub fields: Vec<CarriedField>,
    /// Whether it reads what other versions of the schema wrote.
    pub evolves: bool,
}

/// A field with the Avro type that it carries.
pub struct CarriedField {
    /// The field in Rust.
    pub member: Ident,
    /// The field in Avro, for errors.
    pub avro: String,
    /// The type on the wire.
    pub wire: TokenStream,
    /// Where an error of its type belongs.
    pub span: Span,
}

impl CarriedField {
    /// The field, placed where its type stands: the compiler says the same of one place only once.
    fn at_its_type(&self) -> Ident {
        let mut member = self.member.clone();
        member.set_span(self.span.resolved_at(member.span()));
        member
    }
}

impl Carrier<'_> {
    fn self_type(&self) -> TokenStream {
        let name = self.name;
        match &self.lifetime {
            Some(lifetime) => quote!(#name<#lifetime>),
            None => quote!(#name),
        }
    }

    /// `impl Encode<wire::Record>`, field by field.
    #[must_use]
    pub fn encode(&self) -> TokenStream {
        let name = self.name;
        let anonymous = self.lifetime.as_ref().map(|_| quote!(<'_>));
        let writes = self.fields.iter().map(|field| {
            let (member, wire) = (field.at_its_type(), &field.wire);
            quote_spanned!(field.span=> fields.field::<#wire, _>(&self.#member);)
        });
        // The twin is not written: it is no field of an event.
        let layout = self.lifetime.is_none().then(|| {
            quote!(
                const LAYOUT: u64 = <Self as ::kafka_event::Record>::LAYOUT;
            )
        });
        let fields = if self.fields.is_empty() { quote!(_) } else { quote!(fields) };
        quote! {
            #[automatically_derived]
            impl ::kafka_event::codec::EncodeFields for #name #anonymous {
                #[inline]
                fn encode_fields<F: ::kafka_event::codec::FieldWriter>(&self, #fields: &mut F) { #(#writes)* }
            }

            #[automatically_derived]
            impl ::kafka_event::codec::Encode<::kafka_event::wire::Record> for #name #anonymous {
                #layout

                #[inline]
                fn size_bound(&self) -> usize { ::kafka_event::codec::SizeBound::of(self) }

                #[inline]
                fn encode(&self, writer: &mut ::kafka_event::codec::Writer<'_>) {
                    ::kafka_event::codec::EncodeFields::encode_fields(self, writer);
                }
            }
        }
    }

    /// `impl Decode<wire::Record>`, field by field.
    #[must_use]
    pub fn decode(&self) -> TokenStream {
        let self_type = self.self_type();
        let (generics, input) = match &self.lifetime {
            Some(lifetime) => (quote!(<#lifetime>), lifetime.clone()),
            None => (quote!(<'de>), quote!('de)),
        };
        let reads = self.fields.iter().map(|field| {
            let (member, wire, avro) = (&field.member, &field.wire, &field.avro);
            let read = quote_spanned!(field.span=> fields.field::<#wire, _>(#avro)?);
            quote!(#member: #read)
        });
        let fields = if self.fields.is_empty() { quote!(_) } else { quote!(fields) };
        let evolve = self.evolves.then(|| evolve::record(&input));
        quote! {
            #[automatically_derived]
            impl #generics ::kafka_event::codec::DecodeFields<#input> for #self_type {
                #[inline]
                fn decode_fields<F: ::kafka_event::codec::FieldReader<#input>>(
                    #fields: &mut F,
                ) -> ::core::result::Result<Self, ::kafka_event::DecodeError> {
                    ::core::result::Result::Ok(Self { #(#reads),* })
                }
            }

            #[automatically_derived]
            impl #generics ::kafka_event::codec::Decode<#input, ::kafka_event::wire::Record> for #self_type {
                #[inline]
                fn decode(
                    reader: &mut ::kafka_event::codec::Reader<#input>,
                ) -> ::core::result::Result<Self, ::kafka_event::DecodeError> {
                    ::kafka_event::codec::DecodeFields::decode_fields(reader)
                }

                #evolve
            }
        }
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
    #[must_use]
    pub fn record(&self, name: &Ident, borrowed: &TokenStream) -> TokenStream {
        let full_name = &self.full_name;
        let schema = text(&self.schema);
        let (fingerprint, layout) = (hexadecimal(self.fingerprint), hexadecimal(self.layout));
        quote! {
            #[automatically_derived]
            impl ::kafka_event::Record for #name {
                type Ref<'de> = #borrowed;
                const FULL_NAME: &'static str = #full_name;
                const SCHEMA: &'static str = #schema;
                const FINGERPRINT: ::kafka_event::Fingerprint = ::kafka_event::Fingerprint(#fingerprint);
                const LAYOUT: u64 = #layout;
            }
        }
    }
}

impl Identity {
    /// `impl Schema`, of what is no record; and `impl Datum` for the type and its borrowed twin.
    pub(crate) fn schema(&self, name: &Ident, wire: &TokenStream, twin: Option<&Ident>) -> TokenStream {
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
                const SCHEMA: &'static str = #schema;
                const FINGERPRINT: ::kafka_event::Fingerprint = ::kafka_event::Fingerprint(#fingerprint);
                const LAYOUT: u64 = #layout;
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
