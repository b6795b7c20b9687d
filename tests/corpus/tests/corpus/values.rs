//! Random values both ways beside apache-avro: the same bytes, and the same value out of ours.

use apache_avro::Schema;
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use test_corpus::{Case, GENERATED, Generated, Set, has_corpus};
use test_values::Values;

use crate::reading::{self, Codec, Source};

/// Compares so many values of each type of the schemas that are chosen. What apache-avro does not take or carry is told, by name.
fn compare_all(rounds: u64, chosen: fn(&Generated) -> bool) -> String {
    reading::on_a_large_stack(move || {
        let mut told = String::new();
        let mut types = 0;
        for generated in GENERATED.iter().filter(|generated| chosen(generated)) {
            let source = Source::of(generated);
            if let Some(refusal) = &source.refusal {
                told += &format!("{}: {refusal}\n", generated.file);
            }
            source.each(|case, schema, values| {
                types += 1;
                if let Err(refusal) = compare(generated, case, schema, values, types, rounds) {
                    told += &format!("{} {}: {refusal}\n", generated.file, case.name);
                }
            });
        }
        format!("{types} types\n{told}")
    })
}

/// Compares values of a type, or says why there are none.
fn compare(generated: &Generated, case: &Case, schema: &Schema, values: &Values<'_>, seed: u64, rounds: u64) -> Result<(), String> {
    let codec = Codec::of(schema, values);
    let mut random = StdRng::seed_from_u64(seed);
    for round in 0..rounds {
        let place = || format!("{} {} seed {seed} round {round}", generated.file, case.name);
        let value = values.random(schema, &mut random).ok_or("no value of it ever ends")?;
        let theirs = codec.write(&value).map_err(|error| error.to_string())?;
        let ours = (case.owned)(&theirs).unwrap_or_else(|error| panic!("{}: {error}", place()));
        assert_eq!(ours, theirs, "{}", place());
        let ours = (case.borrowed)(&theirs).unwrap_or_else(|error| panic!("{}: {error}", place()));
        assert_eq!(ours, theirs, "{}, borrowed", place());
        let again = codec.read(&ours).unwrap_or_else(|error| panic!("{}: {error}", place()));
        // NaN is equal to nothing: the text of it is.
        assert_eq!(format!("{again:?}"), format!("{value:?}"), "{}", place());
    }
    Ok(())
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
    let told = compare_all(100, ours);
    assert_eq!(told, format!("{} types\n", roots.len()));
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
