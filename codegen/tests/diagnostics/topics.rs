//! A topic: its record, its key, its numbers and words.

use crate::{SCHEMA, TOPIC, manifest_of, manifest_with, refuses, takes};

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
    no_records: "topics.toml" => with("record = \"Job\"", "records = []"), "job.avsc" => SCHEMA;
    records_no_array: "topics.toml" => with("record = \"Job\"", "records = \"Job\""), "job.avsc" => SCHEMA;
    record_and_records: "topics.toml" => manifest_with("records = [\"Job\"]\n"), "job.avsc" => SCHEMA;
    record_twice: "topics.toml" => with("record = \"Job\"", "records = [\"Job\", \"cosmos.Job\"]"), "job.avsc" => SCHEMA;
    unknown_record_of_several: "topics.toml" => with("record = \"Job\"", "records = [\"Job\", \"Jib\"]"), "job.avsc" => SCHEMA;
    several_records_of_which_one_lacks_the_key:
        "topics.toml" => with("record = \"Job\"", "records = [\"Job\", \"Owner\"]"), "job.avsc" => SCHEMA;
    several_records_with_keys_of_two_types: "topics.toml" => with("record = \"Job\"", "records = [\"Job\", \"Task\"]"), "job.avsc" => SCHEMA,
        "task.avsc" => r#"{"type": "record", "name": "Task", "fields": [{"name": "job_id", "type": {"type": "long", "logicalType": "timestamp-millis"}}]}"#;
    records_that_share_a_fingerprint: "topics.toml" => with("record = \"Job\"\nkey = \"job_id\"", &format!("records = [\"{ALIKE}\", \"{ALIKE_TOO}\"]\nkey = \"id\"")),
        "one.avsc" => SCHEMA_OF.replace("NAME", ALIKE), "two.avsc" => SCHEMA_OF.replace("NAME", ALIKE_TOO), "job.avsc" => SCHEMA;

    no_key: "topics.toml" => with("key = \"job_id\"\n", ""), "job.avsc" => SCHEMA;
    unknown_key_field: "topics.toml" => with("\"job_id\"", "\"jobid\""), "job.avsc" => SCHEMA;
    unknown_nested_key_field: "topics.toml" => with("\"job_id\"", "\"owner.user\""), "job.avsc" => SCHEMA;
    key_through_no_record: "topics.toml" => with("\"job_id\"", "\"load.value\""), "job.avsc" => SCHEMA;
    key_that_may_be_null: "topics.toml" => with("\"job_id\"", "\"run\""), "job.avsc" => SCHEMA;
    key_that_is_a_double: "topics.toml" => with("\"job_id\"", "\"load\""), "job.avsc" => SCHEMA;
    key_that_is_an_enum: "topics.toml" => with("\"job_id\"", "\"state\""), "job.avsc" => SCHEMA;
    key_that_is_an_array: "topics.toml" => with("\"job_id\"", "\"tags\""), "job.avsc" => SCHEMA;
    key_that_is_a_record: "topics.toml" => with("\"job_id\"", "\"owner\""), "job.avsc" => SCHEMA;
    key_of_an_unknown_record: "topics.toml" => with("\"job_id\"", "{ record = \"Owned\" }"), "job.avsc" => SCHEMA;
    key_of_an_enum_of_its_own: "topics.toml" => with("\"job_id\"", "{ record = \"State\" }"), "job.avsc" => SCHEMA;
    key_of_a_field_and_a_record:
        "topics.toml" => with("\"job_id\"", "{ field = \"job_id\", record = \"Owner\" }"), "job.avsc" => SCHEMA;
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
    cleanup_in_another_order: "topics.toml" => manifest_with("cleanup = \"delete, compact\"\n"), "job.avsc" => SCHEMA;
    compacted_with_a_retention: "topics.toml" => manifest_with("cleanup = \"compact\"\n"), "job.avsc" => SCHEMA;
    compacted_without_a_key: "topics.toml" => format!("{}cleanup = \"compact,delete\"\n", with("\"job_id\"", "\"none\"")), "job.avsc" => SCHEMA;
    compacted_and_deleted_without_a_retention:
        "topics.toml" => format!("{}cleanup = \"compact,delete\"\n", with("retention = \"7d\"\n", "")), "job.avsc" => SCHEMA;
    compacted_by_default_without_a_key:
        "topics.toml" => format!("{}\n[defaults]\ncleanup = \"compact,delete\"\n", with("\"job_id\"", "\"none\"")), "job.avsc" => SCHEMA;

    misspelt_key: "topics.toml" => with("partitions", "partitons"), "job.avsc" => SCHEMA;
    unknown_key: "topics.toml" => manifest_with("owner = \"platform\"\n"), "job.avsc" => SCHEMA;
    setting_with_a_word_of_its_own:
        "topics.toml" => with("retention = \"7d\"\n", "config = { \"retention.ms\" = \"1000\" }\n"), "job.avsc" => SCHEMA;
    setting_no_value: "topics.toml" => manifest_with("config = { \"segment.ms\" = [1000] }\n"), "job.avsc" => SCHEMA;
    setting_no_number: "topics.toml" => manifest_with("config = { \"max.message.bytes\" = \"2 MB\" }\n"), "job.avsc" => SCHEMA;
    setting_too_small: "topics.toml" => manifest_with("config = { \"segment.ms\" = 0 }\n"), "job.avsc" => SCHEMA;
    setting_no_boolean: "topics.toml" => manifest_with("config = { preallocate = \"yes\" }\n"), "job.avsc" => SCHEMA;
    setting_no_word: "topics.toml" => manifest_with("config = { \"message.timestamp.type\" = \"createTime\" }\n"), "job.avsc" => SCHEMA;
    setting_no_ratio: "topics.toml" => with("retention = \"7d\"", "cleanup = \"compact\"\nconfig = { \"min.cleanable.dirty.ratio\" = 1.5 }"), "job.avsc" => SCHEMA;
    setting_of_two_lines: "topics.toml" => manifest_with("config = { \"x.note\" = \"a\\nb\" }\n"), "job.avsc" => SCHEMA;
    default_setting_no_number:
        "topics.toml" => manifest_with("[defaults]\nconfig = { \"segment.ms\" = \"soon\" }\n"), "job.avsc" => SCHEMA;
    name_with_a_space: "topics.toml" => manifest_with("name = \"all jobs\"\n"), "job.avsc" => SCHEMA;
    name_too_long: "topics.toml" => manifest_with(&format!("name = \"{}\"\n", "j".repeat(250))), "job.avsc" => SCHEMA;
    name_of_a_dot: "topics.toml" => manifest_with("name = \".\"\n"), "job.avsc" => SCHEMA;
}

