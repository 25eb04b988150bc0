//! Names beside IRIs.

use super::answer::{Row, Rows};
use super::{QueryError, Store};
use crate::rdf::{SIMPLIFIED, TRADITIONAL, vocabulary as v};
use oxigraph::model::{NamedNode, Term, Variable};

/// How many rows are read to learn which columns hold IRIs that have names.
const LOOKED_AT: usize = 1_000;

impl Store {
    /// What something is called in a language (`zh-hans`, `zh-hant`, `en`); else in another one.
    pub fn label(&self, iri: &str, language: &str) -> Option<String> {
        let node = NamedNode::new(iri).ok()?;
        let labels = self.objects(&node, v::LABEL).ok()?;
        let rank =
            |tag: &str| [language, SIMPLIFIED, TRADITIONAL, "en"].iter().position(|l| *l == tag).unwrap_or(9);
        let literals = labels.into_iter().filter_map(|label| match label {
            Term::Literal(literal) => Some((rank(literal.language().unwrap_or_default()), literal)),
            _ => None,
        });
        literals.min_by_key(|(rank, _)| *rank).map(|(_, literal)| literal.value().to_owned())
    }

    /// The same rows, with a column `nameLabel` after each column `name` whose first rows hold something that has a name.
    pub fn with_labels<'a>(&'a self, mut rows: Rows<'a>, language: &str) -> Result<Rows<'a>, QueryError> {
        let first: Vec<Row> = rows.by_ref().take(LOOKED_AT).collect::<Result<_, _>>()?;
        let named =
            |column: usize| first.iter().any(|row| self.name_of(row[column].as_ref(), language).is_some());
        let columns: Vec<(String, bool)> =
            rows.columns().iter().enumerate().map(|(i, c)| ((*c).to_owned(), named(i))).collect();
        let names = columns.iter().flat_map(|(name, named)| {
            std::iter::once(name.clone()).chain(named.then(|| format!("{name}Label")))
        });
        let names = names.map(Variable::new_unchecked).collect();
        let language = language.to_owned();
        let wider = move |row: Row| -> Row {
            let cells = row.into_iter().zip(&columns).flat_map(|(cell, (_, named))| {
                let label = named.then(|| self.name_of(cell.as_ref(), &language));
                std::iter::once(cell).chain(label)
            });
            cells.collect()
        };
        Ok(Rows::new(names, first.into_iter().map(Ok).chain(rows).map(move |row| row.map(&wider))))
    }

    fn name_of(&self, term: Option<&Term>, language: &str) -> Option<Term> {
        let Some(Term::NamedNode(node)) = term else { return None };
        let label = self.label(node.as_str(), language)?;
        Some(oxigraph::model::Literal::new_simple_literal(label).into())
    }
}
