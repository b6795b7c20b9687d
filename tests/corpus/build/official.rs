//! Avro's own examples of schemas, valid and not, each as a file.

use std::path::Path;
use std::{fs, io};

use serde_json::Value;

use crate::corpus::{File, Set};

/// The examples of both lists.
pub(crate) fn examples(corpus: &Path, out: &Path) -> Result<Vec<File>, Box<dyn std::error::Error>> {
    let folder = out.join("official");
    fs::create_dir_all(&folder)?;
    let list = |name: &str| -> Result<Vec<Value>, Box<dyn std::error::Error>> {
        let text = fs::read_to_string(corpus.join("official").join(name))?;
        Ok(serde_json::from_str(&text)?)
    };
    let mut examples = Vec::new();
    // The first list has valid schemas only.
    for (list, key, prefix) in [
        (list("schema-tests.json")?, "INPUT", "canonical"),
        (list("py-test_schema-examples.json")?, "schema", "example"),
    ] {
        for (number, example) in (1..).zip(&list) {
            let text = example[key]
                .as_str()
                .ok_or_else(|| io::Error::other("an example without a schema"))?;
            let path = folder.join(format!("{prefix}_{number}.avsc"));
            fs::write(&path, text)?;
            examples.push(File {
                name: format!("official/{prefix} {number}"),
                path,
                repository: folder.clone(),
                text: text.to_owned(),
                set: Set::Official,
                accepted: example["valid"].as_bool().unwrap_or(true),
            });
        }
    }
    Ok(examples)
}
