//! Who has seen which event, and when.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use hdrhistogram::Histogram;
use kafka_event::uuid::Uuid;
use kafka_event::{Topic, TopicSpec};

use crate::events::{CATALOG, topics};

/// The reader of `audit-trail`, which no group of the manifest reads: so that each topic is checked.
pub(crate) const AUDITOR: &str = "quickstart";

/// The events of one run, told from those of others by half of their ids.
pub(crate) struct Tally {
    run: u64,
    events: u64,
    begun: Instant,
    /// When each event was handed over, in nanoseconds since the beginning; 0 before that.
    sent: Vec<AtomicU64>,
    written: HashMap<&'static str, AtomicU64>,
    failed: AtomicU64,
    first_failure: Mutex<Option<String>>,
    interrupted: AtomicBool,
    /// Events read by any group, those of other runs and those read twice among them.
    progress: AtomicU64,
    readings: Vec<Reading>,
}

/// What a group has read of a topic.
pub(crate) struct Reading {
    pub(crate) group: &'static str,
    pub(crate) topic: &'static TopicSpec,
    /// How many of the run's events go to the topic.
    pub(crate) planned: u64,
    seen: Mutex<Seen>,
}

pub(crate) struct Seen {
    numbers: Vec<bool>,
    pub(crate) distinct: u64,
    pub(crate) duplicates: u64,
    pub(crate) out_of_order: u64,
    last_of_key: HashMap<Box<[u8]>, u64>,
    /// From the hand-over to the handler, in microseconds.
    pub(crate) latency: Histogram<u64>,
    pub(crate) first: Option<Instant>,
    pub(crate) last: Option<Instant>,
}

/// Which topic the event of a number goes to: of 20 events, as the flagship's load is mixed.
pub(crate) fn topic_of(number: u64) -> &'static TopicSpec {
    match number % 20 {
        0..6 => topics::JobLifecycle::SPEC,
        6..14 => topics::JobMetrics::SPEC,
        14..18 => topics::Notifications::SPEC,
        18 => topics::AuditTrail::SPEC,
        _ => topics::SystemHealth::SPEC,
    }
}

impl Tally {
    pub(crate) fn new(events: u64) -> Self {
        let groups = CATALOG
            .groups
            .iter()
            .flat_map(|group| group.topics.iter().map(|topic| (group.id, *topic)));
        let readings = groups.chain([(AUDITOR, topics::AuditTrail::SPEC)]).map(|(group, topic)| Reading {
            group,
            topic,
            planned: (0..events).filter(|number| topic_of(*number).name == topic.name).count() as u64,
            seen: Mutex::new(Seen {
                numbers: vec![false; usize::try_from(events).unwrap_or(usize::MAX)],
                distinct: 0,
                duplicates: 0,
                out_of_order: 0,
                last_of_key: HashMap::new(),
                latency: Histogram::new_with_bounds(1, 600_000_000, 3).expect("the bounds are in order"),
                first: None,
                last: None,
            }),
        });
        Self {
            run: rand::random(),
            events,
            begun: Instant::now(),
            sent: (0..events).map(|_| AtomicU64::new(0)).collect(),
            written: CATALOG.names().map(|name| (name, AtomicU64::new(0))).collect(),
            failed: AtomicU64::new(0),
            first_failure: Mutex::new(None),
            interrupted: AtomicBool::new(false),
            progress: AtomicU64::new(0),
            readings: readings.collect(),
        }
    }

    pub(crate) fn events(&self) -> u64 {
        self.events
    }

    /// The id of an event of this run.
    pub(crate) fn id(&self, number: u64) -> Uuid {
        Uuid::from_u64_pair(self.run, number)
    }

    pub(crate) fn sending(&self, number: u64) {
        let nanos = u64::try_from(self.begun.elapsed().as_nanos()).unwrap_or(u64::MAX);
        self.sent[number as usize].store(nanos.max(1), Ordering::Release);
    }

