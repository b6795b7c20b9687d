//! Schemas that say what few say: a default for each type, in each place; and what is not to be used any more.
//!
//! The code is in a module of its own, under the lints that an application may deny: it says nothing, though it names what is deprecated.

#![deny(warnings, missing_docs)]
#![forbid(unsafe_code)]

/// The generated code.
pub mod events {
    kafka_event::include_events!();
}

/// A union of many large records.
pub mod branches {
    include!(concat!(env!("OUT_DIR"), "/branches.rs"));
}

/// Records whose schemas are put together of definitions that they have in common.
pub mod shared {
    include!(concat!(env!("OUT_DIR"), "/shared.rs"));

    /// The schema that they were generated from.
    pub const WRITTEN: &str = include_str!(concat!(env!("OUT_DIR"), "/shared.avsc"));
}
