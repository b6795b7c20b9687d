use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(record = "Order", consume)]
struct Order {
    id: i64,
}

#[derive(KafkaEvent)]
#[kafka(topic = "everything", consume)]
enum Likely {
    Placed(Order),
    OnItsWay(mine::Shipment),
}

mod mine {
    use kafka_event::KafkaEvent;

    #[derive(KafkaEvent)]
    #[kafka(record = "Shipment", consume)]
    pub struct Shipment {
        id: i64,
    }
}

#[derive(KafkaEvent)]
#[kafka(topic = "everything", consume)]
enum Open {
    Placed(Whatever),
    OnItsWay(Whatever),
}

struct Whatever;

fn main() {}
