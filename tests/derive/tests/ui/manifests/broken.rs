use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(record = "Address", manifest = "broken/syntax.toml")]
struct Address {
    city: String,
}

#[derive(KafkaEvent)]
#[kafka(record = "Address", manifest = "broken/keys.toml")]
struct Keys {
    city: String,
}

#[derive(KafkaEvent)]
#[kafka(record = "Address", manifest = "broken/syntax.toml")]
struct Again {
    city: String,
}

#[derive(KafkaEvent)]
#[kafka(record = "Address", manifest = "broken/keys.toml")]
struct KeysAgain {
    city: String,
}

fn main() {}
