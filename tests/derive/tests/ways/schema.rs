//! Ways of the schema's names.

use kafka_event::codec::way::{Field, name};
use kafka_event::codec::{Decode, Encode, EncodeKeyAt, Reader, Writer};
use kafka_event::{DecodeError, KafkaEvent, wire};
use test_derive::depot::depot as generated;

use super::{Boxed, Elsewhere, Generated, Generic, Number, OfGeneric, Party, Sender, Twice, key_of, party};

#[test]
fn the_schemas_names_lead_through_newtypes_and_renamed_fields() {
    keyed_by!(Renamed, Party, [], party());
    let elsewhere = Elsewhere {
        number: Number(258),
        name: String::new(),
    };
    keyed_by!(OfAnotherModule, Elsewhere, [], elsewhere);
    keyed_by!(BehindANewtype, Sender, [], Sender(party()));
    keyed_by!(BehindTwo, Twice, [], Twice(Sender(party())));
    keyed_by!(InABox, Box<Party>, [], Box::new(party()));
    keyed_by!(BehindABox, Boxed, [], Boxed(Box::new(Twice(Sender(party())))));
    let of_generated = generated::Party {
        id: 258,
        name: String::new(),
        tags: Default::default(),
    };
    keyed_by!(GeneratedBehindANewtype, Generated, [], Generated(of_generated.clone()));
    keyed_by!(GeneratedItself, generated::Party, [], of_generated);
    let generic = Generic {
        id: Number(258),
        name: Box::from("Ann"),
    };
    keyed_by!(GenericItself, Generic<Number, Box<str>>, [], generic.clone());
    keyed_by!(GenericBehindANewtype, OfGeneric<Number>, [], OfGeneric(generic));
}

/// A record's own manifest leads keys through its number alone.
#[test]
fn what_another_manifest_leads_through_is_found() {
    assert_eq!(keyed_elsewhere_by!("parcels", Sender, Sender(party())), b"Ann");
    assert_eq!(keyed_elsewhere_by!("parcels-by-id", Sender, Sender(party())), 258_i64.to_be_bytes());
}

/// Its fields may be called as others of the schema's are.
#[test]
fn what_is_called_as_another_field_is_not_taken_for_it() {
    #[derive(Debug, Clone, PartialEq, KafkaEvent)]
    #[kafka(record = "depot.Party", rename_all = "camelCase", manifest = "schemas/depot/topics.toml")]
    struct Crossed {
        #[kafka(rename = "id")]
        name: i64,
        #[kafka(rename = "name")]
        id: String,
    }

    // Code that is generated around it would take the one for the other.
    fn refuses<const NAME: u64>()
    where
        Crossed: kafka_event::__private::Apart<NAME, true>,
    {
    }
    refuses::<{ name("id") }>();
    refuses::<{ name("name") }>();

    let crossed = || Crossed {
        name: 258,
        id: "Ann".to_owned(),
    };
    assert_eq!(keyed_elsewhere_by!("parcels", Crossed, crossed()), b"Ann");
    assert_eq!(keyed_elsewhere_by!("parcels-by-id", Crossed, crossed()), 258_i64.to_be_bytes());
    keyed_by!(ByTheNumber, Crossed, [], crossed());
}

/// A manifest may call a field as another record's manifest does not, and as the application calls one that the schema does not have.
#[test]
fn what_a_manifest_renames_is_the_same_field() {
    #[derive(Debug, Clone, PartialEq, KafkaEvent)]
    #[kafka(record = "depot.Party", manifest = "schemas/depot/topics.toml")]
    struct Labelled {
        id: i64,
        name: String,
        #[kafka(skip)]
        label: String,
    }

    let labelled = Labelled {
        id: 258,
        name: "Ann".to_owned(),
        label: "Bob".to_owned(),
    };
    let key = key_of_parcel!(Parcel, "parcels", "schemas/renamed.toml", Labelled, [], labelled);
    assert_eq!(key, b"Ann");
}

/// A type that is carried by hand leads on by hand, whatever it derefs to.
#[test]
fn a_type_that_is_carried_by_hand_says_where_it_leads() {
    #[derive(Debug, Clone, PartialEq)]
    struct Shared(std::sync::Arc<Party>);

    impl std::ops::Deref for Shared {
        type Target = Party;

        fn deref(&self) -> &Party {
            &self.0
        }
    }

    impl Encode<wire::Record> for Shared {
        fn size_bound(&self) -> usize {
            self.0.size_bound()
        }

        fn encode(&self, writer: &mut Writer<'_>) {
            self.0.encode(writer);
        }
    }

    impl<'de> Decode<'de, wire::Record> for Shared {
        fn decode(reader: &mut Reader<'de>) -> Result<Self, DecodeError> {
            reader.read::<wire::Record, Party>().map(|party| Self(party.into()))
        }
    }

    impl EncodeKeyAt<Field<{ name("id") }>, wire::Long> for Shared {
        fn encode_key_at(&self, out: &mut Vec<u8>) -> bool {
            EncodeKeyAt::<Field<{ name("id") }>, wire::Long>::encode_key_at(&*self.0, out)
        }
    }

    keyed_by!(OfShared, Shared, [], Shared(party().into()));
}
