//! An application's own types, as the derive finds them: checked against the contract, and implemented as generated ones are.
//!
//! | file | its job |
//! | --- | --- |
//! | `input` | a type as it is written, with what its attributes say |
//! | `generics` | its parameters, and what stands around its implementations |
//! | `find` | the topic, record or enum that it names |
//! | `case` | its names as `rename_all` spells them |
//! | `matching` | the schema's fields beside its own |
//! | `other_name` | which of the schema's names one that it does not have may mean |
//! | `shown` | the schema's side of a message |
//! | `field` | what carries a field: written, read, and asserted in the schema's words |
//! | `map_key` | what a map's keys have to be |
//! | `open` | a field whose type is not known before a use |
//! | `with` | a field that functions of the application's carry |
//! | `builder` | a builder of it, where it asks for one |
//! | `asked` | where the traits stand that ask for what a type lacks |
//! | `fit` | a type that an attribute or a variant names for a record |
//! | `lasting` | what a field borrows for ever |
//! | `passed` | fields that it does not have: passed over, or written with their defaults |
//! | `record`, `enumeration`, `events`, `newtype`, `marker` | a kind of type with its implementations |
//! | `variants` | an enum's variants beside its topic's records |
//! | `topic`, `key` | its topic, and what keys that |
//! | `threads` | what its fields must be for its events to leave their thread |
//! | `through` | its fields by the schema's names, which keys may lead through |
//! | `way` | the way to a key as a type |
//! | `known` | what is asked of the types in one that fails |
//! | `shape` | a topic as a type has it that failed |
//! | `start` | from types without a contract to its first schemas and lines |

mod asked;
mod builder;
mod case;
mod enumeration;
mod events;
mod field;
mod find;
mod fit;
mod generics;
mod input;
mod key;
mod known;
mod lasting;
mod map_key;
mod marker;
mod matching;
mod newtype;
mod open;
mod other_name;
mod passed;
mod record;
mod shape;
mod shown;
mod start;
mod threads;
mod through;
mod topic;
mod variants;
mod way;
mod with;

use proc_macro2::TokenStream;

pub use case::no_case;
pub use enumeration::own_enum;
pub use events::own_events;
pub use generics::{OwnParameter, OwnType, ParameterKind};
pub use input::{
    OwnEnum, OwnError, OwnEvents, OwnField, OwnKey, OwnMarker, OwnNewtype, OwnRecord, OwnTopic, OwnVariant, OwnVariantType, OwnWord,
    own_doc,
};
pub use known::known;
pub use lasting::everlasting;
pub use marker::own_marker;
pub use newtype::own_newtype;
pub use record::{RecordOf, own_record};
pub use shape::{KeyShape, TopicShape, topic_shape};
pub use start::{Start, StartNote, StartType, first_help, spelled_type, start};

/// Implementations whose runtime is at another path than `::kafka_event`.
#[must_use]
pub fn with_runtime(implementations: TokenStream, path: &TokenStream) -> TokenStream {
    super::runtime::moved(asked::spoken(asked::beside(implementations), path), path)
}

/// What is said of a type, which calls the runtime as the user calls it.
#[must_use]
pub fn said_with_runtime(message: &str, path: &TokenStream) -> String {
    let path = path.to_string().replace(' ', "");
    message.replace("kafka_event::", &format!("{}::", path.strip_prefix("::").unwrap_or(&path)))
}
