//! What two graphs state differently, by statement and with the documents that state it.

use super::scan::shorten;
use crate::rdf::{Base, vocabulary as v};
use oxigraph::model::{NamedNodeRef, Quad, Term};
use std::collections::{BTreeMap, BTreeSet};

/// A statement or figure in readable words.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stated {
    /// The IRI of what it is about.
    pub subject: String,
    /// Property and value, prefixes shortened.
    pub words: String,
}

/// What changed between two graphs; each with the documents that state it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Difference {
    /// In the new graph only.
    pub added: BTreeMap<Stated, BTreeSet<String>>,
    /// In the old graph only.
    pub removed: BTreeMap<Stated, BTreeSet<String>>,
}

impl Difference {
    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty()
    }
}

/// Compares what two sets of quads state. Where only the evidence changed there is no difference.
pub fn compare(old: &[Quad], new: &[Quad], base: &Base) -> Difference {
    let (old, new) = (statements(old, base), statements(new, base));
    let only = |a: &Statements, b: &Statements| {
        a.iter().filter(|(key, _)| !b.contains_key(*key)).map(|(k, d)| (k.clone(), d.clone())).collect()
    };
    Difference { added: only(&new, &old), removed: only(&old, &new) }
}

type Statements = BTreeMap<Stated, BTreeSet<String>>;
type Facts<'a> = BTreeMap<&'a str, Vec<&'a Term>>;

fn statements(quads: &[Quad], base: &Base) -> Statements {
    let mut nodes: BTreeMap<String, Facts<'_>> = BTreeMap::new();
    for quad in quads {
        let subject = plain(&quad.subject.clone().into());
        nodes.entry(subject).or_default().entry(quad.predicate.as_str()).or_default().push(&quad.object);
    }
    let prefixes = base.prefixes();
    let mut statements = Statements::new();
    for (node, facts) in &nodes {
        if let Some(stated) = relation(facts, &prefixes).or_else(|| figure(facts, &prefixes)) {
            statements.entry(stated).or_default().insert(document_of(node));
        }
    }
    statements
}

fn relation(facts: &Facts<'_>, prefixes: &[(String, String)]) -> Option<Stated> {
    let subject = plain(one(facts, v::SUBJECT)?);
    let (predicate, object) = (one(facts, v::PREDICATE)?, one(facts, v::OBJECT)?);
    Some(Stated { subject, words: format!("{} {}", shown(predicate, prefixes), shown(object, prefixes)) })
}

fn figure(facts: &Facts<'_>, prefixes: &[(String, String)]) -> Option<Stated> {
    let subject = plain(one(facts, v::JX_FIGURE_OF)?);
    one(facts, v::OBS_VALUE)?;
    let parts = [
        v::JX_INDICATOR,
        v::JX_MEASURE,
        v::JX_MODALITY,
        v::REF_PERIOD,
        v::JX_BOUND,
        v::OBS_VALUE,
        v::UNIT_MEASURE,
        v::JX_SHARE_OF,
        v::JX_BASELINE,
    ];
    let words: Vec<String> = parts
        .iter()
        .filter_map(|p| one(facts, *p))
        .filter(|t| says_more(t))
        .map(|t| shown(t, prefixes))
        .collect();
    Some(Stated { subject, words: words.join(" ") })
}

/// Whether a term is more than the mark of a share without a whole.
fn says_more(term: &Term) -> bool {
    *term != Term::from(v::JX_UNSPECIFIED_WHOLE.into_owned())
}

fn one<'a>(facts: &Facts<'a>, predicate: NamedNodeRef<'_>) -> Option<&'a Term> {
    facts.get(predicate.as_str())?.first().copied()
}

fn shown(term: &Term, prefixes: &[(String, String)]) -> String {
    match term {
        Term::NamedNode(node) => shorten(node.as_str(), prefixes),
        Term::Literal(literal) if literal.language().is_none() => literal.value().to_owned(),
        other => other.to_string(),
    }
}

fn plain(term: &Term) -> String {
    match term {
        Term::NamedNode(node) => node.as_str().to_owned(),
        other => other.to_string(),
    }
}

/// A statement's IRI ends in its document's id, an underscore and a hash.
fn document_of(node: &str) -> String {
    let local = node.rsplit('/').next().unwrap_or(node);
    local.rsplit_once('_').map_or(local, |(id, _)| id).to_owned()
}
