//! What the package that is compiled says in its `Cargo.toml`: where its contract is, and what its code calls the runtime.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use kafka_event_codegen::{Builder, Report};

use crate::cache::Cache;

/// A package, as far as a derive asks.
pub(crate) struct Package {
    /// Its folder.
    pub(crate) folder: PathBuf,
    /// Where its contract is looked for: in itself; or, of one that trybuild has made, in the package whose tests it runs.
    pub(crate) home: PathBuf,
    /// The manifest, from there; or what is wrong with its word on it.
    pub(crate) manifest: Result<String, Report>,
    /// The runtime by the name that the package gives it, if that is another than its own.
    pub(crate) runtime: Option<String>,
}

impl Package {
    /// The one that cargo compiles.
    ///
    /// # Errors
    /// Nothing says which it is.
    pub(crate) fn here() -> Result<Arc<Self>, &'static str> {
        Ok(Self::of(&folder(std::env::var_os("CARGO_MANIFEST_DIR"))?))
    }

    fn of(folder: &Path) -> Arc<Self> {
        static PACKAGES: LazyLock<Cache<Package>> = LazyLock::new(Cache::default);
        PACKAGES.get(folder, |inputs| Self::read(folder, inputs))
    }

    fn read(folder: &Path, inputs: &mut Vec<PathBuf>) -> Self {
        let home = Builder::home_of(folder);
        let manifest = Builder::manifest_of(&home).map_err(|mut report| {
            report.sources.name_from(&home);
            report
        });
        inputs.extend([folder.join("Cargo.toml"), home.join("Cargo.toml")]);
        Self {
            folder: folder.to_owned(),
            manifest,
            runtime: Builder::runtime_of(folder, inputs),
            home,
        }
    }
}

/// The package's folder, by the variable that says it.
fn folder(said: Option<OsString>) -> Result<PathBuf, &'static str> {
    said.map(PathBuf::from).ok_or(
        "CARGO_MANIFEST_DIR is not set, and the manifest is looked for from there\nhelp: build with cargo, which sets it; or let what builds in its place set it to the package's folder",
    )
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::cache::settled;

    /// It is read once for all derives, and again where it is edited under a running editor.
    #[test]
    fn it_is_read_as_long_as_it_does_not_change() {
        let folder = tempfile::tempdir().unwrap();
        let write = |dependency: &str| {
            let text = format!("[package]\nname = \"jobs\"\nedition = \"2024\"\n[dependencies]\n{dependency}\n");
            fs::write(folder.path().join("Cargo.toml"), text).unwrap();
        };
        write("ke = { package = \"kafka-event\", version = \"1\" }");
        let before = settled(|| Package::of(folder.path()));
        assert_eq!(before.runtime.as_deref(), Some("ke"));
        assert!(before.manifest.is_ok());
        write("kafka-event = \"1\"");
        assert_eq!(Package::of(folder.path()).runtime, None);
    }

    /// The workspace says what a dependency is that is its.
    #[test]
    fn it_is_read_as_long_as_its_workspace_does_not_change() {
        let workspace = tempfile::tempdir().unwrap();
        let package = workspace.path().join("jobs");
        fs::create_dir(&package).unwrap();
        let text = "[package]\nname = \"jobs\"\nedition = \"2024\"\n[dependencies]\nke.workspace = true\n";
        fs::write(package.join("Cargo.toml"), text).unwrap();
        let write = |dependency: &str| {
            let text = format!("[workspace]\nmembers = [\"jobs\"]\n[workspace.dependencies]\n{dependency}\n");
            fs::write(workspace.path().join("Cargo.toml"), text).unwrap();
        };
        write("ke = { package = \"kafka-event\", version = \"1\" }");
        assert_eq!(settled(|| Package::of(&package)).runtime.as_deref(), Some("ke"));
        write("ke = { package = \"knots-events\", version = \"1\" }");
        assert_eq!(Package::of(&package).runtime, None);
    }

    /// What trybuild makes for a package's tests has that package's manifest.
    #[test]
    fn it_is_read_as_long_as_the_tested_package_does_not_change() {
        let root = tempfile::tempdir().unwrap();
        let (home, made) = (root.path().join("jobs"), root.path().join("target/tests/trybuild/jobs"));
        for folder in [&home, &made] {
            fs::create_dir_all(folder).unwrap();
        }
        let text = format!("[package]\nname = \"jobs-tests\"\n[dependencies.jobs]\npath = {home:?}\n");
        fs::write(made.join("Cargo.toml"), text).unwrap();
        let write = |manifest: &str| {
            let text = format!("[package]\nname = \"jobs\"\n[package.metadata.kafka-event]\nmanifest = \"{manifest}\"\n");
            fs::write(home.join("Cargo.toml"), text).unwrap();
        };
        write("a.toml");
        let before = settled(|| Package::of(&made));
        assert_eq!(
            (before.home.as_path(), before.manifest.as_deref().ok()),
            (home.as_path(), Some("a.toml"))
        );
        write("b.toml");
        assert_eq!(Package::of(&made).manifest.as_deref().ok(), Some("b.toml"));
    }

    #[test]
    fn without_cargo_the_cure_is_told() {
        assert_eq!(folder(Some("/jobs".into())), Ok(PathBuf::from("/jobs")));
        assert!(folder(None).unwrap_err().contains("\nhelp: build with cargo"));
    }
}
