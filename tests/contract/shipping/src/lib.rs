//! Sends parcels, and says so. It has no schema, no manifest and no build script of its own: all that is the contract's.

use contract_events::post::{Address, ParcelLost, ParcelSent};
use contract_events::topics::{AddressesPublisher, ParcelsPublisher};
use kafka_event::kafka::PublisherError;
use kafka_event::{Kafka, PublishError, Topic, Written};

type Sent<T> = Result<Written, PublishError<<T as Topic>::Event>>;

/// The service.
#[derive(Debug)]
pub struct Shipping {
    parcels: ParcelsPublisher,
    addresses: AddressesPublisher,
}

impl Shipping {
    /// Connects the service.
    ///
    /// # Errors
    /// A topic is not there.
    pub fn new(kafka: &Kafka) -> Result<Self, PublisherError> {
        Ok(Self {
            parcels: kafka.publisher_blocking()?,
            addresses: kafka.publisher_blocking()?,
        })
    }

    /// A parcel goes on its way.
    ///
    /// # Errors
    /// It is not known to be written.
    pub fn send(&self, parcel: i64, customer: &str, grams: i32) -> Sent<contract_events::topics::Parcels> {
        let sent = ParcelSent {
            parcel,
            customer: customer.to_owned(),
            grams,
        };
        self.parcels.publish_blocking(&sent.into())
    }

    /// A parcel is lost.
    ///
    /// # Errors
    /// It is not known to be written.
    pub fn lose(&self, parcel: i64) -> Sent<contract_events::topics::Parcels> {
        self.parcels.publish_blocking(&ParcelLost { parcel }.into())
    }

    /// A customer has moved.
    ///
    /// # Errors
    /// It is not known to be written.
    pub fn moved(&self, customer: &str, city: &str) -> Sent<contract_events::topics::Addresses> {
        self.addresses.publish_blocking(&Address {
            customer: customer.to_owned(),
            city: city.to_owned(),
        })
    }

    /// A customer is to be forgotten.
    ///
    /// # Errors
    /// It is not known to be written.
    pub fn forget(&self, customer: &str) -> Result<Written, PublishError<String>> {
        self.addresses.publish_tombstone_blocking(&customer.to_owned())
    }
}
