//! What is generated for real schemas beside apache-avro.

mod decimals;
mod files;
mod folders;
mod meaning;
mod names;
mod outside;
mod peers;
mod reading;
mod types;
mod values;
