use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(topic = "tagged", manifest = "schemas/types/topics.toml")]
struct Tagged {
    numbr: i32,
}

#[derive(KafkaEvent)]
#[kafka(topic = "tagged", manifest = "schemas/types/topics.toml", key = number)]
struct Elsewhere {
    tag: String,
    numbr: i32,
}

// A key that is misspelt itself is told once.
#[derive(KafkaEvent)]
#[kafka(topic = "tagged", manifest = "schemas/types/topics.toml", key = tagg)]
struct Misspelt {
    tagg: String,
    number: i32,
}

#[derive(KafkaEvent)]
#[kafka(topic = "unkeyed", manifest = "schemas/types/topics.toml", key = tag, rename_all = "shouting")]
struct Shouted {
    tag: String,
    number: i32,
}

fn main() {}
