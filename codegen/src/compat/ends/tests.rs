//! Steps as no two schemas need lead to them: what holds of each is by its rule alone.

use super::*;
use crate::compat::{Promotion, StepId};
use crate::model::Model;

fn id(place: usize) -> StepId {
    StepId::new(place)
}

fn record(fields: &[usize]) -> Step {
    Step::Record(RecordStep {
        writer: Model::type_id(0),
        reader: Model::type_id(0),
        fields: fields.iter().enumerate().map(|(place, step)| Some((place, id(*step)))).collect(),
        defaults: Vec::new(),
        lacking: Vec::new(),
    })
}

fn union(branches: &[usize]) -> Step {
    Step::Branches {
        steps: branches.iter().map(|step| id(*step)).collect(),
        read: Some(branches.len()),
    }
}

/// Each step holds the one before it, and the first cannot be read. In rounds over all of them, of which each settles one, this would not end: a writer's
/// schema may be from anywhere.
#[test]
fn what_one_leads_to_is_settled_at_once() {
    const STEPS: usize = 400_000;
    let links: [fn(usize) -> Step; 4] = [
        |before| record(&[before]),
        |before| record(&[before, before]),
        |before| Step::Into {
            branch: 0,
            step: id(before),
        },
        |before| union(&[before, before]),
    ];
    let chain = |from: Step| -> Vec<Step> {
        let links = (0..STEPS).map(|place| links[place % links.len()](place));
        std::iter::once(from).chain(links).collect()
    };
    assert!(never(&chain(Step::Fail("KE0601"))).iter().all(|never| *never));
    assert!(never(&chain(Step::AsIs)).iter().all(|never| !*never));
    let each = |from: Step| -> Vec<Step> {
        let links = (0..STEPS).map(|place| Step::Each(id(place)));
        std::iter::once(from).chain(links).collect()
    };
    for (from, is_alike) in [(Step::AsIs, true), (Step::Promote(Promotion::IntToLong), false)] {
        let mut steps = each(from);
        simplify(&mut steps);
        assert!(steps.iter().skip(1).all(|step| (*step == Step::AsIs) == is_alike));
    }
    // One that all branches of a union lead to, which falls with the last of them.
    let mut wide: Vec<Step> = (0..STEPS).map(|_| Step::Fail("KE0601")).collect();
    wide.push(union(&(0..STEPS).collect::<Vec<_>>()));
    assert!(never(&wide)[STEPS]);
    wide[STEPS / 2] = Step::AsIs;
    assert!(!never(&wide)[STEPS]);
}

/// By the rules as they are said: what may be is taken to be, until nothing speaks against it.
fn by_rounds(steps: &[Step], rule: impl Fn(&Step, &[bool]) -> bool) -> Vec<bool> {
    let mut holds = vec![true; steps.len()];
    loop {
        let next: Vec<bool> = steps.iter().zip(&holds).map(|(step, held)| *held && rule(step, &holds)).collect();
        if next == holds {
            return holds;
        }
        holds = next;
    }
}

#[test]
fn what_holds_is_what_the_rules_say() {
    let mut state = 1_u64;
    let mut random = move |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let (mut alike_ones, mut never_ones, mut all) = (0, 0, 0);
    for _ in 0..5_000 {
        let length = 1 + random(12);
        let steps: Vec<Step> = (0..length)
            .map(|_| {
                let parts: Vec<usize> = (0..random(4)).map(|_| random(length)).collect();
                match random(12) {
                    0..3 => Step::AsIs,
                    3 => Step::Fail("KE0601"),
                    4 => Step::Symbols(
                        vec![None; random(2)]
                            .into_iter()
                            .chain([Some(0)].into_iter().take(random(2)))
                            .collect(),
                    ),
                    5 => Step::Each(id(random(length))),
                    6..8 => Step::Into {
                        branch: random(2),
                        step: id(random(length)),
                    },
                    8..10 => union(&parts),
                    _ => record(&parts),
                }
            })
            .collect();
        let alike = by_rounds(&steps, |step, alike| match step {
            Step::AsIs => true,
            Step::Each(inner) => alike[inner.index()],
            Step::Record(record) => record.fields.iter().flatten().all(|(_, step)| alike[step.index()]),
            Step::Branches { steps: branches, .. } => branches.iter().enumerate().all(|(place, branch)| match &steps[branch.index()] {
                Step::Into { branch, step } => *branch == place && alike[step.index()],
                _ => false,
            }),
            _ => false,
        });
        let some = by_rounds(&steps, |step, some| match step {
            Step::Fail(_) => false,
            Step::Record(record) => record.fields.iter().flatten().all(|(_, step)| some[step.index()]),
            Step::Symbols(symbols) => symbols.contains(&Some(0)),
            Step::Into { step, .. } => some[step.index()],
            Step::Branches { steps, .. } => steps.iter().any(|step| some[step.index()]),
            _ => true,
        });
        let never_read = never(&steps);
        assert_eq!(never_read, some.iter().map(|some| !some).collect::<Vec<_>>(), "{steps:?}");
        let mut simple = steps.clone();
        simplify(&mut simple);
        for ((step, before), alike) in simple.iter().zip(&steps).zip(&alike) {
            assert_eq!(step, if *alike { &Step::AsIs } else { before }, "{steps:?}");
        }
        alike_ones += alike.iter().filter(|alike| **alike).count();
        never_ones += never_read.iter().filter(|never| **never).count();
        all += length;
    }
    // Neither is all there is.
    for ones in [alike_ones, never_ones] {
        assert!(all / 20 < ones && ones < all - all / 20, "{ones} of {all}");
    }
}
