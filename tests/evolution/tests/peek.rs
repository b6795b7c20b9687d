//! One field of an event, beside the whole event (specification, "Binary Encoding" and "Schema Resolution").

use apache_avro::Schema;
use apache_avro::writer::datum::GenericDatumWriter;
use kafka_event::codec::DecodeClass;
use kafka_event::evolution::{Evolution, Peek, PeekError, Peeked, TopicPeek, Writers};
use kafka_event::logical::{Date, Decimal, TimestampMicros, TimestampMillis};
use kafka_event::uuid::Uuid;
use kafka_event::{EncodedEvent, Limits, Record, Topic as _, encode_value, from_avro, to_avro};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use test_evolution::new::probe::{Base, Hash, Kind, Landed, LandedRef, Location};
use test_evolution::{new, old};
use test_values::Values;

fn peek<T: Peeked>(path: &str) -> Peek<T> {
    Peek::new::<Landed>(path).unwrap_or_else(|error| panic!("{error}"))
}

fn location(planet: &str) -> Location {
    Location {
        latitude: -4.5,
        planet: planet.to_owned(),
        region: Some("north".to_owned()),
    }
}

fn landed(planet: &str, next: Option<Landed>) -> Landed {
    Landed {
        crew: Vec::new(),
        idle: vec![(); 3],
        signal: None,
        location: location(planet),
        origin: None,
        kind: Kind::Landed,
        at: TimestampMillis(1_771_027_200_000),
        id: Uuid::from_u128(7),
        attempts: 3,
        payload: vec![1, 2],
        price: Decimal::new(1250).unwrap(),
        hash: Hash([1, 2, 3, 4]),
        ready: true,
        weight: 1.5,
        day: Date(20_000),
        base: Base {
            name: "Ares".to_owned(),
            beds: 4,
        },
        next: next.map(Box::new),
        log: "down".to_owned(),
    }
}

/// Random events, each with its bytes.
fn events(count: usize) -> Vec<(Landed, Vec<u8>)> {
    let schema = Schema::parse_str(Landed::SCHEMA).unwrap();
    let values = Values::of(&schema);
    let writer = GenericDatumWriter::builder(&schema).build().unwrap();
    let mut random = StdRng::seed_from_u64(11);
    let mut bytes = || writer.write_value_to_vec(values.random(&schema, &mut random).unwrap()).unwrap();
    let bytes: Vec<_> = (0..count).map(|_| bytes()).collect();
    bytes.into_iter().map(|bytes| (from_avro(&bytes).unwrap(), bytes)).collect()
}

/// Every type that a field may be peeked as: what the whole event has there.
#[test]
fn every_type_is_what_the_event_has() {
    let events = events(200);
    assert!(
        events
            .iter()
            .any(|(event, _)| !event.crew.is_empty() && event.origin.is_some() && event.next.is_some())
    );
    fn all<T: Peeked + PartialEq + std::fmt::Debug>(events: &[(Landed, Vec<u8>)], path: &str, field: impl Fn(&Landed) -> T) {
        let peek = peek::<T>(path);
        for (event, bytes) in events {
            assert_eq!(peek.of(bytes).unwrap(), field(event), "{path}");
        }
    }
    all(&events, "location.planet", |event| event.location.planet.clone());
    all(&events, "location.planet", |event| Box::<str>::from(event.location.planet.as_str()));
    all(&events, "location.region", |event| event.location.region.clone());
    all(&events, "location", |event| event.location.clone());
    all(&events, "origin", |event| event.origin.clone());
    all(&events, "origin.planet", |event| {
        event.origin.as_ref().map(|origin| origin.planet.clone())
    });
    all(&events, "origin.region", |event| {
        event.origin.as_ref().and_then(|origin| origin.region.clone())
    });
    all(&events, "next.next.id", |event| {
        event.next.as_ref().and_then(|next| next.next.as_ref()).map(|next| next.id)
    });
    all(&events, "kind", |event| event.kind);
    all(&events, "at", |event| event.at);
    all(&events, "id", |event| event.id);
    all(&events, "attempts", |event| event.attempts);
    all(&events, "payload", |event| event.payload.clone());
    all(&events, "price", |event| event.price);
    all(&events, "hash", |event| event.hash);
    all(&events, "ready", |event| event.ready);
    all(&events, "day", |event| event.day);
    all(&events, "base.beds", |event| i64::from(event.base.beds));
    all(&events, "base.beds", |event| Some(event.base.beds));
    // As what the specification promotes them to, and as what they are without their meaning.
    all(&events, "at", |event| event.at.0);
    all(&events, "id", |event| event.id.to_string());
    all(&events, "location.planet", |event| event.location.planet.clone().into_bytes());
    let weight = peek::<f64>("weight");
    for (event, bytes) in &events {
        assert_eq!(weight.of(bytes).unwrap().to_bits(), f64::from(event.weight).to_bits());
    }
}

