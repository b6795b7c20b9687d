//! What the README tells a new user to write is written, run, and prints what the README says.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::SystemTime;

use anyhow::{Context as _, Result, ensure};

/// A fenced block, under the name that stands before it: `` `path`: `` or `` `command` prints``.
struct Block {
    name: String,
    text: String,
}

/// The blocks of a document that have a name.
fn blocks(document: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut name = None;
    let mut lines = document.lines();
    while let Some(line) = lines.next() {
        if line.starts_with("```") {
            let text: String = lines
                .by_ref()
                .take_while(|line| *line != "```")
                .map(|line| format!("{line}\n"))
                .collect();
            if let Some(name) = name.take() {
                blocks.push(Block { name, text });
            }
        } else if !line.is_empty() {
            let named = line.strip_suffix("`:").or_else(|| line.strip_suffix("` prints"));
            name = named.and_then(|named| named.strip_prefix('`')).map(str::to_owned);
        }
    }
    blocks
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Builds in a folder that outlives the application's, so that a second run is quick.
fn cargo(folder: &Path, arguments: &[&str]) -> Result<Output> {
    cargo_in(&Path::new(env!("CARGO_TARGET_TMPDIR")).join("readme"), folder, arguments)
}

fn cargo_in(target: &Path, folder: &Path, arguments: &[&str]) -> Result<Output> {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target)
        .output()
        .context("cargo cannot be run")?;
    let errors = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "cargo {arguments:?} failed:\n{errors}");
    ensure!(!errors.contains("warning:"), "cargo {arguments:?} warns:\n{errors}");
    Ok(output)
}

/// Whether cargo compiles the application anew.
fn is_compiled_anew(folder: &Path) -> Result<bool> {
    is_compiled_anew_in(&Path::new(env!("CARGO_TARGET_TMPDIR")).join("readme"), folder)
}

fn is_compiled_anew_in(target: &Path, folder: &Path) -> Result<bool> {
    let output = cargo_in(target, folder, &["build", "--verbose"])?;
    let told = String::from_utf8_lossy(&output.stderr);
    let fresh = told.lines().any(|line| line.trim_start().starts_with("Fresh orders "));
    let compiled = told.lines().any(|line| line.trim_start().starts_with("Compiling orders "));
    ensure!(fresh != compiled, "{told}");
    Ok(compiled)
}

