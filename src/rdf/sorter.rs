//! Sorting what does not fit into memory: sorted runs on disk, merged as they are read.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, Write};

/// Bytes that are sorted in memory at once.
const RUN: usize = 96 << 20;

/// Takes records in any order and gives them back sorted by their bytes, each once.
#[derive(Default)]
pub struct Sorter {
    records: Vec<Box<[u8]>>,
    bytes: usize,
    runs: Vec<File>,
}

impl Sorter {
    /// Adds a record.
    pub fn push(&mut self, record: Vec<u8>) -> io::Result<()> {
        self.bytes += record.len() + size_of::<Box<[u8]>>();
        self.records.push(record.into_boxed_slice());
        if self.bytes > RUN { self.flush() } else { Ok(()) }
    }

    /// Writes the records in memory to a run.
    fn flush(&mut self) -> io::Result<()> {
        self.records.sort_unstable();
        self.records.dedup();
        let mut out = BufWriter::new(tempfile::tempfile()?);
        for record in self.records.drain(..) {
            let length = u32::try_from(record.len()).map_err(io::Error::other)?;
            out.write_all(&length.to_le_bytes())?;
            out.write_all(&record)?;
        }
        let mut file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.rewind()?;
        self.runs.push(file);
        self.bytes = 0;
        Ok(())
    }

    /// All records, sorted, each once.
    pub fn sorted(mut self) -> io::Result<Sorted> {
        self.records.sort_unstable();
        let memory = Run::Memory(std::mem::take(&mut self.records).into_iter());
        let files = self.runs.into_iter().map(|file| Run::File(BufReader::new(file)));
        let mut runs: Vec<Run> = files.chain([memory]).collect();
        let mut heads = BinaryHeap::new();
        for (index, run) in runs.iter_mut().enumerate() {
            heads.extend(run.next()?.map(|record| Reverse((record, index))));
        }
        Ok(Sorted { runs, heads, last: None })
    }
}

enum Run {
    File(BufReader<File>),
    Memory(std::vec::IntoIter<Box<[u8]>>),
}

impl Run {
    fn next(&mut self) -> io::Result<Option<Box<[u8]>>> {
        match self {
            Self::Memory(records) => Ok(records.next()),
            Self::File(file) => {
                let mut length = [0; 4];
                if file.read(&mut length[..1])? == 0 {
                    return Ok(None);
                }
                file.read_exact(&mut length[1..])?;
                let mut record = vec![0; u32::from_le_bytes(length) as usize];
                file.read_exact(&mut record)?;
                Ok(Some(record.into_boxed_slice()))
            }
        }
    }
}

/// Sorted records.
pub struct Sorted {
    runs: Vec<Run>,
    heads: BinaryHeap<Reverse<(Box<[u8]>, usize)>>,
    last: Option<Box<[u8]>>,
}

impl Sorted {
    fn smallest(&mut self) -> io::Result<Option<Box<[u8]>>> {
        let Some(Reverse((record, run))) = self.heads.pop() else { return Ok(None) };
        self.heads.extend(self.runs[run].next()?.map(|next| Reverse((next, run))));
        Ok(Some(record))
    }
}

impl Iterator for Sorted {
    type Item = io::Result<Box<[u8]>>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.smallest() {
                Ok(None) => return None,
                Err(error) => return Some(Err(error)),
                Ok(Some(record)) if self.last.as_ref() == Some(&record) => {}
                Ok(Some(record)) => {
                    self.last = Some(record.clone());
                    return Some(Ok(record));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

        #[test]
        fn however_many_runs_there_are_the_order_is_one(
            records in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..4), 0..60),
            every in 1..20usize,
        ) {
            let mut sorter = Sorter::default();
            for (index, record) in records.iter().enumerate() {
                sorter.push(record.clone()).unwrap();
                if index % every == 0 {
                    sorter.flush().unwrap();
                }
            }
            let sorted: Vec<Vec<u8>> = sorter.sorted().unwrap().map(|r| r.unwrap().into_vec()).collect();
            let mut expected = records;
            expected.sort();
            expected.dedup();
            prop_assert_eq!(sorted, expected);
        }
    }
}
