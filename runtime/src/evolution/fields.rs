//! The fields of a record, in the reader's order.

use super::plan::{FieldPlan, Plan, RecordPlan, Source};
use super::skip::skip;
use super::step::Step;
use crate::codec::error::Kind;
use crate::codec::{Decode, DecodeError, Reader};

/// Reads a record's fields in the reader's order, wherever the writer has put them.
pub struct Fields<'de> {
    plan: &'de Plan,
    record: &'de RecordPlan,
    rest: std::slice::Iter<'de, FieldPlan>,
    /// Where fields begin that were passed over, to be read later.
    kept: Vec<&'de [u8]>,
}

impl<'de> Fields<'de> {
    #[inline]
    pub(super) fn new(plan: &'de Plan, record: &'de RecordPlan) -> Self {
        Self {
            plan,
            record,
            rest: record.fields.iter(),
            kept: Vec::with_capacity(record.kept),
        }
    }

    /// Reads the next of the reader's fields, whose name an error will show.
    ///
    /// # Errors
    /// The bytes are not such a value, or it cannot be read as this type.
    #[inline]
    pub fn field<W, T: Decode<'de, W>>(&mut self, reader: &mut Reader<'de>, name: &'static str) -> Result<T, DecodeError> {
        let value = match self.rest.next() {
            // Most fields are where they are looked for, and as they were.
            Some(FieldPlan { in_place: true, .. }) => T::decode(reader),
            Some(field) => self.elsewhere(field, reader),
            None => Err(reader.error(Kind::Unresolvable("a record with more fields than its schema"))),
        };
        match value {
            Ok(value) => Ok(value),
            Err(error) => Err(error.inside(name)),
        }
    }

    #[inline(never)]
    fn elsewhere<W, T: Decode<'de, W>>(&mut self, field: &'de FieldPlan, reader: &mut Reader<'de>) -> Result<T, DecodeError> {
        self.pass(field, reader)?;
        match &field.source {
            Source::Next(node) => T::evolve(reader, Step::of(self.plan, *node)),
            Source::Kept { place, node } => {
                let back = reader.jump(self.kept[*place]);
                let value = T::evolve(reader, Step::of(self.plan, *node))?;
                reader.jump(back);
                Ok(value)
            }
            Source::Default(bytes) => {
                // An owned value copies them, for as many items as a few bytes can claim.
                reader.charge(bytes.len())?;
                reader.elsewhere(bytes, T::decode)
            }
        }
    }

    fn pass(&mut self, field: &FieldPlan, reader: &mut Reader<'de>) -> Result<(), DecodeError> {
        for before in &field.before {
            if before.keep {
                self.kept.push(reader.rest());
            }
            skip(&self.plan.skips, before.skip, reader)?;
        }
        Ok(())
    }

    /// Ends the record.
    ///
    /// # Errors
    /// The bytes of fields that nobody reads are no values.
    #[inline]
    pub fn finish(self, reader: &mut Reader<'de>) -> Result<(), DecodeError> {
        for field in &self.record.tail {
            skip(&self.plan.skips, *field, reader)?;
        }
        Ok(())
    }
}
