//! A source in memory: records, and where their names and codes lead.

use super::{About, Hit, Naming, Record, Source};
use crate::text::fold_name;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// Records in memory with an index of their names and codes.
#[derive(Debug)]
pub struct Table {
    about: About,
    records: Vec<Arc<Record>>,
    names: BTreeMap<String, Vec<(u32, Naming)>>,
    codes: HashMap<String, Vec<u32>>,
}

impl Table {
    /// An empty table.
    pub fn new(about: About) -> Self {
        Self { about, records: Vec::new(), names: BTreeMap::new(), codes: HashMap::new() }
    }

    /// Adds a record under its own name, id and codes and under further names.
    pub fn add(&mut self, record: Record, names: &[(&str, Naming)]) {
        let number = u32::try_from(self.records.len()).unwrap_or(u32::MAX);
        for code in record.keys() {
            self.codes.entry(code.to_owned()).or_default().push(number);
        }
        self.name(number, fold_name(&record.name), Naming::Official);
        for (name, naming) in names {
            self.name(number, fold_name(name), *naming);
        }
        self.records.push(Arc::new(record));
        self.about.rows = self.records.len();
    }

    /// Lets a record be found under a code that it bore once.
    pub fn retire(&mut self, code: &str, present: &str) {
        if let Some(numbers) = self.codes.get(present).cloned() {
            self.codes.entry(code.to_owned()).or_insert(numbers);
        }
    }

    /// Gives the record with that code a further name.
    pub fn rename(&mut self, code: &str, name: &str, naming: Naming) {
        for number in self.codes.get(code).cloned().unwrap_or_default() {
            self.name(number, fold_name(name), naming);
        }
    }

    /// All records, in the order in which they were added.
    pub fn records(&self) -> &[Arc<Record>] {
        &self.records
    }

    fn name(&mut self, number: u32, folded: String, naming: Naming) {
        let bearers = self.names.entry(folded).or_default();
        if !bearers.iter().any(|(other, _)| *other == number) {
            bearers.push((number, naming));
        }
    }

    fn hit(&self, number: u32, naming: Naming) -> Hit {
        Hit { record: Arc::clone(&self.records[number as usize]), naming }
    }
}

impl Source for Table {
    fn about(&self) -> &About {
        &self.about
    }

    fn with_code(&self, code: &str) -> Vec<Hit> {
        self.codes.get(code).into_iter().flatten().map(|n| self.hit(*n, Naming::Code)).collect()
    }

    fn with_name(&self, folded: &str) -> Vec<Hit> {
        self.names.get(folded).into_iter().flatten().map(|(n, naming)| self.hit(*n, *naming)).collect()
    }

    fn beginning_with(&self, folded: &str, most: usize) -> Vec<Hit> {
        let begun = self.names.range(folded.to_owned()..).take_while(|(name, _)| name.starts_with(folded));
        begun.flat_map(|(_, bearers)| bearers).take(most).map(|(n, naming)| self.hit(*n, *naming)).collect()
    }
}