#[test]
fn it_runs_as_the_readme_says() -> Result<()> {
    let root = root().canonicalize()?;
    let readme = fs::read_to_string(root.join("README.md"))?;
    let blocks = blocks(&readme);
    let folder = tempfile::tempdir()?;
    let mut wanted = None;
    for block in &blocks {
        if block.name == "cargo run" {
            wanted = Some(&block.text);
            continue;
        }
        // The clone need not be beside the application, nor have the repository's name.
        let text = block.text.replace("../kafka-event/", &format!("{}/", root.display()));
        write(folder.path(), &block.name, &text)?;
    }
    ensure!(blocks.len() == 6, "the README shows {} files and outputs", blocks.len());
    // The versions that are tested here are those that it is run with.
    fs::copy(root.join("Cargo.lock"), folder.path().join("Cargo.lock"))?;
    let printed = cargo(folder.path(), &["run", "--quiet"])?.stdout;
    assert_eq!(Some(&String::from_utf8(printed)?), wanted);

    // It is generated again where an input has changed, and only there.
    let schemas = folder.path().join("schemas");
    ensure!(!is_compiled_anew(folder.path())?, "nothing has changed");
    let schema = fs::read_to_string(schemas.join("order-placed.avsc"))?;
    fs::write(
        schemas.join("order-placed.avsc"),
        schema.replace("What it costs.", "What it costs, in cents."),
    )?;
    ensure!(is_compiled_anew(folder.path())?, "a schema has changed");
    fs::write(
        schemas.join("refund.avsc"),
        r#"{"type": "record", "name": "shop.Refund", "fields": []}"#,
    )?;
    ensure!(is_compiled_anew(folder.path())?, "there is a new schema");
    ensure!(!is_compiled_anew(folder.path())?, "nothing has changed since");

    // And the events of one's own, in the same application, with the topic that one of them is for.
    let own = readme
        .split("\n## An event of your own\n")
        .nth(1)
        .and_then(|rest| rest.split("\n## ").next())
        .context("the README has events of one's own")?;
    let own: Vec<_> = own
        .split("```rust\n")
        .skip(1)
        .filter_map(|block| block.split("```").next())
        .collect();
    ensure!(own.len() == 5, "the README shows {} blocks of one's own", own.len());
    let manifest = fs::read_to_string(schemas.join("topics.toml"))?;
    let prices = "[topics.prices]\nrecord = \"shop.Price\"\nkey = { record = \"shop.Article\" }\npartitions = 6\nretention = \"30d\"\n\
                  compression = \"lz4\"\n";
    fs::write(schemas.join("topics.toml"), format!("{manifest}\n{prices}"))?;
    fs::write(
        schemas.join("price.avsc"),
        r#"[{"type": "record", "name": "Price", "namespace": "shop", "fields": [{"name": "cents", "type": "long"}]},
            {"type": "record", "name": "Article", "namespace": "shop", "fields": [{"name": "number", "type": "string"}]}]"#,
    )?;
    // Nobody uses them here.
    let main = folder.path().join("src/main.rs");
    let with_own = format!(
        "{}\nmod own {{\n#![allow(dead_code)]\n{}\n\
         const _: fn(kafka_event::Publisher<Order>, kafka_event::Publisher<Price>) = |_, _| ();\n\
         const _: fn(&kafka_event::Kafka) = |kafka| drop((kafka.consumer_of::<Order>(\"billing\"), kafka.ensure_topics(&TOPICS)));\n}}\n",
        fs::read_to_string(&main)?,
        own.concat()
    );
    fs::write(&main, with_own)?;
    cargo(folder.path(), &["check", "--quiet"])?;

    // What does not fit is told as the README shows it, of the first of these alone.
    let order = own[0].replace("total_cents: i64", "total_cents: i32");
    fs::write(&main, format!("{order}\nfn main() {{}}\n"))?;
    fs::write(schemas.join("order-placed.avsc"), schema)?;
    let errors = match cargo(folder.path(), &["check", "--quiet"]) {
        Ok(_) => String::new(),
        Err(errors) => errors.to_string(),
    };
    let shown = readme.split("```text\nerror").nth(1).and_then(|rest| rest.split("```").next());
    let shown = shown.context("the README shows an error")?;
    // Of our trait each compiler speaks in its own way.
    for line in shown.lines().filter(|line| !line.contains("= help: the trait")) {
        ensure!(
            errors.lines().any(|said| said.ends_with(line)),
            "{line:?} is not in what is said:\n{errors}"
        );
    }
    Ok(())
}

/// Writes a file of an application, with the folders that it is in.
fn write(application: &Path, name: &str, text: &str) -> Result<()> {
    let path = application.join(name);
    fs::create_dir_all(path.parent().context("a file is in a folder")?)?;
    Ok(fs::write(path, text)?)
}

