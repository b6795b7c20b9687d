//! Up, down and status.

use std::io::ErrorKind;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};
use std::{env, fs};

use anyhow::{Context as _, Result, bail};
use comfy_table::Table;

use super::layout::{CONTROL_PORT, Layout, Node, brokers};
use super::process::Recorded;
use super::{net, node, ping};

/// How long `up` waits for all brokers to answer.
const START: Duration = Duration::from_secs(60);
/// How long a broker may take to end; then it is killed.
const STOP: Duration = Duration::from_secs(20);
/// How many lines of a failing broker's log are shown.
const LOG_LINES: usize = 30;

pub(super) fn up(layout: &Layout) -> Result<()> {
    let _lock = layout.lock()?;
    let all = processes(layout);
    let mut running = Vec::new();
    for process in &all {
        running.push(process.running()?.is_some());
    }
    if running.iter().all(|running| *running) {
        await_all(layout)?;
        println!("the cluster is up already: {}", brokers());
        return Ok(());
    }
    if let Some(first) = running.iter().position(|running| *running) {
        let missing = running.iter().position(|running| !*running).unwrap_or_default();
        bail!(
            "{} runs and {} does not: end what is left by `cargo xtask cluster down` (`--keep-data` keeps the data), then start anew",
            all[first].name,
            all[missing].name
        );
    }
    free_ports()?;
    node::KAFKA.ensure(&layout.libs)?;
    layout.claim()?;
    let started = node::prepare(layout).and_then(|()| start(layout));
    if let Err(error) = started {
        // What did start would hold ports and data. Why it failed matters more than a failure to end it.
        if let Err(also) = stop(layout) {
            eprintln!("{also:#}");
        }
        return Err(error);
    }
    println!("the cluster is up: {}", brokers());
    println!(
        "behind the proxy:  {}",
        Node::ALL.map(|node| format!("127.0.0.1:{}", node.proxy())).join(",")
    );
    Ok(())
}

fn start(layout: &Layout) -> Result<()> {
    for node in Node::ALL {
        node::start(layout, node)?;
    }
    let program = env::current_exe().context("this program's own path")?;
    let mut command = Command::new(program);
    command.args(["cluster", "proxy", "--folder"]).arg(&layout.root);
    proxy(layout).start(&mut command, &layout.proxy_log())?;
    await_all(layout)
}

pub(super) fn down(layout: &Layout, keep_data: bool) -> Result<()> {
    let _lock = layout.lock()?;
    let stopped = stop(layout)?;
    if !keep_data {
        layout.clear()?;
    }
    match (stopped, keep_data) {
        (true, false) => println!("the cluster is down, and its data deleted"),
        (true, true) => println!("the cluster is down; its data is kept in {}", layout.root.display()),
        (false, _) => println!("the cluster was not running"),
    }
    Ok(())
}

/// Ends all processes; `false` where none ran.
fn stop(layout: &Layout) -> Result<bool> {
    // At once: a broker without a quorum does not end by itself.
    let stopped = thread::scope(|scope| {
        let waiting: Vec<_> = processes(layout)
            .into_iter()
            .map(|process| scope.spawn(move || process.stop(STOP)))
            .collect();
        waiting
            .into_iter()
            .map(|thread| thread.join().unwrap_or_else(|_| bail!("a thread that ends a process panicked")))
            .collect::<Result<Vec<bool>>>()
    })?;
    Ok(stopped.contains(&true))
}

pub(super) fn status(layout: &Layout) -> Result<()> {
    let mut table = Table::new();
    table.load_style(comfy_table::presets::NOTHING);
    table.set_header(["node", "pid", "port", "answers"]);
    let mut all_up = true;
    let mut row = |process: &Recorded, port: u16, answer: Result<String>| -> Result<()> {
        let pid = process.running()?;
        all_up &= pid.is_some() && answer.is_ok();
        let pid = pid.map_or_else(|| "–".to_owned(), |pid| pid.to_string());
        let answer = answer.unwrap_or_else(|error| format!("no: {error:#}"));
        table.add_row([process.name.clone(), pid, port.to_string(), answer]);
        Ok(())
    };
    for node in Node::ALL {
        row(&node::recorded(layout, node), node.broker(), answer(node))?;
    }
    let answer = net::send("status").map(|_| "yes".to_owned());
    row(&proxy(layout), CONTROL_PORT, answer)?;
    println!("{table}");
    if !all_up {
        bail!("the cluster is not up: `cargo xtask cluster up` starts it");
    }
    Ok(())
}