#[test]
fn what_is_borrowed_is_the_events() {
    let bytes = to_avro(&landed("Mars", None)).unwrap();
    let within = |text: *const u8| bytes.as_ptr_range().contains(&text);
    let planet = peek::<String>("location.planet");
    let borrowed: &str = planet.of_ref(&bytes).unwrap();
    assert!(borrowed == "Mars" && within(borrowed.as_ptr()));
    let region = peek::<Option<String>>("location.region");
    let borrowed: Option<&str> = region.of_ref(&bytes).unwrap();
    assert!(borrowed == Some("north") && within(borrowed.unwrap().as_ptr()));
    let payload = peek::<Vec<u8>>("payload");
    let borrowed: &[u8] = payload.of_ref(&bytes).unwrap();
    assert!(borrowed == [1, 2] && within(borrowed.as_ptr()));
    let next = peek::<Option<Landed>>("next");
    let borrowed: Option<LandedRef<'_>> = next.of_ref(&bytes).unwrap();
    assert!(borrowed.is_none());
    let origin = peek::<Option<String>>("origin.planet");
    assert_eq!(origin.of_ref(&bytes).unwrap(), None);
    assert_eq!(
        (planet.path(), format!("{planet:?}").as_str()),
        ("location.planet", r#"Peek("location.planet")"#)
    );
}

/// The field is the last that is looked at, and all before it is.
#[test]
fn it_stops_behind_the_field() {
    let whole = to_avro(&landed("Mars", None)).unwrap();
    let planet = peek::<String>("location.planet");
    let end = whole.windows(4).position(|part| part == b"Mars").unwrap() + 4;
    assert_eq!(planet.of(&whole[..end]).unwrap(), "Mars");
    let behind = [&whole[..end], &[0xff; 99]].concat();
    assert_eq!(planet.of(&behind).unwrap(), "Mars");
    for cut in 0..end {
        let error = planet.of(&whole[..cut]).unwrap_err();
        assert_eq!(
            (error.path().as_str(), error.class()),
            ("location.planet", DecodeClass::Malformed),
            "{cut}"
        );
    }
    let error = planet.of(&whole[..end - 1]).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!("field `location.planet`: the bytes end: 4 wanted, 3 left (at byte {})", end - 4)
    );
    let mut wrong = whole.clone();
    wrong[end - 1] = 0xff;
    assert!(planet.of(&wrong).unwrap_err().to_string().contains("text that is not UTF-8"));
}

#[test]
fn a_null_on_the_way_is_none_or_an_error() {
    let bytes = to_avro(&landed("Mars", Some(landed("Moon", None)))).unwrap();
    assert_eq!(
        peek::<Option<String>>("next.location.planet").of(&bytes).unwrap().as_deref(),
        Some("Moon")
    );
    assert_eq!(peek::<String>("next.location.planet").of(&bytes).unwrap(), "Moon");
    assert_eq!(peek::<Option<String>>("next.next.location.planet").of(&bytes).unwrap(), None);
    let error = peek::<String>("next.next.location.planet").of(&bytes).unwrap_err();
    assert_eq!(error.class(), DecodeClass::WriterIncompatible);
    assert!(error.to_string().contains("a null where the field's record may be"), "{error}");
    // A field that is null itself is as it is in a whole event of that type.
    let error = peek::<Location>("origin").of(&bytes).unwrap_err();
    assert_eq!(error.class(), DecodeClass::WriterIncompatible);
}

