//! Folders of many files as one contract.

use std::path::{Path, PathBuf};

use kafka_event_codegen::fingerprint::schema_json;
use kafka_event_codegen::{Builder, Contract, Diagnostic, Report};
use test_corpus::{FOLDERS, Folder, GENERATED, has_corpus};

fn folder(repository: &str) -> Option<&'static Folder> {
    has_corpus().then(|| {
        FOLDERS
            .iter()
            .find(|folder| folder.repository == repository)
            .expect("it was generated")
    })
}

fn load(paths: impl IntoIterator<Item = impl Into<PathBuf>>) -> Result<Contract, Report> {
    Builder::new().schemas(paths).load()
}

/// Each type of a folder means there what it means where its file stands with the fewest others.
fn same_as_alone(folder: &Folder, contract: &Contract) -> usize {
    let mut compared = 0;
    for generated in GENERATED.iter().filter(|generated| generated.file.starts_with(folder.repository)) {
        let path = Path::new(folder.path).join(&generated.file[folder.repository.len() + 1..]);
        if !folder.files.iter().any(|file| Path::new(file) == path) {
            continue;
        }
        for case in generated.types {
            // Of those that others define with longer docs, the types are all the same.
            let has_other_docs = |found: &Diagnostic| found.code == "KE0118" && found.message.contains(&format!("`{}`", case.name));
            if contract.warnings.diagnostics.iter().any(has_other_docs) {
                continue;
            }
            if let Some((id, _)) = contract.model.find(case.name) {
                assert_eq!(
                    Some(schema_json(&contract.model, id).as_str()),
                    case.schema,
                    "{} {}",
                    generated.file,
                    case.name
                );
                compared += 1;
            }
        }
    }
    compared
}

#[test]
fn files_come_in_any_order() {
    for repository in ["RADAR-base/RADAR-Schemas", "gbif/pipelines"] {
        let Some(folder) = folder(repository) else { return };
        let forwards = load(folder.files).unwrap_or_else(|report| panic!("{report}"));
        let backwards = load(folder.files.iter().rev()).unwrap_or_else(|report| panic!("{report}"));
        let types = |contract: &Contract| {
            let types = contract.model.types();
            types.map(|(id, _)| schema_json(&contract.model, id)).collect::<Vec<_>>()
        };
        assert_eq!(types(&forwards), types(&backwards), "{repository}");
        for contract in [forwards, backwards] {
            assert!(same_as_alone(folder, &contract) > 30, "{repository}");
        }
    }
}

#[test]
fn a_whole_folder_is_a_contract() {
    let Some(folder) = folder("RADAR-base/RADAR-Schemas") else { return };
    assert!(folder.left_out.is_empty() && folder.files.len() > 200);
    load([folder.path]).unwrap_or_else(|report| panic!("{report}"));
}

/// Two of its files define one record, and differ in its docs.
#[test]
fn one_name_with_other_docs_is_told_with_both_places() {
    let Some(folder) = folder("gbif/pipelines") else { return };
    assert!(folder.left_out.is_empty());
    let contract = load([folder.path]).unwrap_or_else(|report| panic!("{report}"));
    let told = contract.warnings.diagnostics.iter().filter(|found| found.code == "KE0118");
    assert_eq!(two_files(&contract.warnings, told).len(), 1);
}

#[test]
fn one_name_with_two_bodies_is_refused_with_both_places() {
    let Some(folder) = folder("gbif/pipelines") else { return };
    let other = tempfile::tempdir().unwrap();
    let file = folder
        .files
        .iter()
        .find(|file| file.ends_with("alaAttributionRecord.avsc") || file.contains("ttribution"));
    let file = file.unwrap_or(&folder.files[0]);
    let text = std::fs::read_to_string(file).unwrap();
    assert!(text.contains("\"string\""));
    std::fs::write(other.path().join("other.avsc"), text.replacen("\"string\"", "\"bytes\"", 1)).unwrap();
    let report = load([PathBuf::from(folder.path), other.path().to_owned()]).unwrap_err();
    let told = report.diagnostics.iter().filter(|found| found.code == "KE0106");
    let files = two_files(&report, told);
    assert!(
        files.len() == 1 && files[0][0].ends_with("other.avsc") && files[0][1] == *file,
        "{files:?}"
    );
}

/// The two files that each finding shows.
fn two_files<'r>(report: &'r Report, found: impl Iterator<Item = &'r Diagnostic>) -> Vec<[String; 2]> {
    found
        .map(|found| {
            let file = |place: usize| report.sources.file(found.labels[place].origin.file).path.clone();
            let (files, text) = ([file(0), file(1)], report.text_of(found));
            assert!(files[0] != files[1] && found.labels.len() == 2);
            assert!(files.iter().all(|file| text.contains(&format!("{file}:"))), "{text}");
            files
        })
        .collect()
}
