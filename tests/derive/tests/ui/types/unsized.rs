//! What has no size of its own is lent, and never read.

use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
struct Text(str);

#[derive(KafkaEvent)]
struct Numbers([std::primitive::i64]);

#[derive(KafkaEvent)]
#[kafka(record = "depot.Leg", manifest = "schemas/depot/topics.toml")]
struct Leg {
    to: str,
}

#[derive(KafkaEvent)]
struct Shown(dyn std::fmt::Display);

macro_rules! newtype {
    ($name:ident, $ty:ty) => {
        #[derive(KafkaEvent)]
        struct $name($ty);
    };
}

newtype!(Made, str);

/// A type of the application's own, which a path leads to.
#[allow(non_camel_case_types)]
#[derive(KafkaEvent)]
struct str(String);

#[derive(KafkaEvent)]
struct Named(self::str);

fn main() {}
