//! `kafka-event schema`: from types to the schemas and the manifest's lines that they would need.
//!
//! | file | its job |
//! | --- | --- |
//! | `rust` | a file of Rust: its types, and what is wrong with it, where it stands |
//! | `own` | a type as the library takes it, and the manifest that types name |
//! | `chosen` | which of the types are meant |
//! | `out` | the files that are written, none over another |

mod chosen;
mod out;
mod own;
mod rust;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use kafka_event_attributes::Input;
use kafka_event_codegen::emit::own::{OwnWord, Start, start};
use kafka_event_codegen::{Builder, Contract, Report};

use crate::report;
use chosen::chosen;
use own::own;
use rust::File;

/// Prints the schema and the manifest's lines that types of Rust would need, as a start.
///
/// What a type does not say is a string with a doc that begins with `CHOOSE:`; all that is to know is told on standard error.
#[derive(Debug, Args)]
pub(crate) struct Schema {
    /// The file of the types: those that derive `KafkaEvent`, all where none does; with those that they hold.
    #[arg(long, value_name = "FILE")]
    from_rust: PathBuf,

    /// Only these types, with those that they hold.
    #[arg(long = "type", value_name = "NAME")]
    types: Vec<String>,

    /// The manifest of a contract that there is: its namespace is taken, and what it has is not printed [default: that which the types
    /// name, else that of the file's package, where it is there]
    #[arg(long, value_name = "FILE")]
    manifest: Option<PathBuf>,

    /// Write files into a folder, none over another, in place of printing them.
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
}

impl Schema {
    pub(crate) fn run(&self) -> ExitCode {
        match self.started() {
            Ok(()) => ExitCode::SUCCESS,
            Err(code) => code,
        }
    }

    fn started(&self) -> Result<(), ExitCode> {
        let file = File::read(&self.from_rust)?;
        let mut errors = Vec::new();
        let types = chosen(&file, &self.types)?;
        let mut read = Vec::new();
        for ty in &types {
            match own(ty) {
                Ok(ty) => read.push(ty),
                Err(error) => errors.extend(error.into_iter().map(|error| (error.span(), error.to_string()))),
            }
        }
        if !errors.is_empty() {
            return Err(file.refused(errors));
        }
        let package = Package::of(&self.from_rust);
        let (manifest, others) = match self.manifest {
            Some(_) => (None, Vec::new()),
            None => {
                let own = Builder::manifest_of(&package.folder).map_err(refused)?;
                let is_meant = |ty: &Input| self.types.is_empty() || self.types.iter().any(|name| ty.own.name() == name.as_str());
                own::manifest(&read, is_meant, &own)
            }
        };
        for (other, word) in &others {
            let message = format!(
                "`{0}` is of the manifest `{1}`, and a start is of one: `--type {0}` begins it",
                other.own.name(),
                word.text
            );
            file.note(word.span, &message);
        }
        let found = self.contract(&package.folder, manifest)?;
        let views = read.iter().filter(|ty| !others.iter().any(|(other, _)| std::ptr::eq(*other, *ty)));
        let views: Vec<_> = views.map(|ty| ty.own.start()).collect();
        let started = start(found.as_ref().map(|found| &found.contract), &package.name, &views);
        let start = started.map_err(|errors| file.refused(errors.into_iter().map(|error| (error.span, error.message))))?;
        for note in &start.notes {
            file.note(note.span, &note.message);
        }
        for ty in types.iter().filter(|ty| !ty.derives) {
            let message = format!("`{}` is no event yet: `#[derive(KafkaEvent)]` makes it one", ty.input.ident);
            file.note(ty.input.ident.span(), &message);
        }
        let beside = found.as_ref().map(|found| (&found.builder, &found.contract));
        report::print(&start.load(beside).map_err(refused)?);
        if start.schemas.is_empty() && start.manifest.is_empty() {
            let rest = if others.is_empty() { "" } else { "what is not left out of " };
            eprintln!(
                "note: {rest}{} needs no schema and no topic that is not there",
                self.from_rust.display()
            );
            return Ok(());
        }
        let begun = manifest.map_or(out::MANIFEST, |word| word.text.as_str());
        self.write(&start, found.as_ref().map(|found| found.manifest.as_path()), begun)
    }

    /// The contract that there is: the one that is named, else that which the types name, else that of the package in a folder.
    fn contract(&self, package: &Path, named: Option<&OwnWord>) -> Result<Option<Found>, ExitCode> {
        if let Some(manifest) = &self.manifest {
            let builder = Builder::new().manifest(manifest);
            let contract = builder.load().map_err(refused)?;
            let manifest = manifest.clone();
            return Ok(Some(Found {
                manifest,
                builder,
                contract,
            }));
        }
        let named = match named {
            Some(word) => word.text.clone(),
            None => Builder::manifest_of(package).map_err(refused)?,
        };
        let manifest = package.join(&named);
        if !manifest.exists() {
            return Ok(None);
        }
        let builder = Builder::new().manifest(named);
        // The current folder has no name before those of its files.
        let builder = if package == Path::new("") {
            builder
        } else {
            builder.below(package)
        };
        match builder.load() {
            Ok(contract) => Ok(Some(Found {
                manifest,
                builder,
                contract,
            })),
            // It may well lack what is about to be made.
            Err(_) => {
                eprintln!(
                    "note: {} is not in order, and nothing is taken from it: `kafka-event generate` says why",
                    manifest.display()
                );
                Ok(None)
            }
        }
    }

    /// `manifest` is that of the contract which the start is added to, where there is one; else one is begun that is called so.
    fn write(&self, start: &Start, manifest: Option<&Path>, begun: &str) -> Result<(), ExitCode> {
        if let Some(folder) = &self.out {
            return out::write(start, folder, manifest);
        }
        let mut parts: Vec<String> = start.schemas.iter().map(|(file, text)| format!("// {file}\n{text}")).collect();
        if !start.manifest.is_empty() {
            parts.push(out::lines(start, manifest, begun));
        }
        out::print(&parts.join("\n"))
    }
}

/// A contract that there is.
struct Found {
    manifest: PathBuf,
    /// What has loaded it.
    builder: Builder,
    contract: Contract,
}

fn refused(found: Report) -> ExitCode {
    report::print(&found);
    ExitCode::from(1)
}

/// The package that a file is of.
struct Package {
    /// Its name; that of the file, where it is of none.
    name: String,
    /// Its folder, from the current one where it is below that; the current one, where the file is of none.
    folder: PathBuf,
}

impl Package {
    fn of(file: &Path) -> Self {
        let absolute = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
        let found = absolute
            .ancestors()
            .skip(1)
            .find_map(|folder| Some((package_name(folder)?, folder)));
        let Some((name, folder)) = found else {
            let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            return Self {
                name,
                folder: PathBuf::new(),
            };
        };
        let current = std::env::current_dir().unwrap_or_default();
        let folder = folder.strip_prefix(current).unwrap_or(folder).to_owned();
        Self { name, folder }
    }
}

/// The name of the package whose `Cargo.toml` a folder has.
fn package_name(folder: &Path) -> Option<String> {
    let text = std::fs::read_to_string(folder.join("Cargo.toml")).ok()?;
    let arena = toml_spanner::Arena::new();
    let root = toml_spanner::parse(&text, &arena).ok()?;
    root["package"]["name"].as_str().map(str::to_owned)
}
