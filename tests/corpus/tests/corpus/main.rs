//! What is generated for real schemas, beside apache-avro and Avro's own vectors.

mod decimals;
mod files;
mod folders;
mod meaning;
mod names;
mod official;
mod outside;
mod peers;
mod reading;
mod types;
mod values;
