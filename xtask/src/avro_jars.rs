//! `cargo xtask avro-jars`: what Java's side of the tests beside Java runs on.

use std::process::Command;

use anyhow::{Result, ensure};

use crate::jars::{Jars, class_path};
use crate::tools::printed;
use crate::workspace;

/// Those that `tests/json/vectors.tsv` and `tests/evolution/java/verdicts.tsv` are compared with.
const AVRO: Jars = Jars {
    what: "Avro 1.12.1 and what it needs (6 MB)",
    artifacts: &[("org.apache.avro", "avro", "1.12.1"), ("org.slf4j", "slf4j-nop", "2.0.17")],
};

/// Fetches them where they are not there, and prints the class path.
pub(crate) fn run() -> Result<()> {
    let libs = workspace().join("target/avro-jars");
    AVRO.ensure(&libs)?;
    let modules = printed(Command::new("java").arg("--list-modules"))?;
    ensure!(
        modules.lines().any(|module| module.starts_with("jdk.compiler@")),
        "`java` has no compiler, which runs a program from its source: install a JDK, as in `apt install openjdk-17-jdk-headless`"
    );
    println!("{}", class_path(&libs).display());
    Ok(())
}
