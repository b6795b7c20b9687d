//! Contracts that were read already: one process derives for a whole crate, and that of an editor lives for days.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use kafka_event_codegen::{Builder, Contract, Report};

/// What tells that a file, or a folder with its list of files, has not changed.
#[derive(PartialEq)]
struct Stamp {
    path: PathBuf,
    /// `None` of what is not there.
    state: Option<(u64, SystemTime)>,
}

impl Stamp {
    fn of(path: &Path) -> Self {
        let state = fs::metadata(path)
            .ok()
            .and_then(|metadata| Some((metadata.len(), metadata.modified().ok()?)));
        Self {
            path: path.to_owned(),
            state,
        }
    }

    /// Whether it was there before a time, and has not changed since.
    fn is_before(&self, time: SystemTime) -> bool {
        self.state.is_none_or(|(_, modified)| modified < time)
    }
}

struct Read {
    contract: Arc<Contract>,
    stamps: Vec<Stamp>,
}

#[derive(Default)]
struct Cache {
    read: HashMap<PathBuf, Read>,
    /// The files of which the compiler was told, once for the process: a compiler is one for each crate, library and tests apart. An editor's server
    /// has many crates and a long life, but follows no path that expansions include: nothing that it would do is lost.
    told: HashSet<PathBuf>,
}

/// An editor's server has a thread for each expansion.
static CACHE: LazyLock<Mutex<Cache>> = LazyLock::new(Mutex::default);

fn cache() -> MutexGuard<'static, Cache> {
    CACHE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether the compiler was not told of a file before; it is now.
pub(crate) fn is_untold(path: &Path) -> bool {
    cache().told.insert(path.to_owned())
}

/// The contract of a manifest below a package: read again where a file of it has another length or time than when it was read, or a folder
/// has other files.
pub(crate) fn contract(package: &Path, manifest: &str) -> Result<Arc<Contract>, Report> {
    let key = package.join(manifest);
    if let Some(known) = cache().read.get(&key)
        && known.stamps.iter().all(|stamp| *stamp == Stamp::of(&stamp.path))
    {
        return Ok(known.contract.clone());
    }
    let begun = SystemTime::now();
    let mut contract = Builder::new().manifest(manifest).below(package).load().map_err(|mut report| {
        report.sources.name_from(package);
        report
    })?;
    contract.warnings.sources.name_from(package);
    let contract = Arc::new(contract);
    let stamps = stamps(&key, &contract);
    // What was written while it was read may have been read before.
    if stamps.iter().all(|stamp| stamp.is_before(begun)) {
        let contract = contract.clone();
        cache().read.insert(key, Read { contract, stamps });
    }
    Ok(contract)
}

fn stamps(manifest: &Path, contract: &Contract) -> Vec<Stamp> {
    let files = contract.inputs.iter().map(PathBuf::as_path).chain([manifest]);
    let mut paths: Vec<&Path> = files.flat_map(|file| [Some(file), file.parent()]).flatten().collect();
    paths.sort_unstable();
    paths.dedup();
    paths.into_iter().map(Stamp::of).collect()
}
