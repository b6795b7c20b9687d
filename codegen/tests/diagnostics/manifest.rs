//! The manifest as a whole: its version, its keys, its groups, and topics that clash.

use crate::{SCHEMA, TOPIC, manifest_of, manifest_with, refused, refuses, shown, takes};

refuses! {
    no_version: "topics.toml" => TOPIC, "job.avsc" => SCHEMA;
    other_version: "topics.toml" => manifest_with("").replace("= 1\n", "= 2\n"), "job.avsc" => SCHEMA;
    version_in_quotes: "topics.toml" => manifest_with("").replace("= 1\n", "= \"1\"\n"), "job.avsc" => SCHEMA;
    unknown_key_at_the_top: "topics.toml" => format!("topic = 3\n{}", manifest_with("")), "job.avsc" => SCHEMA;
    schemas_no_array: "topics.toml" => format!("schemas = \".\"\n{}", manifest_with("")), "job.avsc" => SCHEMA;
    topics_no_table: "topics.toml" => "version = 1\ntopics = []\n", "job.avsc" => SCHEMA;
    topic_no_table: "topics.toml" => "version = 1\n[topics]\njobs = \"Job\"\n", "job.avsc" => SCHEMA;
    unknown_default: "topics.toml" => manifest_with("[defaults]\nreplicaton = 3\n"), "job.avsc" => SCHEMA;
    two_topics_of_one_name: "topics.toml" => manifest_of(&format!("{TOPIC}\n{TOPIC}")), "job.avsc" => SCHEMA;
    two_topics_with_one_given_name:
        "topics.toml" => manifest_of(&format!("{TOPIC}\n{}name = \"jobs\"\n", TOPIC.replace(".jobs", ".tasks"))), "job.avsc" => SCHEMA;
    two_topics_one_to_kafka:
        "topics.toml" => manifest_of(&format!("{}\n{}", TOPIC.replace("jobs", "a_b"), TOPIC.replace("jobs", "\"a.b\""))), "job.avsc" => SCHEMA;
    two_groups_of_a_topics_name: "topics.toml" => manifest_of(&format!(
        "{}{}{}", TOPIC, "[groups.jobs]\ntopics = [\"jobs\"]\n", "[groups.jobs]\ntopics = [\"jobs\"]\n")), "job.avsc" => SCHEMA;
    two_topics_of_one_quoted_name:
        "topics.toml" => manifest_of(&format!("{}{}", TOPIC.replace("jobs", "\"a.b\""), TOPIC.replace("[topics.jobs]", "[ topics . 'a.b' ]"))), "job.avsc" => SCHEMA;
    two_tables_of_defaults: "topics.toml" => manifest_with("[defaults]\nreplication = 3\n[defaults]\nreplication = 3\n"), "job.avsc" => SCHEMA;
    group_without_an_id: "topics.toml" => manifest_with("[groups.\"\"]\ntopics = [\"jobs\"]\n"), "job.avsc" => SCHEMA;
    a_topic_twice_as_a_list: "topics.toml" => manifest_with("[[topics.jobs]]\nrecord = \"Job\"\n"), "job.avsc" => SCHEMA;
    a_topic_below_a_text: "topics.toml" => manifest_of("topics.jobs = \"Job\"\ntopics.jobs.partitions = 3\n"), "job.avsc" => SCHEMA;
    defaults_as_a_list: "topics.toml" => manifest_with("[[defaults]]\nreplication = 3\n[[defaults]]\npartitions = 3\n"), "job.avsc" => SCHEMA;
    /// Behind what is no TOML, everything may be read as what it is not: keys as those of no table, prose as keys.
    headers_that_do_not_end: "topics.toml" => manifest_of("[topics.jobs\nrecord = \"Job\"\n[topics.tasks\nrecord = \"Job\"\n"), "job.avsc" => SCHEMA;
    prose_behind_a_wrong_escape:
        "topics.toml" => manifest_with("doc = \"\"\"\nNo \\q.\nSome prose.\nAnd some more.\n\"\"\"\n"), "job.avsc" => SCHEMA;
    key_twice_in_a_topic: "topics.toml" => manifest_with("partitions = 4\n"), "job.avsc" => SCHEMA;
    group_of_an_unknown_topic: "topics.toml" => manifest_with("[groups.readers]\ntopics = [\"job\"]\n"), "job.avsc" => SCHEMA;
    group_without_topics: "topics.toml" => manifest_with("[groups.readers]\ndoc = \"Reads.\"\n"), "job.avsc" => SCHEMA;
    group_of_no_topic: "topics.toml" => manifest_with("[groups.readers]\ntopics = []\n"), "job.avsc" => SCHEMA;
    group_of_a_topic_twice: "topics.toml" => manifest_with("[groups.readers]\ntopics = [\"jobs\", \"jobs\"]\n"), "job.avsc" => SCHEMA;
    group_with_an_unknown_key: "topics.toml" => manifest_with("[groups.readers]\ntopics = [\"jobs\"]\noffset = 1\n"), "job.avsc" => SCHEMA;
    dead_letter_no_topic:
        "topics.toml" => manifest_with("[groups.readers]\ntopics = [\"jobs\"]\ndead-letter = true\n"), "job.avsc" => SCHEMA;
    dead_letter_of_a_topics_name:
        "topics.toml" => manifest_with("[groups.readers]\ntopics = [\"jobs\"]\ndead-letter = \"jobs\"\n"), "job.avsc" => SCHEMA;
    dead_letter_of_two_groups: "topics.toml" => manifest_with(
        "[groups.a]\ntopics = [\"jobs\"]\ndead-letter = \"lost\"\n[groups.b]\ntopics = [\"jobs\"]\ndead-letter = { name = \"lost\" }\n"), "job.avsc" => SCHEMA;
    dead_letter_with_a_space:
        "topics.toml" => manifest_with("[groups.\"my readers\"]\ntopics = [\"jobs\"]\ndead-letter = {}\n"), "job.avsc" => SCHEMA;
    dead_letter_with_an_unknown_key:
        "topics.toml" => manifest_with("[groups.readers]\ntopics = [\"jobs\"]\ndead-letter = { partition = 3 }\n"), "job.avsc" => SCHEMA;
    dead_letter_with_a_key: "topics.toml" => manifest_with("[groups.readers]\ntopics = [\"jobs\"]\ndead-letter = { key = \"job_id\" }\n"), "job.avsc" => SCHEMA;
    dead_letter_without_partitions:
        "topics.toml" => manifest_with("[groups.readers]\ntopics = [\"jobs\"]\ndead-letter = { partitions = 0 }\n"), "job.avsc" => SCHEMA;
    dead_letter_defaults_with_a_name: "topics.toml" => manifest_with("[defaults.dead-letter]\nname = \"lost\"\n"), "job.avsc" => SCHEMA;
    rename_of_nothing: "topics.toml" => manifest_with("[rename]\n\"cosmos.Jobs\" = \"Task\"\n"), "job.avsc" => SCHEMA;
    rename_of_no_field: "topics.toml" => manifest_with("[rename]\n\"cosmos.Job.job\" = \"id\"\n"), "job.avsc" => SCHEMA;
    rename_of_another_kind: "topics.toml" => manifest_with("[rename]\n\"cosmos.Job\" = { field = \"id\" }\n"), "job.avsc" => SCHEMA;
    rename_to_code: "topics.toml" => manifest_with("[rename]\n\"cosmos.Job\" = \"Task; fn evil() {}\"\n"), "job.avsc" => SCHEMA;
    rename_to_a_raw_name: "topics.toml" => manifest_with("[rename]\n\"cosmos.Job\" = \"r#type\"\n"), "job.avsc" => SCHEMA;
    rename_to_self: "topics.toml" => manifest_with("[rename]\n\"cosmos.Job\" = \"Self\"\n"), "job.avsc" => SCHEMA;
    rename_to_a_taken_name: "topics.toml" => manifest_with("[rename]\n\"cosmos.Job\" = \"Owner\"\n"), "job.avsc" => SCHEMA;
    rename_without_quotes: "topics.toml" => manifest_with("[rename]\ncosmos.Job = \"Task\"\n"), "job.avsc" => SCHEMA;
    rename_to_a_number: "topics.toml" => manifest_with("[rename]\n\"cosmos.Job\" = 3\n"), "job.avsc" => SCHEMA;
    group_with_a_misspelt_key: "topics.toml" => manifest_with("[groups.readers]\ntopic = [\"jobs\"]\n"), "job.avsc" => SCHEMA;
}

