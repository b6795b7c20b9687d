//! How much a contract may be: the bounds that keep a hostile or mistaken one from exhausting a build, each with its reason.
//!
//! They are far beyond contracts of practice (of 575 real schemas the largest record has 133 fields, the largest enum 191 symbols), and what
//! is within them costs in proportion to its size.

use crate::diagnostic::Diagnostic;
use crate::source::Origin;

/// The bytes of a schema: what it becomes is many times as long, and has yet to be compiled.
pub(crate) const SCHEMA_BYTES: u64 = 16 << 20;

/// The bytes of a manifest, or of a `Cargo.toml`: a thousand topics take a fifth of a megabyte. Tables within tables, which nothing
/// else bounds where headers name them, take many times as much memory.
pub(crate) const MANIFEST_BYTES: u64 = 4 << 20;

/// The bytes of all files of a contract.
pub(crate) const ALL_BYTES: u64 = 256 << 20;

/// The JSON values of all schemas, which take some thirty times the memory of the shortest text.
pub(crate) const VALUES: usize = 2_000_000;

/// How deep the JSON of a schema may nest: as deep as [`NESTED_DEFINITIONS`] are within one another, and some more than the 1,000 levels that Jackson
/// takes for Java. What goes down into them has a stack of its own.
pub(crate) const JSON_DEPTH: usize = 1_100;

/// How many folders deep schemas may be: deeper ones are no contract.
pub(crate) const FOLDER_DEPTH: usize = 32;

/// The files and folders that are looked at below one that is given: a bound keeps a mistake from listing a whole disk.
pub(crate) const ENTRIES: usize = 200_000;

/// The paths of schemas that a manifest lists; each is compared with the others.
pub(crate) const PATHS: usize = 1_000;

/// The bytes of a name, and of a namespace: a file's name has no more, and Java makes files of them.
pub(crate) const NAME_BYTES: usize = 255;

/// The parts of a namespace: each is a module, and both the generator and the compiler go down into it.
pub(crate) const NAMESPACE_PARTS: usize = 24;

/// The fields of a record: the compiler's work on one struct grows faster than they do.
pub(crate) const FIELDS: usize = 10_000;

/// The symbols of an enum.
pub(crate) const SYMBOLS: usize = 10_000;

/// The branches of a union: each is told from the others.
pub(crate) const BRANCHES: usize = 1_000;

/// How many arrays, maps and unions may stand within one another, without a named type between: formatting a type goes down into it, on a
/// stack that is one megabyte on some systems, and so does the compiler.
pub(crate) const NESTED_TYPES: usize = 16;

/// How deep a type's schema may nest where it is written out whole, a definition within the other: Jackson, which Java's registry reads
/// schemas with, takes 1,000 levels of JSON, and an optional record takes four of them. From some thirty records within arrays on, the compiler
/// asks for a `recursion_limit` that lets it see whether such types are `Send`.
pub(crate) const NESTED_DEFINITIONS: usize = 250;

/// The bytes of generated code, roughly: ten thousand schemas of practice take less than half of it, and laying them out takes gigabytes.
/// The schema of each record is hashed with all that it holds, so that records which hold one another take the square of their number.
pub(crate) const CODE_BYTES: usize = 512 << 20;

/// The topics of a manifest, and its groups.
pub(crate) const TOPICS: usize = 10_000;

/// The topics that all groups read together, and the records that all topics carry: each pair has code of its own.
pub(crate) const PAIRS: usize = 100_000;

/// Refuses what is beyond one of these bounds.
pub(crate) fn exceeded(origin: &Origin, what: impl Into<String>, reason: &str, help: &str) -> Diagnostic {
    Diagnostic::error("KE0010", origin, what).label(reason).help(help)
}
