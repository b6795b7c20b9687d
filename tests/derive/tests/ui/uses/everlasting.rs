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

#[derive(KafkaEvent)]
#[kafka(topic = "orders", consume)]
struct All<'m> {
    id: &'static str,
    note: Option<Cow<'static, str>>,
    tipe: &'m str,
}

#[derive(KafkaEvent)]
#[kafka(record = "Address")]
struct Kept<'de> {
    city: &'static str,
    zip: Option<&'de str>,
}

macro_rules! borrowing {
    ($text:ty) => {
        #[derive(KafkaEvent)]
        #[kafka(record = "Address")]
        struct Borrowing {
            city: &'static $text,
        }
    };
}

borrowing!(str);

fn main() {}
