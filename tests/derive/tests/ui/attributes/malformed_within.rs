//! The same on fields and variants.

use kafka_event::KafkaEvent;

#[derive(KafkaEvent)]
#[kafka(record = "Address", consume)]
struct Fields {
    #[kafka(with =)]
    field00: String,
    #[kafka(with = ,)]
    field01: String,
    #[kafka(with = a::)]
    field02: String,
    #[kafka(with = ::)]
    field03: String,
    #[kafka(with = a<b>)]
    field04: String,
    #[kafka(with = 3)]
    field05: String,
    #[kafka(with = fn)]
    field06: String,
    #[kafka(with = a.b)]
    field07: String,
    #[kafka(with = a b)]
    field08: String,
    #[kafka(rename = 1 + 1)]
    field09: String,
    #[kafka(rename = "a" = "b")]
    field10: String,
    #[kafka(skip skip)]
    field11: String,
    #[kafka(skip,,)]
    field12: String,
    #[kafka(skip())]
    field13: String,
    #[kafka(rename("x"))]
    field14: String,
    #[kafka(= 3)]
    field15: String,
    #[kafka(with = |x| x)]
    field16: String,
    #[kafka(with = self)]
    field17: String,
    #[kafka(with = crate)]
    field18: String,
    #[kafka(r#skip)]
    field19: String,
    #[kafka(skip: true)]
    field20: String,
}

#[derive(KafkaEvent)]
#[kafka(enum = "Carrier")]
enum Variants {
    #[kafka(other other)]
    Variant00,
    #[kafka(other())]
    Variant01,
    #[kafka(key = )]
    Variant02,
    #[kafka(key = a.)]
    Variant03,
    #[kafka(rename)]
    Variant04,
    #[kafka(rename = Post)]
    Variant05,
    #[kafka(other = true)]
    Variant06,
    #[kafka(key = "x")]
    Variant07,
    #[kafka(topic = "x")]
    Variant08,
    #[kafka(=)]
    Variant09,
}

fn main() {}
