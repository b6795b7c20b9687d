//! What a `build.rs` and the command call.

use std::fmt;
use std::path::{Path, PathBuf};

use proc_macro2::TokenStream;

use crate::diagnostic::Report;
use crate::emit::{self, FORMAT, Switches};
use crate::laid_out::LaidOut;
use crate::layout::lay_out;
use crate::load::{self, Contract};
use crate::manifest::package;
#[cfg(feature = "derive")]
use crate::manifest::runtime;
use crate::options::{self, OptionError, Options};
use crate::output::{self, Generated, Part};
use crate::source::shown;
use crate::stack;

/// The generated file's name.
const FILE: &str = "kafka_events.rs";

/// The folder beside it, in which namespaces have files of their own.
const FOLDER: &str = "kafka_events";

/// Where the manifest is, unless something else is said.
const MANIFEST: &str = "schemas/topics.toml";

/// Generates Rust from a manifest and its schemas.
///
/// ```no_run
/// fn main() -> Result<(), kafka_event_codegen::Error> {
///     kafka_event_codegen::Builder::new().build()
/// }
/// ```
#[derive(Debug, Clone)]
pub struct Builder {
    /// `None` for the one that the package names.
    manifest: Option<PathBuf>,
    schemas: Vec<PathBuf>,
    /// The folder that relative paths begin at, and that links may lead into.
    base: PathBuf,
    switches: Switches,
    pub(crate) options: Options,
}

impl Default for Builder {
    fn default() -> Self {
        Self::new()
    }
}

impl Builder {
    /// From the manifest that `[package.metadata.kafka-event] manifest = "…"` in `Cargo.toml` names, where [`build`](Self::build) runs, else from
    /// `schemas/topics.toml`; with everything on.
    #[must_use]
    pub fn new() -> Self {
        Self {
            manifest: None,
            schemas: Vec::new(),
            base: PathBuf::from("."),
            switches: Switches::default(),
            options: Options::default(),
        }
    }

    /// From another manifest; a relative path begins at the package.
    #[must_use]
    pub fn manifest(mut self, path: impl Into<PathBuf>) -> Self {
        self.manifest = Some(path.into());
        self
    }

    /// From schemas alone, files or folders, without a manifest: types and their codec, no topics.
    #[must_use]
    pub fn schemas(mut self, paths: impl IntoIterator<Item = impl Into<PathBuf>>) -> Self {
        self.schemas.extend(paths.into_iter().map(Into::into));
        self
    }

    /// Whether records have builders.
    #[must_use]
    pub fn builders(mut self, on: bool) -> Self {
        self.switches.builders = on;
        self
    }

    /// Whether records have borrowed twins.
    #[must_use]
    pub fn borrowed(mut self, on: bool) -> Self {
        self.switches.borrowed = on;
        self
    }

    /// Whether topics and groups have names for their publishers and consumers, which need the runtime's feature `kafka`.
    #[must_use]
    pub fn clients(mut self, on: bool) -> Self {
        self.switches.clients = on;
        self
    }

    /// Whether types read what other versions of their schemas wrote.
    #[must_use]
    pub fn evolution(mut self, on: bool) -> Self {
        self.switches.evolution = on;
        self
    }

    /// Whether types implement serde's `Serialize` and `Deserialize`, and borrowed twins the first: not unless this is said.
    ///
    /// It needs the runtime's feature `serde`, whose documentation has the form.
    #[must_use]
    pub fn serde(mut self, on: bool) -> Self {
        self.switches.serde = on;
        self
    }

