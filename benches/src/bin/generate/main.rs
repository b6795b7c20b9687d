//! What generating costs: real schemas beside rsgen-avro, contracts of thousands of schemas, and what a build script does where little has changed.

mod contract;
mod rename;
mod script;
mod worker;

use std::cell::RefCell;
use std::fs;
use std::path::PathBuf;

use anyhow::Result;
use benches::scratch::or_fail;
use benches::{Contender, Output, Report, Sample, Scale, corpus, turns};
use clap::Parser;

use worker::{Kind, Workers};

/// Generates code in processes of their own, in turn.
#[derive(Parser)]
struct Arguments {
    /// Print one JSON document.
    #[arg(long)]
    json: bool,

    /// How many rounds of each.
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u16).range(1..=1000))]
    rounds: u16,

    /// A folder of schemas, in place of the corpus.
    #[arg(long, value_name = "FOLDER")]
    schemas: Option<PathBuf>,

    /// How many schemas the largest contract has; others have a half, a quarter and an eighth.
    #[arg(long, default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(8..=1_000_000))]
    most: u32,

    /// How many schemas the build script's contract has.
    #[arg(long, default_value_t = 500, value_parser = clap::value_parser!(u32).range(2..=100_000))]
    files: u32,

    /// Build what is measured without optimisation: to try the bench, whose figures then mean little.
    #[arg(long)]
    not_optimised: bool,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let schemas = corpus::schemas(arguments.schemas.as_deref())?;
    let workers = Workers::build(arguments.not_optimised)?;
    let mut bench = Bench {
        report: Report::new("generate"),
        workers,
        rounds: usize::from(arguments.rounds),
    };
    bench.each(&schemas)?;
    contract::measure(&mut bench, &schemas, arguments.most as usize)?;
    script::measure(&mut bench, &schemas, arguments.files as usize)?;
    bench.report.print(if arguments.json { Output::Json } else { Output::Text })
}

struct Bench {
    report: Report,
    workers: Workers,
    rounds: usize,
}

/// What a contender does in a round.
type Round<'a> = Box<dyn FnMut(&Workers) -> Result<(Sample, f64)> + 'a>;

impl Bench {
    /// Runs contenders in turn, and adds their times and their memory.
    fn add(&mut self, name: &str, contenders: Vec<(String, Round<'_>)>) {
        let peaks: Vec<_> = contenders.iter().map(|(name, _)| (name.clone(), RefCell::new(0.0_f64))).collect();
        let workers = &self.workers;
        let contenders = contenders.into_iter().zip(&peaks).map(|((name, mut round), (_, peak))| {
            Contender::new(name, move || {
                or_fail(round(workers).map(|(sample, mib)| {
                    let mut peak = peak.borrow_mut();
                    *peak = peak.max(mib);
                    sample
                }))
            })
        });
        let measured = turns(self.rounds, contenders.collect());
        self.report.add(name, Scale::Millis, &measured);
        drop(measured);
        let peaks = peaks.into_iter().map(|(name, peak)| (name, peak.into_inner()));
        self.report.add_amounts(&format!("peak memory, {name}"), "MiB", peaks);
    }

    /// Each schema alone, all in one process.
    fn each(&mut self, schemas: &[corpus::Schema]) -> Result<()> {
        let list = tempfile::NamedTempFile::new()?;
        let paths = schemas.iter().map(|schema| Ok(schema.path.canonicalize()?.display().to_string()));
        fs::write(list.path(), paths.collect::<Result<Vec<_>>>()?.join("\n"))?;
        let (path, count) = (list.path(), schemas.len());
        let contender = |name: &str, what| {
            let round = move |workers: &Workers| workers.run(Kind::Optimised, what, path, count);
            (name.to_owned(), Box::new(round) as Round<'_>)
        };
        let contenders = vec![
            contender("rsgen-avro, which does not format", "peer"),
            contender("kafka-event", "each"),
        ];
        self.add(&format!("each of {count} schemas alone"), contenders);
        Ok(())
    }
}
