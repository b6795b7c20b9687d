//! Where the fuzzer begins: the project's own contracts, and values of its types.

use std::fs;
use std::path::{Path, PathBuf};

use kafka_event::logical::{Decimal, TimestampMillis};
use kafka_event::uuid::Uuid;
use kafka_event::{Fingerprint, Topic as _, from_avro, to_avro};
use kafka_event_codegen::fingerprint::fingerprint;
use kafka_event_codegen::load_text;

use crate::contract::DIVIDER;
use crate::depot::depot;
use crate::framing::{self, VERSION_ID, VERSIONS, guid};
use crate::parts;
use crate::shapes::{self, Seeds};
use crate::topics::{shared, shop, topics};
use crate::types::com::cosmic_horizons::events as flagship;
use crate::types::shapes::{Tree, TreeEither};
use crate::types::{bank, constructs, held, v1, v2, v3};

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
        "parts" => numbered(parts::seeds()),
        "json" => numbered(values().into_iter().map(|seeds| seeds.json)),
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
        shapes::seeds(&held()),
    ]
}

/// Something in each field.
fn held() -> held::Held {
    let text = || "text".to_owned();
    let line = held::Line {
        name: text(),
        note: Some(text()),
        at: 7,
        digest: vec![1, 2],
        tags: vec![text(), String::new()],
    };
    let link = held::Link { name: text(), next: None };
    held::Held {
        texts: vec![text(), String::new()],
        blobs: vec![vec![0xff], Vec::new()],
        labels: [(text(), text())].into(),
        counts: [(text(), 1)].into(),
        rows: vec![vec![text()], Vec::new()],
        maps: vec![[(text(), vec![1])].into()],
        notes: vec![None, Some(text())],
        lines: vec![line.clone()],
        either: vec![None, Some(held::HeldEither::Line(line)), Some(held::HeldEither::String(text()))],
        one_of: [(text(), held::HeldOneOf::Array(vec![text()]))].into(),
        chain: Some(held::Link {
            next: Some(Box::new(link.clone())),
            ..link
        }),
        name: text(),
    }
}

/// An event of which parts are read.
pub(crate) fn parcel() -> Vec<u8> {
    let leg = |to: &str, next| depot::Leg { to: to.to_owned(), next };
    let party = depot::Party {
        id: 7,
        name: "Anne".to_owned(),
        tags: [("k".to_owned(), vec!["v".to_owned()])].into(),
    };
    let parcel = depot::Parcel::builder()
        .id(ID)
        .sender(party.clone())
        .receiver(party)
        .state(depot::State::InTransit)
        .history(vec![depot::State::New])
        .route(leg("a", Some(Box::new(leg("b", Some(Box::new(leg("c", None))))))))
        .sealed_at(TimestampMillis(5))
        .price(Decimal::new(1250).expect("of nine digits"))
        .link("a/b/c")
        .build();
    to_avro(&parcel).expect("a value")
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
        framing::seeds::<topics::CustomerOrdersConfluent>(&keyed),
        framing::seeds::<topics::CustomerOrdersGuid>(&keyed),
        framing::seeds::<topics::CustomerProfiles>(&kafka_event::Keyed::new(key.clone(), profile.clone())),
        framing::seeds::<topics::CustomerProfilesBare>(&kafka_event::Keyed::new(key.clone(), profile.clone())),
        framing::seeds::<topics::CustomerProfilesConfluent>(&kafka_event::Keyed::new(key, profile.into())),
        framing::seeds::<topics::LastEvents>(&placed.into()),
    ]
    .concat();
    // What other versions wrote, which few bytes at random would name; of those of a key and of another topic, nothing is read here.
    let text = ID.to_string();
    let placed = [&[14, 2, 2, b'c', 72], text.as_bytes(), &[72], text.as_bytes()].concat();
    let archived = [&[72], text.as_bytes(), &[2, 2, b'k', 2, b'v', 0]].concat();
    for ((id, version), datum) in (VERSION_ID..).zip(VERSIONS).zip([&placed, &archived, &placed, &archived]) {
        let (contract, root) = load_text("a version", version).expect("a schema");
        let writer = Fingerprint(fingerprint(&contract.model, root));
        let framed = [&[0xc3, 0x01], &writer.to_bytes()[..], datum].concat();
        inputs.push(framing::seed(topics::OrderEvents::SPEC, 0b10_1111, writer, id, &framed, &framed));
        inputs.push(framing::seed(topics::OrderEventsBare::SPEC, 0b10_1111, writer, id, datum, datum));
        // Of these topics' records it is the first alone: by an id, by a GUID before the datum, and by one in a header.
        if id == VERSION_ID {
            // Under a customer's key without a tenant, which a registry calls 3.
            let (by_id_key, key) = ([0, 0, 0, 0, 3, 0, 2, b'c'], [0, 2, b'c']);
            for begin in [[&[0][..], &id.to_be_bytes()].concat(), [&[1][..], guid(id).as_bytes()].concat()] {
                let framed = [begin, datum.clone()].concat();
                inputs.push(framing::seed(
                    topics::CustomerOrdersConfluent::SPEC,
                    0b10_0011,
                    writer,
                    id,
                    &by_id_key,
                    &framed,
                ));
            }
            inputs.push(framing::seed(topics::CustomerOrdersGuid::SPEC, 0b10_0011, writer, id, &key, datum));
        }
    }
    // An id that nobody knows, in a message that has the header of another framing.
    let strange = [&[0, 9, 9, 9, 9][..], &placed].concat();
    inputs.push(framing::seed(
        topics::CustomerOrdersConfluent::SPEC,
        0b10_0111,
        Fingerprint(0),
        0,
        &strange,
        &strange,
    ));
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
