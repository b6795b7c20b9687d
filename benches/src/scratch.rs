//! Packages in a folder of their own, which cargo builds: what a user's build costs, or a program whose memory is nobody else's.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant, SystemTime};
use std::{env, fs};

use anyhow::{Context as _, Result, ensure};
use nix::sys::resource::{UsageWho, getrusage};
use tempfile::TempDir;

use crate::rounds::Sample;

/// A workspace of such packages.
pub struct Scratch {
    folder: TempDir,
    members: Vec<String>,
    /// Of its workspace.
    profiles: &'static str,
}

/// Dependencies as this workspace has them, so that they are the ones that it was built with.
const AS_HERE: &str = "\n[profile.release.package.\"*\"]\ndebug = 1\n\n[profile.dev.package.\"*\"]\ndebug = \"line-tables-only\"\n";

/// Where this workspace is.
#[must_use]
pub fn root() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// The folder into which this program was built: what was compiled for it need not be compiled again.
///
/// # Errors
/// The program does not know where it is.
pub fn target() -> Result<PathBuf> {
    let program = env::current_exe().context("where this program is")?;
    Ok(program.ancestors().nth(2).context("a program is in a profile's folder")?.to_owned())
}

impl Scratch {
    /// An empty one, with this workspace's versions.
    ///
    /// # Errors
    /// What the file system says.
    pub fn new() -> Result<Self> {
        let scratch = Self {
            folder: tempfile::Builder::new().prefix("kafka-event-bench-").tempdir()?,
            members: Vec::new(),
            profiles: AS_HERE,
        };
        fs::copy(root().join("Cargo.lock"), scratch.folder.path().join("Cargo.lock"))?;
        Ok(scratch)
    }

    /// An empty one with this workspace's versions, and cargo's own profiles: all is built for it.
    ///
    /// # Errors
    /// What the file system says.
    pub fn with_plain_profiles() -> Result<Self> {
        Ok(Self {
            profiles: "",
            ..Self::new()?
        })
    }

    /// Adds a package with these lines behind `[package]`; its code is still to be written.
    ///
    /// # Errors
    /// What the file system says.
    pub fn add(&mut self, name: &str, tables: &str) -> Result<()> {
        let package = format!("[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n{tables}");
        self.write(&format!("{name}/Cargo.toml"), &package)?;
        self.members.push(name.to_owned());
        let mut workspace = String::from("[workspace]\nresolver = \"3\"\nmembers = [");
        for member in &self.members {
            write!(workspace, "\"{member}\", ")?;
        }
        workspace.push_str("]\n");
        workspace.push_str(self.profiles);
        self.write("Cargo.toml", &workspace)
    }

    /// Writes a file.
    ///
    /// # Errors
    /// What the file system says.
    pub fn write(&self, name: &str, text: &str) -> Result<()> {
        let path = self.path(name);
        fs::create_dir_all(path.parent().context("a file is in a folder")?)?;
        fs::write(&path, text).with_context(|| format!("{} cannot be written", path.display()))
    }

    /// Where a file is.
    #[must_use]
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs cargo, and says what it printed; it may fail.
    ///
    /// # Errors
    /// It cannot be run.
    pub fn try_cargo(&self, target: &Path, arguments: &[&str]) -> Result<Output> {
        self.try_cargo_with(target, arguments, &[])
    }

    fn try_cargo_with(&self, target: &Path, arguments: &[&str], variables: &[(&str, &OsStr)]) -> Result<Output> {
        Command::new(env!("CARGO"))
            .args(arguments)
            .current_dir(self.folder.path())
            .env("CARGO_TARGET_DIR", target)
            // Nothing of a round helps the next.
            .env("CARGO_INCREMENTAL", "0")
            .env("RUSTC_WRAPPER", "")
            .envs(variables.iter().copied())
            .output()
            .context("cargo cannot be run")
    }

