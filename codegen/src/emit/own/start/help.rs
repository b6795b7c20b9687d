//! All of a start in an error of the derive.

use std::path::{Component, Path, PathBuf};

use super::{Start, StartType, start};
use crate::diagnostic::printable;
use crate::load::Contract;
use crate::source::displayed;

/// The lines of a schema that an error shows.
const LINES_MAX: usize = 80;

/// What prints a topic's start where a near name is the likelier cure.
pub(in crate::emit::own) const COMMAND: &str =
    "\nhelp: to start a topic of that name, `kafka-event schema --from-rust FILE` prints the schema and the manifest's lines";

/// What to write for a topic that the manifest has not; `None` where the type itself is not in order.
pub(in crate::emit::own) fn help(contract: &Contract, ty: StartType<'_>) -> Option<String> {
    let start = started(Some(contract), ty)?;
    let places = Places::of(contract);
    let lines = format!("\nhelp: to start this one, add to {}{}", places.manifest, indented(&start.manifest));
    Some(lines + &schemas(&start, &places))
}

/// What to write for a type where there is no manifest yet: that, too, at a path below a package; `None` where the type itself is not in order.
#[must_use]
pub fn first_help(package: &Path, manifest: &str, ty: StartType<'_>) -> Option<String> {
    let start = started(None, ty)?;
    let beside = folder_of(manifest);
    let mut text = start.manifest_file();
    let mut schemas_folder = beside.to_owned();
    // In a package's own folder the loader reads no schemas, but in those that the manifest names.
    if package.join(beside).join("Cargo.toml").is_file() {
        text = text.replacen("version = 1\n", "version = 1\nschemas = [\"schemas\"]\n", 1);
        schemas_folder += "schemas/";
    }
    let places = Places {
        manifest: manifest.to_owned(),
        schemas: schemas_folder,
        is_read: true,
    };
    let lines = format!("\nhelp: to start one, write {manifest}{}", indented(&text));
    Some(lines + &schemas(&start, &places))
}

fn started(contract: Option<&Contract>, ty: StartType<'_>) -> Option<Start> {
    let package = std::env::var("CARGO_PKG_NAME").unwrap_or_default();
    start(contract, &package, &[ty]).ok()
}

/// The schemas of a start, with what is to know of them.
fn schemas(start: &Start, places: &Places) -> String {
    let mut help = String::new();
    for (file, text) in &start.schemas {
        let listed = if places.is_read {
            ""
        } else {
            ", and name it in `schemas` of the manifest"
        };
        help += &format!("\nhelp: and write {}{file}{listed}{}", places.schemas, indented(text));
    }
    for note in start.notes.iter().filter(|note| !note.is_in_doc) {
        help += &format!("\nnote: {}", printable(&note.message));
    }
    help + "\nhelp: `kafka-event schema --from-rust FILE` prints this, for all types of a file together, and writes it with `--out FOLDER`"
}

fn indented(text: &str) -> String {
    let rest = (text.lines().count() > LINES_MAX).then_some("…");
    let line = |line: &str| {
        if line.is_empty() {
            "\n".to_owned()
        } else {
            format!("\n    {line}")
        }
    };
    text.lines().take(LINES_MAX).chain(rest).map(line).collect()
}

/// Where a contract is written on.
struct Places {
    manifest: String,
    /// The folder in which a schema may stand, with what separates it from a file's name.
    schemas: String,
    /// Whether all schemas of that folder are read.
    is_read: bool,
}

impl Places {
    fn of(contract: &Contract) -> Self {
        // The first file that is read is the manifest.
        let manifest = contract.warnings.sources.first().map(|file| file.path.clone());
        let beside = manifest.as_deref().map(folder_of).unwrap_or_default().to_owned();
        let read = read_folder(contract).map(|below| format!("{beside}{below}"));
        Self {
            manifest: manifest.unwrap_or_else(|| "the manifest".to_owned()),
            is_read: read.is_some(),
            schemas: read.unwrap_or(beside),
        }
    }
}

/// The first folder whose schemas are read, from the manifest's on; `None` where the manifest lists files alone.
fn read_folder(contract: &Contract) -> Option<String> {
    let (manifest, others) = contract.inputs.split_first()?;
    let folder = others.iter().find(|input| input.is_dir())?;
    let is_below = |part: &Component<'_>| *part != Component::CurDir;
    let parts = |path: &Path| -> PathBuf { path.components().filter(is_below).collect() };
    let (from, folder) = (parts(manifest.parent()?), parts(folder));
    let below = displayed(folder.strip_prefix(from).ok()?);
    Some(if below.is_empty() { below } else { below + "/" })
}

/// The folder of a file, with what separates the two.
fn folder_of(path: &str) -> &str {
    path.rfind('/').map_or("", |slash| &path[..=slash])
}