#[test]
fn wrong_paths_and_types_say_what_is_meant() {
    let words = |path: &str| Peek::<Option<String>>::new::<Landed>(path).unwrap_err().to_string();
    for (path, wanted) in [
        ("locaton", "`probe.Landed` has no field `locaton`: did you mean `location`?"),
        (
            "location.plant",
            "`probe.Location` has no field `plant`: did you mean `location.planet`?",
        ),
        (
            "next.location.plant",
            "`probe.Location` has no field `plant`: did you mean `next.location.planet`?",
        ),
        ("zzz", "`probe.Landed` has no field `zzz`"),
        ("", "`probe.Landed` has no field ``"),
        ("location.", "`probe.Location` has no field ``"),
        ("location..planet", "`probe.Location` has no field ``"),
        ("Location", "`probe.Landed` has no field `Location`: did you mean `location`?"),
    ] {
        assert_eq!(words(path), wanted);
    }
    let through = "and a path leads through records alone, or through unions of one and null";
    for (path, is) in [
        ("location.planet.length", "`location.planet` is text"),
        ("crew.name", "`crew` is an array"),
        ("kind.name", "`kind` is an enum"),
        ("hash.x", "`hash` is a fixed"),
        ("at.x", "`at` is a logical type"),
        ("weight.x", "`weight` is a number"),
        ("signal.level", "`signal` is a union of several types"),
    ] {
        assert_eq!(words(path), format!("{is}, {through}"));
    }
    let unfit = |error: PeekError| match error {
        PeekError::Unfit { path, reasons } => (path, reasons),
        error => panic!("{error}"),
    };
    let (path, reasons) = unfit(Peek::<i32>::new::<Landed>("attempts").unwrap_err());
    assert!(path == "attempts" && reasons.contains("KE0601"), "{reasons}");
    unfit(Peek::<String>::new::<Landed>("crew").unwrap_err());
    // Another unit, and another scale, are other values.
    unfit(Peek::<TimestampMicros>::new::<Landed>("at").unwrap_err());
    unfit(Peek::<Decimal<9, 3>>::new::<Landed>("price").unwrap_err());
    unfit(Peek::<new::shop::State>::new::<Landed>("kind").unwrap_err());
    assert!(matches!(Peek::<String>::from_schema("a", "{").unwrap_err(), PeekError::Schema(_)));
    assert!(matches!(
        Peek::<String>::from_schema("a", "\"string\"").unwrap_err(),
        PeekError::NoRecord { path, is: "text" } if path.is_empty()
    ));
}

fn old_landed() -> old::probe::Landed {
    old::probe::Landed {
        kind: old::probe::Kind::Crashed,
        gone: [("a".to_owned(), vec!["b".to_owned(), "c".to_owned()])].into(),
        tries: -3,
        origin: old::probe::Location {
            planet: "Earth".to_owned(),
            latitude: 52.5,
        },
        location: Some(old::probe::Location {
            planet: "Mars".to_owned(),
            latitude: -4.5,
        }),
        at: TimestampMillis(5),
    }
}

