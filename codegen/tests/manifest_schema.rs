//! The manifest's JSON schema for editors, beside the reader that it describes.

use std::fs;
use std::path::{Path, PathBuf};

use jsonschema::Validator;
use kafka_event_codegen::Builder;
use serde_json::Value;

fn schemas() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas")
}

fn validator() -> Validator {
    let schema: Value = serde_json::from_str(&fs::read_to_string(schemas().join("topics.schema.json")).unwrap()).unwrap();
    jsonschema::validator_for(&schema).expect("it is a JSON schema")
}

fn as_json(manifest: &str) -> Value {
    let arena = toml_spanner::Arena::new();
    let root = toml_spanner::parse(manifest, &arena).unwrap_or_else(|error| panic!("{}\n{manifest}", error.message(manifest)));
    serde_json::to_value(root.table()).unwrap()
}

/// Whether the reader takes a manifest, with one record to name.
fn is_read(manifest: &str) -> bool {
    let folder = tempfile::tempdir().unwrap();
    let schema = r#"{"type": "record", "name": "Job", "fields": [{"name": "id", "type": "string"}]}"#;
    fs::write(folder.path().join("job.avsc"), schema).unwrap();
    fs::write(folder.path().join("topics.toml"), manifest).unwrap();
    Builder::new().manifest(folder.path().join("topics.toml")).load().is_ok()
}

/// All that a manifest may say.
const WHOLE: &str = r#"
version = 1
schemas = ["."]

[defaults]
partitions = 3
replication = 3
min-insync-replicas = 2
retention = "7d"
compression = "none"
cleanup = "delete"
framing = "single-object"
config = { "max.message.bytes" = 2000000 }

[defaults.dead-letter]
partitions = 2
replication = 3
min-insync-replicas = 2
retention = "90d"
compression = "gzip"
config = { preallocate = true }

[rename]
Job = "Task"
"Job.id" = { field = "number" }

[topics.jobs]
doc = "Jobs."
name = "all.jobs"
record = "Job"
key = { field = "id" }
partitions = 6
replication = 2
min-insync-replicas = 1
retention = "forever"
compression = "zstd"
cleanup = "delete"
framing = "bare"
config = { "segment.ms" = "1000" }

[topics.tasks]
record = "Job"
key = "none"

[topics.states]
records = ["Job"]
key = { record = "Job" }
cleanup = "compact,delete"

[groups.readers]
doc = "Reads."
topics = ["all.jobs"]
dead-letter = "letters"

[groups.others]
topics = ["tasks"]

[groups.others.dead-letter]
name = "other.letters"
partitions = 4
replication = 5
min-insync-replicas = 4
retention = "1d"
compression = "lz4"
config = { "segment.jitter.ms" = 5000, "min.cleanable.dirty.ratio" = 0.5 }
"#;

#[test]
fn both_take_what_is_right() {
    let validator = validator();
    let ours = fs::read_to_string(schemas().join("topics.toml")).unwrap();
    assert!(validator.is_valid(&as_json(&ours)));
    assert!(
        validator.is_valid(&as_json(WHOLE)),
        "{:?}",
        validator.iter_errors(&as_json(WHOLE)).collect::<Vec<_>>()
    );
    assert!(is_read(WHOLE));
}

/// Each of these is wrong by itself, and both say so; what only the schemas of events can tell is the reader's alone.
#[test]
fn both_refuse_what_is_wrong() {
    let validator = validator();
    for (line, instead) in [
        ("version = 1", ""),
        ("version = 1", "version = 2"),
        ("version = 1", "version = 1\ntopic = {}"),
        ("schemas = [\".\"]", "schemas = \".\""),
        ("[defaults]", "[defaults]\nrecord = \"Job\""),
        ("Job = \"Task\"", "Job = 3"),
        ("Job = \"Task\"", "Job = \"a task\""),
        ("Job = \"Task\"", "Job = \"Self\""),
        ("{ field = \"number\" }", "{ fields = \"number\" }"),
        ("{ field = \"number\" }", "{ field = 3 }"),
        ("doc = \"Jobs.\"", "doc = 1"),
        ("doc = \"Jobs.\"", "docs = \"Jobs.\""),
        ("\"all.jobs\"\nrecord", "\"all jobs\"\nrecord"),
        ("\"all.jobs\"\nrecord", "\"..\"\nrecord"),
        ("record = \"Job\"\nkey = { field = \"id\" }", "key = { field = \"id\" }"),
        ("record = \"Job\"\nkey = { field = \"id\" }", "record = \"Job\""),
        ("{ field = \"id\" }", "{}"),
        ("{ field = \"id\" }", "{ field = \"id\", record = \"Job\" }"),
        ("records = [\"Job\"]", "records = []"),
        ("records = [\"Job\"]", "records = [\"Job\", \"Job\"]"),
        ("records = [\"Job\"]", "record = \"Job\"\nrecords = [\"Job\"]"),
        ("records = [\"Job\"]\n", ""),
        ("\"compact,delete\"", "\"compact, delete\""),
        ("2000000", "[2000000]"),
        ("[defaults.dead-letter]", "[defaults.dead-letter]\nname = \"letters\""),
        ("\"letters\"", "\"the letters\""),
        ("\"letters\"", "true"),
        ("partitions = 4", "partitions = 0"),
        ("name = \"other.letters\"", "record = \"Job\""),
        ("{ field = \"id\" }", "1"),
        ("partitions = 6", "partitions = 0"),
        ("partitions = 6", "partitions = 2147483648"),
        ("partitions = 6", "partitions = 1.5"),
        ("replication = 2", "replication = -1"),
        ("min-insync-replicas = 1", "min-insync-replicas = 0"),
        ("\"forever\"", "\"7 days\""),
        ("\"forever\"", "7"),
        ("\"zstd\"", "\"lz5\""),
        ("cleanup = \"delete\"\nframing = \"bare\"", "cleanup = \"none\""),
        ("\"bare\"", "\"registry\""),
        ("\"1000\"", "{}"),
        ("\"segment.ms\"", "\"retention.ms\""),
        ("topics = [\"all.jobs\"]", "topics = []"),
        ("topics = [\"all.jobs\"]", "topics = [\"all.jobs\", \"all.jobs\"]"),
        ("topics = [\"all.jobs\"]", ""),
        ("doc = \"Reads.\"", "dead-letters = \"dlt\""),
    ] {
        assert_eq!(WHOLE.matches(line).count(), 1, "{line}");
        let manifest = WHOLE.replace(line, instead);
        assert!(
            !validator.is_valid(&as_json(&manifest)),
            "the schema takes {instead:?} for {line:?}"
        );
        assert!(!is_read(&manifest), "the reader takes {instead:?} for {line:?}");
    }
}
