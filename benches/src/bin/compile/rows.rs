//! What is compiled in turn, each with what its switches say.

use anyhow::{Context as _, Result};
use benches::corpus::Schema;
use kafka_event_codegen::{Builder, Contract};
use syn::Item;

/// One package.
#[derive(Clone, Copy)]
pub(crate) struct Row {
    pub(crate) name: &'static str,
    pub(crate) package: &'static str,
    code: Code,
}

#[derive(Clone, Copy)]
enum Code {
    Peer,
    /// With a topic and a group for each schema whose root is a record, or types alone.
    Ours {
        topics: bool,
        serde: bool,
        switches: fn(Builder) -> Builder,
    },
}

/// The first is the one to which the others are compared.
const ROWS: &[Row] = &[
    Row {
        name: "rsgen-avro with serde's derives",
        package: "scratch-peer",
        code: Code::Peer,
    },
    Row {
        name: "kafka-event: types and codec",
        package: "scratch-codec",
        code: Code::Ours {
            topics: false,
            serde: false,
            switches: |builder| builder.builders(false).borrowed(false),
        },
    },
    Row {
        name: "kafka-event: types and codec, without evolution",
        package: "scratch-codec-alone",
        code: Code::Ours {
            topics: false,
            serde: false,
            switches: |builder| builder.builders(false).borrowed(false).evolution(false),
        },
    },
    Row {
        name: "kafka-event: types, codec and twins",
        package: "scratch-twins",
        code: Code::Ours {
            topics: false,
            serde: false,
            switches: |builder| builder.builders(false),
        },
    },
    Row {
        name: "kafka-event: everything",
        package: "scratch-everything",
        code: Code::Ours {
            topics: true,
            serde: false,
            switches: |builder| builder,
        },
    },
    Row {
        name: "kafka-event: everything, and serde's traits",
        package: "scratch-serde",
        code: Code::Ours {
            topics: true,
            serde: true,
            switches: |builder| builder.serde(true),
        },
    },
    Row {
        name: "kafka-event: everything but builders",
        package: "scratch-no-builders",
        code: Code::Ours {
            topics: true,
            serde: false,
            switches: |builder| builder.builders(false),
        },
    },
    Row {
        name: "kafka-event: everything but twins",
        package: "scratch-no-twins",
        code: Code::Ours {
            topics: true,
            serde: false,
            switches: |builder| builder.borrowed(false),
        },
    },
    Row {
        name: "kafka-event: everything but evolution",
        package: "scratch-no-evolution",
        code: Code::Ours {
            topics: true,
            serde: false,
            switches: |builder| builder.evolution(false),
        },
    },
    Row {
        name: "kafka-event: everything but clients",
        package: "scratch-no-clients",
        code: Code::Ours {
            topics: true,
            serde: false,
            switches: |builder| builder.clients(false),
        },
    },
];

/// All, or those without topics.
pub(crate) fn rows(topics: bool) -> Vec<Row> {
    let chosen = |row: &&Row| topics || !matches!(row.code, Code::Ours { topics: true, .. });
    ROWS.iter().filter(chosen).copied().collect()
}

/// A schema's code, and the paths of its records in it.
pub(crate) struct Generated {
    pub(crate) text: String,
    pub(crate) records: Vec<String>,
}

impl Row {
    pub(crate) fn is_peer(&self) -> bool {
        matches!(self.code, Code::Peer)
    }

    /// The name of the package with one schema.
    pub(crate) fn with_one(&self) -> String {
        format!("{}-one", self.package)
    }

    /// The tables of its package's `Cargo.toml`.
    pub(crate) fn tables(&self, topics: bool) -> String {
        let dependencies = match self.code {
            // Of the version for which rsgen-avro generates.
            Code::Peer => {
                "apache-avro = { version = \"0.21\", features = [\"derive\"] }\nserde = { version = \"1\", features = [\"derive\"] }"
                    .to_owned()
            }
            Code::Ours { serde, .. } => {
                let features = match (topics, serde) {
                    (true, true) => "\"kafka\", \"serde\"",
                    (true, false) => "\"kafka\"",
                    (false, _) => "",
                };
                let path = benches::scratch::root().join("runtime");
                format!("kafka-event = {{ path = {path:?}, default-features = false, features = [{features}] }}")
            }
        };
        format!("[features]\nused = []\n\n[dependencies]\n{dependencies}\n")
    }

    /// The code of a schema.
    pub(crate) fn generate(&self, schema: &Schema) -> Result<Generated> {
        let Code::Ours { topics, switches, .. } = self.code else {
            return peer(schema);
        };
        let folder = tempfile::tempdir()?;
        let topic = schema.root_record().filter(|_| topics);
        let builder = match topic {
            None => Builder::new().schemas([&schema.path]),
            Some(record) => {
                std::fs::write(folder.path().join("schema.avsc"), &schema.text)?;
                let manifest = folder.path().join("topics.toml");
                std::fs::write(&manifest, one_topic(&record))?;
                Builder::new().manifest(manifest)
            }
        };
        let builder = switches(builder);
        let contract = builder.load()?;
        let text = builder.emit(&contract)?.text;
        let records = records(&contract);
        Ok(Generated { text, records })
    }
}

/// What rsgen-avro makes of a schema.
fn peer(schema: &Schema) -> Result<Generated> {
    let file = syn::parse_file(&schema.peer).context("rsgen-avro's code is not Rust")?;
    let records = file.items.iter().filter_map(|item| match item {
        Item::Struct(item) => Some(item.ident.to_string()),
        _ => None,
    });
    Ok(Generated {
        text: schema.peer.clone(),
        records: records.collect(),
    })
}

fn records(contract: &Contract) -> Vec<String> {
    let names = contract.model.types().filter_map(|(id, _)| Some(&contract.model.record(id)?.name));
    names
        .map(|name| {
            let parts = name.namespace.iter().chain([&name.ident]);
            parts.map(|part| part.rust.as_str()).collect::<Vec<_>>().join("::")
        })
        .collect()
}

/// A manifest with a topic of one record, and a group that reads it.
fn one_topic(record: &str) -> String {
    format!(
        "version = 1\n\n[topics.events]\nrecord = \"{record}\"\nkey = \"none\"\npartitions = 3\nretention = \"7d\"\ncompression = \"lz4\"\n\n\
         [groups.readers]\ntopics = [\"events\"]\n"
    )
}
