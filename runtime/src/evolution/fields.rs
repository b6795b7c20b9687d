//! The fields of a record, in the reader's order.

#[cfg(all(test, feature = "evolution"))]
mod tests;

use super::plan::{Changed, FieldPlan, Plan, RecordPlan, Source};
use super::skip::{skip, skip_before};
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
    /// Elsewhere: of a `Fields` that is handed to nobody, the rest is in registers.
    kept: &'r mut Places<'de>,
}

/// Where a field begins that was passed over, to be read later, and how many bytes were left behind it.
type Kept<'de> = (&'de [u8], usize);

/// What one of them takes.
const KEPT: usize = size_of::<Kept<'_>>();

/// How many of them are on the stack: those of most records.
const FEW: usize = 8;

/// The places that are kept of one record, in the order in which they are met.
pub(super) enum Places<'de> {
    /// None yet, of so many in all.
    None(usize),
    Few([Kept<'de>; FEW], usize),
    /// So many that they are charged.
    Many(Vec<Kept<'de>>),
}

impl<'de> Places<'de> {
    /// Keeps the next.
    #[inline]
    fn keep(&mut self, place: Kept<'de>, reader: &mut Reader<'de>) -> Result<(), DecodeError> {
        match self {
            Self::Few(few, count) => {
                few[*count] = place;
                *count += 1;
            }
            Self::Many(many) => many.push(place),
            Self::None(all) if *all <= FEW => *self = Self::Few([place; FEW], 1),
            Self::None(all) => {
                let all = *all;
                reader.charge(all * KEPT)?;
                let mut many = Vec::with_capacity(all);
                many.push(place);
                *self = Self::Many(many);
            }
        }
        Ok(())
    }

    #[inline]
    fn at(&self, place: usize) -> Kept<'de> {
        match self {
            Self::None(_) => ([].as_slice(), 0),
            Self::Few(few, _) => few[place],
            Self::Many(many) => many[place],
        }
    }
}

impl<'r, 'de> Fields<'r, 'de> {
    #[inline(always)]
    pub(super) fn new(plan: &'de Plan, record: &'de RecordPlan, reader: &'r mut Reader<'de>, kept: &'r mut Places<'de>) -> Self {
        Self {
            plan,
            record,
            reader,
            run: record.run,
            rest: record.fields.iter(),
            kept,
        }
    }

    /// Ends a record, passing over what nobody has read. The places that were kept are gone with it, and what they took is free again: as many
    /// are held at once as records are within one another, and not as many as there are records.
    #[inline(always)]
    pub(super) fn finish(&mut self) -> Result<(), DecodeError> {
        for field in &self.record.tail {
            skip(&self.plan.skips, *field, self.reader)?;
        }
        if let Places::Many(_) = self.kept {
            self.reader.give_back(self.record.kept * KEPT);
        }
        Ok(())
    }
}

/// Goes to where a field begins, which most do where the one before them ends.
#[inline(always)]
fn reach<'de>(plan: &'de Plan, field: &'de FieldPlan, reader: &mut Reader<'de>, kept: &mut Places<'de>) -> Result<(), DecodeError> {
    if field.before.is_empty() {
        return Ok(());
    }
    pass(plan, field, reader, kept)
}

/// Passes over what stands before a field.
///
/// What is kept is counted where it is read, and not here: here it would be once more for each of the records that it is within, and a deep event could
/// have so many items fewer. The work has its end without that: to pass over anything takes no more steps than it has bytes, since of items that take
/// none one goes over one alone. So each byte is passed over once for each of the records that it is within, which end where they were passed over
/// whatever their blocks say, and of which depth and the stack are the end.
#[inline(never)]
fn pass<'de>(plan: &'de Plan, field: &'de FieldPlan, reader: &mut Reader<'de>, kept: &mut Places<'de>) -> Result<(), DecodeError> {
    for before in &field.before {
        let begin = reader.rest();
        skip_before(&plan.skips, *before, reader)?;
        if before.keep {
            kept.keep((begin, reader.remaining()), reader)?;
        }
    }
    Ok(())
}

/// A field that nobody reads, which may have been passed over already, or may not be there at all.
fn passed<'de>(plan: &'de Plan, field: &'de FieldPlan, reader: &mut Reader<'de>, kept: &mut Places<'de>) -> Result<(), DecodeError> {
    reach(plan, field, reader, kept)?;
    match &field.source {
        Source::AsIs { skip: id } | Source::OfInt { skip: id } => skip(&plan.skips, *id, reader),
        Source::Changed(changed) => {
            // What was passed over before was not counted there.
            let back = changed.place.map(|place| reader.jump(kept.at(place).0));
            skip(&plan.skips, changed.skip, reader)?;
            if let Some(back) = back {
                reader.jump(back);
            }
            Ok(())
        }
        Source::Default(_) | Source::Lacking => Ok(()),
    }
}

