//! What `#[kafka(…)]` says on types, fields and variants, and the parts of a type as the generator takes them: one reader for the derive and the
//! command, so that both refuse the same words.
//!
//! | file | its job |
//! | --- | --- |
//! | `word` | one word of `#[kafka(…)]`, read once or refused where it stands |
//! | `attribute` | the words of types, fields and variants |
//! | `parts` | a type's parameters, fields and variants, with what they say |
//!
//! Not for applications: its versions go with those of `kafka-event`.

mod attribute;
mod parts;
mod word;

pub use attribute::{OfField, OfType, OfVariant};
pub use parts::{own_field, own_type, own_variant, refuse_words};
pub use word::{Errors, Flag, Module, Text, TypeOrWay, refused};
