//! Whether a default is a value of its type, and what it is written as.

use std::collections::HashSet;

use crate::avro::Json;
use crate::avro::meant::{self, bytes, decimal};
use crate::collections::ByType;
use crate::model::{FixedLogical, Logical, Model, Named, Record, Type, TypeId};
use crate::nearest::nearest;

/// Deeper than this a default value does not end.
pub(super) const DEFAULT_DEPTH: usize = 64;

/// Where a logical type stands.
#[derive(Debug, Clone)]
pub(super) struct Spot {
    /// The record, or the fixed that has it itself.
    pub(super) named: TypeId,
    /// The place of the record's field.
    pub(super) field: usize,
    /// The way down its type: the place of a union's branch, 0 into anything else.
    pub(super) below: Vec<usize>,
}

impl Spot {
    pub(super) fn text(&self) -> String {
        let below: Vec<String> = self.below.iter().map(usize::to_string).collect();
        format!("{}.{}:{}", self.named.index(), self.field, below.join("."))
    }
}

/// The logical types that are found to be contradicted.
pub(super) struct Meanings {
    /// Where the walk is.
    pub(super) spot: Spot,
    /// Where a value is none of the meaning, and why.
    pub(super) ignored: Vec<(Spot, String)>,
}

/// Why a default is refused.
pub(super) enum Refusal {
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

pub(super) struct Walk<'a, 'm> {
    pub(super) model: &'m Model,
    pub(super) symbols: &'a mut ByType<HashSet<&'m str>>,
    /// How many values may yet be looked at.
    pub(super) left: usize,
    /// What those that were are written as: in `Default`, and in the builder.
    pub(super) code: usize,
    /// Where what is below a logical type is enough: which are ignored then.
    pub(super) meanings: Option<&'a mut Meanings>,
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
    pub(super) fn matches(&mut self, ty: &Type, json: &Json, depth: usize) -> Result<(), Refusal> {
        if depth > DEFAULT_DEPTH {
            return Err(Refusal::TooDeep);
        }
        self.look_at(1 + json.as_str().map_or(0, str::len) / 256)?;
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
            Type::Logical(logical @ (Logical::Uuid | Logical::Decimal { .. } | Logical::BigDecimal)) => {
                let is_below = match logical {
                    Logical::Uuid => json.as_str().is_some(),
                    _ => bytes(json).is_ok(),
                };
                self.meant(meant::logical(*logical, json), is_below, None)
            }
            Type::Long | Type::Logical(_) => match json {
                Json::Int(_) => Ok(()),
                Json::Large(_) => Err("it does not fit 64 bits".to_owned().into()),
                _ => wrong("a whole number"),
            },
            Type::Array(inner) => match json {
                Json::Array(items) => items.iter().try_for_each(|item| self.below(0, inner, item, depth)),
                _ => wrong("an array"),
            },
            Type::Map(inner) => match json {
                Json::Object(entries) => entries.iter().try_for_each(|(_, value)| self.below(0, inner, value, depth)),
                _ => wrong("an object"),
            },
            Type::Nullable { inner, .. } => {
                if *json == Json::Null {
                    Ok(())
                } else {
                    self.below(0, inner, json, depth)
                }
            }
            Type::Union(union) => self.branches(&union.branches, json, depth),
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
                    (bytes, Some(FixedLogical::Decimal { precision, .. })) => self.meant(decimal(precision, &bytes), true, Some(*id)),
                    _ => Ok(()),
                },
                (Named::Record(record), Json::Object(entries)) => self.record(*id, record, entries, depth),
                (Named::Enum(_), _) => wrong("a symbol, as a string"),
                (Named::Record(_), _) => wrong("an object"),
            },
        }
    }

    /// What is compared many times over counts for more than a value.
    fn look_at(&mut self, values: usize) -> Result<(), Refusal> {
        self.left = self.left.checked_sub(values).ok_or(Refusal::TooMany)?;
        Ok(())
    }

    /// A value below another in a field's type.
    fn below(&mut self, place: usize, ty: &Type, json: &Json, depth: usize) -> Result<(), Refusal> {
        if let Some(meanings) = &mut self.meanings {
            meanings.spot.below.push(place);
        }
        let matched = self.matches(ty, json, depth + 1);
        if let Some(meanings) = &mut self.meanings {
            meanings.spot.below.pop();
        }
        matched
    }

    /// What a logical type says of a value that what is below it has, or has not.
    fn meant(&mut self, said: Result<(), String>, is_below: bool, fixed: Option<TypeId>) -> Result<(), Refusal> {
        match (said, &mut self.meanings) {
            (Err(reason), Some(meanings)) if is_below => {
                let mut spot = meanings.spot.clone();
                if let Some(named) = fixed {
                    let (field, below) = (0, Vec::new());
                    spot = Spot { named, field, below };
                }
                meanings.ignored.push((spot, reason));
                Ok(())
            }
            (said, _) => Ok(said?),
        }
    }

    fn ignored(&self) -> usize {
        self.meanings.as_ref().map_or(0, |meanings| meanings.ignored.len())
    }

    /// Takes back what was ignored for what is no value after all.
    fn ignore_again(&mut self, before: usize) {
        if let Some(meanings) = &mut self.meanings {
            meanings.ignored.truncate(before);
        }
    }

    /// The first branch that has the value; before one of which a meaning is ignored, any that has it as it is meant.
    fn branches(&mut self, branches: &[Type], json: &Json, depth: usize) -> Result<(), Refusal> {
        let meanings = self.meanings.take();
        let strictly = self.first_of(branches, json, depth);
        self.meanings = meanings;
        match strictly {
            Err(Refusal::Mismatch(_)) if self.meanings.is_some() => self.first_of(branches, json, depth),
            done => done,
        }
    }

    fn first_of(&mut self, branches: &[Type], json: &Json, depth: usize) -> Result<(), Refusal> {
        let before = self.ignored();
        for (place, branch) in branches.iter().enumerate() {
            match self.below(place, branch, json, depth) {
                Err(Refusal::Mismatch(_)) => {}
                done => return done,
            }
            self.ignore_again(before);
        }
        Err("no branch of the union has such a value".to_owned().into())
    }

    fn record(&mut self, id: TypeId, record: &Record, entries: &[(String, Json)], depth: usize) -> Result<(), Refusal> {
        // Each of its fields is looked for, among all that is stated.
        self.look_at((record.fields.len() + entries.len()) / 16)?;
        let values = record
            .values(entries)
            .map_err(|unknown| format!("the record has no field `{unknown}`"))?;
        for (place, (field, stated)) in record.fields.iter().zip(values).enumerate() {
            let inner = Spot {
                named: id,
                field: place,
                below: Vec::new(),
            };
            let outer = self.meanings.as_mut().map(|meanings| std::mem::replace(&mut meanings.spot, inner));
            let before = self.ignored();
            let matched = match (stated, &field.default) {
                (Some(json), _) => self.matches(&field.ty, json, depth + 1).map_err(|refusal| match refusal {
                    Refusal::Mismatch(why) => format!("{}: {why}", field.name.avro).into(),
                    other => other,
                }),
                (None, Some(default)) => match self.matches(&field.ty, default, depth + 1) {
                    // It is reported at the field whose default it is.
                    Err(Refusal::Mismatch(_)) => {
                        self.ignore_again(before);
                        Ok(())
                    }
                    done => done,
                },
                (None, None) => Err(format!("it lacks `{}`, which has no default of its own", field.name.avro).into()),
            };
            if let (Some(meanings), Some(outer)) = (&mut self.meanings, outer) {
                meanings.spot = outer;
            }
            matched?;
        }
        Ok(())
    }
}
