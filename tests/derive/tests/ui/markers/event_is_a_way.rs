use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(topic = "parcels-again", event = sender.id, manifest = "schemas/depot/topics.toml")]
struct ParcelsAgain;

fn main() {}
