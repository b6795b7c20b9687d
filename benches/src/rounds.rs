//! Contenders in turn: what disturbs the machine disturbs them all.

use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

/// What a round of one contender took.
#[derive(Debug, Clone, Copy)]
pub struct Sample {
    /// By the clock.
    pub wall: Duration,
    /// Of the process, all threads together, where it is known.
    pub cpu: Option<Duration>,
    /// For how many units of work.
    pub units: u64,
}

/// Something to be measured beside others.
pub struct Contender<'a> {
    pub(crate) name: String,
    round: Box<dyn FnMut() -> Sample + 'a>,
    pub(crate) samples: Vec<Sample>,
    pub(crate) allocated: Option<Allocated>,
}

/// What one unit of work takes from the allocator.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Allocated {
    /// How often, where it is known.
    pub count: Option<u64>,
    /// How much, in bytes.
    pub bytes: u64,
}

impl<'a> Contender<'a> {
    /// A contender whose rounds are this function's calls.
    pub fn new(name: impl Into<String>, round: impl FnMut() -> Sample + 'a) -> Self {
        Self {
            name: name.into(),
            round: Box::new(round),
            samples: Vec::new(),
            allocated: None,
        }
    }

    /// A contender that was measured elsewhere.
    pub fn measured(name: impl Into<String>, samples: Vec<Sample>, allocated: Option<Allocated>) -> Self {
        let mut contender = Self::new(name, || unreachable!("its rounds are over"));
        (contender.samples, contender.allocated) = (samples, allocated);
        contender
    }

    /// Says what one unit of its work allocates, which was counted apart.
    pub fn allocates(&mut self, allocated: Allocated) {
        self.allocated = Some(allocated);
    }

    /// What it is called.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The median of its rounds, in nanoseconds a unit.
    #[must_use]
    pub fn median_ns(&self) -> f64 {
        median(&self.samples, Sample::wall_ns)
    }
}

impl Sample {
    /// The same by the processor's clock alone, for work of one thread: what others take of a shared machine is not in it.
    #[must_use]
    pub fn by_cpu(self) -> Self {
        Self {
            wall: self.cpu.unwrap_or(self.wall),
            ..self
        }
    }

    /// Nanoseconds a unit, by the clock.
    pub(crate) fn wall_ns(&self) -> f64 {
        self.wall.as_nanos() as f64 / self.units as f64
    }
}

/// The middle of what samples have.
pub(crate) fn median(samples: &[Sample], of: impl Fn(&Sample) -> f64) -> f64 {
    let mut values: Vec<_> = samples.iter().map(of).collect();
    values.sort_by(f64::total_cmp);
    match values.len() {
        0 => f64::NAN,
        count if count % 2 == 1 => values[count / 2],
        count => f64::midpoint(values[count / 2 - 1], values[count / 2]),
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
    batch(units, |units| (0..units).for_each(|_| work()))
}

/// Measures work that repeats itself as often as it is told.
pub fn batch(units: u64, work: impl FnOnce(u64)) -> Sample {
    let (begun, cpu) = (Instant::now(), cpu_time());
    work(units);
    Sample {
        wall: begun.elapsed(),
        cpu: Some(cpu_time().saturating_sub(cpu)),
        units,
    }
}

/// How often work is to be done for a round to take so long.
pub fn units_for(round: Duration, mut work: impl FnMut(u64)) -> u64 {
    let mut units = 1;
    loop {
        let begun = Instant::now();
        work(units);
        let taken = begun.elapsed().max(Duration::from_nanos(1));
        // Over a quarter of it is known well enough, and less only of what is no longer measured.
        if taken >= round / 4 || units >= 1 << 32 {
            let fitting = units as f64 * round.as_secs_f64() / taken.as_secs_f64();
            return (fitting as u64).max(1);
        }
        units *= 2;
    }
}

/// What the process has used so far.
#[must_use]
pub fn cpu_time() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    let seconds = u64::try_from(time.tv_sec).unwrap_or(0);
    Duration::new(seconds, u32::try_from(time.tv_nsec).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_of_an_even_count_is_between_the_two() {
        let sample = |nanos| Sample {
            wall: Duration::from_nanos(nanos),
            cpu: None,
            units: 1,
        };
        assert!((median(&[sample(4), sample(1), sample(3), sample(100)], Sample::wall_ns) - 3.5).abs() < f64::EPSILON);
        assert!((median(&[sample(4), sample(1), sample(3)], Sample::wall_ns) - 3.0).abs() < f64::EPSILON);
    }

    #[test]
    fn work_is_repeated_until_it_takes_a_round() {
        let mut done = 0;
        let units = units_for(Duration::from_millis(8), |units| {
            done += units;
            std::thread::sleep(Duration::from_micros(500) * u32::try_from(units).unwrap());
        });
        // Sleep lasts longer than it is asked to, never less.
        assert!((1..=16).contains(&units), "{units}");
        assert!(done < 16, "{done}");
    }
}
