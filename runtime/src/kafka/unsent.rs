//! A message of a publisher, while it waits for room.

use std::sync::Arc;

use super::delivery::{Delivery, Outcome};
use super::encoded::{Encoded, unsent};
use super::error::Cause;
use super::permits::Closed;
use super::publisher::{Outgoing, Publisher};
use super::row::Waiting;
use super::wait::Slot;
use crate::topic::PublishedTopic;

/// A message with all that it takes to send it.
pub(super) struct Unsent<T: PublishedTopic, F> {
    publisher: Publisher<T>,
    encoded: Encoded,
    outgoing: Outgoing,
    /// Who is told the end; with the message, once that has been handed over.
    told: Option<F>,
    /// Why librdkafka did not take it.
    refused: Option<(Cause, Delivery)>,
    /// Filled once it waits no more.
    gone: Option<Arc<Slot<()>>>,
}

impl<T: PublishedTopic, F: FnOnce(Outcome) + Send + 'static> Unsent<T, F> {
    pub(super) fn new(publisher: Publisher<T>, encoded: Encoded, outgoing: Outgoing, told: F) -> Self {
        Self {
            publisher,
            encoded,
            outgoing,
            told: Some(told),
            refused: None,
            gone: None,
        }
    }

    /// Fills a slot once the message waits no more, whatever became of it.
    pub(super) fn telling(self, gone: Arc<Slot<()>>) -> Self {
        Self { gone: Some(gone), ..self }
    }

    pub(super) fn bytes(&self) -> usize {
        self.encoded.bytes()
    }
}

impl<T: PublishedTopic, F: FnOnce(Outcome) + Send + 'static> Waiting for Unsent<T, F> {
    fn hand_over(&mut self) {
        if let Some(told) = self.told.take() {
            self.refused = self.publisher.try_hand_over(&self.encoded, &self.outgoing, told).err();
        }
    }

    fn tell(self: Box<Self>, end: Result<(), Closed>) {
        // First: what follows may be the application's.
        if let Some(gone) = &self.gone {
            gone.fill(());
        }
        if let Some((cause, delivery)) = self.refused {
            delivery.end(Err(unsent(&self.encoded, cause)));
        }
        if let (Err(Closed), Some(told)) = (end, self.told) {
            told(Err(unsent(&self.encoded, Cause::Closed)));
        }
    }
}
