use std::borrow::Cow;
use std::collections::HashMap;

use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
struct Name(&'static str);

#[derive(KafkaEvent)]
struct Names(Vec<Option<Cow<'static, str>>>);

#[derive(KafkaEvent)]
struct Notes<'a>(HashMap<Cow<'static, str>, &'a str>);

fn main() {}
