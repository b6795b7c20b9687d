//! The code that is reviewed is the code that the flagship's contract becomes.

use std::path::Path;
use std::process::Command;

#[test]
fn the_golden_code_is_up_to_date() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
    let output = Command::new(env!("CARGO_BIN_EXE_kafka-event"))
        .args(["generate", "--out", "tests/golden/src", "--check"])
        .current_dir(root)
        .output()
        .expect("the command starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
