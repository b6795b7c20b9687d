use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(topic = "parcels", consume, manifest = "schemas/depot/topics.toml")]
struct Seen {
    link: String,
}

#[derive(KafkaEvent)]
#[kafka(topic = "parcels-again", event = Seen, manifest = "schemas/depot/topics.toml")]
struct ParcelsAgain;

fn main() {}
