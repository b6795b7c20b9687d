use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(record = "Segment", consume, manifest = "crossed/topics.toml")]
struct Segment {
    #[kafka(rename = "from")]
    begin: String,
    to: String,
}

fn main() {}
