//! What the compiler says where the derive cannot go on.

use std::fs;
use std::path::Path;

/// Each case is a program of its own, built in a package that trybuild makes: the contract is copied to where that package looks for it.
#[test]
fn errors_say_where_why_and_what_to_do() {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .parent()
        .expect("the folder is below the target folder");
    let schemas = target.join("tests/trybuild/test-derive/schemas");
    fs::create_dir_all(&schemas).unwrap();
    for file in fs::read_dir("schemas").unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), schemas.join(file.file_name())).unwrap();
    }
    let cases = trybuild::TestCases::new();
    cases.pass("tests/ui/good*.rs");
    cases.compile_fail("tests/ui/bad_*.rs");
}
