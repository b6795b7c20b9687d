//! Contracts that were read already: one process derives for a whole crate, and that of an editor lives for days.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use kafka_event_codegen::{Builder, Contract, Report};

/// What tells that a file, or a folder with its list of files, has not changed.
struct Stamp {
    path: PathBuf,
    /// `None` of what is not there.
    state: Option<(u64, SystemTime)>,
}

impl Stamp {
    fn of(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            state: state(path),
        }
    }

    fn is_still(&self) -> bool {
        self.state == state(&self.path)
    }

    /// Whether it was there before a time, and has not changed since.
    fn is_before(&self, time: SystemTime) -> bool {
        self.state
            .is_none_or(|(_, modified)| modified.checked_add(tick(modified)).is_some_and(|seen| seen < time))
    }
}

/// How far a file's time may be behind the clock: many systems take it from the last tick of theirs, and some have whole seconds, or two.
fn tick(modified: SystemTime) -> Duration {
    let since = modified.duration_since(UNIX_EPOCH).unwrap_or_default();
    if since.subsec_nanos() == 0 {
        Duration::from_secs(2)
    } else {
        Duration::from_millis(50)
    }
}

fn state(path: &Path) -> Option<(u64, SystemTime)> {
    let metadata = fs::metadata(path).ok()?;
    Some((metadata.len(), metadata.modified().ok()?))
}

/// A contract, or what is wrong with it, as it was read.
pub(crate) struct Read {
    pub(crate) contract: Result<Arc<Contract>, Report>,
    stamps: Vec<Stamp>,
    is_told: AtomicBool,
}

impl Read {
    /// The files that it was read from and the compiler was not told of before; it is now.
    ///
    /// A hundred derives of two hundred files would else take as long to read as all that they are for, or to ask for what is known.
    pub(crate) fn untold(&self) -> Vec<PathBuf> {
        let Ok(contract) = &self.contract else { return Vec::new() };
        if self.is_told.swap(true, Ordering::Relaxed) {
            return Vec::new();
        }
        let files = contract.inputs.iter().filter(|input| input.is_file());
        files.filter(|file| is_untold(file)).cloned().collect()
    }
}

#[derive(Default)]
struct Cache {
    read: HashMap<PathBuf, Arc<Read>>,
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

/// The contract of a manifest below a package, or what is wrong with it: read again where a file of it has another length or time than when it was
/// read, or a folder has other files.
pub(crate) fn contract(package: &Path, manifest: &str) -> Arc<Read> {
    let key = package.join(manifest);
    let known = cache().read.get(&key).cloned();
    if let Some(known) = known.filter(|known| known.stamps.iter().all(Stamp::is_still)) {
        return known;
    }
    let begun = SystemTime::now();
    let mut inputs = Vec::new();
    let mut contract = Builder::new().manifest(manifest).below(package).load_watched(&mut inputs);
    let report = match &mut contract {
        Ok(contract) => &mut contract.warnings,
        Err(report) => report,
    };
    report.sources.name_from(package);
    let read = Arc::new(Read {
        contract: contract.map(Arc::new),
        stamps: stamps(&key, &inputs),
        is_told: AtomicBool::default(),
    });
    // What was written while it was read may have been read before.
    if read.stamps.iter().all(|stamp| stamp.is_before(begun)) {
        cache().read.insert(key, read.clone());
    }
    read
}

fn stamps(manifest: &Path, inputs: &[PathBuf]) -> Vec<Stamp> {
    let files = inputs.iter().map(PathBuf::as_path).chain([manifest]);
    let mut paths: Vec<&Path> = files.flat_map(|file| [Some(file), file.parent()]).flatten().collect();
    paths.sort_unstable();
    paths.dedup();
    paths.into_iter().map(Stamp::of).collect()
}
