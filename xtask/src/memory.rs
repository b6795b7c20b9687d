//! `cargo xtask memory`: the tests that reach `unsafe`, under what sees each wrong access to memory.
//!
//! They are the runtime's own, with those of JSON and of other versions' events, which write and read by the codec; and those of publishers and
//! consumers on the embedded broker, which call librdkafka and are called by it.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, ensure};
use clap::{Args, ValueEnum};

use crate::tools::{cargo, require_toolchain, require_valgrind, run};
use crate::workspace;

const TARGET: &str = "x86_64-unknown-linux-gnu";
const PACKAGES: [&str; 6] = [
    "--package",
    "kafka-event",
    "--package",
    "test-embedded",
    "--features",
    "kafka-event/evolution,kafka-event/json",
];

/// Runs the tests that reach `unsafe` under AddressSanitizer or valgrind
#[derive(Debug, Args)]
pub(crate) struct Memory {
    /// Which.
    checker: Checker,

    /// What `cargo test` takes beside, such as a test's name; with `--`, what the tests do.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Checker {
    /// AddressSanitizer, which needs a nightly compiler
    Address,
    /// Valgrind's memcheck
    Valgrind,
}

impl Memory {
    pub(crate) fn run(&self) -> Result<()> {
        match self.checker {
            Checker::Address => self.address(),
            Checker::Valgrind => self.valgrind(),
        }
    }

    fn address(&self) -> Result<()> {
        require_toolchain("nightly", TARGET)?;
        let mut test = cargo("nightly");
        test.args(["test", "--target", TARGET, "--lib", "--tests"])
            .args(PACKAGES)
            .args(&self.arguments)
            .env("RUSTFLAGS", "-Zsanitizer=address")
            // librdkafka and what it compresses by, too.
            .env("CFLAGS", "-fsanitize=address")
            .env("LDFLAGS", "-fsanitize=address")
            // How far the stack has grown is measured by addresses on it, which it would take elsewhere; and who has lost memory is told by
            // functions that keep no frame pointer.
            .env("ASAN_OPTIONS", "detect_stack_use_after_return=0:fast_unwind_on_malloc=0")
            .env("LSAN_OPTIONS", format!("suppressions={}", file("leaks.supp").display()))
            .env("CARGO_TARGET_DIR", workspace().join("target/address"));
        run(&mut test)
    }

    fn valgrind(&self) -> Result<()> {
        ensure!(
            cfg!(all(target_arch = "x86_64", target_os = "linux", target_env = "gnu")),
            "the tests are run by valgrind on x86_64 Linux alone"
        );
        require_valgrind()?;
        let runner = format!(
            "valgrind --quiet --error-exitcode=1 --fair-sched=yes --leak-check=full --show-leak-kinds=definite --errors-for-leak-kinds=definite \
             --suppressions={}",
            file("valgrind.supp").display()
        );
        let mut test = Command::new(env!("CARGO"));
        test.args(["test", "--lib", "--tests"])
            .args(PACKAGES)
            .args(&self.arguments)
            .current_dir(workspace())
            .env("CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_RUNNER", runner);
        run(&mut test)
    }
}

/// A file of this package's.
fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}
