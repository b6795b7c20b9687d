//! Generates the contract that the application's own structs are compared with.

fn main() -> Result<(), kafka_event_codegen::Error> {
    kafka_event_codegen::Builder::new().clients(false).build()
}
