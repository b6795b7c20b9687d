//! The packages: a row's code for the schemas that both can do.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use benches::corpus::Schema;
use benches::scratch::Scratch;
use serde_json::Value;

use crate::rows::{Generated, Row};
use crate::used;

/// Writes a package for each row, and one with its first schema alone; says how many schemas there are.
pub(crate) fn write(rows: &[Row], topics: bool, schemas: &[Schema], at_most: Option<usize>, target: &Path) -> Result<(Scratch, usize)> {
    let mut scratch = Scratch::new()?;
    let peer = rows.iter().find(|row| row.is_peer()).context("a row is the peer's")?;
    scratch.add(peer.package, &peer.tables(topics))?;
    let kept = that_compile(&scratch, peer, schemas, target)?;
    let count = at_most.unwrap_or(kept.len()).min(kept.len());
    ensure!(count > 1, "rsgen-avro's code compiles for {} schemas", kept.len());
    let kept: Vec<&Schema> = (0..count).map(|place| kept[place * kept.len() / count]).collect();
    for row in rows {
        let code = kept
            .iter()
            .map(|schema| row.generate(schema).with_context(|| schema.path.display().to_string()));
        let code = code.collect::<Result<Vec<_>>>()?;
        if !row.is_peer() {
            scratch.add(row.package, &row.tables(topics))?;
        }
        write_package(&scratch, row, row.package, &code)?;
        let one = row.with_one();
        scratch.add(&one, &row.tables(topics))?;
        write_package(&scratch, row, &one, &code[..1])?;
    }
    Ok((scratch, count))
}

fn write_package(scratch: &Scratch, row: &Row, package: &str, code: &[Generated]) -> Result<()> {
    let (mut modules, mut records) = (String::new(), Vec::new());
    for (number, generated) in code.iter().enumerate() {
        scratch.write(&format!("{package}/src/{}.rs", module(number)), &generated.text)?;
        modules += &format!("mod {};\n", module(number));
        records.extend(generated.records.iter().map(|path| format!("crate::{}::{path}", module(number))));
    }
    scratch.write(&format!("{package}/src/used.rs"), &used::text(row.is_peer(), &records))?;
    let main = format!(
        "#![allow(warnings)]\n\n{modules}\n#[cfg(feature = \"used\")]\nmod used;\n\nfn main() {{\n    #[cfg(feature = \"used\")]\n    {{\n        \
         let source = used::source(std::env::args().count() as u8);\n        println!(\"{{}}\", std::hint::black_box(used::all(&source)).len());\n    }}\n}}\n"
    );
    scratch.write(&format!("{package}/src/main.rs"), &main)
}

fn module(number: usize) -> String {
    format!("s{number}")
}

/// The schemas for which the peer's code compiles: found by leaving out those in whose files the compiler finds fault, until it finds none.
fn that_compile<'s>(scratch: &Scratch, peer: &Row, schemas: &'s [Schema], target: &Path) -> Result<Vec<&'s Schema>> {
    let code = schemas.iter().map(|schema| peer.generate(schema));
    let mut kept: Vec<_> = schemas
        .iter()
        .zip(code)
        .filter_map(|(schema, code)| Some((schema, code.ok()?)))
        .collect();
    loop {
        let (schemas, code): (Vec<&Schema>, Vec<Generated>) = kept.into_iter().unzip();
        write_package(scratch, peer, peer.package, &code)?;
        let arguments = ["check", "--package", peer.package, "--features", "used", "--message-format=json"];
        let output = scratch.try_cargo(target, &arguments)?;
        if output.status.success() {
            return Ok(schemas);
        }
        let messages = String::from_utf8_lossy(&output.stdout);
        let mut wrong = BTreeSet::new();
        for message in messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()) {
            if message["message"]["level"] == "error" {
                message["message"]["spans"]
                    .as_array()
                    .into_iter()
                    .flatten()
                    .for_each(|span| files(span, &mut wrong));
            }
        }
        let pairs = schemas.into_iter().zip(code).enumerate();
        let count = pairs.len();
        kept = pairs
            .filter(|(number, _)| !wrong.contains(&module(*number)))
            .map(|(_, pair)| pair)
            .collect();
        let errors = String::from_utf8_lossy(&output.stderr);
        ensure!(kept.len() < count, "cargo check failed, and of no schema's code:\n{errors}");
    }
}

/// The modules in which a place is, or the macros that it came from.
fn files(span: &Value, found: &mut BTreeSet<String>) {
    if let Some(file) = span["file_name"].as_str() {
        let name = Path::new(file).file_stem().unwrap_or_default();
        found.insert(name.to_string_lossy().into_owned());
    }
    if span["expansion"]["span"].is_object() {
        files(&span["expansion"]["span"], found);
    }
}
