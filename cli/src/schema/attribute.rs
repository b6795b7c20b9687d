//! What `#[kafka(…)]` and comments say: the words that a schema depends on. The derive refuses what is wrong with the others.

use kafka_event_codegen::emit::own::{OwnKey, OwnWord, own_doc};
use proc_macro2::{Span, TokenStream, TokenTree};
use syn::meta::ParseNestedMeta;
use syn::spanned::Spanned as _;

/// Words whose value is a text.
const TEXTS: [&str; 6] = ["topic", "record", "enum", "rename", "rename_all", "manifest"];

/// The words of a type, a field or a variant.
#[derive(Default)]
pub(super) struct Words {
    texts: Vec<(String, OwnWord)>,
    tokens: Vec<(String, OwnKey)>,
    flags: Vec<(String, Span)>,
}

impl Words {
    pub(super) fn read(attributes: &[syn::Attribute]) -> syn::Result<Self> {
        let mut words = Self::default();
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("kafka")) {
            attribute.parse_nested_meta(|meta| words.word(&meta)).map_err(|error| {
                let help = if error.to_string().contains("\nhelp: ") {
                    ""
                } else {
                    "\nhelp: the documentation of the derive has the words of `#[kafka(…)]`"
                };
                syn::Error::new(error.span(), format!("{error}{help}"))
            })?;
        }
        Ok(words)
    }

    fn word(&mut self, meta: &ParseNestedMeta<'_>) -> syn::Result<()> {
        let name = meta.path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default();
        if !meta.input.peek(syn::Token![=]) {
            self.flags.push((name, meta.path.span()));
            return Ok(());
        }
        let value = meta.value()?;
        if value.peek(syn::LitStr) {
            let text: syn::LitStr = value.parse()?;
            let (text, span) = (text.value(), text.span());
            self.texts.push((name, OwnWord { text, span }));
            return Ok(());
        }
        let mut tokens = TokenStream::new();
        while !value.is_empty() && !value.peek(syn::Token![,]) {
            tokens.extend([value.parse::<TokenTree>()?]);
        }
        if tokens.is_empty() {
            let message = format!("`{name}` says nothing\nhelp: write what it says behind `=`");
            return Err(syn::Error::new(meta.path.span(), message));
        }
        let span = tokens.span();
        if TEXTS.contains(&name.as_str()) {
            let message = format!("`{name}` says no text\nhelp: write it between quotes: `{name} = \"…\"`");
            return Err(syn::Error::new(span, message));
        }
        self.tokens.push((name, OwnKey { tokens, span }));
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
