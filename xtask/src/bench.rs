//! `cargo xtask bench`: one way in to all measurements.

use std::process::Command;

use anyhow::{Context as _, Result, bail};
use clap::{Args, ValueEnum};

use crate::tools;

/// Runs a bench beside its peers, and prints a table with ratios
#[derive(Debug, Args)]
pub(crate) struct Bench {
    /// Which.
    name: Name,

    /// The bench's own flags, such as --json and --rounds; --help lists them.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Name {
    /// Encoding and decoding events
    Codec,
    /// Decoding what other versions of a schema wrote
    Evolve,
    /// Publishing events to a broker
    Publish,
    /// Compiling generated code
    Compile,
    /// Generating it
    Generate,
    /// Building the generator
    Weight,
    /// Compiling what derives
    Derive,
}

impl Bench {
    pub(crate) fn run(&self) -> Result<()> {
        let bench = self.name.to_possible_value().expect("no name is hidden");
        let program = |task, name| {
            let mut cargo = Command::new(env!("CARGO"));
            cargo
                .args([task, "--release", "--quiet", "--package", "benches", "--bin", name])
                .current_dir(crate::workspace());
            cargo
        };
        if matches!(self.name, Name::Codec) {
            // It runs another, which counts allocations.
            tools::run(&mut program("build", "allocations"))?;
        }
        let mut cargo = program("run", bench.get_name());
        let status = cargo.arg("--").args(&self.arguments).status().context("cargo cannot be run")?;
        if !status.success() {
            bail!("the bench {} failed: {status}", bench.get_name());
        }
        Ok(())
    }
}
