//! Where the manifest is: at or below the package, or where the user wrote it out.

use std::path::{Component, Path};
use std::sync::Arc;

use kafka_event_attributes::Own;
use kafka_event_codegen::emit::own::{self, OwnError, OwnWord};
use kafka_event_codegen::{Builder, Contract, Report, nearest};

use crate::package::Package;
use crate::{contracts, told};

/// Where the manifest is, if nothing says otherwise.
const MANIFEST: &str = "schemas/topics.toml";

/// A contract with the files that the expansion depends on, relative to the package.
pub(crate) struct Found {
    pub(crate) contract: Arc<Contract>,
    pub(crate) tracked: Vec<String>,
}

/// The contract of a type; where there is none, the error prints what the type would begin it with.
pub(crate) fn contract(own: &Own, manifest: Option<&OwnWord>) -> syn::Result<Found> {
    let place = own.place();
    let package = Package::here().map_err(|message| syn::Error::new(place, message))?;
    let home = &package.home;
    let (path, span, names_it) = match manifest {
        Some(manifest) => (&manifest.text, manifest.span, None),
        None => {
            let manifest = package.manifest.as_ref();
            let manifest = manifest.map_err(|report| told::refused(report, &home.join("Cargo.toml"), own.name(), place))?;
            // It may name another manifest one day. Other tools than cargo build without it.
            (manifest, place, Some(home.join("Cargo.toml")).filter(|file| file.is_file()))
        }
    };
    let start = || own::first_help(home, path, own.start());
    check_path(&package.folder, home, path, manifest.is_some() || path != MANIFEST, start)
        .map_err(|message| syn::Error::new(span, message))?;
    let read = contracts::contract(home, path);
    let refused = |report: &Report| told::refused(report, &home.join(path), own.name(), span);
    let contract = read.contract.as_ref().map_err(refused)?.clone();
    // Trybuild builds its package anew each time, and the files are not below it.
    let untold = if *home == package.folder {
        let names_it = names_it.filter(|file| contracts::is_untold(file));
        names_it.into_iter().chain(read.untold()).collect()
    } else {
        Vec::new()
    };
    let tracked = untold.iter().filter_map(|file| below(&package.folder, file)).collect();
    Ok(Found { contract, tracked })
}

/// The contract of a type that failed, as far as there is one: what is wrong with it was said.
pub(crate) fn known(manifest: Option<&OwnWord>) -> Option<Arc<Contract>> {
    let package = Package::here().ok()?;
    let home = &package.home;
    let path = match manifest {
        Some(manifest) => &manifest.text,
        None => package.manifest.as_ref().ok()?,
    };
    let is_below = !Path::new(path).is_absolute() && home.join(path).is_file();
    is_below
        .then(|| contracts::contract(home, path).contract.as_ref().ok().cloned())
        .flatten()
}

/// A file's path from a folder, as code has it; nothing of one that is not UTF-8, which cannot be spelled there.
fn below(folder: &Path, file: &Path) -> Option<String> {
    let below = file.strip_prefix(folder).ok()?.to_str()?;
    Some(if cfg!(windows) {
        below.replace('\\', "/")
    } else {
        below.to_owned()
    })
}

/// What the emitters refuse, each where it is wrong.
pub(crate) fn refuse(errors: Vec<OwnError>, input: &syn::DeriveInput) -> syn::Error {
    let errors = errors.into_iter().map(|error| syn::Error::new(error.span, error.message));
    all(errors).unwrap_or_else(|| syn::Error::new(input.ident.span(), "the type does not fit the contract"))
}

/// Whether a path goes up from where it begins.
fn leads_out(path: &str) -> bool {
    let mut depth = 0_i32;
    Path::new(path).components().any(|part| {
        match part {
            Component::ParentDir => depth -= 1,
            Component::Normal(_) => depth += 1,
            _ => {}
        }
        depth < 0
    })
}

