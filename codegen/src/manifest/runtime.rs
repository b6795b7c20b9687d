//! What a package calls the runtime that it depends on, where its `Cargo.toml` renames it: `ke = { package = "kafka-event", … }`.

use std::fs;
use std::path::{Path, PathBuf};

use toml_spanner::{Arena, Item, Table};

const PACKAGE: &str = "kafka-event";

/// The name of the runtime's crate in a package's code; `None` where it is the usual one, or may be.
///
/// What compiles by the usual name is left alone: only of a dependency that is there for every target and feature is it certain that its own name leads
/// there, and only where nothing is called `kafka_event` may the usual name lead nowhere.
///
/// What is looked at beside the package's own file is added to `inputs`.
pub(crate) fn renamed(package: &Path, inputs: &mut Vec<PathBuf>) -> Option<String> {
    let text = fs::read_to_string(package.join("Cargo.toml")).ok()?;
    let arena = Arena::new();
    let root = toml_spanner::parse(&text, &arena).ok()?;
    let usual = |name: &str| crate_name(name) == crate_name(PACKAGE);
    let own = [root["package"]["name"].as_str(), root["lib"]["name"].as_str()];
    let targets = root["target"].as_table().into_iter().flat_map(Table::entries);
    let mut tables = dependencies(root.table());
    tables.extend(targets.filter_map(|(_, target)| target.as_table()).flat_map(dependencies));
    let mut names = tables.iter().flat_map(|table| table.entries()).map(|(name, _)| name.as_str());
    if names.any(usual) || own.into_iter().flatten().any(usual) {
        return None;
    }
    // In the code of 2015 a path begins at the crate's own root, where only what it declares is.
    if root["package"]["edition"]
        .item()
        .is_none_or(|edition| edition.as_str() == Some("2015"))
    {
        return None;
    }
    let mut ours = root["dependencies"].as_table()?.entries().iter().filter(|(name, dependency)| {
        let is_there = dependency["optional"].as_bool() != Some(true);
        let from = || root["package"]["workspace"].as_str();
        is_there
            && (is_runtime(dependency)
                || dependency["workspace"].as_bool() == Some(true) && is_workspaces(package, from(), name.as_str(), inputs))
    });
    match (ours.next(), ours.next()) {
        (Some((name, _)), None) => Some(crate_name(name.as_str())),
        _ => None,
    }
}

/// A package as code names its crate.
fn crate_name(package: &str) -> String {
    package.replace('-', "_")
}

/// The tables of dependencies in another, of whichever kind.
fn dependencies<'t>(table: &'t Table<'t>) -> Vec<&'t Table<'t>> {
    let entries = table.entries().iter();
    let named = entries.filter(|(name, _)| name.as_str().ends_with("dependencies"));
    named.filter_map(|(_, dependencies)| dependencies.as_table()).collect()
}

fn is_runtime(dependency: &Item<'_>) -> bool {
    dependency["package"].as_str() == Some(PACKAGE)
}

