//! What tests of single values share.

use super::{Decode, Encode, Limits, Reader, Writer};

/// The value as the Avro type `W`.
pub(crate) fn written<W, T: Encode<W>>(value: &T) -> Result<Vec<u8>, String> {
    let mut buffer = Vec::new();
    let mut writer = Writer::new(&mut buffer, value.size_bound());
    writer.write::<W, _>(value);
    writer.finish().map_err(|error| error.reason)?;
    assert!(buffer.len() <= value.size_bound());
    Ok(buffer)
}

/// The value that the bytes are as the Avro type `W`.
pub(crate) fn read<'de, W, T: Decode<'de, W>>(bytes: &'de [u8]) -> Result<T, String> {
    let mut reader = Reader::new(bytes, Limits::DEFAULT);
    let value = reader.read::<W, T>().map_err(|error| error.to_string())?;
    reader.finish().map_err(|error| error.to_string())?;
    Ok(value)
}
