//! One word of `#[kafka(…)]`.

use kafka_event_codegen::emit::own::{OwnKey, OwnWord};
use kafka_event_codegen::nearest;
use proc_macro2::{Literal, Span, TokenStream, TokenTree};
use quote::{ToTokens as _, quote};
use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::spanned::Spanned as _;
use syn::{Ident, Lit, LitStr, Token};

use crate::attribute::place_of;
use crate::errors::{Errors, refused};
use crate::parts::place;

/// What takes `#[kafka(…)]`.
pub(crate) trait Place: Default {
    /// Its name, with an article.
    const NAME: &'static str;

    /// The words that it takes, each with how it is read.
    fn words(&mut self) -> Vec<(&'static str, &mut dyn Word)>;
}

/// What a word says.
pub(crate) trait Word {
    /// Reads what stands behind the word.
    fn read(&mut self, name: &Ident, input: ParseStream<'_>) -> syn::Result<()>;
    /// Whether it was read before.
    fn is_read(&self) -> bool;
    /// How it is written, for help.
    fn written(&self) -> &'static str;
}

/// Reads every `#[kafka(…)]` among attributes: unknown, repeated, empty and malformed words are errors where they stand, and the others are
/// read all the same.
///
/// `of` is the name of a struct that they are on, where it is known.
pub(crate) fn read<P: Place>(attributes: &[syn::Attribute], of: Option<&Ident>, errors: &mut Errors) -> P {
    let mut place = P::default();
    let mut words = place.words();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("kafka")) {
        let span = attribute.path().span();
        match &attribute.meta {
            syn::Meta::List(list) if !list.tokens.is_empty() => {
                let read = list.parse_args_with(|input: ParseStream<'_>| {
                    words_of(input, (P::NAME, of), &mut words, errors);
                    Ok(())
                });
                // A group that was begun and not read to its end was refused already.
                if let (Err(error), true) = (read, errors.is_empty()) {
                    errors.refuse(error.span(), "this is more than is read", &known(P::NAME, &words));
                }
            }
            syn::Meta::List(_) | syn::Meta::Path(_) => errors.refuse(span, "`#[kafka(…)]` says nothing", &known(P::NAME, &words)),
            syn::Meta::NameValue(_) => {
                let why = "what `kafka` says stands between parentheses";
                errors.refuse(span, why, &known(P::NAME, &words));
            }
        }
    }
    drop(words);
    place
}

type Words<'a> = [(&'static str, &'a mut dyn Word)];

/// What has the words, and its name, where it is a struct's and known.
type On<'a> = (&'a str, Option<&'a Ident>);

fn words_of(input: ParseStream<'_>, on: On<'_>, words: &mut Words<'_>, errors: &mut Errors) {
    while !input.is_empty() {
        if let Err(error) = word(input, on, words) {
            errors.add(error);
            pass(input);
        } else if !input.is_empty() && !input.peek(Token![,]) {
            let why = "here the next word begins after a comma, or nothing more is wanted";
            errors.refuse(input.span(), why, "write `,` before it, or take it away");
            pass(input);
        }
        // Nothing but a comma is left, or nothing.
        _ = input.parse::<Option<Token![,]>>();
    }
}

fn word(input: ParseStream<'_>, (on, of): On<'_>, words: &mut Words<'_>) -> syn::Result<()> {
    let name = input
        .call(Ident::parse_any)
        .map_err(|error| refused(error.span(), "here a word is wanted", &known(on, words)))?;
    let text = name.to_string();
    let help = known(on, words);
    let near = nearest(&text, words.iter().map(|(word, _)| *word));
    match words.iter_mut().find(|(word, _)| *word == text) {
        Some((_, word)) if word.is_read() => {
            let marker = of.filter(|_| text == "topic").and_then(|of| marker(input, of));
            let help = format!("take one of the two away{}", marker.unwrap_or_default());
            Err(refused(name.span(), &format!("`{text}` is said twice"), &help))
        }
        Some((_, word)) => word.read(&name, input),
        None => {
            let (why, help) = match (place_of(&text), near) {
                (Some(place), _) => (format!("`{text}` is a word for {place}, and not for {on}"), help),
                (None, Some(near)) => (format!("there is no word `{text}`"), format!("did you mean `{near}`?")),
                (None, None) => (format!("there is no word `{text}`"), help),
            };
            Err(refused(name.span(), &why, &help))
        }
    }
}

