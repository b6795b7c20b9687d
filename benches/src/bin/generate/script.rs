//! What a build script does the first time, where nothing has changed, and where one schema has.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use benches::Sample;
use benches::corpus::Schema;
use serde_json::Value;

use crate::rename::Rename;
use crate::worker::{Kind, Workers};
use crate::{Bench, Round, contract};

/// A contract of so many schemas, each in a namespace and a file of its own, by a program that is built as build scripts are.
pub(crate) fn measure(bench: &mut Bench, schemas: &[Schema], files: usize) -> Result<()> {
    let package = tempfile::tempdir()?;
    let (package, out) = (package.path(), package.path().join("out"));
    fs::create_dir(package.join("schemas"))?;
    contract::write(schemas, Rename::Namespaces, files, &package.join("schemas"))?;
    let run = |workers: &Workers| -> Result<(Sample, f64)> {
        let variables = [("CARGO_MANIFEST_DIR", package.as_os_str()), ("OUT_DIR", out.as_os_str())];
        workers.run_with(Kind::Script, "script", Path::new("schemas"), files, &variables)
    };
    let mut written = (0..files).map(|number| package.join("schemas").join(contract::file(number)));
    let is_record = |path: &PathBuf| fs::read_to_string(path).is_ok_and(|text| text.starts_with('{') && text.contains(r#""fields":["#));
    let changed = written.find(is_record).context("no schema is a record")?;
    let mut version = 0;
    let contenders: Vec<(String, Round<'_>)> = vec![
        (
            "kafka-event, the first time".to_owned(),
            Box::new(|workers| {
                if out.exists() {
                    fs::remove_dir_all(&out)?;
                }
                run(workers)
            }),
        ),
        (
            "kafka-event, nothing has changed".to_owned(),
            Box::new(|workers| {
                run(workers)?;
                run(workers)
            }),
        ),
        (
            "kafka-event, one schema has changed".to_owned(),
            Box::new(|workers| {
                run(workers)?;
                version += 1;
                let mut schema: Value = serde_json::from_str(&fs::read_to_string(&changed)?)?;
                schema["doc"] = format!("Version {version}.").into();
                fs::write(&changed, schema.to_string())?;
                run(workers)
            }),
        ),
    ];
    bench.add(&format!("a schema of a build script's {files}, not optimised"), contenders);
    Ok(())
}
