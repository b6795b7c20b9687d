//! What is wrong with a type that is given to a macro is said once, where it is given.

use std::rc::Rc;

use kafka_event::KafkaEvent;

macro_rules! event {
    ($topic:literal, $name:ident { $($field:ident: $ty:ty,)* }) => {
        #[derive(KafkaEvent)]
        #[kafka(topic = $topic, manifest = "schemas/types/topics.toml")]
        struct $name {
            $($field: $ty,)*
            #[kafka(skip)]
            beside: Option<Rc<u8>>,
        }
    };
}

event!("tagged", Tagged { tag: Option<String>, number: i64, });

macro_rules! moves {
    ($loaded:ty) => {
        #[derive(KafkaEvent)]
        #[kafka(topic = "moves", manifest = "schemas/depot/topics.toml", consume)]
        enum Move {
            Loaded($loaded),
            #[kafka(other)]
            Other,
        }
    };
}

moves!(test_derive::depot::depot::Lost);

macro_rules! marker {
    ($event:ty) => {
        #[derive(KafkaEvent)]
        #[kafka(topic = "parcels-again", manifest = "schemas/depot/topics.toml", event = $event)]
        struct Again;
    };
}

marker!(test_derive::depot::depot::Lost);

fn main() {}
