//! Generates the benches' events, and older versions of them.

fn main() -> Result<(), kafka_event_codegen::Error> {
    let schemas = ["../schemas", "schemas"];
    kafka_event_codegen::Builder::new().schemas(schemas).clients(false).build()
}
