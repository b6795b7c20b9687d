use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(record = "Numbers", consume, manifest = "schemas/types/topics.toml")]
struct Numbers {
    small: i16,
    big: i32,
    float: i32,
    double: f32,
    flag: u8,
}

fn main() {}
