//! Keeps accounts of parcels, from the contract's events.

use std::collections::BTreeMap;

use contract_events::groups::{Billing as Group, BillingEvent};
use contract_events::topics::ParcelsEvent;
use kafka_event::kafka::{ConsumeError, ConsumerError};
use kafka_event::{Compacted, Consumer, Kafka};

/// The service.
#[derive(Debug)]
pub struct Billing {
    consumer: Consumer<Group>,
    /// What each parcel costs, in cents.
    pub owed: BTreeMap<i64, i32>,
    /// Where each customer lives.
    pub cities: BTreeMap<String, String>,
}

impl Billing {
    /// Joins the group.
    ///
    /// # Errors
    /// A topic is not there.
    pub fn new(kafka: &Kafka) -> Result<Self, ConsumerError> {
        Ok(Self {
            consumer: kafka.consumer().start_blocking()?,
            owed: BTreeMap::new(),
            cities: BTreeMap::new(),
        })
    }

    /// Books as many events.
    ///
    /// # Errors
    /// One cannot be read.
    pub fn book(&mut self, events: usize) -> Result<(), ConsumeError> {
        for _ in 0..events {
            let (event, _, ack) = self.consumer.recv_blocking()?.into_parts();
            match event {
                BillingEvent::Parcels(ParcelsEvent::ParcelSent(sent)) => _ = self.owed.insert(sent.parcel, sent.grams / 2),
                BillingEvent::Parcels(ParcelsEvent::ParcelLost(lost)) => _ = self.owed.remove(&lost.parcel),
                BillingEvent::Addresses(Compacted::Event(address)) => _ = self.cities.insert(address.customer, address.city),
                BillingEvent::Addresses(Compacted::Tombstone(customer)) => _ = self.cities.remove(&customer),
            }
            ack.ack();
        }
        Ok(())
    }
}
