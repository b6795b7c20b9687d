//! Records, arrays and maps in one another.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Shape, rsgen};
use crate::events::bench::deep;

/// Records, arrays and maps.
pub enum Deep {}

impl Shape for Deep {
    type Event = deep::Shipment;
    type Peer = Shipment;
    type PeerRef = ShipmentRef<'static>;
    type Generated = rsgen::deep::Shipment;

    const NAME: &'static str = "records, arrays and maps";
    const SCHEMA: &'static str = "deep";

    fn event() -> deep::Shipment {
        deep::Shipment {
            id: "shipment-2026-000123".to_owned(),
            from: address("1 Harbour Road", "Bremerhaven", 53.5396, 8.5809),
            to: address("47 Station Square", "Basel", 47.5474, 7.5896),
            parcels: (1..=4).map(parcel).collect(),
            readings: (0..32).map(|number| (number - 8) * 331).collect(),
            totals: [("glass", 12), ("paper", 1200), ("textile", 80_000)]
                .map(|(kind, total)| (kind.to_owned(), total))
                .into(),
        }
    }
}

fn address(street: &str, city: &str, latitude: f64, longitude: f64) -> deep::Address {
    deep::Address {
        street: street.to_owned(),
        city: city.to_owned(),
        position: deep::Position { latitude, longitude },
    }
}

fn parcel(number: i64) -> deep::Parcel {
    let stop = |(city, hours): (&str, i64)| deep::Stop {
        city: city.to_owned(),
        at: 1_771_027_200_000 + hours * 3_600_000,
    };
    let labels = [("colour", "blue"), ("handling", "this side up"), ("insurance", "none")];
    deep::Parcel {
        sku: format!("sku-{number:06}"),
        count: number * 20,
        sizes: vec![30.5, 20.25, 0.1 * number as f64],
        labels: labels.map(|(key, value)| (key.to_owned(), value.to_owned())).into(),
        stops: [("Bremerhaven", 0), ("Hannover", 9), ("Frankfurt", 20)].map(stop).into(),
    }
}

/// The same for serde's codecs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Shipment {
    pub id: String,
    pub from: Address,
    pub to: Address,
    pub parcels: Vec<Parcel>,
    pub readings: Vec<i64>,
    pub totals: BTreeMap<String, i64>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Address {
    pub street: String,
    pub city: String,
    pub position: Position,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Position {
    pub latitude: f64,
    pub longitude: f64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Parcel {
    pub sku: String,
    pub count: i64,
    pub sizes: Vec<f64>,
    pub labels: BTreeMap<String, String>,
    pub stops: Vec<Stop>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Stop {
    pub city: String,
    pub at: i64,
}

/// The same, borrowed from the bytes.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[allow(missing_docs)]
pub struct ShipmentRef<'a> {
    pub id: &'a str,
    #[serde(borrow)]
    pub from: AddressRef<'a>,
    #[serde(borrow)]
    pub to: AddressRef<'a>,
    #[serde(borrow)]
    pub parcels: Vec<ParcelRef<'a>>,
    pub readings: Vec<i64>,
    #[serde(borrow)]
    pub totals: BTreeMap<&'a str, i64>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[allow(missing_docs)]
pub struct AddressRef<'a> {
    pub street: &'a str,
    pub city: &'a str,
    pub position: Position,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[allow(missing_docs)]
pub struct ParcelRef<'a> {
    pub sku: &'a str,
    pub count: i64,
    pub sizes: Vec<f64>,
    #[serde(borrow)]
    pub labels: BTreeMap<&'a str, &'a str>,
    #[serde(borrow)]
    pub stops: Vec<StopRef<'a>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[allow(missing_docs)]
pub struct StopRef<'a> {
    pub city: &'a str,
    pub at: i64,
}
