//! The fuzzer of this name: see the crate.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    _ = fuzz::parts(bytes);
});
