//! UUIDs, as text of 36 characters and as 16 bytes.

use ::uuid::Uuid;

use super::error::Kind;
use super::{Decode, DecodeError, Encode, Reader, Writer};
use crate::wire;

/// A UUID's text: 32 digits and four hyphens.
const TEXT: usize = 36;

impl Encode<wire::Uuid> for Uuid {
    #[inline(always)]
    fn size_bound(&self) -> usize {
        1 + TEXT
    }

    #[inline(always)]
    fn encode(&self, writer: &mut Writer<'_>) {
        writer.in_place::<{ 1 + TEXT }>(|bytes| {
            let [length, text @ ..] = bytes;
            // A length's number is doubled.
            *length = 2 * TEXT as u8;
            self.hyphenated().encode_lower(text);
        });
    }
}

impl<'de> Decode<'de, wire::Uuid> for Uuid {
    #[inline(always)]
    fn decode(reader: &mut Reader<'de>) -> Result<Self, DecodeError> {
        match reader.prefixed()?.try_into().ok().and_then(halves) {
            Some([high, low]) => Ok(Self::from_u64_pair(high, low)),
            None => Err(reader.error(Kind::Uuid)),
        }
    }
}

impl Encode<wire::UuidFixed> for Uuid {
    #[inline(always)]
    fn size_bound(&self) -> usize {
        16
    }

    #[inline(always)]
    fn encode(&self, writer: &mut Writer<'_>) {
        writer.raw(self.as_bytes());
    }
}

impl<'de> Decode<'de, wire::UuidFixed> for Uuid {
    #[inline(always)]
    fn decode(reader: &mut Reader<'de>) -> Result<Self, DecodeError> {
        reader.array().copied().map(Self::from_bytes)
    }
}

/// Reads 32 digits of any case and four hyphens (RFC 9562, "UUID Format").
pub(super) fn parse(text: &[u8; TEXT]) -> Option<Uuid> {
    let [high, low] = halves(text)?;
    Some(Uuid::from_u64_pair(high, low))
}

/// The upper and the lower half: handed on as bytes, they would lie across the words in which they are written, for which a processor waits.
///
/// Eight digits at once: the crate's own parser, digit by digit, took half of the time that an event with two UUIDs took to decode.
#[inline]
fn halves(text: &[u8; TEXT]) -> Option<[u64; 2]> {
    let [
        a @ ..,
        h1,
        b0,
        b1,
        b2,
        b3,
        h2,
        c0,
        c1,
        c2,
        c3,
        h3,
        d0,
        d1,
        d2,
        d3,
        h4,
        e0,
        e1,
        e2,
        e3,
        _,
        _,
        _,
        _,
        _,
        _,
        _,
        _,
    ] = text;
    let [.., f0, f1, f2, f3, f4, f5, f6, f7] = text;
    if [*h1, *h2, *h3, *h4] != [b'-'; 4] {
        return None;
    }
    let groups = [
        eight_digits(*a)?,
        eight_digits([*b0, *b1, *b2, *b3, *c0, *c1, *c2, *c3])?,
        eight_digits([*d0, *d1, *d2, *d3, *e0, *e1, *e2, *e3])?,
        eight_digits([*f0, *f1, *f2, *f3, *f4, *f5, *f6, *f7])?,
    ];
    let high = (u64::from(groups[0]) << 32) | u64::from(groups[1]);
    let low = (u64::from(groups[2]) << 32) | u64::from(groups[3]);
    Some([high, low])
}

/// The number of eight hexadecimal digits.
#[inline]
fn eight_digits(digits: [u8; 8]) -> Option<u32> {
    /// The same in each byte.
    const fn each(byte: u8) -> u64 {
        u64::from_ne_bytes([byte; 8])
    }
    const HIGH: u64 = each(0x80);
    let text = u64::from_be_bytes(digits);
    if text & HIGH != 0 {
        return None;
    }
    // A byte below 0x80 with `0x80 - n` added has its high bit set where it is at least n, and never carries into the next.
    let at_least = |text: u64, least: u8| text + each(0x80 - least);
    let digit = at_least(text, b'0') & !at_least(text, b'9' + 1);
    let lower = text | each(0x20);
    let letter = at_least(lower, b'a') & !at_least(lower, b'f' + 1);
    if (digit | letter) & HIGH != HIGH {
        return None;
    }
    // A letter's low four bits count from 1, and bit 6 tells a letter.
    let nibbles = (text & each(0x0F)) + 9 * ((text >> 6) & each(0x01));
    let bytes = (nibbles | (nibbles >> 4)) & 0x00FF_00FF_00FF_00FF;
    let pairs = (bytes | (bytes >> 8)) & 0x0000_FFFF_0000_FFFF;
    Some((pairs | (pairs >> 16)) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXAMPLE: &[u8; TEXT] = b"7f1D3c5e-9A20-4b61-8c3d-0e5f6a7b8C9d";

    #[test]
    fn every_character_in_every_place_is_judged_as_the_crate_does() {
        assert_eq!(parse(EXAMPLE), Some(Uuid::from_u128(0x7f1d3c5e_9a20_4b61_8c3d_0e5f6a7b8c9d)));
        for place in 0..TEXT {
            for character in 0..=u8::MAX {
                let mut text = *EXAMPLE;
                text[place] = character;
                assert_eq!(parse(&text), Uuid::try_parse_ascii(&text).ok(), "{character:#04x} at {place}");
            }
        }
    }

    /// Specification, "Universally Unique Identifier": the text of RFC 4122, which has hyphens; upper case is read too.
    #[test]
    fn other_spellings_are_refused() {
        for text in [
            "7f1d3c5e9a204b618c3d0e5f6a7b8c9d",
            "{7f1d3c5e-9a20-4b61-8c3d-0e5f6a7b8c9d}",
            "",
            "7f1d3c5e-9a20-4b61-8c3d-0e5f6a7b8c9d ",
        ] {
            let mut bytes = vec![u8::try_from(text.len() * 2).unwrap()];
            bytes.extend(text.as_bytes());
            let mut reader = Reader::new(&bytes, crate::codec::Limits::DEFAULT);
            let read = <Uuid as Decode<'_, wire::Uuid>>::decode(&mut reader);
            assert!(read.is_err(), "{text}");
        }
    }
}
