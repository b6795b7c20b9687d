//! Java's SpecificRecord of the same schemas, reading the same bytes, measured by JMH.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};
use benches::codec::Measured;
use benches::{Allocated, Contender, Sample, scratch};
use serde::Deserialize;

/// What was measured.
pub(crate) struct Java {
    results: BTreeMap<Key, Measure>,
}

/// A schema and a method.
type Key = (String, String);
/// The rounds, and what a call allocates.
type Measure = (Vec<Sample>, Allocated);

/// The package's folder, where the Java side lies.
const HERE: &str = env!("CARGO_MANIFEST_DIR");

/// Builds the Java side and runs it for some shapes: as many rounds as ours have, as long as ours, after five times as much to warm up.
pub(crate) fn run(shapes: &[Measured], rounds: u16, round: u16) -> Result<Java> {
    let target = scratch::target()?.join("codec-java");
    let class_path = build(&target)?;
    let events = target.join("events");
    fs::create_dir_all(&events)?;
    for shape in shapes {
        fs::write(events.join(shape.schema).with_extension("avro"), shape.bytes)?;
    }
    let results = target.join("jmh.json");
    let names: Vec<_> = shapes.iter().map(|shape| shape.schema).collect();
    let millis = |rounds: u16| format!("{}ms", u32::from(rounds) * u32::from(round));
    let mut java = Command::new("java");
    java.arg("-Dorg.apache.avro.specific.use_custom_coders=true")
        .arg(define("bench.schemas", Path::new(HERE).join("schemas").as_path()))
        .arg(define("bench.events", &events))
        .arg("-cp")
        .arg(class_path)
        .args(["org.openjdk.jmh.Main", "bench.CodecBench", "-f", "1", "-foe", "true", "-prof", "gc"])
        .args(["-wi", "5", "-w", &millis(rounds), "-i", &rounds.to_string(), "-r", &millis(1)])
        .args(["-p", &format!("shape={}", names.join(","))])
        .args(["-rf", "json", "-rff"])
        .arg(&results);
    succeed(&mut java, "java", JDK)?;
    let text = fs::read_to_string(&results).with_context(|| results.display().to_string())?;
    let results: Vec<Benchmark> = serde_json::from_str(&text).context("what JMH has written")?;
    Ok(Java {
        results: results.into_iter().map(Benchmark::measured).collect::<Result<_>>()?,
    })
}

impl Java {
    /// The encoding of a shape's event.
    pub(crate) fn encode(&mut self, shape: &Measured) -> Result<Vec<Contender<'static>>> {
        Ok(vec![self.row(shape, "encode", "Java, SpecificRecord")?])
    }

    /// Its decoding: to a new record, and into the one that was read before.
    pub(crate) fn decode(&mut self, shape: &Measured) -> Result<Vec<Contender<'static>>> {
        Ok(vec![
            self.row(shape, "decode", "Java, SpecificRecord")?,
            self.row(shape, "decodeReused", "Java, SpecificRecord, reused")?,
        ])
    }

    fn row(&mut self, shape: &Measured, method: &str, name: &str) -> Result<Contender<'static>> {
        let key = (shape.schema.to_owned(), method.to_owned());
        let (samples, allocated) = self
            .results
            .remove(&key)
            .with_context(|| format!("JMH has no {} of {}", key.1, key.0))?;
        Ok(Contender::measured(name, samples, Some(allocated)))
    }
}

const JDK: &str = "a Java 17 development kit or a later one, as in `apt install openjdk-17-jdk-headless`";
const MAVEN: &str = "Apache Maven, as in `apt install maven`";

/// Builds the classes, and gives their class path.
fn build(target: &Path) -> Result<OsString> {
    succeed(Command::new("javac").arg("-version"), "javac", JDK)?;
    let libraries = target.join("class-path");
    let mut maven = Command::new("mvn");
    maven
        .args(["-q", "-B", "-f"])
        .arg(Path::new(HERE).join("java").join("pom.xml"))
        .arg(define("bench.target", target))
        .arg(define("mdep.outputFile", &libraries))
        .args(["compile", "dependency:build-classpath"]);
    succeed(&mut maven, "mvn", MAVEN)?;
    let libraries = fs::read_to_string(&libraries).with_context(|| libraries.display().to_string())?;
    let libraries = std::env::split_paths(libraries.trim()).collect::<Vec<PathBuf>>();
    Ok(std::env::join_paths([target.join("classes")].into_iter().chain(libraries))?)
}

fn define(name: &str, path: &Path) -> OsString {
    let mut definition = OsString::from(format!("-D{name}="));
    definition.push(path);
    definition
}

/// Runs a command that must succeed; where there is no such tool, says what to install.
fn succeed(command: &mut Command, tool: &str, cure: &str) -> Result<()> {
    let Output { status, stdout, stderr } = match command.output() {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            bail!("Java is asked for, and `{tool}` is not on the PATH: install {cure}")
        }
        output => output.with_context(|| format!("`{tool}` cannot be run"))?,
    };
    // Maven and JMH complain on standard output.
    let said = [stdout, stderr].concat();
    ensure!(
        status.success(),
        "`{tool}` failed ({status}):\n{}",
        String::from_utf8_lossy(&said).trim()
    );
    Ok(())
}

/// One result in JMH's JSON.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Benchmark {
    benchmark: String,
    params: Params,
    primary_metric: Primary,
    secondary_metrics: BTreeMap<String, Secondary>,
}

#[derive(Deserialize)]
struct Params {
    shape: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Primary {
    score_unit: String,
    /// Of each fork, of each iteration.
    raw_data: Vec<Vec<f64>>,
}

#[derive(Deserialize)]
struct Secondary {
    score: f64,
}

impl Benchmark {
    fn measured(self) -> Result<(Key, Measure)> {
        let unit = &self.primary_metric.score_unit;
        ensure!(unit == "ns/op", "JMH measured in {unit}");
        // A million calls' time keeps the fractions of a nanosecond.
        let samples = self.primary_metric.raw_data.into_iter().flatten().map(|nanos| Sample {
            wall: Duration::from_nanos((nanos * 1e6) as u64),
            cpu: None,
            units: 1_000_000,
        });
        let bytes = self
            .secondary_metrics
            .get("gc.alloc.rate.norm")
            .context("JMH has counted no bytes")?;
        let allocated = Allocated {
            count: None,
            bytes: bytes.score.round() as u64,
        };
        let method = self.benchmark.rsplit('.').next().unwrap_or_default().to_owned();
        Ok(((self.params.shape, method), (samples.collect(), allocated)))
    }
}
