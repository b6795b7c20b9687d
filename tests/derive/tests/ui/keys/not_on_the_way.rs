//! What functions carry for another contract, what a record does not have, and what is carried by hand leads to no key by itself; nor does a way that is
//! written, to what functions carry.

mod upper {
    pub(crate) fn to_avro(text: &str) -> String {
        text.to_uppercase()
    }

    pub(crate) fn from_avro(text: String) -> Result<String, String> {
        Ok(text.to_lowercase())
    }
}

mod carried {
    use kafka_event::KafkaEvent;

    #[derive(KafkaEvent)]
    #[kafka(record = "depot.Lost", manifest = "schemas/depot/topics.toml")]
    pub struct Lost {
        pub parcel: String,
        #[kafka(with = super::upper)]
        pub why: String,
    }

    #[derive(KafkaEvent)]
    #[kafka(topic = "lost", event = Lost, manifest = "schemas/by-name.toml")]
    pub struct Losses;
}

mod left_out {
    use kafka_event::KafkaEvent;

    #[derive(KafkaEvent)]
    #[kafka(record = "depot.Lost", manifest = "schemas/depot/topics.toml")]
    pub struct Lost {
        #[kafka(rename = "parcel")]
        why: String,
    }

    #[derive(KafkaEvent)]
    #[kafka(topic = "lost", event = Lost, manifest = "schemas/by-name.toml")]
    pub struct Losses;
}

mod behind {
    use kafka_event::KafkaEvent;

    #[derive(KafkaEvent)]
    #[kafka(topic = "lost", key = why.0, manifest = "schemas/by-name.toml")]
    pub struct Lost {
        parcel: String,
        #[kafka(with = super::upper)]
        why: String,
    }
}

mod written {
    use kafka_event::KafkaEvent;

    #[derive(KafkaEvent)]
    #[kafka(topic = "lost", event = super::carried::Lost, key = why, manifest = "schemas/by-name.toml")]
    pub struct Losses;

    #[derive(KafkaEvent)]
    #[kafka(topic = "moves", manifest = "schemas/depot/topics.toml")]
    pub enum Moves {
        Loaded(test_derive::depot::depot::Loaded),
        Unloaded(test_derive::depot::depot::Unloaded),
        #[kafka(key = why)]
        Lost(super::carried::Lost),
    }
}

mod by_hand {
    use kafka_event::codec::{Decode, Encode, Reader, Writer};
    use kafka_event::logical::{Decimal, TimestampMillis};
    use kafka_event::{DecodeError, KafkaEvent, uuid::Uuid, wire};
    use test_derive::depot::depot as generated;

    pub struct Wrapped(generated::Party);

    impl std::ops::Deref for Wrapped {
        type Target = generated::Party;

        fn deref(&self) -> &generated::Party {
            &self.0
        }
    }

    impl Encode<wire::Record> for Wrapped {
        fn size_bound(&self) -> usize {
            self.0.size_bound()
        }

        fn encode(&self, writer: &mut Writer<'_>) {
            self.0.encode(writer);
        }
    }

    impl<'de> Decode<'de, wire::Record> for Wrapped {
        fn decode(reader: &mut Reader<'de>) -> Result<Self, DecodeError> {
            reader.read::<wire::Record, generated::Party>().map(Self)
        }
    }

    #[derive(KafkaEvent)]
    #[kafka(topic = "parcels", rename_all = "camelCase", manifest = "schemas/depot/topics.toml")]
    pub struct Parcel {
        id: Uuid,
        sender: Wrapped,
        state: generated::State,
        sealed_at: TimestampMillis,
        price: Decimal<9, 2>,
        link: String,
    }
}

fn main() {}
