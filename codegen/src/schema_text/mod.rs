//! Schemas as text: each type's definition is written once, and the schema of a type is put together of those that it reaches.
//!
//! ```text
//!  model ─► definition: text, and the places of other types in it ─► walk from a type: a definition where it is met first, then names
//! ```
//!
//! Records that hold one another have schemas that share all but the order, so that to write out each would take the square of their number.

mod definition;
mod shared;
mod walk;

pub(crate) use definition::Form;
pub(crate) use shared::Shared;
pub(crate) use walk::SchemaTexts;
