//! Where the fuzzer begins: the project's own contracts, and values of its types.

use std::fs;
use std::path::{Path, PathBuf};

use kafka_event::logical::TimestampMillis;
use kafka_event::uuid::Uuid;
use kafka_event::{Fingerprint, Topic as _, from_avro};
use kafka_event_codegen::fingerprint::fingerprint;
use kafka_event_codegen::load_text;

use crate::contract::DIVIDER;
use crate::framing::{self, VERSIONS};
use crate::shapes::{self, Seeds};
use crate::topics::{shared, shop, topics};
use crate::types::com::cosmic_horizons::events as flagship;
use crate::types::shapes::{Tree, TreeEither};
use crate::types::{bank, constructs, v1, v2, v3};

/// Inputs of a target, each with a name.
///
/// # Panics
/// A file of the project is not there.
#[must_use]
pub fn of(target: &str) -> Vec<(String, Vec<u8>)> {
    match target {
        "decode" => numbered(values().into_iter().map(|seeds| seeds.decode)),
        "evolve" => numbered(values().into_iter().flat_map(|seeds| seeds.evolve)),
        "writer" => numbered(values().into_iter().flat_map(|seeds| seeds.writer)),
        "framing" => numbered(messages()),
        "schema" => schemas(),
        "manifest" => manifests(),
        _ => panic!("no target `{target}`"),
    }
}

fn numbered(inputs: impl IntoIterator<Item = Vec<u8>>) -> Vec<(String, Vec<u8>)> {
    let inputs = inputs.into_iter().enumerate();
    inputs.map(|(number, input)| (format!("seed-{number}"), input)).collect()
}

const ID: Uuid = Uuid::from_u128(0x7f1d_3c5e_9a20_4b61_8c3d_0e5f_6a7b_8c9d);

fn values() -> Vec<Seeds> {
    let leaf = Tree::builder().build();
    let branches = Tree::builder()
        .children(vec![leaf.clone(), leaf.clone()])
        .named([("a".to_owned(), leaf.clone())])
        .either(TreeEither::Array(vec![leaf.clone()]))
        .next(Box::new(leaf.clone()))
        .maps(vec![[("b".into(), vec![true, false])].into()])
        .build();
    let order = v1::Order::builder().build();
    // Most of the fields are numbers of 0, which are one byte of 0 each; the rest are decimals and a fixed of 8 bytes.
    let entry = [&[0; 16][..], &[6, 2, 0xf1, 3, 0]].concat();
    vec![
        shapes::seeds(
            &flagship::JobLifecycleEvent::builder()
                .event_id(ID)
                .event_type(flagship::JobEventType::Started)
                .job_id("job-1")
                .timestamp(TimestampMillis(1_771_027_200_000))
                .payload("{}")
                .user_id("user-1".to_owned())
                .correlation_id(ID)
                .build(),
        ),
        shapes::seeds(
            &flagship::AuditTrailEvent::builder()
                .event_id(ID)
                .resource_id("job-1")
                .resource_type("job")
                .action(flagship::AuditAction::Created)
                .actor("user-1")
                .changed_fields(vec!["state".into(), "owner".into()])
                .timestamp(TimestampMillis(1_771_027_200_000))
                .build(),
        ),
        shapes::seeds(&constructs::Every::builder().build()),
        shapes::seeds(&constructs::AnyBranch::builder().build()),
        shapes::seeds(
            &constructs::Datum::builder()
                .letter(constructs::Letter::B)
                .numbers(vec![1, -1, i64::MIN])
                .words([("a".to_owned(), 1), ("b".to_owned(), 2)])
                .nulls(vec![(); 3])
                .empties(vec![constructs::Empty {}])
                .build(),
        ),
        shapes::seeds(&leaf),
        shapes::seeds(&branches),
        shapes::seeds(&from_avro::<bank::Entry>(&entry).expect("an entry")),
        shapes::seeds(&bank::Waiting::builder().build()),
        shapes::seeds(&v1::Order::builder().parent(Box::new(order.clone())).note("n".to_owned()).build()),
        shapes::seeds(&order),
        shapes::seeds(&v2::Order::builder().build()),
        shapes::seeds(&v3::Order::builder().build()),
    ]
}

