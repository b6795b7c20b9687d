//! Typed publishing beside raw rdkafka, on the same broker with the same settings.

use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use benches::events::CATALOG;
use benches::events::bench::typed::{JobEventType, JobLifecycleEvent};
use benches::events::topics::{BenchGzip, BenchLz4, BenchNone};
use benches::{Contender, Output, Report, Sample, Scale, cpu_time, in_turn};
use clap::Parser;
use kafka_event::logical::TimestampMillis;
use kafka_event::uuid::Uuid;
use kafka_event::{Config, EmbeddedBroker, Kafka, PublishedTopic, Publisher, encode_value};
use rdkafka::producer::{BaseRecord, DeliveryResult, Producer as _, ProducerContext, ThreadedProducer};
use rdkafka::types::RDKafkaErrorCode;
use rdkafka::{ClientConfig, ClientContext};

/// Publishes the same events in two ways, in turn, for three codecs.
#[derive(Parser)]
struct Arguments {
    /// Print one JSON document.
    #[arg(long)]
    json: bool,

    /// How many rounds of each.
    #[arg(long, default_value_t = 7, value_parser = clap::value_parser!(u16).range(1..=1000))]
    rounds: u16,

    /// How many events in a round.
    #[arg(long, default_value_t = 300_000, value_parser = clap::value_parser!(u64).range(1..=100_000_000))]
    events: u64,

    /// Some brokers of a cluster; an embedded broker, in this process and of its CPU time, if none are named.
    #[arg(long, value_name = "HOST:PORT,…")]
    brokers: Option<String>,
}

/// Different events, so that keys go to all partitions.
const DIFFERENT: u64 = 5000;

/// How long the last events of a round may take.
const PATIENCE: Duration = Duration::from_secs(120);

/// The settings of both, so that only the client differs; ours has them by default.
const LINGER: Duration = Duration::from_millis(5);
const QUEUE: usize = 400_000;

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let config = match &arguments.brokers {
        Some(brokers) => Config::new(brokers),
        None => EmbeddedBroker::start()?.config(),
    };
    // Three topics, each with the whole of the queue that its raw peer has.
    let kafka = Kafka::connect_blocking(config.linger(LINGER).queue_messages(3 * QUEUE))?;
    kafka.ensure_topics_blocking(&CATALOG)?;
    let events: Vec<_> = (0..DIFFERENT).map(event).collect();
    let mut report = Report::new("publish");
    measure::<BenchNone>(&mut report, &arguments, &kafka, &events)?;
    measure::<BenchLz4>(&mut report, &arguments, &kafka, &events)?;
    measure::<BenchGzip>(&mut report, &arguments, &kafka, &events)?;
    report.print(if arguments.json { Output::Json } else { Output::Text })
}

