use std::borrow::Cow;
use std::collections::HashMap;

use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(record = "Address")]
struct Owned {
    city: Cow<'static, str>,
}

#[derive(KafkaEvent)]
#[kafka(record = "Nulls", manifest = "schemas/types/topics.toml", consume)]
struct Last {
    last: Option<&'static str>,
}

#[derive(KafkaEvent)]
#[kafka(record = "Collections", manifest = "schemas/types/topics.toml", consume)]
struct Collections<T> {
    words: Vec<&'static str>,
    counts: HashMap<Cow<'static, str>, T>,
}

#[derive(KafkaEvent)]
#[kafka(topic = "orders", consume)]
struct Order<'a> {
    lines: Box<Vec<std::borrow::Cow<'static, str>>>,
    note: Option<&'a str>,
}

fn main() {}
