//! Where the cluster lives: folders and ports.

use std::env;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use crate::workspace;

/// A folder of the jars, in place of `target/cluster/libs`.
pub(super) const LIBS: &str = "KAFKA_EVENT_CLUSTER_LIBS";
/// A folder of the cluster, in place of `target/cluster`.
pub(super) const DATA: &str = "KAFKA_EVENT_CLUSTER_DATA";
/// Where the proxy takes commands.
pub(super) const CONTROL_PORT: u16 = 19099;

/// One of the three brokers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Node(pub(super) u16);

impl Node {
    pub(super) const ALL: [Self; 3] = [Self(1), Self(2), Self(3)];

    /// Below 32768, where Linux takes the ports of outgoing connections from.
    const fn port(self, of: u16) -> u16 {
        18_900 + self.0 * 100 + of
    }

    /// Where clients and the other brokers reach it.
    pub(super) const fn broker(self) -> u16 {
        self.port(92)
    }

    /// Where the quorum of controllers speaks.
    pub(super) const fn controller(self) -> u16 {
        self.port(93)
    }

    /// Where the proxy listens for it.
    pub(super) const fn proxy(self) -> u16 {
        self.port(94)
    }

    /// Where it listens behind the proxy.
    pub(super) const fn proxied(self) -> u16 {
        self.port(95)
    }
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "broker {}", self.0)
    }
}

/// The brokers' addresses as clients take them.
pub(super) fn brokers() -> String {
    Node::ALL.map(|node| format!("127.0.0.1:{}", node.broker())).join(",")
}

/// The cluster's folders.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    /// All that `up` makes, the jars aside.
    pub(super) root: PathBuf,
    /// The jars.
    pub(super) libs: PathBuf,
    /// Held while a run changes the cluster. Outside of the folder, which `down` deletes.
    lock: PathBuf,
}

/// Says that a folder is ours, so that `down` may delete in it.
const MARKER: &str = "kafka-event-cluster";

impl Layout {
    pub(super) fn from_env() -> Result<Self> {
        let folder = |variable: &str, default: PathBuf| match env::var_os(variable) {
            Some(set) if set.is_empty() => bail!("{variable} is set to nothing: unset it, or name a folder"),
            Some(set) => std::path::absolute(&set).with_context(|| format!("{variable}={}", set.display())),
            None => Ok(default),
        };
        let target = target_folder()?;
        let cluster = target.join("cluster");
        Ok(Self {
            root: folder(DATA, cluster.clone())?,
            libs: folder(LIBS, cluster.join("libs"))?,
            lock: target.join("cluster.lock"),
        })
    }