/// The help that writes a type for the second topic that a type says it is the event of.
fn marker(input: ParseStream<'_>, of: &Ident) -> Option<String> {
    let behind = input.fork();
    behind.parse::<Token![=]>().ok()?;
    let topic = behind.parse::<LitStr>().ok()?.value();
    let upper = |word: &str| {
        word.chars()
            .take(1)
            .flat_map(char::to_uppercase)
            .chain(word.chars().skip(1))
            .collect::<String>()
    };
    let mut name: String = topic.split(|character: char| !character.is_alphanumeric()).map(upper).collect();
    if of == &name {
        name += "Topic";
    }
    syn::parse_str::<Ident>(&name).ok()?;
    Some(format!(
        "\nhelp: another topic that carries the same events has a type of its own\n    #[derive(KafkaEvent)]\n    #[kafka(topic = \"{topic}\", event = {of})]\n    struct {name};"
    ))
}

/// Goes to the next comma, past what nobody reads.
fn pass(input: ParseStream<'_>) {
    while !input.is_empty() && !input.peek(Token![,]) {
        _ = input.parse::<TokenTree>();
    }
}

fn known(on: &str, words: &Words<'_>) -> String {
    let words: Vec<_> = words.iter().map(|(name, word)| format!("`{name}{}`", word.written())).collect();
    format!("`#[kafka(…)]` on {on} takes {}", words.join(", "))
}

/// Goes past the `=` behind a word.
fn equals(name: &Ident, input: ParseStream<'_>, written: &str) -> syn::Result<()> {
    match input.parse::<Token![=]>() {
        Ok(_) => Ok(()),
        Err(_) => Err(refused(
            name.span(),
            &format!("`{name}` says nothing"),
            &format!("write `{name}{written}`"),
        )),
    }
}

/// What stands alone without quotes: of a path what it leads to.
fn bare(input: ParseStream<'_>) -> Option<String> {
    let input = input.fork();
    let path = input.call(syn::Path::parse_mod_style).ok()?;
    let is_all = input.is_empty() || input.peek(Token![,]);
    path.segments.last().filter(|_| is_all).map(|last| last.ident.unraw().to_string())
}

/// `word = "…"`.
#[derive(Debug, Default)]
pub struct Text(
    /// What it says, where it is there.
    pub Option<OwnWord>,
);

