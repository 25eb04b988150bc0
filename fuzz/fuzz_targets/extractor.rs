//! Any words through the whole extraction, to quads.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| jinxiu_fuzz::extractor(bytes));
