//! One word of `#[kafka(…)]`.

use kafka_event_codegen::emit::own::{OwnKey, OwnWord};
use proc_macro2::{Span, TokenStream};
use syn::ext::IdentExt as _;
use syn::meta::ParseNestedMeta;
use syn::spanned::Spanned as _;
use syn::{Ident, LitStr, Token};

/// The words of an attribute: `topic`, `record` and so on, each with how it is read.
pub(crate) type Words<'a> = [(&'static str, &'a mut dyn Word)];

/// What a word says.
pub(crate) trait Word {
    /// Reads what stands behind the word.
    fn read(&mut self, meta: &ParseNestedMeta<'_>) -> syn::Result<()>;
    /// Whether it was read before.
    fn is_read(&self) -> bool;
    /// How it is written, for help.
    fn written(&self) -> &'static str;
}

/// Reads every `#[kafka(…)]` among attributes: unknown, repeated, empty and malformed words are errors where they stand, all at once.
pub(crate) fn read(attributes: &[syn::Attribute], on: &str, words: &mut Words<'_>) -> syn::Result<()> {
    let mut errors: Option<syn::Error> = None;
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("kafka")) {
        if matches!(attribute.meta, syn::Meta::Path(_)) || matches!(&attribute.meta, syn::Meta::List(list) if list.tokens.is_empty()) {
            add(
                &mut errors,
                syn::Error::new(attribute.span(), format!("says nothing\nhelp: {}", known(on, words))),
            );
            continue;
        }
        let read = attribute.parse_nested_meta(|meta| {
            let name = meta.path.get_ident().map(ToString::to_string).unwrap_or_default();
            let help = known(on, words);
            let Some((_, word)) = words.iter_mut().find(|(word, _)| *word == name) else {
                add(&mut errors, meta.error(format!("unknown word\nhelp: {help}")));
                return rest(&meta);
            };
            if word.is_read() {
                add(&mut errors, meta.error("stands twice\nhelp: leave one of them"));
                return rest(&meta);
            }
            word.read(&meta)
        });
        if let Err(error) = read {
            add(&mut errors, error);
        }
    }
    errors.map_or(Ok(()), Err)
}

/// Goes to the next word, past what nobody reads.
fn rest(meta: &ParseNestedMeta<'_>) -> syn::Result<()> {
    while !meta.input.is_empty() && !meta.input.peek(Token![,]) {
        meta.input.parse::<proc_macro2::TokenTree>()?;
    }
    Ok(())
}

fn known(on: &str, words: &Words<'_>) -> String {
    let words: Vec<_> = words.iter().map(|(name, word)| format!("`{name}{}`", word.written())).collect();
    format!("`#[kafka(…)]` on {on} takes {}", words.join(", "))
}

/// Adds an error to those before.
pub(crate) fn add(errors: &mut Option<syn::Error>, error: syn::Error) {
    match errors {
        Some(errors) => errors.combine(error),
        None => *errors = Some(error),
    }
}

/// `word = "…"`.
#[derive(Default)]
pub(crate) struct Text(pub(crate) Option<OwnWord>);

impl Word for Text {
    fn read(&mut self, meta: &ParseNestedMeta<'_>) -> syn::Result<()> {
        let value = meta
            .value()
            .map_err(|_| meta.error("says nothing\nhelp: write `= \"…\"` behind it"))?;
        let value: LitStr = value
            .parse()
            .map_err(|error| syn::Error::new(error.span(), "is no text\nhelp: write it between quotes"))?;
        if value.value().is_empty() {
            return Err(syn::Error::new(value.span(), "is empty\nhelp: write a name between the quotes"));
        }
        self.0 = Some(OwnWord {
            text: value.value(),
            span: value.span(),
        });
        Ok(())
    }

    fn is_read(&self) -> bool {
        self.0.is_some()
    }

    fn written(&self) -> &'static str {
        " = \"…\""
    }
}

/// A word alone.
#[derive(Default)]
pub(crate) struct Flag(pub(crate) Option<Span>);

impl Word for Flag {
    fn read(&mut self, meta: &ParseNestedMeta<'_>) -> syn::Result<()> {
        if meta.input.peek(Token![=]) {
            let error = meta.error("takes no value\nhelp: take what stands behind it away");
            rest(meta)?;
            return Err(error);
        }
        self.0 = Some(meta.path.span());
        Ok(())
    }

    fn is_read(&self) -> bool {
        self.0.is_some()
    }

    fn written(&self) -> &'static str {
        ""
    }
}

/// `word = path`, of a module.
#[derive(Default)]
pub(crate) struct Module(pub(crate) Option<TokenStream>);

impl Word for Module {
    fn read(&mut self, meta: &ParseNestedMeta<'_>) -> syn::Result<()> {
        let value = meta
            .value()
            .map_err(|_| meta.error("says nothing\nhelp: write the path of a module: `= path`"))?;
        if value.peek(LitStr) {
            let message = "is a text\nhelp: write the path of the module without quotes";
            return Err(syn::Error::new(value.span(), message));
        }
        let path: syn::Path = value.call(syn::Path::parse_mod_style).map_err(|error| {
            syn::Error::new(
                error.span(),
                "is no path\nhelp: write the path of a module that has `to_avro` and `from_avro`",
            )
        })?;
        self.0 = Some(quote::ToTokens::into_token_stream(path));
        Ok(())
    }

    fn is_read(&self) -> bool {
        self.0.is_some()
    }

    fn written(&self) -> &'static str {
        " = path"
    }
}

/// `word = Type`, or names joined by dots.
#[derive(Default)]
pub(crate) struct TypeOrWay(pub(crate) Option<OwnKey>);

impl Word for TypeOrWay {
    fn read(&mut self, meta: &ParseNestedMeta<'_>) -> syn::Result<()> {
        let value = meta
            .value()
            .map_err(|_| meta.error("says nothing\nhelp: write a type or a field behind it: `= …`"))?;
        if value.peek(LitStr) {
            let message = "is a text\nhelp: write the type or the field without quotes";
            return Err(syn::Error::new(value.span(), message));
        }
        let ty: syn::Type = value
            .parse()
            .map_err(|error| syn::Error::new(error.span(), "is neither a type nor a field\nhelp: write one behind `=`"))?;
        let span = ty.span();
        let mut tokens = quote::ToTokens::into_token_stream(ty);
        while value.peek(Token![.]) {
            let dot: Token![.] = value.parse()?;
            let name: Ident = value.call(Ident::parse_any)?;
            tokens.extend(quote::quote!(#dot #name));
        }
        self.0 = Some(OwnKey { tokens, span });
        Ok(())
    }

    fn is_read(&self) -> bool {
        self.0.is_some()
    }

    fn written(&self) -> &'static str {
        " = …"
    }
}
