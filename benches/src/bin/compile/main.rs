//! What generated code costs its user's compiler, beside rsgen-avro's with serde's derives: `cargo check`, a release build, and the code's size.

mod packages;
mod rows;
mod used;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use benches::scratch::{self, or_fail};
use benches::{Contender, Output, Report, Scale, corpus, turns};
use clap::Parser;
use object::{Object as _, ObjectSection as _, SectionKind};

/// Compiles the code of real schemas, each in a module of its own, in turn with rsgen-avro's for the same.
#[derive(Parser)]
struct Arguments {
    /// Print one JSON document.
    #[arg(long)]
    json: bool,

    /// How many checks of each.
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u16).range(1..=1000))]
    rounds: u16,

    /// How many release builds of each; with 0 there are none, and no sizes.
    #[arg(long, default_value_t = 1)]
    release_rounds: u16,

    /// A folder of schemas, in place of the corpus.
    #[arg(long, value_name = "FOLDER")]
    schemas: Option<PathBuf>,

    /// At most so many schemas, evenly from all.
    #[arg(long, value_name = "COUNT")]
    at_most: Option<usize>,

    /// Leave out topics, whose runtime has a library in C.
    #[arg(long)]
    without_topics: bool,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let (target, topics) = (scratch::target()?, !arguments.without_topics);
    let rows = rows::rows(topics);
    let schemas = corpus::schemas(arguments.schemas.as_deref())?;
    let (scratch, count) = packages::write(&rows, topics, &schemas, arguments.at_most, &target)?;
    eprintln!(
        "{} schemas that both generators take; of those whose code compiles, {count}",
        schemas.len()
    );
    // What they depend on, once: by the small packages, since the others take long; each by itself, as it is measured, since together they would
    // have one another's features.
    let small: Vec<String> = rows.iter().map(|row| format!("--package={}", row.with_one())).collect();
    let prepare = |arguments: &[&str]| {
        small.iter().try_for_each(|package| {
            let arguments: Vec<&str> = arguments.iter().copied().chain(["--quiet", package.as_str()]).collect();
            scratch.cargo(&target, &arguments).map(drop)
        })
    };
    prepare(&["check"])?;

    let mut report = Report::new("compile");
    let build = |name: &str, rounds: u16, arguments: &[&str], report: &mut Report| {
        let contenders = rows.iter().map(|row| {
            let build = || scratch.build_anew(&target, row.package, "src/main.rs", arguments, count as u64);
            Contender::new(row.name, move || or_fail(build()))
        });
        let contenders = turns(usize::from(rounds), contenders.collect());
        report.add(format!("{name}, for each of {count} schemas"), Scale::Millis, &contenders);
    };
    build("check", arguments.rounds, &["check"], &mut report);
    if arguments.release_rounds > 0 {
        let release = ["build", "--release", "--features", "used"];
        prepare(&release)?;
        build("release build", arguments.release_rounds, &release, &mut report);
        let sizes = rows.iter().map(|row| {
            let size = |package: &str| machine_code(&target.join("release").join(package).with_extension(std::env::consts::EXE_EXTENSION));
            // What all programs have is in both.
            let further = size(row.package)? - size(&row.with_one())?;
            anyhow::Ok((row.name, further as f64 / 1024.0 / (count - 1) as f64))
        });
        let sizes = sizes.collect::<Result<Vec<_>>>()?;
        report.add_amounts("machine code, for each further schema", "KiB", sizes);
    }
    report.print(if arguments.json { Output::Json } else { Output::Text })
}

/// How many bytes of a program are machine code.
fn machine_code(program: &Path) -> Result<i64> {
    let bytes = fs::read(program).with_context(|| format!("{} cannot be read", program.display()))?;
    let file = object::File::parse(&*bytes)?;
    let code = file.sections().filter(|section| section.kind() == SectionKind::Text);
    Ok(i64::try_from(code.map(|section| section.size()).sum::<u64>())?)
}
