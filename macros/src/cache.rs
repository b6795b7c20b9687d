//! Contracts that were read already: one process derives for a whole crate, and that of an editor lives for days.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;
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
}

struct Read {
    contract: Rc<Contract>,
    stamps: Vec<Stamp>,
}

thread_local! {
    static READ: RefCell<HashMap<PathBuf, Read>> = RefCell::default();
}

/// The contract of a manifest below a package: read again where a file of it has another length or time than when it was read, or a folder
/// has other files.
///
/// Says whether it was read just now.
pub(crate) fn contract(package: &Path, manifest: &str) -> Result<(Rc<Contract>, bool), Report> {
    let key = package.join(manifest);
    let known = READ.with_borrow(|read| {
        let known = read.get(&key)?;
        let fresh = known.stamps.iter().all(|stamp| *stamp == Stamp::of(&stamp.path));
        fresh.then(|| known.contract.clone())
    });
    if let Some(contract) = known {
        return Ok((contract, false));
    }
    let mut contract = Builder::new().manifest(manifest).below(package).load().map_err(|mut report| {
        report.sources.name_from(package);
        report
    })?;
    contract.warnings.sources.name_from(package);
    let contract = Rc::new(contract);
    let stamps = stamps(&key, &contract);
    READ.with_borrow_mut(|read| {
        read.insert(
            key,
            Read {
                contract: contract.clone(),
                stamps,
            },
        )
    });
    Ok((contract, true))
}

fn stamps(manifest: &Path, contract: &Contract) -> Vec<Stamp> {
    let files = contract.inputs.iter().map(PathBuf::as_path).chain([manifest]);
    let mut paths: Vec<&Path> = files.flat_map(|file| [Some(file), file.parent()]).flatten().collect();
    paths.sort_unstable();
    paths.dedup();
    paths.into_iter().map(Stamp::of).collect()
}
