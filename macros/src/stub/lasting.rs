//! A failed type that borrows from nothing that ends, as which it would have been a topic.

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens as _, quote};

use super::without_default;

/// A type with `'static` for its lifetimes.
pub(super) struct Lasting {
    /// The type.
    pub(super) this: TokenStream,
    /// Its other parameters, as they are declared.
    pub(super) declared: Vec<TokenStream>,
    /// What its `where` asks.
    pub(super) conditions: TokenStream,
}

impl Lasting {
    pub(super) fn of(input: &syn::DeriveInput) -> Self {
        let (name, generics) = (&input.ident, &input.generics);
        let arguments = generics.params.iter().map(|parameter| match parameter {
            syn::GenericParam::Lifetime(_) => quote!('static),
            syn::GenericParam::Type(ty) => ty.ident.to_token_stream(),
            syn::GenericParam::Const(constant) => constant.ident.to_token_stream(),
        });
        let arguments = (!generics.params.is_empty()).then(|| quote!(<#(#arguments),*>));
        let kept = generics.params.iter();
        let kept = kept.filter(|parameter| !matches!(parameter, syn::GenericParam::Lifetime(_)));
        let conditions = generics.where_clause.as_ref().map(|conditions| &conditions.predicates);
        Self {
            this: quote!(#name #arguments),
            declared: kept.map(|parameter| lasting(input, without_default(parameter))).collect(),
            conditions: lasting(input, conditions.to_token_stream()),
        }
    }
}

/// The parameters that a field may refer to for a lifetime of the type's: what outlives each one outlives all.
pub(super) fn referred(input: &syn::DeriveInput) -> Vec<&Ident> {
    let syn::Data::Struct(data) = &input.data else { return Vec::new() };
    let borrows = |tokens: &TokenStream| {
        input
            .generics
            .lifetimes()
            .any(|known| mentions(tokens.clone(), &known.lifetime.ident))
    };
    let borrowing: Vec<TokenStream> = data.fields.iter().map(|field| field.ty.to_token_stream()).filter(borrows).collect();
    let parameters = input.generics.type_params().map(|parameter| &parameter.ident);
    let is_within = |name: &&Ident| borrowing.iter().any(|ty| mentions(ty.clone(), name));
    parameters.filter(is_within).collect()
}

/// Whether a name is among tokens.
pub(super) fn mentions(tokens: TokenStream, name: &Ident) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(word) => word == *name,
        TokenTree::Group(group) => mentions(group.stream(), name),
        _ => false,
    })
}

/// Other tokens with `'static` for the type's lifetimes.
pub(super) fn lasting(input: &syn::DeriveInput, tokens: TokenStream) -> TokenStream {
    let lifetimes: Vec<&Ident> = input.generics.lifetimes().map(|known| &known.lifetime.ident).collect();
    everlasting(tokens, &lifetimes)
}

fn everlasting(tokens: TokenStream, lifetimes: &[&Ident]) -> TokenStream {
    let mut was_tick = false;
    let replaced = tokens.into_iter().map(|token| {
        let after_tick = std::mem::replace(&mut was_tick, matches!(&token, TokenTree::Punct(tick) if tick.as_char() == '\''));
        match token {
            TokenTree::Ident(name) if after_tick && lifetimes.contains(&&name) => TokenTree::Ident(Ident::new("static", Span::call_site())),
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), everlasting(group.stream(), lifetimes));
                inner.set_span(group.span());
                TokenTree::Group(inner)
            }
            other => other,
        }
    });
    replaced.collect()
}
