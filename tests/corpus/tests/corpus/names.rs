//! Names that the manifest gives, and that a builder needs for itself.

use test_corpus::names::Builds;
use test_corpus::names::renamed::new::{Kinds, New};

#[test]
fn a_manifest_renames() {
    let renamed = New::builder().r#type("x").kind(Kinds::First).build();
    assert_eq!((renamed.r#type.as_str(), renamed.kind), ("x", Kinds::First));
    assert_eq!(<New as kafka_event::Record>::FULL_NAME, "renamed.ns.old");
}

#[test]
fn a_field_called_as_the_builders_end() {
    assert_eq!(Builds::builder().build__2(3).build_(4).build(), Builds { build: 3, build_: 4 });
}
