//! Folders of many files as one contract.

use std::path::{Path, PathBuf};

use kafka_event_codegen::fingerprint::schema_json;
use kafka_event_codegen::{Builder, Contract, Report};
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

#[test]
fn one_name_with_two_bodies_is_refused_with_both_places() {
    let Some(folder) = folder("gbif/pipelines") else { return };
    let report = load([folder.path]).unwrap_err();
    let errors: Vec<_> = report.diagnostics.iter().filter(|found| found.code.starts_with("KE0106")).collect();
    assert_eq!(errors.len(), folder.left_out.len());
    for (found, left_out) in errors.iter().zip(folder.left_out) {
        let files: Vec<&str> = found
            .labels
            .iter()
            .map(|label| report.sources.file(label.origin.file).path.as_str())
            .collect();
        assert!(files.len() == 2 && files[0] == *left_out && files[1] != *left_out, "{files:?}");
        let text = report.text_of(found);
        assert!(files.iter().all(|file| text.contains(&format!("{file}:2:10"))), "{text}");
    }
    assert_eq!(errors.len(), 1);
}
