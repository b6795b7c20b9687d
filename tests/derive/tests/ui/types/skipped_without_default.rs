use kafka_event::KafkaEvent;

struct Session;

#[derive(KafkaEvent)]
#[kafka(record = "Address")]
struct Address {
    city: String,
    #[kafka(skip)]
    session: Session,
}

fn main() {}
