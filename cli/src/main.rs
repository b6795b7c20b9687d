//! The command `kafka-event`: generates bindings, refuses drift, and starts a contract from types.

mod generate;
mod report;
mod schema;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Typed Kafka events from Avro schemas and a manifest of topics.
#[derive(Debug, Parser)]
#[command(name = "kafka-event", version, arg_required_else_help = true)]
struct Command {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    Generate(generate::Generate),
    Schema(schema::Schema),
}

/// Exit codes: 0 done, 1 drift or an invalid contract, 2 wrong usage or a file that cannot be read or written.
fn main() -> ExitCode {
    match Command::parse().verb {
        Verb::Generate(generate) => generate.run(),
        Verb::Schema(schema) => schema.run(),
    }
}
