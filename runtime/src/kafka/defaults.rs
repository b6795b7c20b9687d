//! What is set where the user says nothing, in one place, each with its reason.

/// For every client.
pub(super) const COMMON: &[(&str, &str)] = &[
    // A cluster's partition count may grow; until the refresh, one key could land in two partitions.
    ("topic.metadata.refresh.interval.ms", "30000"),
    // Keep-alive finds a peer that is gone without a word.
    ("socket.keepalive.enable", "true"),
];

/// For the producer.
pub(super) const PRODUCER: &[(&str, &str)] = &[
    // Retries neither duplicate nor reorder within one epoch of the producer. A message that times out starts a new epoch for all partitions,
    // in which what was on its way to others may be written twice (librdkafka #4953); so may what is sent again after a restart.
    // Implies acks from all.
    ("enable.idempotence", "true"),
    ("acks", "all"),
    // The partition that Java, and KafkaJS from 2.0 on, choose for a key; librdkafka's own default is another.
    ("partitioner", "murmur2_random"),
    // With ten partitions a linger of 5 ms is faster at P99 than none: the brokers' CPU is the limit.
    ("linger.ms", "5"),
    // A misspelt topic is an error, and not a new topic with one partition.
    ("allow.auto.create.topics", "false"),
    // Below 120 s a time-out under idempotence can leave a gap in the sequence.
    ("message.timeout.ms", "120000"),
];

/// Messages that may wait for their reports, in all: below librdkafka's own limit, so that ours is the one that is met.
pub(super) const QUEUE_MESSAGES: usize = 400_000;

/// Bytes that may wait for their reports, in all.
pub(super) const QUEUE_BYTES: usize = 256 << 20;

/// For a consumer, where the user may choose otherwise.
pub(super) const CONSUMER: &[(&str, &str)] = &[
    // Partitions move one by one, and those that stay are read on.
    ("partition.assignment.strategy", "cooperative-sticky"),
    // At librdkafka's own 1000 ms, fetching rests a second each time the local queue has been full.
    ("fetch.queue.backoff.ms", "5"),
    // More than one byte waits for up to half a second on a quiet topic.
    ("fetch.min.bytes", "1"),
    // What may wait in this process for all partitions together: the default of 64 MB for each would be no bound.
    ("queued.max.messages.kbytes", "16384"),
    // They tell what the group has committed of a partition that is not read yet: its lag begins there.
    ("statistics.interval.ms", "5000"),
    // Reading resumes where a broker that was cut off for a moment left it, not after the default's 10 s.
    ("reconnect.backoff.max.ms", "2000"),
    // A misspelt topic is an error, and not a new topic with one partition.
    ("allow.auto.create.topics", "false"),
];

/// For a consumer on the embedded broker.
#[cfg(feature = "embedded")]
pub(super) const EMBEDDED: &[(&str, &str)] = &[
    // It balances a group anew only when a session's time-out is nearly over.
    ("session.timeout.ms", "3000"),
    ("heartbeat.interval.ms", "300"),
    // A test does not wait long for a lag.
    ("statistics.interval.ms", "200"),
    // It answers a fetch of nothing only when the wait is over, also where something arrives meanwhile.
    ("fetch.wait.max.ms", "10"),
];

/// For a consumer, in any case: what is committed is what has been handled, and nothing else commits.
pub(super) const COMMITS: &[(&str, &str)] = &[
    ("enable.auto.commit", "false"),
    ("enable.auto.offset.store", "false"),
    // Ends of partitions are no messages.
    ("enable.partition.eof", "false"),
];
