//! Sorting what does not fit into memory: sorted runs on disk, merged as they are read. While a run is filled, a second
//! thread sorts and writes the one before.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, Write};
use std::thread::{self, JoinHandle};

/// Bytes of a run; two are in memory at once.
const RUN: usize = 16 << 20;
/// Runs that are merged at once, each of which keeps a file open.
const MERGED: usize = 256;

/// Takes records in any order and gives them back sorted by their bytes, each once.
#[derive(Default)]
pub struct Sorter {
    run: Run,
    beside: Option<JoinHandle<io::Result<File>>>,
    files: Vec<File>,
}

impl Sorter {
    /// Adds a record.
    pub fn push(&mut self, record: &[u8]) -> io::Result<()> {
        self.run.push(record);
        if self.run.size() > RUN { self.flush() } else { Ok(()) }
    }

    /// Leaves the run to the second thread, once that is done with the one before.
    fn flush(&mut self) -> io::Result<()> {
        self.wait()?;
        if self.files.len() >= MERGED {
            let files = std::mem::take(&mut self.files);
            self.files.push(written(Sorted::new(files, Run::default())?)?);
        }
        let run = std::mem::take(&mut self.run);
        self.beside = Some(thread::spawn(move || written(run.sorted())));
        Ok(())
    }

    fn wait(&mut self) -> io::Result<()> {
        if let Some(beside) = self.beside.take() {
            let file = beside.join().map_err(|_| io::Error::other("a run could not be sorted"))?;
            self.files.push(file?);
        }
        Ok(())
    }

    /// All records, sorted, each once.
    pub fn sorted(mut self) -> io::Result<Sorted> {
        self.wait()?;
        Sorted::new(self.files, self.run)
    }
}

/// A record, or why there is none.
type Next = io::Result<Box<[u8]>>;

/// Records in memory, one behind another, and where each stands.
#[derive(Default)]
struct Run {
    bytes: Vec<u8>,
    places: Vec<(usize, usize)>,
}

impl Run {
    fn push(&mut self, record: &[u8]) {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(record);
        self.places.push((start, self.bytes.len()));
    }

    fn size(&self) -> usize {
        self.bytes.len() + size_of_val(self.places.as_slice())
    }

    fn sorted(mut self) -> impl Iterator<Item = Next> + Send {
        let bytes = self.bytes;
        self.places.sort_unstable_by(|a, b| bytes[a.0..a.1].cmp(&bytes[b.0..b.1]));
        self.places.into_iter().map(move |(start, end)| Ok(bytes[start..end].into()))
    }
}

/// The records of a file.
struct Written(BufReader<File>);

impl Written {
    fn record(&mut self) -> io::Result<Option<Box<[u8]>>> {
        let mut length = [0; 4];
        if self.0.read(&mut length[..1])? == 0 {
            return Ok(None);
        }
        self.0.read_exact(&mut length[1..])?;
        let mut record = vec![0; u32::from_le_bytes(length) as usize];
        self.0.read_exact(&mut record)?;
        Ok(Some(record.into_boxed_slice()))
    }
}

impl Iterator for Written {
    type Item = Next;

    fn next(&mut self) -> Option<Next> {
        self.record().transpose()
    }
}

/// A file of records that nobody else sees.
fn written(records: impl Iterator<Item = Next>) -> io::Result<File> {
    let mut out = BufWriter::new(tempfile::tempfile()?);
    for record in records {
        let record = record?;
        let length = u32::try_from(record.len()).map_err(io::Error::other)?;
        out.write_all(&length.to_le_bytes())?;
        out.write_all(&record)?;
    }
    let mut file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.rewind()?;
    Ok(file)
}

/// Sorted records.
pub struct Sorted {
    runs: Vec<Box<dyn Iterator<Item = Next> + Send>>,
    heads: BinaryHeap<Reverse<(Box<[u8]>, usize)>>,
}

impl Sorted {
    fn new(files: Vec<File>, last: Run) -> io::Result<Self> {
        let mut sorted = Self { runs: vec![Box::new(last.sorted())], heads: BinaryHeap::new() };
        sorted.runs.extend(files.into_iter().map(|file| Box::new(Written(BufReader::new(file))) as _));
        for (index, run) in sorted.runs.iter_mut().enumerate() {
            sorted.heads.extend(run.next().transpose()?.map(|record| Reverse((record, index))));
        }
        Ok(sorted)
    }

    fn smallest(&mut self) -> io::Result<Option<Box<[u8]>>> {
        let Some(mut head) = self.heads.peek_mut() else { return Ok(None) };
        let next = self.runs[head.0.1].next().transpose()?;
        Ok(Some(match next {
            Some(next) => std::mem::replace(&mut head.0.0, next),
            None => PeekMut::pop(head).0.0,
        }))
    }

    /// The smallest, and past all that are like it.
    fn record(&mut self) -> io::Result<Option<Box<[u8]>>> {
        let record = self.smallest()?;
        while self.heads.peek().is_some_and(|head| Some(&head.0.0) == record.as_ref()) {
            self.smallest()?;
        }
        Ok(record)
    }
}

impl Iterator for Sorted {
    type Item = Next;

    fn next(&mut self) -> Option<Next> {
        self.record().transpose()
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
                sorter.push(record).unwrap();
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
