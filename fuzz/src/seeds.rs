//! Where the fuzzer begins: the project's own contracts, and values of its types.

use std::fs;
use std::path::{Path, PathBuf};

use crate::contract::DIVIDER;

/// Inputs of a target, each with a name.
///
/// # Panics
/// A file of the project is not there.
#[must_use]
pub fn of(target: &str) -> Vec<(String, Vec<u8>)> {
    match target {
        "schema" => schemas(),
        "manifest" => manifests(),
        _ => panic!("no target `{target}`"),
    }
}

fn schemas() -> Vec<(String, Vec<u8>)> {
    let folders = ["schemas", "tests/constructs/schemas", "tests/corpus/schemas", "tests/logical/schemas"];
    let files = folders.iter().flat_map(|folder| below(&project().join(folder), "avsc"));
    files.map(|path| (name(&path), read(&path).into_bytes())).collect()
}

fn manifests() -> Vec<(String, Vec<u8>)> {
    let contracts = [
        ("schemas", "topics.toml"),
        ("tests/logical/schemas", "topics.toml"),
        ("tests/manifest/contract", "topics.toml"),
        ("tests/corpus/schemas", "names.toml"),
    ];
    let contract = |(folder, manifest): &(&str, &str)| {
        let folder = project().join(folder);
        let manifest = read(&folder.join(manifest));
        // Here all schemas stand beside the manifest.
        let manifest = manifest.lines().filter(|line| !line.starts_with("schemas = "));
        let mut text = manifest.collect::<Vec<_>>().join("\n");
        for path in below(&folder, "avsc") {
            text += DIVIDER;
            text += &read(&path);
        }
        (name(&folder), text.into_bytes())
    };
    contracts.iter().map(contract).collect()
}

fn project() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A name of a file that no other of the project has.
fn name(path: &Path) -> String {
    let within = path.strip_prefix(project()).expect("below the project");
    within.to_string_lossy().replace(['/', '\\'], "-")
}

/// The files with an extension in a folder and those below it, in order.
fn below(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            files.extend(below(&path, extension));
        } else if path.extension().is_some_and(|found| found == extension) {
            files.push(path);
        }
    }
    files
}
