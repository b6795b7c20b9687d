//! The package is copied to where no workspace is, and its own tests are run there.

use std::fs;
use std::path::Path;
use std::process::Output;

use anyhow::{Context as _, Result, ensure};
use test_outside::{copied, root, run};

fn cargo(folder: &Path, arguments: &[&str]) -> Result<Output> {
    run(env!("CARGO"), folder, arguments)
}

/// Makes what would be published, and builds it where cargo unpacks it: our crates are those of this repository, as if they were published.
fn packaged(folder: &Path) -> Result<Output> {
    let root = root()?;
    let ours = [("kafka-event", "runtime"), ("kafka-event-codegen", "codegen")];
    let ours = ours.map(|(name, place)| format!("patch.crates-io.{name}.path = {:?}", root.join(place)));
    cargo(
        folder,
        &["package", "--offline", "--allow-dirty", "--config", &ours[0], "--config", &ours[1]],
    )
}

#[test]
fn its_tests_pass_without_a_warning() -> Result<()> {
    let folder = copied()?;
    let output = cargo(folder.path(), &["test", "--quiet"])?;
    let (printed, errors) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    ensure!(output.status.success(), "cargo test failed:\n{printed}\n{errors}");
    ensure!(!errors.contains("warning:"), "cargo test warns:\n{errors}");
    ensure!(printed.contains("test result: ok. 9 passed"), "{printed}");
    Ok(())
}

#[test]
fn what_is_published_has_its_contract() -> Result<()> {
    let folder = copied()?;
    let listed = cargo(folder.path(), &["package", "--list", "--offline", "--allow-dirty"])?;
    let listed = String::from_utf8(listed.stdout)?;
    for file in ["schemas/topics.toml", "schemas/order.avsc", "contract/schemas/hit.avsc"] {
        ensure!(listed.lines().any(|line| line == file), "{file} is not in it:\n{listed}");
    }
    let output = packaged(folder.path())?;
    let errors = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "cargo package failed:\n{errors}");
    ensure!(errors.contains("Verifying shop v0.0.0"), "it was not built:\n{errors}");
    Ok(())
}

/// Within its repository it builds, since the contract is there; elsewhere it would not.
#[test]
fn what_leaves_its_contract_behind_is_not_published() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let package = folder.path().join("left-behind");
    let write = |name: &str, text: &str| -> Result<()> {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().context("a file is in a folder")?)?;
        Ok(fs::write(path, text)?)
    };
    let runtime = root()?.join("runtime");
    write(
        "left-behind/Cargo.toml",
        &format!(
            "[package]\nname = \"left-behind\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
             [package.metadata.kafka-event]\nmanifest = \"../contract/topics.toml\"\n\n\
             [dependencies]\nkafka-event = {{ path = {runtime:?}, version = \"=0.1.0\", default-features = false, features = [\"derive\"] }}\n"
        ),
    )?;
    write(
        "left-behind/src/lib.rs",
        "//! An event.\n\n/// An order.\n#[derive(kafka_event::KafkaEvent)]\n#[kafka(topic = \"orders\")]\n\
         pub struct Order {\n    /// Which.\n    pub id: i64,\n}\n",
    )?;
    write(
        "contract/topics.toml",
        "version = 1\n\n[topics.orders]\nrecord = \"Order\"\nkey = \"id\"\npartitions = 3\nretention = \"7d\"\ncompression = \"lz4\"\n",
    )?;
    write(
        "contract/order.avsc",
        r#"{"type": "record", "name": "Order", "fields": [{"name": "id", "type": "long"}]}"#,
    )?;
    fs::copy(root()?.join("Cargo.lock"), package.join("Cargo.lock"))?;
    let built = cargo(&package, &["build", "--quiet"])?;
    ensure!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));

    let output = packaged(&package)?;
    let errors = String::from_utf8_lossy(&output.stderr);
    ensure!(!output.status.success(), "it would be published");
    let wanted = "the manifest `../contract/topics.toml` is outside of the package, and is not published with it";
    ensure!(errors.contains(wanted), "{errors}");
    Ok(())
}

/// The derive knows it by its name in `Cargo.toml`, or in that of the workspace, in each edition without a warning; a type that fails has its own error,
/// and help that is to be pasted.
#[test]
fn what_calls_the_runtime_otherwise_need_not_say_so() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let write = |name: &str, text: &str| -> Result<()> {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().context("a file is in a folder")?)?;
        Ok(fs::write(path, text)?)
    };
    let runtime = root()?.join("runtime");
    let ours = format!("{{ package = \"kafka-event\", path = {runtime:?}, default-features = false, features = [\"derive\"] }}");
    write(
        "Cargo.toml",
        &format!(
            "[workspace]\nmembers = [\"of-its-own\", \"of-the-workspace\"]\nresolver = \"3\"\n\n[workspace.dependencies]\nke = {ours}\n"
        ),
    )?;
    for (name, dependency, edition) in [
        ("of-its-own", ours.as_str(), 2018),
        ("of-the-workspace", "{ workspace = true }", 2024),
    ] {
        let package =
            format!("[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"{edition}\"\n\n[dependencies]\nke = {dependency}\n");
        write(&format!("{name}/Cargo.toml"), &package)?;
        write(
            &format!("{name}/schemas/topics.toml"),
            "version = 1\n\n[topics.orders]\nrecord = \"Order\"\nkey = \"id\"\npartitions = 3\nretention = \"7d\"\ncompression = \"lz4\"\n",
        )?;
        write(
            &format!("{name}/schemas/order.avsc"),
            r#"{"type": "record", "name": "Order", "fields": [
                {"name": "id", "type": {"type": "string", "logicalType": "uuid"}},
                {"name": "state", "type": {"type": "enum", "name": "State", "symbols": ["NEW"]}, "default": "NEW"}
            ]}"#,
        )?;
        write(
            &format!("{name}/src/lib.rs"),
            "//! An event.\n\n/// Its id.\n#[derive(Debug, ke::KafkaEvent)]\npub struct Id(ke::uuid::Uuid);\n\n/// An order.\n\
             #[derive(Debug, ke::KafkaEvent)]\n#[kafka(topic = \"orders\")]\npub struct Order {\n    /// Which.\n    pub id: Id,\n    \
             /// How it is.\n    pub state: State,\n}\n\n/// A state.\n\
             #[derive(Debug, ke::KafkaEvent)]\n#[kafka(enum = \"State\")]\npub enum State {\n    /// Placed.\n    New,\n}\n",
        )?;
    }
    fs::copy(root()?.join("Cargo.lock"), folder.path().join("Cargo.lock"))?;
    let built = cargo(folder.path(), &["check", "--quiet", "--offline"])?;
    let errors = String::from_utf8_lossy(&built.stderr);
    ensure!(built.status.success() && !errors.contains("warning"), "{errors}");

    let failing = "//! An event.\n#[derive(ke::KafkaEvent)]\n#[kafka(topic = \"orders\")]\nstruct Order {}\n";
    write("of-its-own/src/lib.rs", failing)?;
    let output = cargo(folder.path(), &["check", "--quiet", "--offline", "--package", "of-its-own"])?;
    let errors = String::from_utf8_lossy(&output.stderr);
    ensure!(errors.contains("id: ke::uuid::Uuid,"), "{errors}");
    ensure!(errors.contains("due to 1 previous error"), "{errors}");
    Ok(())
}
