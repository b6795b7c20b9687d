use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
enum Choice {
    Int(i32),
    String(String),
}

#[derive(KafkaEvent)]
#[kafka(enum = "types.ChoicesChoice")]
enum Named {
    Int(i32),
}

fn main() {}
