//! All calls into librdkafka.
