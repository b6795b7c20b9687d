//! Parameters whose bounds name a lifetime of the type's, or that a field lets outlive one.
#![deny(warnings)]

use kafka_event::{KafkaEvent, from_avro, to_avro};

trait Shown<'a> {
    fn shown(&self) -> &'a str;
}

impl<'a> Shown<'a> for String {
    fn shown(&self) -> &'a str {
        "a text"
    }
}

#[derive(Debug, PartialEq, KafkaEvent)]
#[kafka(record = "Address")]
struct Bound<'a, T: Shown<'a>> {
    city: T,
    #[kafka(skip)]
    of: std::marker::PhantomData<&'a ()>,
}

#[derive(Debug, PartialEq, KafkaEvent)]
#[kafka(record = "Address")]
struct Where<'a, T>
where
    T: Shown<'a>,
{
    city: T,
    #[kafka(skip)]
    of: std::marker::PhantomData<&'a ()>,
}

#[derive(Debug, PartialEq, KafkaEvent)]
#[kafka(record = "Address")]
struct Implied<'a, T: ?Sized> {
    city: &'a T,
}

#[derive(KafkaEvent)]
#[kafka(record = "Address")]
struct Copied<'a, T: ?Sized + ToOwned>
where
    T::Owned: std::fmt::Debug,
{
    city: std::borrow::Cow<'a, T>,
}

fn main() {
    let city = "Zürich";
    let bytes = to_avro(&Implied { city }).unwrap();
    assert_eq!(from_avro::<Implied<'_, str>>(&bytes).unwrap().city, city);
    let bound: Bound<'_, String> = from_avro(&bytes).unwrap();
    assert_eq!((&*bound.city, bound.city.shown()), (city, "a text"));
    let bound: Where<'_, String> = from_avro(&bytes).unwrap();
    assert_eq!(bound.city, city);
    let bound: Copied<'_, str> = from_avro(&bytes).unwrap();
    assert_eq!(&*bound.city, city);
}
