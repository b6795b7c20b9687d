//! Tombstones: the end of what a compacted topic knows of a key.

use std::future::Future;

use super::delivery::Written;
use super::encoded::Tombstones;
use super::error::PublishError;
use super::publisher::{Outgoing, Publisher};
use crate::topic::{CompactedTopic, PublishedTopic};

/// Of compacted topics alone; the bound is on each, so that the compiler says of another what it is not.
impl<T: PublishedTopic> Publisher<T> {
    /// Publishes a tombstone: nothing is known of the key any more, and Kafka drops its events in time. Otherwise as
    /// [`publish`](Self::publish); it is in order with the key's events.
    ///
    /// # Errors
    /// The tombstone was not written, or possibly written; its key is handed back as the event.
    pub fn publish_tombstone(&self, key: &T::Key) -> impl Future<Output = Result<Written, PublishError<T::Key>>> + Send + use<T>
    where
        T: CompactedTopic,
    {
        self.publish_tombstone_with(key, Outgoing::default())
    }

    /// Publishes a tombstone with headers or a timestamp.
    ///
    /// # Errors
    /// As [`publish_tombstone`](Self::publish_tombstone).
    pub fn publish_tombstone_with(
        &self,
        key: &T::Key,
        outgoing: Outgoing,
    ) -> impl Future<Output = Result<Written, PublishError<T::Key>>> + Send + use<T>
    where
        T: CompactedTopic,
    {
        self.send::<Tombstones>(key, outgoing)
    }

    /// Publishes a tombstone and waits for the acknowledgement on this thread, as [`publish_blocking`](Self::publish_blocking) does.
    ///
    /// # Errors
    /// As [`publish_tombstone`](Self::publish_tombstone).
    pub fn publish_tombstone_blocking(&self, key: &T::Key) -> Result<Written, PublishError<T::Key>>
    where
        T: CompactedTopic,
    {
        self.send_blocking::<Tombstones>(key)
    }

    /// Hands a tombstone over and goes on, as [`enqueue`](Self::enqueue) does with an event.
    ///
    /// # Errors
    /// As there.
    pub fn enqueue_tombstone(
        &self,
        key: &T::Key,
        callback: impl FnOnce(Result<Written, PublishError<T::Key>>) + Send + 'static,
    ) -> Result<(), PublishError<T::Key>>
    where
        T: CompactedTopic,
    {
        self.send_told::<Tombstones>(key, &Outgoing::default(), callback)
    }
}
