//! Generates the flagship's events, and the same event without logical types.

fn main() -> Result<(), kafka_event_codegen::Error> {
    kafka_event_codegen::Builder::new().manifest("topics.toml").build()
}
