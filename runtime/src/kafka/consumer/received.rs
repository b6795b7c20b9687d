//! An event in the application's hands, until it is acknowledged.

use std::fmt;
use std::sync::Arc;

use super::partition::Assigned;
use super::stats::PartitionState;
use crate::ffi::consume::Message;

/// An event with where it comes from. It is committed after [`ack`](Self::ack), and only with all before it in its partition.
///
/// Dropped without, it stops its partition where it is: nothing after it is committed, and it is read again by the partition's next reader.
#[must_use = "an event that is not acknowledged stops its partition"]
pub struct Received<E> {
    event: E,
    context: Context,
    ack: Ack,
}

/// Where an event comes from, and what came with it.
#[derive(Clone)]
#[non_exhaustive]
pub struct Context {
    /// The topic.
    pub topic: &'static str,
    /// The partition.
    pub partition: i32,
    /// The offset in the partition.
    pub offset: i64,
    /// The message's timestamp in milliseconds since 1970-01-01T00:00:00Z, where the topic keeps them.
    pub timestamp: Option<i64>,
    /// The key, as it is; `None` for a null key.
    pub key: Option<Box<[u8]>>,
    /// The headers, in order; a name may stand more than once, and a value may be null.
    pub headers: Vec<(String, Option<Box<[u8]>>)>,
}

impl Context {
    pub(super) fn of(message: &Message<'_>, topic: &'static str) -> Self {
        Self {
            topic,
            partition: message.partition(),
            offset: message.offset(),
            timestamp: message.timestamp(),
            key: message.key().map(Into::into),
            headers: message
                .headers()
                .map(|(name, value)| (name.to_string_lossy().into_owned(), value.map(Into::into)))
                .collect(),
        }
    }

    /// The last value of a header; `None` where the header is missing or null.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&[u8]> {
        let found = self.headers.iter().rev().find(|(found, _)| found == name);
        found.and_then(|(_, value)| value.as_deref())
    }
}

/// Key and headers are not shown: they may be nobody's business.
impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Context(`{}` {}:{})", self.topic, self.partition, self.offset)
    }
}

/// The duty to say that an event has been handled.
#[must_use = "an event that is not acknowledged stops its partition"]
pub struct Ack {
    partition: Arc<Assigned>,
    offset: i64,
    done: bool,
}

impl<E> Received<E> {
    pub(super) fn new(event: E, context: Context, ack: Ack) -> Self {
        Self { event, context, ack }
    }

    /// The event.
    #[must_use]
    pub fn event(&self) -> &E {
        &self.event
    }

    /// Where it comes from.
    #[must_use]
    pub fn context(&self) -> &Context {
        &self.context
    }

    /// The event has been handled: it may be committed.
    pub fn ack(self) {
        self.ack.ack();
    }

    /// The parts, each to go its way.
    pub fn into_parts(self) -> (E, Context, Ack) {
        (self.event, self.context, self.ack)
    }

    /// Whether it is still for the application: its partition may rest before it by now, or be another member's.
    pub(super) fn is_wanted(&self) -> bool {
        self.ack.partition.is_wanted(self.ack.offset)
    }

    /// Takes the event back that the application has never seen.
    pub(super) fn take_back(mut self) {
        self.ack.done = true;
        self.ack.partition.give_up();
    }
}

impl<E> fmt::Debug for Received<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Received").field(&self.context).finish()
    }
}

impl Ack {
    /// Notes the message as handed out; `None` where its partition is not read any more.
    pub(super) fn hand_out(partition: &Arc<Assigned>, offset: i64) -> Option<Self> {
        partition.hand_out(offset).then(|| Self {
            partition: partition.clone(),
            offset,
            done: false,
        })
    }

    /// The event has been handled: it may be committed.
    pub fn ack(mut self) {
        self.done = true;
        self.partition.handle(self.offset);
    }
}

impl fmt::Debug for Ack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Ack(`{}` {}:{})",
            self.partition.spec.name, self.partition.partition, self.offset
        )
    }
}

impl Drop for Ack {
    fn drop(&mut self) {
        if self.done {
            return;
        }
        let Assigned { spec, partition, .. } = &*self.partition;
        let news = self.partition.rest(PartitionState::Stopped, self.offset);
        self.partition.give_up();
        if news {
            tracing::error!(
                topic = spec.name,
                partition,
                offset = self.offset,
                "an event was not acknowledged: its partition stops here until it is assigned again"
            );
        }
    }
}
