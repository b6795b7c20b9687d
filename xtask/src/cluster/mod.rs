//! A real three-broker cluster of JVMs on 127.0.0.1.
//!
//! ```text
//!  client ── 19x92 ─────────────────────► broker N ── 19x93 ── the controllers' quorum
//!  client ── 19x94 ── proxy ── 19x95 ───►    ▲            (x is N - 1)
//!                       ▲                    └ the same broker by its second listener
//!                       └── 19099: delay, cut, heal
//! ```
//!
//! | module | its one job |
//! | --- | --- |
//! | `layout` | folders and ports |
//! | `lifecycle` | up, down, status |
//! | `node` | a broker's properties, its format and its JVM |
//! | `ping` | whether a broker answers, and how many it sees |
//! | `process` | processes that outlive us, by their recorded id |
//! | `proxy` | the network between clients and brokers |
//! | `control` | the proxy's line protocol |
//! | `net` | commands to the proxy |
//! | `test` | the tests that need the cluster |

mod control;
mod layout;
mod lifecycle;
mod net;
mod node;
mod ping;
mod process;
mod proxy;
mod test;

use std::path::PathBuf;

use anyhow::Result;
use clap::Subcommand;

use layout::Layout;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Start three brokers and the proxy before them, and wait until they answer
    Up,
    /// End them and delete their data
    Down {
        /// Keep data and logs: the next `up` goes on with them
        #[arg(long)]
        keep_data: bool,
    },
    /// Show what runs and answers; fails unless all does
    Status,
    /// Delay, cut and heal the network on the way to the brokers' second listeners (ports 19094, 19194, 19294)
    #[command(subcommand)]
    Net(net::Command),
    /// Run the tests that need the cluster, which must be up
    Test {
        /// Further arguments of `cargo test`, as in `-- --nocapture`
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// The proxy itself, as `up` starts it
    #[command(hide = true)]
    Proxy {
        /// The cluster's folder, by which this process is known again
        #[arg(long)]
        folder: PathBuf,
    },
}

pub(crate) fn run(command: Command) -> Result<()> {
    match command {
        Command::Up => lifecycle::up(&Layout::from_env()?),
        Command::Down { keep_data } => lifecycle::down(&Layout::from_env()?, keep_data),
        Command::Status => lifecycle::status(&Layout::from_env()?),
        Command::Net(command) => net::run(&command),
        Command::Test { arguments } => test::run(&Layout::from_env()?, &arguments),
        Command::Proxy { folder: _ } => control::serve_cluster(),
    }
}
