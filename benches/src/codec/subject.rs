//! One shape's event in all its forms. The bytes live as long as the process, since borrowed types borrow from them.

use anyhow::{Context as _, Result, ensure};
use apache_avro::Schema;
use apache_avro::reader::datum::GenericDatumReader;
use apache_avro::types::Value;
use apache_avro::writer::datum::GenericDatumWriter;
use kafka_event::{Record, from_avro, to_avro};

use super::shapes::Shape;

/// What all ways of a shape begin with.
pub(super) struct Subject<S: Shape> {
    pub(super) event: &'static S::Event,
    pub(super) bytes: &'static [u8],
    pub(super) schema: &'static Schema,
    pub(super) fast: &'static serde_avro_fast::Schema,
    pub(super) value: &'static Value,
}

impl<S: Shape> Subject<S> {
    pub(super) fn new() -> Result<Self> {
        let event = S::event();
        let bytes = to_avro(&event)?.leak();
        let schema: &_ = Box::leak(Box::new(Schema::parse_str(<S::Event as Record>::SCHEMA)?));
        let fast: serde_avro_fast::Schema = <S::Event as Record>::SCHEMA.parse()?;
        let value = reader(schema)?.read_value(&mut &*bytes)?;
        Ok(Self {
            event: Box::leak(Box::new(event)),
            bytes,
            schema,
            fast: Box::leak(Box::new(fast)),
            value: Box::leak(Box::new(value)),
        })
    }

    /// The peers' event, which serde_avro_fast reads of our bytes.
    pub(super) fn peer(&self) -> Result<&'static S::Peer> {
        let peer = serde_avro_fast::from_datum_slice::<S::Peer>(self.bytes, self.fast).context("reads")?;
        Ok(Box::leak(Box::new(peer)))
    }

    /// Whether bytes are this event; a map's entries may be in any order.
    pub(super) fn is(&self, written: &[u8]) -> Result<()> {
        let read = from_avro::<S::Event>(written).context("writes what is no such event")?;
        ensure!(read == *self.event, "writes another event");
        Ok(())
    }
}

/// apache-avro's writer, with UUIDs as text, which it otherwise writes as bytes whatever the schema says.
pub(super) fn writer(schema: &'static Schema) -> Result<GenericDatumWriter<'static>> {
    Ok(GenericDatumWriter::builder(schema).human_readable(true).build()?)
}

/// Its reader, the same way.
pub(super) fn reader(schema: &'static Schema) -> Result<GenericDatumReader<'static>> {
    Ok(GenericDatumReader::builder(schema).human_readable(true).build()?)
}
