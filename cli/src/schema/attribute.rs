//! What `#[kafka(…)]` and comments say. A word is refused where the derive refuses it.

use kafka_event_codegen::emit::own::{OwnKey, OwnWord, own_doc};
use kafka_event_codegen::nearest;
use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{ToTokens as _, quote};
use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::spanned::Spanned as _;
use syn::{Ident, LitStr, Token};

/// What stands behind a word.
#[derive(Clone, Copy)]
enum Value {
    /// A text.
    Text,
    /// Nothing.
    Flag,
    /// The path of a module.
    Module,
    /// A type, or names joined by dots.
    TypeOrWay,
}

/// What takes `#[kafka(…)]`: its name with an article, and its words.
pub(super) struct Place(&'static str, &'static [(&'static str, Value)]);

impl Place {
    pub(super) const TYPE: Self = Self(
        "a type",
        &[
            ("topic", Value::Text),
            ("record", Value::Text),
            ("enum", Value::Text),
            ("consume", Value::Flag),
            ("key", Value::TypeOrWay),
            ("event", Value::TypeOrWay),
            ("rename_all", Value::Text),
            ("manifest", Value::Text),
            ("crate", Value::Module),
        ],
    );
    pub(super) const FIELD: Self = Self(
        "a field",
        &[("rename", Value::Text), ("with", Value::Module), ("skip", Value::Flag)],
    );
    pub(super) const VARIANT: Self = Self(
        "a variant",
        &[("rename", Value::Text), ("other", Value::Flag), ("key", Value::TypeOrWay)],
    );

    fn value(&self, word: &str) -> Option<Value> {
        self.1.iter().find(|(known, _)| *known == word).map(|(_, value)| *value)
    }

    fn known(&self) -> String {
        let words: Vec<_> = self.1.iter().map(|(word, value)| format!("`{word}{}`", value.written())).collect();
        format!("`#[kafka(…)]` on {} takes {}", self.0, words.join(", "))
    }
}

impl Value {
    fn written(self) -> &'static str {
        match self {
            Self::Text => " = \"…\"",
            Self::Flag => "",
            Self::Module => " = path",
            Self::TypeOrWay => " = …",
        }
    }
}

/// The words of a type, a field or a variant.
#[derive(Default)]
pub(super) struct Words {
    texts: Vec<(String, OwnWord)>,
    tokens: Vec<(String, OwnKey)>,
    flags: Vec<(String, Span)>,
    errors: Option<syn::Error>,
}

/// An error with its cure.
pub(super) fn refused(span: Span, why: &str, help: &str) -> syn::Error {
    syn::Error::new(span, format!("{why}\nhelp: {help}"))
}

impl Words {
    /// Reads all of them; or all that is wrong with them.
    pub(super) fn read(attributes: &[syn::Attribute], place: &Place) -> syn::Result<Self> {
        let mut words = Self::default();
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("kafka")) {
            let span = attribute.path().span();
            match &attribute.meta {
                syn::Meta::List(list) if !list.tokens.is_empty() => {
                    let read = list.parse_args_with(|input: ParseStream<'_>| {
                        words.all(input, place);
                        Ok(())
                    });
                    if let (Err(error), None) = (read, &words.errors) {
                        words.refuse(refused(error.span(), "this is more than is read", &place.known()));
                    }
                }
                syn::Meta::List(_) | syn::Meta::Path(_) => words.refuse(refused(span, "`#[kafka(…)]` says nothing", &place.known())),
                syn::Meta::NameValue(_) => {
                    words.refuse(refused(span, "what `kafka` says stands between parentheses", &place.known()));
                }
            }
        }
        match words.errors.take() {
            Some(errors) => Err(errors),
            None => Ok(words),
        }
    }

    fn refuse(&mut self, error: syn::Error) {
        match &mut self.errors {
            Some(errors) => errors.combine(error),
            None => self.errors = Some(error),
        }
    }

    fn all(&mut self, input: ParseStream<'_>, place: &Place) {
        while !input.is_empty() {
            let read = self.word(input, place).and_then(|()| {
                if input.is_empty() || input.peek(Token![,]) {
                    return Ok(());
                }
                let why = "here the next word begins after a comma, or nothing more is wanted";
                Err(refused(input.span(), why, "write `,` before it, or take it away"))
            });
            if let Err(error) = read {
                self.refuse(error);
                while !input.is_empty() && !input.peek(Token![,]) {
                    _ = input.parse::<TokenTree>();
                }
            }
            // Nothing but a comma is left, or nothing.
            _ = input.parse::<Option<Token![,]>>();
        }
    }

    fn word(&mut self, input: ParseStream<'_>, place: &Place) -> syn::Result<()> {
        let name = input
            .call(Ident::parse_any)
            .map_err(|error| refused(error.span(), "here a word is wanted", &place.known()))?;
        let text = name.to_string();
        let Some(value) = place.value(&text) else {
            let near = nearest(&text, place.1.iter().map(|(word, _)| *word));
            let other = [Place::TYPE, Place::FIELD, Place::VARIANT]
                .into_iter()
                .find(|other| other.value(&text).is_some());
            let (why, help) = match (other, near) {
                (Some(other), _) => (
                    format!("`{text}` is a word for {}, and not for {}", other.0, place.0),
                    place.known(),
                ),
                (None, Some(near)) => (format!("there is no word `{text}`"), format!("did you mean `{near}`?")),
                (None, None) => (format!("there is no word `{text}`"), place.known()),
            };
            return Err(refused(name.span(), &why, &help));
        };
        if self.text(&text).is_some() || self.tokens(&text).is_some() || self.flag(&text).is_some() {
            return Err(refused(name.span(), &format!("`{text}` is said twice"), "leave one of them"));
        }
        if let Value::Flag = value {
            if input.peek(Token![=]) || input.peek(Token![:]) || input.peek(syn::token::Paren) {
                let help = format!("write `{text}` alone, or leave it out");
                return Err(refused(input.span(), &format!("`{text}` takes no value"), &help));
            }
            self.flags.push((text, name.span()));
            return Ok(());
        }
        let help = format!("write `{text}{}`", value.written());
        input
            .parse::<Token![=]>()
            .map_err(|_| refused(name.span(), &format!("`{text}` says nothing"), &help))?;
        let (takes, says) = match value {
            Value::Text => {
                let word = self::text(input, &text)?;
                self.texts.push((text, word));
                return Ok(());
            }
            Value::Module => ("a path", module as fn(ParseStream<'_>) -> syn::Result<TokenStream>),
            _ if text == "event" => ("a type", ty as _),
            _ => ("a field, or a type", type_or_way as _),
        };
        let span = input.span();
        if let Ok(quoted) = input.fork().parse::<LitStr>() {
            let help = format!("write `{text} = {}`", quoted.value());
            return Err(refused(span, &format!("`{text}` takes {takes}, without quotes"), &help));
        }
        let tokens = says(input).map_err(|error| refused(error.span(), &format!("`{text}` takes {takes}"), &help))?;
        let span = tokens.span();
        self.tokens.push((text, OwnKey { tokens, span }));
        Ok(())
    }

    pub(super) fn text(&self, name: &str) -> Option<OwnWord> {
        self.texts.iter().find(|(known, _)| known == name).map(|(_, word)| word.clone())
    }

    pub(super) fn tokens(&self, name: &str) -> Option<OwnKey> {
        self.tokens
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, tokens)| tokens.clone())
    }

    pub(super) fn flag(&self, name: &str) -> Option<Span> {
        self.flags.iter().find(|(known, _)| known == name).map(|(_, span)| *span)
    }
}

