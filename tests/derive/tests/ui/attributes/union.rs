use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(record = "Address")]
union Address {
    city: u32,
    town: i32,
}

fn main() {}