takes! {
    renames with 0: "topics.toml" => manifest_with("[rename]\n\"cosmos\" = \"ours\"\n\"cosmos.Job\" = \"Task\"\n\"cosmos.Job.job_id\" = \"id\"\n\"cosmos.State.ON\" = \"type\"\n"),
        "job.avsc" => SCHEMA;
    topics_that_meet_in_rust with 1:
        "topics.toml" => manifest_of(&format!("{}\n{}", TOPIC.replace("jobs", "foo-bar"), TOPIC.replace("jobs", "fooBar"))), "job.avsc" => SCHEMA;
}

/// What is wrong in different places is said in one run, in the order of the places.
#[test]
fn all_at_once() {
    let manifest = manifest_of(&format!(
        "{}\n{}\n[groups.readers]\ntopics = [\"tusks\"]\n",
        TOPIC.replace("= 3", "= 0").replace("lz4", "lz5"),
        TOPIC.replace(".jobs", ".tasks").replace("\"job_id\"", "\"load\"")
    ));
    let schema = SCHEMA.replace("\"default\": null", "\"default\": 1");
    let report = refused(&[("topics.toml", manifest.as_bytes()), ("job.avsc", schema.as_bytes())]);
    insta::assert_snapshot!("all_at_once", shown(&report, 5));
}

