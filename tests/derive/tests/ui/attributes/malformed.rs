//! Whatever is written, each mistake is told where it is.

use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(topic =)]
struct Case00;

#[derive(KafkaEvent)]
#[kafka(topic = ,)]
struct Case01;

#[derive(KafkaEvent)]
#[kafka(= "orders")]
struct Case02;

#[derive(KafkaEvent)]
#[kafka(topic == "orders")]
struct Case03;

#[derive(KafkaEvent)]
#[kafka(topic = "orders",,)]
struct Case04;

#[derive(KafkaEvent)]
#[kafka(topic = "orders" "shipments")]
struct Case05;

#[derive(KafkaEvent)]
#[kafka(topic = -1)]
struct Case06;

#[derive(KafkaEvent)]
#[kafka(topic = "orders"; consume)]
struct Case07;

#[derive(KafkaEvent)]
#[kafka(consume())]
struct Case08;

#[derive(KafkaEvent)]
#[kafka(consume("x"))]
struct Case09;

#[derive(KafkaEvent)]
#[kafka(key = )]
struct Case10;

#[derive(KafkaEvent)]
#[kafka(key = .id)]
struct Case11;

#[derive(KafkaEvent)]
#[kafka(key = id.)]
struct Case12;

#[derive(KafkaEvent)]
#[kafka(key = id..id)]
struct Case13;

#[derive(KafkaEvent)]
#[kafka(key = id.'x')]
struct Case14;

#[derive(KafkaEvent)]
#[kafka(key = ())]
struct Case15;

#[derive(KafkaEvent)]
#[kafka(key = !)]
struct Case16;

#[derive(KafkaEvent)]
#[kafka(key = id + 1)]
struct Case17;

#[derive(KafkaEvent)]
#[kafka(event = <)]
struct Case18;

#[derive(KafkaEvent)]
#[kafka(event = 3)]
struct Case19;

#[derive(KafkaEvent)]
#[kafka(with)]
struct Case20;

#[derive(KafkaEvent)]
#[kafka("topic")]
struct Case21;

#[derive(KafkaEvent)]
#[kafka(3)]
struct Case22;

#[derive(KafkaEvent)]
#[kafka('a)]
struct Case23;

#[derive(KafkaEvent)]
#[kafka(#)]
struct Case24;

#[derive(KafkaEvent)]
#[kafka(::topic = "orders")]
struct Case25;

#[derive(KafkaEvent)]
#[kafka(kafka::topic = "orders")]
struct Case26;

#[derive(KafkaEvent)]
#[kafka(topic = { "orders" })]
struct Case27;

#[derive(KafkaEvent)]
#[kafka(topic = concat!("or", "ders"))]
struct Case28;

#[derive(KafkaEvent)]
#[kafka(topic = "orders", ..)]
struct Case29;

#[derive(KafkaEvent)]
#[kafka(topic => "orders")]
struct Case30;

#[derive(KafkaEvent)]
#[kafka(r#enum = "Carrier")]
struct Case31;

#[derive(KafkaEvent)]
#[kafka(rename_all = "")]
struct Case32;

#[derive(KafkaEvent)]
#[kafka(manifest = "\0")]
struct Case33;

#[derive(KafkaEvent)]
#[kafka(r#topic = "orders")]
struct Case34;

#[derive(KafkaEvent)]
#[kafka(topic = "or\nders")]
struct Case35;

#[derive(KafkaEvent)]
#[kafka(crate)]
struct Case36;

#[derive(KafkaEvent)]
#[kafka(self)]
struct Case37;

#[derive(KafkaEvent)]
#[kafka(async = "x")]
struct Case38;

#[derive(KafkaEvent)]
#[kafka(_)]
struct Case39;

fn main() {}
