//! Random values both ways beside apache-avro (specification, "Binary Encoding"): the same bytes, and the same value out of ours.

use apache_avro::Schema;
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use test_corpus::Case;
use test_values::Values;

use crate::reading::Codec;

/// Compares so many values of a type, or says why there are none.
pub(crate) fn compare(case: &Case, schema: &Schema, values: &Values<'_>, seed: u64, rounds: u64) -> Result<(), String> {
    let codec = Codec::of(schema, values);
    let mut random = StdRng::seed_from_u64(seed);
    for round in 0..rounds {
        let place = || format!("{} seed {seed} round {round}", case.name);
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
