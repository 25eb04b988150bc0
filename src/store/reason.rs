//! What follows from a graph and its ontology, and what in it excludes itself: rules of OWL 2 RL, kept as data, carried out
//! until nothing new follows. Each inference keeps its rule and its premises.

mod rules;

use super::browse::Quotation;
use super::scan::shorten;
use super::shapes::Violation;
use super::{Store, StoreError};
use crate::ontology::ontology;
use crate::rdf::{Base, vocabulary as v};
use oxigraph::model::{GraphName, GraphNameRef, NamedNode, NamedOrBlankNode, Quad, Term, Triple};
use oxigraph::store::{StorageError, Store as Oxigraph, Transaction};
use rules::{Fired, NEW, Rule, rules};
use std::collections::{BTreeMap, BTreeSet};

/// The most statements that may follow.
const MOST: usize = 2_000_000;

/// Something that follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inference {
    /// What follows.
    pub triple: Triple,
    /// The rule, by the name that OWL 2 RL gives it.
    pub rule: &'static str,
    /// What it follows from.
    pub premises: Vec<Triple>,
}

/// All that follows, and what excludes itself.
#[derive(Debug, Clone, Default)]
pub struct Reasoned {
    /// What follows of the things in the documents, sorted.
    pub inferences: Vec<Inference>,
    /// What cannot be true together, each with its sentences.
    pub violations: Vec<Violation>,
}

/// Why nothing could be inferred.
#[derive(Debug, thiserror::Error)]
pub enum ReasonError {
    /// The store fails.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A rule fails.
    #[error("the rule {0} failed: {1}")]
    Rule(&'static str, String),
    /// Too much follows.
    #[error("more than {MOST} statements follow; nothing was written")]
    TooMuch,
}

type Known = BTreeMap<String, Inference>;

impl Store {
    /// Carries the rules out on what queries see.
    pub fn reason(&self) -> Result<Reasoned, ReasonError> {
        let work = self.workplace()?;
        let known = close(&work)?;
        let (mut violations, declared) = (Vec::new(), declared());
        for rule in rules().iter().filter(|rule| rule.then.is_none()) {
            for fired in rule.fire(&work)? {
                let roots = roots(&fired.premises, &known, &declared);
                violations.push(self.excluded(rule, &fired, &roots)?);
            }
        }
        violations.sort();
        let terms: BTreeSet<String> = ontology().triples().iter().map(|t| t.subject.to_string()).collect();
        let of_things = |inference: &Inference| !terms.contains(&inference.triple.subject.to_string());
        Ok(Reasoned { inferences: known.into_values().filter(of_things).collect(), violations })
    }

    /// Keeps what follows in a graph of its own, which queries see by its name alone, until a document comes, goes or
    /// changes.
    pub fn save_inferences(&mut self, inferences: &[Inference]) -> Result<(), StoreError> {
        self.settle()?;
        self.inner.clear_graph(&self.base.inferred()).map_err(|e| self.failure(&e))?;
        let mut loader = self.inner.bulk_loader();
        loader.load_quads(inferred_quads(inferences, &self.base)).map_err(|e| self.failure(&e))?;
        loader.commit().map_err(|e| self.failure(&e))?;
        self.flush()
    }

    /// Takes out what followed from documents that are no longer the same.
    pub(super) fn forget_inferences(&self, change: &mut Transaction<'_>) -> Result<(), StoreError> {
        let graph = self.base.inferred();
        if self.has_graph(&graph)? {
            change.remove_named_graph(&graph).map_err(|e| self.failure(&e))?;
        }
        Ok(())
    }

    /// The ontology, and what the store says of things; how the store came to say it is left out.
    fn workplace(&self) -> Result<Oxigraph, StoreError> {
        let work = Oxigraph::new().map_err(|e| self.failure(&e))?;
        let mut slices = BTreeSet::new();
        let default = Some(GraphNameRef::DefaultGraph);
        let class = Some(v::SLICE_CLASS.into());
        for quad in self.inner.quads_for_pattern(None, Some(v::TYPE), class, default) {
            slices.insert(quad.map_err(|e| self.failure(&e))?.subject.to_string());
        }
        let mut quads: Vec<Quad> =
            ontology().triples().iter().map(|t| t.clone().in_graph(GraphName::DefaultGraph)).collect();
        for quad in self.inner.quads_for_pattern(None, None, None, default) {
            let quad = quad.map_err(|e| self.failure(&e))?;
            if speaks_of_things(&quad) && !slices.contains(&quad.subject.to_string()) {
                quads.push(quad);
            }
        }
        let mut loader = work.bulk_loader();
        loader.load_quads(quads).map_err(|e| self.failure(&e))?;
        loader.commit().map_err(|e| self.failure(&e))?;
        Ok(work)
    }

