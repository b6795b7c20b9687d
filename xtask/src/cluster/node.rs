//! A broker: its properties, the format of its data, and its JVM.

use std::fs;
use std::process::{Child, Command};

use anyhow::{Context as _, Result, bail};

use super::layout::{Layout, Node};
use super::process::Recorded;
use crate::jars::{Jars, class_path};

/// What brokers run on.
pub(super) const KAFKA: Jars = Jars {
    what: "Kafka 4.3.1 and what it needs (54 MB)",
    artifacts: &[
        ("org.apache.kafka", "kafka_2.13", "4.3.1"),
        ("org.apache.kafka", "kafka-tools", "4.3.1"),
        // Without a backend of their logging facade the brokers are silent.
        ("org.apache.logging.log4j", "log4j-slf4j-impl", "2.25.3"),
    ],
};

/// Only what goes wrong is written.
const LOGGING: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<Configuration status="WARN">
  <Appenders>
    <Console name="out" target="SYSTEM_OUT">
      <PatternLayout pattern="%d{HH:mm:ss.SSS} %p %c{1}: %m%n"/>
    </Console>
  </Appenders>
  <Loggers>
    <Root level="WARN">
      <AppenderRef ref="out"/>
    </Root>
  </Loggers>
</Configuration>
"#;

/// A broker's process.
pub(super) fn recorded(layout: &Layout, node: Node) -> Recorded {
    Recorded {
        name: node.to_string(),
        file: layout.pid(node),
        argument: layout.properties(node),
    }
}

/// Writes what all brokers share, and each one's properties; formats the data where there is none yet.
pub(super) fn prepare(layout: &Layout) -> Result<()> {
    write(&layout.logging(), LOGGING)?;
    for node in Node::ALL {
        let folder = layout.node(node);
        fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
        write(&layout.properties(node), &properties(layout, node))?;
    }
    let id = cluster_id(layout)?;
    for node in Node::ALL {
        if !layout.data(node).join("meta.properties").exists() {
            storage_tool(layout, |tool| tool.args(["format", "-t", &id, "-c"]).arg(layout.properties(node)))?;
        }
    }
    Ok(())
}

/// Starts a broker's JVM.
pub(super) fn start(layout: &Layout, node: Node) -> Result<Child> {
    let mut command = java(layout);
    command
        // Room for tests; for figures see that the compiler may do all it can.
        .args(["-Xms256m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"])
        .arg("kafka.Kafka")
        .arg(layout.properties(node));
    recorded(layout, node).start(&mut command, &layout.log(node))
}

fn java(layout: &Layout) -> Command {
    let mut command = Command::new("java");
    command
        .arg("-cp")
        .arg(class_path(&layout.libs))
        .arg(format!("-Dlog4j2.configurationFile={}", layout.logging().display()));
    command
}

/// The cluster's own id, made once.
fn cluster_id(layout: &Layout) -> Result<String> {
    let file = layout.cluster_id();
    if let Ok(id) = fs::read_to_string(&file) {
        return Ok(id.trim().to_owned());
    }
    let id = storage_tool(layout, |tool| tool.arg("random-uuid"))?.trim().to_owned();
    write(&file, &id)?;
    Ok(id)
}

fn storage_tool(layout: &Layout, arguments: impl FnOnce(&mut Command) -> &mut Command) -> Result<String> {
    let mut command = java(layout);
    command.arg("kafka.tools.StorageTool");
    arguments(&mut command);
    let output = command.output().context("`java` cannot be run")?;
    if !output.status.success() {
        let said = [output.stdout, output.stderr].concat();
        bail!(
            "Kafka's storage tool failed ({}): {}",
            output.status,
            String::from_utf8_lossy(&said).trim()
        );
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn write(path: &std::path::Path, text: &str) -> Result<()> {
    fs::write(path, text).with_context(|| path.display().to_string())
}

fn properties(layout: &Layout, node: Node) -> String {
    let voters = Node::ALL
        .map(|node| format!("{}@127.0.0.1:{}", node.0, node.controller()))
        .join(",");
    let (id, broker, controller, proxy, proxied) = (node.0, node.broker(), node.controller(), node.proxy(), node.proxied());
    // A backslash begins an escape in a file of properties.
    let data = layout.data(node).display().to_string().replace('\\', "\\\\");
    format!(
        "\
process.roles=broker,controller
node.id={id}
controller.quorum.voters={voters}
listeners=PLAINTEXT://127.0.0.1:{broker},PROXIED://127.0.0.1:{proxied},CONTROLLER://127.0.0.1:{controller}
# The second listener's clients are sent through the proxy.
advertised.listeners=PLAINTEXT://127.0.0.1:{broker},PROXIED://127.0.0.1:{proxy}
controller.listener.names=CONTROLLER
inter.broker.listener.name=PLAINTEXT
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,PROXIED:PLAINTEXT,CONTROLLER:PLAINTEXT
log.dirs={data}
default.replication.factor=3
min.insync.replicas=2
offsets.topic.replication.factor=3
offsets.topic.num.partitions=3
transaction.state.log.replication.factor=3
transaction.state.log.min.isr=2
transaction.state.log.num.partitions=3
share.coordinator.state.topic.replication.factor=3
share.coordinator.state.topic.min.isr=2
group.initial.rebalance.delay.ms=0
auto.create.topics.enable=false
log.cleaner.dedupe.buffer.size=2097152
"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broker_has_its_own_ports_and_sends_proxied_clients_to_the_proxy() {
        let layout = Layout::in_folder("/cluster".as_ref());
        let text = properties(&layout, Node(2));
        for line in [
            "node.id=2",
            "listeners=PLAINTEXT://127.0.0.1:19192,PROXIED://127.0.0.1:19195,CONTROLLER://127.0.0.1:19193",
            "advertised.listeners=PLAINTEXT://127.0.0.1:19192,PROXIED://127.0.0.1:19194",
            "controller.quorum.voters=1@127.0.0.1:19093,2@127.0.0.1:19193,3@127.0.0.1:19293",
            "log.dirs=/cluster/node-2/data",
        ] {
            assert!(text.lines().any(|found| found == line), "{line} is not in:\n{text}");
        }
    }
}
