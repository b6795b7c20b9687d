//! The fields of a record, in the reader's order.

use super::plan::{FieldPlan, Plan, RecordPlan, Source};
use super::skip::skip;
use super::step::Step;
use crate::codec::error::Kind;
use crate::codec::{Decode, DecodeError, FieldReader, Reader, Skip};

/// Reads a record's fields in the reader's order, wherever the writer has put them.
pub(super) struct Fields<'r, 'de> {
    plan: &'de Plan,
    record: &'de RecordPlan,
    reader: &'r mut Reader<'de>,
    /// How many fields come next, each as it is.
    run: usize,
    rest: std::slice::Iter<'de, FieldPlan>,
    kept: Vec<Kept<'de>>,
}

/// Where a field begins that was passed over, to be read later, and how many bytes were left behind it.
type Kept<'de> = (&'de [u8], usize);

/// What one of them takes.
const KEPT: usize = size_of::<Kept<'_>>();

impl<'r, 'de> Fields<'r, 'de> {
    #[inline(always)]
    pub(super) fn new(plan: &'de Plan, record: &'de RecordPlan, reader: &'r mut Reader<'de>) -> Self {
        Self {
            plan,
            record,
            reader,
            run: record.run,
            rest: record.fields.iter(),
            kept: Vec::new(),
        }
    }

    /// Ends a record, passing over what nobody has read. The places that were kept are gone with it, and what they took is free again: as many
    /// are held at once as records are within one another, and not as many as there are records.
    #[inline(always)]
    pub(super) fn finish(&mut self) -> Result<(), DecodeError> {
        for field in &self.record.tail {
            skip(&self.plan.skips, *field, self.reader)?;
        }
        if !self.kept.is_empty() {
            self.reader.give_back(self.record.kept * KEPT);
        }
        Ok(())
    }
}

/// Goes to where a field begins.
#[inline]
fn reach<'de>(
    plan: &'de Plan,
    record: &'de RecordPlan,
    field: &'de FieldPlan,
    reader: &mut Reader<'de>,
    kept: &mut Vec<Kept<'de>>,
) -> Result<(), DecodeError> {
    for before in &field.before {
        let begin = reader.rest();
        skip(&plan.skips, before.skip, reader)?;
        if before.keep {
            if kept.is_empty() {
                reader.charge(record.kept * KEPT)?;
                kept.reserve_exact(record.kept);
            }
            kept.push((begin, reader.remaining()));
        }
    }
    Ok(())
}

/// A field that nobody reads, which may have been passed over already, or may not be there at all.
fn passed<'de>(
    plan: &'de Plan,
    record: &'de RecordPlan,
    field: &'de FieldPlan,
    reader: &mut Reader<'de>,
    kept: &mut Vec<Kept<'de>>,
) -> Result<(), DecodeError> {
    reach(plan, record, field, reader, kept)?;
    match &field.source {
        Source::Next { skip: id, .. } => skip(&plan.skips, *id, reader),
        Source::Kept { .. } | Source::Default(_) | Source::Lacking => Ok(()),
    }
}

/// A field that is not where it is looked for, or not as it was. It is in no frame of a record's own, but one for each type.
#[inline(never)]
fn changed<'de, W, T: Decode<'de, W>>(
    plan: &'de Plan,
    record: &'de RecordPlan,
    field: &'de FieldPlan,
    reader: &mut Reader<'de>,
    kept: &mut Vec<Kept<'de>>,
) -> Result<T, DecodeError> {
    reach(plan, record, field, reader, kept)?;
    let (node, kept) = match &field.source {
        Source::Next { node, .. } => (*node, None),
        Source::Kept { place, node } => (*node, Some(kept[*place])),
        Source::Default(bytes) => {
            // An owned value copies them, for as many items as a few bytes can claim.
            reader.charge(bytes.len().max(1))?;
            return reader.elsewhere(bytes, T::decode);
        }
        Source::Lacking => {
            let reason = "its writer does not have it, and the reader has no default for it";
            return Err(reader.error(Kind::Unresolvable(reason)));
        }
    };
    let kept = kept.map(|(begin, left)| (reader.jump(begin), left));
    let value = T::evolve(reader, Step::of(plan, node))?;
    if let Some((back, left)) = kept {
        // A block that says a wrong size was passed over by that.
        if reader.remaining() != left {
            return Err(reader.error(Kind::BlockSize));
        }
        reader.jump(back);
    }
    Ok(value)
}

impl<'de> FieldReader<'de> for Fields<'_, 'de> {
    #[inline(always)]
    fn field<W, T: Decode<'de, W>>(&mut self, name: &'static str) -> Result<T, DecodeError> {
        // Most fields are where they are looked for, and as they were.
        let value = if let Some(run) = self.run.checked_sub(1) {
            self.run = run;
            T::decode(self.reader)
        } else if let Some(field) = self.rest.next() {
            self.run = field.run;
            changed(self.plan, self.record, field, self.reader, &mut self.kept)
        } else {
            Err(self.reader.error(Kind::Unresolvable("a record with more fields than its schema")))
        };
        match value {
            Ok(value) => Ok(value),
            Err(error) => Err(error.inside(name)),
        }
    }

    fn skip<W: Skip>(&mut self, name: &'static str) -> Result<(), DecodeError> {
        let passed = if let Some(run) = self.run.checked_sub(1) {
            self.run = run;
            W::skip(self.reader)
        } else if let Some(field) = self.rest.next() {
            self.run = field.run;
            passed(self.plan, self.record, field, self.reader, &mut self.kept)
        } else {
            Err(self.reader.error(Kind::Unresolvable("a record with more fields than its schema")))
        };
        passed.map_err(|error| error.inside(name))
    }
}
