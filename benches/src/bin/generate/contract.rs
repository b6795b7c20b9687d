//! Contracts of many schemas, which are to cost what their schemas cost.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use benches::corpus::Schema;

use crate::rename::Rename;
use crate::worker::{Kind, Workers};
use crate::{Bench, Round};

/// Contracts of an eighth, a quarter, a half and all of so many schemas, made of real ones by renaming.
pub(crate) fn measure(bench: &mut Bench, schemas: &[Schema], most: usize) -> Result<()> {
    for (rename, what) in [
        (Rename::Types, "types in the same namespaces"),
        (Rename::Namespaces, "namespaces of their own"),
    ] {
        let folder = tempfile::tempdir()?;
        let mut counts = [most / 8, most / 4, most / 2, most];
        counts.sort_unstable();
        let mut contenders = Vec::new();
        for count in counts {
            let contract = folder.path().join(count.to_string());
            fs::create_dir(&contract)?;
            write(schemas, rename, count, &contract)?;
            let round = move |workers: &Workers| workers.run(Kind::Optimised, "contract", &contract, count);
            contenders.push((format!("kafka-event, {count} schemas"), Box::new(round) as Round<'_>));
        }
        bench.add(&format!("a schema of one contract, {what}"), contenders);
    }
    Ok(())
}

/// Copies of a longer text would be all that there is to measure.
const LONGEST: usize = 32 * 1024;

/// Writes so many schemas into a folder.
pub(crate) fn write(schemas: &[Schema], rename: Rename, count: usize, folder: &Path) -> Result<()> {
    let short = schemas.iter().filter(|schema| schema.text.len() <= LONGEST);
    for (number, schema) in short.cycle().take(count).enumerate() {
        let text = rename
            .schema(&schema.text, number)
            .with_context(|| schema.path.display().to_string())?;
        fs::write(folder.join(file(number)), text)?;
    }
    Ok(())
}

/// The name of a schema's file.
pub(crate) fn file(number: usize) -> String {
    format!("schema{number:06}.avsc")
}
