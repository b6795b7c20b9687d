//! What is to be written calls the runtime as the user does, and what the prelude has not by its path.

mod platform {
    pub(super) use kafka_event as events;
}

#[derive(platform::events::KafkaEvent)]
#[kafka(topic = "orders", crate = crate::platform::events)]
struct Order {
    id: i64,
}

#[derive(platform::events::KafkaEvent)]
#[kafka(record = "Exact", manifest = "schemas/types/topics.toml", crate = platform::events)]
struct Exact {}

fn main() {}
