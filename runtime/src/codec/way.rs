//! Ways to the key of a message: by the fields of records, each by the name that Avro has for it.
//!
//! What an application calls a field, or whatever functions carry it, says nothing here: a derived or generated record leads by what it carries.

use std::marker::PhantomData;

use super::EncodeKey;

/// A step of a way: the field whose [`name`] this is, and what is left of the way behind it.
#[derive(Debug)]
pub struct Field<const NAME: u64, Rest = End>(PhantomData<Rest>);

/// The end of a way: what is here is the key.
#[derive(Debug)]
pub enum End {}

/// A field's name as a step has it: the 64 bits of FNV-1a.
#[must_use]
pub const fn name(avro: &str) -> u64 {
    let bytes = avro.as_bytes();
    let mut hash = 0xCBF2_9CE4_8422_2325;
    let mut at = 0;
    while at < bytes.len() {
        hash = (hash ^ bytes[at] as u64).wrapping_mul(0x0100_0000_01B3);
        at += 1;
    }
    hash
}

/// A Rust type that has the key of a message in it, of the Avro type `W` and behind the fields of `Way`.
///
/// Generated and derived records have it, and newtypes by `#[derive(KafkaEvent)]`; a type that is carried by hand leads on to what it holds:
///
/// ```
/// use kafka_event::codec::EncodeKeyAt;
/// use kafka_event::codec::way::{Field, name};
/// use kafka_event::wire;
///
/// struct Sender {
///     number: i64,
/// }
///
/// impl EncodeKeyAt<Field<{ name("id") }>, wire::Long> for Sender {
///     fn encode_key_at(&self, out: &mut Vec<u8>) -> bool {
///         EncodeKeyAt::<kafka_event::codec::way::End, wire::Long>::encode_key_at(&self.number, out)
///     }
/// }
///
/// let mut key = Vec::new();
/// assert!(Sender { number: 7 }.encode_key_at(&mut key));
/// assert_eq!(key, 7_i64.to_be_bytes());
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not lead to the key of a message",
    label = "the way to the topic's key goes through this type",
    note = "a record leads there by `#[derive(KafkaEvent)]` without `consume`, where it has the field itself, of a type that implements `EncodeKey`; a type that is carried by hand, by implementing `EncodeKeyAt`"
)]
pub trait EncodeKeyAt<Way, W: ?Sized> {
    /// Appends the key's bytes; `false` for a null key, for which nothing is appended.
    fn encode_key_at(&self, out: &mut Vec<u8>) -> bool;
}

#[diagnostic::do_not_recommend]
impl<W: ?Sized, T: EncodeKey<W> + ?Sized> EncodeKeyAt<End, W> for T {
    #[inline]
    fn encode_key_at(&self, out: &mut Vec<u8>) -> bool {
        self.encode_key(out)
    }
}

#[diagnostic::do_not_recommend]
impl<const NAME: u64, Rest, W: ?Sized, T> EncodeKeyAt<Field<NAME, Rest>, W> for Box<T>
where
    T: EncodeKeyAt<Field<NAME, Rest>, W> + ?Sized,
{
    #[inline]
    fn encode_key_at(&self, out: &mut Vec<u8>) -> bool {
        (**self).encode_key_at(out)
    }
}

#[diagnostic::do_not_recommend]
impl<const NAME: u64, Rest, W: ?Sized, T> EncodeKeyAt<Field<NAME, Rest>, W> for &T
where
    T: EncodeKeyAt<Field<NAME, Rest>, W> + ?Sized,
{
    #[inline]
    fn encode_key_at(&self, out: &mut Vec<u8>) -> bool {
        (**self).encode_key_at(out)
    }
}

#[cfg(test)]
mod tests {
    use super::name;

    /// The values of the function's authors: <http://www.isthe.com/chongo/tech/comp/fnv/>.
    #[test]
    fn names_are_hashed_as_fnv_1a_has_it() {
        assert_eq!(name(""), 0xCBF2_9CE4_8422_2325);
        assert_eq!(name("a"), 0xAF63_DC4C_8601_EC8C);
        assert_eq!(name("foobar"), 0x8594_4171_F739_67E8);
    }
}
