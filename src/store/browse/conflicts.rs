//! What contradicts one another, side by side with its sources.

use super::sheet::{FigureRow, Reader, RelationRow};
use crate::rdf::vocabulary as v;
use crate::store::{Store, StoreError};
use oxigraph::model::{NamedNode, Term};
use std::collections::{BTreeMap, BTreeSet};

/// What of a thing is said in several ways of which only one can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A figure in one period.
    Figure,
    /// Who holds an office in one year.
    Office,
    /// The stage of a project.
    Status,
    /// Where it lies.
    Place,
}

impl Kind {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Figure => "figure",
            Self::Office => "office",
            Self::Status => "status",
            Self::Place => "place",
        }
    }
}

/// What is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sides {
    /// Figures, by value and then by document.
    Figures(Vec<FigureRow>),
    /// Statements.
    Statements(Vec<RelationRow>),
}

/// One thing of which several are said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The IRI of the thing.
    pub entity: String,
    /// Its name.
    pub name: String,
    /// In what the sides differ.
    pub kind: Kind,
    /// What is said of it.
    pub sides: Sides,
}

/// Everything in which two figures must agree to speak of one quantity.
type Cell = (String, [String; 6]);

impl Store {
    /// Figures, holders of offices, stages and places that cannot all be right.
    pub fn conflicts(&self) -> Result<Vec<Conflict>, StoreError> {
        let mut reader = Reader::new(self);
        let mut conflicts = self.differing_figures(&mut reader)?;
        conflicts.extend(self.contradictions(&mut reader)?);
        conflicts.sort_by(|a, b| (a.kind, &a.name, &a.entity).cmp(&(b.kind, &b.name, &b.entity)));
        Ok(conflicts)
    }

    /// Exact figures on one quantity of one thing in one period that differ in their value.
    fn differing_figures(&self, reader: &mut Reader<'_>) -> Result<Vec<Conflict>, StoreError> {
        let mut cells: BTreeMap<Cell, Vec<NamedNode>> = BTreeMap::new();
        for figure in self.subjects(v::TYPE, v::JX_FIGURE)? {
            if let Some(cell) = self.cell(&figure)? {
                cells.entry(cell).or_default().push(figure);
            }
        }
        let mut conflicts = Vec::new();
        for ((entity, _), nodes) in cells.into_iter().filter(|(_, nodes)| nodes.len() > 1) {
            let mut figures =
                nodes.iter().map(|node| reader.figure(node)).collect::<Result<Vec<FigureRow>, _>>()?;
            figures.sort_by(|a, b| (&a.value, &source(a)).cmp(&(&b.value, &source(b))));
            let values: BTreeSet<&String> = figures.iter().map(|f| &f.value).collect();
            if values.len() > 1 {
                let name = reader.name(&Term::from(NamedNode::new_unchecked(&entity)))?;
                conflicts.push(Conflict { entity, name, kind: Kind::Figure, sides: Sides::Figures(figures) });
            }
        }
        Ok(conflicts)
    }

    /// What a figure is about, unless it is a bound or of no known period.
    fn cell(&self, figure: &NamedNode) -> Result<Option<Cell>, StoreError> {
        let one = |predicate| -> Result<String, StoreError> {
            let term = self.objects(figure, predicate)?.into_iter().next();
            Ok(term.map(|t| t.to_string()).unwrap_or_default())
        };
        let entity = match self.objects(figure, v::JX_FIGURE_OF)?.into_iter().next() {
            Some(Term::NamedNode(entity)) => entity.into_string(),
            _ => return Ok(None),
        };
        let period = one(v::REF_PERIOD)?;
        let comparable = one(v::JX_BOUND)? == v::own("exact").to_string()
            && !period.is_empty()
            && period != v::JX_UNDATED.to_string();
        if !comparable {
            return Ok(None);
        }
        let rest = [
            one(v::JX_INDICATOR)?,
            one(v::JX_MEASURE)?,
            one(v::JX_MODALITY)?,
            period,
            one(v::UNIT_MEASURE)?,
            one(v::JX_SHARE_OF)?,
        ];
        Ok(Some((entity, rest)))
    }
}

fn source(figure: &FigureRow) -> String {
    figure.quotations.first().map(|q| q.document.clone()).unwrap_or_default()
}
