//! Types of every shape: what they make of bytes of their own schema, and of another version's.

use std::fmt::Debug;
use std::sync::LazyLock;

use kafka_event::evolution::Evolution;
use kafka_event::json::{JsonClass, from_avro_json, from_avro_json_within, to_avro_json};
use kafka_event::{Complete, DecodeError, Limits, Schema, from_avro, from_avro_within, to_avro};

use crate::budget::{LIMITS, is_of_a_limit, within};
use crate::contract::DIVIDER;
use crate::types::com::cosmic_horizons::events as flagship;
use crate::types::{bank, constructs, held, kinds, shapes, v1, v2, v3};

/// A type, by what is done with it.
struct Shape {
    schema: &'static str,
    decode: fn(&[u8]) -> bool,
    json: fn(&str) -> bool,
    evolve: fn(&str) -> Option<Evolved>,
}

/// Reads bytes of a writer, and is held to all that must be so.
type Evolved = Box<dyn Fn(&[u8]) -> bool + Send + Sync>;

const fn shape<T: Fuzzed>() -> Shape {
    Shape {
        schema: T::SCHEMA,
        decode: decoded::<T>,
        json: of_json::<T>,
        evolve: evolved::<T>,
    }
}

/// An owned type that its borrowed twin becomes.
trait Fuzzed: Complete + PartialEq + Debug + for<'de> From<<Self as Schema>::Ref<'de>> {}
impl<T: Complete + PartialEq + Debug + for<'de> From<T::Ref<'de>>> Fuzzed for T {}

/// All types, in the order of the first byte of an input.
static SHAPES: &[Shape] = &[
    shape::<flagship::JobLifecycleEvent>(),
    shape::<flagship::AuditTrailEvent>(),
    shape::<flagship::SystemHealthEvent>(),
    shape::<flagship::NotificationEvent>(),
    shape::<flagship::JobMetricsEvent>(),
    shape::<constructs::Every>(),
    shape::<constructs::AnyBranch>(),
    shape::<constructs::Datum>(),
    shape::<kinds::Record>(),
    shape::<shapes::one::Shapes>(),
    shape::<shapes::Tree>(),
    shape::<bank::Entry>(),
    shape::<bank::Waiting>(),
    shape::<v1::Order>(),
    shape::<v2::Order>(),
    shape::<v3::Order>(),
    shape::<held::Held>(),
];

/// Decodes bytes as one of the types, by the first of them.
///
/// # Panics
/// Something is not as it must be.
#[must_use]
pub fn decode(bytes: &[u8]) -> bool {
    let Some((which, bytes)) = bytes.split_first() else { return false };
    (SHAPES[usize::from(*which) % SHAPES.len()].decode)(bytes)
}

/// Decodes bytes of one of the types as another, by the first of them: each pair of which one can be read as the other.
///
/// # Panics
/// Something is not as it must be.
#[must_use]
pub fn evolve(bytes: &[u8]) -> bool {
    let Some((which, bytes)) = bytes.split_first() else { return false };
    (PAIRS[usize::from(*which) % PAIRS.len()].evolved)(bytes)
}

/// A type that reads what another wrote, by their places.
struct Pair {
    reader: usize,
    writer: usize,
    evolved: Evolved,
}

static PAIRS: LazyLock<Vec<Pair>> = LazyLock::new(|| {
    let places = (0..SHAPES.len()).flat_map(|reader| (0..SHAPES.len()).map(move |writer| (reader, writer)));
    let pair = |(reader, writer): (usize, usize)| {
        let evolved = (SHAPES[reader].evolve)(SHAPES[writer].schema)?;
        Some(Pair { reader, writer, evolved })
    };
    places.filter_map(pair).collect()
});

/// Decodes bytes of a writer whose schema is in the input, too, behind the byte of the type that reads them; divided by a line of three dashes.
///
/// # Panics
/// Something is not as it must be.
#[must_use]
pub fn writer(bytes: &[u8]) -> bool {
    let Some((which, bytes)) = bytes.split_first() else {
        return false;
    };
    let divider = DIVIDER.as_bytes();
    let Some(place) = bytes.windows(divider.len()).position(|window| window == divider) else {
        return false;
    };
    let (schema, datum) = (&bytes[..place], &bytes[place + divider.len()..]);
    let Ok(schema) = std::str::from_utf8(schema) else {
        return false;
    };
    (SHAPES[usize::from(*which) % SHAPES.len()].evolve)(schema).is_some_and(|evolved| evolved(datum))
}

/// Reads a value's JSON as one of the types, by the first byte of an input.
///
/// # Panics
/// Something is not as it must be.
#[must_use]
pub fn json(bytes: &[u8]) -> bool {
    let Some((which, text)) = bytes.split_first() else { return false };
    std::str::from_utf8(text).is_ok_and(SHAPES[usize::from(*which) % SHAPES.len()].json)
}

