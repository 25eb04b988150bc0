//! Full dumps: unpacked as they are read, filtered by the source that they are of, kept as an index.

use super::{SourceError, geonames, wikidata};
use crate::link::index::IndexWriter;
use crate::link::{About, Naming, Record, Table};
use bzip2::bufread::MultiBzDecoder;
use flate2::bufread::{DeflateDecoder, MultiGzDecoder};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;

/// A source of which there are full dumps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dump {
    /// The truthy statements of Wikidata, in N-Triples.
    Wikidata,
    /// `allCountries.txt` of GeoNames, or the file of one country.
    Geonames,
}

/// Which edition a dump is of.
#[derive(Debug, Clone)]
pub struct Edition {
    /// Its name or number.
    pub version: String,
    /// Its day; empty if nobody says.
    pub date: String,
}

/// What takes the records of a dump.
pub(super) type Taking<'t> = dyn FnMut(&Record, &[(&str, Naming)]) -> Result<(), SourceError> + 't;

impl Dump {
    fn about(self, edition: Edition) -> About {
        let about = match self {
            Self::Wikidata => wikidata::dump_about(),
            Self::Geonames => geonames::about(),
        };
        About { version: edition.version, date: edition.date, ..about }
    }

    /// Indexes what a dump says of China. `path` is what messages call it, `input` its bytes, packed or not; gives the
    /// number of records.
    pub fn index(
        self,
        (path, input): (&Path, Box<dyn Read>),
        divisions: &Table,
        edition: Edition,
        out: &mut dyn Write,
    ) -> Result<usize, SourceError> {
        let unwritable = |reason| SourceError::Unwritable { reason };
        let mut lines =
            unpacked(input).map_err(|reason| SourceError::Unreadable { path: path.to_owned(), reason })?;
        let mut writer = IndexWriter::new(self.about(edition), out).map_err(unwritable)?;
        let mut take =
            |record: &Record, names: &[(&str, Naming)]| writer.add(record, names).map_err(unwritable);
        match self {
            Self::Wikidata => wikidata::read_dump(path, &mut lines, &mut take)?,
            Self::Geonames => geonames::read_dump((path, &mut lines), divisions, &mut take)?,
        }
        writer.finish().map_err(unwritable)
    }
}

/// The content of a file that may be packed by bzip2, gzip or zip, as its first bytes say.
fn unpacked(input: Box<dyn Read>) -> io::Result<Box<dyn BufRead>> {
    let mut input = BufReader::with_capacity(1 << 16, input);
    let first: Vec<u8> = input.fill_buf()?.iter().take(4).copied().collect();
    Ok(match first.as_slice() {
        [b'B', b'Z', b'h', ..] => Box::new(BufReader::new(MultiBzDecoder::new(input))),
        [0x1f, 0x8b, ..] => Box::new(BufReader::new(MultiGzDecoder::new(input))),
        [b'P', b'K', 3, 4, ..] => first_of_zip(input)?,
        _ => Box::new(input),
    })
}

/// The first file of a zip archive that is no note to the reader.
fn first_of_zip(mut input: BufReader<Box<dyn Read>>) -> io::Result<Box<dyn BufRead>> {
    loop {
        let mut head = [0; 30];
        input.read_exact(&mut head)?;
        let short = |at: usize| u16::from_le_bytes([head[at], head[at + 1]]);
        let packed = u32::from_le_bytes([head[18], head[19], head[20], head[21]]);
        let (flags, method) = (short(6), short(8));
        let mut name = vec![0; usize::from(short(26))];
        input.read_exact(&mut name)?;
        io::copy(&mut input.by_ref().take(u64::from(short(28))), &mut io::sink())?;
        if !head.starts_with(b"PK\x03\x04") || flags & 1 != 0 || method != 8 {
            return Err(io::Error::other(
                "the archive is damaged, locked, or packed in a way that is not read here",
            ));
        }
        let note = name.to_ascii_lowercase().starts_with(b"readme") && flags & 8 == 0;
        if !note {
            return Ok(Box::new(BufReader::new(DeflateDecoder::new(input))));
        }
        io::copy(&mut input.by_ref().take(u64::from(packed)), &mut io::sink())?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(bytes: Vec<u8>) -> io::Result<String> {
        let mut text = String::new();
        unpacked(Box::new(io::Cursor::new(bytes)))?.read_to_string(&mut text)?;
        Ok(text)
    }

    fn deflated(text: &str) -> Vec<u8> {
        let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    }

    /// A file in an archive: its head and its packed bytes.
    fn entry(name: &str, text: &str) -> Vec<u8> {
        let packed = deflated(text);
        let mut head = vec![0; 30];
        head[..4].copy_from_slice(b"PK\x03\x04");
        head[8] = 8;
        head[18..22].copy_from_slice(&u32::try_from(packed.len()).unwrap().to_le_bytes());
        head[26] = u8::try_from(name.len()).unwrap();
        [head, name.as_bytes().to_vec(), packed].concat()
    }

    #[test]
    fn every_packing_is_known_by_its_first_bytes() {
        assert_eq!(content(b"a\tb\n".to_vec()).unwrap(), "a\tb\n");
        let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gz.write_all("甲".as_bytes()).unwrap();
        assert_eq!(content(gz.finish().unwrap()).unwrap(), "甲");
        let bz = |text: &str| {
            let mut bz = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
            bz.write_all(text.as_bytes()).unwrap();
            bz.finish().unwrap()
        };
        assert_eq!(content([bz("甲"), bz("乙")].concat()).unwrap(), "甲乙", "packed in several streams");
        assert_eq!(content([entry("readme.txt", "note"), entry("CN.txt", "甲")].concat()).unwrap(), "甲");
    }

    #[test]
    fn what_is_cut_off_is_an_error() {
        let whole = entry("CN.txt", &"甲乙丙丁".repeat(500));
        assert!(content(whole[..whole.len() - 9].to_vec()).is_err());
        assert!(content(whole[..20].to_vec()).is_err());
        let mut locked = whole;
        locked[6] = 1;
        assert!(content(locked).is_err());
    }
}
