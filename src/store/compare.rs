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
    /// Property and value as people read them.
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
    let names = Names { base, prefixes: base.prefixes() };
    let mut statements = Statements::new();
    for (node, facts) in &nodes {
        if let Some(stated) = relation(facts, &names).or_else(|| figure(facts, &names)) {
            statements.entry(stated).or_default().insert(names.document_of(node));
        }
    }
    statements
}

fn relation(facts: &Facts<'_>, names: &Names<'_>) -> Option<Stated> {
    let subject = plain(one(facts, v::SUBJECT)?);
    let (predicate, object) = (one(facts, v::PREDICATE)?, one(facts, v::OBJECT)?);
    Some(Stated { subject, words: format!("{} {}", names.term(predicate), names.term(object)) })
}

fn figure(facts: &Facts<'_>, names: &Names<'_>) -> Option<Stated> {
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
    let words: Vec<String> =
        parts.iter().filter_map(|p| one(facts, *p)).filter(|t| says_more(t)).map(|t| names.term(t)).collect();
    Some(Stated { subject, words: words.join(" ") })
}

/// Whether a term is more than the mark of a share without a whole.
fn says_more(term: &Term) -> bool {
    *term != Term::from(v::JX_UNSPECIFIED_WHOLE.into_owned())
}

fn one<'a>(facts: &Facts<'a>, predicate: NamedNodeRef<'_>) -> Option<&'a Term> {
    facts.get(predicate.as_str())?.first().copied()
}

fn plain(term: &Term) -> String {
    match term {
        Term::NamedNode(node) => node.as_str().to_owned(),
        other => other.to_string(),
    }
}

/// How terms are spelt for people.
struct Names<'a> {
    base: &'a Base,
    prefixes: Vec<(String, String)>,
}

impl Names<'_> {
    fn term(&self, term: &Term) -> String {
        match term {
            Term::NamedNode(node) => {
                self.base.spelt(node.as_str()).unwrap_or_else(|| shorten(node.as_str(), &self.prefixes))
            }
            Term::Literal(literal) if literal.language().is_none() => literal.value().to_owned(),
            other => other.to_string(),
        }
    }

    /// A statement's IRI ends in its document's id, an underscore and a hash.
    fn document_of(&self, node: &str) -> String {
        let spelt = self.base.spelt(node);
        let local = spelt.as_deref().and_then(|s| s.split_once(':')).map_or(node, |(_, name)| name);
        local.rsplit_once('_').map_or(local, |(id, _)| id).to_owned()
    }
}
