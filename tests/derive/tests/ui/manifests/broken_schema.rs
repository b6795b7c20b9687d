use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(topic = "jobs", manifest = "broken/topics.toml")]
struct Job {
    id: String,
}

fn main() {}
