//! Why names are one thing or two, what was merged, what may be wrong.

use crate::document::Predicate;
use crate::graph::{Decision, Link, Thing, identity_key, same_thing};
use crate::rdf::{in_both_scripts, vocabulary as v};
use crate::store::resolve::Resolver;
use crate::store::state::State;
use crate::store::terms::{graph_of, node_of, subject_of, text_of};
use crate::store::{Store, StoreError};
use crate::text::fold_name;
use oxigraph::model::{GraphNameRef, NamedNode, Term};
use std::collections::{BTreeMap, BTreeSet};

/// What is known about two names.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sameness {
    /// What made them one thing.
    pub reasons: Vec<String>,
    /// What spoke against that.
    pub objections: Vec<String>,
}

/// Something that was merged into another thing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Merge {
    /// What a document found.
    pub found: Thing,
    /// Under what it is shown.
    pub into: Thing,
    /// Why.
    pub because: String,
}

/// A statement of which nothing is very sure.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Doubt {
    /// What it is about.
    pub subject: Thing,
    /// The property's local name.
    pub property: String,
    /// The object: a thing or a term.
    pub object: String,
    /// The greatest confidence, from 0 to 1.
    pub confidence: String,
    /// A passage that states it.
    pub words: String,
}

impl Store {
    /// Why two names denote one thing, and what speaks against it.
    pub fn why_same(&self, a: &str, b: &str) -> Result<Sameness, StoreError> {
        let state = State::committed(self);
        let (ones, others) = (self.bearers(a)?, self.bearers(b)?);
        let mut found = Sameness::default();
        for (thing, documents) in &ones {
            if let Some(also) = others.get(thing) {
                let both: Vec<&str> = documents.intersection(also).map(String::as_str).collect();
                let reason = in_one_document(thing, (a, b));
                found.reasons.push(match both.is_empty() {
                    true => format!("{thing} is called both, by different documents"),
                    false => format!("{thing} is called both in {}: {reason}", both.join(", ")),
                });
            }
        }
        for one in ones.keys() {
            for other in others.keys().filter(|o| *o != one && o.class == one.class) {
                self.compare_things(&state, (one, other), &mut found)?;
            }
        }
        Ok(found)
    }

    fn compare_things(
        &self,
        state: &State<'_>,
        (one, other): (&Thing, &Thing),
        found: &mut Sameness,
    ) -> Result<(), StoreError> {
        let resolver = Resolver { state: *state, decisions: &self.decisions };
        let (a, b) = (self.base.iri_of(one), self.base.iri_of(other));
        let (to_a, to_b) = (resolver.target(&a)?, resolver.target(&b)?);
        let end = |node: &NamedNode, to: &Option<(NamedNode, String)>| {
            to.as_ref().map_or(node.clone(), |t| t.0.clone())
        };
        if end(&a, &to_a) == end(&b, &to_b) {
            for (thing, to) in [(one, to_a), (other, to_b)] {
                let into = to.and_then(|(into, why)| Some((self.base.thing(into.as_str())?, why)));
                found.reasons.extend(into.map(|(into, why)| format!("{thing} is merged into {into}: {why}")));
            }
            return Ok(());
        }
        let (short, full) =
            if one.name.chars().count() <= other.name.chars().count() { (one, other) } else { (other, one) };
        let keys = (identity_key(one.class, &one.name), identity_key(other.class, &other.name));
        let objection = resolver.objection(short, full)?;
        let objection = objection.unwrap_or_else(|| match keys.0 == keys.1 {
            true => "a decision parts them".to_owned(),
            false => format!("their plain forms differ: {} and {}", keys.0, keys.1),
        });
        found.objections.push(format!("{one} and {other}: {objection}"));
        Ok(())
    }

    /// The things that documents call so, as they were found, with the documents.
    fn bearers(&self, name: &str) -> Result<BTreeMap<Thing, BTreeSet<String>>, StoreError> {
        let state = State::committed(self);
        let mut bearers: BTreeMap<Thing, BTreeSet<String>> = BTreeMap::new();
        for literal in in_both_scripts(name.trim()) {
            for predicate in [v::LABEL, v::ALT_LABEL] {
                for quad in state.named((None, Some(predicate), Some((&literal).into())))? {
                    let thing = subject_of(&quad).and_then(|s| self.base.thing(s.as_str()));
                    let document = graph_of(&quad).and_then(|g| self.base.document_of(g.as_str()));
                    if let (Some(thing), Some(document)) = (thing, document) {
                        bearers.entry(thing).or_default().insert(document);
                    }
                }
            }
        }
        Ok(bearers)
    }

    /// Everything that was merged into something else, sorted.
    pub fn merges(&self) -> Result<Vec<Merge>, StoreError> {
        let state = State::committed(self);
        let identity = self.base.identity();
        let mut merges = Vec::new();
        for quad in state.within(&identity, (None, Some(v::JX_MERGED_INTO), None))? {
            let Some(node) = subject_of(&quad) else { continue };
            let reasons = state.within(&identity, (Some(node), Some(v::JX_MERGED_BECAUSE), None))?;
            let because = reasons.iter().find_map(|q| text_of(&q.object)).map(str::to_owned);
            let into = node_of(quad.object.clone()).and_then(|n| self.base.thing(n.as_str()));
            if let (Some(found), Some(into)) = (self.base.thing(node.as_str()), into) {
                merges.push(Merge { found, into, because: because.unwrap_or_default() });
            }
        }
        merges.sort();
        Ok(merges)
    }

