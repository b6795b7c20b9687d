//! A lifetime that a type declares for itself, or a label in the length of an array, is none that the derived type lacks.

use std::marker::PhantomData;

use kafka_event::{KafkaEvent, from_avro, to_avro};

macro_rules! called_with {
    (<$lifetime:lifetime> $ty:ty) => {
        for<$lifetime> fn(&$lifetime $ty)
    };
}

#[derive(Debug, PartialEq, KafkaEvent)]
struct Id<T>(String, PhantomData<T>);

#[derive(Debug, PartialEq, KafkaEvent)]
#[kafka(topic = "tagged", manifest = "schemas/types/topics.toml")]
struct Tagged {
    tag: Id<called_with!(<'x> str)>,
    number: i32,
    #[kafka(skip)]
    of: PhantomData<[u8; 'found: { break 'found 3 }]>,
    #[kafka(skip)]
    by: PhantomData<for<'y> fn(&'y str) -> Box<dyn for<'z> Fn(&'z str) -> &'y str>>,
}

fn main() {
    let tagged = || Tagged {
        tag: Id("a".to_owned(), PhantomData),
        number: 7,
        of: PhantomData,
        by: PhantomData,
    };
    let bytes = to_avro(&tagged()).unwrap();
    assert_eq!(bytes, b"\x02a\x0e");
    assert_eq!(from_avro::<Tagged>(&bytes).unwrap(), tagged());
}
