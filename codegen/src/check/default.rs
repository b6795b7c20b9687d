//! A field's default beside its type.

use std::collections::HashSet;

use super::meaning::Ignored;
use super::size::Most;
use super::value::{DEFAULT_DEPTH, Meanings, Refusal, Spot, Walk};
use crate::avro::Json;
use crate::collections::ByType;
use crate::diagnostic::{Collector, Diagnostic};
use crate::limits;
use crate::model::{Field, Model, Record, Type, TypeId};

/// How many values a default may hold. Records that hold two of the next, each with the default `{}`, double it from one to the next, and all
/// of it would be written out in the generated code.
const DEFAULT_VALUES: usize = 10_000;

/// The defaults of a contract.
pub(super) struct Defaults<'m> {
    model: &'m Model,
    /// The symbols of enums that defaults name.
    symbols: ByType<HashSet<&'m str>>,
    /// What all of them are written as, in bytes, roughly.
    pub(super) code: usize,
    pub(super) most: Most,
    /// The logical types that they have no values of.
    pub(super) ignored: Ignored,
}

impl<'m> Defaults<'m> {
    pub(super) fn new(model: &'m Model) -> Self {
        Self {
            model,
            symbols: ByType::default(),
            code: 0,
            most: (0, None),
            ignored: Ignored::default(),
        }
    }

    /// A default is a value of the field's type (specification, "Complex Types", records); at least of what is below its logical types.
    pub(super) fn check(&mut self, id: TypeId, record: &Record, place: usize, diagnostics: &mut Collector) {
        let field = &record.fields[place];
        let Some(json) = &field.default else { return };
        // It is refused in any case.
        if self.code > limits::CODE_BYTES {
            return;
        }
        let (mut matched, mut code) = self.matches(&field.ty, json, None);
        let mut ignored = None;
        if let Err(Refusal::Mismatch(_)) = matched {
            let spot = Spot {
                named: id,
                field: place,
                below: Vec::new(),
            };
            let mut meanings = Meanings { spot, ignored: Vec::new() };
            let (lenient, more) = self.matches(&field.ty, json, Some(&mut meanings));
            code += more;
            if lenient.is_ok() {
                (matched, code) = (lenient, more);
                ignored = Some(meanings.ignored);
            }
        }
        self.code += code;
        if code > self.most.0 {
            self.most = (code, Some((field.name.avro.clone(), field.origin.child("default"))));
        }
        match (matched, ignored) {
            (Ok(()), None) => self.check_branch(field, json, diagnostics),
            (Ok(()), Some(ignored)) => {
                for (spot, reason) in ignored {
                    self.ignored.add(self.model, field, spot, reason, diagnostics);
                }
            }
            (Err(refusal), _) => refuse(field, json, refusal, diagnostics),
        }
    }

    /// Warns of a default that is not of a union's first branch.
    fn check_branch(&mut self, field: &Field, json: &Json, diagnostics: &mut Collector) {
        let first = match &field.ty {
            Type::Nullable { null_first: true, .. } => &Type::Null,
            Type::Nullable { inner, .. } => inner,
            Type::Union(union) => match union.branches.first() {
                Some(first) => first,
                None => return,
            },
            _ => return,
        };
        if self.matches(first, json, None).0.is_err() {
            let warning = format!("the default of `{}` is not of the union's first branch", field.name.avro);
            let help = "Avro 1.12 takes a default of any branch; readers before it want the first: put that branch first";
            diagnostics.push(Diagnostic::warning("KE0112", &field.origin.child("default"), warning).help(help));
        }
    }

    /// Whether a default is of a type, or of what is below its logical types, and what it is written as, in bytes.
    fn matches(&mut self, ty: &Type, json: &Json, meanings: Option<&mut Meanings>) -> (Result<(), Refusal>, usize) {
        let mut walk = Walk {
            model: self.model,
            symbols: &mut self.symbols,
            // The branches of a union are tried twice then.
            left: if meanings.is_some() { 4 * DEFAULT_VALUES } else { DEFAULT_VALUES },
            code: 0,
            meanings,
        };
        let matched = walk.matches(ty, json, 0);
        (matched, walk.code)
    }
}

fn refuse(field: &Field, json: &Json, refusal: Refusal, diagnostics: &mut Collector) {
    let origin = field.origin.child("default");
    let shown: String = json.to_string().chars().take(60).collect();
    let what = format!("the default {shown} of the field `{}`", field.name.avro);
    let (message, reason, help) = match refusal {
        Refusal::Mismatch(reason) => (
            format!("{what} is not a value of its type"),
            reason,
            "mend the default, or leave it out",
        ),
        Refusal::TooDeep => (
            format!("{what} never ends, or is deeper than {DEFAULT_DEPTH} values"),
            "it holds what the records in it have by default".to_owned(),
            "leave out a default between it and itself",
        ),
        Refusal::TooMany => (
            format!("{what} has more than {DEFAULT_VALUES} values"),
            "with those that the records in it have by default".to_owned(),
            "leave it out, or some of theirs",
        ),
    };
    diagnostics.push(Diagnostic::error("KE0107", &origin, message).label(reason).help(help));
}
