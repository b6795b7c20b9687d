//! Random observations, under random keys, to the topics of a platform in production and back.

#[cfg(not(corpus))]
#[test]
fn skipped() {
    assert!(!test_values::has_corpus(false));
}

#[cfg(corpus)]
mod with_corpus {
    use std::collections::HashMap;
    use std::sync::mpsc;
    use std::time::Duration;

    use apache_avro::Schema;
    use apache_avro::writer::datum::GenericDatumWriter;
    use kafka_event::codec::{DecodeOwned, Encode};
    use kafka_event::{
        Compacted, CompactedTopic, EmbeddedBroker, EncodeEvent, Kafka, KeySpec, Keyed, Limits, PublishedTopic, Record, from_avro_within,
        to_avro, wire,
    };
    use rand::SeedableRng as _;
    use rand::rngs::StdRng;
    use test_radar::groups::{Archive, ArchiveEvent};
    use test_radar::org::radarcns::kafka::ObservationKey;
    use test_radar::{CATALOG, topics};
    use test_values::Values;

    const PATIENCE: Duration = Duration::from_secs(60);
    const EVENTS: usize = 20;

    /// A value of a record, made by apache-avro and read by ours: of any bits, so compared by what it is written as.
    fn random<R: Record + Encode<wire::Record> + DecodeOwned<wire::Record>>(schema: &Schema, random: &mut StdRng) -> R {
        /// What is random may be long, and nests as deep as it may.
        const LIMITS: Limits = Limits {
            depth: 512,
            memory: usize::MAX,
            ..Limits::DEFAULT
        };
        let value = Values::of(schema).random(schema, random).expect("each of these ends");
        let writer = GenericDatumWriter::builder(schema).build().unwrap();
        let bytes = writer.write_value_to_vec(value).unwrap();
        let record: R = from_avro_within(&bytes, LIMITS).unwrap();
        assert_eq!(to_avro(&record).unwrap(), bytes, "{}", R::FULL_NAME);
        record
    }

    /// A key's bytes and an event's.
    type Bytes = (Vec<u8>, Vec<u8>);

    fn bytes<E: EncodeEvent>(keyed: &Keyed<ObservationKey, E>) -> Bytes {
        let mut event = Vec::new();
        keyed.event.encode_datum(&mut event).unwrap();
        (to_avro(&keyed.key).unwrap(), event)
    }

    /// Publishes random events to a topic; where each stands, with its bytes.
    fn publish<T, R>(kafka: &Kafka, random_: &mut StdRng, sent: &mut HashMap<(&'static str, i32, i64), Bytes>)
    where
        T: PublishedTopic<Event = Keyed<ObservationKey, R>>,
        R: Record + Encode<wire::Record> + DecodeOwned<wire::Record> + Send + Sync + 'static,
    {
        let KeySpec::Record(key) = T::SPEC.key else {
            panic!("`{}` is keyed by {:?}", T::SPEC.name, T::SPEC.key)
        };
        assert_eq!(key.full_name, "org.radarcns.kafka.ObservationKey");
        let (key, event) = (
            Schema::parse_str(ObservationKey::SCHEMA).unwrap(),
            Schema::parse_str(R::SCHEMA).unwrap(),
        );
        let publisher = kafka.publisher_blocking::<T>().unwrap();
        let (ended, ends) = mpsc::channel();
        for _ in 0..EVENTS {
            let keyed = Keyed::new(random(&key, random_), random::<R>(&event, random_));
            let (bytes, ended) = (bytes(&keyed), ended.clone());
            publisher
                .enqueue(&keyed, move |end| ended.send((end.unwrap(), bytes)).unwrap())
                .unwrap();
        }
        for _ in 0..EVENTS {
            let (written, bytes) = ends.recv_timeout(PATIENCE).unwrap();
            sent.insert((T::SPEC.name, written.partition, written.offset.unwrap()), bytes);
        }
    }

    macro_rules! topics {
        ($($topic:ident: $record:ident,)+) => {
            fn publish_all(kafka: &Kafka, random: &mut StdRng, sent: &mut HashMap<(&'static str, i32, i64), Bytes>) {
                use test_radar::org::radarcns::active::questionnaire::*;
                use test_radar::org::radarcns::monitor::application::*;
                use test_radar::org::radarcns::passive::empatica::*;
                use test_radar::org::radarcns::passive::phone::*;

                $(publish::<topics::$topic, $record>(kafka, random, sent);)+
                publish::<topics::ApplicationUptime, ApplicationUptime>(kafka, random, sent);
            }

            fn received(event: &ArchiveEvent) -> Option<Bytes> {
                match event {
                    $(ArchiveEvent::$topic(keyed) => Some(bytes(keyed)),)+
                    ArchiveEvent::ApplicationUptime(Compacted::Event(keyed)) => Some(bytes(keyed)),
                    ArchiveEvent::ApplicationUptime(Compacted::Tombstone(_)) => None,
                }
            }
        };
    }

    topics! {
        AndroidPhoneAcceleration: PhoneAcceleration,
        AndroidPhoneBatteryLevel: PhoneBatteryLevel,
        AndroidPhoneGyroscope: PhoneGyroscope,
        AndroidPhoneLight: PhoneLight,
        AndroidPhoneRelativeLocation: PhoneRelativeLocation,
        AndroidPhoneCall: PhoneCall,
        AndroidPhoneSms: PhoneSms,
        AndroidPhoneContacts: PhoneContactList,
        AndroidPhoneUsageEvent: PhoneUsageEvent,
        AndroidPhoneUserInteraction: PhoneUserInteraction,
        AndroidEmpaticaE4Acceleration: EmpaticaE4Acceleration,
        AndroidEmpaticaE4SensorStatus: EmpaticaE4SensorStatus,
        ApplicationServerStatus: ApplicationServerStatus,
        QuestionnairePhq8: Questionnaire,
    }

    #[test]
    fn fifteen_topics_there_and_back() {
        let broker = EmbeddedBroker::start().unwrap();
        let kafka = Kafka::connect_blocking(broker.config()).unwrap();
        kafka.ensure_topics_blocking(&CATALOG).unwrap();
        let mut sent = HashMap::new();
        publish_all(&kafka, &mut StdRng::seed_from_u64(0x4ADA), &mut sent);
        assert_eq!((CATALOG.topics.len(), sent.len()), (15, 15 * EVENTS));

        let uptime = kafka.publisher_blocking::<topics::ApplicationUptime>().unwrap();
        let gone = ObservationKey {
            project_id: None,
            user_id: "user".to_owned(),
            source_id: "phone".to_owned(),
        };
        let mut key = Vec::new();
        topics::ApplicationUptime::encode_tombstone(&gone, &mut key).unwrap();
        uptime.publish_tombstone_blocking(&gone).unwrap();

        let archive = kafka.consumer::<Archive>().start_blocking().unwrap();
        let mut tombstones = Vec::new();
        while !sent.is_empty() || tombstones.is_empty() {
            let received = archive.recv_blocking().unwrap();
            let context = received.context();
            match self::received(received.event()) {
                Some(bytes) => {
                    let place = (context.topic, context.partition, context.offset);
                    assert_eq!(sent.remove(&place), Some(bytes), "{place:?}");
                }
                None => tombstones.push(context.key.clone()),
            }
            received.ack();
        }
        assert_eq!(tombstones, [Some(key.into_boxed_slice())]);
        assert!(archive.close_blocking(PATIENCE).is_settled());
    }
}
