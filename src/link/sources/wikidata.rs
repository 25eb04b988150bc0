//! Wikidata: divisions by P442, the property that holds their GB/T 2260 code.

use super::rows;
use crate::document::Class;
use crate::link::{About, Kind, Record, Source, Table};

const ITEMS: &str = include_str!("../../../data/link/wikidata.tsv");

/// The shipped items; `divisions` gives their names and kinds.
pub fn wikidata(divisions: &Table) -> Table {
    let mut table = Table::new(about());
    for fields in rows(ITEMS) {
        let code = format!("gbt2260:{}", fields[0]);
        let known = divisions.with_code(&code);
        let (name, kind) =
            known.first().map_or(("", Kind::Other), |hit| (hit.record.name.as_str(), hit.record.kind));
        let mut record = Record::new(format!("wd:{}", fields[1]), name, kind);
        record.codes.push(code);
        record.within = known.first().map(|hit| hit.record.within.clone()).unwrap_or_default();
        table.add(record, &[]);
    }
    table
}

pub(in crate::link) fn about() -> About {
    About {
        name: "wikidata".into(),
        title: "Wikidata".into(),
        version: "divisions by P442".into(),
        date: "2026-10".into(),
        licence: "CC0 1.0".into(),
        attribution: String::new(),
        prefix: "wd".into(),
        namespace: "http://www.wikidata.org/entity/".into(),
        suffix: String::new(),
        identifier: None,
        classes: vec![Class::Place],
        rows: 0,
    }
}
