use kafka_event::KafkaEvent;

struct City(String);

mod city {}

#[derive(KafkaEvent)]
#[kafka(record = "Address")]
struct Address {
    #[kafka(with = city)]
    city: City,
}

#[derive(KafkaEvent)]
#[kafka(record = "Address")]
struct NoModule {
    #[kafka(with = town)]
    city: City,
}

#[derive(KafkaEvent)]
#[kafka(record = "Address", consume)]
struct Read {
    #[kafka(with = city)]
    city: City,
}

fn main() {}