    /// All in one folder, for tests.
    #[cfg(test)]
    pub(super) fn in_folder(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
            libs: root.join("libs"),
            lock: root.with_extension("lock"),
        }
    }

    /// The folder of a broker, all of which is ours.
    pub(super) fn node(&self, node: Node) -> PathBuf {
        self.root.join(format!("node-{}", node.0))
    }

    /// A broker's configuration, by which its process is known again.
    pub(super) fn properties(&self, node: Node) -> PathBuf {
        self.node(node).join("server.properties")
    }

    /// A broker's stored topics.
    pub(super) fn data(&self, node: Node) -> PathBuf {
        self.node(node).join("data")
    }

    /// What a broker says.
    pub(super) fn log(&self, node: Node) -> PathBuf {
        self.node(node).join("broker.log")
    }

    pub(super) fn pid(&self, node: Node) -> PathBuf {
        self.node(node).join("pid")
    }

    pub(super) fn proxy_pid(&self) -> PathBuf {
        self.root.join("proxy.pid")
    }

    pub(super) fn proxy_log(&self) -> PathBuf {
        self.root.join("proxy.log")
    }

    pub(super) fn logging(&self) -> PathBuf {
        self.root.join("log4j2.xml")
    }

    pub(super) fn cluster_id(&self) -> PathBuf {
        self.root.join("cluster-id")
    }

    /// Takes the folder for ours, which it must be already, or hold nothing but the jars.
    pub(super) fn claim(&self) -> Result<()> {
        let context = || format!("the cluster's folder {}", self.root.display());
        fs::create_dir_all(&self.root).with_context(context)?;
        let marker = self.root.join(MARKER);
        if marker.exists() {
            return Ok(());
        }
        for entry in fs::read_dir(&self.root).with_context(context)? {
            let path = entry.with_context(context)?.path();
            if path != self.libs {
                bail!(
                    "{} is there already, and not from a cluster of ours: `down` deletes, so {DATA} must name a new or an empty folder",
                    path.display()
                );
            }
        }
        let text = "`cargo xtask cluster` made this folder and what is in it; `cargo xtask cluster down` deletes it.\n";
        fs::write(&marker, text).with_context(|| marker.display().to_string())
    }

    /// Whether the folder is one that [`claim`](Self::claim) took.
    pub(super) fn is_claimed(&self) -> bool {
        self.root.join(MARKER).exists()
    }

    /// Deletes all that `up` made, the jars aside.
    pub(super) fn clear(&self) -> Result<()> {
        if !self.is_claimed() {
            return Ok(());
        }
        for node in Node::ALL {
            gone(&self.node(node), fs::remove_dir_all(self.node(node)))?;
        }
        // The marker last: what is left by a failure can be deleted by another run.
        for file in [self.proxy_log(), self.logging(), self.cluster_id(), self.root.join(MARKER)] {
            gone(&file, fs::remove_file(&file))?;
        }
        // Only where nothing else is in it.
        _ = fs::remove_dir(&self.root);
        Ok(())
    }

    /// Keeps two runs from working on one cluster; held until it is dropped.
    pub(super) fn lock(&self) -> Result<fs::File> {
        let path = &self.lock;
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).with_context(|| parent.display().to_string())?;
        }
        let file = fs::File::create(path).with_context(|| path.display().to_string())?;
        match file.try_lock() {
            Ok(()) => Ok(file),
            Err(fs::TryLockError::WouldBlock) => bail!("another `cargo xtask cluster` is at work on {}: wait for it", self.root.display()),
            Err(fs::TryLockError::Error(error)) => Err(error).with_context(|| path.display().to_string()),
        }
    }
}

fn gone(path: &Path, removed: std::io::Result<()>) -> Result<()> {
    match removed {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("{} cannot be deleted", path.display()))
        }
        _ => Ok(()),
    }
}

fn target_folder() -> Result<PathBuf> {
    match env::var_os("CARGO_TARGET_DIR") {
        Some(target) if !target.is_empty() => std::path::absolute(&target).context("CARGO_TARGET_DIR"),
        _ => Ok(workspace().join("target")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ports_tell_the_broker_by_their_first_digit() {
        assert_eq!(brokers(), "127.0.0.1:19092,127.0.0.1:19192,127.0.0.1:19292");
        assert_eq!((Node(2).controller(), Node(2).proxy(), Node(3).proxied()), (19193, 19194, 19295));
    }

    #[test]
    fn a_folder_with_things_of_others_is_refused_and_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let kept = folder.path().join("node-1");
        fs::create_dir(&kept).unwrap();
        let error = Layout::in_folder(folder.path()).claim().unwrap_err().to_string();
        assert!(error.contains("node-1") && error.contains(DATA), "{error}");
        Layout::in_folder(folder.path()).clear().unwrap();
        assert!(kept.exists());
    }

    #[test]
    fn clearing_deletes_what_is_ours_and_keeps_the_rest() {
        let folder = tempfile::tempdir().unwrap();
        let layout = Layout::in_folder(folder.path());
        fs::create_dir(&layout.libs).unwrap();
        layout.claim().unwrap();
        layout.claim().unwrap();
        fs::create_dir_all(layout.data(Node(1))).unwrap();
        fs::write(folder.path().join("notes.txt"), "mine").unwrap();
        layout.clear().unwrap();
        let mut left: Vec<_> = fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        left.sort();
        assert_eq!(left, ["libs", "notes.txt"]);
    }

    #[test]
    fn only_one_run_works_on_a_cluster_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let layout = Layout::in_folder(&folder.path().join("cluster"));
        let held = layout.lock().unwrap();
        assert!(layout.lock().unwrap_err().to_string().contains("another"));
        drop(held);
        layout.lock().unwrap();
    }
}
