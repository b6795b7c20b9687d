//! The parameters of an own type, and what stands around its implementations.

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::quote;

use crate::emit::codec::Implementor;

/// A type that derives.
#[derive(Debug)]
pub struct OwnType {
    /// Its name.
    pub name: Ident,
    /// Its parameters, in their order.
    pub parameters: Vec<OwnParameter>,
    /// Its conditions, without `where`.
    pub conditions: Vec<TokenStream>,
    /// What its comment says.
    pub doc: Option<String>,
}

/// A parameter of an own type.
#[derive(Debug)]
pub struct OwnParameter {
    /// Its kind.
    pub kind: ParameterKind,
    /// Its name; of a lifetime without the tick.
    pub name: Ident,
    /// How it is declared, without a default.
    pub declared: TokenStream,
}

/// The kinds of parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParameterKind {
    /// `'a`
    Lifetime,
    /// `T`
    Type,
    /// `const N: usize`
    Const,
}

impl OwnType {
    fn of_kind(&self, kind: ParameterKind) -> impl Iterator<Item = &OwnParameter> {
        self.parameters.iter().filter(move |parameter| parameter.kind == kind)
    }

    /// Whether it borrows.
    pub(super) fn has_lifetimes(&self) -> bool {
        self.of_kind(ParameterKind::Lifetime).next().is_some()
    }

    /// The names of its lifetimes.
    pub(super) fn lifetimes(&self) -> impl Iterator<Item = &Ident> {
        self.of_kind(ParameterKind::Lifetime).map(|parameter| &parameter.name)
    }

    /// Whether something is not known before a use of the type.
    pub(super) fn is_generic(&self) -> bool {
        self.parameters.iter().any(|parameter| parameter.kind != ParameterKind::Lifetime)
    }

    /// The type with its own parameters as arguments.
    pub(super) fn this(&self) -> TokenStream {
        self.with_lifetimes(None)
    }

    /// The type with one lifetime for all of its own.
    pub(super) fn within(&self, lifetime: &TokenStream) -> TokenStream {
        self.with_lifetimes(Some(lifetime))
    }

