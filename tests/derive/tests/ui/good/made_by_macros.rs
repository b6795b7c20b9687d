//! Names and types that a macro was given, and those that it has of its own.
#![deny(warnings)]

use kafka_event::{KafkaEvent, from_avro, to_avro};

macro_rules! address {
    ($name:ident, $field:ident, $ty:ty, $record:literal) => {
        #[derive(Debug, PartialEq, KafkaEvent)]
        #[kafka(record = $record)]
        struct $name {
            $field: $ty,
        }
    };
}

address!(Address, city, String, "shop.Address");

macro_rules! renamed {
    ($name:ident, $ty:ty) => {
        #[derive(Debug, PartialEq, KafkaEvent)]
        #[kafka(record = "shop.Address")]
        struct $name {
            #[kafka(rename = "city")]
            inner: $ty,
        }
    };
}

renamed!(Renamed, Box<str>);

macro_rules! borrowed {
    ($name:ident<$lifetime:lifetime>, $($field:ident: $ty:ty),*) => {
        #[derive(Debug, PartialEq, KafkaEvent)]
        #[kafka(record = "shop.Address")]
        struct $name<$lifetime> {
            $($field: $ty,)*
        }
    };
}

borrowed!(Borrowed<'a>, city: &'a str);

macro_rules! whole {
    ($item:item) => {
        #[derive(Debug, Clone, Copy, PartialEq, KafkaEvent)]
        $item
    };
}

whole! {
    #[kafka(enum = "Carrier", rename_all = "UPPERCASE")]
    enum Carrier {
        Post,
        Courier,
    }
}

macro_rules! newtype {
    ($name:ident($ty:ty)) => {
        #[derive(Debug, PartialEq, KafkaEvent)]
        struct $name($ty);
    };
}

newtype!(City(String));

macro_rules! with {
    ($module:path, $ty:ty) => {
        #[derive(Debug, PartialEq, KafkaEvent)]
        #[kafka(record = "shop.Address")]
        struct With {
            #[kafka(with = $module)]
            city: $ty,
        }
    };
}

mod upper {
    pub(crate) fn to_avro(city: &str) -> String {
        city.to_uppercase()
    }

    pub(crate) fn from_avro(city: String) -> Result<String, std::convert::Infallible> {
        Ok(city.to_lowercase())
    }
}

with!(upper, String);

macro_rules! keyed {
    ($name:ident, $way:ident, $($rest:ident: $ty:ty),*) => {
        #[derive(Debug, PartialEq, KafkaEvent)]
        #[kafka(topic = "tagged", key = $way, manifest = "schemas/types/topics.toml")]
        struct $name {
            $way: City,
            $($rest: $ty,)*
        }
    };
}

keyed!(Tagged, tag, number: i32);

macro_rules! events {
    ($name:ident { $($variant:ident($ty:ty),)* }) => {
        #[derive(KafkaEvent)]
        #[kafka(topic = "everything", consume)]
        enum $name {
            $($variant($ty),)*
            #[kafka(other)]
            Other,
        }
    };
}

#[derive(KafkaEvent)]
#[kafka(record = "shop.Order", consume)]
struct Seen {
    id: i64,
}

events!(Events { Order(Seen), });

fn main() {
    let address = Address { city: "Bern".to_owned() };
    let bytes = to_avro(&address).unwrap();
    assert_eq!(from_avro::<Address>(&bytes).unwrap(), address);
    assert_eq!(from_avro::<Renamed>(&bytes).unwrap(), Renamed { inner: "Bern".into() });
    assert_eq!(from_avro::<Borrowed>(&bytes).unwrap(), Borrowed { city: "Bern" });
    assert_eq!(from_avro::<With>(&bytes).unwrap(), With { city: "bern".to_owned() });
    assert_eq!(to_avro(&With { city: "bern".to_owned() }).unwrap(), b"\x08BERN");
    let tagged = Tagged { tag: City("a".to_owned()), number: 3 };
    assert_eq!(from_avro::<Tagged>(&to_avro(&tagged).unwrap()).unwrap(), tagged);
    assert_ne!(Carrier::Post, Carrier::Courier);
    if let Events::Order(seen) = Events::Order(Seen { id: 1 }) {
        assert_eq!(seen.id, 1);
    }
    let _ = Events::Other;
}
