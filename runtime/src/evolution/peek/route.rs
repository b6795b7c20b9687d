//! From a path to what is passed over on the way to its field.

use kafka_event_codegen::compat::{RecordStep, Resolution, Step, StepId, Version};
use kafka_event_codegen::fingerprint::field_json;
use kafka_event_codegen::model::{Field, Model, Named, Record, Type, TypeId};
use kafka_event_codegen::{Report, load_text, nearest, on_its_own};

use super::error::{PeekError, Unpeeked};
use crate::evolution::compile::{Skips, compile_with};
use crate::evolution::plan::Plan;
use crate::evolution::skip::SkipId;

/// The way to a field, and how it is read.
#[derive(Debug)]
pub(super) struct Route {
    pub(super) moves: Box<[Move]>,
    /// What becomes of the field's value; what is passed over on the way is in its list, too.
    pub(super) field: Plan,
}

/// A part of the way.
#[derive(Debug)]
pub(super) enum Move {
    /// Over a value that nobody reads.
    Pass(SkipId),
    /// Into a record that may be null, whose branch of the two is this.
    NotNull { null: i64 },
    /// To a default, encoded: the writer has not written it.
    Default(Box<[u8]>),
}

/// Finds the field of a path, which has the reader's names, in what the writer has written.
pub(super) fn find(path: &str, reader: Version<'_>, writer: Version<'_>, peeked: Version<'_>) -> Result<Route, Unpeeked> {
    on_its_own(|| found(path, reader, writer, peeked))
}

fn found(path: &str, reader: Version<'_>, writer: Version<'_>, peeked: Version<'_>) -> Result<Route, Unpeeked> {
    let resolution = Resolution::of(reader, writer);
    let mut walk = Walk {
        path,
        resolution: &resolution,
        reader: &reader.contract.model,
        writer: &writer.contract.model,
        skips: Skips::new(&writer.contract.model),
        moves: Vec::new(),
    };
    let field = walk.go(reader.id, writer.id)?;
    let schema = field_json(walk.writer, field);
    let (contract, id) = load_text("the field's schema", &schema).map_err(Unpeeked::Schema)?;
    let written = Version { contract: &contract, id };
    let resolution = Resolution::of(peeked, written);
    if resolution.reads_nothing() {
        return Err(unfit(path, resolution.report));
    }
    let skips = walk.skips.continued(&contract.model);
    Ok(Route {
        field: compile_with(&resolution, &peeked.contract.model, skips),
        moves: walk.moves.into(),
    })
}

struct Walk<'m> {
    path: &'m str,
    resolution: &'m Resolution,
    reader: &'m Model,
    writer: &'m Model,
    skips: Skips<'m>,
    moves: Vec<Move>,
}

