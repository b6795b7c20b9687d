use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(topic = "orders", consume)]
struct Order<'de> {
    r#type: &'de str,
}

fn main() {
    let _: Option<Order<'_>> = None;
}
