//! `kafka-event schema`: from types to the schemas and the manifest's lines that they would need.
//!
//! | file | its job |
//! | --- | --- |
//! | `rust` | a file of Rust: its types, and what is wrong with it, where it stands |
//! | `own` | a type as the library takes it |
//! | `attribute` | what `#[kafka(…)]` and comments say |
//! | `chosen` | which of the types are meant |
//! | `out` | the files that are written, none over another |

mod attribute;
mod chosen;
mod out;
mod own;
mod rust;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use kafka_event_codegen::emit::own::{Start, start};
use kafka_event_codegen::{Builder, Contract};
use toml::de::{DeTable, DeValue};

use crate::report;
use chosen::chosen;
use own::Own;
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

    /// The manifest of a contract that there is: its namespace is taken, and what it has is not printed [default: schemas/topics.toml, where it
    /// is there]
    #[arg(long, value_name = "FILE")]
    manifest: Option<PathBuf>,

    /// Write files into a folder, none over another, in place of printing them.
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
}

/// Where a contract is that is not named.
const MANIFEST: &str = "schemas/topics.toml";

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
        let mut own = Vec::new();
        for ty in &types {
            match Own::read(ty) {
                Ok(ty) => own.push(ty),
                Err(error) => errors.extend(error.into_iter().map(|error| (error.span(), error.to_string()))),
            }
        }
        if !errors.is_empty() {
            return Err(file.refused(errors));
        }
        let (manifest, contract) = self.contract()?;
        let package = package_of(&self.from_rust);
        let views: Vec<_> = own.iter().map(Own::view).collect();
        let started = start(contract.as_ref(), &package, &views);
        let start = started.map_err(|errors| file.refused(errors.into_iter().map(|error| (error.span, error.message))))?;
        for note in &start.notes {
            file.note(note.span, &note.message);
        }
        for ty in types.iter().filter(|ty| !ty.derives) {
            let message = format!("`{}` is no event yet: `#[derive(KafkaEvent)]` makes it one", ty.input.ident);
            file.note(ty.input.ident.span(), &message);
        }
        self.write(&start, contract.is_some().then_some(manifest.as_path()))
    }

    /// The contract that there is, and where.
    fn contract(&self) -> Result<(PathBuf, Option<Contract>), ExitCode> {
        let manifest = self.manifest.clone().unwrap_or_else(|| PathBuf::from(MANIFEST));
        if self.manifest.is_none() && !manifest.exists() {
            return Ok((manifest, None));
        }
        match Builder::new().manifest(&manifest).load() {
            Ok(contract) => Ok((manifest, Some(contract))),
            Err(found) if self.manifest.is_some() => {
                report::print(&found);
                Err(ExitCode::from(1))
            }
            // It may well lack what is about to be made.
            Err(_) => {
                eprintln!("note: {MANIFEST} is not in order, and nothing is taken from it: `kafka-event generate` says why");
                Ok((manifest, None))
            }
        }
    }

    /// `manifest` is that of the contract which the start is added to, where there is one.
    fn write(&self, start: &Start, manifest: Option<&Path>) -> Result<(), ExitCode> {
        if let Some(folder) = &self.out {
            return out::write(start, folder, manifest);
        }
        let mut parts: Vec<String> = start.schemas.iter().map(|(file, text)| format!("// {file}\n{text}")).collect();
        if !start.manifest.is_empty() {
            parts.push(out::lines(&start.manifest, manifest));
        }
        if parts.is_empty() {
            eprintln!("note: {} needs no schema and no topic that is not there", self.from_rust.display());
        }
        out::print(&parts.join("\n"))
    }
}

/// The name of the package that a file is of; that of the file, where it is of none.
fn package_of(file: &Path) -> String {
    let absolute = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
    let named = absolute.ancestors().skip(1).find_map(|folder| {
        let text = std::fs::read_to_string(folder.join("Cargo.toml")).ok()?;
        let root = DeTable::parse(&text).ok()?;
        let DeValue::Table(package) = root.get_ref().get("package")?.get_ref() else {
            return None;
        };
        match package.get("name")?.get_ref() {
            DeValue::String(name) => Some(name.to_string()),
            _ => None,
        }
    });
    named.unwrap_or_else(|| file.file_stem().unwrap_or_default().to_string_lossy().into_owned())
}
