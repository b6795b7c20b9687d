//! Closing, in whatever state and by whomever.

use std::future::Future as _;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use kafka_event::kafka::Cause;
use kafka_event::kafka::embedded::Capability;
use kafka_event::{Kafka, PublishError};
use rdkafka::message::Message as _;
use test_embedded::events::{CATALOG, topics};
use test_embedded::{PATIENCE, broker, connected, job, read};

#[test]
fn what_was_not_sent_is_handed_back() {
    let broker = broker(&[Capability::Messages, Capability::BrokerDown]);
    let kafka = connected(&broker);
    let jobs = kafka.publisher_blocking::<topics::JobLifecycle>().unwrap();
    for number in 1..=3 {
        broker.broker_down(number).unwrap();
    }
    let (ended, ends) = mpsc::channel();
    for number in 0..5 {
        let ended = ended.clone();
        jobs.enqueue(&job("job-1", number), move |end| ended.send(end).unwrap()).unwrap();
    }
    let report = kafka.close_blocking(Duration::from_millis(200));
    assert_eq!(report.undelivered.len(), 5);
    assert!(
        report
            .undelivered
            .iter()
            .all(|message| message.key.as_deref() == Some(b"job-1") && message.topic == "job-lifecycle")
    );
    let mut numbers: Vec<_> = (0..5)
        .map(|_| match ends.recv_timeout(PATIENCE).unwrap() {
            Err(error @ (PublishError::NotWritten { .. } | PublishError::PossiblyWritten { .. })) => {
                error.into_event().unwrap().event_id.as_u64_pair().1
            }
            other => panic!("{other:?}"),
        })
        .collect();
    numbers.sort_unstable();
    assert_eq!(numbers, [0, 1, 2, 3, 4]);
    match jobs.publish_blocking(&job("job-1", 6)) {
        Err(PublishError::NotWritten {
            cause: Cause::Closed,
            event,
            ..
        }) => assert_eq!(*event, job("job-1", 6)),
        other => panic!("{other:?}"),
    }
}

/// Futures that nobody polls hold no close up, whether there is room for them or not.
#[test]
fn a_close_waits_for_no_poll() {
    for is_down in [false, true] {
        let broker = broker(&[Capability::Messages, Capability::BrokerDown]);
        let kafka = Kafka::connect_blocking(broker.config().queue_messages(1).linger(Duration::ZERO)).unwrap();
        kafka.ensure_topics_blocking(&CATALOG).unwrap();
        let jobs = kafka.publisher_blocking::<topics::JobLifecycle>().unwrap();
        for number in (1..=3).filter(|_| is_down) {
            broker.broker_down(number).unwrap();
        }
        let (first, second) = (jobs.publish(&job("job-1", 1)), jobs.publish(&job("job-1", 2)));
        let mut second = Box::pin(second);
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        _ = second.as_mut().poll(&mut context);
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let mut first = Box::pin(first);
        if !is_down {
            assert!(runtime.block_on(first.as_mut()).is_ok());
        }
        let begun = Instant::now();
        let undelivered = kafka.close_blocking(Duration::from_millis(500)).undelivered.len();
        assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
        assert_eq!(undelivered, usize::from(is_down));
        let second = runtime.block_on(second);
        if is_down {
            assert!(runtime.block_on(first).is_err());
            let closed = matches!(second, Err(PublishError::NotWritten { cause: Cause::Closed, .. }));
            assert!(closed, "it never had room");
        } else {
            assert_eq!(second.unwrap().offset, Some(1), "it had room before the close");
        }
    }
}

#[test]
fn every_publish_ends_while_the_client_closes() {
    let broker = broker(&[Capability::Messages]);
    let kafka = connected(&broker);
    let jobs = kafka.publisher_blocking::<topics::JobLifecycle>().unwrap();
    let (ended, ends) = mpsc::channel();
    for _ in 0..4 {
        let (jobs, ended) = (jobs.clone(), ended.clone());
        std::thread::spawn(move || {
            // Ends by the close; the bound is for a close that does not.
            let closed = (0..1_000_000).find_map(|number| jobs.publish_blocking(&job("job-1", number)).err());
            ended.send(closed.map(|error| error.to_string())).unwrap();
        });
    }
    std::thread::sleep(Duration::from_millis(100));
    assert!(kafka.close_blocking(PATIENCE).undelivered.is_empty());
    for _ in 0..4 {
        let error = ends
            .recv_timeout(PATIENCE)
            .expect("a publish waits for ever")
            .expect("the client is closed");
        assert!(error.contains("closed"), "{error}");
    }
}

#[test]
fn the_last_handle_may_be_dropped_by_a_callback() {
    let broker = broker(&[Capability::Messages, Capability::Groups]);
    let kafka = connected(&broker);
    let jobs = kafka.publisher_blocking::<topics::JobLifecycle>().unwrap();
    let (ended, ends) = mpsc::channel();
    let last = jobs.clone();
    let done = ended.clone();
    // What is queued behind must still be written, and the callback's thread is the one that serves its report.
    jobs.enqueue(&job("job-1", 0), move |end| {
        std::thread::sleep(Duration::from_millis(100));
        drop(last);
        done.send(end.is_ok()).unwrap();
    })
    .unwrap();
    jobs.enqueue(&job("job-2", 1), move |end| ended.send(end.is_ok()).unwrap()).unwrap();
    drop(jobs);
    drop(kafka);
    assert!((0..2).all(|_| ends.recv_timeout(PATIENCE).unwrap()));
    assert_eq!(read(&broker, "job-lifecycle", 2, |message| message.partition()).len(), 2);
}

#[test]
fn whoever_closes_second_takes_nothing_from_the_first() {
    let broker = broker(&[Capability::Messages, Capability::BrokerDown]);
    let kafka = connected(&broker);
    let jobs = kafka.publisher_blocking::<topics::JobLifecycle>().unwrap();
    for number in 1..=3 {
        broker.broker_down(number).unwrap();
    }
    for number in 0..5 {
        jobs.enqueue(&job("job-1", number), |_| ()).unwrap();
    }
    let other = kafka.clone();
    let second = std::thread::spawn(move || other.close_blocking(Duration::from_millis(300)).undelivered.len());
    let first = kafka.close_blocking(Duration::from_millis(300)).undelivered.len();
    assert_eq!(first + second.join().unwrap(), 5);
}

/// A close within a callback, while another close waits for that callback, is the second of the two.
#[test]
fn a_callback_may_close_while_another_closes() {
    let broker = broker(&[Capability::Messages]);
    let kafka = connected(&broker);
    let jobs = kafka.publisher_blocking::<topics::JobLifecycle>().unwrap();
    let (begun, begins) = mpsc::channel();
    let (closing, closes) = mpsc::channel::<()>();
    let inner = kafka.clone();
    jobs.enqueue(&job("job-1", 1), move |_| {
        begun.send(()).unwrap();
        closes.recv_timeout(PATIENCE).unwrap();
        // The other one holds the close by now, or soon.
        std::thread::sleep(Duration::from_millis(200));
        assert!(inner.close_blocking(Duration::MAX).undelivered.is_empty());
    })
    .unwrap();
    begins.recv_timeout(PATIENCE).unwrap();
    let other = std::thread::spawn(move || {
        closing.send(()).unwrap();
        kafka.close_blocking(Duration::MAX).undelivered.len()
    });
    assert_eq!(other.join().unwrap(), 0);
}
