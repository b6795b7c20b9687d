//! The network between clients and brokers, as `cargo xtask cluster` puts a proxy there.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::{Cluster, LocalCluster, PATIENCE};

/// Where the proxy takes commands.
const CONTROL: &str = "127.0.0.1:19099";
/// The brokers' listeners behind the proxy.
const PROXIED: &str = "127.0.0.1:19094,127.0.0.1:19194,127.0.0.1:19294";

/// There is one proxy: one test at a time changes it.
static ONE: Mutex<()> = Mutex::new(());

/// The network, this test's alone until it is dropped, and whole before and after.
#[derive(Debug)]
pub struct Network {
    _one: MutexGuard<'static, ()>,
}

impl Network {
    /// The network of the environment's cluster, with the cluster as it is reached through it.
    ///
    /// # Panics
    /// The cluster is there, and the proxy is not.
    #[must_use]
    pub fn from_env() -> Option<(Self, Cluster)> {
        LocalCluster::from_env()?;
        let one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
        let network = Self { _one: one };
        network.tell("heal all");
        let cluster = Cluster {
            brokers: PROXIED.to_owned(),
        };
        Some((network, cluster))
    }

    /// Gives the proxy a command, as `cut 2`.
    ///
    /// # Panics
    /// The proxy does not take it.
    pub fn tell(&self, command: &str) {
        tell(command).unwrap_or_else(|error| panic!("{command}: {error}"));
    }
}

impl Drop for Network {
    fn drop(&mut self) {
        // Where this fails, the next test's own healing does, aloud.
        _ = tell("heal all");
    }
}

fn tell(command: &str) -> Result<(), String> {
    let said = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect(CONTROL)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.write_all(format!("{command}\n").as_bytes())?;
        let mut line = String::new();
        BufReader::new(stream).read_line(&mut line)?;
        Ok(line)
    };
    match said() {
        Ok(line) if line == "ok\n" => Ok(()),
        Ok(line) => Err(line),
        Err(error) => Err(error.to_string()),
    }
}
