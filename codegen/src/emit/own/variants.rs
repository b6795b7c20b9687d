//! The variants of an enum of events beside the records that its topic carries.

use proc_macro2::{Ident, Span};

use super::find::unknown_but_near;
use super::fit::{Fit, Wanted, fit};
use super::input::{OwnError, OwnEvents, OwnVariant, OwnVariantType, OwnWord};
use super::matching::{SLIPS, plain};
use super::other_name::{self, Others};
use super::shown::shown;
use super::topic::{record_type, whole};
use crate::emit::event;
use crate::emit::scope::Scope;
use crate::load::Contract;
use crate::model::{Topic, TypeId, TypeName};
use crate::nearest::nearest;

/// A record of the topic's, with what becomes of it.
pub(super) enum Arm<'a> {
    /// A variant that holds it.
    Held(Box<Held<'a>>),
    /// The variant that stands for all others.
    Other(&'a Ident),
}

/// A variant that holds a record.
pub(super) struct Held<'a> {
    pub(super) variant: &'a OwnVariant,
    pub(super) span: Span,
    /// Whether it borrows from the message.
    pub(super) borrows: bool,
    /// The record's type, as it is asked for.
    pub(super) fit: Fit,
}

/// What a variant is to hold.
fn held<'a>(
    contract: &Contract,
    scope: &Scope<'_>,
    record: TypeId,
    own: &OwnEvents,
    variant: &'a OwnVariant,
    held: &OwnVariantType,
) -> Arm<'a> {
    let (full, name) = (scope.model.name(record).full(), plain(&variant.name));
    let wanted = Wanted {
        message: format!("is not the record `{full}`, for which the variant `{name}` stands"),
        label: format!("the topic carries `{full}` here"),
        name: format!("variant_{name}"),
        record,
        is_written: own.is_published(),
        is_owned: !own.this.borrows_in(&held.ty),
        may_be_boxed: true,
    };
    let lasting = OwnVariantType {
        ty: own.this.everlasting(&held.ty),
        span: held.span,
    };
    Arm::Held(Box::new(Held {
        variant,
        span: held.span,
        borrows: own.this.borrows_in(&held.ty),
        fit: fit(contract, scope, &wanted, &lasting),
    }))
}

/// The record that an unknown name is a misspelling of.
fn near(names: &[&TypeName], variant: &OwnVariant) -> Option<usize> {
    let near = nearest(&wanted(variant).text, names.iter().map(|name| name.ident.avro.as_str()))?;
    names.iter().position(|name| name.ident.avro == near)
}

/// The record that a variant looks for, and where it is said.
fn wanted(variant: &OwnVariant) -> OwnWord {
    variant.rename.clone().unwrap_or(OwnWord {
        text: plain(&variant.name),
        span: variant.name.span(),
    })
}

/// What is said of a variant that no record has the name of; it may be one of some by another name.
fn no_record(topic: &Topic, names: &[&TypeName], variant: &OwnVariant, near: Option<usize>, others: &Others<'_>) -> OwnError {
    let word = wanted(variant);
    let message = format!("the topic `{}` carries no record `{}`", topic.name.avro, word.text);
    let mut error = if others.is_likely(&variant.name) {
        OwnError::new(word.span, message)
    } else {
        let near = near.map(|place| names[place].ident.avro.as_str());
        unknown_but_near(&word, &message, "records", near, names.iter().map(|name| name.ident.avro.as_str()))
    };
    error.message.extend(other_name::help(others.names(&variant.name)));
    error
}

