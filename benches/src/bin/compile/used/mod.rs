//! Reads and writes records, so that a release build has something to build: the text of a module in each package, and compiled here too, since
//! those packages are built by this bench alone.
#![allow(dead_code)]

mod ours;
mod peer;

/// A module that reads and writes each of these records.
pub(crate) fn text(is_peer: bool, records: &[String]) -> String {
    let text = if is_peer {
        include_str!("peer.rs")
    } else {
        include_str!("ours.rs")
    };
    let calls: String = records
        .iter()
        .map(|path| format!("    one::<{path}>(source, &mut out);\n"))
        .collect();
    format!("{text}\npub(crate) fn all(source: &Source) -> Vec<Written> {{\n    let mut out = Vec::new();\n{calls}    out\n}}\n")
}
