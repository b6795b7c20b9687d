//! Handlers: one event after the other, acknowledged by the handler's success.

use std::any::Any;
use std::fmt::Display;
use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::atomic::Ordering;
use std::task::Poll;

use super::builder::Failed;
use super::{Ack, ConsumeError, Consumer, ConsumerStats, Context};
use crate::topic::Subscription;

impl<S: Subscription> Consumer<S> {
    /// Handles one event after the other until the consumer is [stopped](Consumer::stopper). It then returns as
    /// [`close`](Consumer::close) does, with the [drain deadline](super::ConsumerBuilder::drain_deadline).
    ///
    /// An event is acknowledged when its handler returns `Ok`. An error or a panic is logged and takes the policy of
    /// [`on_failed`](super::ConsumerBuilder::on_failed); neither ends the consumer.
    ///
    /// # Errors
    /// The consumer has failed for good.
    pub async fn run<F, R, E>(self, mut handler: F) -> Result<ConsumerStats, ConsumeError>
    where
        F: FnMut(S::Event, Context) -> R,
        R: Future<Output = Result<(), E>>,
        E: Display,
    {
        loop {
            match self.recv().await {
                Ok(received) => {
                    let (event, context, ack) = received.into_parts();
                    let result = match catch_unwind(AssertUnwindSafe(|| handler(event, context))) {
                        Ok(handling) => caught(handling).await,
                        Err(panic) => Err(panic),
                    };
                    self.handled(ack, result);
                }
                // Logged where it was found; other partitions go on.
                Err(ConsumeError::Undecodable(_)) => {}
                Err(ConsumeError::Closed) => {
                    self.shared.finished().await;
                    return Ok(self.stats());
                }
                Err(fatal) => return Err(fatal),
            }
        }
    }

    /// Handles events as [`run`](Self::run) does, on this thread.
    ///
    /// # Errors
    /// As there.
    pub fn run_blocking<E: Display>(
        self,
        mut handler: impl FnMut(S::Event, Context) -> Result<(), E>,
    ) -> Result<ConsumerStats, ConsumeError> {
        loop {
            match self.recv_blocking() {
                Ok(received) => {
                    let (event, context, ack) = received.into_parts();
                    let result = catch_unwind(AssertUnwindSafe(|| handler(event, context)));
                    self.handled(ack, result);
                }
                Err(ConsumeError::Undecodable(_)) => {}
                Err(ConsumeError::Closed) => {
                    crate::kafka::wait::block_on(self.shared.finished());
                    return Ok(self.stats());
                }
                Err(fatal) => return Err(fatal),
            }
        }
    }

    fn handled<E: Display>(&self, ack: Ack, result: Result<Result<(), E>, Box<dyn Any + Send>>) {
        let reason = match result {
            Ok(Ok(())) => return ack.ack(),
            Ok(Err(error)) => error.to_string(),
            Err(panic) => format!("the handler panicked: {}", message(&*panic)),
        };
        self.shared.counters.failed.fetch_add(1, Ordering::Relaxed);
        match self.shared.settings.failed {
            Failed::Stop => tracing::error!(?ack, reason, "a handler failed"),
            Failed::Skip => {
                tracing::error!(?ack, reason, "a handler failed: its event is passed over");
                ack.ack();
            }
        }
    }
}

/// A future whose panic is a value.
async fn caught<F: Future>(future: F) -> Result<F::Output, Box<dyn Any + Send>> {
    let mut future = pin!(future);
    poll_fn(|context| match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context))) {
        Ok(Poll::Ready(output)) => Poll::Ready(Ok(output)),
        Ok(Poll::Pending) => Poll::Pending,
        Err(panic) => Poll::Ready(Err(panic)),
    })
    .await
}

fn message(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("without a message")
}
