//! The parts of which HDT files consist, each with its checksum.

use std::io::{self, Write};

/// What a part of a file holds.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    Global = 1,
    Header,
    Dictionary,
    Triples,
}

/// The words ahead of a part: its kind, its format, properties as `name=value;`.
pub(super) fn write_control(kind: Kind, format: &str, told: &str, out: &mut impl Write) -> io::Result<()> {
    let words = [b"$HDT".as_slice(), &[kind as u8], format.as_bytes(), &[0], told.as_bytes(), &[0]].concat();
    out.write_all(&words)?;
    out.write_all(&crc16(&words).to_le_bytes())
}

/// Numbers, each in as many bits as the largest takes.
pub(super) fn write_numbers(numbers: &[u64], out: &mut impl Write) -> io::Result<()> {
    let width = numbers.iter().max().map_or(0, |most| u64::BITS - most.leading_zeros());
    let head = [&[1, width as u8], vbyte(numbers.len()).as_slice()].concat();
    let (mut bytes, mut rest, mut filled) = (Vec::new(), 0_u128, 0);
    for number in numbers {
        rest |= u128::from(*number) << filled;
        filled += width;
        while filled >= 8 {
            bytes.push(rest as u8);
            (rest, filled) = (rest >> 8, filled - 8);
        }
    }
    if filled > 0 {
        bytes.push(rest as u8);
    }
    write_checked(&head, &bytes, out)
}

/// A bit for each element. Readers expect one at least.
pub(super) fn write_bits(bits: &[bool], out: &mut impl Write) -> io::Result<()> {
    let bits = if bits.is_empty() { &[true] } else { bits };
    let byte = |eight: &[bool]| eight.iter().rev().fold(0, |byte, bit| byte << 1 | u8::from(*bit));
    let bytes: Vec<u8> = bits.chunks(8).map(byte).collect();
    write_checked(&[&[1], vbyte(bits.len()).as_slice()].concat(), &bytes, out)
}

/// A head and a body, each with its checksum.
fn write_checked(head: &[u8], body: &[u8], out: &mut impl Write) -> io::Result<()> {
    write_head(head, out)?;
    write_body(body, out)
}

/// A head with its checksum.
pub(super) fn write_head(head: &[u8], out: &mut impl Write) -> io::Result<()> {
    out.write_all(head)?;
    out.write_all(&[crc8(head)])
}

/// A body with its checksum.
pub(super) fn write_body(body: &[u8], out: &mut impl Write) -> io::Result<()> {
    out.write_all(body)?;
    out.write_all(&crc32(body).to_le_bytes())
}

/// A number in bytes of seven bits, the lowest first, the last one marked.
pub(super) fn vbyte(mut number: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    while number > 127 {
        bytes.push((number & 127) as u8);
        number >>= 7;
    }
    bytes.push(number as u8 | 128);
    bytes
}

/// CRC-8 with the polynomial 0x07.
fn crc8(bytes: &[u8]) -> u8 {
    let step = |crc: u8| if crc & 0x80 == 0 { crc << 1 } else { crc << 1 ^ 0x07 };
    bytes.iter().fold(0, |crc, byte| (0..8).fold(crc ^ byte, |crc, _| step(crc)))
}

/// CRC-16/ARC.
fn crc16(bytes: &[u8]) -> u16 {
    let step = |crc: u16| if crc & 1 == 0 { crc >> 1 } else { crc >> 1 ^ 0xA001 };
    bytes.iter().fold(0, |crc, byte| (0..8).fold(crc ^ u16::from(*byte), |crc, _| step(crc)))
}

/// CRC-32C, by a table, as bodies are large.
fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| CRC32[usize::from(crc as u8 ^ byte)] ^ crc >> 8;
    !bytes.iter().fold(!0, step)
}

/// What each byte does to a CRC-32C.
static CRC32: [u32; 256] = {
    let mut table = [0; 256];
    let mut index = 0;
    while index < 2048 {
        let crc = if index % 8 == 0 { (index / 8) as u32 } else { table[index / 8] };
        table[index / 8] = if crc & 1 == 0 { crc >> 1 } else { crc >> 1 ^ 0x82F6_3B78 };
        index += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksums_are_those_that_catalogues_give_for_nine_digits() {
        let digits = b"123456789";
        assert_eq!((crc8(digits), crc16(digits), crc32(digits)), (0xF4, 0xBB3D, 0xE306_9283));
    }

    #[test]
    fn numbers_are_packed_and_lengths_marked() {
        let written = |write: &dyn Fn(&mut Vec<u8>)| {
            let mut out = Vec::new();
            write(&mut out);
            out
        };
        let numbers = written(&|out| write_numbers(&[1, 2, 3, 7], out).unwrap());
        assert_eq!(numbers[..3], [1, 3, 0x84]);
        assert_eq!(numbers[4..6], [0b1101_0001, 0b1110]);
        assert_eq!(numbers.len(), 3 + 1 + 2 + 4);
        let bits = written(&|out| write_bits(&[true, false, true], out).unwrap());
        assert_eq!((bits[1], bits[3]), (0x83, 0b101));
        assert_eq!(vbyte(300), [44, 0x82]);
    }
}
