use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[repr(packed)]
#[kafka(record = "Address")]
struct Address {
    city: String,
}

#[derive(KafkaEvent)]
#[repr(C, packed(2))]
struct Number(i64);

#[derive(KafkaEvent)]
#[repr(align(8), C)]
struct Aligned(i64);

fn main() {}
