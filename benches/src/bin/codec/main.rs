//! The codec of seven shapes of events beside memcpy, serde_avro_fast, apache-avro, rsgen-avro's types and, where it is asked for, Java.

mod counted;

use std::time::Duration;

use anyhow::Context as _;
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

    /// Only the shape of this schema.
    #[arg(long, value_name = "SCHEMA")]
    shape: Option<String>,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let mut report = Report::new("codec");
    let counted = counted::run(arguments.shape.as_deref())?;
    for shape in codec::shapes(arguments.shape.as_deref())? {
        for group in [shape.encode, shape.decode].into_iter().chain(shape.more) {
            let Group { name, ways, absent } = group;
            let round = Duration::from_millis(arguments.round.into());
            let contenders = ways.into_iter().map(|way| {
                let mut work = way.work;
                let units = units_for(round, &mut work);
                Contender::new(way.name, move || batch(units, &mut work))
            });
            let mut measured = in_turn(arguments.rounds.into(), contenders.collect());
            for contender in &mut measured {
                let allocated = counted.get(&name).and_then(|group| group.get(contender.name()));
                contender.allocates(*allocated.with_context(|| format!("{name}: nothing was counted of {}", contender.name()))?);
            }
            report.add(name, Scale::Allocating, &measured);
            absent.into_iter().for_each(|(name, reason)| report.absent(name, reason));
        }
    }
    report.print(if arguments.json { Output::Json } else { Output::Text })
}
