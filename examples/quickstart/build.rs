//! Generates the flagship's events, publishers and consumers.

fn main() -> Result<(), kafka_event_codegen::Error> {
    kafka_event_codegen::Builder::new().manifest("../../schemas/topics.toml").build()
}
