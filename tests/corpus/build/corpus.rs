//! The corpus: which files there are, what its index says of them, and what each needs beside it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{fs, io};

use kafka_event_codegen::{Builder, Contract, Report, Severity};

/// A file of the corpus.
pub struct File {
    /// The repository and the path in it.
    pub name: String,
    /// Where it is.
    pub path: PathBuf,
    /// The folder of its repository.
    repository: PathBuf,
    /// Whether another parser takes it.
    pub accepted: bool,
}

/// All files that the corpus's index has.
pub fn files(corpus: &Path) -> io::Result<Vec<File>> {
    let index = fs::read_to_string(corpus.join("INDEX.tsv"))?;
    let files = index.lines().skip(1).filter_map(|line| {
        let columns: Vec<&str> = line.split('\t').collect();
        let [repository, path, _, _, verdicts @ ..] = &columns[..] else {
            return None;
        };
        let folder = corpus.join("schemas").join(repository.replace('/', "+"));
        Some(File {
            name: format!("{repository}/{path}"),
            path: folder.join(path),
            repository: folder,
            accepted: verdicts.contains(&"ok"),
        })
    });
    Ok(files.collect())
}

/// A contract of a file and of what it needs.
pub struct Whole {
    pub contract: Contract,
    /// The files beside it, from the repository on.
    pub neighbours: Vec<String>,
}

/// Loads a file alone, or with the fewest files of its repository that define what it refers to: those of its own folder first, then the nearest.
pub fn load(file: &File, all: &[File]) -> Result<Whole, Report> {
    let mut paths = vec![file.path.clone()];
    let alone = match load_all(&paths) {
        Ok(contract) => {
            return Ok(Whole {
                contract,
                neighbours: Vec::new(),
            });
        }
        Err(report) => report,
    };
    let mut missing = undefined(&alone);
    while let Some(wanted) = missing.iter().next().cloned() {
        let Some((found, report)) = define(&wanted, file, all, &paths) else {
            return Err(alone);
        };
        paths.push(found);
        let Some(report) = report else { break };
        missing = undefined(&report);
    }
    // What one needed may have come with another.
    for place in (1..paths.len()).rev() {
        let mut fewer = paths.clone();
        fewer.remove(place);
        if load_all(&fewer).is_ok() {
            paths = fewer;
        }
    }
    let contract = load_all(&paths).map_err(|_| alone)?;
    let below = |path: &PathBuf| {
        path.strip_prefix(&file.repository)
            .unwrap_or(path)
            .to_string_lossy()
            .replace('\\', "/")
    };
    Ok(Whole {
        contract,
        neighbours: paths[1..].iter().map(below).collect(),
    })
}

fn load_all(paths: &[PathBuf]) -> Result<Contract, Report> {
    Builder::new().schemas(paths).load()
}

/// The nearest file that defines a type and is refused for nothing but what it refers to; with what is undefined then, if anything is.
fn define(wanted: &str, file: &File, all: &[File], paths: &[PathBuf]) -> Option<(PathBuf, Option<Report>)> {
    let simple = wanted.rsplit('.').next().unwrap_or_default();
    let mut candidates: Vec<&File> = all
        .iter()
        .filter(|other| other.repository == file.repository && !paths.contains(&other.path))
        .filter(|other| fs::read_to_string(&other.path).is_ok_and(|text| says_name(&text, simple)))
        .collect();
    let shared = |other: &File| {
        let (ours, theirs) = (file.path.parent().into_iter(), other.path.parent().into_iter());
        let (ours, theirs) = (
            ours.flat_map(Path::components),
            theirs.flat_map(Path::components).collect::<Vec<_>>(),
        );
        let common = ours.zip(&theirs).take_while(|(ours, theirs)| ours == *theirs).count();
        2 * common as isize - theirs.len() as isize
    };
    candidates.sort_by_key(|other| (-shared(other), other.path.clone()));
    candidates.into_iter().find_map(|candidate| {
        let mut more = paths.to_vec();
        more.push(candidate.path.clone());
        match load_all(&more) {
            Ok(_) => Some((candidate.path.clone(), None)),
            Err(report) => {
                let errors = report.diagnostics.iter().filter(|found| found.severity == Severity::Error);
                let only_undefined = errors.clone().all(|found| found.code == "KE0105");
                (only_undefined && !undefined(&report).contains(wanted)).then_some((candidate.path.clone(), Some(report)))
            }
        }
    })
}

fn says_name(text: &str, simple: &str) -> bool {
    let packed: String = text.chars().filter(|character| !character.is_whitespace()).collect();
    packed.contains(&format!("\"name\":\"{simple}\"")) || packed.contains(&format!(".{simple}\""))
}

/// The full names of types that are not defined.
fn undefined(report: &Report) -> BTreeSet<String> {
    let unknown = report.diagnostics.iter().filter(|found| found.code == "KE0105");
    unknown
        .filter_map(|found| {
            found
                .message
                .split('`')
                .filter(|part| !part.contains(' '))
                .nth(1)
                .map(|_| last_quoted(&found.message))
        })
        .collect()
}

/// The last name in a message is the full one.
fn last_quoted(message: &str) -> String {
    let mut parts: Vec<&str> = message.split('`').collect();
    parts.pop();
    parts.pop().unwrap_or_default().to_owned()
}
