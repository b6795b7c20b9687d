//! Consuming: events out of one topic or a group's several, committed after they have been handled.

mod builder;
mod commit;
mod error;
mod group;
mod inbox;
mod lag;
mod partition;
mod poll;
mod received;
mod run;
mod shared;
mod side;
mod stats;

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

pub use builder::{ConsumerBuilder, Failed, StartAt, Undecoded};
pub use error::{ConsumeError, ConsumerError, Undecodable};
pub use received::{Ack, Context, Received};
pub use shared::ConsumerStats;
pub use stats::{PartitionState, PartitionStats};

use self::shared::Shared;
use crate::topic::Subscription;

/// How long dropping a consumer that was not closed may wait for its group.
const DROP_PATIENCE: Duration = Duration::from_secs(5);

/// A member of a consumer group, that reads typed events.
///
/// Every event is delivered at least once: what is committed is the offset below which all events were acknowledged. An event is seen
/// again after a crash, after a lost commit, or after a partition moved while the event was in the application's hands.
/// In a partition, events come in the order in which they were written.
///
/// A thread of its own reads ahead as far as there is [room](ConsumerBuilder::in_flight), and stays in the group however slow the
/// application is. Dropped, it commits what was acknowledged and leaves the group; [`close`](Self::close) also waits for what is in the
/// application's hands.
pub struct Consumer<S: Subscription> {
    shared: Arc<Shared<S>>,
    group: String,
}

/// Stops a consumer from elsewhere, as a signal's handler does.
pub struct Stopper<S: Subscription>(Arc<Shared<S>>);

impl<S: Subscription> Consumer<S> {
    fn new(shared: Arc<Shared<S>>, group: String) -> Self {
        Self { shared, group }
    }

    /// The next event. A future dropped before it is ready has taken none.
    ///
    /// # Errors
    /// A message is no event of its topic: told once, others go on. Or the consumer is closed, or has failed for good.
    pub async fn recv(&self) -> Result<Received<S::Event>, ConsumeError> {
        loop {
            if let Some(received) = wanted(self.shared.inbox.take().await?) {
                return received;
            }
        }
    }

    /// The next event, waited for on this thread.
    ///
    /// # Errors
    /// As [`recv`](Self::recv).
    pub fn recv_blocking(&self) -> Result<Received<S::Event>, ConsumeError> {
        loop {
            if let Some(received) = wanted(self.shared.inbox.take_blocking()?) {
                return received;
            }
        }
    }

    /// The group's id.
    #[must_use]
    pub fn group(&self) -> &str {
        &self.group
    }

    /// What it has done, and how far it is in each of its partitions.
    #[must_use]
    pub fn stats(&self) -> ConsumerStats {
        self.shared.stats()
    }

    /// A handle that stops the consumer from elsewhere.
    #[must_use]
    pub fn stopper(&self) -> Stopper<S> {
        Stopper(self.shared.clone())
    }

    /// Reads no more, waits until the deadline for what is in the application's hands, commits, and leaves the group.
    ///
    /// It returns at the deadline, or a second after the wait for the application's hands where that is later: so long the last commit and
    /// the leaving may take. Brokers that do not answer are not waited for any longer: the consumer then goes on leaving on a thread of its
    /// own, until librdkafka gives its commits up or the process ends.
    ///
    /// Tells how far it came; see [`ConsumerStats::is_settled`].
    pub async fn close(self, deadline: Duration) -> ConsumerStats {
        self.shared.stop(deadline);
        self.shared.finished().await;
        self.shared.stats()
    }

    /// Closes as [`close`](Self::close) does, on this thread.
    #[must_use = "it tells whether all that was handled is committed"]
    pub fn close_blocking(self, deadline: Duration) -> ConsumerStats {
        self.shared.stop(deadline);
        super::wait::block_on(self.shared.finished());
        self.shared.stats()
    }
}

/// What the application is given of what waited: an event behind one at which its partition came to rest meanwhile is not.
fn wanted<E>(item: Result<Received<E>, ConsumeError>) -> Option<Result<Received<E>, ConsumeError>> {
    match item {
        Ok(received) if !received.is_wanted() => {
            received.take_back();
            None
        }
        item => Some(item),
    }
}

impl<S: Subscription> Stopper<S> {
    /// Asks the consumer to stop: no event comes after those in the application's hands, and [`Consumer::run`] ends.
    pub fn stop(&self) {
        self.0.stop(self.0.settings.drain_deadline);
    }
}

impl<S: Subscription> Clone for Stopper<S> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<S: Subscription> fmt::Debug for Stopper<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stopper").finish_non_exhaustive()
    }
}

impl<S: Subscription> fmt::Debug for Consumer<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let topics: Vec<_> = S::TOPICS.iter().map(|topic| topic.name).collect();
        f.debug_struct("Consumer")
            .field("group", &self.group)
            .field("topics", &topics)
            .finish()
    }
}

impl<S: Subscription> Drop for Consumer<S> {
    fn drop(&mut self) {
        self.shared.stop(Duration::ZERO);
        self.shared.finished_by(Instant::now() + DROP_PATIENCE);
    }
}
