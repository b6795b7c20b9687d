//! Types of one's own, by the methods that are provided.

use super::Evolution;
use crate::codec::{Datum, Decode, DecodeBranch, DecodeError, Encode, Fingerprint, Reader, Schema, Writer};
use crate::evolution::Step;
use crate::wire;

/// A union by hand, which has no `evolve_branch` of its own.
#[derive(Debug, PartialEq)]
enum Raw {
    Long(i64),
    Letter(i64),
    Double(f64),
}

impl Datum for Raw {
    type Wire = wire::Union;
}

impl Encode<wire::Union> for Raw {
    fn size_bound(&self) -> usize {
        20
    }

    fn encode(&self, writer: &mut Writer<'_>) {
        match self {
            Self::Long(long) => {
                writer.varint(0);
                writer.varint(*long);
            }
            Self::Letter(place) => {
                writer.varint(1);
                writer.varint(*place);
            }
            Self::Double(double) => {
                writer.varint(2);
                writer.write::<wire::Double, _>(double);
            }
        }
    }
}

impl<'de> DecodeBranch<'de> for Raw {
    fn decode_branch(branch: i64, reader: &mut Reader<'de>) -> Result<Self, DecodeError> {
        match branch {
            0 => reader.varint().map(Self::Long),
            1 => reader.varint().map(Self::Letter),
            2 => reader.read::<wire::Double, _>().map(Self::Double),
            branch => Err(reader.no_such_branch(branch, 3)),
        }
    }
}

impl<'de> Decode<'de, wire::Union> for Raw {
    fn decode(reader: &mut Reader<'de>) -> Result<Self, DecodeError> {
        let branch = reader.varint()?;
        Self::decode_branch(branch, reader)
    }

    // As it is generated for those who have it.
    fn evolve(reader: &mut Reader<'de>, step: Step<'de>) -> Result<Self, DecodeError> {
        let (branch, step) = step.settled(reader)?.branch(reader)?;
        Self::evolve_branch(branch, reader, step)
    }
}

impl Schema for Raw {
    type Ref<'de> = Self;

    const SCHEMA: &'static str = r#"["long", {"type": "enum", "name": "Letter", "symbols": ["A", "B", "C"]}, "double"]"#;
    const FINGERPRINT: Fingerprint = Fingerprint(0);
    const LAYOUT: u64 = 0;
}

#[test]
fn a_union_by_hand_reads_what_is_not_made_of_others() {
    let read = |writer: &str, bytes: &[u8]| {
        let evolution = Evolution::<Raw>::from_schema(writer).unwrap();
        evolution.decode(bytes).map_err(|error| error.to_string())
    };
    let letters = r#"[{"type": "enum", "name": "Letter", "symbols": ["C", "B"]}, "int"]"#;
    assert_eq!(read(letters, &[2, 14]), Ok(Raw::Long(7)));
    assert_eq!(read(letters, &[0, 0]), Ok(Raw::Letter(2)));
    assert_eq!(read(letters, &[0, 2]), Ok(Raw::Letter(1)));
    assert_eq!(read("\"int\"", &[13]), Ok(Raw::Long(-7)));
    // An int has 32 bits, and no more for being promoted.
    let long = [&[2][..], &[0x80, 0x80, 0x80, 0x80, 0x20]].concat();
    let error = read(letters, &long).unwrap_err();
    assert!(error.contains("does not fit an int"), "{error}");
    // The branch is a double, and its bytes are not.
    let error = read("\"float\"", &[0; 4]).unwrap_err();
    assert!(error.contains("no `evolve` of its own"), "{error}");
}
