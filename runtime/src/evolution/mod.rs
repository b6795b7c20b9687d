//! Reading what was written with another version of a schema, straight into the type (specification, "Schema Resolution").
//!
//! ```text
//!  writer's schema ─┐            once                                for each event
//!  reader's SCHEMA ─┴─► Evolution: a plan of steps ─► bytes ─► Decode::evolve ─► value
//! ```
//!
//! A plan is an arena of steps, one for each pair of types that meet. Where both are written alike, a step says so, and the type's own decoder
//! runs from there on; else fields are passed over, found in another place or taken from their defaults, numbers promoted, symbols and branches
//! translated. What only some values cannot be read as fails when such a value arrives, with the field and the reason.

#[cfg(feature = "evolution")]
mod compile;
mod error;
#[cfg(feature = "evolution")]
mod evolve;
mod fields;
#[cfg(feature = "evolution")]
mod known;
#[cfg(feature = "evolution")]
mod peek;
#[cfg_attr(not(feature = "evolution"), expect(dead_code, reason = "plans are made with the feature alone"))]
mod plan;
#[cfg_attr(not(feature = "evolution"), expect(dead_code, reason = "plans are made with the feature alone"))]
mod skip;
mod step;
#[cfg(all(test, feature = "evolution"))]
mod tests;
mod writers;

pub use error::EvolutionError;
#[cfg(feature = "evolution")]
pub use evolve::Evolution;
#[cfg(feature = "evolution")]
pub use peek::{Peek, PeekError, Peeked, TopicPeek};
pub(crate) use plan::Number;
pub use step::Step;
pub use writers::Writers;
pub(crate) use writers::{Names, Writer};
