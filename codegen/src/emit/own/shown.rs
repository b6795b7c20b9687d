//! The schema's side of a message: where something stands in it, and how it is written there.

use crate::diagnostic::printable;
use crate::load::Contract;
use crate::source::{Origin, Positions};

/// How much of a schema a message shows, in characters.
const MOST: usize = 120;

/// The file and line, and the text there on one line.
pub(super) fn shown(contract: &Contract, origin: &Origin) -> String {
    all_shown(contract, [origin]).remove(0)
}

/// The same of many places, for which each file is searched once.
pub(super) fn all_shown<'o>(contract: &Contract, origins: impl IntoIterator<Item = &'o Origin>) -> Vec<String> {
    let sources = &contract.warnings.sources;
    let mut origins: Vec<Origin> = origins.into_iter().cloned().collect();
    sources.locate(&mut origins);
    let positions = Positions::new(sources, origins.iter());
    let shown = origins.iter().map(|origin| {
        let range = sources.range(origin);
        let line = positions.of(origin.file, range.start).line;
        let file = sources.file(origin.file);
        let text = file.text.get(range).unwrap_or_default();
        format!("{}:{line}: {}", file.path, on_one_line(text))
    });
    shown.collect()
}

fn on_one_line(text: &str) -> String {
    let joined = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let joined = joined.replace("{ ", "{").replace(" }", "}").replace("[ ", "[").replace(" ]", "]");
    let short: String = joined.chars().take(MOST).collect();
    let rest = if short.len() < joined.len() { " …" } else { "" };
    printable(&format!("{short}{rest}"))
}
