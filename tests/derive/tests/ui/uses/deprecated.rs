//! What is deprecated is told where an attribute uses it.
#![deny(deprecated)]

use kafka_event::KafkaEvent;

mod old {
    #[deprecated]
    pub fn to_avro(city: &str) -> &str {
        city
    }

    #[deprecated]
    pub fn from_avro(city: String) -> Result<String, String> {
        Ok(city)
    }

    #[allow(deprecated)]
    mod order {
        #[deprecated]
        #[derive(kafka_event::KafkaEvent)]
        #[kafka(topic = "orders", consume)]
        pub struct Order {
            pub id: i64,
        }
    }

    pub use order::*;
}

#[derive(KafkaEvent)]
#[kafka(record = "Address")]
pub struct Address {
    #[kafka(with = old)]
    pub city: String,
}

#[derive(KafkaEvent)]
#[kafka(topic = "last-orders", event = old::Order, consume)]
pub struct LastOrders;

fn main() {}
