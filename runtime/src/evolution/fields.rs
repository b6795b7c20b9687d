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
    rest: std::slice::Iter<'de, FieldPlan>,
    /// Where fields begin that were passed over, to be read later, and how many bytes were left behind them.
    kept: Vec<(&'de [u8], usize)>,
}

impl<'r, 'de> Fields<'r, 'de> {
    #[inline]
    pub(super) fn new(plan: &'de Plan, record: &'de RecordPlan, reader: &'r mut Reader<'de>) -> Self {
        Self {
            plan,
            record,
            reader,
            rest: record.fields.iter(),
            kept: Vec::with_capacity(record.kept),
        }
    }

    /// Goes to where a field begins.
    fn reach(&mut self, field: &'de FieldPlan) -> Result<(), DecodeError> {
        for before in &field.before {
            let begin = self.reader.rest();
            skip(&self.plan.skips, before.skip, self.reader)?;
            if before.keep {
                self.kept.push((begin, self.reader.remaining()));
            }
        }
        Ok(())
    }

    /// Passes over a field, which may have been passed over already.
    fn pass(&mut self, field: &'de FieldPlan) -> Result<(), DecodeError> {
        self.reach(field)?;
        match field.skip {
            Some(id) => skip(&self.plan.skips, id, self.reader),
            None => Ok(()),
        }
    }

    #[inline(never)]
    fn elsewhere<W, T: Decode<'de, W>>(&mut self, field: &'de FieldPlan) -> Result<T, DecodeError> {
        self.reach(field)?;
        match &field.source {
            Source::Next(node) => T::evolve(self.reader, Step::of(self.plan, *node)),
            Source::Kept { place, node } => {
                let (begin, left) = self.kept[*place];
                let back = self.reader.jump(begin);
                let value = T::evolve(self.reader, Step::of(self.plan, *node))?;
                // A block that says a wrong size was passed over by that.
                if self.reader.remaining() != left {
                    return Err(self.reader.error(Kind::BlockSize));
                }
                self.reader.jump(back);
                Ok(value)
            }
            Source::Default(bytes) => {
                // An owned value copies them, for as many items as a few bytes can claim.
                self.reader.charge(bytes.len().max(1))?;
                self.reader.elsewhere(bytes, T::decode)
            }
            Source::Lacking => Err(self.reader.error(Kind::Unresolvable(
                "its writer does not have the field, and the reader has no default for it",
            ))),
        }
    }

    /// Ends the record, passing over what nobody has read.
    #[inline]
    pub(super) fn finish(self) -> Result<(), DecodeError> {
        for field in &self.record.tail {
            skip(&self.plan.skips, *field, self.reader)?;
        }
        Ok(())
    }
}

impl<'de> FieldReader<'de> for Fields<'_, 'de> {
    #[inline]
    fn field<W, T: Decode<'de, W>>(&mut self, name: &'static str) -> Result<T, DecodeError> {
        let value = match self.rest.next() {
            // Most fields are where they are looked for, and as they were.
            Some(FieldPlan { in_place: true, .. }) => T::decode(self.reader),
            Some(field) => self.elsewhere(field),
            None => Err(self.reader.error(Kind::Unresolvable("a record with more fields than its schema"))),
        };
        match value {
            Ok(value) => Ok(value),
            Err(error) => Err(error.inside(name)),
        }
    }

    fn skip<W: Skip>(&mut self, name: &'static str) -> Result<(), DecodeError> {
        match self.rest.next() {
            Some(field) => self.pass(field).map_err(|error| error.inside(name)),
            None => Err(self.reader.error(Kind::Unresolvable("a record with more fields than its schema"))),
        }
    }
}