fn text(input: ParseStream<'_>, name: &str) -> syn::Result<OwnWord> {
    let value: LitStr = input.parse().map_err(|error| {
        let bare = input
            .fork()
            .parse::<Ident>()
            .map_or_else(|_| "…".to_owned(), |bare| bare.to_string());
        refused(
            error.span(),
            &format!("`{name}` takes a text"),
            &format!("write `{name} = \"{bare}\"`"),
        )
    })?;
    let (text, span) = (value.value(), value.span());
    if text.is_empty() {
        return Err(refused(span, &format!("`{name}` is empty"), "write a name between the quotes"));
    }
    Ok(OwnWord { text, span })
}

fn module(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    Ok(input.call(syn::Path::parse_mod_style)?.into_token_stream())
}

fn ty(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    Ok(input.parse::<syn::Type>()?.into_token_stream())
}

fn type_or_way(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    let mut tokens = ty(input)?;
    while input.peek(Token![.]) {
        let dot: Token![.] = input.parse()?;
        let part = input.call(Ident::parse_any)?;
        tokens.extend(quote!(#dot #part));
    }
    Ok(tokens)
}

/// What a comment says.
pub(super) fn doc(attributes: &[syn::Attribute]) -> Option<String> {
    own_doc(attributes.iter().filter_map(|attribute| match &attribute.meta {
        syn::Meta::NameValue(syn::MetaNameValue {
            path,
            value: syn::Expr::Lit(syn::ExprLit {
                lit: syn::Lit::Str(line), ..
            }),
            ..
        }) if path.is_ident("doc") => Some(line.value()),
        _ => None,
    }))
}
