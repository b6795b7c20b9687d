use test_derive::events::com::cosmic_horizons::events::{JobEventType, JobLifecycleEvent};

#[derive(kafka_event::KafkaEvent)]
#[kafka(topic = "shipments")]
struct Shipment {
    id: i64,
    carrier: JobEventType,
    before: Vec<JobEventType>,
    to: Option<JobLifecycleEvent>,
}

fn is_event<T: kafka_event::Topic>() {}

fn main() {
    is_event::<Shipment>();
}