    fn excluded(&self, rule: &Rule, fired: &Fired, roots: &[Triple]) -> Result<Violation, StoreError> {
        let mut quotations: Vec<Quotation> = Vec::new();
        for triple in roots {
            for quotation in self.quoted(triple)? {
                if !quotations.contains(&quotation) {
                    quotations.push(quotation);
                }
            }
        }
        let prefixes = self.base.prefixes();
        let said: Vec<String> = roots.iter().map(|triple| shown(triple, &prefixes)).collect();
        let first = fired.premises.first();
        Ok(Violation {
            focus: first.map(|t| bare(&t.subject.clone().into())).unwrap_or_default(),
            path: first.map(|t| t.predicate.as_str().to_owned()).unwrap_or_default(),
            value: first.map(|t| bare(&t.object)).unwrap_or_default(),
            message: format!("{} ({}): {}", rule.says, rule.name, said.join("; ")),
            severity: "Violation".to_owned(),
            shape: format!("{RULES}#{}", rule.name),
            constraint: format!("{RULES}#{}", rule.name),
            quotations,
        })
    }

    fn quoted(&self, triple: &Triple) -> Result<Vec<Quotation>, StoreError> {
        let NamedOrBlankNode::NamedNode(subject) = &triple.subject else { return Ok(Vec::new()) };
        let mut quotations = Vec::new();
        for node in self.subjects(v::SUBJECT, subject.as_ref())? {
            let says =
                |predicate, term: &Term| self.objects(&node, predicate).is_ok_and(|o| o.contains(term));
            if says(v::PREDICATE, &triple.predicate.clone().into()) && says(v::OBJECT, &triple.object) {
                quotations.extend(self.quotations(&node)?);
            }
        }
        Ok(quotations)
    }
}

/// Where the rules are defined.
const RULES: &str = "https://www.w3.org/TR/owl2-profiles/";

/// Statement nodes, passages and runs are about texts, not about things.
fn speaks_of_things(quad: &Quad) -> bool {
    let predicate = quad.predicate.as_ref();
    let about_texts = [v::SUBJECT, v::PREDICATE, v::OBJECT, v::JX_EVIDENCE, v::JX_FOUND_BY, v::JX_CONFIDENCE];
    let others =
        [v::JX_OCCURS_AT, v::HAS_SOURCE, v::HAS_SELECTOR, v::START, v::END, v::EXACT, v::PREFIX, v::SUFFIX];
    let classes = [v::TEXT_POSITION_SELECTOR, v::TEXT_QUOTE_SELECTOR];
    let of_class = matches!(&quad.object, Term::NamedNode(class) if predicate == v::TYPE && classes.contains(&class.as_ref()));
    !(about_texts.contains(&predicate) || others.contains(&predicate) || of_class)
}

/// Carries out what follows until nothing new does. After the first round only what rests on something new is looked for.
fn close(work: &Oxigraph) -> Result<Known, ReasonError> {
    let mut known = Known::new();
    let mut last = round(work, Rule::fire)?;
    while !last.is_empty() {
        show(&last, work).map_err(|e| ReasonError::Rule("all", e.to_string()))?;
        known.append(&mut last);
        if known.len() > MOST {
            return Err(ReasonError::TooMuch);
        }
        last = round(work, Rule::fire_anew)?;
    }
    Ok(known)
}

type Fire = fn(&Rule, &Oxigraph) -> Result<Vec<Fired>, ReasonError>;

/// What follows at once by any rule; where several lead to one statement, by the first.
fn round(work: &Oxigraph, fire: Fire) -> Result<Known, ReasonError> {
    let mut found = Known::new();
    for rule in rules() {
        let Some(then) = &rule.then else { continue };
        for fired in fire(rule, work)? {
            let Some(triple) = fired.instance(then) else { continue };
            let inference = Inference { triple, rule: rule.name, premises: fired.premises };
            found.entry(inference.triple.to_string()).or_insert(inference);
        }
    }
    Ok(found)
}

/// Adds what followed last to what is known, and puts it in place of what followed before.
fn show(last: &Known, work: &Oxigraph) -> Result<(), StorageError> {
    let new = NamedNode::new_unchecked(NEW);
    work.clear_graph(&new)?;
    let quads = last.values().flat_map(|inference| {
        [GraphName::DefaultGraph, new.clone().into()].map(|graph| inference.triple.clone().in_graph(graph))
    });
    work.extend(quads)
}

/// What the ontology says.
fn declared() -> BTreeSet<String> {
    ontology().triples().iter().map(ToString::to_string).collect()
}

/// What documents state, from which premises follow, without what the ontology says.
fn roots(premises: &[Triple], known: &Known, declared: &BTreeSet<String>) -> Vec<Triple> {
    let mut open: Vec<Triple> = premises.iter().rev().cloned().collect();
    let (mut seen, mut roots) = (BTreeSet::new(), Vec::new());
    while let Some(triple) = open.pop() {
        let key = triple.to_string();
        if declared.contains(&key) || !seen.insert(key.clone()) {
            continue;
        }
        match known.get(&key) {
            Some(inference) => open.extend(inference.premises.iter().rev().cloned()),
            None => roots.push(triple),
        }
    }
    roots
}

fn bare(term: &Term) -> String {
    match term {
        Term::NamedNode(node) => node.as_str().to_owned(),
        Term::Literal(literal) => literal.value().to_owned(),
        Term::BlankNode(node) => node.to_string(),
    }
}

fn shown(triple: &Triple, prefixes: &[(String, String)]) -> String {
    let short = |term: &Term| match term {
        Term::NamedNode(node) => shorten(node.as_str(), prefixes),
        other => bare(other),
    };
    let (subject, predicate) = (triple.subject.clone().into(), triple.predicate.clone().into());
    [&subject, &predicate, &triple.object].map(short).join(" ")
}

/// What follows as a graph of its own: each statement, and a node that tells its rule and its premises.
pub fn inferred_quads(inferences: &[Inference], base: &Base) -> Vec<Quad> {
    let graph = base.inferred();
    let mut quads = Vec::new();
    for inference in inferences {
        quads.push(inference.triple.clone().in_graph(graph.clone()));
        let node = described(&inference.triple, (base, &graph), &mut quads);
        let rule = NamedNode::new_unchecked(format!("{RULES}#{}", inference.rule));
        quads.push(Quad::new(node.clone(), v::SOURCE, rule, graph.clone()));
        for premise in &inference.premises {
            let premise = described(premise, (base, &graph), &mut quads);
            quads.push(Quad::new(node.clone(), v::WAS_DERIVED_FROM, premise, graph.clone()));
        }
    }
    quads.sort_by_cached_key(ToString::to_string);
    quads.dedup();
    quads
}

/// A node that stands for a statement.
fn described(triple: &Triple, (base, graph): (&Base, &NamedNode), quads: &mut Vec<Quad>) -> NamedNode {
    let node = base.hashed("statement", "inferred", &triple.to_string());
    let parts = [
        (v::SUBJECT, triple.subject.clone().into()),
        (v::PREDICATE, triple.predicate.clone().into()),
        (v::OBJECT, triple.object.clone()),
    ];
    quads.extend(parts.map(|(part, term): (_, Term)| Quad::new(node.clone(), part, term, graph.clone())));
    node
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxrdfio::{RdfFormat, RdfParser};

    fn store(turtle: &str) -> Oxigraph {
        let prefixes = rules::PREFIXES.map(|(p, iri)| format!("@prefix {p}: <{iri}> .\n")).concat();
        let store = Oxigraph::new().unwrap();
        for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(&format!("{prefixes}{turtle} .")) {
            store.insert(&quad.unwrap()).unwrap();
        }
        store
    }

    #[test]
    fn every_rule_lives_up_to_its_example() {
        for rule in rules() {
            let work = store(rule.given);
            let known = close(&work).unwrap();
            for gives in rule.gives {
                let expected = store(gives).iter().next().unwrap().unwrap();
                assert!(work.contains(&expected).unwrap(), "{}: {gives}", rule.name);
            }
            let by_rule = known.values().filter(|i| i.rule == rule.name).count();
            assert_eq!(by_rule, rule.gives.len(), "{}: {known:#?}", rule.name);
            let left = rule.fire(&work).unwrap().len();
            assert_eq!(left, usize::from(rule.then.is_none()), "{}", rule.name);
        }
    }

    #[test]
    fn what_excludes_itself_is_led_back_to_what_was_stated() {
        let work = store(
            ":x :in :y . :y :in :z . :z :in :x . :in a owl:TransitiveProperty , owl:AsymmetricProperty",
        );
        let known = close(&work).unwrap();
        let rule = rules().iter().find(|rule| rule.name == "prp-asyp").unwrap();
        let fired = rule.fire(&work).unwrap();
        let stated = roots(&fired[0].premises, &known, &declared()).len();
        assert!(fired.len() == 3 && stated >= 3, "{fired:?}");
    }

    #[test]
    fn axioms_and_rules_fit_the_ontology_itself() {
        let work = Oxigraph::new().unwrap();
        for triple in ontology().triples() {
            work.insert(&triple.clone().in_graph(GraphName::DefaultGraph)).unwrap();
        }
        close(&work).unwrap();
        for rule in rules().iter().filter(|rule| rule.then.is_none()) {
            assert_eq!(rule.fire(&work).unwrap().len(), 0, "{}", rule.name);
        }
    }
}
