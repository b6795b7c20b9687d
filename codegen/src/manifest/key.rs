//! A topic's key: none, a field of its records, or a record of its own, with bytes that are the same for everybody.

use toml_spanner::{Item, Value};

use super::kind;
use super::record::Records;
use super::settings::Settings;
use super::table::Table;
use crate::collections::ByType;
use crate::diagnostic::Diagnostic;
use crate::model::{FixedLogical, Ident, Key, Logical, Model, Named, Record, Type, TypeId};
use crate::nearest::nearest;
use crate::source::Origin;
use crate::words::described;

/// A key with its place.
pub(super) struct Keyed {
    pub(super) key: Key,
    pub(super) origin: Origin,
}

/// How a key is written.
enum Stated {
    None,
    Field(String),
    Record(String, Origin),
}

impl Keyed {
    /// Reads the key of a topic that carries these records.
    pub(super) fn read(
        settings: &mut Settings<'_, '_>,
        records: Records<'_>,
        table: &Table<'_>,
        carried: Option<&[TypeId]>,
    ) -> Option<Self> {
        let Some((value, origin)) = table.get("key") else {
            settings.missing(
                "key",
                "add `key = \"field\"` (messages of one value stay in order), or `key = \"none\"`",
            );
            return None;
        };
        let key = match stated(settings, table, value, &origin)? {
            Stated::None => Key::None,
            Stated::Field(path) => field(settings, records.model, carried?, &path, &origin)?,
            Stated::Record(name, place) => record(settings, records, &name, &place)?,
        };
        Some(Self { key, origin })
    }
}

fn stated(settings: &mut Settings<'_, '_>, table: &Table<'_>, value: &Item<'_>, origin: &Origin) -> Option<Stated> {
    match value.value() {
        Value::String(&"none") => Some(Stated::None),
        Value::String(path) => Some(Stated::Field((*path).to_owned())),
        Value::Table(_) => {
            let table = table.table("key", settings.diagnostics)?;
            table.only(&["field", "record"], "a key", settings.diagnostics);
            match (table.get("field"), table.get("record")) {
                (Some(_), Some((_, place))) => {
                    let help = "keep one of them: a field is part of the event, a record stands beside it";
                    settings.error("KE0402", &place, "the key says both `field` and `record`", help);
                    None
                }
                (Some(_), None) => table.string("field", settings.diagnostics).map(|(path, _)| Stated::Field(path)),
                (None, Some(_)) => table
                    .string("record", settings.diagnostics)
                    .map(|(name, place)| Stated::Record(name, place)),
                (None, None) => {
                    let help = "write `key = { field = \"…\" }` or `key = { record = \"…\" }`";
                    settings.error("KE0401", &table.origin(), "the key does not say its field or record", help);
                    None
                }
            }
        }
        _ => {
            let message = format!("`key` is a field's name, not {}", kind(value));
            let help = "write `key = \"field\"`, `key = { record = \"…\" }` or `key = \"none\"`";
            settings.error("KE0402", origin, message, help);
            None
        }
    }
}

/// A field that each record has at the same path, with the same type.
fn field(settings: &mut Settings<'_, '_>, model: &Model, carried: &[TypeId], path: &str, origin: &Origin) -> Option<Key> {
    let mut paths = Vec::new();
    let mut first: Option<(Type, Origin)> = None;
    for &id in carried {
        let (idents, ty, place) = field_of(settings, model, id, path, origin)?;
        paths.push(idents);
        match &first {
            None => first = Some((ty, place)),
            Some((known, known_place)) if *known != ty => {
                let message = format!(
                    "the key `{path}` is {} in `{}`, and {} in `{}`: their bytes would differ",
                    described(model, known),
                    model.named(carried[0]).name().full(),
                    described(model, &ty),
                    model.named(id).name().full()
                );
                let diagnostic = Diagnostic::error("KE0427", origin, message)
                    .also(&known_place.child("type"), "this type")
                    .also(&place.child("type"), "and this one");
                let help = "key the topic by a field that has one type in all of its records";
                settings.diagnostics.push(diagnostic.help(help));
                return None;
            }
            Some(_) => {}
        }
    }
    let (ty, _) = first?;
    Some(Key::Field { paths, ty })
}

/// The field at a path of a record, with its type and place.
fn field_of(settings: &mut Settings<'_, '_>, model: &Model, id: TypeId, path: &str, origin: &Origin) -> Option<(Vec<Ident>, Type, Origin)> {
    let Named::Record(mut record) = model.named(id).clone() else {
        return None;
    };
    let mut idents = Vec::new();
    let parts: Vec<&str> = path.split('.').collect();
    for (place, part) in parts.iter().enumerate() {
        let Some(field) = record.fields.iter().find(|field| field.name.avro == *part) else {
            let help = match nearest(part, record.fields.iter().map(|field| field.name.avro.as_str())) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("its fields are: {}", field_names(&record)),
            };
            let message = format!(
                "the key of `{}` names `{part}`, which `{}` does not have",
                settings.name,
                record.name.full()
            );
            let diagnostic = Diagnostic::error("KE0407", origin, message)
                .also(&record.origin, "the record is defined here")
                .help(help);
            settings.diagnostics.push(diagnostic);
            return None;
        };
        idents.push(Ident::clone(&field.name));
        if place + 1 == parts.len() {
            let ty = field.ty.clone();
            if let Err(reason) = suitable(model, &ty) {
                let message = format!("`{path}` cannot key the topic `{}`: {reason}", settings.name);
                let help = match &ty {
                    Type::Named(id) | Type::Boxed(id) if matches!(model.named(*id), Named::Record(_)) => {
                        "name one of its fields, behind a dot; or publish a record beside the event, by `key = { record = \"…\" }`"
                    }
                    _ => "key it by a string, uuid, int, long, bytes or fixed that is always there, or by `\"none\"`",
                };
                let diagnostic = Diagnostic::error("KE0408", origin, message)
                    .also(&field.origin.child("type"), "the field's type")
                    .help(help);
                settings.diagnostics.push(diagnostic);
                return None;
            }
            return Some((idents, ty, field.origin.clone()));
        }
        let inner = match &field.ty {
            Type::Named(id) | Type::Boxed(id) => model.named(*id).clone(),
            Type::Broken => return None,
            _ => {
                let message = format!("`{part}` of the key `{path}` is not a record that is always there");
                settings.error("KE0408", origin, message, "each part but the last is a field that holds a record");
                return None;
            }
        };
        let Named::Record(inner) = inner else {
            let message = format!("`{part}` of the key `{path}` is not a record");
            settings.error("KE0408", origin, message, "each part but the last is a field that holds a record");
            return None;
        };
        record = inner;
    }
    None
}

