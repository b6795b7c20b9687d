//! `cargo xtask bench`: one way in to all measurements.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use clap::{Args, ValueEnum};

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
    /// Encoding and decoding an event
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
        let mut cargo = Command::new(env!("CARGO"));
        cargo
            .args([
                "run",
                "--release",
                "--quiet",
                "--package",
                "benches",
                "--bin",
                bench.get_name(),
                "--",
            ])
            .args(&self.arguments)
            .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(".."));
        let status = cargo.status().context("cargo cannot be run")?;
        if !status.success() {
            bail!("the bench {} failed: {status}", bench.get_name());
        }
        Ok(())
    }
}
