//! What cannot be read or handled: partitions that rest.

use crate::*;

#[test]
fn a_group_that_begins_at_the_end_rests_at_its_first_message() {
    let broker = broker(&[Messages, Groups]);
    let kafka = connected(&broker);
    let start = || {
        let builder = kafka.consumer_of::<JobLifecycle>("late");
        builder.start_at(StartAt::Latest).start_blocking().unwrap()
    };
    let consumer = start();
    until("the assignment", || consumer.stats().partitions.len() == 10);
    until("the first message", || {
        send_raw(&broker, "job-lifecycle", 3, b"garbage");
        std::thread::sleep(Duration::from_millis(100));
        consumer.stats().undecodable > 0
    });
    let undecodable = |consumer: &Consumer<_>| match consumer.recv_blocking() {
        Err(ConsumeError::Undecodable(found)) => found.offset,
        other => panic!("{other:?}"),
    };
    let first = undecodable(&consumer);
    drop(consumer);
    assert_eq!(undecodable(&start()), first);
}

#[test]
fn a_failing_handler_stops_its_partition_alone() {
    let broker = broker(&[Messages, Groups]);
    let kafka = connected(&broker);
    // `a` and `b` are in different partitions; the order among partitions is open, so each has its own events.
    publish(&kafka, |number| if number < 5 { "a".to_owned() } else { "b".to_owned() }, 0..10);
    let consumer = kafka.consumer_of::<JobLifecycle>("failing").start_blocking().unwrap();
    let handled = Arc::new(Mutex::new(Vec::new()));
    let (stopper, seen) = (consumer.stopper(), handled.clone());
    let stats = consumer
        .run_blocking(move |event, _| {
            let number = number(&event);
            if number == 2 {
                return Err("no");
            }
            let mut seen = seen.lock().unwrap();
            seen.push(number);
            if seen.len() == 7 {
                stopper.stop();
            }
            Ok(())
        })
        .unwrap();
    let mut handled = handled.lock().unwrap().clone();
    handled.sort_unstable();
    assert_eq!(handled, [0, 1, 5, 6, 7, 8, 9]);
    assert_eq!(stats.failed, 1);
    // The one that failed, and those after it, come again.
    let again = kafka.consumer_of::<JobLifecycle>("failing").start_blocking().unwrap();
    let numbers: Vec<_> = receive(&again, 3).iter().map(|received| number(received.event())).collect();
    assert_eq!(numbers, [2, 3, 4]);
}

#[tokio::test]
async fn errors_and_panics_of_a_handler_can_be_passed_over() {
    let broker = broker(&[Messages, Groups]);
    let kafka = connected(&broker);
    publish(&kafka, |_| "a".to_owned(), 0..5);
    let consumer = kafka
        .consumer_of::<JobLifecycle>("skipping")
        .on_failed(Failed::Skip)
        .start()
        .await
        .unwrap();
    let stopper = consumer.stopper();
    let handled = Arc::new(Mutex::new(Vec::new()));
    let seen = handled.clone();
    let running = consumer.run(move |event, context| {
        let (stopper, seen) = (stopper.clone(), seen.clone());
        async move {
            tokio::task::yield_now().await;
            match number(&event) {
                1 => return Err("no".to_owned()),
                2 => panic!("on purpose"),
                number => seen.lock().unwrap().push((number, context.offset)),
            }
            if context.offset == 4 {
                stopper.stop();
            }
            Ok(())
        }
    });
    let stats = tokio::time::timeout(PATIENCE, running).await.unwrap().unwrap();
    assert_eq!(*handled.lock().unwrap(), [(0, 0), (3, 3), (4, 4)]);
    assert_eq!((stats.failed, stats.received), (2, 5));
    assert!(stats.is_settled(), "{stats:?}");
}

#[test]
fn what_cannot_be_read_stops_its_partition_and_is_told_once() {
    let broker = broker(&[Messages, Groups]);
    let kafka = connected(&broker);
    let partition = kafka
        .publisher_blocking::<JobLifecycle>()
        .unwrap()
        .publish_blocking(&job("a", 0))
        .unwrap()
        .partition;
    send_raw(&broker, "job-lifecycle", partition, b"garbage");
    publish(&kafka, |number| if number == 1 { "a".to_owned() } else { "b".to_owned() }, 1..3);
    let consumer = kafka.consumer_of::<JobLifecycle>("strict").start_blocking().unwrap();
    let mut numbers = Vec::new();
    let mut bad = Vec::new();
    while numbers.len() < 2 || bad.is_empty() {
        match consumer.recv_blocking() {
            Ok(received) => {
                numbers.push(number(received.event()));
                received.ack();
            }
            Err(ConsumeError::Undecodable(found)) => bad.push(found),
            Err(error) => panic!("{error}"),
        }
    }
    numbers.sort_unstable();
    assert_eq!(numbers, [0, 2]);
    assert_eq!(bad.len(), 1);
    let found = &bad[0];
    assert_eq!((found.topic, found.partition, found.offset), ("job-lifecycle", partition, 1));
    assert_eq!(found.value.as_deref(), Some(&b"garbage"[..]));
    assert_eq!(found.error.class(), DecodeClass::Malformed);
    assert!(!format!("{found:?}").contains("garbage"));
    let stats = consumer.stats();
    let resting: Vec<_> = stats.resting().map(|resting| (resting.partition, resting.state)).collect();
    assert_eq!(resting, [(partition, PartitionState::Stopped)]);
    drop(consumer);
    // Nothing was lost: another policy reads on behind it.
    let lenient = kafka
        .consumer_of::<JobLifecycle>("strict")
        .on_undecoded(Undecoded::Skip)
        .start_blocking()
        .unwrap();
    let received = receive(&lenient, 1).remove(0);
    assert_eq!((number(received.event()), received.context().offset), (1, 2));
    received.ack();
    let stats = lenient.close_blocking(PATIENCE);
    assert_eq!(stats.undecodable, 1);
    assert!(stats.is_settled(), "{stats:?}");
}

