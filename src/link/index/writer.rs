//! Writing an index: records as they come, then their keys, sorted outside of memory.

use super::{FIRST_LINE, Foot, STRIDE, key_of_code, key_of_name, line};
use crate::link::{About, Naming, Record};
use crate::rdf::Sorter;
use crate::text::fold_name;
use std::io::{self, Write};

/// Takes records one after another and leaves an index.
pub struct IndexWriter<'w> {
    out: &'w mut dyn Write,
    at: u64,
    keys: Sorter,
    about: About,
}

impl<'w> IndexWriter<'w> {
    /// Begins an index of a source.
    pub fn new(about: About, out: &'w mut dyn Write) -> io::Result<Self> {
        let mut writer = Self { out, at: 0, keys: Sorter::default(), about: About { rows: 0, ..about } };
        writer.put(FIRST_LINE)?;
        Ok(writer)
    }

    /// Adds a record under its own name, id and codes and under further names.
    pub fn add(&mut self, record: &Record, names: &[(&str, Naming)]) -> io::Result<()> {
        let place = self.at;
        self.put(&serde_json::to_string(record)?)?;
        self.put("\n")?;
        self.about.rows += 1;
        for code in record.keys() {
            self.key(&key_of_code(code), Naming::Code, place)?;
        }
        let own = fold_name(&record.name);
        let mut folded = vec![(own, Naming::Official)];
        for (name, naming) in names {
            let name = fold_name(name);
            if folded.iter().all(|(other, _)| *other != name) {
                folded.push((name, *naming));
            }
        }
        folded.into_iter().try_for_each(|(name, naming)| self.key(&key_of_name(&name), naming, place))
    }

    /// Writes the keys and what leads to them; gives the number of records.
    pub fn finish(mut self) -> io::Result<usize> {
        let keys = self.at;
        let mut marks = Vec::new();
        let sorted = std::mem::take(&mut self.keys).sorted()?;
        for (number, key) in sorted.enumerate() {
            let key = String::from_utf8(key?.into_vec()).map_err(io::Error::other)?;
            if number.is_multiple_of(STRIDE) {
                marks.push(format!("{}\t{}\n", self.at, key.split('\t').next().unwrap_or_default()));
            }
            self.put(&key)?;
            self.put("\n")?;
        }
        let foot = Foot { about: self.about.clone(), keys, marks: self.at };
        marks.iter().try_for_each(|mark| self.put(mark))?;
        let begin = self.at;
        self.put(&serde_json::to_string(&foot)?)?;
        self.put(&format!("\n{begin:020}\n"))?;
        Ok(foot.about.rows)
    }

    /// A key that a line cannot hold is left out: no name that is looked for has a tab or a line break.
    fn key(&mut self, key: &str, naming: Naming, record: u64) -> io::Result<()> {
        if key.contains(['\t', '\n', '\r']) || key.len() < 2 {
            return Ok(());
        }
        self.keys.push(line(key, naming, record)?.as_bytes())
    }

    fn put(&mut self, text: &str) -> io::Result<()> {
        self.at += text.len() as u64;
        self.out.write_all(text.as_bytes())
    }
}
