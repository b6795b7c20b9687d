//! A type that fails is used in all ways, and its own error is the only one.

use kafka_event::{
    CompactedTopic, ConsumedTopic, Event, EncodeEvent, KafkaEvent, OwnedEvent, PublishedTopic, Record, Topic, decode_value, encode_value, from_avro, to_avro,
};

#[derive(KafkaEvent)]
#[kafka(topic = "orders")]
struct Order {
    idd: i64,
}

#[derive(Clone, Copy, KafkaEvent)]
#[kafka(enum = "Carier")]
enum Carrier {
    Post,
}

#[derive(KafkaEvent)]
#[kafka(record = "Adress")]
struct Address {
    city: String,
}

#[derive(KafkaEvent)]
#[kafka(topic = "shipment")]
struct Borrowed<'a> {
    id: &'a str,
}

#[derive(KafkaEvent)]
#[kafka(topic = "last-orders", event = Order, consme)]
struct LastOrders;

#[derive(KafkaEvent)]
#[kafka(topic = "shipments")]
struct Shipment {
    id: i64,
    carrier: Carrier,
    before: Vec<Carrier>,
    to: Option<Address>,
}

#[derive(KafkaEvent)]
#[kafka(topic = "everything")]
enum Everything {
    Order(Order),
    Shipment(Shipment),
}

#[derive(KafkaEvent)]
#[kafka(topic = "orders-by-address", event = Order, key = Address)]
struct OrdersByAddress;

fn uses<T: Topic + PublishedTopic<Event = T> + ConsumedTopic + CompactedTopic + Record + Event + OwnedEvent + EncodeEvent>(event: &T) {
    let mut bytes = Vec::new();
    encode_value::<T>(event, &mut bytes).unwrap();
    let message = kafka_event::EncodedEvent::new(bytes.as_slice());
    decode_value::<T>(message).unwrap();
}

fn main() {
    uses(&Order { idd: 1 });
    to_avro(&Order { idd: 1 }).unwrap();
    from_avro::<Order>(&[]).unwrap();
    to_avro(&Address { city: String::new() }).unwrap();
    let borrowed: Borrowed<'_> = from_avro(&[]).unwrap();
    to_avro(&borrowed).unwrap();
    encode_value::<LastOrders>(&Order { idd: 1 }, &mut Vec::new()).unwrap();
}
