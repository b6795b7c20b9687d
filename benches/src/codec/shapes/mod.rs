//! The shapes of events that are measured, each with its types for all codecs.
//!
//! The peers' types hold the same Rust types as ours, field by field, but that a timestamp is the integer that ours wraps.

mod deep;
mod flagship;
mod payload;
pub mod rsgen;
mod unions;
mod wide;

use std::fmt::Debug;

use kafka_event::{Complete, Record, wire};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

pub use deep::Deep;
pub use flagship::{Plain, Typed};
pub use payload::{Bytes, Text};
pub use unions::Unions;
pub use wide::Wide;

/// One shape of events.
pub trait Shape: 'static {
    /// Our type.
    type Event: Record + Complete<Wire = wire::Record> + PartialEq + Debug + Serialize + DeserializeOwned;
    /// The type of serde's codecs.
    type Peer: Serialize + DeserializeOwned + PartialEq + 'static;
    /// The same, borrowed from the bytes.
    type PeerRef: Deserialize<'static> + 'static;
    /// What rsgen-avro makes of the schema.
    type Generated: Serialize + DeserializeOwned + 'static;

    /// What the tables call it.
    const NAME: &'static str;
    /// Its schema's file, without `.avsc`.
    const SCHEMA: &'static str;

    /// The event that is encoded and decoded.
    fn event() -> Self::Event;
}
