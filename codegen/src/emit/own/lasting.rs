//! What a field borrows for ever, which no message that it is read from lets it.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::{format_ident, quote, quote_spanned};

use super::field::{By, Pair, carrying, located};
use super::input::{OwnError, OwnVariantType};
use super::matching::plain;
use super::record::RecordOf;
use super::start::StartType;

/// What is read from.
const MESSAGE: &str = "the_message";

/// What reads as whatever stands within it does.
pub(super) const HOLDERS: [&str; 7] = ["Option", "Vec", "VecDeque", "Box", "Arc", "BTreeMap", "HashMap"];

/// Each `'static` of a type's that cannot be read: in a field, of a reference to text, bytes or items, and of a `Cow` of text or bytes, by themselves or in
/// what holds them; in a variant that holds a record, of that.
///
/// The compiler would speak of lifetimes that are not in the user's code. What the type of a field does with one, only that type knows.
#[must_use]
pub fn everlasting(ty: StartType<'_>) -> Vec<OwnError> {
    let mut found = Vec::new();
    let (this, kind, holder) = match ty {
        StartType::Record(_, own) => {
            for field in own.fields.iter().filter(|field| !field.skip && field.with.is_none()) {
                find(&field.ty, &mut found);
            }
            (&own.this, "struct", "field")
        }
        StartType::Newtype(this, ty) => {
            find(ty, &mut found);
            (this, "struct", "field")
        }
        StartType::Events(_, own) => {
            let held = own.variants.iter().filter_map(|variant| variant.ty.as_ref());
            found.extend(held.filter_map(|held| of_record(&held.ty)));
            (&own.this, "enum", "record")
        }
        StartType::Enum(..) | StartType::Marker(..) => return Vec::new(),
    };
    // An event that borrows is read alone: it is no cure of one that is published.
    let is_published = match ty {
        StartType::Record(of, own) => matches!(of, Some(RecordOf::Topic(_))) && !own.consume,
        StartType::Events(_, own) => !own.consume,
        _ => false,
    };
    let cure = match this.lifetimes().next() {
        // The derive keeps `'de` for itself, and calls the type's otherwise.
        Some(lifetime) if lifetime == "__de" => format!("write `'de` here, as the {kind} has it"),
        Some(lifetime) => format!("write `'{}` here, as the {kind} has it", plain(lifetime)),
        None => format!("give the {kind} a lifetime, `<'a>`, and write `'a` here"),
    };
    let refuse = |word: Ident| {
        let cure = if is_published {
            format!(
                "let the {holder} own what it has, as a `String` does: an event that borrows is only read; of one with `consume`, {cure}"
            )
        } else {
            format!("{cure}; or let the {holder} own what it has, as a `String` does")
        };
        let message =
            format!("a {holder} that borrows does so from the message that it is read from, which does not stay for ever\nhelp: {cure}");
        OwnError::new(word.span(), message)
    };
    found.into_iter().map(refuse).collect()
}

/// What is wrong with a type that an attribute names for a record which is not borrowed, where it borrows for ever.
pub(super) fn named(what: &str, ty: &TokenStream) -> Option<OwnError> {
    let word = of_record(ty)?;
    let message = format!(
        "{what} owns what it has, and this borrows from a message, which does not stay for ever\nhelp: name a type that owns what it has, as a `String` does, and has no lifetime"
    );
    Some(OwnError::new(word.span(), message))
}

/// The word `static` that stands for a record's own lifetime, in a box or not.
fn of_record(ty: &TokenStream) -> Option<Ident> {
    let tokens: Vec<TokenTree> = ty.clone().into_iter().collect();
    // A macro's parameter stands for a type.
    if let [TokenTree::Group(group)] = &tokens[..] {
        return of_record(&group.stream());
    }
    let open = tokens.iter().position(|token| is_punct(token, '<'))?;
    if is_word(tokens.get(..open)?.last()?, "Box") {
        return of_record(&tokens[open + 1..].iter().cloned().collect());
    }
    match (tokens.get(..open)?.last()?, tokens.get(open + 1)?, tokens.get(open + 2)?) {
        (TokenTree::Ident(_), tick, TokenTree::Ident(word)) if is_punct(tick, '\'') && word == "static" => Some(word.clone()),
        _ => None,
    }
}

/// Implementations that read from `'de` with another name for it, which says what it is where the compiler speaks of it: an alias may stand for a type that
/// borrows for ever.
pub(super) fn in_words(reading: TokenStream) -> TokenStream {
    let mut was_tick = false;
    let words = reading.into_iter().map(|token| {
        let after_tick = std::mem::replace(&mut was_tick, is_punct(&token, '\''));
        match token {
            TokenTree::Ident(name) if after_tick && name == "de" => TokenTree::Ident(Ident::new(MESSAGE, name.span())),
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), in_words(group.stream()));
                inner.set_span(group.span());
                TokenTree::Group(inner)
            }
            other => other,
        }
    });
    words.collect()
}

/// Whether a field's type is refused.
pub(super) fn is_everlasting(ty: &TokenStream) -> bool {
    let mut found = Vec::new();
    find(ty, &mut found);
    !found.is_empty()
}

