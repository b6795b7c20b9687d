//! One field of a topic's messages, whichever version wrote them.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, OnceLock};

use super::{Peek, PeekError, Peeked};
use crate::codec::DecodeError;
use crate::codec::error::Kind;
use crate::evolution::{Names, Writers};
use crate::framing::{WriterId, unknown, writer_of};
use crate::spec::TopicSpec;
use crate::topic::{EncodedEvent, Topic};

/// One field of a topic's messages, out of their framing: of its own records, and of what other versions of them wrote.
///
/// The path has the names of the topic's own records; of a topic with several, each has the field.
pub struct TopicPeek<T> {
    topic: &'static TopicSpec,
    path: Box<str>,
    /// Of each of the topic's records, in their order.
    records: Box<[Peek<T>]>,
    versions: HashMap<WriterId, OfVersion<T>>,
    /// What a registry calls the topic's own records.
    own: HashMap<WriterId, usize>,
    /// What all writers are called that are known.
    names: Names,
}

/// The field in what another version of a record wrote: found when its first message comes, as a plan of the whole is made.
struct OfVersion<T> {
    reader: &'static str,
    writer: Arc<str>,
    /// Or why none of it can be read.
    peek: OnceLock<Result<Peek<T>, Arc<str>>>,
}

impl<T: Peeked> OfVersion<T> {
    /// A version that lacks the field, or has another there, is an error of its messages.
    fn peek(&self, path: &str) -> Result<&Peek<T>, DecodeError> {
        let between = || Peek::between(path, self.reader, &self.writer).map_err(|unpeeked| unpeeked.reasons().into());
        let peek = self.peek.get_or_init(between);
        peek.as_ref()
            .map_err(|reasons| DecodeError::whole(Kind::Unread(reasons.to_string())))
    }
}

impl<T: Peeked> TopicPeek<T> {
    /// Of a topic, with the writers that are known beside its own.
    ///
    /// # Errors
    /// The path leads to no field of one of the topic's own records, or the field is never read as the type.
    pub fn new<Of: Topic>(path: &str, writers: &Writers) -> Result<Self, PeekError> {
        let topic = Of::SPEC;
        let records = topic.records.iter().map(|record| Peek::from_schema(path, record.schema));
        let records = records.collect::<Result<_, _>>()?;
        let (mut versions, mut own) = (HashMap::new(), HashMap::new());
        for (writer, record, schema) in writers.versions(topic) {
            match schema {
                None => _ = own.insert(writer, record),
                Some(schema) => {
                    let version = OfVersion {
                        reader: topic.records[record].schema,
                        writer: schema.clone(),
                        peek: OnceLock::new(),
                    };
                    versions.insert(writer, version);
                }
            }
        }
        Ok(Self {
            topic,
            path: path.into(),
            records,
            versions,
            own,
            names: writers.names().clone(),
        })
    }

    /// The field of a message's event.
    ///
    /// # Errors
    /// As of the whole event, as far as the field; see [`DecodeError::class`].
    pub fn of(&self, message: EncodedEvent<'_>) -> Result<T, DecodeError> {
        let (peek, bytes) = self.found(message)?;
        peek.of_within(bytes, message.limits)
    }

    /// The field of a message's event, borrowed.
    ///
    /// # Errors
    /// As [`of`](Self::of).
    pub fn of_ref<'de>(&'de self, message: EncodedEvent<'de>) -> Result<T::Ref<'de>, DecodeError> {
        let (peek, bytes) = self.found(message)?;
        peek.of_ref_within(bytes, message.limits)
    }

    fn found<'de>(&self, message: EncodedEvent<'de>) -> Result<(&Peek<T>, &'de [u8]), DecodeError> {
        let (writer, bytes) = writer_of(self.topic, message)?;
        let of_own = || {
            let is_of = |record: &crate::RecordSpec| writer == WriterId::Fingerprint(record.fingerprint);
            let record = self
                .topic
                .records
                .iter()
                .position(is_of)
                .or_else(|| self.own.get(&writer).copied())?;
            self.records.get(record)
        };
        match of_own() {
            Some(peek) => Ok((peek, bytes)),
            None => match self.versions.get(&writer) {
                Some(version) => Ok((version.peek(&self.path)?, bytes)),
                None => Err(unknown(self.topic, &self.names, writer)),
            },
        }
    }
}

impl<T> fmt::Debug for TopicPeek<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("TopicPeek").field(&self.topic.name).field(&self.records).finish()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;

    #[test]
    fn a_message_has_the_first_reasons_and_the_peek_has_all() {
        const FIELDS: usize = 1_000;
        // A schema that is built in stays; kept by nobody, it would be memory that is lost.
        static READER: LazyLock<String> = LazyLock::new(|| {
            let fields: Vec<_> = (0..FIELDS)
                .map(|number| format!(r#"{{"name": "f{number}", "type": "long"}}"#))
                .collect();
            format!(r#"{{"type": "record", "name": "R", "fields": [{}]}}"#, fields.join(","))
        });
        let writer = r#"{"type": "record", "name": "R", "fields": []}"#;
        let version = OfVersion::<i64> {
            reader: &READER,
            writer: writer.into(),
            peek: OnceLock::new(),
        };
        let whole = PeekError::from(Peek::<i64>::between("f0", version.reader, writer).unwrap_err()).to_string();
        assert_eq!(whole.matches("error[KE0603]").count(), FIELDS);
        let of_message = version.peek("f0").unwrap_err().to_string();
        assert!(
            of_message.contains("`f0` cannot be peeked at: `R.f0` is not written, and has no default; `R.f1` "),
            "{of_message}"
        );
        assert!(of_message.ends_with("; and 980 more") && !of_message.contains('\n'), "{of_message}");
    }
}
