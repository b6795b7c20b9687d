//! Files that are missing, in the wrong place, or not what their names say.

use std::fs;

use kafka_event_codegen::Builder;

use crate::{SCHEMA, manifest_with, refused, refuses, shown, takes};

refuses! {
    missing_manifest: "job.avsc" => SCHEMA;
    manifest_not_utf8: "topics.toml" => b"version = 1\n# \xff";
    manifest_not_toml: "topics.toml" => "version = 1\n[topics.jobs\nrecord = \"Job\"\n", "job.avsc" => SCHEMA;
    manifest_value_not_toml: "topics.toml" => "version = 1\n[topics.jobs]\nrecord = Job\n", "job.avsc" => SCHEMA;
    schemas_outside: "topics.toml" => format!("schemas = [\"../elsewhere\"]\n{}", manifest_with("")), "job.avsc" => SCHEMA;
    schemas_missing: "topics.toml" => format!("schemas = [\"avro\"]\n{}", manifest_with("")), "job.avsc" => SCHEMA;
    schemas_empty: "topics.toml" => manifest_with("");
    idl: "topics.toml" => manifest_with(""), "job.avdl" => "protocol P {}";
    protocol: "topics.toml" => manifest_with(""), "job.avpr" => "{}";
    idl_whose_name_is_a_command: "topics.toml" => manifest_with(""), "a job's $(id).avdl" => "protocol P {}";
    protocol_whose_name_is_a_command: "topics.toml" => manifest_with(""), "x';id;'\".avpr" => "{}";
    idl_that_is_named: "topics.toml" => format!("schemas = [\"idl/job.avdl\"]\n{}", manifest_with("")), "idl/job.avdl" => "protocol P {}";
    schemas_listed_twice: "topics.toml" => format!("schemas = [\"a\", \"./a/\"]\n{}", manifest_with("")), "a/job.avsc" => SCHEMA;
    schema_listed_twice:
        "topics.toml" => format!("schemas = [\"job.avsc\", \"job.avsc\"]\n{}", manifest_with("")), "job.avsc" => SCHEMA;
    schema_not_json: "topics.toml" => manifest_with(""), "job.avsc" => "type: record\n";
    schema_cut_short: "topics.toml" => manifest_with(""), "job.avsc" => SCHEMA[..200];
    schema_empty: "topics.toml" => manifest_with(""), "job.avsc" => "";
    schema_not_utf8: "topics.toml" => manifest_with(""), "job.avsc" => b"{\"type\": \"\xe9\"}";
    trailing_comma: "topics.toml" => manifest_with(""), "job.avsc" => SCHEMA.replace("}}\n  ]", "}},\n  ]");
    key_twice: "topics.toml" => manifest_with(""), "job.avsc" => SCHEMA.replace("\"namespace\"", "\"name\"");
    two_values: "topics.toml" => manifest_with(""), "job.avsc" => format!("{SCHEMA}{SCHEMA}");
    schemas_in_the_whole_package: "topics.toml" => manifest_with(""), "Cargo.toml" => "", "job.avsc" => SCHEMA;
    folders_too_deep: "topics.toml" => manifest_with(""), "job.avsc" => SCHEMA, &format!("{}job.avsc", "d/".repeat(33)) => SCHEMA;
}

takes! {
    several_folders with 0:
        "topics.toml" => format!("schemas = [\"a\", \"b\", \"c/job.avsc\"]\n{}", manifest_with("")),
        "a/one.avsc" => r#"{"type": "record", "name": "One", "fields": []}"#,
        "b/two.avsc" => r#"{"type": "record", "name": "Two", "fields": [{"name": "one", "type": "One"}]}"#,
        "c/job.avsc" => SCHEMA, "c/other.avsc" => "not read";
    folder_within_a_folder with 1: "topics.toml" => format!("schemas = [\"a/b\", \"a\"]\n{}", manifest_with("")), "a/b/job.avsc" => SCHEMA;
    file_within_a_folder with 1:
        "topics.toml" => format!("schemas = [\"a\", \"a/job.avsc\"]\n{}", manifest_with("")), "a/job.avsc" => SCHEMA;
    idl_beside_schemas with 1: "topics.toml" => manifest_with(""), "job.avsc" => SCHEMA, "source/job.avdl" => "protocol P {}";
    protocol_beside_schemas with 1: "topics.toml" => manifest_with(""), "job.avsc" => SCHEMA, "job.avpr" => "{}";
}

/// Bazel, Nix and monorepos lay schemas out as links.
#[cfg(unix)]
#[test]
fn links_are_followed_to_files() {
    use std::os::unix::fs::symlink;

    let folder = tempfile::tempdir().unwrap();
    let schemas = folder.path().join("schemas");
    fs::create_dir_all(&schemas).unwrap();
    fs::write(folder.path().join("job.json"), SCHEMA).unwrap();
    fs::write(schemas.join("topics.toml"), manifest_with("")).unwrap();
    symlink("../job.json", schemas.join("job.avsc")).unwrap();
    symlink(".", schemas.join("circle")).unwrap();
    symlink("me@here.4711", schemas.join(".#job.avsc")).unwrap();
    let load = || Builder::new().below(folder.path()).load();
    assert!(load().unwrap().inputs.contains(&schemas.join("job.avsc")));

    symlink("../nothing.json", schemas.join("lost.avsc")).unwrap();
    insta::assert_snapshot!("link_to_nothing", shown(&load().map(|_| ()).unwrap_err(), 1));
}

