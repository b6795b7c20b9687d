//! The tests that need the cluster.

use std::env;
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};

use super::layout::{DATA, LIBS, Layout, brokers};
use super::lifecycle::require_up;
use super::net;
use crate::workspace;

pub(super) fn run(layout: &Layout, arguments: &[String]) -> Result<()> {
    require_up(layout)?;
    // A run that was interrupted may have left a cut.
    net::send("heal all")?;
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command
        .current_dir(workspace())
        .args(["test", "--package", "test-cluster"])
        .args(arguments)
        .env("KAFKA_EVENT_BROKERS", brokers())
        .env("KAFKA_EVENT_STRICT", "1")
        .env(LIBS, &layout.libs)
        .env(DATA, &layout.root)
        .stdout(Stdio::piped());
    let mut child = command.spawn().context("`cargo test` cannot be run")?;
    let output = child.stdout.take().context("the output of `cargo test`")?;
    let (mut passed, mut failed) = (0, 0);
    for line in BufReader::new(output).split(b'\n') {
        let line = line.context("the output of `cargo test`")?;
        let line = String::from_utf8_lossy(&line);
        println!("{line}");
        if let Some((also_passed, also_failed)) = counts(&line) {
            passed += also_passed;
            failed += also_failed;
        }
    }
    let ended = child.wait().context("`cargo test`")?;
    println!("tests on the cluster: {passed} passed, {failed} failed");
    if !ended.success() {
        bail!("the tests on the cluster failed ({ended})");
    }
    if passed == 0 {
        bail!("no test ran on the cluster");
    }
    Ok(())
}

/// Out of `test result: ok. 3 passed; 0 failed; …`.
fn counts(line: &str) -> Option<(u64, u64)> {
    let (_, rest) = line.strip_prefix("test result: ")?.split_once(". ")?;
    let mut parts = rest.split("; ");
    let passed = parts.next()?.strip_suffix(" passed")?.parse().ok()?;
    let failed = parts.next()?.strip_suffix(" failed")?.parse().ok()?;
    Some((passed, failed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_counted_by_their_own_lines() {
        let of = |line: &str| counts(line);
        assert_eq!(
            of("test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.00s"),
            Some((3, 0))
        );
        assert_eq!(of("test result: FAILED. 1 passed; 2 failed; 0 ignored"), Some((1, 2)));
        assert_eq!(of("test a_name ... ok"), None);
        assert_eq!(of("test result: soon"), None);
    }
}