    /// Runs cargo, and says what it printed.
    ///
    /// # Errors
    /// It cannot be run, or fails.
    pub fn cargo(&self, target: &Path, arguments: &[&str]) -> Result<String> {
        self.cargo_with(target, arguments, &[])
    }

    fn cargo_with(&self, target: &Path, arguments: &[&str], variables: &[(&str, &OsStr)]) -> Result<String> {
        let output = self.try_cargo_with(target, arguments, variables)?;
        let errors = String::from_utf8_lossy(&output.stderr);
        ensure!(output.status.success(), "cargo {} failed:\n{errors}", arguments.join(" "));
        Ok(String::from_utf8(output.stdout)?)
    }

    /// The instructions that the compiler has for a check of a package anew whose dependencies are checked, by valgrind.
    ///
    /// # Errors
    /// Valgrind or cargo cannot be run, or fails.
    pub fn count_anew(&self, target: &Path, package: &str, source: &str) -> Result<f64> {
        // Valgrind takes its tool from its arguments alone.
        let (wrapper, log) = (self.path("count.sh"), self.path("count.log"));
        let line = format!(
            "exec valgrind --tool=cachegrind --cache-sim=no --cachegrind-out-file=/dev/null --log-file='{}' \"$@\"",
            log.display()
        );
        fs::write(&wrapper, format!("#!/bin/sh\n{line}\n"))?;
        fs::set_permissions(&wrapper, fs::Permissions::from_mode(0o755))?;
        let arguments = ["check", "--quiet", "--package", package];
        self.touch(&format!("{package}/{source}"))?;
        // What cargo asks the compiler first is remembered; the last that ran is the check.
        self.cargo_with(target, &arguments, &[("RUSTC_WRAPPER", wrapper.as_os_str())])?;
        let text = fs::read_to_string(&log).context("what valgrind counted")?;
        let count = text
            .lines()
            .find_map(|line| line.split_once("refs:"))
            .context("valgrind's total")?
            .1;
        Ok(count.trim().replace(',', "").parse()?)
    }

    /// As if a file had changed.
    fn touch(&self, name: &str) -> Result<()> {
        let file = fs::File::options().append(true).open(self.path(name))?;
        Ok(file.set_modified(SystemTime::now())?)
    }

    /// Builds a package anew whose dependencies are built, as if a file of it had changed.
    ///
    /// # Errors
    /// Cargo cannot be run, or fails.
    pub fn build_anew(&self, target: &Path, package: &str, source: &str, arguments: &[&str], units: u64) -> Result<Sample> {
        self.touch(&format!("{package}/{source}"))?;
        let arguments = [arguments, &["--quiet", "--package", package]].concat();
        timed(units, || self.cargo(target, &arguments))
    }
}

/// What a piece of work took, the processes that it started and waited for with it.
///
/// # Errors
/// Those of the work.
pub fn timed<T>(units: u64, work: impl FnOnce() -> Result<T>) -> Result<Sample> {
    let (begun, cpu) = (Instant::now(), cpu_of_children()?);
    work()?;
    Ok(Sample {
        wall: begun.elapsed(),
        cpu: Some(cpu_of_children()?.saturating_sub(cpu)),
        units,
    })
}

/// What processes that this one has waited for have used, user and system.
fn cpu_of_children() -> Result<Duration> {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let micros = |time: nix::sys::time::TimeVal| {
        let (seconds, micros) = (u64::try_from(time.tv_sec())?, u64::try_from(time.tv_usec())?);
        anyhow::Ok(Duration::from_secs(seconds) + Duration::from_micros(micros))
    };
    Ok(micros(usage.user_time())? + micros(usage.system_time())?)
}

/// For a round, which has nobody to tell of a failure.
///
/// # Panics
/// The build failed.
#[must_use]
pub fn or_fail(sample: Result<Sample>) -> Sample {
    sample.unwrap_or_else(|error| panic!("{error:#}"))
}
