//! What the compiler says where the derive cannot go on.

/// Each case is a program of its own, built in a package that trybuild makes: the derive finds the contract in the package whose tests they are.
#[test]
fn errors_say_where_why_and_what_to_do() {
    let cases = trybuild::TestCases::new();
    cases.pass("tests/ui/good/*.rs");
    for of in [
        "attributes",
        "enums",
        "fields",
        "keys",
        "manifests",
        "markers",
        "topics",
        "types",
        "uses",
        "with",
    ] {
        cases.compile_fail(format!("tests/ui/{of}/*.rs"));
    }
}
