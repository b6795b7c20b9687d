//! Events go from thread to thread: what does not is told where it stands, and a record within them that holds it.

use std::cell::Cell;
use std::rc::Rc;

use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(topic = "tagged", manifest = "schemas/types/topics.toml")]
struct Tagged {
    tag: String,
    number: i32,
    #[kafka(skip)]
    cached: Option<Rc<str>>,
}

#[derive(KafkaEvent)]
#[kafka(topic = "tagged", consume, manifest = "schemas/types/topics.toml")]
struct Read<'a> {
    tag: &'a str,
    #[kafka(skip)]
    read: Cell<u8>,
    #[kafka(skip)]
    by: Option<Box<dyn Fn(&'a str)>>,
}

#[derive(KafkaEvent)]
#[kafka(topic = "tagged", manifest = "schemas/types/topics.toml")]
struct Shared {
    tag: Rc<str>,
    number: i32,
}

/// A record without a topic stays where it is.
#[derive(KafkaEvent)]
#[kafka(record = "Tagged", manifest = "schemas/types/topics.toml")]
struct Still {
    tag: String,
    number: i32,
    #[kafka(skip)]
    cached: Option<Rc<str>>,
}

fn main() {
    let mut bytes = Vec::new();
    let tagged = Tagged {
        tag: String::new(),
        number: 1,
        cached: None,
    };
    kafka_event::encode_value::<Tagged>(&tagged, &mut bytes).unwrap();
}
