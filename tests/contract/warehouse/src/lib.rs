//! A service that has a struct of its own for the contract's event: it is checked while it compiles against the schemas of the contract's
//! crate, of which it needs no generated code. The runtime it has by the company's platform.

use contract_platform as platform;
use contract_platform::events::KafkaEvent;

/// Where somebody lives, in the order that suits this service.
#[derive(Debug, Clone, PartialEq, Eq, KafkaEvent)]
#[kafka(topic = "addresses", crate = platform::events)]
pub struct Home {
    /// Where.
    pub city: String,
    /// Who.
    pub customer: String,
}
