//! `cargo xtask instructions`: how many instructions the codec takes for an event, against the table of them.
//!
//! Valgrind counts them, so that they are the same on a busy machine. What they depend on is pinned: the compiler, what it may assume of the
//! processor, and, by musl, the allocator and the copying of memory. The program is `benches/instructions`.

mod table;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail, ensure};
use clap::Args;

use crate::tools::{cargo, place, printed, require_toolchain, require_valgrind, run};
use crate::workspace;
use table::{Case, Table, compare};

const TARGET: &str = "x86_64-unknown-linux-musl";

/// With AVX2, which the checking of UTF-8 would otherwise look for while it runs.
const CPU: &str = "x86-64-v3";

/// The function that is counted in.
const COUNTED: &str = "instructions::instructions_counted*";

/// Counts the instructions of the codec, and refuses what takes over 3 % more than the table says
#[derive(Debug, Args)]
pub(crate) struct Instructions {
    /// Write the table anew
    #[arg(long)]
    update: bool,

    /// With another version of the compiler than the table's
    #[arg(long, requires = "update", value_name = "VERSION")]
    toolchain: Option<String>,
}

impl Instructions {
    pub(crate) fn run(&self) -> Result<()> {
        let path = workspace().join("benches/instructions/counts.txt");
        let recorded = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        let recorded: Table = recorded.parse().with_context(|| path.display().to_string())?;
        ensure!(
            cfg!(all(target_arch = "x86_64", target_os = "linux")),
            "instructions are counted on Linux on x86-64, which the table is of"
        );
        require_valgrind()?;
        let toolchain = self.toolchain.as_deref().unwrap_or(&recorded.toolchain);
        require_toolchain(toolchain, TARGET)?;
        let compiler = printed(Command::new("rustup").args(["run", toolchain, "rustc", "--version"]))?;
        let compiler = compiler.trim();
        if !self.update && compiler != recorded.compiler {
            bail!(
                "the table is of {}, and this is {compiler}: take the counts again, by `cargo xtask instructions --update`",
                recorded.compiler
            );
        }
        let counted = Table {
            toolchain: toolchain.to_owned(),
            compiler: compiler.to_owned(),
            counts: counts(&place("valgrind")?, &built(toolchain)?)?,
        };
        if self.update {
            fs::write(&path, counted.to_string()).with_context(|| path.display().to_string())?;
        }
        let comparison = compare(&recorded.counts, &counted.counts);
        println!("{comparison}");
        if self.update {
            println!("benches/instructions/counts.txt is written: review it as a change");
            return Ok(());
        }
        comparison.verdict()
    }
}

/// The program, built as nobody's own settings would have it.
fn built(toolchain: &str) -> Result<PathBuf> {
    let target = workspace().join("target/instructions");
    let mut build = cargo(toolchain);
    build
        .args([
            "build",
            "--quiet",
            "--locked",
            "--release",
            "--package",
            "instructions",
            "--target",
            TARGET,
        ])
        .env("RUSTFLAGS", format!("-C target-cpu={CPU}"))
        .env("CARGO_TARGET_DIR", &target);
    run(&mut build)?;
    Ok(target.join(TARGET).join("release/instructions"))
}

fn counts(valgrind: &Path, program: &Path) -> Result<Vec<Case>> {
    let listed = printed(&mut Command::new(program))?;
    let mut lines = listed.lines();
    let times: u64 = lines
        .next()
        .and_then(|times| times.parse().ok())
        .context("how often each is done")?;
    lines.map(|name| count(valgrind, program, name, times)).collect()
}

/// The instructions of one call.
fn count(valgrind: &Path, program: &Path, name: &str, times: u64) -> Result<Case> {
    let out = program.with_file_name("callgrind.out");
    // By its place, since a name is looked for in the PATH of the environment that it does not get.
    let mut valgrind = Command::new(valgrind);
    valgrind
        .args(["--tool=callgrind", "--quiet"])
        .arg(format!("--toggle-collect={COUNTED}"))
        .arg(format!("--callgrind-out-file={}", out.display()))
        .arg(program)
        .args(name.split(' '))
        // The environment stands on the stack, and moves what is on it.
        .env_clear();
    printed(&mut valgrind).with_context(|| name.to_owned())?;
    let profile = fs::read_to_string(&out).with_context(|| out.display().to_string())?;
    let total = profile
        .lines()
        .find_map(|line| line.strip_prefix("totals: "))
        .context("valgrind's total")?;
    let total: u64 = total.trim().parse().context("valgrind's total")?;
    ensure!(total > times, "{name}: nothing was counted in {COUNTED}");
    Ok(Case {
        name: name.to_owned(),
        count: total / times,
    })
}
