//! What holds for a step by all that it leads to, though steps may lead back to themselves.

use super::step::{RecordStep, Step, StepId};

/// Makes [`Step::AsIs`] of all that the reader's own decoder reads.
///
/// Recursion is alike unless something in it is not: all that may be is taken to be, until nothing speaks against it any more.
pub(super) fn simplify(steps: &mut [Step]) {
    let mut alike = vec![true; steps.len()];
    settle(steps, &mut alike, |step, alike| match step {
        Step::AsIs => true,
        Step::Each(inner) => alike[inner.index()],
        Step::Record(record) => is_in_order(record) && record.fields.iter().flatten().all(|(_, step)| alike[step.index()]),
        // Of a union with more branches the reader's decoder would read an index that the writer's has not.
        Step::Branches { steps: branches, read } => {
            let is_branch = |(place, branch): (usize, &StepId)| is_branch(steps, *branch, place, alike);
            *read == Some(branches.len()) && branches.iter().enumerate().all(is_branch)
        }
        // A union's index stands before it, which the writer has not written.
        Step::Into { .. } | Step::Narrowed(_) | Step::Promote(_) | Step::Symbols(_) | Step::Fail(_) => false,
    });
    for (step, alike) in steps.iter_mut().zip(alike) {
        if alike {
            *step = Step::AsIs;
        }
    }
}

/// Of each step, whether no value that is met there can be read.
pub(super) fn never(steps: &[Step]) -> Vec<bool> {
    let mut some = vec![true; steps.len()];
    settle(steps, &mut some, |step, some| match step {
        Step::Fail(_) => false,
        Step::Record(record) => record.lacking.is_empty() && record.fields.iter().flatten().all(|(_, step)| some[step.index()]),
        Step::Symbols(symbols) => symbols.iter().any(Option::is_some),
        Step::Into { step, .. } => some[step.index()],
        Step::Branches { steps, .. } => steps.iter().any(|branch| some[branch.index()]),
        // A collection may be empty.
        Step::Each(_) | Step::AsIs | Step::Narrowed(_) | Step::Promote(_) => true,
    });
    some.into_iter().map(|some| !some).collect()
}

/// Takes back what does not hold, until all holds.
fn settle(steps: &[Step], holds: &mut [bool], rule: impl Fn(&Step, &[bool]) -> bool) {
    loop {
        let mut changed = false;
        // A named type's step stands before those that it leads to: backwards, most is settled in one round.
        for (place, step) in steps.iter().enumerate().rev() {
            if holds[place] && !rule(step, holds) {
                holds[place] = false;
                changed = true;
            }
        }
        // Each round but the last takes at least one back.
        if !changed {
            break;
        }
    }
}

/// Whether all fields of both are there, in one order.
fn is_in_order(record: &RecordStep) -> bool {
    let in_place = |(place, field): (usize, &Option<(usize, StepId)>)| field.as_ref().is_some_and(|(reader, _)| *reader == place);
    record.defaults.is_empty() && record.lacking.is_empty() && record.fields.iter().enumerate().all(in_place)
}

fn is_branch(steps: &[Step], id: StepId, place: usize, alike: &[bool]) -> bool {
    matches!(&steps[id.index()], Step::Into { branch, step } if *branch == place && alike[step.index()])
}
