//! Counts what the codec bench's ways allocate: a program of its own, since a counting allocator takes time.
//!
//! It prints one JSON object: of each group an object, of each way how many allocations one call makes, of how many bytes.

use std::collections::BTreeMap;

use benches::{Allocated, codec};
use clap::Parser;

/// Counts allocations.
#[derive(Parser)]
struct Arguments {
    /// Only the shape of this schema.
    #[arg(long)]
    shape: Option<String>,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let mut counted: BTreeMap<String, BTreeMap<String, Allocated>> = BTreeMap::new();
    for shape in codec::shapes(arguments.shape.as_deref())? {
        for mut group in [shape.encode, shape.decode].into_iter().chain(shape.more) {
            let ways = group.ways.iter_mut().map(|way| {
                // What is made once and kept is not an event's.
                (way.work)(2);
                let info = allocation_counter::measure(|| (way.work)(1));
                let (count, bytes) = (Some(info.count_total), info.bytes_total);
                (way.name.clone(), Allocated { count, bytes })
            });
            counted.insert(group.name, ways.collect());
        }
    }
    println!("{}", serde_json::to_string_pretty(&counted)?);
    Ok(())
}
