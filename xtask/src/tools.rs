//! Tools beyond the compiler at hand: each is fetched where it is not there, or asked for in one sentence.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};

/// Makes sure that valgrind can be run.
pub(crate) fn require_valgrind() -> Result<()> {
    if succeeds("valgrind", &["--version"]) {
        return Ok(());
    }
    eprintln!("valgrind is not here: it is installed by apt-get");
    let installed = succeeds("apt-get", &["update"]) && succeeds("apt-get", &["install", "--yes", "--no-install-recommends", "valgrind"]);
    if !(installed && succeeds("valgrind", &["--version"])) {
        bail!("valgrind is not installed, and apt-get could not install it: install it, and run this again");
    }
    Ok(())
}

/// Where a tool is, by the folders of `PATH`: for who runs it without an environment.
pub(crate) fn place(tool: &str) -> Result<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path)
        .map(|folder| folder.join(tool))
        .find(|place| is_executable(place));
    found.with_context(|| format!("`{tool}` is in no folder of PATH"))
}

fn is_executable(place: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    place
        .metadata()
        .is_ok_and(|file| file.is_file() && file.permissions().mode() & 0o111 != 0)
}

/// Makes sure that rustup has a toolchain with a target.
pub(crate) fn require_toolchain(toolchain: &str, target: &str) -> Result<()> {
    let installed = Command::new("rustup")
        .args(["target", "list", "--installed", "--toolchain", toolchain])
        .output();
    if installed.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).lines().any(|line| line == target)) {
        return Ok(());
    }
    eprintln!("the toolchain {toolchain} with {target} is not here: it is installed by rustup");
    let arguments = [
        "toolchain",
        "install",
        toolchain,
        "--profile",
        "minimal",
        "--target",
        target,
        "--no-self-update",
    ];
    if !succeeds("rustup", &arguments) {
        bail!("the toolchain {toolchain} with {target} is not installed, and rustup could not install it");
    }
    Ok(())
}

/// Cargo of a toolchain, whatever cargo this was run by.
pub(crate) fn cargo(toolchain: &str) -> Command {
    let mut command = Command::new("rustup");
    command.args(["run", toolchain, "cargo"]).current_dir(crate::workspace());
    // What is set for one's own builds changes what is built.
    for variable in ["CARGO_ENCODED_RUSTFLAGS", "RUSTC_WRAPPER", "CARGO_BUILD_TARGET"] {
        command.env_remove(variable);
    }
    command
}

/// Runs a command to its end, its output being this one's.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let what = command.get_program().to_string_lossy().into_owned();
    let status = command.status().with_context(|| format!("`{what}` cannot be run"))?;
    if !status.success() {
        let arguments: Vec<_> = command.get_args().map(|argument| argument.to_string_lossy()).collect();
        bail!("`{what} {}` failed: {status}", arguments.join(" "));
    }
    Ok(())
}

/// What a command that must succeed prints.
pub(crate) fn printed(command: &mut Command) -> Result<String> {
    let what = command.get_program().to_string_lossy().into_owned();
    let output = command.output().with_context(|| format!("`{what}` cannot be run"))?;
    if !output.status.success() {
        bail!("`{what}` failed: {}\n{}", output.status, String::from_utf8_lossy(&output.stderr));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Whether a command succeeds; what it prints is nobody's.
pub(crate) fn succeeds(program: &str, arguments: &[&str]) -> bool {
    let status = Command::new(program).args(arguments).stdout(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tool_is_where_the_path_has_it() {
        let shell = place("sh").unwrap();
        assert!(shell.is_absolute() && shell.ends_with("sh"), "{}", shell.display());
        // Without an environment it runs all the same.
        assert_eq!(
            printed(Command::new(shell).args(["-c", "echo \"$HOME.\""]).env_clear()).unwrap(),
            ".\n"
        );
        let error = place("a-tool-that-nobody-has").unwrap_err().to_string();
        assert!(error.contains("`a-tool-that-nobody-has`"), "{error}");
        assert!(!is_executable(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))));
    }
}
