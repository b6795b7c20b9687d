//! The way leads to a field that could be a key, and is not the topic's.

mod fields {
    use std::collections::BTreeMap;

    use kafka_event::logical::TimestampMicros;

    #[derive(kafka_event::KafkaEvent)]
    #[kafka(topic = "orders", key = number)]
    pub struct Order {
        pub id: i64,
        #[kafka(skip)]
        pub number: i64,
        pub r#type: String,
        pub lines: Vec<String>,
        pub prices: BTreeMap<String, f64>,
        pub placed_at: TimestampMicros,
        pub note: Option<String>,
    }
}

mod read {
    #[derive(kafka_event::KafkaEvent)]
    #[kafka(topic = "orders", consume, key = id)]
    pub struct Order {
        pub id: i64,
    }
}

fn main() {}
