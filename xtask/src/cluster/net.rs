//! Commands to the proxy.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use clap::{Subcommand, ValueEnum};

use super::layout::CONTROL_PORT;

/// The proxy is on this machine and never busy.
const PATIENCE: Duration = Duration::from_secs(10);
/// No answer is longer.
const LONGEST: u64 = 1 << 16;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Make bytes to and from a broker take longer
    Delay {
        /// 1, 2, 3 or all
        broker: String,
        /// Milliseconds to the broker
        to_broker: u64,
        /// Milliseconds to the client; as to the broker where it is not given
        to_client: Option<u64>,
    },
    /// Close a broker's connections and take no more
    Cut {
        /// 1, 2, 3 or all
        broker: String,
        /// What becomes of new connections
        #[arg(value_enum, default_value_t = How::Refuse)]
        how: How,
    },
    /// Neither cut nor delay
    Heal {
        /// 1, 2, 3 or all
        #[arg(default_value = "all")]
        broker: String,
    },
    /// Show each broker's network
    Status,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum How {
    /// Nobody listens
    Refuse,
    /// They are accepted, and nothing passes
    Blackhole,
}

impl Command {
    fn line(&self) -> String {
        match self {
            Self::Delay {
                broker,
                to_broker,
                to_client,
            } => format!("delay {broker} {to_broker} {}", to_client.unwrap_or(*to_broker)),
            Self::Cut { broker, how: How::Refuse } => format!("cut {broker}"),
            Self::Cut {
                broker,
                how: How::Blackhole,
            } => format!("cut {broker} blackhole"),
            Self::Heal { broker } => format!("heal {broker}"),
            Self::Status => "status".to_owned(),
        }
    }
}

pub(super) fn run(command: &Command) -> Result<()> {
    print!("{}", send(&command.line())?);
    Ok(())
}

/// Sends a command; the lines of the answer.
pub(super) fn send(line: &str) -> Result<String> {
    send_to(CONTROL_PORT, line)
}

fn send_to(port: u16, line: &str) -> Result<String> {
    let context = || format!("no proxy at 127.0.0.1:{port}, so the cluster is not up");
    // What a user names must not become a second command.
    if line.contains(['\n', '\r']) {
        bail!("{line:?} is more than one line");
    }
    let mut stream = TcpStream::connect_timeout(&SocketAddr::from((Ipv4Addr::LOCALHOST, port)), PATIENCE).with_context(context)?;
    stream.set_read_timeout(Some(PATIENCE)).with_context(context)?;
    stream.set_write_timeout(Some(PATIENCE)).with_context(context)?;
    stream.write_all(format!("{line}\n").as_bytes()).with_context(context)?;
    let mut said = String::new();
    for line in BufReader::new(stream.take(LONGEST)).lines() {
        let line = line.with_context(context)?;
        if line == "ok" {
            return Ok(said);
        }
        if let Some(error) = line.strip_prefix("error: ") {
            bail!("the proxy refuses: {error}");
        }
        said.push_str(&line);
        said.push('\n');
    }
    bail!("the proxy at 127.0.0.1:{port} ended without an answer")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;

    /// A proxy that answers one command so.
    fn answering(answer: &'static str) -> u16 {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut line = String::new();
            BufReader::new(&stream).read_line(&mut line).unwrap();
            stream.write_all(answer.as_bytes()).unwrap();
        });
        port
    }

    #[test]
    fn an_answer_ends_with_ok_or_an_error() {
        assert_eq!(send_to(answering("broker 1: open\nok\n"), "status").unwrap(), "broker 1: open\n");
        let refused = send_to(answering("error: there is no broker\n"), "cut 9").unwrap_err().to_string();
        assert!(refused.contains("there is no broker"), "{refused}");
        send_to(answering("broker 1: open\n"), "status").unwrap_err();
        assert!(send_to(1, "cut 1\nheal 1").unwrap_err().to_string().contains("more than one line"));
    }
}
