//! Maps, sets and sorts in few kinds: each kind of `BTreeMap`, `HashMap` or `sort` is code of its own, which every user's build compiles.
//!
//! All maps by name are one `BTreeMap` of places in a list, and what is known of types is a list by their ids.

mod by_name;
mod by_type;
mod sorted;

pub(crate) use by_name::ByName;
pub(crate) use by_type::{ByType, TypeSet};
pub(crate) use sorted::sort_by_number;
