//! rsgen-avro's types, carried by apache-avro, are the same bytes as ours.

use apache_avro::Schema;
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use test_corpus::{GENERATED, PEERS};
use test_values::Values;

use crate::reading::Codec;

#[test]
fn the_flagship_as_rsgen_avro_makes_it() {
    assert_eq!(PEERS.len(), 5);
    for peer in PEERS {
        let (written, schema) = (Schema::parse_str(peer.written).unwrap(), Schema::parse_str(peer.source).unwrap());
        let (written_values, values) = (Values::of(&written), Values::of(&schema));
        let (writer, codec) = (Codec::of(&written, &written_values), Codec::of(&schema, &values));
        let generated = GENERATED
            .iter()
            .find(|generated| generated.source == peer.written)
            .expect("ours of the same file");
        let name = written.name().expect("a record").fullname(None);
        let ours = generated.types.iter().find(|case| case.name == name).expect("its own type");
        let mut random = StdRng::seed_from_u64(5);
        for round in 0..100 {
            let place = || format!("{} round {round}", generated.file);
            let bytes = writer.write(&written_values.random(&written, &mut random).unwrap()).unwrap();
            let carried = (peer.carried)(&codec.read(&bytes).unwrap()).unwrap_or_else(|error| panic!("{}: {error}", place()));
            let theirs = codec.write(&carried.resolve(&schema).unwrap()).unwrap();
            assert_eq!(theirs, bytes, "{}", place());
            assert_eq!((ours.owned)(&theirs).unwrap(), theirs, "{}", place());
        }
    }
}
