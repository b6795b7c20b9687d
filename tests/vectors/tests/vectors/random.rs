//! Random values of all schemas that the vectors and files have, `interop.avsc` and `Json.avsc` among them, beside apache-avro
//! (specification, "Binary Encoding").

use apache_avro::Schema;
use apache_avro::reader::datum::GenericDatumReader;
use apache_avro::writer::datum::GenericDatumWriter;
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use test_values::Values;
use test_vectors::{CASES, has_corpus};

#[test]
fn values_of_every_schema() {
    if !has_corpus() {
        return;
    }
    for name in ["schemas/org/apache/avro/data/Json.avsc", "test/schemas/interop.avsc"] {
        assert!(CASES.iter().any(|case| case.name == name), "{name}");
    }
    let mut random = StdRng::seed_from_u64(3);
    for case in CASES {
        let schema = Schema::parse_str(case.schema).unwrap();
        let values = Values::of(&schema);
        let writer = GenericDatumWriter::builder(&schema).build().unwrap();
        let reader = GenericDatumReader::builder(&schema).build().unwrap();
        for _ in 0..50 {
            let value = values.random(&schema, &mut random).unwrap();
            let bytes = writer.write_value_to_vec(value.clone()).unwrap();
            let again = case.again(&bytes).unwrap_or_else(|error| panic!("{}: {error}", case.name));
            assert_eq!(again, bytes, "{}", case.name);
            // NaN is equal to nothing: the text of it is.
            let read = reader.read_value(&mut again.as_slice()).unwrap();
            assert_eq!(format!("{read:?}"), format!("{value:?}"), "{}", case.name);
        }
    }
}