/// Fails unless all brokers and the proxy answer.
pub(super) fn require_up(layout: &Layout) -> Result<()> {
    for process in processes(layout) {
        if process.running()?.is_none() {
            bail!("{} does not run: start the cluster by `cargo xtask cluster up`", process.name);
        }
    }
    match refusals(layout)?.into_iter().next() {
        Some((name, why, log)) => Err(why.context(format!("{name} does not answer: see {}", log.display()))),
        None => Ok(()),
    }
}

/// What a broker says of itself: an answer counts where it sees all the others.
fn answer(node: Node) -> Result<String> {
    match ping::brokers_seen_by(node.broker())? {
        seen if seen == Node::ALL.len() => Ok(format!("yes, sees {seen} brokers")),
        seen => bail!("it sees {seen} of {} brokers", Node::ALL.len()),
    }
}

/// Waits until all answer, or one has ended.
fn await_all(layout: &Layout) -> Result<()> {
    let end = Instant::now() + START;
    loop {
        let refusals = refusals(layout)?;
        let Some((name, why, log)) = refusals.first() else {
            return Ok(());
        };
        if Instant::now() >= end {
            bail!("{name} does not answer within {START:?} ({why:#}); its log ends so:\n{}", tail(log));
        }
        thread::sleep(Duration::from_millis(200));
    }
}

/// Those that run and do not answer yet, with the reason and the log. One that has ended is an error: waiting does not help it.
fn refusals(layout: &Layout) -> Result<Vec<(String, anyhow::Error, PathBuf)>> {
    let logs = Node::ALL.map(|node| layout.log(node)).into_iter().chain([layout.proxy_log()]);
    let answers = Node::ALL.map(answer).into_iter().chain([net::send("status")]);
    let mut refusals = Vec::new();
    for ((process, log), answer) in processes(layout).into_iter().zip(logs).zip(answers) {
        if process.running()?.is_none() {
            bail!("{} has ended; its log ends so:\n{}", process.name, tail(&log));
        }
        if let Err(why) = answer {
            refusals.push((process.name, why, log));
        }
    }
    Ok(refusals)
}

/// The end of a log, or why it cannot be shown.
fn tail(log: &Path) -> String {
    let text = match fs::read(log) {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(error) => return format!("({}: {error})", log.display()),
    };
    let lines: Vec<_> = text.lines().collect();
    if lines.is_empty() {
        return format!("({} is empty)", log.display());
    }
    lines[lines.len().saturating_sub(LOG_LINES)..].join("\n")
}

fn free_ports() -> Result<()> {
    let ports = Node::ALL
        .into_iter()
        .flat_map(|node| [node.broker(), node.controller(), node.proxy(), node.proxied()])
        .chain([CONTROL_PORT]);
    let mut taken = Vec::new();
    for port in ports {
        match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::AddrInUse => taken.push(port.to_string()),
            Err(error) => return Err(error).with_context(|| format!("port {port} of 127.0.0.1 cannot be used")),
        }
    }
    if !taken.is_empty() {
        bail!(
            "taken by another process on 127.0.0.1: port {}; end it (`ss -ltnp` shows who it is), or another cluster of ours by its own `down`",
            taken.join(", ")
        );
    }
    Ok(())
}

fn processes(layout: &Layout) -> Vec<Recorded> {
    let mut processes = Node::ALL.map(|node| node::recorded(layout, node)).to_vec();
    processes.push(proxy(layout));
    processes
}

fn proxy(layout: &Layout) -> Recorded {
    Recorded {
        name: "the proxy".to_owned(),
        file: layout.proxy_pid(),
        argument: PathBuf::from(&layout.root),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_log_is_its_last_lines() {
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("log");
        assert!(tail(&log).contains("log"));
        fs::write(&log, "").unwrap();
        assert!(tail(&log).contains("empty"));
        fs::write(&log, (0..100).map(|line| format!("line {line}\n")).collect::<String>()).unwrap();
        let tail = tail(&log);
        assert_eq!(tail.lines().count(), LOG_LINES);
        assert!(tail.starts_with("line 70\n") && tail.ends_with("line 99"), "{tail}");
    }
}
