//! What an entity is found by: its names in either script, and its IRI in any of the ways it is printed.

use crate::document::Class;
use crate::rdf::{SIMPLIFIED, in_both_scripts, simplified, vocabulary as v};
use crate::store::terms::subject_of;
use crate::store::{Store, StoreError};
use oxigraph::model::{NamedNode, Term};
use std::collections::BTreeSet;

/// An entity that bears a name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// Its IRI.
    pub iri: String,
    /// Its class, by local name.
    pub class: String,
}

impl Store {
    /// The entities that bear a name, in either script; or the one of an IRI.
    pub fn find(&self, name: &str) -> Result<Vec<Found>, StoreError> {
        if let Some(node) = self.by_iri(name.trim())
            && let Some(found) = self.found(&node)?
        {
            return Ok(vec![found]);
        }
        let mut found = Vec::new();
        for literal in in_both_scripts(name.trim()) {
            let term = Term::from(literal);
            for predicate in [v::LABEL, v::ALT_LABEL] {
                for quad in self.matching((None, Some(predicate), Some(&term)))? {
                    found.extend(subject_of(&quad).map(|n| self.found(n)).transpose()?.flatten());
                }
            }
        }
        found.sort();
        found.dedup();
        Ok(found)
    }

    /// What is written as an IRI, with or without brackets, or as a query's table shortens it.
    fn by_iri(&self, text: &str) -> Option<NamedNode> {
        let whole = text.trim_start_matches('<').trim_end_matches('>');
        let (prefix, local) = whole.split_once(':')?;
        let prefixes = self.base.prefixes();
        let known = prefixes.iter().find(|(known, _)| known == prefix);
        let iri = known.map_or_else(|| whole.to_owned(), |(_, start)| format!("{start}{local}"));
        NamedNode::new(iri).ok()
    }

    /// An entity by its IRI, if it is one.
    pub(super) fn found(&self, node: &NamedNode) -> Result<Option<Found>, StoreError> {
        let classes = self.objects(node, v::TYPE)?;
        let nine = Class::ALL.iter().map(|c| c.as_str());
        let class = nine.into_iter().find(|c| classes.contains(&v::own(c).into()));
        Ok(class.map(|c| Found { iri: node.as_str().to_owned(), class: c.to_owned() }))
    }

    /// Names of entities that contain some text, for when nothing bears it; sorted, at most `limit`.
    pub fn names_like(&self, text: &str, limit: usize) -> Result<Vec<String>, StoreError> {
        let wanted = simplified(text.trim());
        let mut names = BTreeSet::new();
        for predicate in [v::LABEL, v::ALT_LABEL] {
            for quad in self.matching((None, Some(predicate), None))? {
                if let Term::Literal(l) = &quad.object
                    && l.language() == Some(SIMPLIFIED)
                    && (l.value().contains(&wanted) || wanted.contains(l.value()))
                    && quad.subject.to_string().contains(self.base.as_str())
                {
                    names.insert(l.value().to_owned());
                }
            }
        }
        Ok(names.into_iter().take(limit).collect())
    }
}