/// Two names with one fingerprint: CRC-64 is linear, so of 65 letters that may each be one of two, some cancel out.
const ALIKE: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
const ALIKE_TOO: &str = "ccacacaaccccaacaccccacaccaacaacacacacccaacaaaacaacacccacacaaaaacc";
const SCHEMA_OF: &str = r#"{"type": "record", "name": "NAME", "fields": [{"name": "id", "type": "string"}]}"#;

takes! {
    unknown_setting with 1: "topics.toml" => manifest_with("config = { \"max.mesage.bytes\" = \"1000\" }\n"), "job.avsc" => SCHEMA;
    setting_of_another_kafka with 1: "topics.toml" => manifest_with("config = { \"vendor.placement\" = true }\n"), "job.avsc" => SCHEMA;
    setting_of_compaction_without_it with 1:
        "topics.toml" => manifest_with("config = { \"delete.retention.ms\" = 1000 }\n"), "job.avsc" => SCHEMA;
    setting_of_deletion_without_it with 1: "topics.toml" =>
        with("retention = \"7d\"", "cleanup = \"compact\"\nconfig = { \"retention.bytes\" = 1000 }"), "job.avsc" => SCHEMA;
    key_record_with_a_double with 1: "topics.toml" => with("\"job_id\"", "{ record = \"Job\" }"), "job.avsc" => SCHEMA;
    compacted_for_ever with 0: "topics.toml" => with("\"7d\"", "\"forever\"\ncleanup = \"compact\""), "job.avsc" => SCHEMA;
    compacted_by_default with 0: "topics.toml" =>
        format!("{}\n[defaults]\nretention = \"7d\"\ncleanup = \"compact\"\n", with("retention = \"7d\"\n", "")), "job.avsc" => SCHEMA;
    /// What stands for all topics may be without effect on one.
    default_setting_of_compaction with 0:
        "topics.toml" => manifest_with("[defaults]\nconfig = { \"delete.retention.ms\" = 1000 }\n"), "job.avsc" => SCHEMA;
}