/// An application that is laid out otherwise: its script has another name, its manifest is in the root, its event is its own.
#[test]
fn only_what_has_changed_is_built_anew() -> Result<()> {
    let root = root().canonicalize()?;
    let folder = tempfile::tempdir()?;
    let write = |name: &str, text: &str| write(folder.path(), name, text);
    let package = |build: &str, metadata: &str| {
        let (runtime, codegen) = (root.join("runtime"), root.join("codegen"));
        format!(
            "[package]\nname = \"orders\"\nversion = \"0.1.0\"\nedition = \"2024\"\nbuild = {build}\n\n{metadata}\n\
             [dependencies]\nkafka-event = {{ path = {runtime:?}, default-features = false, features = [\"derive\"] }}\n\n\
             [build-dependencies]\nkafka-event-codegen = {{ path = {codegen:?} }}\n"
        )
    };
    let manifest = "version = 1\nschemas = [\"schemas\"]\n\n[topics.orders]\nrecord = \"Order\"\nkey = \"id\"\npartitions = 3\n\
                    retention = \"7d\"\ncompression = \"lz4\"\n";
    let schema = r#"{"type": "record", "name": "Order", "fields": [{"name": "id", "type": "long"}]}"#;
    let in_folder = manifest.replace("schemas = [\"schemas\"]\n", "");
    let (script, named) = ("\"build/main.rs\"", "[package.metadata.kafka-event]\nmanifest = \"topics.toml\"\n");
    write("Cargo.toml", &package(script, ""))?;
    write("topics.toml", manifest)?;
    write("schemas/topics.toml", &in_folder)?;
    write("schemas/order.avsc", schema)?;
    write(
        "build/main.rs",
        "fn main() -> Result<(), kafka_event_codegen::Error> {\n    kafka_event_codegen::Builder::new().build()\n}\n",
    )?;
    let event = "//! Orders.\n\n/// An order.\n#[derive(kafka_event::KafkaEvent)]\n#[kafka(topic = \"orders\")]\n\
                 pub struct Order {\n    /// Which.\n    pub id: i64,\n}\n";
    write("src/lib.rs", event)?;
    fs::copy(root.join("Cargo.lock"), folder.path().join("Cargo.lock"))?;
    // What cargo builds is where it is for most applications: in the package.
    let target = folder.path().join("target");
    cargo_in(&target, folder.path(), &["build", "--quiet"])?;
    let is_anew = || is_compiled_anew_in(&target, folder.path());
    ensure!(!is_anew()?, "nothing has changed");

    // The package names the other manifest now, which lies beside the output.
    write("Cargo.toml", &package(script, named))?;
    ensure!(is_anew()?, "the package names a manifest");
    ensure!(!is_anew()?, "nothing has changed since");
    write("schemas/order.avsc", &schema.replace("\"long\"", "\"long\", \"doc\": \"Which.\""))?;
    ensure!(is_anew()?, "a schema has changed");
    ensure!(!is_anew()?, "nothing has changed since");

    // The derive alone sees the same.
    write("Cargo.toml", &package("false", ""))?;
    ensure!(is_anew()?, "there is no script any more");
    ensure!(!is_anew()?, "nothing has changed since");
    write("Cargo.toml", &package("false", named))?;
    ensure!(is_anew()?, "the package names a manifest");
    ensure!(!is_anew()?, "nothing has changed since");
    Ok(())
}

