//! What is read of files, as long as none of them changes: one process derives for a whole crate, and that of an editor lives for days.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// What was read, each by a path.
///
/// An editor's server has a thread for each expansion.
pub(crate) struct Cache<T>(Mutex<HashMap<PathBuf, Arc<Kept<T>>>>);

struct Kept<T> {
    read: Arc<T>,
    stamps: Vec<Stamp>,
}

impl<T> Default for Cache<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T> Cache<T> {
    /// What is known by a path; read again where a file of it has another length or time than when it was read, or a folder has other files.
    ///
    /// `read` adds what it looks at.
    pub(crate) fn get(&self, path: &Path, read: impl FnOnce(&mut Vec<PathBuf>) -> T) -> Arc<T> {
        let kept = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = kept().get(path).cloned();
        if let Some(known) = known.filter(|known| known.stamps.iter().all(Stamp::is_still)) {
            return known.read.clone();
        }
        let begun = SystemTime::now();
        let mut inputs = Vec::new();
        let read = Arc::new(read(&mut inputs));
        inputs.sort_unstable();
        inputs.dedup();
        let stamps: Vec<_> = inputs.iter().map(|path| Stamp::of(path)).collect();
        // What was written while it was read may have been read before.
        if stamps.iter().all(|stamp| stamp.is_before(begun)) {
            let read = read.clone();
            kept().insert(path.to_owned(), Arc::new(Kept { read, stamps }));
        }
        read
    }
}

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

/// What is read once: what was written just now may be written once more without a difference in its time, and is read again for a while.
#[cfg(test)]
pub(crate) fn settled<T>(read: impl Fn() -> Arc<T>) -> Arc<T> {
    let begun = std::time::Instant::now();
    loop {
        let (first, second) = (read(), read());
        if Arc::ptr_eq(&first, &second) {
            return first;
        }
        assert!(begun.elapsed() < Duration::from_secs(60), "it is read each time");
        std::thread::yield_now();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// It may have been read before.
    #[test]
    fn what_is_written_while_it_is_read_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let (file, cache) = (folder.path().join("a"), Cache::default());
        fs::write(&file, "a").unwrap();
        let written = cache.get(&file, |inputs| {
            inputs.push(file.clone());
            let before = fs::read_to_string(&file).unwrap();
            fs::write(&file, "b").unwrap();
            before
        });
        let read = cache.get(&file, |inputs| {
            inputs.push(file.clone());
            fs::read_to_string(&file).unwrap()
        });
        assert_eq!((written.as_str(), read.as_str()), ("a", "b"));
    }
}
