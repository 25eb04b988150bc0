//! Any bytes through the reader.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| jinxiu_fuzz::reader(bytes));
