//! A service that has a struct of its own for the contract's event, checked while it compiles against the schema in its own package: it
//! shares no crate with the others, and writes and reads the same bytes.

use kafka_event::KafkaEvent;

/// Where somebody lives, in the order that suits this service.
#[derive(Debug, Clone, PartialEq, Eq, KafkaEvent)]
#[kafka(topic = "addresses")]
pub struct Home {
    /// Where.
    pub city: String,
    /// Who.
    pub customer: String,
}
