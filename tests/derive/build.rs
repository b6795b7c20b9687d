//! Generates the flagship's events, which the derive's are compared with.

fn main() -> Result<(), kafka_event_codegen::Error> {
    kafka_event_codegen::Builder::new()
        .manifest("../../schemas/topics.toml")
        .clients(false)
        .build()
}
