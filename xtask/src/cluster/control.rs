//! The proxy's line protocol: a command in, lines out, the last of them `ok` or `error: …`.
//!
//! | command | what it does |
//! | --- | --- |
//! | `delay N MS` | bytes to and from broker N take so much longer |
//! | `delay N MS MS` | the first to the broker, the second to the client |
//! | `cut N` | closes broker N's connections, and refuses new ones |
//! | `cut N blackhole` | closes them, accepts new ones, and passes nothing |
//! | `heal N` | neither cut nor delay |
//! | `status` | a line for each broker |
//!
//! N is a broker's number, or `all`.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::str::SplitWhitespace;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use anyhow::{Context as _, Result, anyhow, bail};

use super::layout::{CONTROL_PORT, Node};
use super::proxy::{Delay, Link, Mode};

/// A client that says nothing for so long is let go.
const IDLE: Duration = Duration::from_secs(60);
/// No command is longer.
const LONGEST: u64 = 256;
/// Longer delays are mistakes: clients have given up by then.
const MOST_DELAY: u64 = 600_000;

/// The links, by the brokers' numbers.
type Links = Vec<(Node, Link)>;

/// Serves the cluster's proxy until this process is ended.
pub(super) fn serve_cluster() -> Result<()> {
    let local = |port| SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let mut links = Links::new();
    for node in Node::ALL {
        let link = Link::open(local(node.proxy()), local(node.proxied()));
        links.push((node, link.with_context(|| format!("port {} for {node}", node.proxy()))?));
    }
    let listener = TcpListener::bind(local(CONTROL_PORT)).with_context(|| format!("port {CONTROL_PORT} for commands"))?;
    serve(&listener, links);
    Ok(())
}

fn serve(listener: &TcpListener, links: Links) {
    let links = Arc::new(links);
    for stream in listener.incoming() {
        let links = links.clone();
        let spawned = stream.and_then(|stream| {
            thread::Builder::new().name("control".to_owned()).spawn(move || {
                if let Err(error) = converse(&stream, &links) {
                    eprintln!("a client of the proxy's control: {error}");
                }
            })
        });
        if let Err(error) = spawned {
            eprintln!("the proxy's control: {error}");
            thread::sleep(Duration::from_millis(10));
        }
    }
}

fn converse(stream: &TcpStream, links: &Links) -> io::Result<()> {
    stream.set_read_timeout(Some(IDLE))?;
    stream.set_write_timeout(Some(IDLE))?;
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    loop {
        line.clear();
        if reader.by_ref().take(LONGEST).read_line(&mut line)? == 0 {
            return Ok(());
        }
        if !line.ends_with('\n') {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "a command without an end"));
        }
        let reply = match command(&line, links) {
            Ok(lines) => lines + "ok\n",
            Err(error) => format!("error: {error:#}\n"),
        };
        (&*stream).write_all(reply.as_bytes())?;
    }
}

fn command(line: &str, links: &Links) -> Result<String> {
    let mut words = line.split_whitespace();
    match words.next() {
        Some("delay") => {
            let chosen = chosen(&mut words, links)?;
            let to_broker = millis(words.next().ok_or_else(|| anyhow!("a delay in milliseconds is missing"))?)?;
            let to_client = words.next().map_or(Ok(to_broker), millis)?;
            end(words)?;
            chosen.iter().for_each(|(_, link)| link.delay(Delay { to_broker, to_client }));
        }
        Some("cut") => {
            let chosen = chosen(&mut words, links)?;
            let swallow = match words.next() {
                None => false,
                Some("blackhole") => true,
                Some(other) => bail!("a cut is plain or `blackhole`, not {other:?}"),
            };
            end(words)?;
            for (node, link) in chosen {
                link.cut(swallow).with_context(|| node.to_string())?;
            }
        }
        Some("heal") => {
            let chosen = chosen(&mut words, links)?;
            end(words)?;
            for (node, link) in chosen {
                link.heal().with_context(|| format!("{node} at {}", link.address()))?;
            }
        }
        Some("status") => {
            end(words)?;
            return Ok(links.iter().map(status).collect());
        }
        Some(other) => bail!("{other:?} is no command: delay, cut, heal and status are"),
        None => bail!("a command is missing: delay, cut, heal or status"),
    }
    Ok(String::new())
}

