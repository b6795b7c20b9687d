//! What services share: generated types, and the runtime under a path of this crate's.
#![deny(warnings, missing_docs, clippy::all)]
#![forbid(unsafe_code)]

pub use kafka_event;

/// The contract with nothing chosen that changes a type.
pub mod events {
    kafka_event::include_events!();
}

/// The contract with types chosen, without twins and builders.
pub mod lean {
    include!(concat!(env!("OUT_DIR"), "/lean/kafka_events.rs"));
}

/// A type of this crate's own.
pub mod own {
    use kafka_event::KafkaEvent;

    /// A record whose field functions carry.
    #[derive(Debug, Clone, PartialEq, KafkaEvent)]
    #[kafka(record = "com.acme.common.geo.Place", manifest = "../schemas/topics.toml")]
    pub struct Place {
        /// How far east, on the wire from elsewhere.
        #[kafka(with = east)]
        pub x: i32,
    }

    /// The same by another name, beside what is of this crate alone.
    #[derive(Debug, Clone, PartialEq, KafkaEvent)]
    #[kafka(record = "com.acme.common.geo.Place", manifest = "../schemas/topics.toml")]
    pub struct Named {
        /// How far it is from here.
        #[kafka(skip)]
        pub x: i32,
        /// How far east.
        #[kafka(rename = "x")]
        pub east: i32,
    }

    /// A record that holds the first.
    #[derive(Debug, Clone, PartialEq, KafkaEvent)]
    #[kafka(record = "com.acme.common.Money", manifest = "../schemas/topics.toml")]
    pub struct Money {
        /// Whose.
        pub account: String,
        /// How much.
        pub cents: i64,
        /// Of what.
        pub currency: crate::events::com::acme::common::Currency,
        /// How one knows.
        pub proof: Option<crate::events::com::acme::common::Proof>,
        /// Where.
        pub at: Place,
    }

    mod east {
        pub(super) fn to_avro(x: &i32) -> i32 {
            x.wrapping_add(180)
        }

        pub(super) fn from_avro(x: i32) -> Result<i32, std::convert::Infallible> {
            Ok(x.wrapping_sub(180))
        }
    }
}