impl Word for Text {
    fn read(&mut self, name: &Ident, input: ParseStream<'_>) -> syn::Result<()> {
        equals(name, input, self.written())?;
        let value: LitStr = input.parse().map_err(|error| {
            let help = format!("write `{name} = \"{}\"`", bare(input).unwrap_or_else(|| "…".to_owned()));
            refused(error.span(), &format!("`{name}` takes a text"), &help)
        })?;
        if value.value().is_empty() {
            return Err(refused(
                value.span(),
                &format!("`{name}` is empty"),
                "write a name between the quotes",
            ));
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
#[derive(Debug, Default)]
pub struct Flag(
    /// What it says, where it is there.
    pub Option<Span>,
);

impl Word for Flag {
    fn read(&mut self, name: &Ident, input: ParseStream<'_>) -> syn::Result<()> {
        if input.peek(Token![=]) || input.peek(Token![:]) || input.peek(syn::token::Paren) {
            return Err(refused(
                input.span(),
                &format!("`{name}` takes no value"),
                &format!("write `{name}` alone, or leave it out"),
            ));
        }
        self.0 = Some(name.span());
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
#[derive(Debug, Default)]
pub struct Module(
    /// What it says, where it is there.
    pub Option<TokenStream>,
);

impl Word for Module {
    fn read(&mut self, name: &Ident, input: ParseStream<'_>) -> syn::Result<()> {
        equals(name, input, self.written())?;
        let help = self.help(name);
        if let Ok(text) = input.fork().parse::<LitStr>() {
            // What stands between the quotes may be what is wanted.
            let help = match text.parse_with(syn::Path::parse_mod_style) {
                Ok(_) => format!("write `{name} = {}`", text.value()),
                Err(_) => help,
            };
            return Err(refused(input.span(), &format!("`{name}` takes a path without quotes"), &help));
        }
        let path = input
            .call(syn::Path::parse_mod_style)
            .map_err(|error| refused(error.span(), &format!("`{name}` takes a path"), &help))?;
        self.0 = Some(path.into_token_stream());
        Ok(())
    }

    fn is_read(&self) -> bool {
        self.0.is_some()
    }

    fn written(&self) -> &'static str {
        " = path"
    }
}

impl Module {
    fn help(&self, name: &Ident) -> String {
        let what = if name == "crate" {
            "where `kafka_event` is: `crate = ::platform::kafka_event`"
        } else {
            "of a module that has the functions `to_avro` and `from_avro`"
        };
        format!("write the path {what}")
    }
}

/// `word = Type`, or names joined by dots.
#[derive(Debug, Default)]
pub struct TypeOrWay(
    /// What it says, where it is there.
    pub Option<OwnKey>,
);

impl Word for TypeOrWay {
    fn read(&mut self, name: &Ident, input: ParseStream<'_>) -> syn::Result<()> {
        equals(name, input, self.written())?;
        let wants = format!("`{name}` takes {}", self.takes(name));
        let help = format!("write `{name} = {}`", self.example(name));
        let read = |input: ParseStream<'_>| type_or_way(name, input, &wants, &help);
        if let Ok(text) = input.fork().parse::<LitStr>() {
            // What stands between the quotes may be what is wanted.
            let help = match text.parse_with(read) {
                Ok(_) => format!("write `{name} = {}`", text.value()),
                Err(_) => help.clone(),
            };
            return Err(refused(input.span(), &format!("{wants}, without quotes"), &help));
        }
        self.0 = Some(read(input)?);
        Ok(())
    }

    fn is_read(&self) -> bool {
        self.0.is_some()
    }

    fn written(&self) -> &'static str {
        " = …"
    }
}

fn type_or_way(name: &Ident, input: ParseStream<'_>, wants: &str, help: &str) -> syn::Result<OwnKey> {
    let first = keyword(input);
    let ty: syn::Type = input.parse().map_err(|error| match first {
        Some(keyword) => no_name(&keyword, help),
        None => refused(error.span(), wants, help),
    })?;
    let span = place(&ty);
    let mut tokens = ty.into_token_stream();
    if name == "event" && input.peek(Token![.]) {
        let mut way = tokens.clone();
        while !input.is_empty() && !input.peek(Token![,]) {
            way.extend([input.parse::<TokenTree>()?]);
        }
        let way = way.to_string().replace(' ', "");
        let help = format!("{help}; where the event's key is, `key = {way}` says");
        return Err(refused(span, &format!("{wants}, and this is a way to a field"), &help));
    }
    while input.peek(Token![.]) {
        let dot: Token![.] = input.parse()?;
        let parts = if input.peek(Lit) {
            unnamed(input, help)?
        } else if let Some(keyword) = keyword(input) {
            return Err(no_name(&keyword, help));
        } else {
            let name: Ident = input.parse().map_err(|error| no_field(error.span(), help))?;
            vec![name.into_token_stream()]
        };
        tokens.extend(parts.into_iter().map(|part| quote!(#dot #part)));
    }
    Ok(OwnKey { tokens, span })
}

/// The only field of a newtype; of one within another what the language has as one number, `0.0`.
fn unnamed(input: ParseStream<'_>, help: &str) -> syn::Result<Vec<TokenStream>> {
    let literal: Lit = input.parse()?;
    let text = literal.to_token_stream().to_string();
    let part = |part: &str| {
        let mut index = Literal::usize_unsuffixed(part.parse().ok()?);
        index.set_span(literal.span());
        Some(index.into_token_stream())
    };
    let parts: Option<Vec<_>> = text.split('.').map(part).collect();
    parts.ok_or_else(|| no_field(literal.span(), help))
}

/// The keyword that stands next, where one does.
fn keyword(input: ParseStream<'_>) -> Option<Ident> {
    let word = input.fork().call(Ident::parse_any).ok()?;
    input.fork().parse::<Ident>().is_err().then_some(word)
}

/// A keyword is no field's name, but most are one behind `r#`.
fn no_name(keyword: &Ident, help: &str) -> syn::Error {
    let is_path = ["self", "Self", "super", "crate", "_"].iter().any(|word| keyword == word);
    let help = if is_path { help.to_owned() } else { format!("write `r#{keyword}`") };
    refused(keyword.span(), &format!("`{keyword}` is a keyword, and no name of a field"), &help)
}

fn no_field(span: Span, help: &str) -> syn::Error {
    refused(span, "here the name of a field is wanted", help)
}

impl TypeOrWay {
    fn takes(&self, name: &Ident) -> &'static str {
        if name == "event" { "a type" } else { "a field, or a type" }
    }

    fn example(&self, name: &Ident) -> &'static str {
        if name == "event" {
            "Type"
        } else {
            "field`, `customer.id` or `Type"
        }
    }
}
