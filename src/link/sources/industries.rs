//! GB/T 4754-2017 with what news calls its classes, and ISIC Rev. 4 beside it.

use super::rows;
use crate::document::Class;
use crate::link::industry_words::canonical;
use crate::link::names::conjuncts;
use crate::link::{About, Hit, Kind, Naming, Record, Relation, Source, Table};
use crate::text::fold_name;
use std::collections::BTreeMap;

const GBT: &str = include_str!("../../../data/link/gbt4754.tsv");
const ISIC: &str = include_str!("../../../data/link/isic4.tsv");
const TERMS: &str = include_str!("../../../data/link/industry_terms.tsv");
const PAIRS: &str = include_str!("../../../data/link/gbt4754_isic4.tsv");

/// GB/T 4754-2017, and the terms that name no single class of it. Names lead to classes as `canonical` makes them.
#[derive(Debug)]
pub struct Industries {
    table: Table,
    aggregates: BTreeMap<String, &'static str>,
}

impl Industries {
    /// The shipped classification.
    pub fn open() -> Self {
        let mut aggregates = BTreeMap::new();
        let mut terms: BTreeMap<&str, Vec<(&str, Naming)>> = BTreeMap::new();
        for fields in rows(TERMS) {
            let listed = fields[2].split(' ');
            match relation(fields[1]) {
                Some(relation) => {
                    let named = listed.map(|term| (term, Naming::Aligned(relation)));
                    terms.entry(fields[0]).or_default().extend(named);
                }
                None => aggregates.extend(listed.map(|term| (canonical(&fold_name(term)), fields[0]))),
            }
        }
        let mut table = Table::new(about());
        for fields in rows(GBT) {
            let terms = terms.get(fields[0]).map(Vec::as_slice).unwrap_or_default();
            add(&mut table, (fields[0], fields[1]), terms);
        }
        Self { table, aggregates }
    }

    /// Why a term names no single class, for those known to.
    pub fn aggregate(&self, folded: &str) -> Option<&'static str> {
        self.aggregates.get(&canonical(folded)).copied()
    }
}

impl Source for Industries {
    fn about(&self) -> &About {
        self.table.about()
    }

    fn with_code(&self, code: &str) -> Vec<Hit> {
        self.table.with_code(code)
    }

    fn with_name(&self, folded: &str) -> Vec<Hit> {
        self.table.with_name(&canonical(folded))
    }

    fn beginning_with(&self, folded: &str, most: usize) -> Vec<Hit> {
        self.table.beginning_with(folded, most)
    }
}

/// The title, what people call the class and what the title lists; a name that is two of them counts as the first. The
/// names as they are written are kept too, for those who look a class up by how it begins.
fn add(table: &mut Table, (code, title): (&str, &str), terms: &[(&str, Naming)]) {
    let mut record = Record::new(format!("gbt4754:{code}"), title, Kind::Industry);
    record.codes.push(record.id.clone());
    let parts = conjuncts(&fold_name(title));
    let parts = parts.iter().map(|p| (p.as_str(), Naming::Conjunct));
    let written: Vec<(&str, Naming)> =
        std::iter::once((title, Naming::Official)).chain(terms.iter().copied()).chain(parts).collect();
    let read: Vec<(String, Naming)> =
        written.iter().map(|(name, naming)| (canonical(&fold_name(name)), *naming)).collect();
    let names: Vec<(&str, Naming)> =
        read.iter().map(|(name, naming)| (name.as_str(), *naming)).chain(written).collect();
    table.add(record, &names);
}

fn relation(word: &str) -> Option<Relation> {
    match word {
        "exact" => Some(Relation::Exact),
        "close" => Some(Relation::Close),
        "broad" => Some(Relation::Broad),
        "narrow" => Some(Relation::Narrow),
        "related" => Some(Relation::Related),
        _ => None,
    }
}

fn about() -> About {
    About {
        name: "gbt4754".into(),
        title: "GB/T 4754-2017 industrial classification".into(),
        version: "2017".into(),
        date: "2017-06-30".into(),
        licence: "codes and titles of a national standard (facts)".into(),
        attribution: String::new(),
        prefix: "gbt4754".into(),
        namespace: "https://w3id.org/jinxiu/gbt4754/".into(),
        suffix: String::new(),
        identifier: None,
        classes: vec![Class::Industry],
        rows: 0,
    }
}

/// ISIC Rev. 4, reached through the codes of GB/T 4754.
pub fn isic() -> Table {
    let mut table = Table::new(isic_about());
    let mut pairs: BTreeMap<&str, Vec<(&str, &str)>> = BTreeMap::new();
    for fields in rows(PAIRS) {
        pairs.entry(fields[2]).or_default().push((fields[0], fields[1]));
    }
    for fields in rows(ISIC) {
        let mut record = Record::new(format!("isic4:{}", fields[0]), fields[1], Kind::Industry);
        record.label = Some(("en".into(), fields[1].to_owned()));
        record.codes.push(record.id.clone());
        let near = pairs.get(fields[0]).map(Vec::as_slice).unwrap_or_default();
        let aligned: Vec<(String, Naming)> = near
            .iter()
            .filter_map(|(code, word)| Some((format!("gbt4754:{code}"), Naming::Aligned(relation(word)?))))
            .collect();
        let names: Vec<(&str, Naming)> = aligned.iter().map(|(n, naming)| (n.as_str(), *naming)).collect();
        table.add(record, &names);
    }
    table
}

fn isic_about() -> About {
    About {
        name: "isic4".into(),
        title: "ISIC Rev. 4".into(),
        version: "Rev. 4".into(),
        date: "2008".into(),
        licence: "United Nations Statistics Division, free use with source".into(),
        attribution:
            "International Standard Industrial Classification Rev. 4, United Nations Statistics Division"
                .into(),
        prefix: "isic4".into(),
        namespace: "https://w3id.org/jinxiu/isic4/".into(),
        ..about()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_found_by_title_by_part_and_by_term() {
        let industries = Industries::open();
        let found = |name: &str| -> Vec<(String, Naming)> {
            industries.with_name(name).into_iter().map(|h| (h.record.id.clone(), h.naming)).collect()
        };
        assert_eq!(found("帘子布"), [("gbt4754:C1783".to_owned(), Naming::Conjunct)]);
        assert_eq!(found("农机装备"), found("农业机械"));
        let coal = [
            ("gbt4754:B06".to_owned(), Naming::Aligned(Relation::Close)),
            ("gbt4754:C25".to_owned(), Naming::Conjunct),
        ];
        assert_eq!(found("煤炭"), coal);
        assert!(industries.aggregate("装备制造").is_some());
    }

    #[test]
    fn isic_is_reached_by_the_national_code() {
        let hits = isic().with_name("gbt4754:b06");
        assert_eq!(hits[0].record.id, "isic4:05");
    }
}
