//! The single-object message (specification, "Single-object encoding").

use kafka_event_codegen::fingerprint::fingerprint;
use kafka_event_codegen::load_text;
use test_vectors::{Case, has_corpus};

use crate::corpus;

#[test]
fn a_single_object() {
    if !has_corpus() {
        return;
    }
    let case = Case::of("test/data/messageV1/test_schema.avsc");
    let message = corpus("official/share/test/data/messageV1/test_message.bin");
    assert_eq!(message, corpus("ocf/apache+avro/share/test/data/messageV1/test_message.bin"));
    let (contract, id) = load_text(case.name, case.schema).unwrap();
    assert_eq!(fingerprint(&contract.model, id), case.fingerprint.0);
    assert_eq!(message[..2], [0xc3, 0x01]);
    assert_eq!(message[2..10], case.fingerprint.to_bytes());
    let written = [
        &[0xc3, 0x01][..],
        &case.fingerprint.to_bytes(),
        &case.again(&message[10..]).unwrap(),
    ]
    .concat();
    assert_eq!(written, message);
    // 42, "Bill", and two tags.
    assert_eq!(message[10..], *b"T\x08Bill\x04\x12dog_lover\x12cat_hater\0");
}