#[test]
fn an_unknown_writer_is_waited_for_whatever_the_policy() {
    let broker = broker(&[Messages, Groups]);
    let kafka = connected(&broker);
    send_raw(&broker, "job-lifecycle", 3, &[0xC3, 0x01, 1, 2, 3, 4, 5, 6, 7, 8, 0]);
    let consumer = kafka
        .consumer_of::<JobLifecycle>("waiting")
        .on_undecoded(Undecoded::Skip)
        .start_blocking()
        .unwrap();
    match consumer.recv_blocking() {
        Err(ConsumeError::Undecodable(found)) => {
            assert_eq!(found.error.class(), DecodeClass::WriterUnknown);
            assert!(
                found.to_string().contains("0102030405060708") || found.to_string().contains("0807060504030201"),
                "{found}"
            );
        }
        other => panic!("{other:?}"),
    }
    let stats = consumer.stats();
    let resting: Vec<_> = stats.resting().map(|resting| (resting.partition, resting.state)).collect();
    assert_eq!(resting, [(3, PartitionState::Waiting)]);
}

#[test]
fn another_record_of_the_contract_is_an_incompatible_writer() {
    let broker = broker(&[Messages, Groups]);
    let kafka = connected(&broker);
    let mut value = Vec::new();
    kafka_event::encode_value::<Notifications>(&notification(1), &mut value).unwrap();
    send_raw(&broker, "job-lifecycle", 0, &value);
    let consumer = kafka.consumer_of::<JobLifecycle>("other").start_blocking().unwrap();
    match consumer.recv_blocking() {
        Err(ConsumeError::Undecodable(found)) => {
            assert_eq!(found.error.class(), DecodeClass::WriterIncompatible);
            assert!(found.to_string().contains("NotificationEvent"), "{found}");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_partition_that_rested_is_read_again_when_it_comes_back() {
    let broker = broker(&[Messages, Groups]);
    let kafka = connected(&broker);
    publish(&kafka, |number| format!("job-{number}"), 0..200);
    let member = || quick_to_balance(kafka.consumer_of::<JobLifecycle>("resting"));
    let first = member().start_blocking().unwrap();
    // Dropped without an acknowledgement, each partition's first event brings it to rest.
    drop(receive(&first, 200));
    assert_eq!(first.stats().resting().count(), 10);
    // No more is asked for once something comes behind that.
    publish(&kafka, |number| format!("job-{number}"), 200..400);
    let second = member().start_blocking().unwrap();
    until("the new balance", || second.stats().partitions.len() == 5);
    drop(second.close_blocking(PATIENCE));
    // What went to the second and came back is read from where it rested; what never left rests on.
    until("the return", || first.stats().partitions.len() == 10);
    let again = receive(&first, 1).remove(0);
    let partition = again.context().partition;
    let stats = first.stats();
    let back = stats.partitions.iter().find(|found| found.partition == partition).unwrap();
    assert_eq!(back.state, PartitionState::Reading);
    assert_eq!(again.context().offset, 0);
}

/// What an event may cost is the consumer's to say: one beyond it is no event to it, and its partition rests.
#[tokio::test]
async fn an_event_beyond_the_limits_is_refused() {
    let broker = broker(&[Messages, Groups]);
    let kafka = connected(&broker);
    let notifications = kafka.publisher::<Notifications>().await.unwrap();
    let mut event = notification(1);
    event.labels = [("a".to_owned(), "b".to_owned())].into();
    notifications.publish(&event).await.unwrap();
    for (limits, group, is_taken) in [
        (Limits::DEFAULT, "ample", true),
        (
            Limits {
                depth: 0,
                ..Limits::DEFAULT
            },
            "scant",
            false,
        ),
    ] {
        let consumer = kafka.consumer_of::<Notifications>(group).limits(limits).start().await.unwrap();
        let received = tokio::time::timeout(PATIENCE, consumer.recv()).await.unwrap();
        assert_eq!(received.is_ok(), is_taken, "{group}");
    }
}