/// Inputs of the four targets for a value of one of the types, named by it.
pub(crate) fn seeds<T: Complete>(value: &T) -> Seeds {
    let place = SHAPES.iter().position(|shape| shape.schema == T::SCHEMA).expect("one of the types");
    let datum = to_avro(value).expect("a value");
    let input = |which: usize, rest: &[&[u8]]| [&[u8::try_from(which).expect("few")], rest.concat().as_slice()].concat();
    let pairs = PAIRS.iter().enumerate().filter(|(_, pair)| pair.writer == place);
    Seeds {
        decode: input(place, &[&datum]),
        json: input(place, &[to_avro_json(value).expect("a value").as_bytes()]),
        evolve: pairs.clone().map(|(which, _)| input(which, &[&datum])).collect(),
        writer: pairs
            .map(|(_, pair)| input(pair.reader, &[T::SCHEMA.as_bytes(), DIVIDER.as_bytes(), &datum]))
            .collect(),
    }
}

/// Those of one value.
pub(crate) struct Seeds {
    pub(crate) decode: Vec<u8>,
    pub(crate) json: Vec<u8>,
    pub(crate) evolve: Vec<Vec<u8>>,
    pub(crate) writer: Vec<Vec<u8>>,
}

fn decoded<T: Fuzzed>(bytes: &[u8]) -> bool {
    let mut read = false;
    for limits in LIMITS {
        let owned = within(limits, bytes.len(), || from_avro_within::<T>(bytes, limits));
        let borrowed = within(limits, bytes.len(), || from_avro_within::<T::Ref<'_>>(bytes, limits));
        let Some(written) = alike(owned, borrowed.map(T::from)) else {
            continue;
        };
        let again = from_avro::<T>(&written).expect("what was written is read");
        assert_eq!(to_avro(&again).expect("it was written before"), written);
        there_and_back(&again);
        read = true;
    }
    read
}

/// A value's JSON is read, and is the same again: a NaN has many bits, and one word.
fn there_and_back<T: Fuzzed>(event: &T) {
    let text = match to_avro_json(event) {
        Ok(text) => text,
        Err(error) => return assert_eq!(error.class(), JsonClass::Limit),
    };
    match from_avro_json::<T>(&text) {
        Ok(again) => assert_eq!(to_avro_json(&again).expect("it was written before"), text),
        Err(error) => assert_eq!(error.class(), JsonClass::Limit, "{error}\n{text}"),
    }
}

fn of_json<T: Fuzzed>(text: &str) -> bool {
    let mut read = false;
    // What is made once for the type is none of the text's.
    _ = from_avro_json::<T>("");
    for limits in LIMITS {
        // The bytes that the text becomes may take as much as the value that they become.
        let twice = Limits {
            memory: 2 * limits.memory,
            ..limits
        };
        match within(twice, text.len(), || from_avro_json_within::<T>(text, limits)) {
            Ok(event) => {
                there_and_back(&event);
                read = true;
            }
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
    read
}

fn evolved<T: Fuzzed>(writer: &str) -> Option<Evolved> {
    let evolution = Evolution::<T>::from_schema(writer).ok()?;
    let own = writer == T::SCHEMA;
    Some(Box::new(move |bytes| {
        let mut read = false;
        for limits in LIMITS {
            let owned = within(limits, bytes.len(), || evolution.decode_within(bytes, limits));
            let borrowed = within(limits, bytes.len(), || evolution.decode_ref_within(bytes, limits));
            let written = alike(owned, borrowed.map(T::from));
            if own {
                let decoded = from_avro_within::<T>(bytes, limits).ok();
                assert_eq!(written, decoded.map(|event| to_avro(&event).expect("it was read")));
            }
            if let Some(written) = written {
                within(Limits::DEFAULT, written.len(), || from_avro::<T>(&written)).expect("what was written is read");
                read = true;
            }
        }
        read
    }))
}

/// Of a value and its twin the bytes that both are written as, or that both are refused for the same reason, unless it is a limit.
fn alike<T: Fuzzed>(owned: Result<T, DecodeError>, borrowed: Result<T, DecodeError>) -> Option<Vec<u8>> {
    match (owned, borrowed) {
        (Ok(owned), Ok(borrowed)) => {
            let written = to_avro(&owned).expect("a generated type that was read is written");
            // By their bytes: a NaN is not equal to itself.
            assert_eq!(to_avro(&borrowed).expect("its twin is, too"), written);
            Some(written)
        }
        (Err(error), _) | (_, Err(error)) if is_of_a_limit(&error) => None,
        (Err(owned), Err(borrowed)) => {
            assert_eq!(owned.to_string(), borrowed.to_string());
            None
        }
        (owned, borrowed) => panic!("owned: {owned:?}, borrowed: {borrowed:?}"),
    }
}
