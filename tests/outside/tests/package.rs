//! The package is copied to where no workspace is, and its own tests are run there.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, ensure};

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

#[test]
fn its_tests_pass_without_a_warning() -> Result<()> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = here.join("../..").canonicalize()?;
    let folder = tempfile::Builder::new().prefix("a package outside ").tempdir()?;
    copy(&here.join("package"), folder.path(), &root.display().to_string())?;
    // The versions that are tested here are those that it is tested with.
    fs::copy(root.join("Cargo.lock"), folder.path().join("Cargo.lock"))?;
    let output = Command::new(env!("CARGO"))
        .args(["test", "--quiet"])
        .current_dir(folder.path())
        // One that outlives it, so that a second run is quick.
        .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("readme"))
        .output()
        .context("cargo cannot be run")?;
    let (printed, errors) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    ensure!(output.status.success(), "cargo test failed:\n{printed}\n{errors}");
    ensure!(!errors.contains("warning:"), "cargo test warns:\n{errors}");
    ensure!(printed.contains("test result: ok. 8 passed"), "{printed}");
    Ok(())
}
