//! The codec of seven shapes of events beside memcpy, serde_avro_fast, apache-avro, rsgen-avro's types and, where it is asked for, Java.

mod counted;
mod java;
mod plot;

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context as _, Result};
use benches::codec::{self, Group};
use benches::{Contender, Output, Report, Scale, batch, in_turn, units_for};
use clap::Parser;

/// Encodes and decodes events in several ways, in turn.
#[derive(Parser)]
struct Arguments {
    /// Print one JSON document.
    #[arg(long)]
    json: bool,

    /// How many rounds of each.
    #[arg(long, default_value_t = 15, value_parser = clap::value_parser!(u16).range(1..=1000))]
    rounds: u16,

    /// How long a round takes, in milliseconds.
    #[arg(long, value_name = "MS", default_value_t = 20, value_parser = clap::value_parser!(u16).range(1..=10_000))]
    round: u16,

    /// Java beside it: needs a JDK of 17 or later, and Maven.
    #[arg(long)]
    java: bool,

    /// Draw the times of encoding and decoding, as SVG.
    #[arg(long, value_name = "FILE")]
    plot: Option<PathBuf>,

    /// Only the shape of this schema.
    #[arg(long, value_name = "SCHEMA")]
    shape: Option<String>,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let only = arguments.shape.as_deref();
    let shapes = codec::shapes(only)?;
    let mut java = match arguments.java {
        true => Some(java::run(&shapes, arguments.rounds, arguments.round)?),
        false => None,
    };
    let mut bench = Bench {
        report: Report::new("codec"),
        counted: counted::run(only)?,
        rounds: arguments.rounds.into(),
        round: Duration::from_millis(arguments.round.into()),
    };
    let mut points = Vec::new();
    for mut shape in shapes {
        let (encode, decode) = match &mut java {
            Some(java) => (java.encode(&shape)?, java.decode(&shape)?),
            None => (Vec::new(), Vec::new()),
        };
        let more = std::mem::take(&mut shape.more);
        points.push(plot::Shape {
            name: shape.name,
            encode: bench.add(shape.encode, encode)?,
            decode: bench.add(shape.decode, decode)?,
        });
        for group in more {
            bench.add(group, Vec::new())?;
        }
    }
    if let Some(file) = &arguments.plot {
        plot::draw(file, &points)?;
    }
    bench.report.print(if arguments.json { Output::Json } else { Output::Text })
}

struct Bench {
    report: Report,
    counted: counted::Counted,
    rounds: usize,
    round: Duration,
}

impl Bench {
    /// Takes the times of a group, by the processor's clock, adds what was measured elsewhere, and gives the medians.
    fn add(&mut self, group: Group, others: Vec<Contender<'_>>) -> Result<plot::Medians> {
        let Group { name, ways, absent } = group;
        let contenders = ways.into_iter().map(|way| {
            let mut work = way.work;
            let units = units_for(self.round, &mut work);
            Contender::new(way.name, move || batch(units, &mut work).by_cpu())
        });
        let mut measured = in_turn(self.rounds, contenders.collect());
        for contender in &mut measured {
            let allocated = self.counted.get(&name).and_then(|group| group.get(contender.name()));
            contender.allocates(*allocated.with_context(|| format!("{name}: nothing was counted of {}", contender.name()))?);
        }
        measured.extend(others);
        self.report.add(name, Scale::Allocating, &measured);
        absent.into_iter().for_each(|(name, reason)| self.report.absent(name, reason));
        let medians = measured
            .iter()
            .map(|contender| (contender.name().to_owned(), contender.median_ns()));
        Ok(medians.collect())
    }
}