/// Why no manifest can be where a package has it: elsewhere it would not be there, or it is not here, and `start` is what to write.
fn check_path(package: &Path, home: &Path, path: &str, is_said: bool, start: impl FnOnce() -> Option<String>) -> Result<(), String> {
    if Path::new(path).is_absolute() {
        return Err("the manifest's path is absolute, and no other machine has it\nhelp: write it relative to the package".to_owned());
    }
    let is_outside = leads_out(path);
    if is_outside && Builder::is_packaged(home) {
        return Err(format!(
            "the manifest `{path}` is outside of the package, and is not published with it\nhelp: keep the manifest and its schemas below the package's folder, where `cargo package` takes them along"
        ));
    }
    // What else is wrong with it is said where it is read.
    if home.join(path).symlink_metadata().is_ok() {
        return Ok(());
    }
    let why = format!("there is no manifest `{path}`");
    if package.parent().is_some_and(|folder| folder.ends_with("tests/trybuild")) && package == home {
        return Err(format!(
            "{why}\nhelp: this package is trybuild's, and does not say whose tests it runs: let the tests copy the schemas into its folder, `target/tests/trybuild/NAME`"
        ));
    }
    if let Some(other) = is_said.then(|| other_manifest(home, path)).flatten() {
        return Err(format!(
            "{why}\nhelp: did you mean `{other}`? The path begins at the package's folder"
        ));
    }
    if let Some(other) = near_manifest(home, path).filter(|_| !is_said) {
        return Err(format!(
            "{why}\nhelp: did you mean `{other}`? Call it so, or say where it is, from the package's folder: `[package.metadata.kafka-event] manifest = \"{other}\"` in `Cargo.toml`"
        ));
    }
    // The contract that the package has is more likely meant than another.
    let named = Builder::manifest_of(home)
        .ok()
        .filter(|named| named != path && home.join(named).is_file());
    let named = named.map(|named| format!("\nhelp: without `manifest = …` it is `{named}`, which the package has"));
    let named = named.unwrap_or_default();
    let start = start().unwrap_or_else(|| "\nhelp: write one: `version = 1`, then a table `[topics.NAME]` for each topic".to_owned());
    Err(if is_outside {
        format!("{why}\nhelp: the path begins at the package's folder, and leads out of it{named}{start}")
    } else if is_said {
        format!("{why}\nhelp: the path begins at the package's folder{named}{start}")
    } else {
        format!(
            "{why}{start}\nhelp: or say where it is, from the package's folder: `[package.metadata.kafka-event] manifest = \"…\"` in `Cargo.toml`"
        )
    })
}

/// One beside it whose name is nearly that.
fn near_manifest(home: &Path, path: &str) -> Option<String> {
    let (folder, file) = path.split_at(path.rfind('/').map_or(0, |slash| slash + 1));
    let stem = |file: &str| file.strip_suffix(".toml").map(str::to_owned);
    let files = home.join(folder).read_dir().into_iter().flatten().flatten();
    let mut stems: Vec<String> = files.filter_map(|file| stem(file.file_name().to_str()?)).collect();
    // The order of a folder's files is the machine's own; and that of a package is no manifest.
    stems.sort();
    stems.retain(|stem| stem != "Cargo");
    let wanted = Path::new(file).file_stem()?.to_str()?;
    nearest(wanted, stems.iter().map(String::as_str)).map(|near| format!("{folder}{near}.toml"))
}

/// A manifest that is there, and may be what a path was meant to name: to start another beside it would make a second contract.
fn other_manifest(home: &Path, path: &str) -> Option<String> {
    let is_there = |manifest: &String| home.join(manifest).is_file();
    // What is wrong with the package's word is told where it is asked for.
    let named = || {
        Builder::manifest_of(home)
            .ok()
            .filter(|named| is_meant(path, named) && is_there(named))
    };
    near_manifest(home, path)
        .or_else(named)
        .or_else(|| Some(MANIFEST.to_owned()).filter(is_there))
}

/// Whether a path is nearly another, or leads to a file of the same name.
fn is_meant(path: &str, other: &str) -> bool {
    nearest(path, [other]).is_some() || Path::new(path).file_name() == Path::new(other).file_name()
}