/// All the fields of a record, to choose from.
fn field_names(record: &Record) -> String {
    record
        .fields
        .iter()
        .map(|field| field.name.avro.as_str())
        .collect::<Vec<_>>()
        .join(", ")
}

/// Whether a way to a key may lead through a field of this type, or end there.
#[cfg(feature = "derive")]
pub(crate) fn may_lead_to_a_key(model: &Model, ty: &Type) -> bool {
    let is_record = matches!(ty, Type::Named(id) | Type::Boxed(id) if matches!(model.named(*id), Named::Record(_)));
    is_record || suitable(model, ty).is_ok()
}

/// A key has stated bytes, the same for everybody who writes it.
fn suitable(model: &Model, ty: &Type) -> Result<(), &'static str> {
    match ty {
        Type::String | Type::Bytes | Type::Int | Type::Long | Type::Broken => Ok(()),
        Type::Logical(Logical::Decimal { .. } | Logical::BigDecimal) => Err("a decimal's bytes differ for equal numbers"),
        Type::Logical(_) => Ok(()),
        Type::Nullable { .. } | Type::Null => Err("it may be null, and null keys are spread over all partitions"),
        Type::Float | Type::Double => Err("equal floating-point numbers need not have equal bytes"),
        Type::Boolean => Err("two values would leave all partitions but two empty"),
        Type::Array(_) | Type::Map(_) | Type::Union(_) => Err("a collection or a union has no stated bytes"),
        Type::Named(id) | Type::Boxed(id) => match model.named(*id) {
            Named::Fixed(fixed) if matches!(fixed.logical, Some(FixedLogical::Decimal { .. })) => {
                Err("Kafka's serializers have no decimal, so that others would not write the same bytes")
            }
            Named::Fixed(_) => Ok(()),
            Named::Enum(_) => Err("Kafka's serializers have no enum, and its few values would leave partitions empty"),
            Named::Record(_) => Err("it is a record, and a record has no stated bytes but Avro's"),
        },
    }
}

/// A record of its own.
fn record(settings: &mut Settings<'_, '_>, records: Records<'_>, name: &str, origin: &Origin) -> Option<Key> {
    let does = format!("the topic `{}` is keyed by", settings.name);
    let id = records.find(name, origin, &does, "a key beside the event is a record", settings.diagnostics)?;
    if let Some((place, what)) = records.uneven().get(id) {
        let full = records.model.named(id).name().full();
        let message = format!("the key `{full}` holds {what}: equal keys need not have equal bytes");
        let diagnostic = Diagnostic::warning("KE0423", origin, message)
            .also(place, "this one")
            .help("messages are ordered and compacted by the key's bytes: let one writer make them, or use another type");
        settings.diagnostics.push(diagnostic);
    }
    Some(Key::Record(id))
}

/// Of each record whose equal values need not have equal bytes a field that is why: its own, else one of what it holds.
pub(super) fn uneven(model: &Model) -> ByType<Uneven> {
    let mut found: ByType<Uneven> = ByType::default();
    let mut holders: ByType<Vec<TypeId>> = ByType::default();
    let mut open = Vec::new();
    for (id, named) in model.types() {
        let Named::Record(record) = named else { continue };
        for field in &record.fields {
            uneven_type(&field.ty, &mut |part| match part {
                Part::Uneven(what) if !found.contains(id) => {
                    found.insert(id, (field.origin.clone(), what));
                    open.push(id);
                }
                Part::Uneven(_) => {}
                Part::Named(held) => holders.or_default(held).push(id),
            });
        }
    }
    // From those outwards; without recursion, since a hostile contract may chain a million records.
    while let Some(id) = open.pop() {
        let reason = found[id].clone();
        for &holder in holders.get(id).into_iter().flatten() {
            if !found.contains(holder) {
                found.insert(holder, reason.clone());
                open.push(holder);
            }
        }
    }
    found
}

/// Where such a field is, and what it holds.
pub(super) type Uneven = (Origin, &'static str);

/// What a field holds.
enum Part {
    Uneven(&'static str),
    Named(TypeId),
}

fn uneven_type(ty: &Type, with: &mut impl FnMut(Part)) {
    match ty {
        Type::Float | Type::Double => with(Part::Uneven("a floating-point number")),
        Type::Map(_) => with(Part::Uneven("a map, which has no order")),
        Type::Logical(Logical::Decimal { .. } | Logical::BigDecimal) => with(Part::Uneven("a decimal")),
        Type::Array(inner) | Type::Nullable { inner, .. } => uneven_type(inner, with),
        Type::Union(union) => union.branches.iter().for_each(|branch| uneven_type(branch, with)),
        Type::Named(id) | Type::Boxed(id) => with(Part::Named(*id)),
        _ => {}
    }
}