/// So is what is wrong for TOML, but for what follows from it: the keys of a topic that stands twice.
#[test]
fn all_at_once_for_toml() {
    let tasks = TOPIC.replace(".jobs", ".tasks");
    let manifest = manifest_of(&format!("{TOPIC}{tasks}\n{TOPIC}\n{tasks}\n[groups.readers]\ntopics = [jobs]\n"));
    let report = refused(&[("topics.toml", manifest.as_bytes()), ("job.avsc", SCHEMA.as_bytes())]);
    insta::assert_snapshot!("all_at_once_for_toml", shown(&report, 3));
}

/// The keys behind a header that is refused are none of another table's, whether it is indented, and whatever it is refused for.
#[test]
fn nothing_follows_from_a_header() {
    let tasks = TOPIC.replace(".jobs", ".tasks");
    let manifest = manifest_of(&format!(
        "[topics]\njobs = {{ record = \"Job\" }}\n{tasks}\n{TOPIC}\n  {tasks}\n  [groups.readers]\n  topics = [jobs]\n"
    ));
    let report = refused(&[("topics.toml", manifest.as_bytes()), ("job.avsc", SCHEMA.as_bytes())]);
    insta::assert_snapshot!("nothing_follows_from_a_header", shown(&report, 3));
}

/// A setting is what is written: 0.10 is no 0.1 to whom it is a version.
#[test]
fn numbers_as_they_are_written() {
    let manifest = manifest_with("config = { \"min.cleanable.dirty.ratio\" = 0.5_0, \"segment.ms\" = 0x10_00, \"some.version\" = 3.10 }\n")
        .replace("lz4\"", "lz4\"\ncleanup = \"compact\"")
        .replace("retention = \"7d\"\n", "");
    let contract = crate::loaded(&[("topics.toml", manifest.as_bytes()), ("job.avsc", SCHEMA.as_bytes())]).unwrap();
    let config: Vec<_> = contract.model.topics[0]
        .config
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    assert_eq!(config, ["min.cleanable.dirty.ratio=0.50", "segment.ms=4096", "some.version=3.10"]);
}

/// A topic of dead letters takes its own settings, then those for all such, then those for all topics but for how many partitions and how long.
#[test]
fn dead_letters_by_default() {
    let manifest = manifest_with(
        "[defaults]\npartitions = 12\nreplication = 5\nretention = \"1d\"\nconfig = { \"max.message.bytes\" = 2000000 }\n\
         [defaults.dead-letter]\ncompression = \"zstd\"\nconfig = { \"segment.ms\" = 1_000 }\n\
         [groups.plain]\ntopics = [\"jobs\"]\ndead-letter = {}\n\
         [groups.own]\ntopics = [\"jobs\"]\n[groups.own.dead-letter]\nname = \"lost\"\npartitions = 3\nretention = \"90d\"\nconfig = { \"segment.ms\" = 2000 }\n\
         [groups.none]\ntopics = [\"jobs\"]\n",
    );
    let contract = crate::loaded(&[("topics.toml", manifest.as_bytes()), ("job.avsc", SCHEMA.as_bytes())]).unwrap();
    let shown: Vec<_> = contract
        .model
        .groups
        .iter()
        .map(|group| {
            group.dead_letter.as_ref().map(|topic| {
                let config: Vec<_> = topic.config.iter().map(|(name, value)| format!("{name}={value}")).collect();
                format!(
                    "{} {} {}/{} {:?} {:?} {}",
                    topic.name,
                    topic.partitions,
                    topic.min_insync_replicas,
                    topic.replication,
                    topic.retention,
                    topic.compression,
                    config.join(" ")
                )
            })
        })
        .collect();
    assert_eq!(
        shown,
        [
            Some("plain-dead-letter 1 4/5 Millis(604800000) Zstd max.message.bytes=2000000 segment.ms=1000".to_owned()),
            Some("lost 3 4/5 Millis(7776000000) Zstd max.message.bytes=2000000 segment.ms=2000".to_owned()),
            None
        ]
    );
}
