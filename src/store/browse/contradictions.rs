//! Statements that exclude one another: two holders of one office, a project that goes back, one thing in two places.

use super::conflicts::{Conflict, Kind, Sides};
use super::sheet::{Quotation, Reader, RelationRow};
use crate::document::{Class, Predicate, Status};
use crate::graph::is_held_alone;
use crate::rdf::vocabulary as v;
use crate::store::terms::{node_of, subject_of};
use crate::store::{Store, StoreError};
use oxigraph::model::NamedNode;
use std::collections::{BTreeMap, BTreeSet};

/// Levels of administration: a thing does not lie in two divisions of one level.
const LEVELS: [&str; 8] =
    ["Country", "Province", "City", "Prefecture", "District", "County", "Town", "Village"];

impl Store {
    /// Contradicting statements of offices, stages and places, unsorted.
    pub(super) fn contradictions(&self, reader: &mut Reader<'_>) -> Result<Vec<Conflict>, StoreError> {
        let mut found = Vec::new();
        for (office, _) in self.several(Predicate::HoldsPosition, End::Object)? {
            if self.is_one_persons(&office)? {
                let rows = reader.stated(&office, v::OBJECT, false)?;
                for rows in holders(of_property(rows, Predicate::HoldsPosition)) {
                    found.push(reader.contradiction(&office, Kind::Office, rows)?);
                }
            }
        }
        for (project, _) in self.several(Predicate::Status, End::Subject)? {
            let rows = stages(of_property(reader.stated(&project, v::SUBJECT, true)?, Predicate::Status));
            if !rows.is_empty() {
                found.push(reader.contradiction(&project, Kind::Status, rows)?);
            }
        }
        for (thing, places) in self.several(Predicate::LocatedIn, End::Subject)? {
            let excluding = self.excluding(&thing, &places)?;
            if !excluding.is_empty() {
                let rows = of_property(reader.stated(&thing, v::SUBJECT, true)?, Predicate::LocatedIn);
                let rows = rows.into_iter().filter(|row| excluding.contains(&row.other)).collect();
                found.push(reader.contradiction(&thing, Kind::Place, rows)?);
            }
        }
        Ok(found)
    }

    /// The things at one end of a property that have several at its other end, with these.
    fn several(
        &self,
        property: Predicate,
        end: End,
    ) -> Result<BTreeMap<NamedNode, BTreeSet<NamedNode>>, StoreError> {
        let mut ends: BTreeMap<NamedNode, BTreeSet<NamedNode>> = BTreeMap::new();
        for quad in self.matching((None, Some(v::own(property.as_str()).as_ref()), None))? {
            let (Some(subject), Some(object)) = (subject_of(&quad).cloned(), node_of(quad.object)) else {
                continue;
            };
            let (one, other) = if end == End::Subject { (subject, object) } else { (object, subject) };
            ends.entry(one).or_default().insert(other);
        }
        ends.retain(|_, others| others.len() > 1);
        Ok(ends)
    }

    /// Whether an office is one that a single person holds, and known by its body.
    fn is_one_persons(&self, office: &NamedNode) -> Result<bool, StoreError> {
        let body = v::own(Predicate::PositionIn.as_str());
        let thing = self.base.thing(office.as_str());
        let alone = thing.is_some_and(|t| is_held_alone(t.name.rsplit('·').next().unwrap_or_default()));
        Ok(alone && !self.objects(office, body.as_ref())?.is_empty())
    }

    /// Those places of a thing of which one rules out another; companies and bodies may have many seats.
    fn excluding(
        &self,
        thing: &NamedNode,
        places: &BTreeSet<NamedNode>,
    ) -> Result<BTreeSet<String>, StoreError> {
        let class = self.base.thing(thing.as_str()).map(|t| t.class);
        let mut excluding = BTreeSet::new();
        if !matches!(class, Some(Class::Place | Class::Zone | Class::Project)) {
            return Ok(excluding);
        }
        for (one, other) in places.iter().flat_map(|one| places.iter().map(move |other| (one, other))) {
            if one != other && self.rules_out(one, other)? {
                excluding.insert(one.as_str().to_owned());
            }
        }
        Ok(excluding)
    }