/// Whether what a variant holds is refused.
pub(super) fn is_everlasting_record(held: &OwnVariantType) -> bool {
    of_record(&held.ty).is_some()
}

/// The words `static` that are refused.
fn find(ty: &TokenStream, found: &mut Vec<Ident>) {
    let tokens: Vec<TokenTree> = ty.clone().into_iter().collect();
    // For each `<` that is open, whether what is before it only holds what is within.
    let mut within: Vec<bool> = Vec::new();
    for (place, token) in tokens.iter().enumerate() {
        let before = |back: usize| place.checked_sub(back).map(|place| &tokens[place]);
        let is_held = within.iter().all(|holds| *holds);
        match token {
            TokenTree::Group(group) if is_held && group.delimiter() != Delimiter::Parenthesis => find(&group.stream(), found),
            TokenTree::Punct(punct) if punct.as_char() == '<' => {
                within.push(before(1).is_some_and(|name| HOLDERS.iter().any(|holder| is_word(name, holder))));
            }
            TokenTree::Punct(punct) if punct.as_char() == '>' && !before(1).is_some_and(|dash| is_punct(dash, '-')) => {
                within.pop();
            }
            TokenTree::Ident(word) if word == "static" && before(1).is_some_and(|tick| is_punct(tick, '\'')) => {
                let refers = before(2).is_some_and(|and| is_punct(and, '&')) && is_held;
                let is_text = tokens.get(place + 1).is_some_and(is_text);
                let opens = before(2).is_some_and(|open| is_punct(open, '<')) && before(3).is_some_and(|name| is_word(name, "Cow"));
                // Of other paths than std's nobody knows.
                let is_std = before(4).is_none_or(|colon| !is_punct(colon, ':')) || before(6).is_some_and(|of| is_word(of, "borrow"));
                // The items of a list are its own.
                let is_list = tokens.get(place + 2).is_some_and(is_list);
                let is_cow = opens && is_std && !is_list && within.split_last().is_some_and(|(_, outer)| outer.iter().all(|holds| *holds));
                if refers && is_text || is_cow {
                    found.push(word.clone());
                }
            }
            _ => {}
        }
    }
}

/// The function that reads a field whose type says `'static` otherwise; nothing where it does not, or has a lifetime of the struct's beside it.
///
/// If the type borrows, the compiler says so in the names that are here, where all of them stand.
pub(super) fn reader(of: &Pair<'_, '_>, wire: &TokenStream) -> Option<(Ident, TokenStream)> {
    let (this, own, avro) = (of.this, of.own, &of.field.name.avro);
    let lifetimes = lifetimes(&own.ty);
    let word = lifetimes.iter().find(|word| *word == "static")?;
    if this.lifetimes().any(|own| lifetimes.contains(own)) {
        return None;
    }
    let (name, ty) = (format_ident!("__read_{}", plain(&own.name)), this.everlasting(&own.ty));
    let lifetime = quote_spanned!(located(word.span())=> 'the_message);
    let carrying = this.everlasting(&carrying(own, wire, By::Read(&quote!('the_message))));
    // No type that the user names.
    let giver = Ident::new("__F", Span::mixed_site());
    let item = quote_spanned! {located(own.span)=>
        #[inline(always)]
        fn #name<#lifetime, #giver: ::kafka_event::codec::FieldReader<'the_message>>(
            __fields: &mut #giver,
        ) -> ::core::result::Result<#ty, ::kafka_event::DecodeError> {
            #carrying::read(__fields, #avro)
        }
    };
    Some((name, item))
}

/// The names of the lifetimes that a type has, wherever they are.
fn lifetimes(ty: &TokenStream) -> Vec<Ident> {
    let (mut was_tick, mut names) = (false, Vec::new());
    for token in ty.clone() {
        let after_tick = std::mem::replace(&mut was_tick, is_punct(&token, '\''));
        match token {
            TokenTree::Ident(name) if after_tick => names.push(name),
            TokenTree::Group(group) => names.extend(lifetimes(&group.stream())),
            _ => {}
        }
    }
    names
}

/// Whether what is referred to is text, bytes or items: that, too, where a macro's own parameter stands for it.
fn is_text(referred: &TokenTree) -> bool {
    match referred {
        TokenTree::Group(group) if group.delimiter() == Delimiter::None => {
            group.stream().into_iter().next().is_some_and(|first| is_text(&first))
        }
        TokenTree::Group(group) => group.delimiter() == Delimiter::Bracket,
        name => is_word(name, "str"),
    }
}

/// Whether it is a list of other items than bytes.
fn is_list(token: &TokenTree) -> bool {
    let TokenTree::Group(group) = token else { return false };
    let items = || group.stream().into_iter();
    match group.delimiter() {
        Delimiter::Bracket => !items().all(|item| is_word(&item, "u8")),
        Delimiter::None => items().next().is_some_and(|first| is_list(&first)),
        _ => false,
    }
}

fn is_word(token: &TokenTree, word: &str) -> bool {
    matches!(token, TokenTree::Ident(name) if name == word)
}

fn is_punct(token: &TokenTree, character: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == character)
}
