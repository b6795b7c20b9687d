//! `kafka-event generate`: the same code that a build script writes, into a folder that is reviewed and committed.

mod choices;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use kafka_event_codegen::{Builder, Error, shell_quoted};

use crate::report;
use choices::Choices;

/// Writes the generated code into a folder; with --check, refuses a folder that is not up to date.
#[derive(Debug, Args)]
pub(crate) struct Generate {
    /// The manifest.
    #[arg(long, default_value = "schemas/topics.toml", value_name = "FILE")]
    manifest: PathBuf,

    /// Schemas, files or folders, in place of a manifest: types and their codec, no topics.
    #[arg(long, value_name = "PATH", num_args = 1.., conflicts_with = "manifest")]
    schemas: Vec<PathBuf>,

    /// The folder to write to.
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,

    /// Write nothing; say what is not up to date, and exit with 1.
    #[arg(long)]
    check: bool,

    /// Leave out builders.
    #[arg(long)]
    no_builders: bool,

    /// Leave out borrowed twins.
    #[arg(long)]
    no_borrowed: bool,

    /// Leave out the names of publishers and consumers, which need the runtime's feature `kafka`.
    #[arg(long)]
    no_clients: bool,

    /// Leave out reading what other versions of a schema wrote.
    #[arg(long)]
    no_evolution: bool,

    /// Implement serde's traits, which needs the runtime's feature `serde`.
    #[arg(long)]
    serde: bool,

    /// Write a file of its own for each namespace, into the folder `kafka_events`.
    #[arg(long)]
    one_file_per_namespace: bool,

    #[command(flatten)]
    choices: Choices,
}

impl Generate {
    pub(crate) fn run(&self) -> ExitCode {
        let builder = Builder::new()
            .manifest(&self.manifest)
            .schemas(&self.schemas)
            .builders(!self.no_builders)
            .borrowed(!self.no_borrowed)
            .clients(!self.no_clients)
            .evolution(!self.no_evolution)
            .serde(self.serde)
            .one_file_per_namespace(self.one_file_per_namespace);
        let builder = self.choices.apply(builder);
        let contract = match builder.load() {
            Ok(contract) => contract,
            Err(found) => {
                report::print(&found);
                return ExitCode::from(1);
            }
        };
        report::print(&contract.warnings);
        let generated = match builder.emit(&contract) {
            Ok(generated) => generated,
            Err(Error::Options(errors)) => {
                choices::report(&errors);
                return ExitCode::from(2);
            }
            Err(error) => return failed(&error),
        };
        if !self.check {
            return match generated.write(&self.out) {
                Ok(changes) => {
                    for change in changes {
                        eprintln!("{change}");
                    }
                    ExitCode::SUCCESS
                }
                Err(error) => failed(&error),
            };
        }
        match generated.check(&self.out) {
            Ok(drifts) if drifts.is_empty() => ExitCode::SUCCESS,
            Ok(drifts) => {
                for drift in drifts {
                    eprintln!("error: {drift}");
                }
                eprintln!("  = help: run `{}` and commit what it writes", self.cure());
                ExitCode::from(1)
            }
            Err(error) => {
                eprintln!("error: cannot read {}: {error}", self.out.display());
                ExitCode::from(2)
            }
        }
    }

    /// The command that writes what `--check` misses.
    fn cure(&self) -> String {
        let mut command = "kafka-event generate".to_owned();
        if self.manifest != Path::new("schemas/topics.toml") {
            command += &format!(" --manifest {}", shell_quoted(&self.manifest.to_string_lossy()));
        }
        for (place, schemas) in self.schemas.iter().enumerate() {
            command += if place == 0 { " --schemas " } else { " " };
            command += &shell_quoted(&schemas.to_string_lossy());
        }
        command += &format!(" --out {}", shell_quoted(&self.out.to_string_lossy()));
        for (given, flag) in [
            (self.no_builders, "--no-builders"),
            (self.no_borrowed, "--no-borrowed"),
            (self.no_clients, "--no-clients"),
            (self.no_evolution, "--no-evolution"),
            (self.serde, "--serde"),
            (self.one_file_per_namespace, "--one-file-per-namespace"),
        ] {
            if given {
                command += " ";
                command += flag;
            }
        }
        command + &self.choices.to_string()
    }
}

fn failed(error: &Error) -> ExitCode {
    eprintln!("error: {error}");
    ExitCode::from(2)
}