fn status((node, link): &(Node, Link)) -> String {
    let (mode, delay, connections) = link.status();
    let mode = match mode {
        Mode::Open => "open",
        Mode::Refusing => "cut",
        Mode::Swallowing => "blackhole",
    };
    let (to_broker, to_client) = (delay.to_broker.as_millis(), delay.to_client.as_millis());
    format!("{node}: {mode}, {to_broker} ms to the broker, {to_client} ms to the client, {connections} connections\n")
}

fn chosen<'a>(words: &mut SplitWhitespace<'_>, links: &'a Links) -> Result<&'a [(Node, Link)]> {
    let word = words.next().ok_or_else(|| anyhow!("a broker's number is missing, or `all`"))?;
    if word == "all" {
        return Ok(links);
    }
    let place = links.iter().position(|(node, _)| node.0.to_string() == word);
    let place = place.ok_or_else(|| anyhow!("there is no broker {word:?}: 1, 2 and 3 are, and `all`"))?;
    Ok(&links[place..=place])
}

fn millis(word: &str) -> Result<Duration> {
    match word.parse() {
        Ok(millis) if millis <= MOST_DELAY => Ok(Duration::from_millis(millis)),
        _ => bail!("{word:?} is no delay: milliseconds up to {MOST_DELAY} are"),
    }
}

fn end(mut words: SplitWhitespace<'_>) -> Result<()> {
    words.next().map_or(Ok(()), |word| bail!("{word:?} is too much"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links() -> Links {
        let any = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        Node::ALL.map(|node| (node, Link::open(any, any).unwrap())).into()
    }

    #[test]
    fn commands_reach_the_broker_they_name() {
        let links = links();
        assert_eq!(command("delay 1 200 50\n", &links).unwrap(), "");
        command("cut 2", &links).unwrap();
        command("cut 3 blackhole", &links).unwrap();
        assert_eq!(
            command("status", &links).unwrap(),
            "broker 1: open, 200 ms to the broker, 50 ms to the client, 0 connections\n\
             broker 2: cut, 0 ms to the broker, 0 ms to the client, 0 connections\n\
             broker 3: blackhole, 0 ms to the broker, 0 ms to the client, 0 connections\n"
        );
        command("delay all 7", &links).unwrap();
        assert!(
            command("status", &links)
                .unwrap()
                .lines()
                .all(|line| line.contains("7 ms to the client"))
        );
        command("heal all", &links).unwrap();
        assert!(
            command("status", &links)
                .unwrap()
                .lines()
                .all(|line| line.contains(": open, 0 ms to the broker, 0 ms"))
        );
    }

    #[test]
    fn what_is_no_command_is_refused_with_the_reason() {
        let links = links();
        for (line, reason) in [
            ("", "missing"),
            ("slow 1", "slow"),
            ("delay", "missing"),
            ("delay 1", "missing"),
            ("delay 4 1", "\"4\""),
            ("delay 1 -5", "-5"),
            ("delay 1 600001", "600000"),
            ("delay 1 1 1 1", "too much"),
            ("cut 1 softly", "softly"),
            ("heal 1 2", "too much"),
            ("status 1", "too much"),
        ] {
            let error = command(line, &links).unwrap_err().to_string();
            assert!(error.contains(reason), "{line}: {error}");
        }
    }

    #[test]
    fn a_client_is_answered_line_by_line() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let links = links();
        thread::spawn(move || serve(&listener, links));
        let stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        (&stream).write_all(b"cut 1\nstatus\nnonsense\n").unwrap();
        let lines: Vec<_> = BufReader::new(&stream).lines().take(6).map(Result::unwrap).collect();
        assert_eq!((lines[0].as_str(), lines[4].as_str()), ("ok", "ok"));
        assert!(
            lines[1].starts_with("broker 1: cut") && lines[5].starts_with("error: "),
            "{lines:?}"
        );
    }
}
