//! `kafka-event generate`: the same code that a build script writes, into a folder that is reviewed and committed.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use kafka_event_codegen::{Builder, Error};

use crate::report;

/// Writes the generated code into a folder; with --check, refuses a folder that is not up to date.
#[derive(Debug, Args)]
pub(crate) struct Generate {
    /// The manifest.
    #[arg(long, default_value = "schemas/topics.toml", value_name = "FILE")]
    manifest: PathBuf,

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
}

impl Generate {
    pub(crate) fn run(&self) -> ExitCode {
        let builder = Builder::new()
            .manifest(&self.manifest)
            .builders(!self.no_builders)
            .borrowed(!self.no_borrowed)
            .clients(!self.no_clients);
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
            Err(error) => return failed(&error),
        };
        if !self.check {
            return match generated.write(&self.out) {
                Ok(written) => {
                    let path = self.out.join(&generated.name);
                    eprintln!("{}: {}", path.display(), if written { "written" } else { "up to date" });
                    ExitCode::SUCCESS
                }
                Err(source) => failed(&Error::Write {
                    path: self.out.join(&generated.name),
                    source,
                }),
            };
        }
        match generated.check(&self.out) {
            Ok(None) => ExitCode::SUCCESS,
            Ok(Some(drift)) => {
                eprintln!("error: {drift}");
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
            command += &format!(" --manifest {}", self.manifest.display());
        }
        command += &format!(" --out {}", self.out.display());
        for (given, flag) in [
            (self.no_builders, "--no-builders"),
            (self.no_borrowed, "--no-borrowed"),
            (self.no_clients, "--no-clients"),
        ] {
            if given {
                command += " ";
                command += flag;
            }
        }
        command
    }
}

fn failed(error: &Error) -> ExitCode {
    eprintln!("error: {error}");
    ExitCode::from(2)
}