    pub(crate) fn ended(&self, topic: &TopicSpec, failure: Option<String>) {
        match failure {
            None => {
                self.written[topic.name].fetch_add(1, Ordering::Relaxed);
            }
            Some(reason) => {
                self.failed.fetch_add(1, Ordering::Relaxed);
                let mut first = self.first_failure.lock().unwrap_or_else(PoisonError::into_inner);
                first.get_or_insert(reason);
            }
        }
    }

    /// Notes an event that a group has read; one of another run is progress, and nothing else.
    pub(crate) fn read(&self, group: &str, topic: &str, id: Uuid, key: Option<&[u8]>) {
        let now = Instant::now();
        self.progress.fetch_add(1, Ordering::Relaxed);
        let (run, number) = id.as_u64_pair();
        if run != self.run || number >= self.events {
            return;
        }
        let Some(reading) = self
            .readings
            .iter()
            .find(|reading| reading.group == group && reading.topic.name == topic)
        else {
            return;
        };
        let mut seen = reading.seen();
        if std::mem::replace(&mut seen.numbers[number as usize], true) {
            seen.duplicates += 1;
            return;
        }
        seen.distinct += 1;
        if let Some(key) = key {
            match seen.last_of_key.get_mut(key) {
                Some(last) if *last > number => seen.out_of_order += 1,
                Some(last) => *last = number,
                None => {
                    seen.last_of_key.insert(key.into(), number);
                }
            }
        }
        let sent = self.begun + Duration::from_nanos(self.sent[number as usize].load(Ordering::Acquire));
        let micros = u64::try_from(now.saturating_duration_since(sent).as_micros()).unwrap_or(u64::MAX);
        seen.latency.saturating_record(micros.max(1));
        seen.first.get_or_insert(sent);
        seen.last = Some(now);
    }

    pub(crate) fn readings(&self) -> &[Reading] {
        &self.readings
    }

    pub(crate) fn written(&self, topic: &str) -> u64 {
        self.written.get(topic).map_or(0, |written| written.load(Ordering::Relaxed))
    }

    /// Events that were not written, or perhaps not, and why the first was not.
    pub(crate) fn failed(&self) -> (u64, Option<String>) {
        let first = self.first_failure.lock().unwrap_or_else(PoisonError::into_inner).clone();
        (self.failed.load(Ordering::Relaxed), first)
    }

    /// How many events there are to be read, counted once for each group that reads them.
    pub(crate) fn expected(&self) -> u64 {
        self.readings.iter().map(|reading| reading.planned).sum()
    }

    pub(crate) fn received(&self) -> u64 {
        self.readings.iter().map(|reading| reading.seen().distinct).sum()
    }

    /// Rises with every event that is read, whoever published it.
    pub(crate) fn progress(&self) -> u64 {
        self.progress.load(Ordering::Relaxed)
    }

    /// Events that were written and that a group has not read.
    pub(crate) fn lost(&self) -> u64 {
        let missing = |reading: &Reading| self.written(reading.topic.name).saturating_sub(reading.seen().distinct);
        self.readings.iter().map(missing).sum()
    }

    pub(crate) fn interrupt(&self) {
        self.interrupted.store(true, Ordering::Relaxed);
    }

    pub(crate) fn is_interrupted(&self) -> bool {
        self.interrupted.load(Ordering::Relaxed)
    }

    /// Whether every event has been written and read by every group.
    pub(crate) fn is_complete(&self) -> bool {
        let complete =
            |reading: &Reading| self.written(reading.topic.name) == reading.planned && reading.seen().distinct == reading.planned;
        self.readings.iter().all(complete)
    }
}

impl Reading {
    pub(crate) fn seen(&self) -> std::sync::MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_of_others_are_progress_and_nothing_else() {
        let tally = Tally::new(20);
        tally.read(AUDITOR, "audit-trail", Uuid::from_u64_pair(!tally.run, 18), None);
        assert_eq!((tally.progress(), tally.received()), (1, 0));
        tally.read(AUDITOR, "audit-trail", tally.id(18), None);
        assert_eq!((tally.progress(), tally.received()), (2, 1));
    }
}