    /// Whether two places cannot both hold a thing: by their codes, else as two of one level.
    fn rules_out(&self, one: &NamedNode, other: &NamedNode) -> Result<bool, StoreError> {
        let (a, b) = (self.code_of(one.as_str())?, self.code_of(other.as_str())?);
        if let (Some(a), Some(b)) = (a, b) {
            let (a, b) = (significant(&a), significant(&b));
            return Ok(!a.starts_with(b) && !b.starts_with(a));
        }
        let levels = |place: &NamedNode| -> Result<BTreeSet<&str>, StoreError> {
            let classes = self.objects(place, v::TYPE)?;
            Ok(LEVELS.into_iter().filter(|level| classes.contains(&v::own(level).into())).collect())
        };
        let one_level = !levels(one)?.is_disjoint(&levels(other)?);
        let lies_in = |inner: &NamedNode, outer: &NamedNode| -> Result<bool, StoreError> {
            Ok(self.lying_in(&[outer.as_str().to_owned()])?.contains(inner.as_str()))
        };
        Ok(one_level && !lies_in(one, other)? && !lies_in(other, one)?)
    }
}

/// At which end of a property things are looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Subject,
    Object,
}

impl Reader<'_> {
    fn contradiction(
        &mut self,
        thing: &NamedNode,
        kind: Kind,
        rows: Vec<RelationRow>,
    ) -> Result<Conflict, StoreError> {
        let name = self.name(&thing.clone().into())?;
        Ok(Conflict { entity: thing.as_str().to_owned(), name, kind, sides: Sides::Statements(rows) })
    }
}

/// A division's code without the zeros that stand for its parts.
fn significant(code: &str) -> &str {
    code.trim_end_matches("00")
}

fn of_property(rows: Vec<RelationRow>, property: Predicate) -> Vec<RelationRow> {
    let property = v::own(property.as_str());
    rows.into_iter().filter(|row| row.predicate == property.as_str()).collect()
}

/// The holders of an office in each year in which several are reported; of undated documents each is a time of its own.
fn holders(rows: Vec<RelationRow>) -> Vec<Vec<RelationRow>> {
    let period = |q: &Quotation| q.reported.get(..4).map_or_else(|| q.document.clone(), str::to_owned);
    let periods: BTreeSet<String> = rows.iter().flat_map(|row| row.quotations.iter().map(period)).collect();
    let in_period = |wanted: &String| -> Vec<RelationRow> {
        let within = rows.iter().map(|row| {
            let quotations = row.quotations.iter().filter(|q| period(q) == *wanted).cloned().collect();
            RelationRow { quotations, ..row.clone() }
        });
        within.filter(|row| !row.quotations.is_empty()).collect()
    };
    periods.iter().map(in_period).filter(|rows| rows.len() > 1).collect()
}

/// The stages of a project of which one comes before another and is reported not before it.
fn stages(rows: Vec<RelationRow>) -> Vec<RelationRow> {
    let stage = |row: &RelationRow| Status::parse(row.other.rsplit('#').next().unwrap_or_default());
    let goes_back = |early: &RelationRow, late: &RelationRow| {
        let dates = |row: &RelationRow| row.quotations.iter().map(|q| q.reported.clone()).collect::<Vec<_>>();
        let (early_dates, late_dates) = (dates(early), dates(late));
        stage(early) < stage(late)
            && early_dates.iter().any(|after| late_dates.iter().any(|before| not_before(after, before)))
    };
    let contradicts =
        |row: &&RelationRow| rows.iter().any(|other| goes_back(row, other) || goes_back(other, row));
    rows.iter().filter(contradicts).cloned().collect()
}

/// Whether a day is surely that of another, or after it; of days that are not fully given as much as both say.
fn not_before(day: &str, other: &str) -> bool {
    let both = day.len().min(other.len());
    let (a, b) = (day.get(..both).unwrap_or_default(), other.get(..both).unwrap_or_default());
    !a.is_empty() && (a > b || (a == b && day.len() == 10 && other.len() == 10))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_that_is_given_in_part_is_compared_as_far_as_it_goes() {
        assert!(not_before("2023-08-02", "2023-08-01") && not_before("2023-08-01", "2023-08-01"));
        assert!(not_before("2024", "2023-08-01") && !not_before("2023", "2023-08-01"));
        assert!(!not_before("", "2023") && !not_before("2022-12-31", "2023-01-01"));
    }

    #[test]
    fn codes_are_compared_without_the_zeros_of_their_parts() {
        assert_eq!(["140000", "140100", "140105"].map(significant), ["14", "1401", "140105"]);
    }
}