/// Without a script, only the derive tells the compiler what it has read: a schema or a manifest that changes is checked anew, and nothing else is.
#[test]
fn the_derive_alone_sees_what_has_changed() -> Result<()> {
    let root = root().canonicalize()?;
    let folder = tempfile::tempdir()?;
    let package = folder.path().join("orders");
    let write = |name: &str, text: &str| write(&package, name, text);
    let runtime = root.join("runtime");
    let described = |metadata: &str| {
        format!(
            "[package]\nname = \"orders\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n{metadata}\
             [dependencies]\nkafka-event = {{ path = {runtime:?}, default-features = false, features = [\"derive\"] }}\n"
        )
    };
    write("Cargo.toml", &described(""))?;
    let manifest = "version = 1\n\n[topics.orders]\nrecord = \"Order\"\nkey = \"id\"\npartitions = 3\nretention = \"7d\"\n\
                    compression = \"lz4\"\n";
    let schema = r#"{"type": "record", "name": "Order", "fields": [{"name": "id", "type": "long"}]}"#;
    let event = "/// An order.\n#[derive(kafka_event::KafkaEvent)]\n#[kafka(topic = \"orders\")]\n\
                 pub struct Order {\n    /// Which.\n    pub id: i64,\n}\n";
    write("schemas/topics.toml", manifest)?;
    write("schemas/order.avsc", schema)?;
    // Of two derives of one contract the second finds it read already.
    let again = event.replace("Order {", "Again {");
    write("src/lib.rs", &format!("//! Orders.\n\n{event}\n{again}"))?;
    fs::copy(root.join("Cargo.lock"), package.join("Cargo.lock"))?;
    let target = package.join("target");
    cargo_in(&target, &package, &["build", "--quiet"])?;
    let is_anew = || is_compiled_anew_in(&target, &package);
    ensure!(!is_anew()?, "nothing has changed");

    let with_doc = schema.replace("\"long\"", "\"long\", \"doc\": \"Which.\"");
    write("schemas/order.avsc", &with_doc)?;
    ensure!(is_anew()?, "a schema has changed");
    ensure!(!is_anew()?, "nothing has changed since");
    write("schemas/topics.toml", &manifest.replace("7d", "8d"))?;
    ensure!(is_anew()?, "the manifest has changed");
    ensure!(!is_anew()?, "nothing has changed since");
    write("schemas/note.txt", "Nothing.")?;
    write("elsewhere/order.avsc", schema)?;
    ensure!(!is_anew()?, "what is not read has changed");

    // What no longer fits is refused, until it fits again.
    let refused = |wanted: &str| -> Result<()> {
        let error = is_anew().err().context("the event no longer fits")?;
        ensure!(format!("{error:#}").contains(wanted), "{error:#}");
        Ok(())
    };
    write("schemas/order.avsc", &schema.replace("\"long\"", "\"string\""))?;
    refused("`i64` does not carry the field `id` of the record `Order`")?;
    write("schemas/order.avsc", schema)?;
    ensure!(is_anew()?, "the schema is what it was");
    write("schemas/topics.toml", &manifest.replace("topics.orders", "topics.others"))?;
    refused("the manifest has no topic `orders`")?;
    write("schemas/topics.toml", manifest)?;
    ensure!(is_anew()?, "the manifest is what it was");
    ensure!(!is_anew()?, "nothing has changed since");

    // The same of a contract that stands beside the package, in their workspace.
    write("../contract/topics.toml", manifest)?;
    write("../contract/order.avsc", schema)?;
    write(
        "Cargo.toml",
        &described("[package.metadata.kafka-event]\nmanifest = \"../contract/topics.toml\"\n\n"),
    )?;
    ensure!(is_anew()?, "the package names a manifest");
    ensure!(!is_anew()?, "nothing has changed since");
    write("../contract/order.avsc", &with_doc)?;
    ensure!(is_anew()?, "a schema beside it has changed");
    write("../contract/topics.toml", &manifest.replace("7d", "8d"))?;
    ensure!(is_anew()?, "the manifest beside it has changed");
    write("schemas/order.avsc", &with_doc)?;
    ensure!(!is_anew()?, "what is not read any more has changed");
    Ok(())
}

