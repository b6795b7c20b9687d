//! Versions of a schema, and what a new one must be to those before it.

use crate::diagnostic::Report;
use crate::load::Contract;
use crate::model::{Type, TypeId};

use super::resolver::{self, Match};
use super::step::Resolution;

/// A version of a schema: a type of a contract.
#[derive(Debug, Clone, Copy)]
pub struct Version<'a> {
    /// What it was loaded with.
    pub contract: &'a Contract,
    /// The type.
    pub id: TypeId,
}

impl<'a> Version<'a> {
    /// The type with a full name; `None` where the contract has none.
    #[must_use]
    pub fn named(contract: &'a Contract, full_name: &str) -> Option<Self> {
        let (id, _) = contract.model.find(full_name)?;
        Some(Self { contract, id })
    }
}

impl Version<'_> {
    /// How a writer's type is this one by its name; `None` where it is another, or has none.
    #[must_use]
    pub fn matches(self, writer: Version<'_>) -> Option<Match> {
        match (self.contract.model.ty(self.id), writer.contract.model.ty(writer.id)) {
            (Type::Named(read), Type::Named(written)) => {
                resolver::matches(self.contract.model.named(read), writer.contract.model.named(written))
            }
            _ => None,
        }
    }
}

/// What a new version must be to those before it; the words are those of Confluent's Schema Registry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Compatibility {
    /// It reads what the last one wrote.
    Backward,
    /// It reads what any before it wrote.
    BackwardTransitive,
    /// The last one reads what it writes.
    Forward,
    /// All before it read what it writes.
    ForwardTransitive,
    /// Both of the last one.
    Full,
    /// Both of all.
    FullTransitive,
}

/// Who reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Consumers {
    /// Those with the new version, what producers with the old one have written.
    New,
    /// Those with the old version, what producers with the new one write.
    Old,
}

/// What was found between a new version and one before it: never nothing.
#[derive(Debug, Clone)]
pub struct Finding {
    /// Which of the versions before it, by its place.
    pub version: usize,
    /// Who reads what the other wrote.
    pub consumers: Consumers,
    /// Every reason, the reader's place first, with warnings.
    pub report: Report,
}

impl Finding {
    /// Whether something cannot be read. Else there are warnings alone: all can be, and somebody should look.
    #[must_use]
    pub fn is_breaking(&self) -> bool {
        self.report.has_errors()
    }
}

/// What was found between a new version and those before it.
#[derive(Debug, Clone)]
#[must_use = "it says whether anything breaks"]
pub struct Verdict {
    /// Of each pair of versions of which there is something to say, those that only warn among them; the oldest version first.
    pub findings: Vec<Finding>,
}

impl Verdict {
    /// Whether the new version is to those before it what was asked for.
    #[must_use]
    pub fn is_compatible(&self) -> bool {
        self.breaking().next().is_none()
    }

    /// The findings of pairs where something cannot be read.
    pub fn breaking(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.is_breaking())
    }
}

impl Compatibility {
    fn is_transitive(self) -> bool {
        matches!(self, Self::BackwardTransitive | Self::ForwardTransitive | Self::FullTransitive)
    }

    fn consumers(self) -> &'static [Consumers] {
        match self {
            Self::Backward | Self::BackwardTransitive => &[Consumers::New],
            Self::Forward | Self::ForwardTransitive => &[Consumers::Old],
            Self::Full | Self::FullTransitive => &[Consumers::New, Consumers::Old],
        }
    }

    /// Whether a new version is this to the versions before it, which come the oldest first; with every reason and every warning.
    pub fn check(self, before: &[Version<'_>], new: Version<'_>) -> Verdict {
        let first = if self.is_transitive() { 0 } else { before.len().saturating_sub(1) };
        let mut findings = Vec::new();
        for (version, old) in before.iter().enumerate().skip(first) {
            for &consumers in self.consumers() {
                let report = match consumers {
                    Consumers::New => Resolution::of(new, *old).report,
                    Consumers::Old => Resolution::of(*old, new).report,
                };
                if !report.diagnostics.is_empty() {
                    findings.push(Finding {
                        version,
                        consumers,
                        report,
                    });
                }
            }
        }
        Verdict { findings }
    }
}
