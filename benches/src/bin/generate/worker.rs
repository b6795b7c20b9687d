//! The program that is measured, as many of it as there are ways to build it.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use benches::Sample;
use benches::scratch::{self, Scratch, timed};

/// How the program is built.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    Optimised,
    /// As a build script is by default: not optimised.
    Script,
}

pub(crate) struct Workers {
    scratch: Scratch,
}

const PACKAGE: &str = "scratch-generate";

impl Workers {
    pub(crate) fn build(not_optimised: bool) -> Result<Self> {
        let (mut scratch, target) = (Scratch::new()?, scratch::target()?);
        let codegen = scratch::root().join("codegen");
        let tables = format!(
            "[features]\npeer = [\"dep:rsgen-avro\"]\n\n[dependencies]\n\
             kafka-event-codegen = {{ path = {codegen:?}, default-features = false, features = [\"emit\"] }}\n\
             rsgen-avro = {{ version = \"0.19\", default-features = false, optional = true }}\n"
        );
        scratch.add(PACKAGE, &tables)?;
        scratch.write(&format!("{PACKAGE}/src/main.rs"), include_str!("../../../workers/generate.rs"))?;
        let workers = Self { scratch };
        for (kind, profile, features) in [(Kind::Optimised, "release", "peer"), (Kind::Script, "dev", "")] {
            let profile = if not_optimised { "dev" } else { profile };
            let arguments = ["build", "--quiet", "--profile", profile, "--features", features];
            workers.scratch.cargo(&target, &arguments)?;
            let folder = if profile == "dev" { "debug" } else { profile };
            let built = target.join(folder).join(PACKAGE).with_extension(std::env::consts::EXE_EXTENSION);
            fs::copy(&built, workers.program(kind)).with_context(|| built.display().to_string())?;
        }
        Ok(workers)
    }

    fn program(&self, kind: Kind) -> PathBuf {
        let name = match kind {
            Kind::Optimised => "optimised",
            Kind::Script => "script",
        };
        self.scratch.path(name).with_extension(std::env::consts::EXE_EXTENSION)
    }

    /// Runs one, and says how long it took, by its own clock, and how much memory it had at most, in MiB.
    pub(crate) fn run(&self, kind: Kind, what: &str, path: &Path, units: usize) -> Result<(Sample, f64)> {
        self.run_with(kind, what, path, units, &[])
    }

    /// The same, with these variables.
    pub(crate) fn run_with(
        &self,
        kind: Kind,
        what: &str,
        path: &Path,
        units: usize,
        variables: &[(&str, &OsStr)],
    ) -> Result<(Sample, f64)> {
        let mut told = String::new();
        let whole = timed(units as u64, || {
            let mut command = Command::new(self.program(kind));
            let output = command.arg(what).arg(path).envs(variables.iter().copied()).output()?;
            told = String::from_utf8(output.stderr)?;
            ensure!(output.status.success(), "the program failed:\n{told}");
            Ok(())
        })?;
        let (nanos, kib) = told.trim().split_once(' ').context("the program says what it took")?;
        let wall = Duration::from_nanos(nanos.parse()?);
        Ok((Sample { wall, ..whole }, kib.parse::<f64>()? / 1024.0))
    }
}
