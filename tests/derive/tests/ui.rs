//! What the compiler says where the derive cannot go on.

use std::path::Path;
use std::{fs, io};

/// Each case is a program of its own, built in a package that trybuild makes: the contract is copied to where that package looks for it.
#[test]
fn errors_say_where_why_and_what_to_do() {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .parent()
        .expect("the folder is below the target folder");
    copy(Path::new("schemas"), &target.join("tests/trybuild/test-derive/schemas")).unwrap();
    let cases = trybuild::TestCases::new();
    cases.pass("tests/ui/good*.rs");
    cases.compile_fail("tests/ui/bad_*.rs");
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() {
            copy(&from, &to)?;
        } else {
            fs::copy(&from, &to)?;
        }
    }
    Ok(())
}
