//! A field's default beside its type.

use std::collections::HashSet;

use super::size::Most;
use crate::avro::Json;
use crate::avro::meant::{self, bytes, decimal};
use crate::collections::ByType;
use crate::diagnostic::{Collector, Diagnostic, nearest};
use crate::limits;
use crate::model::{Field, FixedLogical, Logical, Model, Named, Type};

/// Deeper than this a default value does not end.
const DEFAULT_DEPTH: usize = 64;

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
}

impl<'m> Defaults<'m> {
    pub(super) fn new(model: &'m Model) -> Self {
        Self {
            model,
            symbols: ByType::default(),
            code: 0,
            most: (0, None),
        }
    }

    /// A default is a value of the field's type (specification, "Complex Types", records).
    pub(super) fn check(&mut self, field: &Field, diagnostics: &mut Collector) {
        let Some(json) = &field.default else { return };
        // It is refused in any case.
        if self.code > limits::CODE_BYTES {
            return;
        }
        let (matched, code) = self.matches(&field.ty, json);
        self.code += code;
        if code > self.most.0 {
            self.most = (code, Some((field.name.avro.clone(), field.origin.child("default"))));
        }
        match matched {
            Ok(()) => self.check_branch(field, json, diagnostics),
            Err(refusal) => refuse(field, json, refusal, diagnostics),
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
        if self.matches(first, json).0.is_err() {
            let warning = format!("the default of `{}` is not of the union's first branch", field.name.avro);
            let help = "Avro 1.12 takes a default of any branch; readers before it want the first: put that branch first";
            diagnostics.push(Diagnostic::warning("KE0112", &field.origin.child("default"), warning).help(help));
        }
    }

    /// Whether a default is of a type, and what it is written as, in bytes.
    fn matches(&mut self, ty: &Type, json: &Json) -> (Result<(), Refusal>, usize) {
        let mut walk = Walk {
            model: self.model,
            symbols: &mut self.symbols,
            left: DEFAULT_VALUES,
            code: 0,
        };
        (walk.matches(ty, json, 0), walk.code)
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

/// Why a default is refused.
enum Refusal {
    /// It is not of the type; another branch of a union may take it.
    Mismatch(String),
    TooDeep,
    TooMany,
}

impl From<String> for Refusal {
    fn from(reason: String) -> Self {
        Self::Mismatch(reason)
    }
}

struct Walk<'a, 'm> {
    model: &'m Model,
    symbols: &'a mut ByType<HashSet<&'m str>>,
    /// How many values may yet be looked at.
    left: usize,
    /// What those that were are written as: in `Default`, and in the builder.
    code: usize,
}

fn floating(json: &Json) -> Result<(), Refusal> {
    match json {
        number if number.as_f64().is_some() => Ok(()),
        Json::Large(_) => Err(Refusal::Mismatch("it is beyond the numbers of 64 bits".to_owned())),
        Json::String(_) => Err(Refusal::Mismatch(
            "a number is wanted, not a string: \"NaN\", \"Infinity\" and \"-Infinity\" stand where the field itself is a float or a double"
                .to_owned(),
        )),
        other => Err(Refusal::Mismatch(format!("a number is wanted, not {}", other.kind()))),
    }
}

impl Walk<'_, '_> {
    fn matches(&mut self, ty: &Type, json: &Json, depth: usize) -> Result<(), Refusal> {
        if depth > DEFAULT_DEPTH {
            return Err(Refusal::TooDeep);
        }
        self.left = self.left.checked_sub(1).ok_or(Refusal::TooMany)?;
        self.code += 100 + 4 * json.as_str().map_or(0, str::len);
        let wrong = |wanted: &str| Err(Refusal::Mismatch(format!("{wanted} is wanted, not {}", json.kind())));
        match ty {
            Type::Broken => Ok(()),
            Type::Null => {
                if *json == Json::Null {
                    Ok(())
                } else {
                    wrong("null")
                }
            }
            Type::Boolean => {
                if matches!(json, Json::Bool(_)) {
                    Ok(())
                } else {
                    wrong("a boolean")
                }
            }
            Type::Int | Type::Logical(Logical::Date | Logical::TimeMillis) => match json {
                Json::Int(value) if i32::try_from(*value).is_ok() => Ok(()),
                Json::Int(_) | Json::Large(_) => Err("it does not fit 32 bits".to_owned().into()),
                _ => wrong("a whole number"),
            },
            Type::Float => match json {
                number if number.as_f64().is_some() && meant::single(number).is_none() => {
                    Err("it is beyond the numbers of 32 bits".to_owned().into())
                }
                number => floating(number),
            },
            Type::Double => floating(json),
            Type::String => {
                if json.as_str().is_some() {
                    Ok(())
                } else {
                    wrong("a string")
                }
            }
            Type::Bytes => Ok(bytes(json).map(|_| ())?),
            Type::Logical(logical @ (Logical::Uuid | Logical::Decimal { .. } | Logical::BigDecimal)) => Ok(meant::logical(*logical, json)?),
            Type::Long | Type::Logical(_) => match json {
                Json::Int(_) => Ok(()),
                Json::Large(_) => Err("it does not fit 64 bits".to_owned().into()),
                _ => wrong("a whole number"),
            },
            Type::Array(inner) => match json {
                Json::Array(items) => items.iter().try_for_each(|item| self.matches(inner, item, depth + 1)),
                _ => wrong("an array"),
            },
            Type::Map(inner) => match json {
                Json::Object(entries) => entries.iter().try_for_each(|(_, value)| self.matches(inner, value, depth + 1)),
                _ => wrong("an object"),
            },
            Type::Nullable { inner, .. } => {
                if *json == Json::Null {
                    Ok(())
                } else {
                    self.matches(inner, json, depth + 1)
                }
            }
            Type::Union(union) => {
                for branch in &union.branches {
                    match self.matches(branch, json, depth + 1) {
                        Err(Refusal::Mismatch(_)) => {}
                        done => return done,
                    }
                }
                Err("no branch of the union has such a value".to_owned().into())
            }
            Type::Named(id) | Type::Boxed(id) => match (self.model.named(*id), json) {
                (Named::Enum(enumeration), Json::String(symbol)) => {
                    let symbols = || enumeration.symbols.iter().map(|symbol| symbol.avro.as_str());
                    if self.symbols.or_insert_with(*id, || symbols().collect()).contains(symbol.as_str()) {
                        return Ok(());
                    }
                    let near = nearest(symbol, symbols());
                    let reason = match near {
                        Some(near) => format!("the enum has no such symbol; did you mean `{near}`?"),
                        None => "the enum has no such symbol".to_owned(),
                    };
                    Err(reason.into())
                }
                (Named::Fixed(fixed), _) => match (bytes(json)?, fixed.logical) {
                    (bytes, _) if bytes.len() != fixed.size => {
                        Err(format!("it has {} bytes, and the fixed {}", bytes.len(), fixed.size).into())
                    }
                    (bytes, Some(FixedLogical::Decimal { precision, .. })) => Ok(decimal(precision, &bytes)?),
                    _ => Ok(()),
                },
                (Named::Record(record), Json::Object(entries)) => {
                    let values = record
                        .values(entries)
                        .map_err(|unknown| format!("the record has no field `{unknown}`"))?;
                    record
                        .fields
                        .iter()
                        .zip(values)
                        .try_for_each(|(field, stated)| match (stated, &field.default) {
                            (Some(json), _) => self.matches(&field.ty, json, depth + 1).map_err(|refusal| match refusal {
                                Refusal::Mismatch(why) => format!("{}: {why}", field.name.avro).into(),
                                other => other,
                            }),
                            (None, Some(default)) => match self.matches(&field.ty, default, depth + 1) {
                                // It is reported at the field whose default it is.
                                Err(Refusal::Mismatch(_)) => Ok(()),
                                done => done,
                            },
                            (None, None) => Err(format!("it lacks `{}`, which has no default of its own", field.name.avro).into()),
                        })
                }
                (Named::Enum(_), _) => wrong("a symbol, as a string"),
                (Named::Record(_), _) => wrong("an object"),
            },
        }
    }
}
