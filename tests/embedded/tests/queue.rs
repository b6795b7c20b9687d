//! Publishing while the queue is full.

use std::future::Future as _;
use std::sync::mpsc;
use std::time::Duration;

use kafka_event::kafka::Cause;
use kafka_event::kafka::embedded::Capability;
use kafka_event::{Kafka, PublishError};
use test_embedded::events::{CATALOG, topics};
use test_embedded::{PATIENCE, broker, job, notification};

#[test]
fn a_full_topic_starves_no_other() {
    let broker = broker(&[Capability::Messages]);
    // Two topics, each with a share of two: of a common four, the third would be one.
    let kafka = Kafka::connect_blocking(broker.config().queue_messages(4)).unwrap();
    kafka.ensure_topics_blocking(&CATALOG).unwrap();
    let jobs = kafka.publisher_blocking::<topics::JobLifecycle>().unwrap();
    let notifications = kafka.publisher_blocking::<topics::Notifications>().unwrap();
    for number in 1..=3 {
        broker.broker_down(number).unwrap();
    }
    for number in 0..2 {
        jobs.enqueue(&job("job-1", number), |_| ()).unwrap();
    }
    // A third waits for room.
    let mut third = Box::pin(jobs.publish(&job("job-1", 2)));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    assert!(third.as_mut().poll(&mut context).is_pending());
    assert_eq!(kafka.in_flight(), 2, "the third has not been handed over");
    // Two of the other topic are handed over all the same.
    let (ended, ends) = mpsc::channel();
    for number in 0..2 {
        let ended = ended.clone();
        notifications
            .enqueue(&notification(number), move |end| ended.send(end.is_ok()).unwrap())
            .unwrap();
    }
    for number in 1..=3 {
        broker.broker_up(number).unwrap();
    }
    assert!(ends.recv_timeout(PATIENCE).unwrap() && ends.recv_timeout(PATIENCE).unwrap());
    let third = tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(third);
    assert_eq!(third.unwrap().offset, Some(2));
}

#[test]
fn a_share_of_one_passes_from_hand_to_hand() {
    let broker = broker(&[Capability::Messages]);
    let kafka = Kafka::connect_blocking(broker.config().queue_messages(1).linger(Duration::ZERO)).unwrap();
    kafka.ensure_topics_blocking(&CATALOG).unwrap();
    let jobs = kafka.publisher_blocking::<topics::JobLifecycle>().unwrap();
    let (ended, ends) = mpsc::channel();
    for _ in 0..4 {
        let (jobs, ended) = (jobs.clone(), ended.clone());
        std::thread::spawn(move || {
            ended
                .send((0..50).all(|number| jobs.publish_blocking(&job("job-1", number)).is_ok()))
                .unwrap();
        });
    }
    assert!((0..4).all(|_| ends.recv_timeout(PATIENCE).expect("a publish waits for ever")));
}

/// While the queue is full, what one thread publishes is written in its order all the same.
#[tokio::test]
async fn a_full_queue_keeps_the_order() {
    let broker = broker(&[Capability::Messages, Capability::Groups]);
    let kafka = Kafka::connect(broker.config().queue_messages(1)).await.unwrap();
    kafka.ensure_topics(&CATALOG).await.unwrap();
    let jobs = kafka.publisher::<topics::JobLifecycle>().await.unwrap();
    let mut ends = Vec::new();
    for number in 0..30 {
        ends.push(tokio::spawn(jobs.publish(&job("job-1", number))));
        // Some find room at once, and would pass those that wait for theirs.
        tokio::task::yield_now().await;
    }
    let mut offsets = Vec::new();
    for end in ends {
        offsets.push(end.await.unwrap().unwrap().offset.unwrap());
    }
    assert!(offsets.is_sorted(), "{offsets:?}");
}

