//! Types that nobody else sees.
#![deny(warnings)]

fn order() -> Vec<u8> {
    use kafka_event::KafkaEvent;

    struct City(String);

    mod hidden {
        #[derive(kafka_event::KafkaEvent)]
        #[kafka(record = "Address")]
        pub(super) struct Address {
            pub(super) city: String,
        }
    }

    mod city {
        pub(super) fn to_avro<T: AsRef<str>>(city: &T) -> &str {
            city.as_ref()
        }

        pub(super) fn from_avro<T: From<String>>(city: String) -> Result<T, String> {
            Ok(city.into())
        }
    }

    impl AsRef<str> for City {
        fn as_ref(&self) -> &str {
            &self.0
        }
    }

    impl From<String> for City {
        fn from(city: String) -> Self {
            Self(city)
        }
    }

    #[derive(KafkaEvent)]
    #[kafka(record = "Address")]
    struct Address {
        #[kafka(with = city)]
        city: City,
    }

    let address = Address {
        city: City("Bern".to_owned()),
    };
    let bytes = kafka_event::to_avro(&address).unwrap();
    assert_eq!(kafka_event::from_avro::<hidden::Address>(&bytes).unwrap().city, "Bern");
    assert_eq!(kafka_event::from_avro::<Address>(&bytes).unwrap().city.0, "Bern");
    bytes
}

fn main() {
    assert_eq!(order(), b"\x08Bern");
}
