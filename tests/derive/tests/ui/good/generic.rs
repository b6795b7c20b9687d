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

#[derive(Debug, PartialEq, KafkaEvent)]
#[kafka(enum = "shop.Carrier", rename_all = "UPPERCASE")]
enum Carrier {
    Post,
    Courier,
}

#[derive(Debug, PartialEq, KafkaEvent)]
#[kafka(record = "Address")]
struct Town<'a> {
    city: &'a str,
}

mod town {
    use super::Town;

    pub(crate) fn to_avro(city: &Option<String>) -> Option<Town<'_>> {
        city.as_deref().map(|city| Town { city })
    }

    pub(crate) fn from_avro(town: Option<Town<'_>>) -> Result<Option<String>, String> {
        Ok(town.map(|town| town.city.to_owned()))
    }
}

#[derive(Debug, PartialEq, KafkaEvent)]
#[kafka(topic = "shipments")]
struct Shipment<C> {
    id: i64,
    carrier: C,
    before: Vec<C>,
    #[kafka(with = town)]
    to: Option<String>,
}

/// What borrows is written, too, by whatever lifetime it is read from.
#[derive(Debug, PartialEq, KafkaEvent)]
#[kafka(record = "Shipment")]
struct Sent<T> {
    id: i64,
    carrier: Carrier,
    before: Vec<Carrier>,
    to: Option<T>,
}

#[derive(KafkaEvent)]
#[kafka(record = "depot.Leg", manifest = "schemas/depot/topics.toml")]
struct Leg<T> {
    to: T,
    next: Option<Box<Self>>,
}

/// What a parameter outlives is whatever it is to borrow from.
#[derive(Debug, PartialEq, KafkaEvent)]
#[kafka(record = "Tagged", manifest = "schemas/types/topics.toml")]
struct Bounded<'a, 'b: 'a, T: Clone + 'b>
where
    T: 'a,
{
    tag: &'a str,
    number: T,
    #[kafka(skip)]
    beside: Option<&'b T>,
}

fn written<W>(value: &impl Encode<W>) -> usize {
    value.size_bound()
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

    assert_eq!(from_avro::<Bounded<'_, '_, i32>>(&bytes).unwrap().tag, "a");
    is_published::<Shipment<Carrier>>();
    let shipment = Shipment {
        id: 1,
        carrier: Carrier::Courier,
        before: vec![Carrier::Post],
        to: Some("Ghent".to_owned()),
    };
    let bytes = to_avro(&shipment).unwrap();
    assert_eq!(from_avro::<Shipment<Carrier>>(&bytes).unwrap(), shipment);
    let city = "Ghent".to_owned();
    let sent = Sent {
        id: 1,
        carrier: Carrier::Courier,
        before: Vec::new(),
        to: Some(Town { city: &city }),
    };
    assert_ne!(written::<wire::Record>(&sent), 0);
    let next = Some(Box::new(Leg { to: city.as_str(), next: None }));
    assert_ne!(written::<wire::Record>(&Leg { to: city.as_str(), next }), 0);
}
