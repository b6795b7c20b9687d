//! What the ways allocate, which a program of its own has counted.

use std::collections::BTreeMap;
use std::process::Command;

use anyhow::{Context as _, Result, ensure};
use benches::Allocated;

/// Of each group, of each way.
pub(crate) type Counted = BTreeMap<String, BTreeMap<String, Allocated>>;

/// Runs the program `allocations`, which is built beside this one.
pub(crate) fn run(shape: Option<&str>) -> Result<Counted> {
    let here = std::env::current_exe()?;
    let program = here.with_file_name("allocations").with_extension(std::env::consts::EXE_EXTENSION);
    let mut command = Command::new(&program);
    if let Some(shape) = shape {
        command.args(["--shape", shape]);
    }
    let output = command.output().with_context(|| {
        format!(
            "{} counts what is allocated: `cargo build --package benches --bin allocations` builds it, in the same profile",
            program.display()
        )
    })?;
    let errors = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "what is allocated was not counted:\n{errors}");
    Ok(serde_json::from_slice(&output.stdout)?)
}
