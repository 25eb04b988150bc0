//! Units and classifiers, from `data/values/units.toml`.

use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

/// What kind of quantity a unit measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Money of any currency.
    Money,
    /// Percent.
    Percent,
    /// Percentage points.
    Point,
    /// Things counted with a classifier.
    Count,
    /// People.
    Person,
    /// Mass.
    Mass,
    /// Power.
    Power,
    /// Energy.
    Energy,
    /// Length.
    Length,
    /// Area.
    Area,
    /// Volume.
    Volume,
    /// Duration.
    Time,
    /// Times as much.
    Times,
    /// Place in an order.
    Rank,
    /// Recognised, but measured by no base unit.
    Other,
}

/// A base unit.
#[derive(Debug, Clone, Deserialize)]
pub struct Unit {
    /// As extractions spell it.
    pub base: String,
    /// What it measures.
    pub kind: Kind,
    /// The IRI of the base unit, with the prefix `unit:`.
    pub qudt: String,
    /// Wordings and their factors.
    forms: BTreeMap<String, f64>,
    /// Wordings with numbers, and their values in the base unit.
    pub examples: BTreeMap<String, f64>,
}

/// A wording found in a text.
#[derive(Debug, Clone, Copy)]
pub struct Found {
    /// How many characters it has.
    pub len: usize,
    /// The base unit.
    pub unit: &'static Unit,
    /// What one of it is worth in the base unit.
    pub factor: f64,
}

struct Form {
    chars: Vec<char>,
    unit: usize,
    factor: f64,
}

struct Table {
    units: Vec<Unit>,
    forms: HashMap<char, Vec<Form>>,
}

static TABLE: LazyLock<Table> = LazyLock::new(Table::load);

impl Table {
    fn load() -> Self {
        #[derive(Deserialize)]
        struct File {
            unit: Vec<Unit>,
        }
        let units = toml::from_str::<File>(include_str!("../../data/values/units.toml"))
            .map_or_else(|_| Vec::new(), |f| f.unit);
        let mut forms: HashMap<char, Vec<Form>> = HashMap::new();
        for (index, unit) in units.iter().enumerate() {
            for (form, &factor) in &unit.forms {
                let chars: Vec<char> = form.chars().map(crate::text::fold_char).collect();
                forms.entry(chars[0]).or_default().push(Form { chars, unit: index, factor });
            }
        }
        for list in forms.values_mut() {
            list.sort_by(|a, b| b.chars.len().cmp(&a.chars.len()).then_with(|| a.chars.cmp(&b.chars)));
        }
        Self { units, forms }
    }
}

/// All units, in the order of their file.
pub fn all() -> &'static [Unit] {
    &TABLE.units
}

/// The base unit of that spelling.
pub fn base(name: &str) -> Option<&'static Unit> {
    TABLE.units.iter().find(|unit| unit.base == name)
}

/// The longest unit that begins at `at`.
pub fn find(chars: &[char], at: usize) -> Option<Found> {
    let rest = chars.get(at..)?;
    let form = TABLE.forms.get(rest.first()?)?.iter().find(|form| rest.starts_with(&form.chars))?;
    Some(Found { len: form.chars.len(), unit: &TABLE.units[form.unit], factor: form.factor })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_loads_and_every_unit_but_the_unmeasured_names_its_iri() {
        assert!(all().len() > 15);
        for unit in all().iter().filter(|unit| unit.kind != Kind::Other) {
            assert!(unit.qudt.contains(':'), "{}", unit.base);
        }
    }

    #[test]
    fn the_longest_wording_wins() {
        let chars: Vec<char> = "千瓦时".chars().collect();
        assert_eq!(find(&chars, 0).map(|f| f.unit.base.as_str()), Some("kWh"));
    }
}
