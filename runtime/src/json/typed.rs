//! Types that have a schema.

use std::any::TypeId;
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use super::{Encoding, JsonError};
use crate::codec::{Complete, Limits, from_avro_within, to_avro};

/// The JSON of an event, or of any other whole datum, in Avro's JSON encoding.
///
/// The type's schema is read at the first call for it in a process.
///
/// ```
/// # use kafka_event::codec::{Datum, Decode, Encode, Reader, Writer};
/// # use kafka_event::{DecodeError, Fingerprint, Schema, wire};
/// # #[derive(Debug, PartialEq)]
/// # struct Count(i64);
/// # impl Datum for Count { type Wire = wire::Long; }
/// # impl Encode<wire::Long> for Count {
/// #     fn size_bound(&self) -> usize { 10 }
/// #     fn encode(&self, writer: &mut Writer<'_>) { writer.varint(self.0) }
/// # }
/// # impl<'de> Decode<'de, wire::Long> for Count {
/// #     fn decode(reader: &mut Reader<'de>) -> Result<Self, DecodeError> { reader.varint().map(Self) }
/// # }
/// # impl Schema for Count {
/// #     type Ref<'de> = Self;
/// #     const SCHEMA: &'static str = "\"long\"";
/// #     const FINGERPRINT: Fingerprint = Fingerprint(0);
/// #     const LAYOUT: u64 = 0;
/// # }
/// use kafka_event::json::{from_avro_json, to_avro_json};
///
/// // `Count` is a long, beyond what a JavaScript number holds.
/// let json = to_avro_json(&Count(9_007_199_254_740_993))?;
/// assert_eq!(json, "9007199254740993");
/// assert_eq!(from_avro_json::<Count>(&json)?, Count(9_007_199_254_740_993));
/// # Ok::<_, kafka_event::json::JsonError>(())
/// ```
///
/// # Errors
/// A type of one's own refused its value, a decimal does not fit its fixed, or the text would be larger than [`Limits::DEFAULT`] allows.
pub fn to_avro_json<T: Complete>(event: &T) -> Result<String, JsonError> {
    of::<T>()?.to_json(&to_avro(event)?)
}

/// An event, or any other whole datum, of its JSON, within [`Limits::DEFAULT`].
///
/// # Errors
/// The text is not JSON, or not that of such a datum; or a type of one's own refused the value.
pub fn from_avro_json<T: Complete>(json: &str) -> Result<T, JsonError> {
    from_avro_json_within(json, Limits::DEFAULT)
}

/// The same within limits of one's own.
///
/// # Errors
/// As there, or a limit was met.
pub fn from_avro_json_within<T: Complete>(json: &str, limits: Limits) -> Result<T, JsonError> {
    let bytes = of::<T>()?.to_avro_within(json, limits)?;
    Ok(from_avro_within(&bytes, limits)?)
}

/// The encoding of a type's schema, made once: there are no more of them than types.
fn of<T: Complete>() -> Result<Arc<Encoding>, JsonError> {
    static KNOWN: RwLock<Option<HashMap<TypeId, Arc<Encoding>>>> = RwLock::new(None);
    let id = TypeId::of::<T>();
    // What a panic left behind is whole: an entry is put in at once.
    let known = KNOWN.read().unwrap_or_else(PoisonError::into_inner);
    if let Some(encoding) = known.as_ref().and_then(|known| known.get(&id)) {
        return Ok(encoding.clone());
    }
    drop(known);
    let encoding = Arc::new(Encoding::from_schema(T::SCHEMA)?);
    let mut known = KNOWN.write().unwrap_or_else(PoisonError::into_inner);
    Ok(known.get_or_insert_default().entry(id).or_insert(encoding).clone())
}
