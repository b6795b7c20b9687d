//! The parameters of an own type, and what stands around its implementations.

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens as _, quote};

use super::lasting::HOLDERS;
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
    /// Whether it, or a part of it, is deprecated, or may use what is.
    pub is_deprecated: bool,
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

    /// Whether it asks itself that something be decoded.
    pub(super) fn asks_to_decode(&self) -> bool {
        let parameters = self.parameters.iter().map(|parameter| &parameter.declared);
        parameters.chain(&self.conditions).any(|asked| says_decode(asked.clone()))
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

    /// Whether a type names one of the own type's lifetimes.
    pub(super) fn borrows_in(&self, ty: &TokenStream) -> bool {
        let tokens: Vec<TokenTree> = ty.clone().into_iter().collect();
        (0..tokens.len()).any(|place| match &tokens[place] {
            TokenTree::Group(group) => self.borrows_in(&group.stream()),
            _ => self.is_own_lifetime(&tokens, place),
        })
    }

    /// A type with lifetimes that the compiler finds, for the own type's.
    pub(super) fn of_any_lifetime(&self, ty: &TokenStream) -> TokenStream {
        // Within a function's type it would be one that the caller chooses.
        if self.borrows_in(ty) && !has_function(ty) {
            self.replaced(ty.clone(), &quote!('_))
        } else {
            ty.clone()
        }
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
        let tokens: Vec<TokenTree> = ty.clone().into_iter().collect();
        // Of another module's path the last name may be the same.
        let is_here = |place: usize| match place.checked_sub(2).map(|place| &tokens[place..place + 2]) {
            Some([TokenTree::Punct(first), TokenTree::Punct(second)]) if (first.as_char(), second.as_char()) == (':', ':') => {
                place > 2 && matches!(&tokens[place - 3], TokenTree::Ident(module) if module == "self")
            }
            _ => true,
        };
        (0..tokens.len()).any(|place| match &tokens[place] {
            TokenTree::Ident(name) => name == "Self" || *name == self.name && is_here(place),
            TokenTree::Group(group) => self.holds_itself(&group.stream()),
            _ => false,
        })
    }

    /// Whether a type has a generic one in it that is none of the standard library's holders.
    pub(super) fn holds_another(&self, ty: &TokenStream) -> bool {
        let tokens: Vec<TokenTree> = ty.clone().into_iter().collect();
        let opens = |place: usize| matches!(tokens.get(place), Some(TokenTree::Punct(punct)) if punct.as_char() == '<');
        tokens.iter().enumerate().any(|(place, token)| match token {
            TokenTree::Ident(name) => opens(place + 1) && !HOLDERS.iter().any(|holder| name == holder),
            TokenTree::Group(group) => self.holds_another(&group.stream()),
            _ => false,
        })
    }

    /// An implementation for the type, under further conditions.
    pub(super) fn implementor(&self, conditions: Vec<TokenStream>) -> Implementor {
        self.implementor_with(None, conditions)
    }

    /// The same with parameters that are not the type's.
    pub(super) fn implementor_with(&self, more: impl IntoIterator<Item = TokenStream>, conditions: Vec<TokenStream>) -> Implementor {
        let declared = self.parameters.iter().map(|parameter| parameter.declared.clone());
        Self::assembled(declared.chain(more).collect(), self.this(), self.with_own(conditions))
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

    /// An implementation for every lifetime that the type may have for its own: what its conditions ask with one is asked of each, as is what a field
    /// asks that refers to a parameter.
    pub(super) fn for_all_lifetimes<'f>(&self, conditions: Vec<TokenStream>, fields: impl Iterator<Item = &'f TokenStream>) -> Implementor {
        let (mut all, mut declared) = (Vec::new(), Vec::new());
        for parameter in &self.parameters {
            let asked = self.for_all_of(&parameter.declared, &mut all);
            // What is asked of every lifetime cannot be asked of one beside that.
            declared.push(if asked {
                parameter.name.to_token_stream()
            } else {
                parameter.declared.clone()
            });
        }
        for condition in &self.conditions {
            if !self.for_all_of(condition, &mut all) {
                all.push(condition.clone());
            }
        }
        let referred = fields.flat_map(|ty| self.referred(ty.clone()));
        all.extend(referred.map(|name| quote!(#name: 'static)));
        all.extend(conditions);
        Self::assembled(declared, self.this(), all)
    }

    fn is_own_lifetime(&self, tokens: &[TokenTree], place: usize) -> bool {
        let is_tick = |place: usize| matches!(&tokens[place], TokenTree::Punct(tick) if tick.as_char() == '\'');
        let is = |name: &Ident| self.lifetimes().any(|known| known == name);
        place > 0 && is_tick(place - 1) && matches!(&tokens[place], TokenTree::Ident(name) if is(name))
    }

    /// Adds a condition for every lifetime, where it names one of the type's: `false` where it stays beside that.
    ///
    /// That something outlives every one the compiler takes from `'static` alone.
    fn for_all_of(&self, condition: &TokenStream, all: &mut Vec<TokenStream>) -> bool {
        let tokens: Vec<TokenTree> = condition.clone().into_iter().collect();
        let is = |place: usize, mark: char| matches!(tokens.get(place), Some(TokenTree::Punct(punct)) if punct.as_char() == mark);
        // A parameter alone: a lifetime may outlive another, too.
        let Some(subject) = tokens.first().filter(|first| matches!(first, TokenTree::Ident(_)) && is(1, ':')) else {
            return false;
        };
        let own = (3..tokens.len()).filter(|place| self.is_own_lifetime(&tokens, *place));
        let (outlived, named): (Vec<_>, Vec<_>) = own.partition(|place| is(place - 2, ':') || is(place - 2, '+'));
        if !outlived.is_empty() {
            all.push(quote!(#subject: 'static));
        }
        if !named.is_empty() {
            let condition = self.replaced(condition.clone(), &quote!('de));
            all.push(quote!(for<'de> #condition));
        }
        !named.is_empty()
    }

    /// The parameters that a type refers to for a lifetime of the own type's: `&'a T`, `Cow<'a, T>`.
    fn referred(&self, ty: TokenStream) -> Vec<Ident> {
        let tokens: Vec<TokenTree> = ty.into_iter().collect();
        let mut found = Vec::new();
        for (place, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Group(group) => found.extend(self.referred(group.stream())),
                TokenTree::Ident(name) if place > 2 && self.of_kind(ParameterKind::Type).any(|known| known.name == *name) => {
                    let is = |place: usize, word: &str| tokens[place].to_string() == word;
                    let by_reference = self.is_own_lifetime(&tokens, place - 1) && is(place - 3, "&");
                    let by_cow = is(place - 1, ",") && place > 4 && self.is_own_lifetime(&tokens, place - 2) && is(place - 5, "Cow");
                    if by_reference || by_cow {
                        found.push(name.clone());
                    }
                }
                _ => {}
            }
        }
        found
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

/// Whether a type has a function's in it, or a trait of such.
fn has_function(ty: &TokenStream) -> bool {
    ty.clone().into_iter().any(|token| match token {
        TokenTree::Ident(name) => ["fn", "Fn", "FnMut", "FnOnce"].iter().any(|word| name == word),
        TokenTree::Group(group) => has_function(&group.stream()),
        _ => false,
    })
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

fn says_decode(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(name) => name == "Decode" || name == "DecodeOwned",
        TokenTree::Group(group) => says_decode(group.stream()),
        _ => false,
    })
}
