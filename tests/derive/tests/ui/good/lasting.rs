use std::borrow::Cow;
use std::marker::PhantomData;

use kafka_event::codec::{Decode, Encode, Reader, Writer};
use kafka_event::{DecodeError, KafkaEvent, from_avro, to_avro, wire};

/// Owns what it reads, although it may borrow.
#[derive(Debug, PartialEq)]
struct Text<'a, Of>(Cow<'a, str>, PhantomData<Of>);

impl<Of> Encode<wire::Str> for Text<'_, Of> {
    fn size_bound(&self) -> usize {
        self.0.size_bound()
    }

    fn encode(&self, writer: &mut Writer<'_>) {
        writer.write::<wire::Str, _>(&self.0);
    }
}

impl<'de, Of> Decode<'de, wire::Str> for Text<'_, Of> {
    fn decode(reader: &mut Reader<'de>) -> Result<Self, DecodeError> {
        let text = reader.read::<wire::Str, String>()?;
        Ok(Self(text.into(), PhantomData))
    }
}

mod lasting {
    use std::borrow::Cow;

    pub(super) fn to_avro<'a>(text: &'a Cow<'static, str>) -> &'a str {
        text
    }

    pub(super) fn from_avro(text: &str) -> Result<Cow<'static, str>, String> {
        Ok(text.to_owned().into())
    }
}

#[derive(Debug, PartialEq, KafkaEvent)]
#[kafka(record = "Address")]
struct Address {
    city: Text<'static, &'static str>,
    #[kafka(skip)]
    country: &'static str,
}

#[derive(Debug, PartialEq, KafkaEvent)]
#[kafka(record = "Address")]
struct ByFunctions {
    #[kafka(with = lasting)]
    city: Cow<'static, str>,
}

/// A name that generated code has, too.
#[derive(Debug, PartialEq)]
struct F;

#[derive(Debug, PartialEq, KafkaEvent)]
#[kafka(record = "Address", consume)]
struct OfF {
    city: Text<'static, F>,
}

#[derive(KafkaEvent)]
#[kafka(topic = "shipments", consume)]
struct Shipment {
    to: Option<Address>,
}

fn main() {
    let address = Address {
        city: Text("Utrecht".into(), PhantomData),
        country: "",
    };
    let bytes = to_avro(&address).unwrap();
    assert_eq!(from_avro::<Address>(&bytes).unwrap(), address);
    assert_eq!(from_avro::<ByFunctions>(&bytes).unwrap().city, "Utrecht");
    assert_eq!(from_avro::<OfF>(&bytes).unwrap().city, Text("Utrecht".into(), PhantomData));
    let _: Option<Shipment> = None;
}
