//! Fields that are called as words of the language are, or as names in the derive's own code.
#![deny(warnings)]

use kafka_event::{KafkaEvent, from_avro, to_avro};

#[derive(Debug, PartialEq, KafkaEvent)]
#[kafka(record = "Words", manifest = "schemas/types/topics.toml")]
struct Words {
    r#type: String,
    r#match: i32,
    self_: i32,
    fields: i32,
    reader: i32,
    field0: i32,
    out: i32,
    event: i32,
    writer: i32,
}

fn main() {
    let words = Words {
        r#type: "a".to_owned(),
        r#match: 1,
        self_: 2,
        fields: 3,
        reader: 4,
        field0: 5,
        out: 6,
        event: 7,
        writer: 8,
    };
    let bytes = to_avro(&words).unwrap();
    assert_eq!(bytes, [2, b'a', 2, 4, 6, 8, 10, 12, 14, 16]);
    assert_eq!(from_avro::<Words>(&bytes).unwrap(), words);
}
