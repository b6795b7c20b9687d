//! Avro's own vectors and data files.

mod files;
mod messages;
mod random;
mod schemas;
mod values;

use std::path::PathBuf;
use std::{env, fs};

use serde_json::Value;

/// A file of the corpus.
fn corpus(path: &str) -> Vec<u8> {
    let corpus = env::var_os("KAFKA_EVENT_CORPUS").expect("it was set when this was built");
    let path = PathBuf::from(corpus).join(path);
    fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A file of JSON.
fn json(path: &str) -> Value {
    serde_json::from_slice(&corpus(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}
