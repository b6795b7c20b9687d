use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(record = "depot.Loaded", manifest = "schemas/depot/topics.toml")]
struct Loaded {
    parcel: String,
    truck: i32,
}

#[derive(KafkaEvent)]
#[kafka(topic = "moves", key = parcel, manifest = "schemas/depot/topics.toml")]
enum Move<T> {
    #[kafka(key = parcel::id)]
    Loaded(Loaded),
    Unloadd(T),
    Gone(T),
}

#[derive(KafkaEvent)]
#[kafka(enum = "State", manifest = "schemas/depot/topics.toml")]
enum State<const N: usize> {
    New,
    InTransit,
    Delivred,
}

#[derive(KafkaEvent)]
#[kafka(topic = "parcels-agin", event = Loaded, manifest = "schemas/depot/topics.toml")]
struct Again<const N: usize>;

fn main() {}
