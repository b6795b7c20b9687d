//! What tests share.

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

/// A union of records, each of which holds the next one through as many unions and arrays as there may be without a name between; the last holds longs.
#[cfg(any(feature = "evolution", feature = "json"))]
pub(crate) fn deepest_schema() -> String {
    // Nearly as many as the reader of schemas takes within one another, which is 250.
    const RECORDS: usize = 248;
    let records = (0..RECORDS).map(|number| {
        let innermost = match number + 1 {
            RECORDS => r#""long""#.to_owned(),
            next => format!(r#""R{next}""#),
        };
        let ty = (0..8).fold(innermost, |inner, _| format!(r#"["null", {{"type": "array", "items": {inner}}}]"#));
        format!(r#"{{"type": "record", "name": "R{number}", "fields": [{{"name": "next", "type": {ty}}}]}}"#)
    });
    format!("[{}]", records.collect::<Vec<_>>().join(", "))
}

/// Runs on a stack of half a megabyte.
#[cfg(any(feature = "evolution", feature = "json"))]
pub(crate) fn on_little_stack<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    let thread = std::thread::Builder::new().stack_size(512 << 10).spawn(work).unwrap();
    thread.join().unwrap()
}