    /// Generates into `OUT_DIR`, and tells cargo what to watch: what a `build.rs` calls.
    ///
    /// Only files that change are laid out and written.
    ///
    /// # Errors
    /// All that is wrong with the manifest and the schemas, or a file that cannot be written.
    pub fn build(self) -> Result<(), Error> {
        let variable = |name: &'static str| std::env::var_os(name).map(PathBuf::from).ok_or(Error::NotInBuildScript(name));
        let (package, out) = (variable("CARGO_MANIFEST_DIR")?, variable("OUT_DIR")?);
        let mut inputs = Vec::new();
        let contract = self.load_package(&package, &mut inputs);
        // Those of a contract that is refused, too, so that mending a file runs the script again. Nothing else: the script's own file is known to
        // cargo under its real name, and a folder in which cargo writes would run it always.
        print!("{}", watches(&inputs));
        let contract = contract?;
        print!("{}", warns(&contract.warnings));
        let mut laid_out = LaidOut::of(&out, &output::header(FORMAT));
        self.generate(&contract, |name, tokens| laid_out.text(name, tokens, headed))?
            .write(&out)?;
        laid_out.remember()
    }

    /// The same with relative paths beginning at a folder.
    #[must_use]
    pub fn below(mut self, folder: &Path) -> Self {
        self.manifest = Some(folder.join(self.manifest.as_deref().unwrap_or(Path::new(MANIFEST))));
        self.schemas = self.schemas.iter().map(|path| folder.join(path)).collect();
        self.base = folder.to_owned();
        self
    }

    /// Loads, resolves and checks.
    ///
    /// # Errors
    /// All that is wrong with the manifest and the schemas.
    pub fn load(&self) -> Result<Contract, Report> {
        self.load_watched(&mut Vec::new())
    }

    /// The same, with every file and folder that was looked at, also where the contract is refused.
    ///
    /// # Errors
    /// As [`load`](Self::load).
    #[doc(hidden)]
    pub fn load_watched(&self, inputs: &mut Vec<PathBuf>) -> Result<Contract, Report> {
        if self.schemas.is_empty() {
            load::manifest(self.manifest.as_deref().unwrap_or(Path::new(MANIFEST)), &self.base, inputs)
        } else {
            load::schemas(&self.schemas, &self.base, inputs)
        }
    }

    /// The same with what is added to the manifest and the schemas.
    #[cfg(feature = "derive")]
    pub(crate) fn load_with(&self, added: load::Added<'_>) -> Result<Contract, Report> {
        let manifest = self.manifest.as_deref().unwrap_or(Path::new(MANIFEST));
        load::manifest_with(manifest, &self.base, &mut Vec::new(), added)
    }

    /// Where a package has its manifest, relative to it: for this crate's build script and the derive, which must agree.
    ///
    /// # Errors
    /// What is wrong with the package's word on it.
    #[doc(hidden)]
    pub fn manifest_of(package: &Path) -> Result<String, Report> {
        Ok(package::manifest(package)?.unwrap_or_else(|| MANIFEST.to_owned()))
    }

    /// What the code of a package calls the runtime, where its `Cargo.toml` renames that; with what else was looked at.
    #[cfg(feature = "derive")]
    #[doc(hidden)]
    #[must_use]
    pub fn runtime_of(package: &Path, inputs: &mut Vec<PathBuf>) -> Option<String> {
        runtime::renamed(package, inputs)
    }

    /// Where the contract of a package is looked for: in itself; or, where trybuild has made it for another's tests, in that other.
    #[doc(hidden)]
    #[must_use]
    pub fn home_of(package: &Path) -> PathBuf {
        package::tested(package).unwrap_or_else(|| package.to_owned())
    }

    /// Whether a package is as it is published, and what lies outside of it will not be there elsewhere.
    #[doc(hidden)]
    #[must_use]
    pub fn is_packaged(package: &Path) -> bool {
        package::is_packaged(package)
    }

    /// Loads what a package has, with what cargo is to watch.
    fn load_package(&self, package: &Path, inputs: &mut Vec<PathBuf>) -> Result<Contract, Report> {
        let mut builder = self.clone();
        if builder.schemas.is_empty() && builder.manifest.is_none() {
            // It may name another manifest one day.
            inputs.extend(Some(package.join("Cargo.toml")).filter(|path| path.is_file()));
            builder = builder.manifest(Self::manifest_of(package)?);
        }
        builder.below(package).load_watched(inputs)
    }