/// What becomes of each of the topic's records, in their order; nothing of one that no variant fits.
pub(super) fn arms<'a>(
    contract: &Contract,
    scope: &Scope<'_>,
    topic: &Topic,
    own: &'a OwnEvents,
    errors: &mut Vec<OwnError>,
) -> Vec<Option<Arm<'a>>> {
    let generated = event::variants(scope, topic);
    let names: Vec<_> = topic.records.iter().map(|id| scope.model.name(*id)).collect();
    // Of several of one name, each has its full name alone, and the one that is generated.
    let is_alone = |place: usize| names.iter().filter(|name| name.ident.avro == names[place].ident.avro).count() == 1;
    let is = |place: usize, variant: &OwnVariant| match &variant.rename {
        Some(word) => word.text == names[place].full() || word.text == names[place].ident.avro && is_alone(place),
        None => plain(&variant.name) == plain(&generated[place]) || plain(&variant.name) == names[place].ident.avro && is_alone(place),
    };
    let other = own.variants.iter().find(|variant| variant.other.is_some());
    let placed: Vec<Option<usize>> = own
        .variants
        .iter()
        .map(|variant| (0..names.len()).find(|place| is(*place, variant)))
        .collect();
    // Each with the record that it is a misspelling of.
    let mut strangers: Vec<(&OwnVariant, Option<usize>)> = Vec::new();
    for (variant, place) in own.variants.iter().zip(&placed) {
        if variant.other.is_none() && place.is_none() {
            let is_looked_for = strangers.len() < SLIPS;
            strangers.push((variant, is_looked_for.then(|| near(&names, variant)).flatten()));
        }
    }
    let mut meant: Vec<usize> = strangers.iter().filter_map(|(_, near)| *near).collect();
    let is_left = |place: &usize| !meant.contains(place) && !placed.contains(&Some(*place));
    let spelled: Vec<String> = (0..names.len())
        .map(|place| {
            if is_alone(place) {
                names[place].ident.avro.clone()
            } else {
                names[place].full()
            }
        })
        .collect();
    let left = (0..names.len()).filter(is_left);
    let left: Vec<_> = left
        .map(|place| (spelled[place].as_str(), Some(record_type(scope, topic, place))))
        .collect();
    // Who says a record's name means that.
    let unlike = strangers
        .iter()
        .filter(|(variant, near)| variant.rename.is_none() && near.is_none());
    let unlike: Vec<_> = unlike
        .take(SLIPS)
        .map(|(variant, _)| (&variant.name, variant.ty.as_ref().map(|ty| &ty.ty)))
        .collect();
    let others = Others::of(&unlike, &left);
    meant.extend((0..names.len()).filter(|place| others.likely().contains(&spelled[*place].as_str())));
    for (variant, place) in own.variants.iter().zip(placed) {
        match (variant.other, place, &variant.ty) {
            (Some(span), _, _) if !own.consume => {
                let message = "only an event that is consumed leaves records out\nhelp: give each record a variant, or add `consume` to the enum's `#[kafka(…)]`";
                errors.push(OwnError::new(span, message));
            }
            (Some(_), _, Some(held)) => {
                let message = "what stands for all other records holds nothing\nhelp: take what the variant holds away";
                errors.push(OwnError::new(held.span, message));
            }
            (Some(span), ..) if other.is_some_and(|other| other.name != variant.name) => {
                errors.push(OwnError::new(
                    span,
                    "two variants stand for all other records\nhelp: take one of the two away",
                ));
            }
            (Some(_), ..) => errors.extend(variant.rename.as_ref().map(|word| {
                let message = "what stands for all other records has the name of none\nhelp: take `rename = …` away";
                OwnError::new(word.span, message)
            })),
            (None, None, _) => {
                let near = strangers
                    .iter()
                    .find(|(stranger, _)| stranger.name == variant.name)
                    .and_then(|(_, near)| *near);
                errors.push(no_record(topic, &names, variant, near, &others));
            }
            (None, Some(place), None) => {
                let message = format!(
                    "this variant holds no record\nhelp: write the type of `{}`: `{}({})`",
                    names[place].full(),
                    variant.name,
                    record_type(scope, topic, place)
                );
                errors.push(OwnError::new(variant.name.span(), message));
            }
            (None, Some(_), Some(_)) => {}
        }
    }
    let mut arms = Vec::new();
    let (mut missing, mut places) = (String::new(), String::new());
    for (place, name) in names.iter().enumerate() {
        let mut held = own.variants.iter().filter(|variant| variant.other.is_none() && is(place, variant));
        match held.next() {
            Some(variant) => {
                let ty = variant.ty.as_ref();
                arms.push(ty.map(|ty| self::held(contract, scope, topic.records[place], own, variant, ty)));
            }
            None => match other {
                Some(other) => arms.push(Some(Arm::Other(&other.name))),
                // What is misspelt is there, and told already.
                None if meant.contains(&place) => arms.push(None),
                None => {
                    arms.push(None);
                    missing += &format!("\n    {}({}),", generated[place], record_type(scope, topic, place));
                    if let Some(record) = scope.model.record(topic.records[place]) {
                        places += &format!("\n  --> {}", shown(contract, &record.origin));
                    }
                }
            },
        }
        errors.extend(held.map(|twice| {
            let message = format!(
                "another variant holds `{}` already\nhelp: take one of the two away, or rename it",
                name.full()
            );
            OwnError::new(twice.name.span(), message)
        }));
    }
    if !missing.is_empty() {
        let or = if own.consume {
            "let one variant without a value stand for all others: `#[kafka(other)]`"
        } else {
            "read some of them alone: `consume` in `#[kafka(…)]`, and a variant with `#[kafka(other)]`"
        };
        let by_name = match left.iter().find(|(name, _)| !others.likely().contains(name)) {
            Some((name, _)) if others.has_open() => other_name::elsewhere("variant", name),
            _ => String::new(),
        };
        let message = format!(
            "the topic `{}` carries records that no variant holds{places}\nhelp: add{missing}{by_name}\nhelp: or {or}",
            topic.name.avro
        );
        errors.push(OwnError::new(whole(&own.this), message));
    }
    arms
}
