use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(topik = "orders", consume = true, rename_all = "kebab-case")]
struct Order {
    #[kafka(renam = "id")]
    number: i64,
    #[kafka(rename = 3, skip = 4)]
    kind: String,
}

fn main() {}
