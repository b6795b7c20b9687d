//! Ways to what functions carry, and past it.

use kafka_event::KafkaEvent;

use super::{Number, Party, key_of, party};

mod upper {
    pub(super) fn to_avro(name: &str) -> String {
        name.to_uppercase()
    }

    pub(super) fn from_avro(name: String) -> Result<String, String> {
        Ok(name.to_lowercase())
    }
}

mod as_it_is {
    use super::Party;

    pub(super) fn to_avro(party: &Party) -> Party {
        party.clone()
    }

    pub(super) fn from_avro(party: Party) -> Result<Party, String> {
        Ok(party)
    }
}

/// What functions give leads on, and is the key of whatever knows the event by the contract alone.
#[test]
fn ways_lead_through_what_functions_give() {
    parcel! {
        #[kafka(topic = "parcels", manifest = "schemas/depot/topics.toml")]
        Parcel { #[kafka(with = as_it_is)] sender: Party }
    }

    #[derive(KafkaEvent)]
    #[kafka(topic = "parcels-again", event = Parcel, manifest = "schemas/depot/topics.toml")]
    struct Again {}

    // What they give has fields of its own.
    parcel! {
        #[kafka(topic = "parcels", key = sender.number, manifest = "schemas/depot/topics.toml")]
        Written { #[kafka(with = as_it_is)] sender: Party }
    }

    let written = parcel_of!(Written { sender: party() });
    assert_eq!(key_of::<Written>(&written), 258_i64.to_be_bytes());

    let parcel = parcel_of!(Parcel { sender: party() });
    assert_eq!(key_of::<Parcel>(&parcel), 258_i64.to_be_bytes());
    assert_eq!(key_of::<Again>(&parcel), 258_i64.to_be_bytes());

    #[derive(Debug, Clone, PartialEq, KafkaEvent)]
    #[kafka(record = "depot.Lost", manifest = "schemas/by-name.toml")]
    struct Lost {
        parcel: String,
        #[kafka(with = upper)]
        why: String,
    }

    #[derive(KafkaEvent)]
    #[kafka(topic = "lost", event = Lost, manifest = "schemas/by-name.toml")]
    struct Losses;

    let lost = Lost {
        parcel: "p".to_owned(),
        why: "rain".to_owned(),
    };
    assert_eq!(key_of::<Losses>(&lost), b"RAIN");
}

/// Functions that carry one field leave the ways through the others as they are.
#[test]
fn ways_lead_past_what_functions_carry() {
    #[derive(Debug, Clone, PartialEq, KafkaEvent)]
    #[kafka(record = "depot.Party", manifest = "schemas/by-name.toml")]
    struct Carried {
        #[kafka(rename = "id")]
        number: Number,
        #[kafka(with = upper)]
        name: String,
    }

    let carried = Carried {
        number: Number(258),
        name: "ann".to_owned(),
    };
    assert_eq!(keyed_elsewhere_by!("parcels-by-id", Carried, carried), 258_i64.to_be_bytes());
}

/// The key is what the event has, whether its field is named or not.
#[test]
fn what_functions_give_is_the_key() {
    macro_rules! key_of_lost {
        ([$($key:tt)*]) => {{
            #[derive(Debug, Clone, PartialEq, KafkaEvent)]
            #[kafka(topic = "lost", $($key)* manifest = "schemas/by-name.toml")]
            struct Lost {
                parcel: String,
                #[kafka(with = upper)]
                why: String,
            }
            key_of::<Lost>(&Lost { parcel: "p".to_owned(), why: "rain".to_owned() })
        }};
    }
    assert_eq!(key_of_lost!([]), b"RAIN");
    assert_eq!(key_of_lost!([key = why,]), b"RAIN");
}
