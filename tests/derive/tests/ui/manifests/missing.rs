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

#[derive(KafkaEvent)]
#[kafka(record = "depot.Leg", consume, manifest = "schemas/depot")]
struct OneFolder {
    to: String,
}

#[derive(KafkaEvent)]
#[kafka(record = "Address", manifest = "tests")]
struct NoManifest {
    city: String,
}

fn main() {}