impl<'m> Walk<'m> {
    /// Goes to the field, which is the writer's, or the reader's within a default.
    fn go(&mut self, reader: TypeId, writer: TypeId) -> Result<&'m Field, Unpeeked> {
        let (mut read, mut written) = (self.reader.ty(reader), self.writer.ty(writer));
        let mut step = Some(self.resolution.root());
        let mut found: Option<&'m Field> = None;
        let mut begin = 0_usize;
        for name in self.path.split('.') {
            let passed = self.path.get(..begin.saturating_sub(1)).unwrap_or_default();
            begin += name.len() + 1;
            let reader = record(self.reader, inner(&read)).ok_or_else(|| PeekError::NoRecord {
                path: passed.to_owned(),
                is: kind(self.reader, &read),
            })?;
            let place = self.place(reader, name, passed)?;
            let (writer, met) = self.enter(&written, step, passed)?;
            let (place_in_writer, next) = match met {
                None => (Some(place), None),
                Some(record) => self.written(record, place)?,
            };
            let field = match place_in_writer {
                Some(place) => {
                    for field in &writer.fields[..place] {
                        self.moves.push(Move::Pass(self.skips.ty(&field.ty)));
                    }
                    &writer.fields[place]
                }
                None => self.default(met, place)?,
            };
            found = Some(field);
            (read, written, step) = (reader.fields[place].ty.clone(), field.ty.clone(), next);
        }
        // A text that is split has one part at least.
        Ok(found.ok_or_else(|| PeekError::Schema("a path is not empty".to_owned()))?)
    }

    /// The place of a field of the reader's.
    fn place(&self, record: &Record, name: &str, passed: &str) -> Result<usize, PeekError> {
        let known = || record.fields.iter().map(|field| field.name.avro.as_str());
        known().position(|known| known == name).ok_or_else(|| PeekError::NoField {
            record: record.name.full(),
            name: name.to_owned(),
            nearest: nearest(name, known()).map(|near| match passed {
                "" => near.to_owned(),
                passed => format!("{passed}.{near}"),
            }),
        })
    }

    /// The writer's record, where it is one or may be null; with what becomes of it, where that is not read as it is.
    fn enter(&mut self, written: &Type, step: Option<StepId>, passed: &str) -> Result<(&'m Record, Option<&'m RecordStep>), Unpeeked> {
        let mut step = step.map(|step| self.resolution.step(step));
        if let Type::Nullable { null_first, .. } = written {
            self.moves.push(Move::NotNull {
                null: i64::from(!null_first),
            });
            if let Some(Step::Branches { steps, .. }) = step {
                step = steps.get(usize::from(*null_first)).map(|step| self.resolution.step(*step));
            }
        }
        if let Some(Step::Into { step: inner, .. }) = step {
            step = Some(self.resolution.step(*inner));
        }
        let Some(writer) = record(self.writer, inner(written)) else {
            return Err(PeekError::NoRecord {
                path: passed.to_owned(),
                is: kind(self.writer, written),
            }
            .into());
        };
        match step {
            None | Some(Step::AsIs) => Ok((writer, None)),
            Some(Step::Record(record)) => Ok((writer, Some(record))),
            Some(_) => Err(self.unfit()),
        }
    }

    /// Where the writer has one of the reader's fields, and what becomes of it; `None` where it has none.
    fn written(&self, record: &RecordStep, place: usize) -> Result<(Option<usize>, Option<StepId>), Unpeeked> {
        if record.lacking.contains(&place) {
            return Err(self.unfit());
        }
        let found = record.fields.iter().enumerate().find_map(|(writer, field)| {
            let (reader, step) = (*field)?;
            (reader == place).then_some((Some(writer), Some(step)))
        });
        Ok(found.unwrap_or((None, None)))
    }

    /// Goes on in a default, which is written as the reader writes it.
    fn default(&mut self, record: Option<&RecordStep>, place: usize) -> Result<&'m Field, Unpeeked> {
        let found = record.and_then(|record| {
            let bytes = record.default_of(self.reader, place)?;
            let field = self.reader.record(record.reader)?.fields.get(place)?;
            Some((bytes, field))
        });
        let Some((bytes, field)) = found else {
            return Err(self.unfit());
        };
        // Without a null on the way nothing is looked at.
        if !self.moves.iter().any(|step| matches!(step, Move::NotNull { .. })) {
            self.moves.clear();
        }
        self.moves.push(Move::Default(bytes.into()));
        self.writer = self.reader;
        self.skips = std::mem::replace(&mut self.skips, Skips::new(self.reader)).continued(self.reader);
        Ok(field)
    }

    fn unfit(&self) -> Unpeeked {
        unfit(self.path, self.resolution.report.clone())
    }
}

fn unfit(path: &str, report: Report) -> Unpeeked {
    Unpeeked::Unfit {
        path: path.to_owned(),
        report,
    }
}

/// A type without null.
fn inner(ty: &Type) -> &Type {
    match ty {
        Type::Nullable { inner, .. } => inner,
        ty => ty,
    }
}

fn record<'m>(model: &'m Model, ty: &Type) -> Option<&'m Record> {
    match ty {
        Type::Named(id) | Type::Boxed(id) => model.record(*id),
        _ => None,
    }
}

/// What a type is called that is no record.
fn kind(model: &Model, ty: &Type) -> &'static str {
    match inner(ty) {
        Type::Array(_) => "an array",
        Type::Map(_) => "a map",
        Type::Union(_) => "a union of several types",
        Type::Named(id) | Type::Boxed(id) => match model.named(*id) {
            Named::Record(_) => "a record",
            Named::Enum(_) => "an enum",
            Named::Fixed(_) => "a fixed",
        },
        Type::Null => "null",
        Type::Boolean => "a boolean",
        Type::Bytes => "bytes",
        Type::String => "text",
        Type::Logical(_) => "a logical type",
        _ => "a number",
    }
}
