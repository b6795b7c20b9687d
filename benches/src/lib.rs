//! What the benches share: contenders in turn, round by round, and one table of medians with ratios.

pub mod codec;
pub mod corpus;
mod report;
mod rounds;
pub mod scratch;

pub use report::{Output, Report, Scale};
pub use rounds::{Allocated, Contender, Sample, batch, cpu_time, in_turn, repeat, turns, units_for};

/// The generated code.
pub mod events {
    kafka_event::include_events!();
}
