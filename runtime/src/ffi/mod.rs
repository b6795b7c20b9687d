//! All calls into librdkafka that rdkafka has no safe way for; nowhere else in the runtime is there `unsafe`, but for one file of the codec.

pub(crate) mod consume;
#[cfg(feature = "embedded")]
pub(crate) mod mock;
pub(crate) mod produce;
pub(crate) mod report;
