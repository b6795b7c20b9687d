// How types are read and written by this program: a module of each package that is measured, behind which its records are named.

/// What records are read from.
pub(crate) type Source = Vec<u8>;
/// What they are written as.
pub(crate) type Written = Vec<u8>;

pub(crate) fn source(byte: u8) -> Source {
    vec![byte]
}

pub(crate) fn one<T>(source: &Source, out: &mut Vec<Written>)
where
    T: kafka_event::Record + kafka_event::codec::Encode<kafka_event::wire::Record>,
    T: for<'de> kafka_event::codec::Decode<'de, kafka_event::wire::Record>,
{
    if let Ok(event) = kafka_event::from_avro::<T>(source) {
        out.extend(kafka_event::to_avro(&event));
    }
}