/// A contract from outside reads nothing of the machine, and ends.
#[cfg(unix)]
#[test]
fn links_lead_nowhere_else() {
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;

    let elsewhere = tempfile::tempdir().unwrap();
    let theirs = elsewhere.path().join("theirs");
    fs::create_dir(&theirs).unwrap();
    fs::write(theirs.join("secret.avsc"), "\"a secret\"").unwrap();
    let links = |name: &str, to: &std::path::Path| {
        let folder = tempfile::tempdir().unwrap();
        let schemas = folder.path().join("schemas");
        fs::create_dir_all(&schemas).unwrap();
        fs::write(schemas.join("job.avsc"), SCHEMA).unwrap();
        fs::write(
            schemas.join("topics.toml"),
            format!("schemas = [\"job.avsc\", \"{name}\"]\n{}", manifest_with("")),
        )
        .unwrap();
        symlink(to, schemas.join(name)).unwrap();
        let report = Builder::new().below(folder.path()).load().map(|_| ()).unwrap_err();
        let text = shown(&report, 1);
        assert!(!text.contains("a secret"), "{text}");
        text
    };
    insta::assert_snapshot!("link_to_a_file_elsewhere", links("link.avsc", &theirs.join("secret.avsc")));
    insta::assert_snapshot!("link_to_a_folder_elsewhere", links("folder", &theirs));
    // To itself, and to what never ends.
    assert!(links("circle.avsc", "circle.avsc".as_ref()).contains("KE0005"));
    assert!(links("zero.avsc", "/dev/zero".as_ref()).contains("KE0011"));

    // Where they are found, and not named.
    let folder = tempfile::tempdir().unwrap();
    let schemas = folder.path().join("schemas");
    fs::create_dir_all(schemas.join("folder.avsc")).unwrap();
    fs::write(schemas.join("job.avsc"), SCHEMA).unwrap();
    fs::write(schemas.join("topics.toml"), manifest_with("")).unwrap();
    symlink("/dev/zero", schemas.join("zero.avsc")).unwrap();
    symlink(&theirs, schemas.join("elsewhere")).unwrap();
    let _socket = UnixListener::bind(schemas.join("socket.avsc")).unwrap();
    let pipe = std::process::Command::new("mkfifo").arg(schemas.join("pipe.avsc")).status();
    assert!(pipe.unwrap().success());
    let contract = Builder::new()
        .below(folder.path())
        .load()
        .unwrap_or_else(|report| panic!("{report}"));
    assert_eq!(contract.inputs.len(), 3, "{:?}", contract.inputs);
    // A pipe in the place of the manifest is not waited for.
    fs::remove_file(schemas.join("topics.toml")).unwrap();
    fs::rename(schemas.join("pipe.avsc"), schemas.join("topics.toml")).unwrap();
    assert!(
        Builder::new()
            .below(folder.path())
            .load()
            .map(|_| ())
            .unwrap_err()
            .to_string()
            .contains("it is not a file")
    );
}

/// A sandbox of links alone, as a build system makes it: the manifest is given, and so is the folder that it truly is in.
#[cfg(unix)]
#[test]
fn a_sandbox_of_links_is_read() {
    use std::os::unix::fs::symlink;

    let (truly, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let schemas = folder.path().join("schemas");
    fs::create_dir_all(&schemas).unwrap();
    for (name, text) in [("job.avsc", SCHEMA), ("topics.toml", &manifest_with(""))] {
        fs::write(truly.path().join(name), text).unwrap();
        symlink(truly.path().join(name), schemas.join(name)).unwrap();
    }
    let contract = Builder::new().below(folder.path()).load();
    assert!(contract.is_ok(), "{}", contract.unwrap_err());
    assert!(Builder::new().schemas([schemas.join("job.avsc")]).load().is_ok());
}

/// Comments are no reason to refuse a schema; what follows them has its place.
#[test]
fn places_behind_comments_are_right() {
    let schema = format!("// who: we\n/* and\nmore */ {}", SCHEMA.replace("\"double\"", "\"duble\""));
    let report = refused(&[("topics.toml", manifest_with("").as_bytes()), ("job.avsc", schema.as_bytes())]);
    let text = shown(&report, 1);
    assert!(text.contains("job.avsc:10:30"), "{text}");
    assert!(text.contains("did you mean `double`?"), "{text}");
}

/// A byte-order mark and carriage returns do not move places.
#[test]
fn places_in_files_of_windows_are_right() {
    let schema = format!("\u{feff}{}", SCHEMA.replace("\"double\"", "\"duble\"").replace('\n', "\r\n"));
    let report = refused(&[("topics.toml", manifest_with("").as_bytes()), ("job.avsc", schema.as_bytes())]);
    assert!(shown(&report, 1).contains("job.avsc:8:30"), "{report}");
}