    /// The code that a contract becomes.
    ///
    /// # Errors
    /// All that is wrong with the code of the user's choosing.
    pub fn emit(&self, contract: &Contract) -> Result<Generated, Error> {
        self.generate(contract, |_, tokens| headed(tokens))
    }

    /// The same, with the text of each file made of its name and its tokens.
    fn generate(&self, contract: &Contract, mut text: impl FnMut(&str, TokenStream) -> String + Send) -> Result<Generated, Error> {
        stack::on_its_own(|| self.generate_here(contract, &mut text))
    }

    fn generate_here(&self, contract: &Contract, text: &mut dyn FnMut(&str, TokenStream) -> String) -> Result<Generated, Error> {
        let choices = options::resolve(&self.options, &contract.model).map_err(Error::Options)?;
        let folder = self.options.one_file_per_namespace.then_some(FOLDER);
        let code = emit::emit(&contract.model, self.switches, choices, folder);
        let root = text(FILE, code.root);
        let part = |(name, tokens): (String, TokenStream)| {
            let text = text(&name, tokens);
            Part { name, text }
        };
        Ok(Generated {
            name: FILE.to_owned(),
            text: root,
            parts: code.parts.into_iter().map(part).collect(),
        })
    }
}

/// The text of a file.
fn headed(tokens: TokenStream) -> String {
    output::header(FORMAT) + &lay_out(tokens)
}

/// What tells cargo to watch files.
///
/// A name with a line's end in it would be a directive of its own. Cargo cannot be told of it, nor of one that is not UTF-8: it is left out, and
/// the folder that it was found in is watched.
fn watches(inputs: &[PathBuf]) -> String {
    let names = inputs.iter().filter_map(|input| input.to_str());
    names
        .filter(|name| !name.contains(char::is_control))
        .map(|name| format!("cargo::rerun-if-changed={name}\n"))
        .collect()
}

/// What makes cargo show findings.
fn warns(warnings: &Report) -> String {
    let text = warnings.to_string();
    text.lines().map(|line| format!("cargo::warning={line}\n")).collect()
}

/// Why nothing was generated.
#[non_exhaustive]
pub enum Error {
    /// What is wrong with the manifest and the schemas.
    Contract(Report),
    /// What is wrong with the code that the [`Builder`] was given: as much as there is.
    Options(Vec<OptionError>),
    /// A file could not be written.
    Write {
        /// The file.
        path: PathBuf,
        /// What the file system says.
        source: std::io::Error,
    },
    /// [`Builder::build`] ran outside of a build script: cargo sets this variable there.
    NotInBuildScript(&'static str),
}

impl From<Report> for Error {
    fn from(report: Report) -> Self {
        Self::Contract(report)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Contract(report) => write!(f, "{report}"),
            Self::Options(errors) => {
                for (place, error) in errors.iter().enumerate() {
                    if place > 0 {
                        writeln!(f)?;
                    }
                    write!(f, "{error}")?;
                }
                Ok(())
            }
            Self::Write { path, source } => write!(f, "cannot write {}: {source}", shown(path)),
            Self::NotInBuildScript(variable) => {
                write!(
                    f,
                    "`build` is for a build.rs: cargo has not set {variable}; elsewhere call `load` and `emit`"
                )
            }
        }
    }
}

/// `main` shows an error by its `Debug`: a build script's must be readable.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\n{self}")
    }
}

