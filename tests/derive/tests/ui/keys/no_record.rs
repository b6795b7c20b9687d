use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(topic = "places", key = String, manifest = "schemas/depot/topics.toml")]
struct ByText {
    city: String,
    open: bool,
}

#[derive(KafkaEvent)]
#[kafka(topic = "places", key = city, manifest = "schemas/depot/topics.toml")]
struct ByField {
    city: String,
    open: bool,
}

fn main() {}
