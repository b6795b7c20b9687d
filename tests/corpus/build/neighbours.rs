//! What a file needs of its repository: the fewest files that define what it refers to.

use std::collections::BTreeSet;
use std::path::Path;

use kafka_event_codegen::{Builder, Contract, Diagnostic, Report, Severity};

use crate::corpus::File;

/// A contract of a file and of what it needs.
pub(crate) struct Whole<'a> {
    pub(crate) contract: Contract,
    /// The files beside it.
    pub(crate) neighbours: Vec<&'a File>,
}

/// Loads a file alone, or with the files that define what it refers to: those of its own folder first, then the nearest. None of them can be left
/// out.
pub(crate) fn load<'a>(file: &File, all: &'a [File]) -> Result<Whole<'a>, Report> {
    let mut neighbours: Vec<&File> = Vec::new();
    let alone = match load_with(file, &neighbours) {
        Ok(contract) => return Ok(Whole { contract, neighbours }),
        Err(report) => report,
    };
    let mut missing = undefined(&alone);
    while let Some(wanted) = missing.pop_first() {
        let Some((found, undefined)) = define(&wanted, file, all, &neighbours) else {
            return Err(alone);
        };
        neighbours.push(found);
        missing = undefined;
    }
    // What one needed may have come with another.
    for place in (0..neighbours.len()).rev() {
        let mut fewer = neighbours.clone();
        fewer.remove(place);
        if load_with(file, &fewer).is_ok() {
            neighbours = fewer;
        }
    }
    match load_with(file, &neighbours) {
        Ok(contract) => Ok(Whole { contract, neighbours }),
        Err(_) => Err(alone),
    }
}

fn load_with(file: &File, neighbours: &[&File]) -> Result<Contract, Report> {
    let paths = neighbours.iter().map(|neighbour| &neighbour.path);
    Builder::new().schemas([&file.path].into_iter().chain(paths)).load()
}

/// The nearest file that defines a type and with which nothing is wrong but what is undefined yet; and that.
fn define<'a>(wanted: &str, file: &File, all: &'a [File], neighbours: &[&File]) -> Option<(&'a File, BTreeSet<String>)> {
    let simple = wanted.rsplit('.').next().unwrap_or_default();
    let mut candidates: Vec<&File> = all
        .iter()
        .filter(|other| other.repository == file.repository && other.path != file.path)
        .filter(|other| !neighbours.iter().any(|known| known.path == other.path))
        .filter(|other| other.text.contains(simple))
        .collect();
    candidates.sort_by_key(|other| (steps(&file.path, &other.path), &other.path));
    candidates.into_iter().find_map(|candidate| {
        let undefined = match load_with(file, &[neighbours, &[candidate]].concat()) {
            Ok(_) => BTreeSet::new(),
            Err(report) if report.diagnostics.iter().all(is_undefined_at_most) => undefined(&report),
            Err(_) => return None,
        };
        (!undefined.contains(wanted)).then_some((candidate, undefined))
    })
}

/// How many folders lie between two files.
fn steps(from: &Path, to: &Path) -> usize {
    let shared = from.components().zip(to.components()).take_while(|(from, to)| from == to).count();
    from.components().count() + to.components().count() - 2 * shared
}

fn is_undefined_at_most(found: &Diagnostic) -> bool {
    // Of many findings of one kind, the last says how many more there are.
    found.severity == Severity::Warning || matches!(found.code, "KE0105" | "KE0009")
}

/// The full names of types that are not defined.
fn undefined(report: &Report) -> BTreeSet<String> {
    let unknown = report.diagnostics.iter().filter(|found| found.code == "KE0105");
    // The last name in the message is the full one.
    unknown
        .filter_map(|found| found.message.rsplit('`').nth(1))
        .map(str::to_owned)
        .collect()
}
