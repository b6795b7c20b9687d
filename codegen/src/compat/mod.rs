//! A reader's schema against a writer's: what becomes of each part of what was written, and every reason why some of it cannot be read.
//!
//! ```text
//!  writer's type ─┐                    ┌─► steps, one for each pair of types: what a plan for decoding is made of
//!  reader's type ─┴─► resolve, in pairs ┴─► findings: a code, a place in both, why, and the cure
//! ```
//!
//! Every finding is told, of each severity as many as ten thousand, and has a line and a JSON pointer in both schemas
//! ([`Origin::pointer`](crate::Origin::pointer)).
//!
//! With the feature `compat`, which build scripts leave out.
//!
//! The rules are those of the specification's "Schema Resolution". Where it leaves room, or its readers differ: types match by full name, then by an
//! alias of the reader's, then by the name without its namespace, which is warned of; a union's branch that matches by full name goes before all
//! others, unless it is a fixed of another size, which takes no value and goes behind those of the writer's size; a logical type that both have must
//! be the same, unit, precision and scale, since the bytes do not tell.
//!
//! ```
//! use kafka_event_codegen::compat::{Compatibility, Version};
//! # use kafka_event_codegen::load_schemas;
//! # let folder = tempfile::tempdir()?;
//! # let load = |name: &str, fields: &str| {
//! #     let path = folder.path().join(name);
//! #     std::fs::write(&path, format!(r#"{{"type": "record", "name": "Job", "fields": [{fields}]}}"#)).unwrap();
//! #     load_schemas(&[path]).unwrap()
//! # };
//! let first = load("1.avsc", r#"{"name": "id", "type": "string"}"#);
//! let second = load("2.avsc", r#"{"name": "id", "type": "string"}, {"name": "node", "type": "string"}"#);
//! let (first, second) = (Version::named(&first, "Job").unwrap(), Version::named(&second, "Job").unwrap());
//!
//! // Who has the second cannot read what was written by the first: it lacks a field.
//! let verdict = Compatibility::Backward.check(&[first], second);
//! assert!(!verdict.is_compatible());
//! assert_eq!(verdict.findings[0].report.diagnostics[0].code, "KE0603");
//! // The other way round nothing stands against it; what can be read and is worth a look would be among the findings all the same.
//! let verdict = Compatibility::Forward.check(&[first], second);
//! assert!(verdict.is_compatible() && verdict.findings.is_empty());
//! # Ok::<_, std::io::Error>(())
//! ```

mod ends;
mod finding;
mod logical;
mod mode;
mod resolver;
mod step;
mod union;

pub use mode::{Compatibility, Consumers, Finding, Verdict, Version};
pub use resolver::Match;
pub use step::{Promotion, RecordStep, Resolution, Step, StepId, Written};
