//! The files that are written, none over another.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use kafka_event_codegen::emit::own::Start;

/// The name of a manifest that is begun.
pub(super) const MANIFEST: &str = "topics.toml";

/// The manifest's lines, with where they go: into one that is there, or into one that is begun and called so.
pub(super) fn lines(start: &Start, manifest: Option<&Path>, begun: &str) -> String {
    match manifest {
        Some(manifest) => format!("# add to {}\n{}", manifest.display(), start.manifest),
        None => format!("# {begun}\n{}", start.manifest_file()),
    }
}

/// Prints to standard output, whose reader may have seen enough.
pub(super) fn print(text: &str) -> Result<(), ExitCode> {
    match io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            eprintln!("error: cannot write to standard output: {error}");
            Err(ExitCode::from(2))
        }
        _ => Ok(()),
    }
}

/// Writes all files, or none where one of them is there. Lines for a manifest that is there are printed: it is its owner's.
pub(super) fn write(start: &Start, folder: &Path, manifest: Option<&Path>) -> Result<(), ExitCode> {
    let begun = folder.join(MANIFEST);
    let present = manifest.or_else(|| begun.exists().then_some(begun.as_path()));
    let mut files: Vec<(PathBuf, String)> = start.schemas.iter().map(|(name, text)| (folder.join(name), text.clone())).collect();
    if present.is_none() && !start.manifest.is_empty() {
        files.push((begun.clone(), start.manifest_file()));
    }
    let there: Vec<_> = files.iter().filter(|(path, _)| path.symlink_metadata().is_ok()).collect();
    if !there.is_empty() {
        for (path, _) in there {
            eprintln!("error: {} is there already: nothing is written", path.display());
        }
        eprintln!("  = help: move it away, or name another folder");
        return Err(ExitCode::from(2));
    }
    for (path, text) in &files {
        new(path, text).map_err(|error| {
            eprintln!("error: cannot write {}: {error}", path.display());
            ExitCode::from(2)
        })?;
        eprintln!("{}: written", path.display());
    }
    if let Some(present) = present
        && !start.manifest.is_empty()
    {
        return print(&lines(start, Some(present), MANIFEST));
    }
    Ok(())
}

fn new(path: &Path, text: &str) -> io::Result<()> {
    fs::create_dir_all(path.parent().unwrap_or(Path::new("")))?;
    fs::File::options()
        .write(true)
        .create_new(true)
        .open(path)?
        .write_all(text.as_bytes())
}
