//! The corpus: which files there are, and what its index says of them.

use std::path::{Path, PathBuf};
use std::{fs, io};

/// The repositories whose schemas are one contract.
pub(crate) const WHOLE: [&str; 2] = ["RADAR-base/RADAR-Schemas", "gbif/pipelines"];

/// A schema that is to be generated from.
pub(crate) struct File {
    /// The repository and the path in it.
    pub(crate) name: String,
    /// Where it is.
    pub(crate) path: PathBuf,
    /// The folder of its repository.
    pub(crate) repository: PathBuf,
    /// Its text, where it is any.
    pub(crate) text: String,
    pub(crate) set: Set,
    /// Whether another parser takes it.
    pub(crate) accepted: bool,
}

/// Where a schema comes from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Set {
    Ours,
    Corpus,
    Official,
}

impl File {
    /// A schema of this project.
    pub(crate) fn ours(path: &Path) -> io::Result<Self> {
        Ok(Self {
            name: path.to_string_lossy().replace('\\', "/"),
            repository: path.parent().unwrap_or(path).to_owned(),
            text: fs::read_to_string(path)?,
            path: path.to_owned(),
            set: Set::Ours,
            accepted: true,
        })
    }
}

/// All files that the corpus's index has.
pub(crate) fn files(corpus: &Path) -> io::Result<Vec<File>> {
    let index = fs::read_to_string(corpus.join("INDEX.tsv"))?;
    index.lines().skip(1).map(|line| file(corpus, line)).collect()
}

fn file(corpus: &Path, line: &str) -> io::Result<File> {
    let columns: Vec<&str> = line.split('\t').collect();
    let [repository, path, _bytes, _tags, verdicts @ ..] = &columns[..] else {
        return Err(io::Error::other(format!("a line of the index has too few columns: {line}")));
    };
    let folder = folder(corpus, repository);
    let name = format!("{repository}/{path}");
    let path = folder.join(path);
    Ok(File {
        name,
        // A mark at its beginning may be of no encoding that is known.
        text: String::from_utf8_lossy(&fs::read(&path)?).into_owned(),
        path,
        repository: folder,
        set: Set::Corpus,
        accepted: verdicts.contains(&"ok"),
    })
}

/// The folder of a repository.
pub(crate) fn folder(corpus: &Path, repository: &str) -> PathBuf {
    corpus.join("schemas").join(repository.replace('/', "+"))
}
