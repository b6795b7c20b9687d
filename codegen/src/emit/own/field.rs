//! What carries a field of an own struct: written, read, and asserted in the schema's words.

use proc_macro2::{Delimiter, Ident, Literal, Span, TokenStream, TokenTree};
use quote::{format_ident, quote, quote_spanned};

use super::generics::OwnType;
use super::input::OwnField;
use super::lasting;
use super::map_key;
use super::matching::plain;
use super::open;
use super::with;
use crate::emit::codec::hexadecimal;
use crate::emit::logical::logical_of_fixed;
use crate::emit::runtime::moved;
use crate::emit::scope::{MAPS, Scope, ident};
use crate::model::{Field, Logical, Named, Record, Type};
use crate::words::described;

/// A field of the schema with the struct's that carries it, and what both are asked for.
#[derive(Clone, Copy)]
pub(super) struct Pair<'a, 'm> {
    pub(super) scope: &'a Scope<'m>,
    pub(super) record: &'a Record,
    pub(super) this: &'a OwnType,
    pub(super) field: &'a Field,
    pub(super) own: &'a OwnField,
    /// Where the schema's field stands, and how it is written there.
    pub(super) shown: &'a str,
    /// Whether it is written, too.
    pub(super) is_written: bool,
    /// Whether its own type is that of the topic's key.
    pub(super) is_key: bool,
    /// Whether what is asked of a type that is not known before a use says that it is `Decode`, too, for a field that asks for nothing.
    pub(super) is_elaborated: bool,
    /// Whether a topic asks for a type that both is written and read as the field.
    pub(super) is_kept: bool,
}

/// A field as the implementations have it.
pub(super) struct CarriedField {
    /// The traits that ask for what its type lacks, without a token of the user's.
    pub(super) asked: TokenStream,
    /// What stands beside the implementations.
    pub(super) item: TokenStream,
    /// The statement that writes it.
    pub(super) write: TokenStream,
    /// The expression that reads it.
    pub(super) read: TokenStream,
    /// What has to hold of a type that is not known here, to be written and to be read.
    pub(super) conditions: Option<(TokenStream, TokenStream)>,
    /// Whether the layout of such a type is asserted, which only reading says: from the lifetime `'de`.
    pub(super) is_asserted: bool,
    /// What a topic asks of such a type: all of it in one, of which the compiler says one thing.
    pub(super) kept: Option<TokenStream>,
}

