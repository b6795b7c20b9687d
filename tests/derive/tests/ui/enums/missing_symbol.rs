use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(enum = "Carrier", rename_all = "UPPERCASE")]
enum Carrier {
    Post,
}

#[derive(KafkaEvent)]
#[kafka(enum = "State", manifest = "schemas/depot/topics.toml")]
enum State {}

fn main() {}
