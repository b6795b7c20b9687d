//! What holds for a step by all that it leads to, though steps may lead back to themselves.

#[cfg(test)]
mod tests;

use super::step::{RecordStep, Step, StepId};

/// When something holds for a step.
enum Holds {
    /// Where it does for all of these; of none, always.
    All(Vec<StepId>),
    /// Where it does for one of these; of none, never.
    Any(Vec<StepId>),
}

impl Holds {
    const ALWAYS: Self = Self::All(Vec::new());
    const NEVER: Self = Self::Any(Vec::new());
}

/// Makes [`Step::AsIs`] of all that the reader's own decoder reads.
///
/// Recursion is alike unless something in it is not.
pub(super) fn simplify(steps: &mut [Step]) {
    let alike = settle(steps, |step| match step {
        Step::AsIs => Holds::ALWAYS,
        Step::Each(inner) => Holds::All(vec![*inner]),
        Step::Record(record) if is_in_order(record) => all_fields(record),
        // Of a union with more branches the reader's decoder would read an index that the writer's has not.
        Step::Branches { steps: branches, read } if *read == Some(branches.len()) => {
            let values = branches
                .iter()
                .enumerate()
                .map(|(place, branch)| branch_value(steps, *branch, place));
            values.collect::<Option<_>>().map_or(Holds::NEVER, Holds::All)
        }
        Step::Record(_) | Step::Branches { .. } | Step::Narrowed(_) | Step::Promote(_) | Step::Symbols(_) | Step::Fail(_) => Holds::NEVER,
        // A union's index stands before it, which the writer has not written.
        Step::Into { .. } => Holds::NEVER,
    });
    for (step, alike) in steps.iter_mut().zip(alike) {
        if alike {
            *step = Step::AsIs;
        }
    }
}

/// Of each step, whether no value that is met there can be read.
pub(super) fn never(steps: &[Step]) -> Vec<bool> {
    let some = settle(steps, |step| match step {
        Step::Fail(_) => Holds::NEVER,
        Step::Record(record) if record.lacking.is_empty() => all_fields(record),
        Step::Record(_) => Holds::NEVER,
        Step::Symbols(symbols) if symbols.iter().all(Option::is_none) => Holds::NEVER,
        Step::Into { step, .. } => Holds::All(vec![*step]),
        Step::Branches { steps, .. } => Holds::Any(steps.clone()),
        // A collection may be empty.
        Step::Each(_) | Step::AsIs | Step::Narrowed(_) | Step::Promote(_) | Step::Symbols(_) => Holds::ALWAYS,
    });
    some.into_iter().map(|some| !some).collect()
}

/// For which steps something holds: all that may be is taken to be, until nothing speaks against it any more. Each step that another stands on is
/// looked at once, however far what speaks against it has come: a writer's schema is from anywhere.
fn settle(steps: &[Step], rule: impl Fn(&Step) -> Holds) -> Vec<bool> {
    let mut holds = vec![true; steps.len()];
    // Which steps stand on each, and of each how many of those that it stands on fall before it does.
    let mut holders: Vec<Vec<StepId>> = vec![Vec::new(); steps.len()];
    let mut left = Vec::with_capacity(steps.len());
    let mut fallen = Vec::new();
    for (place, step) in steps.iter().enumerate() {
        let (on, bears) = match rule(step) {
            Holds::All(on) => (on, 1),
            Holds::Any(on) => {
                let count = on.len();
                (on, count)
            }
        };
        for below in on {
            holders[below.index()].push(StepId::new(place));
        }
        if bears == 0 {
            holds[place] = false;
            fallen.push(place);
        }
        left.push(bears);
    }
    while let Some(place) = fallen.pop() {
        for holder in std::mem::take(&mut holders[place]) {
            let holder = holder.index();
            if holds[holder] {
                left[holder] -= 1;
                if left[holder] == 0 {
                    holds[holder] = false;
                    fallen.push(holder);
                }
            }
        }
    }
    holds
}

/// It holds for a record where it does for all of its fields that are read.
fn all_fields(record: &RecordStep) -> Holds {
    Holds::All(record.fields.iter().flatten().map(|(_, step)| *step).collect())
}

/// Whether all fields of both are there, in one order.
fn is_in_order(record: &RecordStep) -> bool {
    let in_place = |(place, field): (usize, &Option<(usize, StepId)>)| field.as_ref().is_some_and(|(reader, _)| *reader == place);
    record.defaults.is_empty() && record.lacking.is_empty() && record.fields.iter().enumerate().all(in_place)
}

/// What becomes of a branch's value, where it is the reader's branch of the same place.
fn branch_value(steps: &[Step], id: StepId, place: usize) -> Option<StepId> {
    match &steps[id.index()] {
        Step::Into { branch, step } if *branch == place => Some(*step),
        _ => None,
    }
}
