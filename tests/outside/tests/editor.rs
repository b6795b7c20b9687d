//! What rust-analyzer says of packages whose events are their own: it expands the derives itself, in a server of its own.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Result, ensure};
use test_outside::{copied, root, run};

/// Whether rust-analyzer is there, said on standard error where it is not.
fn has_rust_analyzer() -> bool {
    let version = Command::new("rust-analyzer").arg("--version").output();
    let is_there = version.is_ok_and(|output| output.status.success());
    if !is_there {
        let strict = std::env::var_os("KAFKA_EVENT_STRICT").is_some_and(|strict| !strict.is_empty());
        assert!(
            !strict,
            "there is no rust-analyzer, and KAFKA_EVENT_STRICT is set: `rustup component add rust-analyzer`"
        );
        eprintln!("skipped: no rust-analyzer; `rustup component add rust-analyzer` installs it");
    }
    is_there
}

/// The errors and warnings of a package, each on a line, with its file's path from the package.
fn findings(package: &str, folder: &Path) -> Result<Vec<String>> {
    let output = run("rust-analyzer", folder, &["diagnostics", "."])?;
    let (printed, errors) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    ensure!(
        printed.contains("diagnostic scan complete"),
        "it did not come to its end:\n{printed}\n{errors}"
    );
    let of_package = format!("at crate {package}, file {}/", folder.canonicalize()?.display());
    // Its progress is written over itself.
    let lines = printed.split(['\n', '\r', '\u{8}']);
    let lines = lines.filter_map(|line| line.split_once(&of_package)).map(|(_, finding)| finding);
    Ok(lines
        .filter(|finding| !finding.contains(": WeakWarning "))
        .map(str::to_owned)
        .collect())
}

#[test]
fn it_has_nothing_to_say_of_what_compiles() -> Result<()> {
    if has_rust_analyzer() {
        let folder = copied()?;
        let none: Vec<String> = Vec::new();
        assert_eq!(findings("shop", folder.path())?, none);
    }
    Ok(())
}

/// What the derive refuses is told where it stands, and its uses are not; that a mistake behind a derive is found shows that the derive's code is known.
#[test]
fn it_says_what_the_derive_says() -> Result<()> {
    if !has_rust_analyzer() {
        return Ok(());
    }
    let folder = tempfile::tempdir()?;
    let write = |name: &str, text: &str| -> Result<()> {
        let path = folder.path().join(name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        Ok(fs::write(path, text)?)
    };
    let runtime = root()?.join("runtime");
    write(
        "Cargo.toml",
        &format!(
            "[package]\nname = \"orders\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
             [dependencies]\nkafka-event = {{ path = {runtime:?}, default-features = false, features = [\"derive\"] }}\n"
        ),
    )?;
    write(
        "schemas/topics.toml",
        "version = 1\n\n[topics.orders]\nrecord = \"Order\"\nkey = \"id\"\npartitions = 3\nretention = \"7d\"\ncompression = \"lz4\"\n",
    )?;
    write(
        "schemas/order.avsc",
        r#"{"type": "record", "name": "Order", "fields": [{"name": "id", "type": "long"}]}"#,
    )?;
    write(
        "src/lib.rs",
        r#"//! Orders.

/// An order.
#[derive(kafka_event::KafkaEvent)]
#[kafka(topic = "orders", builder)]
pub struct Order {
    /// Which.
    pub id: i64,
}

/// Another.
#[derive(kafka_event::KafkaEvent)]
#[kafka(topic = "order", builder)]
pub struct Misspelt {
    /// Which.
    pub id: i64,
}

/// The bytes of both.
pub fn bytes() -> Vec<u8> {
    let mut bytes = kafka_event::to_avro(&Order::builder().id(1).build()).unwrap();
    bytes.extend(kafka_event::to_avro(&Misspelt::builder().id(1).build()).unwrap());
    bytes
}

/// No text.
pub fn text() -> &'static str {
    Order::builder().id(1).build().id
}
"#,
    )?;
    fs::copy(root()?.join("Cargo.lock"), folder.path().join("Cargo.lock"))?;
    let mut found = findings("orders", folder.path())?;
    found.sort();
    let [refused, mistake] = found.as_slice() else {
        anyhow::bail!("there are two mistakes:\n{found:#?}")
    };
    // Lines and columns begin at 0.
    let at = r#"src/lib.rs: Error Ra("macro-error", Error) from LineCol { line: 12, col: 16 } to LineCol { line: 12, col: 23 }: "#;
    assert_eq!(*refused, format!("{at}the manifest has no topic `order`"));
    let at = "from LineCol { line: 27, col: 35 } to LineCol { line: 27, col: 37 }: ";
    ensure!(
        mistake.contains(at) && mistake.ends_with("expected &'static str, found i64"),
        "{mistake}"
    );
    Ok(())
}
