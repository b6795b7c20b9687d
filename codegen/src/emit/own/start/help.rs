//! All of a start in an error of the derive.

use super::{Start, StartType, start};
use crate::diagnostic::printable;
use crate::load::Contract;

/// The lines of a schema that an error shows.
const LINES_MAX: usize = 80;

/// What to write for a topic that the manifest has not; `None` where the type itself is not in order.
pub(in crate::emit::own) fn help(contract: &Contract, ty: StartType<'_>) -> Option<String> {
    let package = std::env::var("CARGO_PKG_NAME").unwrap_or_default();
    let Start {
        schemas, manifest, notes, ..
    } = start(Some(contract), &package, &[ty]).ok()?;
    let (manifest_file, folder) = places(contract);
    let indented = |text: &str| -> String {
        let lines = text.lines().count();
        let rest = (lines > LINES_MAX).then_some("\n    …".to_owned());
        text.lines()
            .take(LINES_MAX)
            .map(|line| format!("\n    {line}"))
            .chain(rest)
            .collect()
    };
    let mut help = format!("\nhelp: to start this one, add to {manifest_file}{}", indented(&manifest));
    for (file, text) in &schemas {
        help += &format!("\nhelp: and write {folder}{file}{}", indented(text));
    }
    for note in notes.iter().filter(|note| !note.is_in_doc) {
        help += &format!("\nnote: {}", printable(&note.message));
    }
    help += "\nhelp: `kafka-event schema --from-rust FILE` writes this, for all types of a file together";
    Some(help)
}

/// The manifest, and the folder in which a schema may stand: that of another, with what separates it from a file's name.
fn places(contract: &Contract) -> (String, String) {
    let sources = &contract.warnings.sources;
    let folder = |path: &str| path.rfind('/').map_or("", |slash| &path[..=slash]).to_owned();
    let manifest = contract
        .model
        .topics
        .first()
        .map(|topic| sources.file(topic.origin.file).path.clone());
    let schema = contract
        .model
        .types()
        .next()
        .map(|(_, named)| &sources.file(named.origin().file).path);
    let beside = manifest.as_deref().map(folder);
    let folder = beside.or_else(|| schema.map(|path| folder(path))).unwrap_or_default();
    (manifest.unwrap_or_else(|| "the manifest".to_owned()), folder)
}
