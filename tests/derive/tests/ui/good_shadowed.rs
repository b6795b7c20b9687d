//! Words of the language mean to the derive what they always do, whatever the application calls so.
#![allow(non_camel_case_types, dead_code, unused_macros)]

type u8 = ();

macro_rules! concat {
    ($($any:tt)*) => {};
}

macro_rules! assert {
    ($($any:tt)*) => {};
}

macro_rules! event {
    ($name:ident, $id:ident, $text:ty) => {
        #[derive(kafka_event::KafkaEvent)]
        #[kafka(topic = "orders", manifest = "schemas/shop.toml")]
        struct $name {
            $id: i64,
            r#type: String,
            lines: Vec<$text>,
            prices: std::collections::BTreeMap<String, f64>,
            placed_at: kafka_event::logical::TimestampMicros,
            note: Option<String>,
        }
    };
}

event!(Order, id, String);

fn is_event<T: kafka_event::Topic>() {}

fn main() {
    is_event::<Order>();
}
