//! What the benches share: contenders in turn, round by round, and one table of medians with ratios.

pub mod corpus;
pub mod peer;
mod report;
mod rounds;
pub mod scratch;

pub use report::{Output, Report, Scale};
pub use rounds::{Contender, Sample, cpu_time, in_turn, repeat, turns};

/// The generated code.
pub mod events {
    kafka_event::include_events!();
}