    fn with_lifetimes(&self, lifetime: Option<&TokenStream>) -> TokenStream {
        let name = &self.name;
        if self.parameters.is_empty() {
            return quote!(#name);
        }
        let arguments = self.parameters.iter().map(|parameter| match (parameter.kind, lifetime) {
            (ParameterKind::Lifetime, Some(lifetime)) => lifetime.clone(),
            _ => parameter.argument(),
        });
        quote!(#name<#(#arguments),*>)
    }

    /// Other tokens as they stand outside of the type: with `'static` for its own lifetimes, and its name for `Self`.
    pub(super) fn everlasting(&self, tokens: &TokenStream) -> TokenStream {
        self.replaced(tokens.clone(), &quote!('static))
    }

    /// Other tokens with another lifetime for the type's own, and its name for `Self`.
    pub(super) fn replaced(&self, tokens: TokenStream, lifetime: &TokenStream) -> TokenStream {
        let mut is_lifetime = false;
        let mut replaced = TokenStream::new();
        for token in tokens {
            let was_tick = std::mem::replace(&mut is_lifetime, matches!(&token, TokenTree::Punct(tick) if tick.as_char() == '\''));
            match token {
                TokenTree::Ident(name) if was_tick && self.of_kind(ParameterKind::Lifetime).any(|known| known.name == name) => {
                    let renamed = lifetime.clone().into_iter().nth(1);
                    replaced.extend(renamed.map(|mut renamed| {
                        renamed.set_span(name.span());
                        renamed
                    }));
                }
                TokenTree::Ident(name) if name == "Self" => replaced.extend(self.within(lifetime)),
                TokenTree::Group(group) => {
                    let mut inner = Group::new(group.delimiter(), self.replaced(group.stream(), lifetime));
                    inner.set_span(group.span());
                    replaced.extend([TokenTree::Group(inner)]);
                }
                other => replaced.extend([other]),
            }
        }
        replaced
    }

    /// Whether a type names one of the parameters that are not known before a use.
    pub(super) fn is_open(&self, ty: &TokenStream) -> bool {
        self.is_generic() && self.mentions(ty.clone())
    }

    fn mentions(&self, tokens: TokenStream) -> bool {
        tokens.into_iter().any(|token| match token {
            TokenTree::Ident(name) => {
                let is = |known: &OwnParameter| known.kind != ParameterKind::Lifetime && known.name == name;
                name == "Self" || self.parameters.iter().any(is)
            }
            TokenTree::Group(group) => self.mentions(group.stream()),
            _ => false,
        })
    }

    /// Whether a type names the type itself, whose conditions would then be asked for to prove themselves.
    pub(super) fn holds_itself(&self, ty: &TokenStream) -> bool {
        ty.clone().into_iter().any(|token| match token {
            TokenTree::Ident(name) => name == "Self" || name == self.name,
            TokenTree::Group(group) => self.holds_itself(&group.stream()),
            _ => false,
        })
    }

    /// An implementation for the type, under further conditions.
    pub(super) fn implementor(&self, conditions: Vec<TokenStream>) -> Implementor {
        let declared = self.parameters.iter().map(|parameter| parameter.declared.clone());
        Self::assembled(declared.collect(), self.this(), self.with_own(conditions))
    }

    /// One for the type that borrows from nothing that ends.
    pub(super) fn everlasting_implementor(&self, conditions: Vec<TokenStream>) -> Implementor {
        let kept = self.parameters.iter().filter(|parameter| parameter.kind != ParameterKind::Lifetime);
        let declared = kept.map(|parameter| self.everlasting(&parameter.declared)).collect();
        let all = self
            .conditions
            .iter()
            .chain(&conditions)
            .map(|condition| self.everlasting(condition));
        Self::assembled(declared, self.within(&quote!('static)), all.collect())
    }

    /// One that reads from bytes of the lifetime `'de`, which lives as long as whatever the type borrows.
    pub(super) fn reader(&self, conditions: Vec<TokenStream>) -> Implementor {
        let declared = self.parameters.iter().map(|parameter| parameter.declared.clone());
        let declared = [self.input()].into_iter().chain(declared);
        Self::assembled(declared.collect(), self.this(), self.with_own(conditions))
    }

    /// The declaration of the lifetime that is read from.
    fn input(&self) -> TokenStream {
        let lifetimes: Vec<_> = self.of_kind(ParameterKind::Lifetime).map(OwnParameter::argument).collect();
        if lifetimes.is_empty() {
            quote!('de)
        } else {
            quote!('de: #(#lifetimes)+*)
        }
    }

    /// One for every Avro type `wire` that a condition holds for; it reads from `'de` where it says so.
    pub(super) fn for_all(&self, wire: &Ident, reads: bool, condition: TokenStream) -> Implementor {
        let input = reads.then(|| self.input());
        let declared = self.parameters.iter().map(|parameter| parameter.declared.clone());
        let declared = input.into_iter().chain(declared).chain([quote!(#wire: ?::core::marker::Sized)]);
        Self::assembled(declared.collect(), self.this(), self.with_own(vec![condition]))
    }

    /// That what is to live as long as a lifetime of the type's own does so for every one that it may have: the compiler takes that from `'static` alone.
    pub(super) fn outlives_all(&self) -> Vec<TokenStream> {
        let declared = self.of_kind(ParameterKind::Type).map(|parameter| &parameter.declared);
        let outlives = declared.chain(&self.conditions).filter_map(|condition| {
            let tokens: Vec<TokenTree> = condition.clone().into_iter().collect();
            let is = |place: usize, mark: char| matches!(tokens.get(place), Some(TokenTree::Punct(punct)) if punct.as_char() == mark);
            // A parameter alone: a lifetime may outlive another, too.
            let subject = tokens.first().filter(|first| matches!(first, TokenTree::Ident(_)) && is(1, ':'))?;
            let outlives = (3..tokens.len()).any(|place| {
                let is_own = self
                    .lifetimes()
                    .any(|known| matches!(&tokens[place], TokenTree::Ident(name) if name == known));
                is_own && is(place - 1, '\'') && (is(place - 2, ':') || is(place - 2, '+'))
            });
            outlives.then(|| quote!(#subject: 'static))
        });
        outlives.collect()
    }

    /// The type's own conditions, and these.
    fn with_own(&self, conditions: Vec<TokenStream>) -> Vec<TokenStream> {
        self.conditions.iter().cloned().chain(conditions).collect()
    }

    fn assembled(declared: Vec<TokenStream>, this: TokenStream, all: Vec<TokenStream>) -> Implementor {
        Implementor {
            giver: Ident::new("__F", Span::mixed_site()),
            is_own: true,
            parameters: if declared.is_empty() {
                TokenStream::new()
            } else {
                quote!(<#(#declared),*>)
            },
            this,
            conditions: if all.is_empty() {
                TokenStream::new()
            } else {
                quote!(where #(#all),*)
            },
        }
    }
}

impl OwnParameter {
    fn argument(&self) -> TokenStream {
        let name = &self.name;
        if self.kind != ParameterKind::Lifetime {
            return quote!(#name);
        }
        let mut tick = proc_macro2::Punct::new('\'', proc_macro2::Spacing::Joint);
        tick.set_span(Span::call_site());
        quote!(#tick #name)
    }
}
