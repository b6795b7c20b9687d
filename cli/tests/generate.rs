//! `kafka-event generate` as its users run it: a process with a folder, its exit code and what it prints.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

const MANIFEST: &str =
    "version = 1\n\n[topics.jobs]\nrecord = \"Job\"\nkey = \"id\"\npartitions = 3\nretention = \"7d\"\ncompression = \"lz4\"\n";
const SCHEMA: &str = "{\"type\": \"record\", \"name\": \"Job\", \"fields\": [{\"name\": \"id\", \"type\": \"string\"}, {\"name\": \"load\", \"type\": \"double\"}]}\n";

/// A folder with a contract in it.
fn contract() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("schemas")).unwrap();
    fs::write(folder.path().join("schemas/topics.toml"), MANIFEST).unwrap();
    fs::write(folder.path().join("schemas/job.avsc"), SCHEMA).unwrap();
    folder
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_kafka-event"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

/// What was printed; nothing of it goes to standard output.
fn printed(output: &Output) -> String {
    assert!(output.stdout.is_empty(), "{}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8(output.stderr.clone()).unwrap()
}

const GENERATE: &[&str] = &["generate", "--out", "src/events"];
const CHECK: &[&str] = &["generate", "--out", "src/events", "--check"];

#[test]
fn serde_where_it_is_asked_for() {
    let folder = contract();
    let with = |flag: &[&'static str]| run(folder.path(), &[GENERATE, &["--serde"], flag].concat());
    assert_eq!(code(&with(&[])), 0);
    let text = fs::read_to_string(folder.path().join("src/events/kafka_events.rs")).unwrap();
    assert!(text.contains("impl ::kafka_event::serde::Serialize for Job "), "{text}");
    assert_eq!(code(&with(&["--check"])), 0);
    assert_eq!(code(&run(folder.path(), CHECK)), 1);
    // The command that cures it has the flag.
    fs::write(folder.path().join("src/events/kafka_events.rs"), "").unwrap();
    let check = with(&["--check"]);
    assert!(printed(&check).contains("run `kafka-event generate --out src/events --serde` and commit"));
}

#[test]
fn generates_once_and_is_up_to_date() {
    let folder = contract();
    let first = run(folder.path(), GENERATE);
    assert_eq!(
        (code(&first), printed(&first).as_str()),
        (0, "src/events/kafka_events.rs: written\n")
    );
    let second = run(folder.path(), GENERATE);
    assert_eq!(
        (code(&second), printed(&second).as_str()),
        (0, "src/events/kafka_events.rs: up to date\n")
    );
    let check = run(folder.path(), CHECK);
    assert_eq!((code(&check), printed(&check).as_str()), (0, ""));
}

#[test]
fn drift_is_refused_with_the_command_that_cures_it() {
    let folder = contract();
    let flags = [
        "--manifest",
        "schemas/topics.toml",
        "--out",
        "src/events",
        "--no-clients",
        "--no-builders",
    ];
    let generate = |more: &[&str]| run(folder.path(), &[&["generate"], &flags[..], more].concat());
    let missing = generate(&["--check"]);
    assert_eq!(code(&missing), 1);
    assert!(printed(&missing).contains("not generated yet"), "{missing:?}");
    assert!(!folder.path().join("src").exists(), "a check writes nothing");
    assert_eq!(code(&generate(&[])), 0);
    fs::write(folder.path().join("schemas/job.avsc"), SCHEMA.replace("\"load\"", "\"cpu_load\"")).unwrap();
    let drift = generate(&["--check"]);
    insta::assert_snapshot!("drift", printed(&drift));
    assert_eq!(code(&drift), 1);
    // The command that it names does cure it.
    let text = printed(&drift);
    let cure = text.split('`').nth(1).unwrap();
    let cured = run(folder.path(), &cure.split(' ').skip(1).collect::<Vec<_>>());
    assert_eq!(code(&cured), 0, "{}", printed(&cured));
    assert_eq!(code(&generate(&["--check"])), 0);
}

#[test]
fn a_wrong_contract_leaves_what_was_there() {
    let folder = contract();
    assert_eq!(code(&run(folder.path(), GENERATE)), 0);
    let path = folder.path().join("src/events/kafka_events.rs");
    let before = fs::read(&path).unwrap();
    fs::write(
        folder.path().join("schemas/topics.toml"),
        MANIFEST.replace("= 3", "= 0").replace("\"id\"", "\"ids\""),
    )
    .unwrap();
    let refused = run(folder.path(), GENERATE);
    assert_eq!(code(&refused), 1);
    insta::assert_snapshot!("wrong_contract", printed(&refused));
    assert_eq!(fs::read(&path).unwrap(), before);
    assert_eq!(
        fs::read_dir(path.parent().unwrap()).unwrap().count(),
        1,
        "nothing half-written is beside it"
    );
}

#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let folder = contract();
    fs::write(folder.path().join("src"), "a file").unwrap();
    let refused = run(folder.path(), GENERATE);
    assert_eq!(code(&refused), 2);
    assert!(printed(&refused).contains("cannot write src/events/kafka_events.rs"), "{refused:?}");
}

#[test]
fn warnings_do_not_stop_it() {
    let folder = contract();
    let schema = SCHEMA.replace("\"type\": \"double\"", "\"type\": \"long\", \"logicalType\": \"timestamp-millis\"");
    fs::write(folder.path().join("schemas/job.avsc"), schema).unwrap();
    let generated = run(folder.path(), GENERATE);
    assert_eq!(code(&generated), 0);
    insta::assert_snapshot!("warning", printed(&generated));
}

#[test]
fn wrong_usage_is_told() {
    let folder = contract();
    for (arguments, wanted) in [
        (&["generate"][..], "--out"),
        (&["generat"], "generate"),
        (&["generate", "--out", "x", "--chek"], "--check"),
        (&[], "Usage"),
    ] {
        let refused = run(folder.path(), arguments);
        assert_eq!(code(&refused), 2, "{arguments:?}");
        assert!(printed(&refused).contains(wanted), "{arguments:?}: {}", printed(&refused));
    }
}

#[test]
fn what_it_prints_to_a_file_has_no_colours() {
    let folder = contract();
    fs::write(folder.path().join("schemas/job.avsc"), "{").unwrap();
    assert!(!printed(&run(folder.path(), GENERATE)).contains('\u{1b}'));
}

/// Names of files and texts of schemas, by whoever sends them: a terminal, which shows what is printed, does what none of them says.
#[cfg(unix)]
#[test]
fn nothing_steers_the_terminal() {
    const HOSTILE: &str = "\u{1b}[2J\u{1b}]0;evil\u{7}\u{202e}\u{2066}\r\u{8}\u{9b}31m\u{2028}";
    let folder = contract();
    let file = folder.path().join(format!("schemas/{HOSTILE}\n.avsc"));
    let write = |text: &str| fs::write(&file, text).unwrap();
    let quoted: String = HOSTILE.chars().map(|c| format!("\\u{:04x}", u32::from(c))).collect();
    for (text, is_taken) in [
        // The text as it stands in the line that is shown, and as it is quoted in messages.
        (format!("{{\"type\": \"{HOSTILE}\"}}"), false),
        (format!("{{ // {HOSTILE}\n \"type\": \"{quoted}\"}}"), false),
        (
            format!("{{\"type\": \"enum\", \"name\": \"{quoted}\", /* {HOSTILE} */ \"symbols\": [\"A\"]}}"),
            false,
        ),
        (
            format!("{{\"type\": \"enum\", \"name\": \"E\", \"symbols\": [\"A\"], \"default\": \"{quoted}\"}}"),
            false,
        ),
        (
            format!(
                "{{\"type\": \"string\", \"logicalType\": \"{quoted}\" /* {} */}}",
                HOSTILE.replace('\r', "")
            ),
            true,
        ),
    ] {
        write(&text);
        let output = run(folder.path(), GENERATE);
        assert_eq!(code(&output), i32::from(!is_taken), "{text}");
        let printed = printed(&output);
        let steers = |c: char| c.is_control() && c != '\n' || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        assert!(!printed.contains(steers), "{text:?}: {printed:?}");
        assert!(printed.contains(".avsc:1:") || printed.contains(".avsc:2:"), "{printed}");
    }
}

/// A schema is often one line, and may be a long one: what is meant in it is shown, and not all of it.
#[test]
fn a_long_line_is_cut() {
    let folder = contract();
    let fields: Vec<_> = (0..5_000)
        .map(|field| format!("{{\"name\": \"f{field}\", \"type\": \"Unknown{field}\"}}"))
        .collect();
    let schema = format!("{{\"type\": \"record\", \"name\": \"Long\", \"fields\": [{}]}}", fields.join(", "));
    fs::write(folder.path().join("schemas/long.avsc"), &schema).unwrap();
    let output = run(folder.path(), GENERATE);
    assert_eq!(code(&output), 1);
    let printed = printed(&output);
    let longest = printed.lines().map(str::len).max().unwrap();
    assert!(longest < 200, "{longest}");
    let column = schema.find("\"Unknown99\"").unwrap() + 1;
    let place = format!("error[KE0105]: the type `Unknown99` is not defined\n --> schemas/long.avsc:1:{column}\n");
    assert!(printed.contains(&place), "{printed}");
    assert!(printed.contains("there are 4900 more findings"), "{printed}");
}
