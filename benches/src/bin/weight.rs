//! What the generator adds to its user's clean build, beside prost-build.

use std::collections::BTreeSet;

use anyhow::Result;
use benches::scratch::{self, Scratch, or_fail, timed};
use benches::{Contender, Output, Report, Scale, turns};
use clap::Parser;

/// Builds packages from nothing, in turn; what they depend on is downloaded before.
#[derive(Parser)]
struct Arguments {
    /// Print one JSON document.
    #[arg(long)]
    json: bool,

    /// How many rounds of each.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..=1000))]
    rounds: u16,

    /// Build a service with the runtime, too: without a generator, and with each; and the same without the derive. It takes minutes.
    #[arg(long, conflicts_with = "not_clean")]
    service: bool,

    /// Build in this workspace's target folder, where what is built once is not built again: to try the bench, whose figures then mean little.
    #[arg(long)]
    not_clean: bool,
}

/// A generator, as a build script has it.
struct Generator {
    name: &'static str,
    package: &'static str,
    dependency: String,
    script: &'static str,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let codegen = scratch::root().join("codegen");
    let generators = [
        Generator {
            name: "prost-build",
            package: "prost",
            dependency: "prost-build = \"0.14\"".to_owned(),
            // What it is given is compiled by a program of its own, which is not measured.
            script: "fn main() {\n    prost_build::Config::new();\n}\n",
        },
        Generator {
            name: "kafka-event-codegen",
            package: "codegen",
            dependency: format!("kafka-event-codegen = {{ path = {codegen:?} }}"),
            script: "fn main() -> Result<(), kafka_event_codegen::Error> {\n    kafka_event_codegen::Builder::new().build()\n}\n",
        },
    ];
    let mut scratch = Scratch::with_plain_profiles()?;
    for generator in &generators {
        add(&mut scratch, &alone(generator), "", Some(generator))?;
    }
    let services = if arguments.service { &SERVICES[..] } else { &[] };
    for service in services {
        let runtime = scratch::root().join("runtime");
        let dependencies = format!(
            "[dependencies]\nkafka-event = {{ path = {runtime:?}{} }}\ntokio = {{ version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }}\n\n",
            service.features
        );
        add(&mut scratch, service.package, &dependencies, None)?;
        for generator in &generators {
            add(&mut scratch, &service.with(generator), &dependencies, Some(generator))?;
        }
    }
    let nowhere = tempfile::tempdir()?;
    scratch.cargo(nowhere.path(), &["fetch", "--quiet"])?;
    let crates = generators.iter().map(|generator| {
        let edges = [
            "tree",
            "--edges",
            "normal,build",
            "--prefix",
            "none",
            "--format",
            "{p}",
            "--no-dedupe",
        ];
        let package = alone(generator);
        let told = scratch.cargo(nowhere.path(), &[&edges[..], &["--package", &package]].concat())?;
        let crates: BTreeSet<&str> = told.lines().filter(|line| !line.is_empty()).collect();
        // The package itself is its user's.
        anyhow::Ok((generator.name, (crates.len() - 1) as f64))
    });
    let crates = crates.collect::<Result<Vec<_>>>()?;
    let build = |name: &str, package: String| {
        let (scratch, not_clean) = (&scratch, arguments.not_clean);
        let build = move || {
            let package = ["build", "--quiet", "--package", &package];
            if not_clean {
                return timed(1, || scratch.cargo(&scratch::target()?, &package));
            }
            let target = tempfile::tempdir()?;
            timed(1, || scratch.cargo(target.path(), &package))
        };
        Contender::new(name, move || or_fail(build()))
    };
    let rounds = usize::from(arguments.rounds);
    let of_alone = generators.iter().map(|generator| build(generator.name, alone(generator)));
    let mut report = Report::new("weight");
    report.add("a clean build with", Scale::Millis, &turns(rounds, of_alone.collect()));
    for service in services {
        let with = generators
            .iter()
            .map(|generator| build(&format!("with {}", generator.name), service.with(generator)));
        let without = build("without a generator", service.package.to_owned());
        let measured = turns(rounds, std::iter::once(without).chain(with).collect());
        report.add(service.name, Scale::Millis, &measured);
    }
    report.add_amounts("crates that are compiled", "crates", crates);
    report.print(if arguments.json { Output::Json } else { Output::Text })
}

/// What has the runtime.
struct Service {
    name: &'static str,
    /// That without a generator.
    package: &'static str,
    features: &'static str,
}

/// The derive has the generator compiled already, as a procedural macro's dependency.
const SERVICES: [Service; 2] = [
    Service {
        name: "a clean build of a service",
        package: "scratch-service",
        features: "",
    },
    Service {
        name: "a clean build of a service without the derive",
        package: "scratch-plain",
        features: ", default-features = false, features = [\"kafka\"]",
    },
];

impl Service {
    /// The package that has a generator, too.
    fn with(&self, generator: &Generator) -> String {
        format!("{}-{}", self.package, generator.package)
    }
}

/// The package that has nothing but a generator.
fn alone(generator: &Generator) -> String {
    format!("scratch-{}", generator.package)
}

/// Adds a package, with the flagship's contract, which is generated where there is something to generate it.
fn add(scratch: &mut Scratch, package: &str, dependencies: &str, generator: Option<&Generator>) -> Result<()> {
    match generator {
        Some(generator) => {
            let tables = format!("{dependencies}[build-dependencies]\n{}\n", generator.dependency);
            scratch.add(package, &tables)?;
            scratch.write(&format!("{package}/build.rs"), generator.script)?;
        }
        None => scratch.add(package, dependencies)?,
    }
    scratch.write(&format!("{package}/src/lib.rs"), "")?;
    for entry in std::fs::read_dir(scratch::root().join("schemas"))? {
        let entry = entry?;
        let name = format!("{package}/schemas/{}", entry.file_name().to_string_lossy());
        scratch.write(&name, &std::fs::read_to_string(entry.path())?)?;
    }
    Ok(())
}
