//! A room of kafka-event.
fn main() {}
