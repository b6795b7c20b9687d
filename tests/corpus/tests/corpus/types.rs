//! All types of all files, each beside apache-avro (specification, "Schema Declaration" and "Binary Encoding").

use rand::SeedableRng as _;
use rand::rngs::StdRng;
use test_corpus::{GENERATED, Generated, Set, has_corpus};

use crate::reading::Source;
use crate::{meaning, outside, values};

/// Compares so many values of each type of the schemas that are chosen. What apache-avro does not take or carry is told, by name.
fn compare_all(rounds: u64, chosen: fn(&Generated) -> bool) -> String {
    let mut told = String::new();
    let mut types = 0;
    let mut random = StdRng::seed_from_u64(7);
    for generated in GENERATED.iter().filter(|generated| chosen(generated)) {
        let source = Source::of(generated);
        if let Some(refusal) = &source.refusal {
            told += &format!("{}: {refusal}\n", generated.file);
        }
        source.each(|case, schema, of_file| {
            types += 1;
            match values::compare(case, schema, of_file, types, rounds) {
                Ok(()) => (0..rounds).for_each(|_| outside::compare(case, schema, of_file, &mut random)),
                Err(refusal) => told += &format!("{} {}: {refusal}\n", generated.file, case.name),
            }
            if !source.renamed() {
                meaning::compare(case, schema, of_file);
            }
        });
    }
    format!("{types} types\n{told}")
}

#[test]
fn every_kind_of_field() {
    let ours = |generated: &Generated| generated.set == Set::Ours;
    let roots: Vec<_> = GENERATED
        .iter()
        .filter(|generated| ours(generated))
        .flat_map(|generated| generated.types)
        .map(|case| case.name)
        .collect();
    assert!(
        roots.contains(&"kitchen.KitchenSink") && roots.contains(&"kitchen.Tree") && roots.contains(&"hotel.lobby.Guest"),
        "{roots:?}"
    );
    assert!(roots.contains(&"com.cosmic_horizons.events.JobLifecycleEvent"), "{roots:?}");
    // Forward references, and a type called as a kind, are nothing that apache-avro takes as they were written.
    let told = compare_all(100, ours);
    let refusals =
        "schemas/kinds.avsc: Unknown primitive type: kinds.error\nschemas/shapes.avsc: Unknown primitive type: shapes.two.Shapes\n";
    assert_eq!(told, format!("{} types\n{refusals}", roots.len()));
}

/// A part of the corpus each, so that they run side by side.
macro_rules! repositories {
    ($($name:ident: $repository:literal,)*) => {$(
        #[test]
        fn $name() {
            if has_corpus() {
                let told = compare_all(10, |generated| generated.set != Set::Ours && generated.file.starts_with($repository));
                insta::assert_snapshot!(told);
            }
        }
    )*};
}

repositories! {
    radar: "RADAR-base/",
    gogen_avro: "actgardner/",
    apache_avro: "apache/",
    avro4k: "avro-kotlin/",
    gbif: "gbif/",
    official: "official/",
}
