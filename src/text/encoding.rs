//! Bytes to text: which encoding they are in, and whether they are text at all.
//!
//! A signature at the start (a byte order mark) names the encoding and is no part of the text, so the same text
//! has the same offsets and the same hash in every encoding.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, UTF_16BE, UTF_16LE};
use std::borrow::Cow;

/// Why bytes are no text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// There is nothing to read.
    #[error("has no text in it")]
    Empty,
    /// A file of another kind.
    #[error("is {0}, not plain text; convert it to a .txt file first")]
    Binary(&'static str),
    /// No encoding known here fits.
    #[error("is neither UTF-8 (line {line}, byte {byte}) nor GB18030, Big5 or UTF-16; save it as UTF-8")]
    Unknown {
        /// Number of the line, from 1, in which UTF-8 breaks.
        line: usize,
        /// Number of the byte, from 1, at which it breaks.
        byte: usize,
    },
}

const SIGNATURES: [(&[u8], &str); 6] = [
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\xD0\xCF\x11\xE0", "an old office document"),
    (b"{\\rtf", "a rich text document"),
    (b"\x1F\x8B", "a gzip archive"),
    (b"\x89PNG", "a picture"),
];

/// Reads bytes as text in UTF-8, UTF-16 with a byte order mark, GB18030 (and so GBK and GB2312) or Big5.
pub fn decode(bytes: Vec<u8>) -> Result<String, DecodeError> {
    let text = match (Encoding::for_bom(&bytes), kind_of_file(&bytes)) {
        (_, Some(kind)) => return Err(DecodeError::Binary(kind)),
        (Some((encoding, length)), _) if encoding == UTF_16LE || encoding == UTF_16BE => {
            strictly(encoding, &bytes[length..]).ok_or_else(|| unknown(&bytes))?
        }
        (mark, _) => decode_unmarked(bytes, mark.map_or(0, |(_, length)| length))?,
    };
    if text.contains('\0') {
        Err(DecodeError::Binary("a binary file"))
    } else if text.trim().is_empty() {
        Err(DecodeError::Empty)
    } else {
        Ok(text)
    }
}

fn kind_of_file(bytes: &[u8]) -> Option<&'static str> {
    SIGNATURES.iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, kind)| *kind)
}

fn decode_unmarked(bytes: Vec<u8>, skipped: usize) -> Result<String, DecodeError> {
    match String::from_utf8(bytes) {
        Ok(mut text) => {
            text.drain(..skipped);
            Ok(text)
        }
        Err(error) => {
            let bytes = error.into_bytes();
            if bytes.contains(&0) {
                return Err(DecodeError::Binary("a binary file"));
            }
            decode_chinese(&bytes).ok_or_else(|| unknown(&bytes))
        }
    }
}

/// Of GB18030 and Big5 the one in which the bytes make sense, if any.
fn decode_chinese(bytes: &[u8]) -> Option<String> {
    let read = |encoding| strictly(encoding, bytes).filter(|text| is_plausible(text));
    match (read(GB18030), read(BIG5)) {
        (Some(_), Some(traditional)) if is_big5(bytes) => Some(traditional),
        (None, traditional) => traditional,
        (simplified, _) => simplified,
    }
}

fn strictly(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    encoding.decode_without_bom_handling_and_without_replacement(bytes).map(Cow::into_owned)
}

/// Bytes judged for the choice of an encoding; more would not change it.
const SAMPLE: usize = 1 << 20;

fn is_big5(bytes: &[u8]) -> bool {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(SAMPLE)], bytes.len() <= SAMPLE);
    detector.guess(Some(b"cn"), Utf8Detection::Deny) == BIG5
}

/// Nearly any high bytes decode as GB18030; in text, most of what is not ASCII is Chinese, and kana are rare.
fn is_plausible(text: &str) -> bool {
    let (mut chinese, mut strange) = (0_usize, 0_usize);
    for c in text.chars().filter(|c| !c.is_ascii() || c.is_ascii_control()) {
        match c {
            '\t' | '\n' | '\r' | '\u{C}' => {}
            '\u{4E00}'..='\u{9FFF}' | '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FFEF}' => chinese += 1,
            '\u{2010}'..='\u{2030}' | '·' | '\u{2160}'..='\u{217F}' | '\u{2460}'..='\u{249B}' => {
                chinese += 1
            }
            _ => strange += 1,
        }
    }
    chinese > strange * 4
}

