//! Ways of what knows an event by the contract alone, or its key by a parameter.

use kafka_event::KafkaEvent;
use test_derive::depot::depot as generated;

use super::{Sender, key_of, party};

/// The topic's own type does not say what its key is called: neither a marker, nor the enum of several records.
#[test]
fn what_knows_an_event_by_the_contract_alone_leads_through_it() {
    parcel! {
        #[kafka(topic = "parcels", manifest = "schemas/depot/topics.toml")]
        Parcel { #[kafka(rename = "sender")] from: Sender }
    }

    #[derive(KafkaEvent)]
    #[kafka(topic = "parcels-again", event = Parcel, manifest = "schemas/depot/topics.toml")]
    struct Again;

    let parcel = parcel_of!(Parcel { from: Sender(party()) });
    assert_eq!(key_of::<Again>(&parcel), 258_i64.to_be_bytes());

    #[derive(Debug, Clone, PartialEq, KafkaEvent)]
    #[kafka(record = "depot.Loaded", manifest = "schemas/depot/topics.toml")]
    struct Loaded {
        #[kafka(rename = "parcel")]
        what: Box<str>,
        truck: i32,
    }

    #[derive(Debug, Clone, PartialEq, KafkaEvent)]
    #[kafka(topic = "moves", manifest = "schemas/depot/topics.toml")]
    enum Moves {
        Loaded(Loaded),
        Unloaded(generated::Unloaded),
        Lost(generated::Lost),
    }

    let moves = [
        Moves::Loaded(Loaded {
            what: "a".into(),
            truck: 1,
        }),
        Moves::Unloaded(generated::Unloaded {
            parcel: "b".to_owned(),
            dock: 1,
        }),
        Moves::Lost(generated::Lost {
            parcel: "c".to_owned(),
            why: String::new(),
        }),
    ];
    assert_eq!(moves.each_ref().map(key_of::<Moves>), [b"a", b"b", b"c"]);
}

/// A key's type need not be known: what it is asked for is asked of it by itself.
#[test]
fn a_key_may_be_generic() {
    #[derive(Debug, Clone, PartialEq, KafkaEvent)]
    #[kafka(topic = "lost", manifest = "schemas/by-name.toml")]
    struct Lost<Why> {
        parcel: String,
        why: Why,
    }

    parcel! {
        #[kafka(topic = "parcels", manifest = "schemas/depot/topics.toml")]
        Parcel<Sender> { sender: Sender }
    }

    #[derive(Debug, Clone, PartialEq, KafkaEvent)]
    #[kafka(topic = "lost", key = why, manifest = "schemas/by-name.toml")]
    struct Named<Why> {
        parcel: String,
        why: Why,
    }

    let named = Named {
        parcel: String::new(),
        why: "snow".to_owned(),
    };
    assert_eq!(key_of::<Named<_>>(&named), b"snow");

    let lost = Lost {
        parcel: "p".to_owned(),
        why: std::sync::Arc::<str>::from("rain"),
    };
    let parcel = parcel_of!(Parcel { sender: Sender(party()) });
    assert_eq!(key_of::<Lost<_>>(&lost), b"rain");
    assert_eq!(key_of::<Parcel<_>>(&parcel), 258_i64.to_be_bytes());
}
