//! Generates the contract's types, once for all services.

fn main() -> Result<(), kafka_event_codegen::Error> {
    kafka_event_codegen::Builder::new().build()
}
