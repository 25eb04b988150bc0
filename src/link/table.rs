//! A source in memory: records, and where their names and codes lead.

use super::{About, Hit, Naming, Record, Source};
use crate::text::fold_name;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// The most records that the beginning of a name may have and still say something.
const MOST_BEGUN: usize = 3;

/// Records in memory with an index of their names and codes.
#[derive(Debug)]
pub struct Table {
    about: About,
    records: Vec<Arc<Record>>,
    names: HashMap<String, Vec<(u32, Naming)>>,
    codes: HashMap<String, Vec<u32>>,
    beginnings: Option<BTreeMap<String, u32>>,
}

impl Table {
    /// An empty table.
    pub fn new(about: About) -> Self {
        Self { about, records: Vec::new(), names: HashMap::new(), codes: HashMap::new(), beginnings: None }
    }

    /// The same, able to find records by the beginning of their names.
    pub fn with_beginnings(self) -> Self {
        Self { beginnings: Some(BTreeMap::new()), ..self }
    }

    /// Adds a record under its own name and codes and under further names.
    pub fn add(&mut self, record: Record, names: &[(&str, Naming)]) {
        let number = u32::try_from(self.records.len()).unwrap_or(u32::MAX);
        for code in &record.codes {
            self.codes.entry(code.clone()).or_default().push(number);
        }
        let folded = fold_name(&record.name);
        if let Some(beginnings) = &mut self.beginnings {
            beginnings.entry(folded.clone()).or_insert(number);
        }
        self.name(number, folded, Naming::Official);
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

    fn beginning_with(&self, folded: &str) -> Vec<Hit> {
        let Some(beginnings) = &self.beginnings else { return Vec::new() };
        let begun = beginnings.range(folded.to_owned()..).take_while(|(name, _)| name.starts_with(folded));
        let begun: Vec<u32> =
            begun.filter(|(name, _)| *name != folded).map(|(_, n)| *n).take(MOST_BEGUN + 1).collect();
        if begun.len() > MOST_BEGUN {
            return Vec::new();
        }
        begun.into_iter().map(|n| self.hit(n, Naming::Beginning)).collect()
    }
}
