//! Kafka's own tools, run from its jars.

use std::ffi::OsString;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::{Cluster, LocalCluster, variable};

/// Kafka's tools.
#[derive(Debug, Clone)]
pub struct Java {
    libs: PathBuf,
}

/// A stored batch, as Kafka's own tool reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// Its first offset.
    pub first: i64,
    /// Its last.
    pub last: i64,
    /// Its codec, by Kafka's name.
    pub codec: String,
}

impl Java {
    /// The tools of the environment; `None`, said on standard error, where there are none.
    ///
    /// # Panics
    /// There are none, and the environment is strict.
    #[must_use]
    pub fn from_env() -> Option<Self> {
        let libs = PathBuf::from(variable("KAFKA_EVENT_CLUSTER_LIBS")?);
        Some(Self { libs })
    }

    fn tool(&self, class: &str) -> Command {
        let mut command = Command::new("java");
        // Their warnings of a missing logging configuration are nobody's business.
        command.arg("-cp").arg(self.libs.join("*")).arg("-Dlog4j2.level=ERROR").arg(class);
        command
    }

    /// The batches that a broker has stored of a partition, in order.
    ///
    /// # Panics
    /// The tool fails, or says what is not understood.
    #[must_use]
    pub fn stored_batches(&self, local: &LocalCluster, broker: i32, topic: &str, partition: i32) -> Vec<Batch> {
        let folder = local.data.join(format!("node-{broker}/data/{topic}-{partition}"));
        let output = self
            .tool("org.apache.kafka.tools.DumpLogSegments")
            .arg("--files")
            .arg(segments(&folder))
            .output()
            .expect("java runs");
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(
            output.status.success(),
            "{}: {said}{}",
            folder.display(),
            String::from_utf8_lossy(&output.stderr)
        );
        said.lines().filter(|line| line.starts_with("baseOffset: ")).map(batch).collect()
    }

    /// Sends messages by Java's own producer, which chooses their partitions by their keys.
    ///
    /// # Panics
    /// The tool fails.
    pub fn produce(&self, cluster: &Cluster, topic: &str, messages: &[(String, String)]) {
        const SEPARATOR: &str = "=";
        let mut child = self
            .tool("org.apache.kafka.tools.ConsoleProducer")
            .args(["--bootstrap-server", &cluster.brokers, "--topic", topic])
            .args(["--reader-property", "parse.key=true"])
            .args(["--reader-property", &format!("key.separator={SEPARATOR}")])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("java runs");
        let lines: String = messages.iter().map(|(key, value)| format!("{key}{SEPARATOR}{value}\n")).collect();
        let mut input = child.stdin.take().expect("its input");
        input.write_all(lines.as_bytes()).expect("it reads its input");
        drop(input);
        let output = child.wait_with_output().expect("java ends");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

/// The files of a partition that hold its messages, joined by commas.
fn segments(folder: &Path) -> OsString {
    let entries = folder.read_dir().unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "log"));
    files.sort();
    let files: Vec<_> = files.iter().map(|file| file.as_os_str()).collect();
    files.join(std::ffi::OsStr::new(","))
}

/// `baseOffset: 0 lastOffset: 5 count: 6 … compresscodec: gzip …`
fn batch(line: &str) -> Batch {
    let words: Vec<_> = line.split_whitespace().collect();
    let after = |name: &str| {
        let place = words.iter().position(|word| *word == name);
        let value = place.and_then(|place| words.get(place + 1));
        *value.unwrap_or_else(|| panic!("no {name} in: {line}"))
    };
    Batch {
        first: after("baseOffset:").parse().expect("an offset"),
        last: after("lastOffset:").parse().expect("an offset"),
        codec: after("compresscodec:").to_owned(),
    }
}
