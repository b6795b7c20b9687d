use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(record = "Address", manifest = "schemas/topics.toml")]
struct Here {
    city: String,
}

#[derive(KafkaEvent)]
#[kafka(record = "Address", manifest = "../schemas/topics.toml")]
struct Above {
    city: String,
}

#[derive(KafkaEvent)]
#[kafka(record = "Address", manifest = "schemas")]
struct Folder {
    city: String,
}

fn main() {}