/// Each namespace has a file: a schema that changes rewrites its own, and what has not changed is not even laid out.
#[test]
fn one_changed_schema_rewrites_one_file() -> Result<()> {
    let root = root().canonicalize()?;
    let folder = tempfile::tempdir()?;
    let write = |name: &str, text: &str| write(folder.path(), name, text);
    let (runtime, codegen) = (root.join("runtime"), root.join("codegen"));
    write(
        "Cargo.toml",
        &format!(
            "[package]\nname = \"orders\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
             [dependencies]\nkafka-event = {{ path = {runtime:?}, default-features = false }}\n\n\
             [build-dependencies]\nkafka-event-codegen = {{ path = {codegen:?} }}\n"
        ),
    )?;
    write(
        "build.rs",
        "fn main() -> Result<(), kafka_event_codegen::Error> {\n    \
         kafka_event_codegen::Builder::new().schemas([\"schemas\"]).one_file_per_namespace(true).build()\n}\n",
    )?;
    write(
        "src/lib.rs",
        "//! Orders.\n\n/// Generated.\npub mod events {\n    kafka_event::include_events!();\n}\n",
    )?;
    let schema = |namespace: &str, doc: &str| {
        format!(r#"{{"type": "record", "name": "{namespace}.Event", "doc": "{doc}", "fields": [{{"name": "id", "type": "string"}}]}}"#)
    };
    for namespace in ["shop", "billing", "shipping"] {
        write(&format!("schemas/{namespace}.avsc"), &schema(namespace, "Something happened."))?;
    }
    fs::copy(root.join("Cargo.lock"), folder.path().join("Cargo.lock"))?;
    let target = folder.path().join("target");
    cargo_in(&target, folder.path(), &["build", "--quiet"])?;
    ensure!(!is_compiled_anew_in(&target, folder.path())?, "nothing has changed");

    let before = generated(&target)?;
    let names: Vec<&str> = before.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "kafka_events.hashes",
            "kafka_events.rs",
            "kafka_events/billing.rs",
            "kafka_events/shipping.rs",
            "kafka_events/shop.rs"
        ]
    );
    write("schemas/billing.avsc", &schema("billing", "Somebody paid."))?;
    ensure!(is_compiled_anew_in(&target, folder.path())?, "a schema has changed");
    let changed = |before: &BTreeMap<String, (SystemTime, String)>, after: &BTreeMap<String, (SystemTime, String)>| -> Vec<String> {
        let written = after.iter().filter(|(name, file)| before.get(*name) != Some(*file));
        written.map(|(name, _)| name.clone()).collect()
    };
    let after = generated(&target)?;
    assert_eq!(changed(&before, &after), ["kafka_events.hashes", "kafka_events/billing.rs"]);
    ensure!(after["kafka_events/billing.rs"].1.contains("Somebody paid."), "the change is in it");

    // A file that is no schema has nothing to say, and a file that somebody changed is made good.
    write("schemas/note.txt", "Nothing.")?;
    let out = out(&target)?;
    fs::write(out.join("kafka_events/shop.rs"), "// By hand.\n")?;
    ensure!(is_compiled_anew_in(&target, folder.path())?, "there is a new file");
    let mended = generated(&target)?;
    assert_eq!(changed(&after, &mended), ["kafka_events/shop.rs"]);
    assert_eq!(mended["kafka_events/shop.rs"].1, before["kafka_events/shop.rs"].1);

    // A text that is remembered as a file's own, and which layout would not make, is still there: nothing else was laid out.
    let other = &mended["kafka_events/shipping.rs"].1;
    fs::write(out.join("kafka_events/shop.rs"), other)?;
    let hashes = &mended["kafka_events.hashes"].1;
    let of = |name: &str| hashes.lines().find(|line| line.ends_with(name)).with_context(|| hashes.clone());
    let (shop, shipping) = (of(" kafka_events/shop.rs")?, of(" kafka_events/shipping.rs")?);
    let (tokens, text) = (shop.split(' ').next(), shipping.split(' ').nth(1));
    let forged = format!("{} {} kafka_events/shop.rs", tokens.context("a hash")?, text.context("a hash")?);
    fs::write(out.join("kafka_events.hashes"), hashes.replace(shop, &forged))?;
    write("schemas/billing.avsc", &schema("billing", "Somebody paid more."))?;
    ensure!(is_compiled_anew_in(&target, folder.path())?, "a schema has changed");
    let kept = generated(&target)?;
    assert_eq!(kept["kafka_events/shop.rs"].1, *other);
    ensure!(
        kept["kafka_events/billing.rs"].1.contains("Somebody paid more."),
        "the change is in it"
    );
    Ok(())
}

/// The folder into which the application's script generates.
fn out(target: &Path) -> Result<PathBuf> {
    let built = fs::read_dir(target.join("debug/build"))?.collect::<Result<Vec<_>, _>>()?;
    let mut folders = built.iter().map(|entry| entry.path().join("out"));
    folders.find(|out| out.join("kafka_events.rs").is_file()).context("the script ran")
}

/// What is in it: by name, when it was written and its text.
fn generated(target: &Path) -> Result<BTreeMap<String, (SystemTime, String)>> {
    let out = out(target)?;
    let mut files = BTreeMap::new();
    for folder in [out.clone(), out.join("kafka_events")] {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_file() {
                let name = path.strip_prefix(&out)?.to_string_lossy().replace('\\', "/");
                files.insert(name, (fs::metadata(&path)?.modified()?, fs::read_to_string(&path)?));
            }
        }
    }
    Ok(files)
}

/// The two commands of the README are there, and what CI runs is the same.
#[test]
fn ci_runs_the_commands_of_the_readme() -> Result<()> {
    let readme = fs::read_to_string(root().join("README.md"))?;
    let ci = fs::read_to_string(root().join(".ci/run"))?;
    for command in ["cargo run -p quickstart", "cargo test --workspace"] {
        ensure!(readme.contains(&format!("    {command}\n")), "the README does not say {command}");
        ensure!(ci.contains(command), "CI does not run {command}");
    }
    Ok(())
}
