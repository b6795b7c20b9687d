use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(topic = "places", key = place.code, manifest = "schemas/depot/topics.toml")]
struct Place {
    city: String,
    open: bool,
}

fn main() {}
