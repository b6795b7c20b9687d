//! Most fields are one of several: records, primitives, enums.

use serde::{Deserialize, Serialize};

use super::{Shape, rsgen};
use crate::events::bench::unions;

/// Unions of records, of primitives, and of both; enums.
pub enum Unions {}

impl Shape for Unions {
    type Event = unions::Change;
    type Peer = Change;
    type PeerRef = ChangeRef<'static>;
    type Generated = rsgen::unions::Change;

    const NAME: &'static str = "unions and enums";
    const SCHEMA: &'static str = "unions";

    fn event() -> unions::Change {
        use unions::ChangeDetails as Detail;
        unions::Change {
            id: "change-2026-000123".to_owned(),
            actor: unions::ChangeActor::User(unions::User {
                id: "user-4711".to_owned(),
                session: Some("session-08-15".to_owned()),
            }),
            action: unions::ChangeAction::Renamed(unions::Renamed {
                from: "gpu-node-17".to_owned(),
                to: "gpu-node-17-spare".to_owned(),
            }),
            severity: unions::Severity::Warning,
            state: Some(unions::State::Applied),
            before: None,
            after: Some(unions::ChangeAfter::String("drained for maintenance".to_owned())),
            measured: unions::ChangeMeasured::Double(12.25),
            origin: unions::ChangeOrigin::Service(unions::Service {
                name: "scheduler".to_owned(),
                instance: 3,
            }),
            details: vec![
                Some(Detail::Long(1_771_027_200_000)),
                None,
                Some(Detail::Boolean(true)),
                Some(Detail::String("rack 12".to_owned())),
                Some(Detail::Double(-0.5)),
                Some(Detail::Long(42)),
            ],
        }
    }
}

/// The same for serde's codecs. Null is a variant, since apache-avro has an `Option` in a union of two alone; serde_avro_fast looks branches up by
/// the variants' names, and writes a variant without a value as text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Change {
    pub id: String,
    pub actor: Actor,
    pub action: Action,
    pub severity: Severity,
    pub state: Option<State>,
    pub before: Scalar,
    pub after: Scalar,
    pub measured: Measured,
    pub origin: Origin,
    pub details: Vec<Scalar>,
}

/// The same, borrowed from the bytes.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[allow(missing_docs)]
pub struct ChangeRef<'a> {
    pub id: &'a str,
    #[serde(borrow)]
    pub actor: ActorRef<'a>,
    #[serde(borrow)]
    pub action: ActionRef<'a>,
    pub severity: Severity,
    pub state: Option<State>,
    #[serde(borrow)]
    pub before: ScalarRef<'a>,
    #[serde(borrow)]
    pub after: ScalarRef<'a>,
    pub measured: Measured,
    #[serde(borrow)]
    pub origin: OriginRef<'a>,
    #[serde(borrow)]
    pub details: Vec<ScalarRef<'a>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Actor {
    #[serde(alias = "bench.unions.User")]
    User { id: String, session: Option<String> },
    #[serde(alias = "bench.unions.Service")]
    Service { name: String, instance: i32 },
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[allow(missing_docs)]
pub enum ActorRef<'a> {
    #[serde(alias = "bench.unions.User")]
    User {
        id: &'a str,
        #[serde(borrow)]
        session: Option<&'a str>,
    },
    #[serde(alias = "bench.unions.Service")]
    Service { name: &'a str, instance: i32 },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Action {
    #[serde(alias = "bench.unions.Created")]
    Created { template: Option<String> },
    #[serde(alias = "bench.unions.Renamed")]
    Renamed { from: String, to: String },
    #[serde(alias = "bench.unions.Removed")]
    Removed { reason: String },
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[allow(missing_docs)]
pub enum ActionRef<'a> {
    #[serde(alias = "bench.unions.Created")]
    Created {
        #[serde(borrow)]
        template: Option<&'a str>,
    },
    #[serde(alias = "bench.unions.Renamed")]
    Renamed { from: &'a str, to: &'a str },
    #[serde(alias = "bench.unions.Removed")]
    Removed { reason: &'a str },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[allow(missing_docs)]
pub enum Severity {
    Info,
    Warning,
    Critical,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[allow(missing_docs)]
pub enum State {
    Pending,
    Applied,
    Reverted,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Scalar {
    Null(()),
    Boolean(bool),
    Long(i64),
    Double(f64),
    String(String),
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[allow(missing_docs)]
pub enum ScalarRef<'a> {
    Null(()),
    Boolean(bool),
    Long(i64),
    Double(f64),
    String(&'a str),
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Measured {
    Long(i64),
    Double(f64),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Origin {
    String(String),
    #[serde(alias = "bench.unions.Service")]
    Service(Service),
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[allow(missing_docs)]
pub enum OriginRef<'a> {
    String(&'a str),
    #[serde(alias = "bench.unions.Service")]
    #[serde(borrow)]
    Service(ServiceRef<'a>),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Service {
    pub name: String,
    pub instance: i32,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[allow(missing_docs)]
pub struct ServiceRef<'a> {
    pub name: &'a str,
    pub instance: i32,
}
