use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(record = "Address", builder, consume)]
struct Read {
    city: String,
}

#[derive(KafkaEvent)]
#[kafka(record = "Address", builder)]
struct Generic<T> {
    city: T,
}

#[derive(KafkaEvent)]
#[kafka(record = "Address", builder)]
struct Borrowed<'a> {
    city: &'a str,
}

#[derive(KafkaEvent)]
#[kafka(builder)]
struct Newtype(i64);

#[derive(KafkaEvent)]
#[kafka(enum = "shop.Carrier", rename_all = "UPPERCASE", builder)]
enum Carrier {
    Post,
    Courier,
}

#[derive(KafkaEvent)]
#[kafka(topic = "shipments", event = Shipment, builder)]
struct Marker;

fn main() {}
