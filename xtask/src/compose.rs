//! `docker-compose.yml` against the Compose specification: its JSON schema, and what the schema cannot say.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

/// The specification's own, kept beside its licence; `compose-spec/README.md` says whence.
const SCHEMA: &str = include_str!("../compose-spec/compose-spec.json");

pub(crate) fn run() -> Result<()> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docker-compose.yml");
    let text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
    let findings = check(&text)?;
    if !findings.is_empty() {
        bail!(
            "docker-compose.yml is not of the Compose specification:\n  {}",
            findings.join("\n  ")
        );
    }
    println!("docker-compose.yml is of the Compose specification");
    Ok(())
}

/// Everything that is wrong with a Compose file.
fn check(text: &str) -> Result<Vec<String>> {
    let file = parsed(text)?;
    let schema: Value = serde_json::from_str(SCHEMA).context("the specification's schema")?;
    let schema = jsonschema::validator_for(&schema).context("the specification's schema")?;
    let mut findings: Vec<_> = schema
        .iter_errors(&file)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    findings.extend(dangling(&file));
    Ok(findings)
}

fn parsed(text: &str) -> Result<Value> {
    // As Compose itself reads: `on` and `yes` are text.
    let options = serde_saphyr::options! { strict_booleans: true };
    serde_saphyr::from_str_with_options(text, options).context("docker-compose.yml is not YAML")
}

/// Names that a service uses and the file does not define.
fn dangling(file: &Value) -> Vec<String> {
    let mut findings = Vec::new();
    let none = serde_json::Map::new();
    let defined = |section: &str| file[section].as_object().unwrap_or(&none);
    let services = defined("services");
    for (name, service) in services {
        for other in names(&service["depends_on"]) {
            match services.get(other) {
                None => findings.push(format!("/services/{name}/depends_on: there is no service `{other}`")),
                Some(found) => {
                    let healthy = service["depends_on"][other]["condition"] == "service_healthy";
                    if healthy && found["healthcheck"]["test"].is_null() {
                        findings.push(format!("/services/{name}/depends_on: `{other}` has no health check to wait for"));
                    }
                }
            }
        }
        for network in names(&service["networks"]) {
            if network != "default" && !defined("networks").contains_key(network) {
                findings.push(format!("/services/{name}/networks: there is no network `{network}`"));
            }
        }
        let volumes = service["volumes"].as_array().into_iter().flatten();
        for volume in volumes.filter_map(Value::as_str).filter_map(|volume| volume.split(':').next()) {
            let is_path = volume.starts_with(['.', '/', '~']);
            if !is_path && !defined("volumes").contains_key(volume) {
                findings.push(format!("/services/{name}/volumes: there is no volume `{volume}`"));
            }
        }
    }
    findings
}

/// The names of a list, or of a map's keys.
fn names(value: &Value) -> Vec<&str> {
    match value {
        Value::Array(list) => list.iter().filter_map(Value::as_str).collect(),
        Value::Object(map) => map.keys().map(String::as_str).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: &str = include_str!("../../docker-compose.yml");

    #[test]
    fn our_compose_file_is_of_the_specification() {
        assert_eq!(check(OURS).unwrap(), Vec::<String>::new());
        run().unwrap();
    }

    #[test]
    fn what_is_not_of_the_specification_is_found_with_its_place() {
        for (wrong, place) in [
            ("services: {a: {image: x, imge: y}}", "/services/a"),
            ("services: {a: {image: x, ports: {no: list}}}", "/services/a/ports"),
            (
                "services: {a: {image: x, healthcheck: {test: [CMD, a], retries: [1]}}}",
                "/services/a/healthcheck/retries",
            ),
            (
                "services: {a: {image: x, depends_on: {b: {condition: service_healthy}}}}",
                "no service `b`",
            ),
            (
                "services: {a: {image: x, depends_on: {b: {condition: service_healthy}}}, b: {image: y}}",
                "no health check",
            ),
            ("services: {a: {image: x, networks: [n]}}", "no network `n`"),
            ("services: {a: {image: x, volumes: ['v:/data', './here:/there']}}", "no volume `v`"),
        ] {
            let findings = check(wrong).unwrap();
            assert!(findings.len() == 1 && findings[0].contains(place), "{wrong}: {findings:?}");
        }
        assert!(check("services: [").is_err());
    }

    /// The images, the listeners and the health checks are a matter of Kafka, not of Compose.
    #[test]
    fn the_three_brokers_of_our_compose_file_are_one_quorum() {
        let file = parsed(OURS).unwrap();
        let services = file["services"].as_object().unwrap();
        let brokers: Vec<_> = services
            .iter()
            .filter(|(_, service)| service["image"].as_str().unwrap().starts_with("apache/kafka:"))
            .collect();
        assert_eq!(brokers.len(), 3);
        let mut ids = std::collections::BTreeSet::new();
        for (name, broker) in brokers {
            let set = |variable: &str| broker["environment"][variable].to_string().trim_matches('"').to_owned();
            let id = set("KAFKA_NODE_ID");
            let voters = set("KAFKA_CONTROLLER_QUORUM_VOTERS");
            assert!(
                voters.split(',').any(|voter| voter == format!("{id}@{name}:29093")),
                "{name}: {voters}"
            );
            let port = broker["ports"][0].as_str().unwrap().split(':').nth(1).unwrap();
            let advertised = set("KAFKA_ADVERTISED_LISTENERS");
            assert_eq!(advertised, format!("INTERNAL://{name}:19092,HOST://localhost:{port}"));
            assert!(ids.insert(id));
        }
    }
}
