//! Brokers that are not there: one error, and nothing beside it.

use std::net::TcpListener;
use std::process::Command;

/// What the quickstart says of its brokers; it ends with 2.
fn error_of(brokers: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_quickstart"))
        .args(["--connect-timeout", "1", "--brokers", brokers])
        .output()
        .expect("the quickstart runs");
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert!(output.stdout.is_empty(), "{output:?}");
    String::from_utf8(output.stderr).expect("text")
}

#[test]
fn a_port_where_nobody_listens_is_one_error() {
    // It was free a moment ago.
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let said = error_of(&format!("127.0.0.1:{port}"));
    let wanted = format!(
        "error: no broker of 127.0.0.1:{port} answered within 1s: 127.0.0.1:{port}/bootstrap: Connect to ipv4#127.0.0.1:{port} failed: "
    );
    let why = said.strip_prefix(&wanted).unwrap_or_else(|| panic!("{said}"));
    // The system's own words.
    assert!(
        why.ends_with('\n') && why.lines().count() == 1 && !why.contains("127.0.0.1"),
        "{said}"
    );
}

#[test]
fn a_name_that_nobody_knows_is_one_error() {
    let said = error_of("nonsense.invalid:9092");
    assert!(
        said.starts_with("error: no broker of nonsense.invalid:9092 answered within 1s: "),
        "{said}"
    );
    assert!(
        said.lines().count() == 1 && said.matches("Failed to resolve").count() <= 1,
        "{said}"
    );
}

#[test]
fn a_list_that_is_none_is_refused_at_once() {
    let wanted = "host:port is wanted, more of them joined by commas";
    assert_eq!(
        error_of(""),
        format!("error: the configuration is refused: no broker is named: {wanted}\n")
    );
    assert_eq!(
        error_of("localhost:kafka"),
        format!("error: the configuration is refused: \"localhost:kafka\" is no broker: {wanted}\n")
    );
}
