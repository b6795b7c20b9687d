use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(enum = "Side", manifest = "crossed/topics.toml")]
enum Side {
    LEFT,
    #[kafka(rename = "RIGHT")]
    Right,
}

fn main() {}
