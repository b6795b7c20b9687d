//! The contracts of a crate's derives, each read once, and what the compiler was told of their files.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use kafka_event_codegen::{Builder, Contract, Report};

use crate::cache::Cache;

/// A contract, or what is wrong with it, as it was read.
pub(crate) struct Read {
    pub(crate) contract: Result<Arc<Contract>, Report>,
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

static CONTRACTS: LazyLock<Cache<Read>> = LazyLock::new(Cache::default);

/// The files of which the compiler was told, once for the process: a compiler is one for each crate, library and tests apart. An editor's server
/// has many crates and a long life, but follows no path that expansions include: nothing that it would do is lost.
static TOLD: LazyLock<Mutex<HashSet<PathBuf>>> = LazyLock::new(Mutex::default);

/// Whether the compiler was not told of a file before; it is now.
pub(crate) fn is_untold(path: &Path) -> bool {
    TOLD.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned())
}

/// The contract of a manifest below a package, or what is wrong with it.
pub(crate) fn contract(package: &Path, manifest: &str) -> Arc<Read> {
    let path = package.join(manifest);
    CONTRACTS.get(&path, |inputs| {
        let mut contract = Builder::new().manifest(manifest).below(package).load_watched(inputs);
        let report = match &mut contract {
            Ok(contract) => &mut contract.warnings,
            Err(report) => report,
        };
        report.sources.name_from(package);
        inputs.push(path.clone());
        // A folder's own time tells of new files in it.
        let folders: Vec<_> = inputs.iter().filter_map(|file| file.parent()).map(Path::to_owned).collect();
        inputs.extend(folders);
        Read {
            contract: contract.map(Arc::new),
            is_told: AtomicBool::default(),
        }
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::cache::settled;

    /// A contract is read once; and again where a file has changed, or there is a new one.
    #[test]
    fn a_contract_is_read_as_long_as_no_file_changes() {
        let folder = tempfile::tempdir().unwrap();
        let contract = folder.path();
        let schema = |name: &str| format!(r#"{{"type": "record", "name": "shop.{name}", "fields": []}}"#);
        fs::write(contract.join("a.avsc"), schema("A")).unwrap();
        let manifest =
            "version = 1\n[topics.a]\nrecord = \"shop.A\"\nkey = \"none\"\npartitions = 1\nretention = \"1d\"\ncompression = \"none\"\n";
        fs::write(contract.join("topics.toml"), manifest).unwrap();
        let read = || super::contract(folder.path(), "topics.toml");
        let before = settled(read);
        fs::write(contract.join("b.avsc"), schema("B")).unwrap();
        let after = read();
        assert!(!Arc::ptr_eq(&before, &after));
        assert!(
            after
                .contract
                .as_ref()
                .is_ok_and(|contract| contract.model.find("shop.B").is_some())
        );
        // Of the same length.
        settled(read);
        fs::write(contract.join("b.avsc"), schema("C")).unwrap();
        let after = read();
        assert!(
            after
                .contract
                .as_ref()
                .is_ok_and(|contract| contract.model.find("shop.C").is_some())
        );
    }

    /// What is refused is read once, too: each derive of a crate says so.
    #[test]
    fn a_refused_contract_is_read_as_long_as_no_file_changes() {
        let folder = tempfile::tempdir().unwrap();
        let contract = folder.path();
        fs::write(contract.join("a.avsc"), "{").unwrap();
        fs::write(contract.join("topics.toml"), "version = 1\n").unwrap();
        let read = || super::contract(folder.path(), "topics.toml");
        let before = settled(read);
        assert!(before.contract.is_err());
        fs::write(contract.join("a.avsc"), r#"{"type": "record", "name": "shop.A", "fields": []}"#).unwrap();
        let after = read();
        assert!(!Arc::ptr_eq(&before, &after) && after.contract.is_ok());
    }

    /// The compiler is told of a file once.
    #[test]
    fn a_file_is_told_once() {
        let path = Path::new("a/file/that/nobody/else/tells/of");
        assert!(is_untold(path));
        assert!(!is_untold(path));
    }
}
