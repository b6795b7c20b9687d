//! The contract with nothing chosen, but that others may compare what they take from it.

fn main() -> Result<(), kafka_event_codegen::Error> {
    kafka_event_codegen::Builder::new()
        .manifest("../schemas/topics.toml")
        .clients(false)
        .derive("com.acme.common", ["Eq", "Hash"])
        .borrowed_derive("com.acme.common", ["Eq", "Hash"])
        .build()
}
