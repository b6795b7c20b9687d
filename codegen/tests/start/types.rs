//! Types as the derive gives them.

use kafka_event_codegen::emit::own::{
    OwnEnum, OwnEvents, OwnField, OwnKey, OwnMarker, OwnParameter, OwnRecord, OwnTopic, OwnType, OwnVariant, OwnVariantType, OwnWord,
    ParameterKind,
};
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

pub(crate) fn word(text: &str) -> OwnWord {
    OwnWord {
        text: text.to_owned(),
        span: Span::call_site(),
    }
}

pub(crate) fn topic(name: &str, key: Option<OwnKey>) -> OwnTopic {
    OwnTopic { name: word(name), key }
}

pub(crate) fn key(tokens: TokenStream) -> OwnKey {
    OwnKey {
        tokens,
        span: Span::call_site(),
    }
}

pub(crate) fn this(name: &str) -> OwnType {
    OwnType {
        name: ident(name),
        parameters: Vec::new(),
        conditions: Vec::new(),
        doc: None,
        is_deprecated: false,
    }
}

pub(crate) fn parameters(types: &[&str], constants: &[&str]) -> Vec<OwnParameter> {
    let of = |kind, name: &str| {
        let name = ident(name);
        let declared = match kind {
            ParameterKind::Const => quote!(const #name: usize),
            _ => quote!(#name),
        };
        OwnParameter { kind, name, declared }
    };
    let types = types.iter().map(|name| of(ParameterKind::Type, name));
    types.chain(constants.iter().map(|name| of(ParameterKind::Const, name))).collect()
}

pub(crate) fn record(name: &str, fields: Vec<OwnField>) -> OwnRecord {
    OwnRecord {
        this: this(name),
        consume: false,
        rename_all: None,
        fields,
        builder: None,
    }
}

pub(crate) fn field(name: &str, ty: TokenStream) -> OwnField {
    OwnField {
        name: ident(name),
        ty,
        span: Span::call_site(),
        rename: None,
        with: None,
        skip: false,
        doc: None,
    }
}

pub(crate) fn renamed(field: OwnField, name: &str) -> OwnField {
    OwnField {
        rename: Some(word(name)),
        ..field
    }
}

pub(crate) fn own_enum_of(name: &str, variants: Vec<OwnVariant>) -> OwnEnum {
    OwnEnum {
        this: this(name),
        consume: false,
        rename_all: None,
        variants,
    }
}

pub(crate) fn variant(name: &str) -> OwnVariant {
    OwnVariant {
        name: ident(name),
        rename: None,
        ty: None,
        other: None,
        key: None,
    }
}

pub(crate) fn held(ty: TokenStream) -> OwnVariantType {
    OwnVariantType {
        ty,
        span: Span::call_site(),
    }
}

/// An enum with a variant for each record, of its name.
pub(crate) fn events(name: &str, records: &[&str]) -> OwnEvents {
    let of = |record: &&str| {
        let ty = ident(record);
        OwnVariant {
            ty: Some(held(quote!(#ty))),
            ..variant(record)
        }
    };
    OwnEvents {
        this: this(name),
        consume: false,
        variants: records.iter().map(of).collect(),
    }
}

pub(crate) fn marker(name: &str, event: TokenStream) -> OwnMarker {
    OwnMarker {
        this: this(name),
        consume: false,
        event: held(event),
    }
}
