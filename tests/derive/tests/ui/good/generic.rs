//! Types that are known where they are used.
#![deny(warnings)]

use kafka_event::codec::{DecodeOwned, Encode};
use kafka_event::{KafkaEvent, PublishedTopic, from_avro, to_avro, wire};

#[derive(Debug, PartialEq, KafkaEvent)]
#[kafka(topic = "tagged", manifest = "schemas/types/topics.toml")]
struct Tagged<N> {
    tag: String,
    number: N,
}

#[derive(Debug, PartialEq, KafkaEvent)]
struct Number(i32);

#[derive(Debug, PartialEq, KafkaEvent)]
#[kafka(record = "Tagged", manifest = "schemas/types/topics.toml")]
struct Borrowed<'a, T>
where
    T: Clone,
{
    tag: &'a str,
    number: T,
}

fn is_published<T: PublishedTopic>() {}

/// As the compiler's note says it to code that is generic itself.
fn of_any<N>()
where
    N: Encode<wire::Int> + DecodeOwned<wire::Int> + Send + Sync + 'static,
{
    is_published::<Tagged<N>>();
}

fn main() {
    is_published::<Tagged<Number>>();
    of_any::<Number>();
    let tagged = Tagged {
        tag: "a".to_owned(),
        number: Number(3),
    };
    let bytes = to_avro(&tagged).unwrap();
    assert_eq!(from_avro::<Tagged<Number>>(&bytes).unwrap(), tagged);
    assert_eq!(from_avro::<Borrowed<'_, i32>>(&bytes).unwrap(), Borrowed { tag: "a", number: 3 });
}
