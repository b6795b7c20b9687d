//! Publishes to the flagship's five topics while its groups read, and prints what came of it.
//!
//! ```text
//! cargo run -p quickstart                                       on an embedded broker
//! cargo run -p quickstart -- --brokers 127.0.0.1:19092          on a cluster
//! ```

mod publish;
mod read;
mod table;
mod tally;

use std::io::IsTerminal as _;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::Parser;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use kafka_event::{Config, EmbeddedBroker, Kafka};
use tally::Tally;

/// The generated code.
pub mod events {
    kafka_event::include_events!();
}

/// What the embedded broker keeps of a topic is bounded; more than this may outrun it.
const MOST_EMBEDDED: u64 = 200_000;

/// How long nothing may arrive before what is missing counts as lost.
const PATIENCE: Duration = Duration::from_secs(30);

/// Publishes to all five topics while all groups read, and prints a table; exits with 1 if an event was lost.
#[derive(Debug, Parser)]
struct Arguments {
    /// How many events, in all topics together.
    #[arg(long, default_value_t = 20_000, value_parser = clap::value_parser!(u64).range(1..=100_000_000))]
    events: u64,

    /// How many events a second; 0 for as many as can be.
    #[arg(long, default_value_t = 5_000)]
    rate: u64,

    /// Some brokers of a cluster, as in 127.0.0.1:19092,127.0.0.1:19192; an embedded broker, if none are named.
    #[arg(long, value_name = "HOST:PORT,…")]
    brokers: Option<String>,

    /// How long connecting may take, in seconds.
    #[arg(long, default_value_t = 10, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=600))]
    connect_timeout: u64,
}

#[tokio::main]
async fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_max_level(tracing::Level::WARN)
        .with_writer(std::io::stderr)
        .init();
    match quickstart(Arguments::parse()).await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}

/// Tells whether all events arrived.
async fn quickstart(arguments: Arguments) -> anyhow::Result<bool> {
    let config = match &arguments.brokers {
        Some(brokers) => Config::new(brokers),
        None => {
            anyhow::ensure!(
                arguments.events <= MOST_EMBEDDED,
                "the embedded broker keeps a few megabytes a partition: at most {MOST_EMBEDDED} events, or name a cluster by --brokers"
            );
            EmbeddedBroker::start()?.config()
        }
    };
    let kafka = Kafka::connect(config.connect_timeout(Duration::from_secs(arguments.connect_timeout))).await?;
    kafka.ensure_topics(&events::CATALOG).await?;

    let tally = Arc::new(Tally::new(arguments.events));
    let readers = read::start(&kafka, &tally).await?;
    let publishing = publish::start(&kafka, &tally, arguments.rate).await?;
    watch(&tally).await;

    for reader in readers {
        reader.stop().await?;
    }
    publishing.await??;
    kafka.close(Duration::from_secs(10)).await;
    let place = arguments.brokers.as_deref().unwrap_or("the embedded broker");
    println!("{}", table::of(&tally, place));
    Ok(tally.is_complete())
}

/// Waits until all has arrived, nothing arrives any more, or somebody interrupts.
async fn watch(tally: &Tally) {
    let expected = tally.expected();
    let bar = ProgressBar::new(expected);
    bar.set_draw_target(if std::io::stderr().is_terminal() {
        ProgressDrawTarget::stderr()
    } else {
        ProgressDrawTarget::hidden()
    });
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} received, {per_sec}, {eta} left");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    let mut interrupted = std::pin::pin!(tokio::signal::ctrl_c());
    let (mut last, mut since) = (0, Instant::now());
    loop {
        tokio::select! {
            _ = &mut interrupted => {
                tally.interrupt();
                break;
            }
            () = tokio::time::sleep(Duration::from_millis(20)) => {}
        }
        bar.set_position(tally.received());
        // Events of other runs count as well: a group may have a backlog of them before ours.
        let progress = tally.progress();
        if progress != last {
            (last, since) = (progress, Instant::now());
        }
        if tally.is_complete() || since.elapsed() > PATIENCE {
            break;
        }
    }
    bar.finish_and_clear();
}
