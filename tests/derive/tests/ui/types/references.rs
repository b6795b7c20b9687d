use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(record = "Address")]
struct Everlasting {
    city: &'static str,
}

#[derive(KafkaEvent)]
#[kafka(record = "Address")]
struct Elided {
    city: &str,
}

#[derive(KafkaEvent)]
#[kafka(record = "Address")]
struct Anonymous {
    city: std::borrow::Cow<'_, str>,
}

#[derive(KafkaEvent)]
#[kafka(record = "Address")]
struct Hidden {
    city: std::borrow::Cow<str>,
}

fn main() {}
