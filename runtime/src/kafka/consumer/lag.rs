//! How far partitions go, looked at on a clock of its own: also where nothing is committed, or no commit is answered.

use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use rdkafka::consumer::Consumer as _;

use super::group::Membership;
use crate::ffi::consume::end_offset;
use crate::topic::Subscription;

/// How often the ends are looked at; no broker is asked.
const LOOK: Duration = Duration::from_millis(500);

impl<S: Subscription> Membership<S> {
    pub(super) fn look_at_ends(&mut self) {
        let now = Instant::now();
        if now < self.next_look {
            return;
        }
        self.next_look = now + LOOK;
        let starts = self.consumer.context().starts();
        for partition in &self.assigned {
            if let Some(end) = end_offset(&self.consumer, partition.spec.name, partition.partition) {
                partition.end.store(end, Ordering::Relaxed);
            }
            let start = starts.iter().find(|start| partition.is(start.topic.as_bytes(), start.partition));
            if let Some(start) = start {
                partition.start.store(start.offset, Ordering::Relaxed);
            }
        }
    }
}
