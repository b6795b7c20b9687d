//! A room of kafka-event.