fn unknown(bytes: &[u8]) -> DecodeError {
    let sound = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
    let line = 1 + bytes[..sound].iter().filter(|byte| **byte == b'\n').count();
    DecodeError::Unknown { line, byte: sound + 1 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::GBK;
    use proptest::prelude::*;

    const SIMPLIFIED: &str = "合肥市深入实施创新驱动发展战略，新型显示产业产值增长12.5%。";
    const TRADITIONAL: &str = "臺北市推動產業升級，設立科技園區，吸引廠商進駐。";

    fn in_encoding(text: &str, encoding: &'static Encoding) -> Vec<u8> {
        let (bytes, _, unmappable) = encoding.encode(text);
        assert!(!unmappable);
        bytes.into_owned()
    }

    #[test]
    fn utf8_is_read_with_or_without_a_signature() {
        let marked = [b"\xEF\xBB\xBF".as_slice(), SIMPLIFIED.as_bytes()].concat();
        assert_eq!(decode(marked).unwrap(), SIMPLIFIED);
        assert_eq!(decode(SIMPLIFIED.into()).unwrap(), SIMPLIFIED);
    }

    #[test]
    fn gb18030_and_big5_are_told_apart() {
        assert_eq!(decode(in_encoding(SIMPLIFIED, GBK)).unwrap(), SIMPLIFIED);
        assert_eq!(decode(in_encoding(TRADITIONAL, BIG5)).unwrap(), TRADITIONAL);
        assert_eq!(decode(in_encoding(TRADITIONAL, GB18030)).unwrap(), TRADITIONAL);
        let short = "太原市發展裝備製造業";
        assert_eq!(decode(in_encoding(short, BIG5)).unwrap(), short, "as GB18030 it would hold kana");
    }

    #[test]
    fn short_texts_are_told_apart_too() {
        assert_eq!(decode(in_encoding("太原市经济", GBK)).unwrap(), "太原市经济");
        assert_eq!(decode(in_encoding("太原市經濟", BIG5)).unwrap(), "太原市經濟");
    }

    #[test]
    fn characters_beyond_gbk_are_read_as_gb18030() {
        let text = format!("{SIMPLIFIED}𠮷㐂");
        assert_eq!(decode(in_encoding(&text, GB18030)).unwrap(), text);
    }

    #[test]
    fn utf16_is_read_by_its_signature() {
        for (mark, order) in
            [([0xFF, 0xFE], u16::to_le_bytes as fn(u16) -> [u8; 2]), ([0xFE, 0xFF], u16::to_be_bytes)]
        {
            let body = SIMPLIFIED.encode_utf16().flat_map(order);
            assert_eq!(decode(mark.into_iter().chain(body).collect()).unwrap(), SIMPLIFIED);
        }
    }

    #[test]
    fn broken_utf8_is_refused_with_its_place() {
        let bytes = [SIMPLIFIED.as_bytes(), b"\n", &SIMPLIFIED.as_bytes()[..7]].concat();
        let byte = SIMPLIFIED.len() + 1 + 6 + 1;
        assert_eq!(decode(bytes), Err(DecodeError::Unknown { line: 2, byte }));
    }

    #[test]
    fn files_of_other_kinds_are_named() {
        assert_eq!(decode(b"%PDF-1.7\n".into()), Err(DecodeError::Binary("a PDF")));
        assert_eq!(
            decode(b"PK\x03\x04....".into()),
            Err(DecodeError::Binary("a zip archive or an office document"))
        );
        assert_eq!(decode(b"\x7FELF\x02\x00\x01\x00".into()), Err(DecodeError::Binary("a binary file")));
        assert_eq!(
            decode((128..=255).cycle().take(4000).collect()),
            Err(DecodeError::Unknown { line: 1, byte: 1 })
        );
    }

    #[test]
    fn nothing_and_white_space_alone_are_no_text() {
        for bytes in [b"".as_slice(), b" \r\n\t", b"\xEF\xBB\xBF"] {
            assert_eq!(decode(bytes.into()), Err(DecodeError::Empty));
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes: Vec<u8>) {
            let _ = decode(bytes);
        }

        #[test]
        fn chinese_text_survives_gb18030(text in "[一-龥，。]{8,80}") {
            let read = decode(in_encoding(&text, GB18030));
            prop_assert!(read.is_ok());
        }
    }
}