impl std::error::Error for Error {}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const SCHEMA: &str = r#"{"type": "record", "name": "Job", "fields": [{"name": "id", "type": "string"}]}"#;
    const TOPICS: &str =
        "version = 1\n[topics.jobs]\nrecord = \"Job\"\nkey = \"id\"\npartitions = 3\nretention = \"7d\"\ncompression = \"lz4\"\n";

    fn package(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    /// What is watched, from the package on, and whether the contract was taken.
    fn watched(builder: Builder, package: &Path) -> (Vec<String>, bool) {
        let mut inputs = Vec::new();
        let taken = builder.load_package(package, &mut inputs).is_ok();
        let below = |path: &PathBuf| path.strip_prefix(package).unwrap().to_string_lossy().replace('\\', "/");
        (inputs.iter().map(below).collect(), taken)
    }

    #[test]
    fn of_a_package_only_the_contract_is_watched() {
        let manifest = format!("schemas = [\"schemas\"]\n{TOPICS}");
        let package = package(&[("Cargo.toml", ""), ("topics.toml", &manifest), ("schemas/job.avsc", SCHEMA)]);
        let (inputs, taken) = watched(Builder::new().manifest("topics.toml"), package.path());
        assert!(taken);
        assert_eq!(inputs, ["topics.toml", "schemas", "schemas/job.avsc"]);
    }

    #[test]
    fn what_is_refused_is_watched_too() {
        let wrong = package(&[("schemas/topics.toml", TOPICS), ("schemas/job.avsc", "{}")]);
        let (inputs, taken) = watched(Builder::new(), wrong.path());
        assert!(!taken);
        assert_eq!(inputs, ["schemas/topics.toml", "schemas", "schemas/job.avsc"]);

        let empty = package(&[]);
        assert_eq!(
            watched(Builder::new(), empty.path()),
            (vec!["schemas/topics.toml".to_owned()], false)
        );
    }

    /// Files are named by whoever sends them.
    #[cfg(unix)]
    #[test]
    fn a_files_name_is_no_directive() {
        use std::os::unix::ffi::OsStrExt as _;

        let warned_of = SCHEMA.replace(
            "\"type\": \"string\"",
            "\"type\": [\"null\", \"string\"], \"default\": \"\\ncargo::rustc-cfg=evil\"",
        );
        let package = package(&[("schemas/topics.toml", &TOPICS.replace("\"id\"", "\"none\""))]);
        let schemas = package.path().join("schemas");
        for name in [
            &b"a\ncargo::rustc-cfg=evil.avsc"[..],
            b"a\rcargo::rustc-cfg=evil.avsc",
            b"\xff.avsc",
        ] {
            fs::write(schemas.join(std::ffi::OsStr::from_bytes(name)), &warned_of).unwrap();
        }
        let mut inputs = Vec::new();
        let contract = Builder::new().load_package(package.path(), &mut inputs).unwrap();
        assert_eq!(inputs.len(), 5, "{inputs:?}");
        let folder = package.path().to_str().unwrap();
        assert_eq!(
            watches(&inputs),
            format!("cargo::rerun-if-changed={folder}/schemas/topics.toml\ncargo::rerun-if-changed={folder}/schemas/\n")
        );
        let told = warns(&contract.warnings);
        assert!(told.contains("a\\u{a}cargo::rustc-cfg=evil.avsc:1:"), "{told}");
        assert!(
            told.split('\n').all(|line| line.is_empty() || line.starts_with("cargo::warning=")),
            "{told}"
        );
        assert!(!told.contains(|c: char| c.is_control() && c != '\n'), "{told}");
    }

    #[test]
    fn the_package_says_where_its_manifest_is() {
        let named = "[package]\nname = \"jobs\"\n\n[package.metadata.kafka-event]\nmanifest = \"contract/jobs.toml\"\n";
        let named = package(&[("Cargo.toml", named), ("contract/jobs.toml", TOPICS), ("contract/job.avsc", SCHEMA)]);
        let (inputs, taken) = watched(Builder::new(), named.path());
        assert!(taken);
        assert_eq!(inputs, ["Cargo.toml", "contract/jobs.toml", "contract", "contract/job.avsc"]);
        // What the script says stands above it.
        let (inputs, _) = watched(Builder::new().manifest("contract/other.toml"), named.path());
        assert_eq!(inputs, ["contract/other.toml"]);

        let silent = package(&[
            ("Cargo.toml", "[package]\nname = \"jobs\"\n"),
            ("schemas/topics.toml", TOPICS),
            ("schemas/job.avsc", SCHEMA),
        ]);
        let (inputs, taken) = watched(Builder::new(), silent.path());
        assert!(taken);
        assert_eq!(inputs[..2], ["Cargo.toml", "schemas/topics.toml"]);
    }
}
