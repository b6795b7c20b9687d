//! What the derive costs its user's compiler, beside serde's on the same structs.

use std::fmt::Write as _;

use anyhow::Result;
use benches::scratch::{self, Scratch, or_fail};
use benches::{Contender, Output, Report, Scale, turns};
use clap::Parser;

/// Checks a package whose structs derive in turn with one whose structs are the same and derive serde's traits.
#[derive(Parser)]
struct Arguments {
    /// Print one JSON document.
    #[arg(long)]
    json: bool,

    /// How many checks of each.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..=1000))]
    rounds: u16,

    /// Count the compiler's instructions, too, by valgrind: what no other process disturbs.
    #[arg(long)]
    instructions: bool,

    /// How many structs derive.
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u16).range(1..=10_000))]
    structs: u16,

    /// How many schemas the manifest has.
    #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u16).range(1..=10_000))]
    schemas: u16,
}

/// The fields of each struct: their names, Avro types, and Rust types, which serde has, too.
const FIELDS: [(&str, &str, &str); 12] = [
    ("id", r#""string""#, "String"),
    ("count", r#""long""#, "i64"),
    ("attempt", r#""int""#, "i32"),
    ("ratio", r#""double""#, "f64"),
    ("done", r#""boolean""#, "bool"),
    ("note", r#"["null", "string"], "default": null"#, "Option<String>"),
    ("parent", r#"["null", "long"], "default": null"#, "Option<i64>"),
    ("tags", r#"{"type": "array", "items": "string"}"#, "Vec<String>"),
    (
        "labels",
        r#"{"type": "map", "values": "string"}"#,
        "std::collections::BTreeMap<String, String>",
    ),
    (
        "counts",
        r#"{"type": "map", "values": "long"}"#,
        "std::collections::BTreeMap<String, i64>",
    ),
    ("from", r#""string""#, "Box<str>"),
    ("to", r#"["null", "string"], "default": null"#, "Option<Box<str>>"),
];

/// What is checked.
struct Row {
    name: &'static str,
    package: &'static str,
    dependency: &'static str,
    /// What stands before a struct.
    head: fn(u16) -> String,
    /// How many of the fields it has.
    fields: usize,
}

const ROWS: [Row; 5] = [
    Row {
        name: "serde's Deserialize",
        package: "derive-deserialize",
        dependency: "serde = { version = \"1\", features = [\"derive\"] }",
        head: |_| "#[derive(serde::Deserialize)]".to_owned(),
        fields: FIELDS.len(),
    },
    Row {
        name: "serde's Serialize and Deserialize",
        package: "derive-serde",
        dependency: "serde = { version = \"1\", features = [\"derive\"] }",
        head: |_| "#[derive(serde::Serialize, serde::Deserialize)]".to_owned(),
        fields: FIELDS.len(),
    },
    Row {
        name: "kafka-event, of a topic",
        package: "derive-topic",
        dependency: "kafka-event",
        head: |number| format!("#[derive(kafka_event::KafkaEvent)]\n#[kafka(topic = \"topic-{number}\")]"),
        fields: FIELDS.len(),
    },
    Row {
        name: "kafka-event, of a topic, half of the fields",
        package: "derive-consume",
        dependency: "kafka-event",
        head: |number| format!("#[derive(kafka_event::KafkaEvent)]\n#[kafka(topic = \"topic-{number}\", consume)]"),
        fields: FIELDS.len() / 2,
    },
    Row {
        name: "the structs alone",
        package: "derive-nothing",
        dependency: "",
        head: |_| String::new(),
        fields: FIELDS.len(),
    },
];

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let target = scratch::target()?;
    let mut scratch = Scratch::new()?;
    for row in &ROWS {
        write(&mut scratch, row, &arguments)?;
        // What it depends on, once; and that it compiles.
        scratch.cargo(&target, &["check", "--quiet", "--package", row.package])?;
    }
    let contenders = ROWS.iter().map(|row| {
        let (scratch, target) = (&scratch, &target);
        let check = || scratch.build_anew(target, row.package, "src/lib.rs", &["check"], arguments.structs.into());
        Contender::new(row.name, move || or_fail(check()))
    });
    let contenders = turns(arguments.rounds.into(), contenders.collect());
    let title = format!(
        "check, for each of {} structs of {} fields, on a manifest of {} schemas",
        arguments.structs,
        FIELDS.len(),
        arguments.schemas
    );
    let mut report = Report::new("derive");
    report.add(title, Scale::Millis, &contenders);
    if arguments.instructions {
        let count = |row: &Row| {
            anyhow::Ok((
                row.name,
                scratch.count_anew(&target, row.package, "src/lib.rs")? / 1e6 / f64::from(arguments.structs),
            ))
        };
        let counts: Vec<_> = ROWS.iter().map(count).collect::<Result<_>>()?;
        report.add_amounts("the same check", "million instructions", counts);
    }
    report.print(if arguments.json { Output::Json } else { Output::Text })
}

fn write(scratch: &mut Scratch, row: &Row, arguments: &Arguments) -> Result<()> {
    let package = row.package;
    let is_ours = row.dependency == "kafka-event";
    let dependency = if is_ours {
        let path = scratch::root().join("runtime");
        format!("kafka-event = {{ path = {path:?}, default-features = false, features = [\"derive\"] }}")
    } else {
        row.dependency.to_owned()
    };
    scratch.add(package, &format!("[dependencies]\n{dependency}\n"))?;
    let mut code = String::from("#![allow(dead_code)]\n");
    for number in 0..arguments.structs {
        writeln!(code, "\n{}\npub struct Event{number} {{", (row.head)(number))?;
        for (name, _, rust) in &FIELDS[..row.fields] {
            writeln!(code, "    pub {name}: {rust},")?;
        }
        code += "}\n";
    }
    scratch.write(&format!("{package}/src/lib.rs"), &code)?;
    if !is_ours {
        return Ok(());
    }
    let mut manifest = String::from("version = 1\n");
    for number in 0..arguments.schemas {
        let fields = FIELDS.map(|(name, avro, _)| format!("    {{\"name\": \"{name}\", \"type\": {avro}}}"));
        let schema = format!(
            "{{\n  \"type\": \"record\",\n  \"name\": \"Event{number}\",\n  \"namespace\": \"bench.events\",\n  \"fields\": [\n{}\n  ]\n}}\n",
            fields.join(",\n")
        );
        scratch.write(&format!("{package}/schemas/event{number}.avsc"), &schema)?;
        write!(
            manifest,
            "\n[topics.topic-{number}]\nrecord = \"bench.events.Event{number}\"\nkey = \"id\"\npartitions = 3\nretention = \"7d\"\ncompression = \"lz4\"\n"
        )?;
    }
    scratch.write(&format!("{package}/schemas/topics.toml"), &manifest)
}
