//! What `#[kafka(…)]` says on types, fields and variants, and the types as the generator takes them: one reader for the derive and the command, so
//! that both refuse the same.
//!
//! | file | its job |
//! | --- | --- |
//! | `errors` | all that is wrong, each with its cure |
//! | `word` | one word of `#[kafka(…)]`, read once or refused where it stands |
//! | `attribute` | the words of types, fields and variants |
//! | `parts` | a type's parameters, fields and variants, with what they say |
//! | `laid_out` | what a struct's form in memory rules out |
//! | `own` | which kind of type it is, and the words that such a one takes |
//!
//! Not for applications: its versions go with those of `kafka-event`.

mod attribute;
mod errors;
mod laid_out;
mod own;
mod parts;
mod word;

pub use attribute::{OfField, OfType, OfVariant};
pub use errors::Errors;
pub use laid_out::unsized_fields;
pub use own::{Input, Own, is_phantom, read};
pub use parts::OF_A_UNION;
pub use word::{Flag, Module, Text, TypeOrWay};