    /// The relations that queries see, without the stages of projects.
    pub fn links(&self) -> Result<Vec<Link>, StoreError> {
        let mut links = Vec::new();
        for predicate in Predicate::ALL.iter().filter(|p| **p != Predicate::Status) {
            let property = v::own(predicate.as_str());
            for quad in self.matching((None, Some(property.as_ref()), None))? {
                if let (Some(subject), Term::NamedNode(object)) = (subject_of(&quad), &quad.object) {
                    links.push(Link {
                        subject: subject.as_str().to_owned(),
                        predicate: property.as_str().to_owned(),
                        object: object.as_str().to_owned(),
                    });
                }
            }
        }
        links.sort();
        Ok(links)
    }

    /// Relations whose confidence stays below a limit, least sure first.
    pub fn doubts(&self, below: f64) -> Result<Vec<Doubt>, StoreError> {
        let mut doubts: BTreeMap<(Thing, String, String), (String, String)> = BTreeMap::new();
        for predicate in Predicate::ALL {
            let property = Term::from(v::own(predicate.as_str()));
            for quad in self.matching((None, Some(v::PREDICATE), Some(&property)))? {
                let Some(node) = subject_of(&quad) else { continue };
                let confidence = self.text_of(node, v::JX_CONFIDENCE)?.unwrap_or_default();
                let Some((subject, object)) = self.ends(node)? else { continue };
                let key = (subject, predicate.as_str().to_owned(), object);
                let words = self.words_of(node)?;
                let best = doubts.entry(key).or_insert_with(|| (confidence.clone(), words));
                best.0 = best.0.clone().max(confidence);
            }
        }
        let mut doubts: Vec<Doubt> = doubts
            .into_iter()
            .map(|((subject, property, object), (confidence, words))| Doubt {
                subject,
                property,
                object,
                confidence,
                words,
            })
            .filter(|d| d.confidence.parse::<f64>().is_ok_and(|c| c < below))
            .collect();
        doubts.sort_by(|a, b| a.confidence.cmp(&b.confidence).then_with(|| a.cmp(b)));
        Ok(doubts)
    }

    fn ends(&self, statement: &NamedNode) -> Result<Option<(Thing, String)>, StoreError> {
        let one = |term: Option<Term>| term.and_then(node_of);
        let subject = one(self.objects(statement, v::SUBJECT)?.into_iter().next());
        let object = one(self.objects(statement, v::OBJECT)?.into_iter().next());
        let subject = subject.and_then(|s| self.base.thing(s.as_str()));
        let object = object.map(|o| match self.base.thing(o.as_str()) {
            Some(thing) => thing.to_string(),
            None => o.as_str().rsplit('#').next().unwrap_or_default().to_owned(),
        });
        Ok(subject.zip(object))
    }

    /// The words of a statement's first passage.
    fn words_of(&self, statement: &NamedNode) -> Result<String, StoreError> {
        let Some(passage) = self.objects(statement, v::JX_EVIDENCE)?.into_iter().find_map(node_of) else {
            return Ok(String::new());
        };
        let Some(selector) = self.objects(&passage, v::HAS_SELECTOR)?.into_iter().find_map(node_of) else {
            return Ok(String::new());
        };
        let part = |predicate| self.text_of(&selector, predicate).map(Option::unwrap_or_default);
        Ok(format!("{}【{}】{}", part(v::PREFIX)?, part(v::EXACT)?, part(v::SUFFIX)?))
    }

    /// Whether the default graph holds anything about a node.
    pub fn knows(&self, iri: &str) -> Result<bool, StoreError> {
        let node = NamedNode::new_unchecked(iri);
        let mut quads = self.inner.quads_for_pattern(
            Some(node.as_ref().into()),
            None,
            None,
            Some(GraphNameRef::DefaultGraph),
        );
        Ok(quads.next().transpose().map_err(|e| self.failure(&e))?.is_some())
    }
}

impl Doubt {
    /// The decision that takes the statement out.
    pub fn rejection(&self) -> Decision {
        Decision::Reject(self.subject.clone(), self.property.clone(), self.object.clone())
    }

    /// The decision that it is right.
    pub fn acceptance(&self) -> Decision {
        Decision::Accept(self.subject.clone(), self.property.clone(), self.object.clone())
    }
}

/// By what rule a document's own names were joined.
fn in_one_document(thing: &Thing, (a, b): (&str, &str)) -> String {
    let (a, b) = (fold_name(a), fold_name(b));
    let (short, full) = if a.chars().count() <= b.chars().count() { (a, b) } else { (b, a) };
    if short == full {
        return "the names are equal".to_owned();
    }
    let direct = same_thing(thing.class, &short, &full).map(|reason| reason.words());
    let by_name = || same_thing(thing.class, &short, &thing.name).map(|reason| reason.words());
    direct.or_else(by_name).unwrap_or("a gazetteer or a third name joins them").to_owned()
}
