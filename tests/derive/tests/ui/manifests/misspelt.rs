use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(topic = "alarms", manifest = "started/topic.toml")]
struct Alarm {
    id: String,
}

fn main() {}
