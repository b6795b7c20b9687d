//! Generates the events of the manifest that `Cargo.toml` names.

fn main() -> Result<(), kafka_event_codegen::Error> {
    kafka_event_codegen::Builder::new().build()
}
