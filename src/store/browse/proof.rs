//! The proof that every statement rests on words that stand in the text.

use crate::rdf::{digest, vocabulary as v};
use crate::store::terms::bare;
use crate::store::{Store, StoreError};
use oxigraph::model::{NamedNodeRef, Quad, Term};
use std::collections::{BTreeMap, BTreeSet};

/// A statement, figure or passage for which the proof fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unproven {
    /// Its IRI.
    pub node: String,
    /// Why.
    pub reason: String,
}

impl Store {
    /// Proves one document: its text has its hash, every passage quotes it, every statement and figure has a passage,
    /// every statement is asserted. Tells how many statements were proved and what failed. `text` is used where the
    /// store holds none.
    pub fn prove(&self, document: &str, text: Option<&str>) -> Result<(usize, Vec<Unproven>), StoreError> {
        let quads = self.as_found(Some(document))?;
        let mut proof = Proof { facts: BTreeMap::new(), failed: Vec::new(), text: Vec::new() };
        let asserted: BTreeSet<String> = quads.iter().map(triple_key).collect();
        for quad in &quads {
            let facts = proof.facts.entry(iri_of(&quad.subject.to_string())).or_default();
            facts.entry(quad.predicate.as_str().to_owned()).or_default().push(quad.object.clone());
        }
        proof.read_text(self.base.mint("document", document).as_str(), text);
        proof.check_passages();
        let proved = proof.check_statements(&asserted);
        Ok((proved, proof.failed))
    }
}

type Facts = BTreeMap<String, Vec<Term>>;

struct Proof {
    facts: BTreeMap<String, Facts>,
    failed: Vec<Unproven>,
    text: Vec<char>,
}

impl Proof {
    fn fail(&mut self, node: &str, reason: impl Into<String>) {
        self.failed.push(Unproven { node: node.to_owned(), reason: reason.into() });
    }

    fn value(&self, node: &str, predicate: NamedNodeRef<'_>) -> Option<String> {
        self.facts.get(node)?.get(predicate.as_str())?.first().map(bare)
    }

    /// The nodes of which a property says something: by `rdf:predicate` statements, by `oa:hasSource` passages.
    fn with(&self, property: NamedNodeRef<'_>) -> Vec<String> {
        let said = |facts: &Facts| facts.contains_key(property.as_str());
        self.facts.iter().filter(|(_, facts)| said(facts)).map(|(node, _)| node.clone()).collect()
    }

    fn read_text(&mut self, document: &str, given: Option<&str>) {
        let stored = self.value(document, v::TEXT);
        let Some(text) = stored.or_else(|| given.map(str::to_owned)) else {
            return self.fail(document, "the text is neither in the store nor given");
        };
        if self.value(document, v::SHA256).is_some_and(|stated| stated != digest(&text)) {
            self.fail(document, "the text has another SHA-256 than the document states");
        }
        self.text = text.chars().collect();
    }

    fn check_passages(&mut self) {
        for passage in self.with(v::HAS_SELECTOR) {
            if let Some(reason) = self.misquotation(&passage) {
                self.fail(&passage, reason);
            }
        }
    }

    fn misquotation(&self, passage: &str) -> Option<String> {
        let Some(selector) = self.value(passage, v::HAS_SELECTOR) else {
            return Some("no selector".to_owned());
        };
        let number = |predicate| self.value(&selector, predicate).and_then(|n| n.parse::<usize>().ok());
        let (Some(start), Some(end)) = (number(v::START), number(v::END)) else {
            return Some("no position".to_owned());
        };
        let Some(quoted) = self.text.get(start..end) else {
            return Some(format!("{start}..{end} is not within the text"));
        };
        let exact = self.value(&selector, v::EXACT).unwrap_or_default();
        if !exact.chars().eq(quoted.iter().copied()) {
            let stands: String = quoted.iter().collect();
            return Some(format!("quotes “{exact}” where the text has “{stands}”"));
        }
        let before = self.value(&selector, v::PREFIX).unwrap_or_default();
        let after = self.value(&selector, v::SUFFIX).unwrap_or_default();
        let around = self.text[..start].iter().collect::<String>().ends_with(&before)
            && self.text[end..].iter().collect::<String>().starts_with(&after);
        (!around).then(|| "prefix or suffix do not stand around the quotation".to_owned())
    }

    fn check_statements(&mut self, asserted: &BTreeSet<String>) -> usize {
        let statements = self.with(v::PREDICATE);
        let figures = self.with(v::OBS_VALUE);
        let passages: BTreeSet<String> = self.with(v::HAS_SOURCE).into_iter().collect();
        for node in statements.iter().chain(&figures) {
            let evidence = self.facts[node].get(v::JX_EVIDENCE.as_str()).cloned().unwrap_or_default();
            if evidence.is_empty() {
                self.fail(node, "no evidence");
            } else if evidence.iter().any(|e| !passages.contains(&bare(e))) {
                self.fail(node, "evidence that is no passage of this document");
            }
        }
        let stated: BTreeSet<String> = statements.iter().filter_map(|node| self.stated(node)).collect();
        for missing in stated.difference(asserted) {
            self.fail(missing, "stated but not asserted");
        }
        statements.len() + figures.len()
    }

    fn stated(&self, statement: &str) -> Option<String> {
        let facts = self.facts.get(statement)?;
        let one =
            |predicate: NamedNodeRef<'_>| facts.get(predicate.as_str())?.first().map(ToString::to_string);
        Some(format!("{} {} {}", one(v::SUBJECT)?, one(v::PREDICATE)?, one(v::OBJECT)?))
    }
}

fn triple_key(quad: &Quad) -> String {
    format!("{} {} {}", quad.subject, quad.predicate, quad.object)
}

fn iri_of(shown: &str) -> String {
    shown.trim_start_matches('<').trim_end_matches('>').to_owned()
}
