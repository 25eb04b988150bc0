//! Values that contradict one another, side by side with their sources.

use super::sheet::{FigureRow, Reader};
use crate::rdf::vocabulary as v;
use crate::store::{Store, StoreError};
use oxigraph::model::{NamedNode, Term};
use std::collections::{BTreeMap, BTreeSet};

/// One figure for which there are several values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The IRI of what is measured.
    pub entity: String,
    /// Its name.
    pub name: String,
    /// What is said, by value and then by document.
    pub figures: Vec<FigureRow>,
}

/// Everything in which two figures must agree to speak of one quantity.
type Cell = (String, [String; 6]);

impl Store {
    /// Exact figures on one quantity of one thing in one period that differ in their value.
    pub fn conflicts(&self) -> Result<Vec<Conflict>, StoreError> {
        let mut cells: BTreeMap<Cell, Vec<NamedNode>> = BTreeMap::new();
        for figure in self.subjects(v::TYPE, v::JX_FIGURE)? {
            if let Some(cell) = self.cell(&figure)? {
                cells.entry(cell).or_default().push(figure);
            }
        }
        let mut reader = Reader::new(self);
        let mut conflicts = Vec::new();
        for ((entity, _), nodes) in cells.into_iter().filter(|(_, nodes)| nodes.len() > 1) {
            let mut figures =
                nodes.iter().map(|node| reader.figure(node)).collect::<Result<Vec<FigureRow>, _>>()?;
            figures.sort_by(|a, b| (&a.value, &source(a)).cmp(&(&b.value, &source(b))));
            let values: BTreeSet<&String> = figures.iter().map(|f| &f.value).collect();
            if values.len() > 1 {
                let name = reader.name(&Term::from(NamedNode::new_unchecked(&entity)))?;
                conflicts.push(Conflict { entity, name, figures });
            }
        }
        conflicts.sort_by(|a, b| (&a.name, &a.entity).cmp(&(&b.name, &b.entity)));
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
