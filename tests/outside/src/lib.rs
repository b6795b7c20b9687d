//! The package beside it is what is tested: here it is copied to where no workspace is.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use anyhow::{Context as _, Result};
use tempfile::TempDir;

/// Where the crates are.
///
/// # Errors
/// They were moved since this was built.
pub fn root() -> Result<PathBuf> {
    Ok(Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize()?)
}

/// A copy of the package, in a path with spaces.
///
/// # Errors
/// The package cannot be read, or the copy not be written.
pub fn copied() -> Result<TempDir> {
    let root = root()?;
    let folder = tempfile::Builder::new().prefix("a package outside ").tempdir()?;
    let package = Path::new(env!("CARGO_MANIFEST_DIR")).join("package");
    copy(&package, folder.path(), &root.display().to_string())?;
    // The versions that are tested here are those that it is tested with.
    fs::copy(root.join("Cargo.lock"), folder.path().join("Cargo.lock"))?;
    Ok(folder)
}

fn copy(from: &Path, to: &Path, root: &str) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() {
            copy(&from, &to, root)?;
        } else if from.file_name().is_some_and(|name| name == "Cargo.toml") {
            fs::write(to, fs::read_to_string(from)?.replace("../../..", root))?;
        } else {
            fs::copy(from, to)?;
        }
    }
    Ok(())
}

/// Runs a tool of the toolchain in a package's folder.
///
/// # Errors
/// There is no such tool.
pub fn run(tool: &str, folder: &Path, arguments: &[&str]) -> Result<Output> {
    Command::new(tool)
        .args(arguments)
        .current_dir(folder)
        // One that outlives it, so that a second run is quick.
        .env("CARGO_TARGET_DIR", root()?.join("target/tmp/readme"))
        .output()
        .with_context(|| format!("{tool} cannot be run"))
}
