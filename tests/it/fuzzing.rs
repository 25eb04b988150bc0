//! What the fuzzer looks for, tried on some inputs in every run.

#[path = "../../fuzz/src/lib.rs"]
mod targets;

use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_soundly_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        targets::reader(&bytes);
    }

    #[test]
    fn any_characters_are_read_soundly(text in any::<String>()) {
        targets::reader(text.as_bytes());
        targets::extractor(text.as_bytes());
    }

    #[test]
    fn from_any_words_only_what_stands_in_them_is_found(bytes in prop::collection::vec(0x80..=0xFFu8, 0..120)) {
        targets::extractor(&bytes);
    }
}

#[test]
fn marks_that_turn_or_hide_text_are_read_soundly() {
    for text in [
        "\u{202E}市原太\u{202C}发展\u{200B}装备",
        "\u{FEFF}\u{FEFF}太原市",
        "&#x110000;&&&amp;",
        "a\u{301}\u{FFFF}",
        "（（（《《“",
    ] {
        targets::reader(text.as_bytes());
        targets::extractor(text.as_bytes());
    }
}
