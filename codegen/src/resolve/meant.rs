//! Logical types that a default gives another value: others write such values, too, and the types have the meaning no more.

use std::collections::HashSet;

use crate::avro::Json;
use crate::avro::meant::{bytes, decimal, logical};
use crate::diagnostic::{Collector, Diagnostic};
use crate::model::{Field, Fixed, FixedLogical, Logical, Named, Record, Type, TypeId};

/// How much of a default is looked at: values, and the fields and symbols that they are compared with. One that is larger is refused where defaults
/// are checked, or nearly so large.
const MOST: usize = 100_000;

/// Takes the meaning from each type that a default has no value of, with a warning.
pub(super) fn settle(types: &mut [Named], diagnostics: &mut Collector) {
    let (mut known, mut found) = (HashSet::new(), Vec::new());
    for (index, named) in types.iter().enumerate() {
        let Named::Record(record) = named else { continue };
        for (place, field) in record.fields.iter().enumerate() {
            let Some(default) = &field.default else { continue };
            let mut walk = Walk {
                types,
                field,
                spot: Spot::of_field(index, place),
                left: MOST,
                known: &mut known,
                found: &mut found,
            };
            walk.value(&field.ty, default);
        }
    }
    for Contradiction { spot, warning } in found {
        spot.ignore(types);
        diagnostics.push(warning);
    }
}

/// Where a logical type stands.
#[derive(Clone)]
struct Spot {
    /// The place of the record, or of the fixed that has it itself.
    named: usize,
    /// The place of the record's field.
    field: usize,
    /// The way down its type: the place of a union's branch, 0 into anything else.
    below: Vec<usize>,
}

impl Spot {
    fn of_field(named: usize, field: usize) -> Self {
        let below = Vec::new();
        Self { named, field, below }
    }

    fn text(&self) -> String {
        let below: Vec<String> = self.below.iter().map(usize::to_string).collect();
        format!("{}.{}:{}", self.named, self.field, below.join("."))
    }

    fn ignore(&self, types: &mut [Named]) {
        match &mut types[self.named] {
            Named::Fixed(fixed) => fixed.logical = None,
            Named::Record(record) => {
                let ty = self.below.iter().fold(&mut record.fields[self.field].ty, |ty, place| match ty {
                    Type::Array(inner) | Type::Map(inner) | Type::Nullable { inner, .. } => inner,
                    Type::Union(union) => &mut union.branches[*place],
                    other => other,
                });
                if let Some(below) = primitive(ty) {
                    *ty = below;
                }
            }
            Named::Enum(_) => {}
        }
    }
}

/// What is below a logical type that texts and bytes of another meaning are written as.
fn primitive(ty: &Type) -> Option<Type> {
    match ty {
        Type::Logical(Logical::Uuid) => Some(Type::String),
        Type::Logical(Logical::Decimal { .. } | Logical::BigDecimal) => Some(Type::Bytes),
        _ => None,
    }
}

/// A logical type of which a default has no value.
struct Contradiction {
    spot: Spot,
    warning: Diagnostic,
}

struct Walk<'a> {
    types: &'a [Named],
    /// The field whose default it is.
    field: &'a Field,
    /// Where the walk is.
    spot: Spot,
    /// How much more is looked at.
    left: usize,
    /// What is in `found`: many values may say the same.
    known: &'a mut HashSet<String>,
    found: &'a mut Vec<Contradiction>,
}

