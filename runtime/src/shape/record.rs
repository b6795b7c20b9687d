//! A record's fields, in whatever order they come.

use std::fmt;
use std::ops::Range;

use serde_core::de::{Error, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor};

use super::read::{Key, Reading, Segment, Style, shown};
use super::{Node, NodeId, Record};

pub(super) struct RecordVisitor<'r, 'p, S> {
    pub(super) reading: &'r mut Reading<'p, S>,
    pub(super) record: &'p Record,
}

impl<'p, 'de, S: Style<'p, 'de>> Visitor<'de> for RecordVisitor<'_, 'p, S> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object: the record `{}`", self.record.full_name)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        let Self { reading, record } = self;
        let (begin, first) = (reading.avro.len(), reading.fields.len());
        reading.places(record.fields.len())?;
        let (mut next, mut in_order) = (0, true);
        while let Some(key) = entries.next_key_seed(Key)? {
            let Some(place) = record.names.place(&key, next) else {
                if S::IS_LENIENT {
                    entries.next_value::<IgnoredAny>()?;
                    continue;
                }
                let message = format!("the record `{}` has no field {}", record.full_name, shown(&key));
                return Err(reading.unfit(message, "leave it out, or mend its name"));
            };
            if reading.fields[first + place].is_some() {
                return Err(reading.unfit(format!("the field {} stands twice", shown(&key)), "take one of the two away"));
            }
            let start = reading.avro.len();
            let read = entries.next_value_seed(reading.seed(record.fields[place]));
            reading.step(read, || Segment::Key(key.into_owned()))?;
            reading.fields[first + place] = Some(start..reading.avro.len());
            in_order &= place == next;
            next = place + 1;
        }
        for place in 0..record.fields.len() {
            if reading.fields[first + place].is_none() {
                reading.fields[first + place] = Some(reading.missing::<S, A::Error>(record, place)?);
                in_order = false;
            }
        }
        if !in_order {
            let read = reading.avro.split_off(begin);
            for field in reading.fields[first..].iter().flatten() {
                reading.avro.extend_from_slice(&read[field.start - begin..field.end - begin]);
            }
        }
        reading.fields.truncate(first);
        Ok(())
    }

    /// The fields in their order, as formats have them that name none.
    fn visit_seq<A: SeqAccess<'de>>(self, mut values: A) -> Result<(), A::Error> {
        let Self { reading, record } = self;
        if !S::IS_LENIENT {
            return Err(Error::invalid_type(Unexpected::Seq, &RecordVisitor { reading, record }));
        }
        for (name, field) in record.names.list().iter().zip(&record.fields) {
            let read = values.next_element_seed(reading.seed(*field));
            if reading.step(read, || Segment::Key(name.to_string()))?.is_none() {
                let message = format!("the record `{}` ends before its field `{name}`", record.full_name);
                return Err(reading.unfit(message, "write all fields, in their order"));
            }
        }
        Ok(())
    }
}

/// About what a byte of a default becomes at the most: an empty text in an array is one byte, and 24 in memory.
const BECOMES: usize = 32;

/// What the place of a field takes.
const PLACE: usize = size_of::<Option<Range<usize>>>();

impl<'p, R> Reading<'p, R> {
    /// Makes room for the places of so many fields more, which stays for the records behind. While it grows it is there twice.
    fn places<E: Error>(&mut self, fields: usize) -> Result<(), E> {
        let (wanted, room) = (self.fields.len() + fields, self.fields.capacity());
        if wanted > room {
            let room_then = wanted.max(2 * room);
            self.charge(room_then * PLACE)?;
            self.fields.reserve_exact(room_then - self.fields.len());
            self.give_back(room * PLACE);
        }
        self.fields.resize(wanted, None);
        Ok(())
    }

    /// Charges for what no text stands for, by what it becomes: two characters can ask for as much as the schema likes.
    fn made_up<E: Error>(&mut self, field: NodeId, bytes: usize) -> Result<(), E> {
        self.charge(self.plan.size(field).max(bytes.saturating_mul(BECOMES)))
    }

    /// Writes what a missing field is, where it may be missing.
    fn missing<'de, S: Style<'p, 'de>, E: Error>(&mut self, record: &'p Record, place: usize) -> Result<Range<usize>, E> {
        let begin = self.avro.len();
        let name = &record.names.list()[place];
        match (&record.defaults[place], self.plan.node(record.fields[place])) {
            (Some(default), _) if S::IS_LENIENT => {
                self.made_up(record.fields[place], default.len())?;
                self.avro.extend_from_slice(default);
            }
            // As serde has it of every `Option`.
            (None, Node::Union(union)) if S::IS_LENIENT && union.null.is_some() => {
                self.made_up(record.fields[place], 1)?;
                self.null(union)?;
            }
            _ => {
                let message = format!("the field `{name}` of the record `{}` is missing", record.full_name);
                let help = if S::IS_LENIENT {
                    "write it: the schema has no default for it"
                } else {
                    "write it: a default of the schema is for readers of other versions"
                };
                return Err(self.unfit(message, help));
            }
        }
        Ok(begin..self.avro.len())
    }
}