/// Whether the workspace that a package is in says of a dependency that it is the runtime.
fn is_workspaces(package: &Path, said: Option<&str>, name: &str, inputs: &mut Vec<PathBuf>) -> bool {
    let mut is = |folder: &Path| {
        let file = folder.join("Cargo.toml");
        let text = fs::read_to_string(&file).ok();
        inputs.push(file);
        let text = text?;
        let arena = Arena::new();
        let root = toml_spanner::parse(&text, &arena).ok()?;
        let workspace = root["workspace"].as_table()?;
        let dependency = workspace.get("dependencies").and_then(|dependencies| dependencies[name].item());
        Some(dependency.is_some_and(is_runtime))
    };
    match said {
        Some(said) => is(&package.join(said)),
        None => package.ancestors().find_map(is),
    }
    .unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_that_a_dependency_has_here() {
        let root = tempfile::tempdir().unwrap();
        let package = root.path().join("crates/jobs");
        fs::create_dir_all(&package).unwrap();
        let of = |dependencies: &str| {
            let text = format!("[package]\nname = \"jobs\"\nedition = \"2024\"\n{dependencies}");
            fs::write(package.join("Cargo.toml"), text).unwrap();
            renamed(&package, &mut Vec::new())
        };
        let ke = "ke = { package = \"kafka-event\", version = \"1\" }\n";
        let name = Some("our_kafka".to_owned());
        assert_eq!(of(&format!("[dependencies]\n{}", ke.replace("ke =", "our-kafka ="))), name);
        assert_eq!(of("[dependencies.our_kafka]\npackage = \"kafka-event\"\nversion = \"1\"\n"), name);
        // The usual name is that of something here, or its own is not everywhere.
        for other in [
            "[dependencies]\nkafka-event = \"1\"\n".to_owned(),
            "[dependencies]\nkafka_event = \"1\"\n".to_owned(),
            format!("[dependencies]\n{ke}kafka-event = \"1\"\n"),
            format!("[dependencies]\n{ke}kafka_event = {{ package = \"platform\", version = \"1\" }}\n"),
            format!("[dependencies]\n{ke}[dev-dependencies]\nkafka-event = \"1\"\n"),
            format!("[dependencies]\n{ke}[build-dependencies]\nkafka-event = \"1\"\n"),
            format!("[dependencies]\n{ke}[target.'cfg(unix)'.dependencies]\nkafka-event = \"1\"\n"),
            format!("[dependencies]\n{ke}[target.x.dev-dependencies.kafka-event]\nversion = \"1\"\n"),
            format!("[dependencies]\n{ke}[lib]\nname = \"kafka_event\"\n"),
            format!("[dependencies]\n{ke}{}", ke.replace("ke =", "other =")),
            format!("[dependencies]\n{}", ke.replace("version", "optional = true, version")),
            format!("[dev-dependencies]\n{ke}"),
            format!("[build-dependencies]\n{ke}"),
            format!("[target.'cfg(unix)'.dependencies]\n{ke}"),
            "[dependencies]\nke = \"1\"\n".to_owned(),
            "dependencies = 3\n".to_owned(),
            "dependencies".to_owned(),
            String::new(),
        ] {
            assert_eq!(of(&other), None, "{other}");
        }
        let text = format!("[package]\nname = \"jobs\"\n[dependencies]\n{ke}");
        fs::write(package.join("Cargo.toml"), text).unwrap();
        assert_eq!(renamed(&package, &mut Vec::new()), None);
    }

    #[test]
    fn a_workspace_may_say_what_a_dependency_is() {
        let root = tempfile::tempdir().unwrap();
        let package = root.path().join("crates/jobs");
        fs::create_dir_all(&package).unwrap();
        let write = |folder: &Path, text: &str| fs::write(folder.join("Cargo.toml"), text).unwrap();
        let member = "[package]\nname = \"jobs\"\nedition.workspace = true\n[dependencies]\nke.workspace = true\n";
        write(&package, member);
        assert_eq!(renamed(&package, &mut Vec::new()), None);
        write(root.path(), "[workspace]\n[workspace.dependencies]\nke = \"1\"\n");
        assert_eq!(renamed(&package, &mut Vec::new()), None);
        let workspace = "[workspace]\n[workspace.dependencies]\nke = { package = \"kafka-event\", version = \"1\" }\n";
        write(root.path(), workspace);
        assert_eq!(renamed(&package, &mut Vec::new()).as_deref(), Some("ke"));
        // A nearer one has nothing of it, unless the package says which is its own.
        write(&root.path().join("crates"), "[workspace]\n");
        assert_eq!(renamed(&package, &mut Vec::new()), None);
        write(&package, &member.replace("edition", "workspace = \"../..\"\nedition"));
        assert_eq!(renamed(&package, &mut Vec::new()).as_deref(), Some("ke"));
    }
}