fn event(number: u64) -> JobLifecycleEvent {
    JobLifecycleEvent::builder()
        .event_id(Uuid::from_u64_pair(0x7f1d_3c5e_9a20_4b61, number))
        .event_type(JobEventType::Started)
        .job_id(format!("job-2026-{number:06}"))
        .timestamp(TimestampMillis(1_771_027_200_000))
        .payload(r#"{"from":"QUEUED","to":"STARTED","node":"gpu-node-17","attempt":1}"#)
        .user_id("user-4711".to_owned())
        .build()
}

fn measure<T: PublishedTopic<Event = JobLifecycleEvent>>(
    report: &mut Report,
    arguments: &Arguments,
    kafka: &Kafka,
    events: &[JobLifecycleEvent],
) -> anyhow::Result<()> {
    let typed = kafka.publisher_blocking::<T>()?;
    let brokers = kafka_brokers(kafka, arguments);
    let counting = raw::<Counting>(&brokers, T::SPEC.compression.as_str())?;
    let telling = raw::<Telling>(&brokers, T::SPEC.compression.as_str())?;
    // The raw side sends what was encoded before.
    let prepared = events
        .iter()
        .map(|event| {
            let mut value = Vec::new();
            encode_value::<T>(event, &mut value)?;
            Ok((event.job_id.clone(), value))
        })
        .collect::<anyhow::Result<Vec<_>>>()?;
    let contenders = vec![
        Contender::new("rdkafka ThreadedProducer, prepared bytes", || {
            send_raw(&counting, T::SPEC.name, &prepared, arguments.events)
        }),
        Contender::new("the same, a closure for each report", || {
            send_raw(&telling, T::SPEC.name, &prepared, arguments.events)
        }),
        Contender::new("kafka-event, typed events", || send_typed(kafka, &typed, events, arguments.events)),
    ];
    let contenders = in_turn(usize::from(arguments.rounds), contenders);
    report.add(format!("publish, {}", T::SPEC.compression.as_str()), Scale::Nanos, &contenders);
    Ok(())
}

fn send_typed<T: PublishedTopic<Event = JobLifecycleEvent>>(
    kafka: &Kafka,
    publisher: &Publisher<T>,
    events: &[JobLifecycleEvent],
    count: u64,
) -> Sample {
    TOLD.store(0, Ordering::Relaxed);
    let (begun, cpu) = (Instant::now(), cpu_time());
    for event in events.iter().cycle().take(count as usize) {
        let ended = |end: Result<_, _>| {
            if end.is_ok() {
                TOLD.fetch_add(1, Ordering::Relaxed);
            }
        };
        publisher.enqueue(event, ended).expect("the event is encoded");
    }
    assert!(kafka.flush_blocking(PATIENCE), "events are still on their way");
    let sample = sample(begun, cpu, count);
    assert_eq!(TOLD.load(Ordering::Relaxed), count, "not all were written");
    sample
}

fn send_raw<P: Peer>(producer: &ThreadedProducer<P>, topic: &str, prepared: &[(String, Vec<u8>)], count: u64) -> Sample {
    let written = producer.context().written();
    written.store(0, Ordering::Relaxed);
    let (begun, cpu) = (Instant::now(), cpu_time());
    for (key, value) in prepared.iter().cycle().take(count as usize) {
        let mut record = BaseRecord::with_opaque_to(topic, producer.context().opaque())
            .key(key)
            .payload(value);
        loop {
            match producer.send(record) {
                Ok(()) => break,
                Err((error, back)) if error.rdkafka_error_code() == Some(RDKafkaErrorCode::QueueFull) => {
                    record = back;
                    thread::sleep(Duration::from_millis(1));
                }
                Err((error, _)) => panic!("{error}"),
            }
        }
    }
    // The producer's own flush returns in steps of 100 ms, which would be its measure and not the sending's.
    while written.load(Ordering::Relaxed) < count {
        assert!(begun.elapsed() < PATIENCE, "events are still on their way");
        thread::sleep(Duration::from_micros(200));
    }
    sample(begun, cpu, count)
}

fn sample(begun: Instant, cpu: Duration, units: u64) -> Sample {
    Sample {
        wall: begun.elapsed(),
        cpu: Some(cpu_time().saturating_sub(cpu)),
        units,
    }
}

/// How a raw producer hears of what was written.
trait Peer: ProducerContext + Default + 'static {
    /// How much was.
    fn written(&self) -> &AtomicU64;

    /// What a message carries to its report.
    fn opaque(&self) -> Self::DeliveryOpaque;
}

/// Counts its reports: the least that can be done.
#[derive(Default)]
struct Counting(AtomicU64);

impl ClientContext for Counting {}

impl ProducerContext for Counting {
    type DeliveryOpaque = ();

    fn delivery(&self, result: &DeliveryResult<'_>, (): ()) {
        if result.is_ok() {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }
}

impl Peer for Counting {
    fn written(&self) -> &AtomicU64 {
        &self.0
    }

    fn opaque(&self) {}
}

/// Calls a closure of the message's own, as an application does that is to know of each event what became of it.
#[derive(Default)]
struct Telling;

/// What closures have counted: one that held its counter would need a box more, or a count of its holders.
static TOLD: AtomicU64 = AtomicU64::new(0);

type Told = Box<dyn FnOnce(bool) + Send + Sync>;

impl ClientContext for Telling {}

impl ProducerContext for Telling {
    // rdkafka carries one pointer: the box of a closure is two.
    type DeliveryOpaque = Box<Told>;

    fn delivery(&self, result: &DeliveryResult<'_>, told: Box<Told>) {
        told(result.is_ok());
    }
}

impl Peer for Telling {
    fn written(&self) -> &AtomicU64 {
        &TOLD
    }

    fn opaque(&self) -> Box<Told> {
        Box::new(Box::new(|is_written| {
            if is_written {
                TOLD.fetch_add(1, Ordering::Relaxed);
            }
        }))
    }
}

fn raw<P: Peer>(brokers: &str, codec: &str) -> anyhow::Result<ThreadedProducer<P>> {
    let producer: ThreadedProducer<P> = ClientConfig::new()
        .set("bootstrap.servers", brokers)
        .set("enable.idempotence", "true")
        .set("acks", "all")
        .set("partitioner", "murmur2_random")
        .set("linger.ms", LINGER.as_millis().to_string())
        .set("compression.codec", codec)
        .set("queue.buffering.max.messages", QUEUE.to_string())
        .create_with_context(P::default())
        .context("the raw producer")?;
    producer
        .client()
        .fetch_metadata(None, PATIENCE)
        .context("the raw producer's brokers")?;
    Ok(producer)
}

fn kafka_brokers(kafka: &Kafka, arguments: &Arguments) -> String {
    arguments.brokers.clone().unwrap_or_else(|| kafka.config().brokers().to_owned())
}