/// All errors as one, so that all are shown.
pub(crate) fn all(errors: impl IntoIterator<Item = syn::Error>) -> Option<syn::Error> {
    errors.into_iter().reduce(|mut all, error| {
        all.combine(error);
        all
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// What to write is told wherever the manifest is looked for, and before what else may help.
    #[test]
    fn where_there_is_none_it_is_begun() {
        let root = tempfile::tempdir().unwrap();
        let package = root.path().join("jobs");
        fs::create_dir(&package).unwrap();
        let check = |path: &str, is_said: bool, start: Option<&str>| {
            let start = start.map(|text| format!("\nhelp: {text}"));
            check_path(&package, &package, path, is_said, || start).unwrap_err()
        };
        let message = check("schemas/topics.toml", false, Some("to start one"));
        assert!(
            message.starts_with("there is no manifest `schemas/topics.toml`\nhelp: to start one\nhelp: or say where it is"),
            "{message}"
        );
        for path in ["contract/topics.toml", "../topics.toml"] {
            let message = check(path, true, Some("to start one"));
            assert!(message.ends_with("\nhelp: to start one"), "{message}");
        }
        let message = check("schemas/topics.toml", false, None);
        assert!(message.contains("\nhelp: write one: `version = 1`"), "{message}");
        fs::create_dir(package.join("schemas")).unwrap();
        fs::write(package.join("schemas/topic.toml"), "").unwrap();
        let message = check("schemas/topics.toml", false, Some("to start one"));
        assert!(
            message.contains("\nhelp: did you mean `schemas/topic.toml`? Call it so"),
            "{message}"
        );
        assert!(!message.contains("to start one"), "{message}");
    }

    /// To start one in its place would make a second contract.
    #[test]
    fn one_that_is_there_is_named() {
        let root = tempfile::tempdir().unwrap();
        let package = root.path().join("jobs");
        fs::create_dir_all(package.join("schemas")).unwrap();
        fs::create_dir_all(package.join("others")).unwrap();
        let check = |path: &str| check_path(&package, &package, path, true, || Some("\nhelp: to start one".to_owned())).unwrap_err();
        for file in ["Cargo.toml", "../topics.toml", "others/jobs.toml"] {
            fs::write(package.join(file), "").unwrap();
        }
        assert!(check("schemas/topic.toml").ends_with("help: to start one"));
        assert!(check("Cargoo.toml").ends_with("help: to start one"));
        fs::write(package.join("schemas/topics.toml"), "").unwrap();
        for (path, other) in [
            ("schemas/topic.toml", "schemas/topics.toml"),
            ("schemas/topics.tml", "schemas/topics.toml"),
            ("schema/topics.toml", "schemas/topics.toml"),
            ("topics.toml", "schemas/topics.toml"),
            ("others/job.toml", "others/jobs.toml"),
            ("../topic.toml", "../topics.toml"),
        ] {
            let message = check(path);
            assert!(message.contains(&format!("\nhelp: did you mean `{other}`?")), "{message}");
            assert!(!message.contains("to start one"), "{message}");
        }
        // The one that the package names stands before the usual one.
        let named = "[package]\nname = \"jobs\"\n[package.metadata.kafka-event]\nmanifest = \"others/jobs.toml\"\n";
        fs::write(package.join("Cargo.toml"), named).unwrap();
        for path in ["other/jobs.toml", "others/job/s.toml", "contract/of/jobs.toml"] {
            let message = check(path);
            assert!(message.contains("\nhelp: did you mean `others/jobs.toml`?"), "{message}");
        }
        assert!(check("billing/refunds.toml").contains("`schemas/topics.toml`?"));
        // One that is not meant is named all the same, before another is begun.
        fs::remove_file(package.join("schemas/topics.toml")).unwrap();
        let message = check("billing/refunds.toml");
        let named = "\nhelp: without `manifest = …` it is `others/jobs.toml`, which the package has\nhelp: to start one";
        assert!(message.ends_with(named), "{message}");
    }

    #[test]
    fn a_manifest_is_where_the_package_has_it() {
        let root = tempfile::tempdir().unwrap();
        let package = root.path().join("crates/jobs");
        fs::create_dir_all(package.join("schemas")).unwrap();
        for file in ["topics.toml", "crates/jobs/schemas/topics.toml"] {
            fs::write(root.path().join(file), "version = 1\n").unwrap();
        }
        let check = |path: &str| check_path(&package, &package, path, true, || None);
        assert_eq!(check("schemas/topics.toml"), Ok(()));
        assert_eq!(check("../../topics.toml"), Ok(()));
        assert!(
            check("/schemas/topics.toml")
                .unwrap_err()
                .starts_with("the manifest's path is absolute")
        );
        assert!(
            check("schemas/other.toml")
                .unwrap_err()
                .starts_with("there is no manifest `schemas/other.toml`")
        );

        // As it is published, although the file is there.
        let generated = "# THIS FILE IS AUTOMATICALLY GENERATED BY CARGO\n";
        fs::write(package.join("Cargo.toml"), generated).unwrap();
        fs::write(package.join("Cargo.toml.orig"), "").unwrap();
        assert_eq!(check("schemas/topics.toml"), Ok(()));
        assert!(check("../../topics.toml").unwrap_err().contains("is outside of the package"));

        let made = root.path().join("target/tests/trybuild/jobs");
        let message = check_path(&made, &made, "schemas/topics.toml", false, || None).unwrap_err();
        assert!(message.contains("let the tests copy the schemas"), "{message}");
    }
}
