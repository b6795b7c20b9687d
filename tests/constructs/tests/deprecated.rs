//! What a schema says is deprecated is so in Rust; the crate itself is compiled under `deny(warnings)`.

#[test]
fn each_use_is_told() {
    trybuild::TestCases::new().compile_fail("tests/ui/deprecated.rs");
}
