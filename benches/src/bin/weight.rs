//! What the generator adds to its user's clean build, beside prost-build.

use std::collections::BTreeSet;

use anyhow::Result;
use benches::scratch::{self, Scratch, or_fail, timed};
use benches::{Contender, Output, Report, Scale, turns};
use clap::Parser;

/// Builds packages from nothing, in turn; what they depend on is downloaded before.
#[derive(Parser)]
struct Arguments {
    /// Print one JSON document.
    #[arg(long)]
    json: bool,

    /// How many rounds of each.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..=1000))]
    rounds: u16,

    /// Build in this workspace's target folder, where what is built once is not built again: to try the bench, whose figures then mean little.
    #[arg(long)]
    not_clean: bool,
}

struct Row {
    name: &'static str,
    package: &'static str,
    dependency: String,
    script: &'static str,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let codegen = scratch::root().join("codegen");
    let rows = [
        Row {
            name: "prost-build",
            package: "scratch-prost",
            dependency: "prost-build = \"0.14\"".to_owned(),
            // What it is given is compiled by a program of its own, which is not measured.
            script: "fn main() {\n    prost_build::Config::new();\n}\n",
        },
        Row {
            name: "kafka-event-codegen",
            package: "scratch-codegen",
            dependency: format!("kafka-event-codegen = {{ path = {codegen:?} }}"),
            script: "fn main() -> Result<(), kafka_event_codegen::Error> {\n    kafka_event_codegen::Builder::new().build()\n}\n",
        },
    ];
    let mut scratch = Scratch::new()?;
    for row in &rows {
        scratch.add(row.package, &format!("[build-dependencies]\n{}\n", row.dependency))?;
        scratch.write(&format!("{}/build.rs", row.package), row.script)?;
        scratch.write(&format!("{}/src/lib.rs", row.package), "")?;
    }
    // The flagship's contract is generated with it.
    for entry in std::fs::read_dir(scratch::root().join("schemas"))? {
        let entry = entry?;
        let name = format!("scratch-codegen/schemas/{}", entry.file_name().to_string_lossy());
        scratch.write(&name, &std::fs::read_to_string(entry.path())?)?;
    }
    let nowhere = tempfile::tempdir()?;
    scratch.cargo(nowhere.path(), &["fetch", "--quiet"])?;
    let crates = rows.iter().map(|row| {
        let edges = [
            "tree",
            "--edges",
            "normal,build",
            "--prefix",
            "none",
            "--format",
            "{p}",
            "--no-dedupe",
        ];
        let told = scratch.cargo(nowhere.path(), &[&edges[..], &["--package", row.package]].concat())?;
        let crates: BTreeSet<&str> = told.lines().filter(|line| !line.is_empty()).collect();
        // The package itself is its user's.
        anyhow::Ok((row.name, (crates.len() - 1) as f64))
    });
    let crates = crates.collect::<Result<Vec<_>>>()?;
    let contenders = rows.iter().map(|row| {
        let build = || {
            let package = ["build", "--quiet", "--package", row.package];
            if arguments.not_clean {
                return timed(1, || scratch.cargo(&scratch::target()?, &package));
            }
            let target = tempfile::tempdir()?;
            timed(1, || scratch.cargo(target.path(), &package))
        };
        Contender::new(row.name, move || or_fail(build()))
    });
    let measured = turns(usize::from(arguments.rounds), contenders.collect());
    let mut report = Report::new("weight");
    report.add("a clean build with", Scale::Millis, &measured);
    report.add_amounts("crates that are compiled", "crates", crates);
    report.print(if arguments.json { Output::Json } else { Output::Text })
}