impl Walk<'_> {
    fn looks_at(&mut self, count: usize) -> bool {
        let left = self.left.checked_sub(count);
        self.left = left.unwrap_or_default();
        left.is_some()
    }

    fn value(&mut self, ty: &Type, json: &Json) {
        if !self.looks_at(1) {
            return;
        }
        match (ty, json) {
            (Type::Logical(meaning), _) => {
                let is_below = match meaning {
                    Logical::Uuid => json.as_str().is_some(),
                    Logical::Decimal { .. } | Logical::BigDecimal => bytes(json).is_ok(),
                    _ => false,
                };
                match logical(*meaning, json) {
                    Err(reason) if is_below => self.push(self.spot.clone(), reason),
                    _ => {}
                }
            }
            (Type::Array(inner), Json::Array(items)) => items.iter().for_each(|item| self.below(0, inner, item)),
            (Type::Map(inner), Json::Object(entries)) => entries.iter().for_each(|(_, value)| self.below(0, inner, value)),
            (Type::Nullable { inner, .. }, _) => self.below(0, inner, json),
            (Type::Union(union), _) => match union.branches.iter().position(|branch| self.may_take(branch, json)) {
                Some(place) => self.below(place, &union.branches[place], json),
                // Only a branch whose meaning is ignored can.
                None => {
                    for (place, branch) in union.branches.iter().enumerate() {
                        self.below(place, branch, json);
                    }
                }
            },
            (Type::Named(id) | Type::Boxed(id), _) => match (&self.types[id.index()], json) {
                (Named::Record(record), Json::Object(entries)) => self.record(*id, record, entries),
                (Named::Fixed(fixed), _) => {
                    if let Some(reason) = of_fixed(fixed, json) {
                        self.push(Spot::of_field(id.index(), 0), reason);
                    }
                }
                _ => {}
            },
            _ => {}
        }
    }

    fn push(&mut self, spot: Spot, reason: String) {
        const HELP: &str = "mend the default, or leave it out; or take the logical type away, where readers have to take such values";
        if !self.known.insert(spot.text()) {
            return;
        }
        let (field, origin) = (&self.field.name.avro, self.field.origin.child("default"));
        let warn = |what: String| Diagnostic::warning("KE0110", &origin, what).label(reason).help(HELP);
        let holds = format!("is ignored: the default of `{field}` holds what is no value of it");
        let warning = match &self.types[spot.named] {
            Named::Record(record) => match &record.fields[spot.field] {
                own if own.origin == self.field.origin => warn(format!(
                    "the logical type of `{field}` is ignored: its own default is no value of it"
                )),
                other => warn(format!(
                    "the logical type of `{}` in `{}` {holds}",
                    other.name.avro,
                    record.name.full()
                ))
                .also(&other.origin.child("type"), "what is ignored"),
            },
            other => warn(format!("the logical type of `{}` {holds}", other.name().full()))
                .also(&other.origin().child("logicalType"), "what is ignored"),
        };
        self.found.push(Contradiction { spot, warning });
    }

    fn below(&mut self, place: usize, ty: &Type, json: &Json) {
        self.spot.below.push(place);
        self.value(ty, json);
        self.spot.below.pop();
    }

    /// What a default states of a record's fields; the rest is theirs.
    fn record(&mut self, id: TypeId, record: &Record, entries: &[(String, Json)]) {
        if !self.looks_at(record.fields.len()) {
            return;
        }
        // A key that is no field's is refused elsewhere.
        let Ok(values) = record.values(entries) else { return };
        for (place, (field, stated)) in record.fields.iter().zip(values).enumerate() {
            let Some(json) = stated else { continue };
            let outer = std::mem::replace(&mut self.spot, Spot::of_field(id.index(), place));
            self.value(&field.ty, json);
            self.spot = outer;
        }
    }

    /// Whether a branch takes a default as it is, as far as its kind shows.
    fn may_take(&mut self, branch: &Type, json: &Json) -> bool {
        match branch {
            Type::Null => *json == Json::Null,
            Type::Boolean => matches!(json, Json::Bool(_)),
            Type::String => json.as_str().is_some(),
            Type::Bytes => bytes(json).is_ok(),
            Type::Logical(meaning @ (Logical::Uuid | Logical::Decimal { .. } | Logical::BigDecimal)) => logical(*meaning, json).is_ok(),
            Type::Int | Type::Long | Type::Float | Type::Double | Type::Logical(_) => json.as_f64().is_some(),
            Type::Array(_) => matches!(json, Json::Array(_)),
            Type::Map(_) => matches!(json, Json::Object(_)),
            Type::Named(id) | Type::Boxed(id) => match (&self.types[id.index()], json) {
                (Named::Record(record), Json::Object(entries)) => self.looks_at(record.fields.len()) && record.values(entries).is_ok(),
                (Named::Enum(enumeration), Json::String(text)) => {
                    let symbols = &enumeration.symbols;
                    self.looks_at(symbols.len()) && symbols.iter().any(|symbol| symbol.avro == *text)
                }
                (Named::Fixed(fixed), _) => bytes(json).is_ok_and(|bytes| bytes.len() == fixed.size) && of_fixed(fixed, json).is_none(),
                _ => false,
            },
            Type::Nullable { .. } | Type::Union(_) | Type::Broken => false,
        }
    }
}

/// Why a default of a fixed is no value of its meaning; nothing where it is one, or none of the fixed either.
fn of_fixed(fixed: &Fixed, json: &Json) -> Option<String> {
    let Some(FixedLogical::Decimal { precision, .. }) = fixed.logical else {
        return None;
    };
    let bytes = bytes(json).ok().filter(|bytes| bytes.len() == fixed.size)?;
    decimal(precision, &bytes).err()
}