/// What is published later does not pass what waits, in whatever order the futures are polled.
#[test]
fn polling_late_changes_no_order() {
    let broker = broker(&[Capability::Messages]);
    let kafka = Kafka::connect_blocking(broker.config().queue_messages(2).linger(Duration::ZERO)).unwrap();
    kafka.ensure_topics_blocking(&CATALOG).unwrap();
    let jobs = kafka.publisher_blocking::<topics::JobLifecycle>().unwrap();
    for number in 1..=3 {
        broker.broker_down(number).unwrap();
    }
    let (ended, ends) = mpsc::channel();
    for number in 0..2 {
        let ended = ended.clone();
        jobs.enqueue(&job("job-1", number), move |end| ended.send(end.is_ok()).unwrap())
            .unwrap();
    }
    let mut first = Box::pin(jobs.publish(&job("job-1", 2)));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    assert!(first.as_mut().poll(&mut context).is_pending());
    let second = jobs.publish(&job("job-1", 3));
    for number in 1..=3 {
        broker.broker_up(number).unwrap();
    }
    assert!(ends.recv_timeout(PATIENCE).unwrap() && ends.recv_timeout(PATIENCE).unwrap());
    // Room for both by now; neither has been polled since. What comes after them is behind them, too.
    jobs.enqueue(&job("job-1", 4), move |end| ended.send(end.unwrap().offset == Some(4)).unwrap())
        .unwrap();
    assert!(ends.recv_timeout(PATIENCE).unwrap());
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let second = runtime.block_on(second).unwrap().offset;
    let first = runtime.block_on(first).unwrap().offset;
    assert_eq!((first, second), (Some(2), Some(3)));
}

/// A future that nobody polls holds nobody up; one that is dropped while it waits is not sent.
#[test]
fn what_nobody_polls_goes_and_what_is_dropped_does_not() {
    let broker = broker(&[Capability::Messages]);
    let kafka = Kafka::connect_blocking(broker.config().queue_messages(1).linger(Duration::ZERO)).unwrap();
    kafka.ensure_topics_blocking(&CATALOG).unwrap();
    let jobs = kafka.publisher_blocking::<topics::JobLifecycle>().unwrap();
    for number in 1..=3 {
        broker.broker_down(number).unwrap();
    }
    let first = jobs.publish(&job("job-1", 0));
    let unpolled = jobs.publish(&job("job-1", 1));
    drop(jobs.publish(&job("job-1", 2)));
    for number in 1..=3 {
        broker.broker_up(number).unwrap();
    }
    assert_eq!(jobs.publish_blocking(&job("job-1", 3)).unwrap().offset, Some(2));
    drop((first, unpolled));
    assert_eq!(kafka.in_flight(), 0);
}

/// A callback is told where it would have to wait: nobody else serves the report that it would wait for.
#[test]
fn a_callback_does_not_wait() {
    let broker = broker(&[Capability::Messages]);
    let kafka = Kafka::connect_blocking(broker.config().queue_messages(1)).unwrap();
    kafka.ensure_topics_blocking(&CATALOG).unwrap();
    let jobs = kafka.publisher_blocking::<topics::JobLifecycle>().unwrap();
    let (told, tells) = mpsc::channel();
    let again = jobs.clone();
    jobs.enqueue(&job("job-1", 1), move |_| {
        let blocking = again.publish_blocking(&job("job-1", 2));
        // The room that was freed is taken again, and then there is none.
        let first = told.clone();
        again
            .enqueue(&job("job-1", 3), move |end| first.send(end.map(drop)).unwrap())
            .unwrap();
        let second = told.clone();
        again
            .enqueue(&job("job-1", 4), move |end| second.send(end.map(drop)).unwrap())
            .unwrap();
        told.send(blocking.map(drop)).unwrap();
    })
    .unwrap();
    for number in [4, 2] {
        match tells.recv_timeout(PATIENCE).unwrap() {
            Err(PublishError::NotWritten {
                cause: Cause::WouldBlock,
                event,
                ..
            }) => assert_eq!(*event, job("job-1", number)),
            other => panic!("{other:?}"),
        }
    }
    tells.recv_timeout(PATIENCE).unwrap().expect("the one with room is written");
}
