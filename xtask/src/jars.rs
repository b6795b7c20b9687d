//! What runs on Java: Java itself, and jars fetched by Maven, each set into a folder of its own.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

/// The oldest Java that will do.
const JAVA: u32 = 17;
/// Lists what a complete fetch brought, written last.
const COMPLETE: &str = "complete.txt";

/// Jars that are fetched together.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Jars {
    /// What they are, for who waits for them.
    pub(crate) what: &'static str,
    /// The groups, artifacts and versions that are asked for; what these need comes with them.
    pub(crate) artifacts: &'static [(&'static str, &'static str, &'static str)],
}

impl Jars {
    /// Makes sure of Java and the jars.
    pub(crate) fn ensure(&self, libs: &Path) -> Result<()> {
        java()?;
        if self.is_complete(libs) {
            return Ok(());
        }
        self.fetch(libs)
    }
}

/// The class path of all jars, as Java takes it.
pub(crate) fn class_path(libs: &Path) -> OsString {
    libs.join("*").into_os_string()
}

fn java() -> Result<()> {
    let output = run(
        Command::new("java").arg("-version"),
        "java",
        "Java 17 or a later one, as in `apt install openjdk-17-jre-headless`",
    )?;
    // It is said on standard error.
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    match java_version(&said) {
        Some(version) if version >= JAVA => Ok(()),
        Some(version) => {
            bail!("`java` is version {version}, and {JAVA} is the oldest that will do: install it, and put it first on the PATH")
        }
        None => bail!("`java -version` does not tell its version, but: {}", said.trim()),
    }
}

/// The feature version, out of `openjdk version "17.0.15" …` or the older `"1.8.0_402"`.
fn java_version(said: &str) -> Option<u32> {
    let quoted = said.split('"').nth(1)?;
    let mut numbers = quoted
        .split(|character: char| !character.is_ascii_digit())
        .map_while(|number| number.parse::<u32>().ok());
    match numbers.next()? {
        1 => numbers.next(),
        version => Some(version),
    }
}

impl Jars {
    fn fetch(&self, libs: &Path) -> Result<()> {
        fs::create_dir_all(libs).with_context(|| libs.display().to_string())?;
        forget_former(libs).with_context(|| libs.display().to_string())?;
        let pom = libs.join("pom.xml");
        fs::write(&pom, self.pom()).with_context(|| pom.display().to_string())?;
        eprintln!("fetching {} into {}", self.what, libs.display());
        let output = run(
            Command::new("mvn")
                .args(["-q", "-B", "-f"])
                .arg(&pom)
                .arg("dependency:copy-dependencies")
                .arg(format!("-DoutputDirectory={}", libs.display())),
            "mvn",
            "Apache Maven, as in `apt install maven`; it is needed only while the jars are not there",
        )?;
        if !output.status.success() {
            // Maven complains on standard output.
            let said = [output.stdout, output.stderr].concat();
            bail!(
                "`mvn` could not fetch {} ({}):\n{}",
                self.what,
                output.status,
                String::from_utf8_lossy(&said).trim()
            );
        }
        let listing = listing(libs).with_context(|| libs.display().to_string())?;
        fs::write(libs.join(COMPLETE), self.stamp(&listing)).with_context(|| libs.display().to_string())
    }

    /// Whether the folder holds just what a fetch of these very artifacts brought.
    fn is_complete(&self, libs: &Path) -> bool {
        let found = listing(libs).map(|listing| self.stamp(&listing));
        match (fs::read_to_string(libs.join(COMPLETE)), found) {
            (Ok(stamped), Ok(found)) => stamped == found,
            _ => false,
        }
    }

    fn stamp(&self, listing: &str) -> String {
        format!("{}\n{listing}", self.pom())
    }

