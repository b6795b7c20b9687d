use kafka_event::KafkaEvent;
use kafka_event::logical::*;

#[derive(KafkaEvent)]
#[kafka(record = "Times", manifest = "schemas/types/topics.toml")]
struct Times {
    date: i32,
    time_millis: TimeMicros,
    time_micros: TimeMillis,
    timestamp_millis: TimestampMicros,
    timestamp_micros: TimestampMillis,
    timestamp_nanos: i64,
    local_millis: TimestampMillis,
    local_micros: LocalTimestampMillis,
    local_nanos: TimestampNanos,
}

fn main() {}
