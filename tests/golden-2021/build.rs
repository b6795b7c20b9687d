//! Generates what the keywords of one edition are no words of in another.

use kafka_event_codegen::Builder;

fn main() -> Result<(), kafka_event_codegen::Error> {
    Builder::new().manifest("../constructs/keywords.toml").build()
}
