//! The topic, record or enum that an own type names.

use super::input::{OwnError, OwnWord};
use super::start::{COMMAND, StartType, help};
use crate::load::Contract;
use crate::model::{Enum, Model, Named, Record, Topic, TypeId};
use crate::nearest::nearest;

/// The topic of a name, for a type: what would make it one is the help; where another is near, what prints that.
pub(super) fn topic<'c>(contract: &'c Contract, word: &OwnWord, ty: StartType<'_>) -> Result<&'c Topic, OwnError> {
    let topics = &contract.model.topics;
    let known = || topics.iter().map(|topic| topic.name.avro.as_str());
    topics.iter().find(|topic| topic.name.avro == word.text).ok_or_else(|| {
        if let Some(error) = record_as_topic(&contract.model, word) {
            return error;
        }
        let message = format!("the manifest has no topic `{}`", word.text);
        let mut error = unknown(word, &message, "topics", known());
        match nearest(&word.text, known()) {
            Some(_) => error.message += COMMAND,
            None => error.message.extend(help(contract, ty)),
        }
        error
    })
}

/// What is said where a record is named for a topic that carries it.
fn record_as_topic(model: &Model, word: &OwnWord) -> Option<OwnError> {
    let is = |id: &TypeId| {
        let name = model.name(*id);
        name.full() == word.text || name.ident.avro == word.text
    };
    let carrying: Vec<_> = model.topics.iter().filter(|topic| topic.records.iter().any(is)).collect();
    // A topic of several records has an enum.
    let first = carrying.iter().find(|topic| topic.records.len() == 1).or(carrying.first())?;
    let names: Vec<String> = carrying.iter().map(|topic| format!("`{}`", topic.name.avro)).collect();
    let carry = match &names[..] {
        [others @ .., last] if !others.is_empty() => format!("the topics {} and {last} carry it", others.join(", ")),
        _ => format!("the topic {} carries it", names.concat()),
    };
    let message = format!(
        "`{}` is no topic\nhelp: it is a record, and {carry}: write `topic = \"{}\"`",
        word.text, first.name.avro
    );
    Some(OwnError::new(word.span, message))
}

/// The record of a full name, or of a name that only one record has.
pub(super) fn record<'c>(contract: &'c Contract, word: &OwnWord) -> Result<(TypeId, &'c Record), OwnError> {
    let (id, named) = named(&contract.model, word, "record", |named| matches!(named, Named::Record(_)))?;
    match named {
        Named::Record(record) => Ok((id, record)),
        _ => unreachable!("only records were looked for"),
    }
}

/// The enum of a full name, or of a name that only one enum has.
pub(super) fn enumeration<'c>(contract: &'c Contract, word: &OwnWord) -> Result<(TypeId, &'c Enum), OwnError> {
    let (id, named) = named(&contract.model, word, "enum", |named| matches!(named, Named::Enum(_)))?;
    match named {
        Named::Enum(enumeration) => Ok((id, enumeration)),
        _ => unreachable!("only enums were looked for"),
    }
}

fn named<'m>(model: &'m Model, word: &OwnWord, kind: &str, is_kind: impl Fn(&Named) -> bool) -> Result<(TypeId, &'m Named), OwnError> {
    let of_kind = || model.types().filter(|(_, named)| is_kind(named));
    if let Some(exact) = of_kind().find(|(_, named)| named.name().full() == word.text) {
        return Ok(exact);
    }
    let short: Vec<_> = of_kind().filter(|(_, named)| named.name().ident.avro == word.text).collect();
    match short[..] {
        [one] => Ok(one),
        [] => {
            let known: Vec<String> = of_kind().map(|(_, named)| named.name().full()).collect();
            let is_other = |named: &Named| named.name().full() == word.text || named.name().ident.avro == word.text;
            if let Some((_, other)) = model.types().find(|(_, named)| is_other(named)) {
                let other = match other {
                    Named::Record(_) => "a record: write `record = \"…\"`, on a struct",
                    Named::Enum(_) => "an enum: write `enum = \"…\"`, on an enum",
                    Named::Fixed(_) => {
                        "a fixed: a struct of one field that carries its bytes, such as `struct Hash([u8; 16])`, needs no name"
                    }
                };
                let message = format!("`{}` is no {kind}\nhelp: it is {other}", word.text);
                return Err(OwnError::new(word.span, message));
            }
            if let Some(topic) = model.topics.iter().find(|topic| topic.name.avro == word.text) {
                let carried: Vec<_> = topic.records.iter().map(|id| format!("`{}`", model.name(*id).full())).collect();
                let message = format!(
                    "`{0}` is no {kind}\nhelp: it is a topic, which carries {1}: write `topic = \"{0}\"`, or name the {kind}",
                    word.text,
                    carried.join(" and ")
                );
                return Err(OwnError::new(word.span, message));
            }
            let message = format!("the schemas have no {kind} `{}`", word.text);
            // Who leaves out the namespace may misspell what is left.
            let near = nearest(&word.text, of_kind().map(|(_, named)| named.name().ident.avro.as_str()));
            if let Some(near) = near.filter(|_| nearest(&word.text, known.iter().map(String::as_str)).is_none()) {
                return Err(OwnError::new(word.span, format!("{message}\nhelp: did you mean `{near}`?")));
            }
            Err(unknown(word, &message, &format!("{kind}s"), known.iter().map(String::as_str)))
        }
        _ => {
            let known: Vec<_> = short.iter().map(|(_, named)| format!("`{}`", named.name().full())).collect();
            let message = format!(
                "`{}` is the name of several\nhelp: write the one that is meant in full: {}",
                word.text,
                known.join(" or ")
            );
            Err(OwnError::new(word.span, message))
        }
    }
}

/// An unknown name, with the nearest that is known, or all where they are few; what is a keyword in Rust is compared without its `r#`.
pub(super) fn unknown<'n>(word: &OwnWord, message: &str, kind: &str, known: impl Iterator<Item = &'n str> + Clone) -> OwnError {
    let bare = |name: &'n str| name.strip_prefix("r#").unwrap_or(name);
    let near = nearest(&word.text, known.clone().map(bare));
    let near = near.and_then(|near| known.clone().find(|name| bare(name) == near));
    unknown_but_near(word, message, kind, near, known)
}

/// The same of one of which it is known whether it is near to another.
pub(super) fn unknown_but_near<'n>(
    word: &OwnWord,
    message: &str,
    kind: &str,
    near: Option<&str>,
    known: impl Iterator<Item = &'n str> + Clone,
) -> OwnError {
    let help = match (near, known.clone().count()) {
        (Some(near), _) => format!("did you mean `{near}`?"),
        (None, 0) => format!("there are no {kind} at all"),
        (None, 1..=20) => format!("the {kind} are: {}", known.collect::<Vec<_>>().join(", ")),
        (None, more) => format!(
            "there are {more} {kind}, among them: {}",
            known.take(20).collect::<Vec<_>>().join(", ")
        ),
    };
    OwnError::new(word.span, format!("{message}\nhelp: {help}"))
}