/// What a field's type has to do.
#[derive(Clone, Copy)]
pub(super) enum Asked {
    /// To be read alone.
    Read,
    /// To be written, too.
    Written,
    /// To key the topic, too.
    Key,
    /// The same as of the first two, of a type that is not known before a use.
    Open,
    /// To stand between a function of the application's and the field.
    Of(&'static str),
}

/// Where a field stands, for names that mean what they mean in our code.
pub(super) fn located(span: Span) -> Span {
    Span::call_site().located_at(span)
}

/// The trait of types that carry a field, which the compiler names.
pub(super) fn carries(own: &OwnField) -> Ident {
    format_ident!("__Carries_{}", plain(&own.name))
}

/// What of a field's type its Avro type has a trait for.
#[derive(Clone, Copy)]
pub(super) enum By<'a> {
    /// That it is written.
    Written,
    /// That it is read, from what lives as long.
    Read(&'a TokenStream),
    /// That it is a key.
    Keyed,
}

/// The Avro type of a field as one of those traits has it, of the field's type: which is asked for by the trait that says what the schema has.
///
/// Of a type that does not carry the field the compiler then says one thing, if all that the type cannot do is said of one place. That is where the user
/// wrote it: what stands around it is there, too, and the runtime by a name that no path of the user's takes the place of.
pub(super) fn carrying(own: &OwnField, wire: &TokenStream, by: By<'_>) -> TokenStream {
    carrying_as(&own.ty, own, wire, by)
}

/// The same of the field's type with other lifetimes.
fn carrying_as(ty: &TokenStream, own: &OwnField, wire: &TokenStream, by: By<'_>) -> TokenStream {
    let carries = carries(own);
    let first = own.span;
    let last = end(ty, first);
    let (by, lifetime) = match by {
        By::Written => (quote_spanned!(first=> WrittenBy<), None),
        By::Read(lifetime) => (quote_spanned!(first=> ReadBy<#lifetime,), Some(lifetime)),
        By::Keyed => (quote_spanned!(first=> KeyedBy<), None),
    };
    let lifetime = lifetime.cloned().unwrap_or_else(|| quote!('_));
    let open = quote_spanned!(first=> <);
    let wire = spanned(moved(wire.clone(), &quote!(__kafka_event)), first, last);
    let between = quote_spanned!(first=> as __kafka_event::#by <);
    let close = quote_spanned!(last=> as #carries<#lifetime>>::Is>>);
    quote!(#open #wire #between #ty #close)
}

/// Where a type ends that begins at a place: of one that a macro's own parameter stands for, where the user wrote it.
pub(super) fn end(ty: &TokenStream, first: Span) -> Span {
    match ty.clone().into_iter().last() {
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::None => end(&group.stream(), first),
        Some(last) => last.span(),
        None => first,
    }
}

/// Tokens at one place, which end at another; none of them is a group.
fn spanned(tokens: TokenStream, first: Span, last: Span) -> TokenStream {
    let mut tokens: Vec<TokenTree> = tokens.into_iter().collect();
    tokens.iter_mut().for_each(|token| token.set_span(first));
    if let Some(token) = tokens.last_mut() {
        token.set_span(last);
    }
    tokens.into_iter().collect()
}

/// One that its type carries, or the functions of a module.
pub(super) fn carried(of: &Pair<'_, '_>) -> CarriedField {
    match &of.own.with {
        Some(with) => with::carried(of, with),
        None if of.this.is_open(&of.own.ty) => open::carried(of),
        None => by_its_type(of),
    }
}

/// One that its type carries.
///
/// The trait has no methods: of those the compiler would check the bodies for each field, which takes most of what a derive costs.
fn by_its_type(of: &Pair<'_, '_>) -> CarriedField {
    let (own, member, avro) = (of.own, &of.own.name, &of.field.name.avro);
    let (carries, wire, span) = (carries(own), of.scope.wire(&of.field.ty), located(own.span));
    // Of a type that does none of it, one thing is said.
    let asked = match (of.is_key, of.is_written) {
        (true, _) => Asked::Key,
        (false, true) => Asked::Written,
        (false, false) => Asked::Read,
    };
    let written = of.is_written.then(|| quote!(::kafka_event::__private::WrittenBy<T>+));
    let keys = of.is_key.then(|| quote!(::kafka_event::__private::KeyedBy<T>+));
    let said = said(of, asked);
    let assertion = same_type(of, &wire);
    let asked = quote! {
        #said
        pub(crate) trait #carries<'de> {
            type Is;
        }

        #[diagnostic::do_not_recommend]
        impl<'de, T> #carries<'de> for T
        where
            #wire: #written #keys ::kafka_event::__private::ReadBy<'de, T>,
        {
            type Is = T;
        }
    };
    // A borrowed twin is read from its own lifetime alone, which what is read may outlive.
    let ty = of.this.of_any_lifetime(&own.ty);
    let (reader, read) = match lasting::reader(of, &wire) {
        Some((name, item)) => (Some(item), quote_spanned!(span=> #name(__fields)?)),
        None => {
            let carrying = carrying_as(&ty, own, &wire, By::Read(&quote!('_)));
            (None, quote_spanned!(span=> #carrying::read(__fields, #avro)?))
        }
    };
    let carrying = carrying_as(&ty, own, &wire, By::Written);
    CarriedField {
        asked,
        item: quote!(#assertion #reader),
        write: quote_spanned!(span=> #carrying::write(__fields, &self.#member);),
        read,
        conditions: None,
        is_asserted: false,
        kept: None,
    }
}

/// What the compiler says of a type that does not carry the field.
pub(super) fn said(of: &Pair<'_, '_>, asked: Asked) -> TokenStream {
    let Pair {
        scope,
        record,
        field,
        is_written,
        ..
    } = *of;
    let whose = match asked {
        Asked::Of(function) => format!(", which `{function},"),
        _ => String::new(),
    };
    let message = format!(
        "`{{Self}}`{whose} does not carry the field `{}` of the record `{}`",
        escaped(&field.name.avro),
        escaped(&record.name.full())
    );
    let label = format!("the schema has {} here", escaped(&described(scope.model, &field.ty)));
    let place = format!("schema: {}", escaped(of.shown));
    let (name, suggested) = (ident(&field.name.rust), scope.suggested(record, &field.ty));
    // Of the name that is wanted stands another type there.
    let spelled = |ty: &str| ty.replace(' ', "").replace(MAPS, "");
    let is_there = spelled(&of.own.ty.to_string()) == spelled(&suggested);
    let write = match asked {
        Asked::Open => format!("let `{name}` be `{suggested}` where the type is used"),
        _ if is_there => format!("`{suggested}` is the right name, and what has it here is another type: write the path of the right one"),
        _ => format!("write `{name}: {suggested}`"),
    };
    let cure = match (asked, held(&field.ty)) {
        (Asked::Of(_), Type::Union(_)) => format!("let it be `{suggested}`, the type that is generated for the union"),
        (Asked::Of(_), _) => format!("let it be `{suggested}`, or another type that carries the field without loss"),
        (_, Type::Union(_)) => format!("{write}, the type that is generated for it"),
        (_, Type::Named(id) | Type::Boxed(id)) if !matches!(scope.model.named(*id), Named::Fixed(_)) => {
            if is_there {
                format!(
                    "`{suggested}` is the right name, and what has it here is no such type: make it one, or write the path of the generated one"
                )
            } else {
                format!("{write}: such a type, or the generated one")
            }
        }
        _ => format!("{write}, a newtype of it with `#[derive(KafkaEvent)]`, or another type that carries it without loss"),
    };
    let cure = match asked {
        Asked::Of(_) => cure,
        _ => format!("{cure}; functions of your own carry any other: `#[kafka(with = path)]`"),
    };
    let cure = escaped(&cure);
    let mut reasons = why(of, asked);
    if let Asked::Key = asked {
        reasons.push(
            "it keys the topic: a type of your own implements `EncodeKey`, which `#[derive(KafkaEvent)]` does for a newtype".to_owned(),
        );
    }
    if let Asked::Open = asked {
        let wire = scope
            .wire(&field.ty)
            .to_string()
            .replace(' ', "")
            .replace("::kafka_event", "kafka_event");
        let encode = if is_written { "`kafka_event::codec::Encode<W>` and " } else { "" };
        reasons.push(format!(
            "code that is generic itself asks for {encode}`kafka_event::codec::DecodeOwned<W>`, where `W` is `{wire}`, and of a topic's event for `Send + Sync + 'static`"
        ));
    }
    let reasons = reasons.iter().map(|reason| {
        let reason = escaped(reason);
        quote!(note = #reason,)
    });
    quote!(#[diagnostic::on_unimplemented(message = #message, label = #label, note = #place, #(#reasons)* note = #cure)])
}

/// A text in which nothing stands for something else.
pub(super) fn escaped(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}

/// What is in a collection or beside null.
fn held(ty: &Type) -> &Type {
    match ty {
        Type::Array(inner) | Type::Map(inner) | Type::Nullable { inner, .. } => held(inner),
        other => other,
    }
}

/// Why not every type that seems near carries it.
fn why(of: &Pair<'_, '_>, asked: Asked) -> Vec<String> {
    let (scope, ty) = (of.scope, &of.field.ty);
    let null = matches!(ty, Type::Nullable { .. }).then(|| "it may be null: an `Option` holds that".to_owned());
    let held = match held(ty) {
        Type::Int => Some("an int has 32 bits: fewer would lose some, and a number of more may not fit where it is written".to_owned()),
        Type::Long => {
            Some("a long has 64 bits: a type of fewer would lose some, and one without a sign has no negative numbers".to_owned())
        }
        Type::Float => Some("a float has 32 bits: a type of more may not fit where it is written".to_owned()),
        Type::Double => Some("a double has 64 bits: a type of fewer would lose some".to_owned()),
        Type::Logical(
            logical @ (Logical::TimestampMillis
            | Logical::TimestampMicros
            | Logical::TimestampNanos
            | Logical::LocalTimestampMillis
            | Logical::LocalTimestampMicros
            | Logical::LocalTimestampNanos
            | Logical::TimeMillis
            | Logical::TimeMicros),
        ) => Some(format!(
            "a `{}` counts in its own unit: a type of another would lose digits, or has some that are not written",
            logical.avro_name()
        )),
        Type::Union(_) => Some(
            "a union's type is generated, and not derived: by `kafka_event_codegen::Builder::new().build()` in `build.rs`, for `kafka_event::include_events!()`"
                .to_owned(),
        ),
        Type::Named(id) | Type::Boxed(id) => {
            let full = scope.model.name(*id).full();
            let without = match asked {
                Asked::Written | Asked::Key | Asked::Open if of.is_written => ", without `consume`",
                _ => "",
            };
            match scope.model.named(*id) {
                Named::Record(_) => Some(format!(
                    "a struct of your own carries it with `#[derive(KafkaEvent)]` and `#[kafka(record = \"{full}\")]`{without}"
                )),
                Named::Enum(_) => Some(format!(
                    "an enum of your own carries it with `#[derive(KafkaEvent)]` and `#[kafka(enum = \"{full}\")]`{without}"
                )),
                Named::Fixed(fixed) => Some(match fixed.logical {
                    Some(logical) => format!("its {} bytes are a `{}`", fixed.size, logical_of_fixed(logical)),
                    None => format!("it has {} bytes, no more and no fewer", fixed.size),
                }),
            }
        }
        _ => None,
    };
    let keys = match asked {
        Asked::Of(_) => None,
        _ => map_key::of(&of.own.ty, ty, &scope.suggested(of.record, ty)),
    };
    let held = held.filter(|_| !keys.as_ref().is_some_and(|keys| keys.are_alone));
    null.into_iter().chain(keys.map(|_| map_key::WHY.to_owned())).chain(held).collect()
}

/// What has to be a field's named type or union.
#[derive(Clone, Copy)]
pub(super) enum Held {
    /// Its own type.
    Itself,
    /// What `to_avro` gives.
    Given,
    /// What `from_avro` takes.
    Taken,
}

/// The layout of a field's named type or union, which traits cannot tell from others', and what is said of another: behind a format of its own, since
/// until 2021 an assertion's only text is none.
pub(super) fn its_layout(of: &Pair<'_, '_>, by: Held) -> Option<(Literal, String)> {
    let (scope, field) = (of.scope, of.field);
    let (what, layout) = match held(&field.ty) {
        Type::Named(id) | Type::Boxed(id) => (format!("`{}`", scope.model.name(*id).full()), scope.schemas.layout(*id)),
        Type::Union(union) => ("a union".to_owned(), scope.schemas.union_layout(union)),
        _ => return None,
    };
    let own_type = match held(&field.ty) {
        Type::Named(id) | Type::Boxed(id) => match scope.model.named(*id) {
            Named::Record(_) => format!(
                ", or one of your own with `#[kafka(record = \"{}\")]`",
                scope.model.name(*id).full()
            ),
            Named::Enum(_) => format!(", or one of your own with `#[kafka(enum = \"{}\")]`", scope.model.name(*id).full()),
            Named::Fixed(_) => String::new(),
        },
        _ => String::new(),
    };
    let suggested = scope.suggested(of.record, &field.ty);
    let (another, write) = match by {
        Held::Itself => ("its type here is another", format!("write `{suggested}`")),
        Held::Given => ("`to_avro` gives another", format!("let the function give `{suggested}`")),
        Held::Taken => ("`from_avro` takes another", format!("let the function take `{suggested}`")),
    };
    let generated = match held(&field.ty) {
        Type::Named(id) if matches!(scope.model.named(*id), Named::Fixed(_)) => ", or the type that is generated for it",
        _ => ", with the type that is generated for it",
    };
    let message = format!(
        "the schema has {what} in the field `{}`, and {another}\n  --> {}\nhelp: {write}{generated}{own_type}",
        field.name.avro, of.shown,
    );
    Some((hexadecimal(layout), message))
}

/// The assertion within a function that is written once for all types, or for all that a parameter stands for, of a type as a trait that says its layout.
pub(super) fn same_in(of: &Pair<'_, '_>, by: Held, ty: &TokenStream, span: Span) -> Option<TokenStream> {
    let (layout, message) = its_layout(of, by)?;
    Some(quote_spanned! {span=>
        const {
            let __layout = #ty::LAYOUT;
            ::core::assert!(__layout == #layout || __layout == 0, "{}", #message);
        }
    })
}

/// The assertion of a field whose type is known: it is the schema's and no other.
fn same_type(of: &Pair<'_, '_>, wire: &TokenStream) -> Option<TokenStream> {
    let (known, message) = its_layout(of, Held::Itself)?;
    let (carrying, ty) = (carrying(of.own, wire, By::Read(&quote!('_))), of.this.everlasting(&of.own.ty));
    let is_same = ty.to_string() == of.own.ty.to_string();
    let layout = if is_same {
        quote!(#carrying::LAYOUT)
    } else {
        // With `'static` for its lifetimes it would be another type to the compiler, of which it would speak once more.
        quote!({ use ::kafka_event::__private::Unfit as _; ::kafka_event::__private::As::<#wire, #ty>::LAYOUT })
    };
    // As the user's own code, so that the compiler does not speak of macros.
    Some(quote_spanned! {of.own.span=>
        const _: () = {
            let __layout = #layout;
            ::core::assert!(__layout == #known || __layout == 0, "{}", #message);
        };
    })
}
