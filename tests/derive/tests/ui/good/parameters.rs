//! Parameters beside lifetimes, and under the bounds that the derive's words ask for.
#![deny(warnings)]

use std::borrow::Cow;
use std::fmt::Display;
use std::str::FromStr;

use kafka_event::codec::{DecodeOwned, Encode};
use kafka_event::{DecodeError, EncodedEvent, KafkaEvent, decode_value, decode_value_ref, encode_value, from_avro, to_avro, wire};

#[derive(Debug, PartialEq, KafkaEvent)]
#[kafka(topic = "tagged", consume, manifest = "schemas/types/topics.toml")]
struct Beside<'a, T> {
    number: T,
    tag: &'a str,
}

#[derive(Debug, PartialEq, KafkaEvent)]
#[kafka(topic = "tagged", consume, manifest = "schemas/types/topics.toml")]
struct Skipped<'a, T: Default + Send + Sync + 'static, const N: usize> {
    tag: Cow<'a, str>,
    #[kafka(skip)]
    beside: T,
    #[kafka(skip)]
    places: Places<N>,
}

#[derive(Debug, PartialEq, Default)]
struct Places<const N: usize>;

impl<const N: usize> Skipped<'_, u8, N> {
    fn length(&self) -> usize {
        self.tag.len() + usize::from(self.beside) + N
    }
}

#[derive(Debug, PartialEq, KafkaEvent)]
#[kafka(topic = "tagged", consume, manifest = "schemas/types/topics.toml")]
struct Parsed<'a, T: FromStr + ToString + Send + Sync + 'static>
where
    T::Err: Display,
{
    #[kafka(with = parsed)]
    tag: T,
    number: i32,
    #[kafka(skip)]
    beside: Option<&'a str>,
}

mod parsed {
    use std::str::FromStr;

    pub(crate) fn to_avro<T: ToString>(value: &T) -> String {
        value.to_string()
    }

    pub(crate) fn from_avro<T: FromStr>(text: &str) -> Result<T, T::Err> {
        text.parse()
    }
}

#[derive(Debug, PartialEq, KafkaEvent)]
#[kafka(topic = "tagged", manifest = "schemas/types/topics.toml")]
struct Bound<T: Encode<wire::Int> + DecodeOwned<wire::Int>> {
    tag: String,
    number: T,
}

#[derive(Debug, PartialEq, KafkaEvent)]
#[kafka(topic = "tagged", consume, manifest = "schemas/types/topics.toml")]
struct BoundBeside<'a, T>
where
    T: DecodeOwned<wire::Int> + Send + Sync + 'static,
{
    number: T,
    tag: &'a str,
}

/// One record of two types that hold each other, whatever else they ask.
#[derive(Debug, PartialEq, KafkaEvent)]
#[kafka(record = "Leg", manifest = "schemas/depot/topics.toml")]
struct There<T: Clone> {
    to: T,
    next: Option<Box<Back<T>>>,
}

#[derive(Debug, PartialEq, KafkaEvent)]
#[kafka(record = "Leg", manifest = "schemas/depot/topics.toml")]
struct Back<T>
where
    T: Clone,
{
    to: T,
    next: Option<Box<There<T>>>,
}

#[derive(Debug, PartialEq, KafkaEvent)]
#[kafka(record = "Leg", manifest = "schemas/depot/topics.toml")]
struct Hither<T: Encode<wire::Str> + DecodeOwned<wire::Str>> {
    to: T,
    next: Option<Box<Thither<T>>>,
}

#[derive(Debug, PartialEq, KafkaEvent)]
#[kafka(record = "Leg", manifest = "schemas/depot/topics.toml")]
struct Thither<T: Encode<wire::Str> + DecodeOwned<wire::Str>> {
    to: T,
    next: Option<Box<Hither<T>>>,
}

fn main() -> Result<(), DecodeError> {
    let bound = Bound {
        tag: "12".to_owned(),
        number: 3,
    };
    let mut bytes = Vec::new();
    encode_value::<Bound<i32>>(&bound, &mut bytes).unwrap();
    let message = || EncodedEvent::new(&bytes[..]);
    assert_eq!(decode_value::<Bound<i32>>(message())?, bound);
    assert_eq!(decode_value_ref::<Beside<'_, i32>>(message())?, Beside { number: 3, tag: "12" });
    assert_eq!(from_avro::<Beside<'_, i32>>(&to_avro(&bound).unwrap())?.tag, "12");
    assert_eq!(decode_value_ref::<Skipped<'_, u8, 1>>(message())?.length(), 3);
    assert_eq!(decode_value_ref::<Parsed<'_, u16>>(message())?.tag, 12);
    assert_eq!(decode_value_ref::<BoundBeside<'_, i32>>(message())?.tag, "12");
    let there = There {
        to: "Bern".to_owned(),
        next: Some(Box::new(Back {
            to: "Zug".to_owned(),
            next: None,
        })),
    };
    let bytes = to_avro(&there).unwrap();
    assert_eq!(from_avro::<There<String>>(&bytes)?, there);
    assert_eq!(from_avro::<Hither<String>>(&bytes)?.next.unwrap().to, "Zug");
    Ok(())
}
