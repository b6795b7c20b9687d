// How rsgen-avro's types are read and written by this program: a module of each package that is measured, behind which its records are named.

/// What records are read from.
pub(crate) type Source = apache_avro::types::Value;
/// What they are written as.
pub(crate) type Written = apache_avro::types::Value;

pub(crate) fn source(byte: u8) -> Source {
    Source::Boolean(byte > 0)
}

pub(crate) fn one<T: serde::Serialize + serde::de::DeserializeOwned>(source: &Source, out: &mut Vec<Written>) {
    if let Ok(event) = apache_avro::from_value::<T>(source) {
        out.extend(apache_avro::to_value(event));
    }
}
