use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(enum = "Carrier")]
enum Carrier {
    Post,
    Courir,
    Drone,
}

fn main() {}
