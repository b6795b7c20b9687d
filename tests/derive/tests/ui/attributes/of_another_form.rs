use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka = "orders"]
struct Assigned {
    city: String,
}

#[derive(KafkaEvent)]
#[kafka("orders")]
struct Quoted {
    city: String,
}

#[derive(KafkaEvent)]
#[kafka(orders)]
struct Named {
    city: String,
}

#[derive(KafkaEvent)]
#[kafka(record("Address"))]
struct Called {
    city: String,
}

#[derive(KafkaEvent)]
#[kafka(record: "Address")]
struct Coloned {
    city: String,
}

#[derive(KafkaEvent)]
#[kafka(record = "Address" consume)]
struct Commaless {
    city: String,
}

#[derive(KafkaEvent)]
#[kafka{record = "Address"}]
struct Braced {
    city: String,
}

fn main() {}