/// A value that is handed on in memory. In a `Result` with the pointer of an error, one of bytes alone would lie across the words in which it is
/// written and read, for which a processor waits.
#[repr(align(8))]
struct Aligned<T>(T);

/// A field that is not where it is looked for, or not as it was. It is in no frame of a record's own, but one for each type.
#[inline(never)]
fn changed<'de, W, T: Decode<'de, W>>(
    plan: &'de Plan,
    field: &'de FieldPlan,
    changed: &'de Changed,
    reader: &mut Reader<'de>,
    kept: &mut Places<'de>,
) -> Result<Aligned<T>, DecodeError> {
    let kept = if let Some(place) = changed.place {
        let (begin, behind) = kept.at(place);
        Some((reader.turn_back(begin, behind), behind))
    } else {
        reach(plan, field, reader, kept)?;
        None
    };
    let step = Step::of(plan, changed.node);
    let read = if step.is_alike() {
        T::decode(reader)
    } else {
        T::evolve(reader, step)
    };
    let value = match read {
        Ok(value) => value,
        Err(error) if kept.is_some() => return Err(error.of_block()),
        Err(error) => return Err(error),
    };
    if let Some((rest, behind)) = kept {
        reader.go_on(rest, behind)?;
    }
    Ok(Aligned(value))
}

/// A field that was not written.
#[inline(never)]
fn absent<'de, W, T: Decode<'de, W>>(field: &'de FieldPlan, reader: &mut Reader<'de>) -> Result<Aligned<T>, DecodeError> {
    let Source::Default(bytes) = &field.source else {
        let reason = "its writer does not have it, and the reader has no default for it";
        return Err(reader.error(Kind::Unresolvable(reason)));
    };
    // An owned value copies them, for as many items as a few bytes can claim.
    reader.charge(bytes.len().max(1))?;
    reader.elsewhere(bytes, T::decode).map(Aligned)
}

#[inline(always)]
fn value<T>(read: Result<Aligned<T>, DecodeError>, name: &'static str) -> Result<T, DecodeError> {
    match read {
        Ok(Aligned(value)) => Ok(value),
        Err(error) => Err(error.inside(name)),
    }
}

#[cold]
fn no_field(reader: &Reader<'_>, name: &'static str) -> DecodeError {
    let reason = "a record with more fields than its schema";
    reader.error(Kind::Unresolvable(reason)).inside(name)
}

impl<'de> FieldReader<'de> for Fields<'_, 'de> {
    // Always, but where nothing is optimised: there a record's frame would have room for all that is in each of its fields. Nothing tells a library of
    // that; what is asserted goes with it in cargo's own profiles. Another may say otherwise, or say it of this crate and not of those whose records
    // these are. Then deep events of other versions meet the limit of stack sooner, or take up to a quarter more instructions; they are read alike.
    #[cfg_attr(debug_assertions, inline)]
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn field<W, T: Decode<'de, W>>(&mut self, name: &'static str) -> Result<T, DecodeError> {
        // Most fields are as they were, and most of these where they are looked for.
        if let Some(run) = self.run.checked_sub(1) {
            self.run = run;
        } else {
            let Some(field) = self.rest.next() else {
                return Err(no_field(self.reader, name));
            };
            self.run = field.run;
            let ready = match &field.source {
                Source::AsIs { .. } => pass(self.plan, field, self.reader, self.kept),
                Source::OfInt { .. } => self.reader.expect_int(),
                Source::Changed(how) => {
                    return value(changed(self.plan, field, how, self.reader, self.kept), name);
                }
                Source::Default(_) | Source::Lacking => return value(absent(field, self.reader), name),
            };
            if let Err(error) = ready {
                return Err(error.inside(name));
            }
        }
        self.reader.field::<W, T>(name)
    }

    fn skip<W: Skip>(&mut self, name: &'static str) -> Result<(), DecodeError> {
        let passed = if let Some(run) = self.run.checked_sub(1) {
            self.run = run;
            W::skip(self.reader)
        } else if let Some(field) = self.rest.next() {
            self.run = field.run;
            passed(self.plan, field, self.reader, self.kept)
        } else {
            return Err(no_field(self.reader, name));
        };
        passed.map_err(|error| error.inside(name))
    }
}
