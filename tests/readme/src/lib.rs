//! The README's application is a test: `tests/application.rs`.
