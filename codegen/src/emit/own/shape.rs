//! What a topic gives the type that failed to be its event, or its marker.

use proc_macro2::TokenStream;
use quote::quote;

use super::key::key_type_of;
use crate::emit::Switches;
use crate::emit::scope::Scope;
use crate::load::Contract;
use crate::model::Key;
use crate::options::Choices;

/// What uses of a topic see of it.
#[derive(Debug)]
pub struct TopicShape {
    /// What keys it.
    pub key: KeyShape,
    /// Whether its messages may be tombstones.
    pub is_compacted: bool,
}

/// What keys a topic.
#[derive(Debug)]
pub enum KeyShape {
    /// Nothing, or a field of its events: a key of this type.
    Type(TokenStream),
    /// A record of its own, whose type the event names.
    Record,
}

/// The shape of a topic of the contract, where it has that.
#[must_use]
pub fn topic_shape(contract: &Contract, name: &str) -> Option<TopicShape> {
    let topic = contract.model.topics.iter().find(|topic| topic.name.avro == name)?;
    let scope = Scope::new(&contract.model, Switches::default(), Choices::default());
    let key = match &topic.key {
        Key::None => KeyShape::Type(quote!(())),
        Key::Field { .. } => KeyShape::Type(key_type_of(&scope, topic)),
        Key::Record(_) => KeyShape::Record,
    };
    Some(TopicShape {
        key,
        is_compacted: topic.cleanup.is_compacted(),
    })
}