fn messages() -> Vec<Vec<u8>> {
    let placed = shop::OrderPlaced {
        order_id: ID,
        customer: "c".into(),
        total_cents: 7,
    };
    let key = shared::CustomerKey {
        tenant: None,
        customer: "c".into(),
    };
    let keyed = kafka_event::Keyed::new(key.clone(), placed.clone());
    let profile = shared::Profile {
        customer: "c".into(),
        points: 9,
    };
    let archived = shop::OrderArchived { order_id: ID };
    let mut inputs: Vec<Vec<u8>> = [
        framing::seeds::<topics::OrderEvents>(&placed.clone().into()),
        framing::seeds::<topics::OrderEventsBare>(&archived.clone().into()),
        framing::seeds::<topics::CustomerOrders>(&keyed),
        framing::seeds::<topics::CustomerOrdersBare>(&keyed),
        framing::seeds::<topics::Profiles>(&profile),
        framing::seeds::<topics::ProfilesBare>(&profile),
        framing::seeds::<topics::CustomerProfiles>(&kafka_event::Keyed::new(key.clone(), profile.clone())),
        framing::seeds::<topics::CustomerProfilesBare>(&kafka_event::Keyed::new(key, profile)),
        framing::seeds::<topics::LastEvents>(&placed.into()),
    ]
    .concat();
    // What other versions wrote, which few bytes at random would name; of those of a key and of another topic, nothing is read here.
    let text = ID.to_string();
    let placed = [&[14, 2, 2, b'c', 72], text.as_bytes(), &[72], text.as_bytes()].concat();
    let archived = [&[72], text.as_bytes(), &[2, 2, b'k', 2, b'v', 0]].concat();
    for (version, datum) in VERSIONS.into_iter().zip([&placed, &archived, &placed, &archived]) {
        let (contract, id) = load_text("a version", version).expect("a schema");
        let writer = Fingerprint(fingerprint(&contract.model, id));
        let framed = [&[0xc3, 0x01], &writer.to_bytes()[..], datum].concat();
        inputs.push(framing::seed(topics::OrderEvents::SPEC, 0b10_1111, writer, &framed, &framed));
        inputs.push(framing::seed(topics::OrderEventsBare::SPEC, 0b10_1111, writer, datum, datum));
    }
    inputs
}

fn schemas() -> Vec<(String, Vec<u8>)> {
    let folders = [
        "schemas",
        "tests/constructs/schemas",
        "tests/corpus/schemas",
        "tests/logical/schemas",
    ];
    let files = folders.iter().flat_map(|folder| below(&project().join(folder), "avsc"));
    files.map(|path| (name(&path), read(&path).into_bytes())).collect()
}

fn manifests() -> Vec<(String, Vec<u8>)> {
    let contracts = [
        ("schemas", "topics.toml"),
        ("tests/logical/schemas", "topics.toml"),
        ("tests/manifest/contract", "topics.toml"),
        ("tests/corpus/schemas", "names.toml"),
    ];
    let contract = |(folder, manifest): &(&str, &str)| {
        let folder = project().join(folder);
        let manifest = read(&folder.join(manifest));
        // Here all schemas stand beside the manifest.
        let manifest = manifest.lines().filter(|line| !line.starts_with("schemas = "));
        let mut text = manifest.collect::<Vec<_>>().join("\n");
        for path in below(&folder, "avsc") {
            text += DIVIDER;
            text += &read(&path);
        }
        (name(&folder), text.into_bytes())
    };
    contracts.iter().map(contract).collect()
}

fn project() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A name of a file that no other of the project has.
fn name(path: &Path) -> String {
    let within = path.strip_prefix(project()).expect("below the project");
    within.to_string_lossy().replace(['/', '\\'], "-")
}

/// The files with an extension in a folder and those below it, in order.
fn below(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            files.extend(below(&path, extension));
        } else if path.extension().is_some_and(|found| found == extension) {
            files.push(path);
        }
    }
    files
}
