//! A required field that is not set is told by the step that is missing.

use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(record = "depot.Place", builder, manifest = "schemas/depot/topics.toml")]
struct Place {
    city: String,
    open: bool,
}

fn main() {
    Place::builder().city("Bern").build();
    Place::builder().city("Bern").open(true).build();
}
