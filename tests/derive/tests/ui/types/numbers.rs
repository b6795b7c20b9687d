use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(record = "Numbers", manifest = "schemas/types/topics.toml")]
struct Numbers {
    small: i64,
    big: i32,
    float: f64,
    double: f32,
    flag: u8,
}

#[derive(KafkaEvent)]
#[kafka(record = "Numbers", manifest = "schemas/types/topics.toml")]
struct Unsigned {
    small: u32,
    big: u64,
    float: i32,
    double: i64,
    flag: i32,
}

#[derive(KafkaEvent)]
#[kafka(record = "Numbers", manifest = "schemas/types/topics.toml")]
struct Shorter {
    small: i16,
    big: usize,
    float: f32,
    double: f64,
    flag: bool,
}

fn main() {}
