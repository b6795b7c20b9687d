//! Contenders in turn: what disturbs the machine disturbs them all.

use std::time::{Duration, Instant};

/// What a round of one contender took.
#[derive(Debug, Clone, Copy)]
pub struct Sample {
    /// By the clock.
    pub wall: Duration,
    /// Of the process, all threads together.
    pub cpu: Duration,
    /// For how many units of work.
    pub units: u64,
}

/// Something to be measured beside others.
pub struct Contender<'a> {
    pub(crate) name: String,
    round: Box<dyn FnMut() -> Sample + 'a>,
    pub(crate) samples: Vec<Sample>,
}

impl<'a> Contender<'a> {
    /// A contender whose rounds are this function's calls.
    pub fn new(name: impl Into<String>, round: impl FnMut() -> Sample + 'a) -> Self {
        Self {
            name: name.into(),
            round: Box::new(round),
            samples: Vec::new(),
        }
    }
}

/// Runs one round of each to warm up, then so many rounds of each in turn.
#[must_use]
pub fn in_turn<'a>(rounds: usize, mut contenders: Vec<Contender<'a>>) -> Vec<Contender<'a>> {
    for contender in &mut contenders {
        _ = (contender.round)();
    }
    turns(rounds, contenders)
}

/// So many rounds of each in turn, without one to warm up.
#[must_use]
pub fn turns<'a>(rounds: usize, mut contenders: Vec<Contender<'a>>) -> Vec<Contender<'a>> {
    for round in 0..rounds {
        // Every other round backwards, so that nobody always runs behind the same neighbour.
        let count = contenders.len();
        for at in 0..count {
            let at = if round % 2 == 0 { at } else { count - 1 - at };
            let sample = (contenders[at].round)();
            contenders[at].samples.push(sample);
        }
    }
    contenders
}

/// Measures a short piece of work by many repetitions.
pub fn repeat(units: u64, mut work: impl FnMut()) -> Sample {
    let (begun, cpu) = (Instant::now(), cpu_time());
    for _ in 0..units {
        work();
    }
    Sample {
        wall: begun.elapsed(),
        cpu: cpu_time().saturating_sub(cpu),
        units,
    }
}

/// What the process has used so far.
#[must_use]
pub fn cpu_time() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    let seconds = u64::try_from(time.tv_sec).unwrap_or(0);
    Duration::new(seconds, u32::try_from(time.tv_nsec).unwrap_or(0))
}