/// The path has the new names: aliases, promotions, unions gained and lost, defaults, and fields of defaults.
#[test]
fn fields_of_another_version() {
    let bytes = to_avro(&old_landed()).unwrap();
    fn read<T: Peeked>(path: &str, bytes: &[u8]) -> T {
        let peek = Peek::<T>::of_version::<Landed>(path, old::probe::Landed::SCHEMA).unwrap_or_else(|error| panic!("{error}"));
        peek.of(bytes).unwrap()
    }
    assert_eq!(read::<i64>("attempts", &bytes), -3);
    assert_eq!(read::<f64>("location.latitude", &bytes), -4.5);
    assert_eq!(read::<String>("location.planet", &bytes), "Mars");
    assert_eq!(read::<Option<String>>("origin.planet", &bytes).as_deref(), Some("Earth"));
    assert_eq!(read::<TimestampMillis>("at", &bytes), TimestampMillis(5));
    assert_eq!(read::<Kind>("kind", &bytes), Kind::Lost);
    // Nobody has written these.
    assert_eq!(read::<String>("log", &bytes), "nothing");
    assert_eq!(read::<String>("base.name", &bytes), "camp");
    assert_eq!(read::<i32>("base.beds", &bytes), 7);
    assert_eq!(read::<Base>("base", &bytes).beds, 7);
    assert_eq!(read::<Option<String>>("location.region", &bytes), None);
    // Where the record itself is null there is no field of it, not even a default.
    let nowhere = old::probe::Landed {
        location: None,
        ..old_landed()
    };
    let nowhere = to_avro(&nowhere).unwrap();
    assert_eq!(read::<Option<String>>("location.planet", &nowhere), None);
    let region = Peek::<Option<String>>::of_version::<Landed>("location.region", old::probe::Landed::SCHEMA).unwrap();
    assert_eq!(region.of(&nowhere).unwrap(), None);
    assert!(region.of(&nowhere[..3]).is_err());
    // What has no default is not there.
    let error = Peek::<Uuid>::of_version::<Landed>("id", old::probe::Landed::SCHEMA).unwrap_err();
    assert!(
        matches!(&error, PeekError::Unfit { reasons, .. } if reasons.contains("KE0603")),
        "{error}"
    );
    // The whole cannot be read, for those that lack; what is there can.
    assert!(Evolution::<Landed>::from_schema(old::probe::Landed::SCHEMA).is_err());
}

#[test]
fn fields_of_messages_whichever_version_wrote_them() {
    let writers = Writers::new(&[new::topics::Landings::SPEC], [old::probe::Landed::SCHEMA]).unwrap();
    let planet = TopicPeek::<String>::new::<new::topics::Landings>("location.planet", &writers).unwrap();
    let attempts = TopicPeek::<i64>::new::<new::topics::Landings>("attempts", &writers).unwrap();
    let id = TopicPeek::<Uuid>::new::<new::topics::Landings>("id", &writers).unwrap();
    let (mut now, mut before) = (Vec::new(), Vec::new());
    encode_value::<new::topics::Landings>(&landed("Moon", None), &mut now).unwrap();
    encode_value::<old::topics::Landings>(&old_landed(), &mut before).unwrap();
    let (now, before) = (EncodedEvent::new(now.as_slice()), EncodedEvent::new(before.as_slice()));
    assert_eq!((planet.of(now).unwrap().as_str(), planet.of_ref(before).unwrap()), ("Moon", "Mars"));
    assert_eq!((attempts.of(now).unwrap(), attempts.of(before).unwrap()), (3, -3));
    assert_eq!(id.of(now).unwrap(), Uuid::from_u128(7));
    // Why that version has no such field is said of each of its messages.
    for error in [id.of(before).unwrap_err(), id.of_ref(before).unwrap_err()] {
        assert_eq!(error.class(), DecodeClass::WriterIncompatible);
        let words = error.to_string();
        assert!(words.contains("`id` cannot be peeked at: `Landed."), "{words}");
        // Without the places, which are for whoever makes a peek.
        assert!(!words.contains("-->") && !words.contains('\n'), "{words}");
    }
    // The framing is the topic's, and a writer is known or not.
    let known = TopicPeek::<String>::new::<new::topics::Landings>("location.planet", &Writers::default()).unwrap();
    assert_eq!(known.of(before).unwrap_err().class(), DecodeClass::WriterUnknown);
    let others = Writers::new(&[new::topics::Landings::SPEC], [old::shop::Paid::SCHEMA]).unwrap();
    let others = TopicPeek::<String>::new::<new::topics::Landings>("location.planet", &others).unwrap();
    let mut of_another = before.value.unwrap().to_vec();
    of_another[2..10].copy_from_slice(&old::shop::Paid::FINGERPRINT.to_bytes());
    assert_eq!(
        others.of(EncodedEvent::new(of_another.as_slice())).unwrap_err().to_string(),
        "written as `shop.Paid`, which cannot be read as `probe.Landed`"
    );
    let bare = to_avro(&landed("Moon", None)).unwrap();
    let error = planet.of(EncodedEvent::new(bare.as_slice())).unwrap_err();
    assert!(error.to_string().starts_with("not a single-object message"), "{error}");
    assert_eq!(
        planet.of(EncodedEvent::new(None)).unwrap_err().to_string(),
        "a message without a value"
    );
    let none = now.within(Limits {
        memory: 0,
        ..Limits::DEFAULT
    });
    assert!(planet.of(none).unwrap_err().to_string().contains("more memory than the limit"));
    let error = TopicPeek::<String>::new::<new::topics::Landings>("plant", &writers).unwrap_err();
    assert!(matches!(error, PeekError::NoField { .. }));
    // Of several records each has it.
    let key = TopicPeek::<String>::new::<new::topics::Payments>("order", &Writers::default()).unwrap();
    let paid = new::shop::Paid {
        order: "7".to_owned(),
        cents: 1,
    };
    let (bytes, fingerprint) = (to_avro(&paid).unwrap(), new::shop::Paid::FINGERPRINT.to_bytes());
    let message = EncodedEvent::new(bytes.as_slice()).with_fingerprint(&fingerprint[..]);
    assert_eq!(key.of(message).unwrap(), "7");
    assert!(TopicPeek::<i64>::new::<new::topics::Payments>("cents", &Writers::default()).is_err());
}

