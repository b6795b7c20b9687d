//! `cargo xtask fuzz`: a fuzz target from its seeds on, for some minutes.

use std::process::Command;

use anyhow::{Result, bail};
use clap::Args;

use crate::tools::{cargo, require_toolchain, run, succeeds};
use crate::workspace;

/// Runs a fuzz target: fuzz/README.md says which there are
#[derive(Debug, Args)]
pub(crate) struct Fuzz {
    /// Which.
    target: String,

    /// For how long.
    #[arg(long, default_value_t = 30)]
    minutes: u32,

    /// The longest input.
    #[arg(long, default_value_t = 4096)]
    length: u32,
}

impl Fuzz {
    pub(crate) fn run(&self) -> Result<()> {
        require_toolchain("nightly", "x86_64-unknown-linux-gnu")?;
        if !succeeds("cargo", &["fuzz", "--version"]) {
            bail!("cargo-fuzz is not installed: `cargo install cargo-fuzz`");
        }
        let mut seeds = Command::new(env!("CARGO"));
        seeds.args(["run", "--quiet", "--package", "fuzz", "--example", "seeds"]);
        run(seeds.current_dir(workspace()))?;
        let mut fuzz = cargo("nightly");
        fuzz.args(["fuzz", "run", "--features", "libfuzzer", &self.target, "--"])
            .arg(format!("-max_total_time={}", 60 * self.minutes))
            .arg(format!("-max_len={}", self.length))
            .args(["-timeout=25", "-rss_limit_mb=2048", "-print_final_stats=1"])
            // How far the stack has grown is measured by addresses on it, which it would take elsewhere.
            .env("ASAN_OPTIONS", "detect_stack_use_after_return=0");
        // A writer's schema is one as any other.
        let words = if self.target == "writer" { "schema" } else { &self.target };
        let dictionary = workspace().join("fuzz/dictionaries").join(words).with_extension("dict");
        if dictionary.is_file() {
            fuzz.arg(format!("-dict={}", dictionary.display()));
        }
        run(&mut fuzz)
    }
}