    fn pom(&self) -> String {
        let mut text = String::from(
            "<project xmlns=\"http://maven.apache.org/POM/4.0.0\">\n  <modelVersion>4.0.0</modelVersion>\n  \
             <groupId>kafka-event</groupId>\n  <artifactId>cluster</artifactId>\n  <version>1</version>\n  <packaging>pom</packaging>\n  <dependencies>\n",
        );
        for (group, artifact, version) in self.artifacts {
            _ = writeln!(
                text,
                "    <dependency><groupId>{group}</groupId><artifactId>{artifact}</artifactId><version>{version}</version></dependency>"
            );
        }
        text.push_str("  </dependencies>\n</project>\n");
        text
    }
}

fn run(command: &mut Command, tool: &str, cure: &str) -> Result<std::process::Output> {
    match command.output() {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            bail!("`{tool}` is not on the PATH: install {cure}")
        }
        output => output.with_context(|| format!("`{tool}` cannot be run")),
    }
}

/// Removes what a former fetch brought: two versions of a jar must not meet on one class path.
fn forget_former(libs: &Path) -> std::io::Result<()> {
    let Ok(stamped) = fs::read_to_string(libs.join(COMPLETE)) else {
        return Ok(());
    };
    fs::remove_file(libs.join(COMPLETE))?;
    let jars = stamped
        .lines()
        .filter_map(|line| line.split_once(' '))
        .map(|(name, _)| name)
        .filter(|name| name.ends_with(".jar") && !name.contains('/'));
    for jar in jars {
        match fs::remove_file(libs.join(jar)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

/// The jars with their sizes, in order.
fn listing(libs: &Path) -> std::io::Result<String> {
    let mut jars = Vec::new();
    for entry in fs::read_dir(libs)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.ends_with(".jar") {
            jars.push((name, entry.metadata()?.len()));
        }
    }
    jars.sort();
    Ok(jars.iter().fold(String::new(), |mut text, (name, size)| {
        _ = writeln!(text, "{name} {size}");
        text
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOME: Jars = Jars {
        what: "some jars",
        artifacts: &[("org.example", "some", "1")],
    };

    #[test]
    fn the_version_of_java_is_read_in_both_its_forms() {
        assert_eq!(java_version("openjdk version \"17.0.15\" 2025-04-15\nOpenJDK Runtime"), Some(17));
        assert_eq!(java_version("openjdk version \"25\" 2025-09-16"), Some(25));
        assert_eq!(java_version("openjdk version \"26-ea\" 2026-03-17"), Some(26));
        assert_eq!(java_version("java version \"1.8.0_402\""), Some(8));
        assert_eq!(java_version("no runtime is installed"), None);
    }

    #[test]
    fn jars_are_complete_only_as_they_were_fetched() {
        let folder = tempfile::tempdir().unwrap();
        let libs = folder.path();
        fs::write(libs.join("a.jar"), "abc").unwrap();
        assert!(!SOME.is_complete(libs));
        fs::write(libs.join(COMPLETE), SOME.stamp(&listing(libs).unwrap())).unwrap();
        assert!(SOME.is_complete(libs));
        let others = Jars {
            artifacts: &[("org.example", "some", "2")],
            ..SOME
        };
        assert!(!others.is_complete(libs));
        fs::write(libs.join("a.jar"), "ab").unwrap();
        assert!(!SOME.is_complete(libs));
        fs::remove_file(libs.join("a.jar")).unwrap();
        assert!(!SOME.is_complete(libs));
        assert!(!SOME.is_complete(&libs.join("missing")));
    }

    #[test]
    fn a_former_fetch_is_removed_and_what_others_put_there_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let libs = folder.path();
        fs::write(libs.join("kafka-1.jar"), "abc").unwrap();
        fs::write(libs.join(COMPLETE), SOME.stamp(&listing(libs).unwrap())).unwrap();
        fs::write(libs.join("own.jar"), "d").unwrap();
        forget_former(libs).unwrap();
        assert_eq!(listing(libs).unwrap(), "own.jar 1\n");
    }

    #[test]
    fn a_missing_tool_is_named_with_its_cure() {
        let error = run(&mut Command::new("a-tool-that-nobody-has"), "a-tool", "it from somewhere").unwrap_err();
        let text = error.to_string();
        assert!(text.contains("`a-tool`") && text.contains("install it from somewhere"), "{text}");
    }
}