/// What is passed over costs what it may cost, and a block that says its size is passed over whole.
#[test]
fn passing_over_is_bounded() {
    let planet = peek::<String>("location.planet");
    // No crew; then items without a byte, as many as 2⁴⁰.
    let claims = [&[0][..], &[0x80, 0x80, 0x80, 0x80, 0x80, 0x40]].concat();
    let error = planet.of(&claims).unwrap_err();
    assert!(error.to_string().contains("more items than the limit"), "{error}");
    // Three hundred of them are charged, and passed over in no time.
    let some = |memory| {
        let bytes = [&[0, 0xd8, 0x04, 0, 0][..], &[0; 8], b"\x08Mars"].concat();
        planet.of_within(&bytes, Limits { memory, ..Limits::DEFAULT })
    };
    assert_eq!(some(300).unwrap(), "Mars");
    assert!(some(299).is_err());
    // A crew of one, in a block of three bytes that are none.
    let sized = [&[1, 6, 0xff, 0xff, 0xff, 0, 0, 0][..], &[0; 8], b"\x08Mars"].concat();
    assert_eq!(planet.of(&sized).unwrap(), "Mars");
    assert!(from_avro::<Landed>(&sized).is_err());
    // Depth, too.
    let shallow = Limits {
        depth: 0,
        ..Limits::DEFAULT
    };
    assert!(planet.of_within(&sized, shallow).is_err());
}

/// Bytes that are damaged: no panic, and where the whole event can be read, what it has there.
#[test]
fn damaged_bytes() {
    let (planet, log, at) = (
        peek::<Option<String>>("next.location.planet"),
        peek::<String>("log"),
        peek::<i64>("at"),
    );
    let mut random = StdRng::seed_from_u64(13);
    let mut read = 0;
    for (_, bytes) in events(300) {
        for _ in 0..20 {
            let mut bytes = bytes.clone();
            for _ in 0..random.random_range(1..3) {
                let place = random.random_range(0..bytes.len());
                match random.random_range(0..3) {
                    0 => bytes[place] = random.random(),
                    1 => bytes.truncate(place.max(1)),
                    _ => bytes.insert(place, random.random()),
                }
            }
            let peeked = (planet.of(&bytes), log.of(&bytes), at.of(&bytes));
            // A block that says a wrong size is read by its items, and passed over by its size: no writer of ours writes one.
            if let Ok(event) = from_avro::<Landed>(&bytes)
                && to_avro(&event).unwrap() == bytes
            {
                read += 1;
                let next = event.next.map(|next| next.location.planet);
                assert_eq!(peeked.0.unwrap(), next);
                assert_eq!((peeked.1.unwrap(), peeked.2.unwrap()), (event.log, event.at.0));
            }
        }
    }
    assert!(read > 100, "{read}");
}
