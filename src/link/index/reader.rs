//! Searching an index.

use super::{FIRST_LINE, Foot, LAST_LINE, key_of_code, key_of_name};
use crate::link::sources::SourceError;
use crate::link::{About, Hit, Record, Source};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// A source on disk.
#[derive(Debug)]
pub struct Index {
    path: PathBuf,
    about: About,
    file: Mutex<BufReader<File>>,
    /// Every so many keys, in order, and where each stands.
    marks: Vec<(String, u64)>,
    /// Where the list of keys ends.
    end: u64,
    failure: OnceLock<String>,
}

impl Index {
    /// Opens an index that `jinxiu link index` wrote.
    pub fn open(path: &Path) -> Result<Self, SourceError> {
        Self::read(path)
            .map_err(|error| SourceError::Index { path: path.to_owned(), reason: error.to_string() })
    }

    fn read(path: &Path) -> io::Result<Self> {
        let mut file = BufReader::new(File::open(path)?);
        let mut first = vec![0; FIRST_LINE.len()];
        file.read_exact(&mut first).map_err(|error| match error.kind() {
            io::ErrorKind::UnexpectedEof => io::Error::other("it is no index"),
            _ => error,
        })?;
        if first != FIRST_LINE.as_bytes() {
            return Err(io::Error::other("it is no index of this version"));
        }
        let length = file.seek(SeekFrom::End(0))?;
        let cut_off = || io::Error::other("it is cut off");
        let last = length.checked_sub(LAST_LINE as u64).ok_or_else(cut_off)?;
        let begin: u64 = text(&mut file, last, length)?.trim().parse().map_err(|_| cut_off())?;
        let foot: Foot = serde_json::from_str(&text(&mut file, begin, last)?).map_err(|_| cut_off())?;
        let marks = text(&mut file, foot.marks, begin)?;
        let marks = marks.lines().filter_map(|mark| {
            let (place, key) = mark.split_once('\t')?;
            Some((key.to_owned(), place.parse().ok()?))
        });
        let (marks, end) = (marks.collect(), foot.marks);
        let (path, file) = (path.to_owned(), Mutex::new(file));
        Ok(Self { path, about: foot.about, file, marks, end, failure: OnceLock::new() })
    }

    /// The records whose keys pass, from the first key that is not before `key`; `wanted` says when to stop.
    fn search(&self, key: &str, wanted: impl Fn(&str, usize) -> bool) -> Vec<Hit> {
        let mut hits = Vec::new();
        let searched = self.keys_from(key, |found, naming, place| {
            if !wanted(found, hits.len()) {
                return Ok(ControlFlow::Break(()));
            }
            hits.push((serde_json::from_str(naming)?, place));
            Ok(ControlFlow::Continue(()))
        });
        let read = searched.and_then(|()| {
            let hits = hits.into_iter();
            hits.map(|(naming, place)| Ok(Hit { record: self.record(place)?, naming })).collect()
        });
        read.unwrap_or_else(|error: io::Error| {
            let _ = self.failure.set(format!("{}: cannot read: {error}", self.path.display()));
            Vec::new()
        })
    }

    /// Shows each key from the first that is not before `key`, until it breaks.
    fn keys_from(
        &self,
        key: &str,
        mut show: impl FnMut(&str, &str, u64) -> io::Result<ControlFlow<()>>,
    ) -> io::Result<()> {
        let after = self.marks.partition_point(|(mark, _)| mark.as_str() < key);
        let Some((_, start)) = self.marks.get(after.saturating_sub(1)) else { return Ok(()) };
        let (mut at, mut line) = (*start, String::new());
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(at))?;
        while at < self.end {
            line.clear();
            at += file.read_line(&mut line)? as u64;
            let mut fields = line.trim_end().split('\t');
            let (Some(found), Some(naming), Some(place)) = (fields.next(), fields.next(), fields.next())
            else {
                return Err(io::Error::other("a key is damaged"));
            };
            let place = place.parse().map_err(io::Error::other)?;
            if found >= key && show(found, naming, place)?.is_break() {
                return Ok(());
            }
        }
        Ok(())
    }

    fn record(&self, place: u64) -> io::Result<Arc<Record>> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(place))?;
        let mut line = String::new();
        file.read_line(&mut line)?;
        Ok(Arc::new(serde_json::from_str(&line)?))
    }
}

fn text(file: &mut BufReader<File>, from: u64, to: u64) -> io::Result<String> {
    file.seek(SeekFrom::Start(from))?;
    let mut text = String::new();
    file.take(to.saturating_sub(from)).read_to_string(&mut text)?;
    Ok(text)
}

impl Source for Index {
    fn about(&self) -> &About {
        &self.about
    }

    fn with_code(&self, code: &str) -> Vec<Hit> {
        let key = key_of_code(code);
        self.search(&key, |found, _| found == key)
    }

    fn with_name(&self, folded: &str) -> Vec<Hit> {
        let key = key_of_name(folded);
        self.search(&key, |found, _| found == key)
    }

    fn beginning_with(&self, folded: &str, most: usize) -> Vec<Hit> {
        let key = key_of_name(folded);
        self.search(&key, |found, sofar| found.starts_with(&key) && sofar < most)
    }

    fn failure(&self) -> Option<&str> {
        self.failure.get().map(String::as_str)
    }
}
