//! A topic: its record, its key, its numbers and words.

use crate::{SCHEMA, TOPIC, manifest_of, manifest_with, refuses};

/// The topic with one line written otherwise, or left out.
fn with(line: &str, instead: &str) -> String {
    assert!(TOPIC.contains(line), "{line}");
    manifest_of(&TOPIC.replace(line, instead))
}

refuses! {
    unknown_record: "topics.toml" => with("\"Job\"", "\"cosmos.Jobs\""), "job.avsc" => SCHEMA;
    record_of_another_kind: "topics.toml" => with("\"Job\"", "\"State\""), "job.avsc" => SCHEMA;
    record_of_two_namespaces:
        "topics.toml" => manifest_with(""), "job.avsc" => SCHEMA, "other.avsc" => r#"{"type": "record", "name": "other.Job", "fields": []}"#;
    no_record: "topics.toml" => with("record = \"Job\"\n", ""), "job.avsc" => SCHEMA;
    record_no_string: "topics.toml" => with("\"Job\"", "7"), "job.avsc" => SCHEMA;
    several_records: "topics.toml" => with("record = \"Job\"", "records = [\"Job\", \"Owner\"]"), "job.avsc" => SCHEMA;

    no_key: "topics.toml" => with("key = \"job_id\"\n", ""), "job.avsc" => SCHEMA;
    unknown_key_field: "topics.toml" => with("\"job_id\"", "\"jobid\""), "job.avsc" => SCHEMA;
    unknown_nested_key_field: "topics.toml" => with("\"job_id\"", "\"owner.user\""), "job.avsc" => SCHEMA;
    key_through_no_record: "topics.toml" => with("\"job_id\"", "\"load.value\""), "job.avsc" => SCHEMA;
    key_that_may_be_null: "topics.toml" => with("\"job_id\"", "\"run\""), "job.avsc" => SCHEMA;
    key_that_is_a_double: "topics.toml" => with("\"job_id\"", "\"load\""), "job.avsc" => SCHEMA;
    key_that_is_an_enum: "topics.toml" => with("\"job_id\"", "\"state\""), "job.avsc" => SCHEMA;
    key_that_is_an_array: "topics.toml" => with("\"job_id\"", "\"tags\""), "job.avsc" => SCHEMA;
    key_that_is_a_record: "topics.toml" => with("\"job_id\"", "\"owner\""), "job.avsc" => SCHEMA;
    key_of_a_record_of_its_own: "topics.toml" => with("\"job_id\"", "{ record = \"Owner\" }"), "job.avsc" => SCHEMA;
    key_table_without_field: "topics.toml" => with("\"job_id\"", "{}"), "job.avsc" => SCHEMA;
    key_no_string: "topics.toml" => with("\"job_id\"", "true"), "job.avsc" => SCHEMA;

    zero_partitions: "topics.toml" => with("= 3", "= 0"), "job.avsc" => SCHEMA;
    no_partitions: "topics.toml" => with("partitions = 3\n", ""), "job.avsc" => SCHEMA;
    negative_partitions: "topics.toml" => with("= 3", "= -3"), "job.avsc" => SCHEMA;
    partitions_in_quotes: "topics.toml" => with("= 3", "= \"3\""), "job.avsc" => SCHEMA;
    partitions_beyond_64_bits: "topics.toml" => with("= 3", "= 99999999999999999999"), "job.avsc" => SCHEMA;
    more_in_sync_than_replicas: "topics.toml" => manifest_with("replication = 1\nmin-insync-replicas = 2\n"), "job.avsc" => SCHEMA;

    unknown_codec: "topics.toml" => with("lz4", "gzp"), "job.avsc" => SCHEMA;
    no_codec: "topics.toml" => with("compression = \"lz4\"\n", ""), "job.avsc" => SCHEMA;
    unknown_retention: "topics.toml" => with("7d", "7 days"), "job.avsc" => SCHEMA;
    retention_without_end: "topics.toml" => with("7d", "99999999999999d"), "job.avsc" => SCHEMA;
    no_retention: "topics.toml" => with("retention = \"7d\"\n", ""), "job.avsc" => SCHEMA;
    unknown_framing: "topics.toml" => manifest_with("framing = \"json\"\n"), "job.avsc" => SCHEMA;
    registry_framing: "topics.toml" => manifest_with("framing = \"registry\"\n"), "job.avsc" => SCHEMA;
    unknown_cleanup: "topics.toml" => manifest_with("cleanup = \"none\"\n"), "job.avsc" => SCHEMA;
    compacted: "topics.toml" => manifest_with("cleanup = \"compact\"\n"), "job.avsc" => SCHEMA;

    misspelt_key: "topics.toml" => with("partitions", "partitons"), "job.avsc" => SCHEMA;
    unknown_key: "topics.toml" => manifest_with("owner = \"platform\"\n"), "job.avsc" => SCHEMA;
    setting_with_a_word_of_its_own:
        "topics.toml" => with("retention = \"7d\"\n", "config = { \"retention.ms\" = \"1000\" }\n"), "job.avsc" => SCHEMA;
    setting_no_string: "topics.toml" => manifest_with("config = { \"segment.ms\" = 1000 }\n"), "job.avsc" => SCHEMA;
    name_with_a_space: "topics.toml" => manifest_with("name = \"all jobs\"\n"), "job.avsc" => SCHEMA;
    name_too_long: "topics.toml" => manifest_with(&format!("name = \"{}\"\n", "j".repeat(250))), "job.avsc" => SCHEMA;
    name_of_a_dot: "topics.toml" => manifest_with("name = \".\"\n"), "job.avsc" => SCHEMA;
}
