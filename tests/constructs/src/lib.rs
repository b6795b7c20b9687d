//! Schemas that say what few say: a default for each type, in each place; and what is not to be used any more.
//!
//! The code is in a module of its own, under the lints that an application may deny: it says nothing, though it names what is deprecated.

#![deny(warnings, missing_docs)]
#![forbid(unsafe_code)]
// To find that `deep`'s records are `Send`, the compiler goes down into each by four steps.
#![recursion_limit = "1100"]

/// The generated code.
pub mod events {
    kafka_event::include_events!();
}

/// Every keyword at every level, and at the root records that are called as what the prelude has.
pub mod keywords {
    include!(concat!(env!("OUT_DIR"), "/keywords.rs"));
}

/// Names and docs that say more to Markdown than they mean.
pub mod odd {
    include!(concat!(env!("OUT_DIR"), "/odd.rs"));
}

/// Fixed of many bytes.
#[allow(missing_docs)]
pub mod large {
    include!(concat!(env!("OUT_DIR"), "/large.rs"));
}

/// A union of many large records.
pub mod branches {
    include!(concat!(env!("OUT_DIR"), "/branches.rs"));
}

/// As many records within one another as may be.
#[allow(missing_docs)]
pub mod deep {
    include!(concat!(env!("OUT_DIR"), "/deep.rs"));
}

/// Records whose schemas are put together of definitions that they have in common.
pub mod shared {
    include!(concat!(env!("OUT_DIR"), "/shared.rs"));

    /// The schema that they were generated from.
    pub const WRITTEN: &str = include_str!(concat!(env!("OUT_DIR"), "/shared.avsc"));
}
