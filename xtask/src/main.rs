//! What only the project's own development needs: `cargo xtask --help` lists it.
//!
//! | module | its one job |
//! | --- | --- |
//! | `avro_jars` | Avro's jars, for the tests beside Java |
//! | `bench` | measurements beside the peers |
//! | `cluster` | three real brokers behind a network of our own, and the tests that need them |
//! | `compose` | `docker-compose.yml` against the Compose specification |
//! | `fuzz` | a fuzz target, from its seeds on |
//! | `instructions` | how many instructions the codec takes, against the table of them |
//! | `jars` | Java, and jars fetched by Maven |
//! | `memory` | the tests that reach `unsafe`, under AddressSanitizer and valgrind |
//! | `tools` | what is fetched beyond the compiler at hand |

mod avro_jars;
mod bench;
mod cluster;
mod compose;
mod fuzz;
mod instructions;
mod jars;
mod memory;
mod tools;

use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

/// What only the project's own development needs.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Fetch Avro's jars for the tests beside Java, and print their class path: that is `KAFKA_EVENT_AVRO_JARS`
    AvroJars,
    Bench(bench::Bench),
    /// A real three-broker Kafka on this machine, without containers: Java 17 and Maven are enough
    #[command(subcommand)]
    Cluster(cluster::Command),
    /// Check docker-compose.yml against the Compose specification
    Compose,
    Fuzz(fuzz::Fuzz),
    Instructions(instructions::Instructions),
    Memory(memory::Memory),
}

fn main() -> ExitCode {
    match run(Arguments::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> Result<()> {
    match task {
        Task::AvroJars => avro_jars::run(),
        Task::Bench(bench) => bench.run(),
        Task::Cluster(command) => cluster::run(command),
        Task::Compose => compose::run(),
        Task::Fuzz(fuzz) => fuzz.run(),
        Task::Instructions(instructions) => instructions.run(),
        Task::Memory(memory) => memory.run(),
    }
}

/// The folder of the workspace.
fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the package lies in the workspace's folder")
}
