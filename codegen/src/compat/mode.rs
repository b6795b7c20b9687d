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

/// Who cannot read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Breaks {
    /// Consumers with the new version, on what producers with the old one have written.
    NewConsumers,
    /// Consumers with the old version, on what producers with the new one write.
    OldConsumers,
}

/// What stands between a new version and one before it.
#[derive(Debug, Clone)]
pub struct Finding {
    /// Which of the versions before it, by its place.
    pub version: usize,
    /// Who cannot read.
    pub breaks: Breaks,
    /// Every reason, the reader's place first, with warnings.
    pub report: Report,
}

impl Compatibility {
    fn is_transitive(self) -> bool {
        matches!(self, Self::BackwardTransitive | Self::ForwardTransitive | Self::FullTransitive)
    }

    fn breaks(self) -> &'static [Breaks] {
        match self {
            Self::Backward | Self::BackwardTransitive => &[Breaks::NewConsumers],
            Self::Forward | Self::ForwardTransitive => &[Breaks::OldConsumers],
            Self::Full | Self::FullTransitive => &[Breaks::NewConsumers, Breaks::OldConsumers],
        }
    }

    /// Every reason why a new version is not this to the versions before it, the oldest first; none where it is.
    #[must_use]
    pub fn check(self, before: &[Version<'_>], new: Version<'_>) -> Vec<Finding> {
        let first = if self.is_transitive() { 0 } else { before.len().saturating_sub(1) };
        let mut findings = Vec::new();
        for (version, old) in before.iter().enumerate().skip(first) {
            for &breaks in self.breaks() {
                let resolution = match breaks {
                    Breaks::NewConsumers => Resolution::of(new, *old),
                    Breaks::OldConsumers => Resolution::of(*old, new),
                };
                if !resolution.reads_all() {
                    findings.push(Finding {
                        version,
                        breaks,
                        report: resolution.report,
                    });
                }
            }
        }
        findings
    }
}
