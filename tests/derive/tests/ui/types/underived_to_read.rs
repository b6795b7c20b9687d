use kafka_event::KafkaEvent;

struct Party {
    number: i64,
}

enum State {
    New,
}

#[derive(KafkaEvent)]
#[kafka(topic = "parcels", consume, manifest = "schemas/depot/topics.toml")]
struct Parcel {
    sender: Party,
    receiver: Option<Box<Party>>,
    state: State,
}

fn main() {}
