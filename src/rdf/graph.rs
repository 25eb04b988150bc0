//! The graph of one document while it is being written: triples, statements with their evidence, passages.

use super::base::Base;
use super::vocabulary as v;
use super::{Source, vocabulary::own};
use crate::document::{Class, Entity, Evidence, Extraction, Object, Predicate, Span};
use crate::graph::{has_namesakes, is_national, is_national_office, is_relative, mention_of};
use crate::ontology::ontology;
use crate::text::fold_name;
use oxrdf::{GraphName, Literal, NamedNode, NamedNodeRef, Quad, Term, Triple};
use std::collections::{BTreeMap, BTreeSet};

/// What offices of the whole country are told by.
const NATION: &str = "全国";

/// How many characters before and after a quotation are kept with it.
const CONTEXT: usize = 16;

/// Collects the quads of one document.
pub(super) struct GraphBuilder<'a> {
    pub(super) source: Source<'a>,
    pub(super) base: &'a Base,
    pub(super) document: NamedNode,
    name: GraphName,
    quads: Vec<Quad>,
    statements: BTreeMap<String, Statement>,
    passages: BTreeSet<Span>,
    iris: BTreeMap<&'a str, NamedNode>,
}

struct Statement {
    triple: Triple,
    evidence: Vec<Evidence>,
    elsewhere: Vec<Span>,
}

impl<'a> GraphBuilder<'a> {
    pub(super) fn new(source: Source<'a>, base: &'a Base) -> Self {
        let id = &source.extraction.id;
        Self {
            source,
            base,
            document: base.mint("document", id),
            name: base.graph(id).into(),
            quads: Vec::new(),
            statements: BTreeMap::new(),
            passages: BTreeSet::new(),
            iris: entity_iris(source, base),
        }
    }

    pub(super) fn id(&self) -> &'a str {
        &self.source.extraction.id
    }

    /// The IRI of an entity of this document.
    pub(super) fn entity_iri(&self, entity: &Entity) -> NamedNode {
        let known = self.iris.get(entity.id.as_str()).cloned();
        known.unwrap_or_else(|| self.base.entity(entity.class, &canonical(entity)))
    }

    pub(super) fn entity(&self, id: &str) -> Option<&'a Entity> {
        self.source.extraction.entities.iter().find(|e| e.id == id)
    }

    /// Adds a triple that needs no evidence: what describes the document, a passage, a period.
    pub(super) fn add(&mut self, subject: &NamedNode, predicate: NamedNodeRef<'_>, object: impl Into<Term>) {
        let predicate = predicate.into_owned();
        self.quads.push(Quad::new(subject.clone(), predicate, object, self.name.clone()));
    }

    /// Asserts a triple on evidence; without any it is not asserted.
    pub(super) fn state(&mut self, triple: Triple, evidence: &[Evidence]) {
        let sound = self.sound(evidence);
        if sound.is_empty() {
            return;
        }
        let statement = self.statement(triple);
        statement.evidence.extend(sound);
    }

    /// Notes further places of a name whose statement has its evidence.
    pub(super) fn state_elsewhere(&mut self, triple: Triple, evidence: &[Evidence]) {
        let sound = self.sound(evidence);
        self.statement(triple).elsewhere.extend(sound.into_iter().map(|e| e.span));
    }

    fn statement(&mut self, triple: Triple) -> &mut Statement {
        let fresh = Statement { triple: triple.clone(), evidence: Vec::new(), elsewhere: Vec::new() };
        self.statements.entry(triple.to_string()).or_insert(fresh)
    }

    /// The evidence that lies within the text.
    pub(super) fn sound(&self, evidence: &[Evidence]) -> Vec<Evidence> {
        let length = self.source.text.chars.len();
        evidence.iter().filter(|e| e.span.start < e.span.end && e.span.end <= length).cloned().collect()
    }

    pub(super) fn add_relations(&mut self) {
        for relation in &self.source.extraction.relations {
            let Some(subject) = self.entity(&relation.subject) else { continue };
            let object = match &relation.object {
                Object::Entity(id) => self.entity(id).map(|e| self.entity_iri(e)),
                Object::Status(status) => Some(own(status.as_str())),
            };
            let Some(object) = object else { continue };
            let predicate = own(relation.predicate.as_str());
            self.state(Triple::new(self.entity_iri(subject), predicate, object), &relation.evidence);
        }
    }

    /// Points a statement or figure at its evidence, what found it and how sure that is.
    pub(super) fn attest(&mut self, node: &NamedNode, evidence: &[Evidence]) {
        for item in evidence {
            let passage = self.passage(item.span);
            self.add(node, v::JX_EVIDENCE, passage);
            if !item.found_by.is_empty() {
                self.add(node, v::JX_FOUND_BY, Literal::new_simple_literal(&item.found_by));
            }
        }
        let best = evidence.iter().map(|e| e.confidence).fold(0.0, f32::max);
        let best = (f64::from(best) * 1000.0).round() / 1000.0;
        self.add(node, v::JX_CONFIDENCE, decimal(best));
    }

    /// The IRI of a passage, which is described once however many statements rest on it.
    pub(super) fn passage(&mut self, span: Span) -> NamedNode {
        self.passages.insert(span);
        self.base.passage("passage", self.id(), span)
    }

    /// All quads, sorted, each once.
    pub(super) fn finish(mut self) -> Vec<Quad> {
        for statement in std::mem::take(&mut self.statements).into_values() {
            self.write_statement(statement);
        }
        for span in std::mem::take(&mut self.passages) {
            self.write_passage(span);
        }
        self.quads.sort_by_cached_key(ToString::to_string);
        self.quads.dedup();
        self.quads
    }

    /// What it is needs no word: it alone has a subject, a predicate and an object.
    fn write_statement(&mut self, statement: Statement) {
        let Statement { triple, evidence, elsewhere } = statement;
        if evidence.is_empty() {
            return;
        }
        let node = self.base.hashed("statement", self.id(), &triple.to_string());
        self.add(&node, v::SUBJECT, Term::from(triple.subject.clone()));
        self.add(&node, v::PREDICATE, triple.predicate.clone());
        self.add(&node, v::OBJECT, triple.object.clone());
        self.attest(&node, &evidence);
        for span in elsewhere {
            let place = self.base.passage("passage", self.id(), span);
            self.add(&node, v::JX_OCCURS_AT, place);
        }
        self.quads.push(triple.in_graph(self.name.clone()));
    }

    /// What it is needs no word: it alone has a source and a selector.
    fn write_passage(&mut self, span: Span) {
        let passage = self.base.passage("passage", self.id(), span);
        let selector = self.base.passage("selector", self.id(), span);
        let text = self.source.text;
        let before = text.quote(span.start.saturating_sub(CONTEXT), span.start);
        let after = text.quote(span.end, text.chars.len().min(span.end + CONTEXT));
        self.add(&passage, v::HAS_SOURCE, self.document.clone());
        self.add(&passage, v::HAS_SELECTOR, selector.clone());
        self.add(&selector, v::TYPE, v::TEXT_POSITION_SELECTOR);
        self.add(&selector, v::TYPE, v::TEXT_QUOTE_SELECTOR);
        self.add(&selector, v::START, integer(span.start));
        self.add(&selector, v::END, integer(span.end));
        self.add(&selector, v::EXACT, Literal::new_simple_literal(text.quote(span.start, span.end)));
        self.add(&selector, v::PREFIX, Literal::new_simple_literal(before));
        self.add(&selector, v::SUFFIX, Literal::new_simple_literal(after));
    }
}

/// The IRI of each entity of a document, by its id.
pub fn entity_names(source: Source<'_>, base: &Base) -> BTreeMap<String, NamedNode> {
    entity_iris(source, base).into_iter().map(|(id, iri)| (id.to_owned(), iri)).collect()
}

/// IRIs from class and canonical name. An office is told from its namesakes by the body it is held in, a person by the
/// place of the office; a name that says no more than a kind (高新区), or that several divisions bear, means something in
/// its own document only. What a person told apart is called after its mention.
fn entity_iris<'a>(source: Source<'a>, base: &Base) -> BTreeMap<&'a str, NamedNode> {
    let found = source.extraction;
    let names: BTreeMap<&str, String> =
        found.entities.iter().map(|e| (e.id.as_str(), canonical(e))).collect();
    let mut bodies: BTreeMap<&str, &str> = BTreeMap::new();
    for relation in found.relations.iter().filter(|r| r.predicate == Predicate::PositionIn) {
        if let Object::Entity(body) = &relation.object
            && let Some(name) = names.get(body.as_str())
        {
            bodies.entry(&relation.subject).or_insert(name);
        }
    }
    let national = |e: &&Entity| e.class == Class::Position && is_national_office(&names[e.id.as_str()]);
    bodies.extend(found.entities.iter().filter(national).map(|e| (e.id.as_str(), NATION)));
    let seats = seats(found, &bodies);
    let iri = |entity: &Entity| {
        let name = &names[entity.id.as_str()];
        let own = matches!(entity.class, Class::Position | Class::Person);
        let bare = own
            || (ontology().is_bare_kind(entity.class.as_str(), name) && !is_national(name))
            || is_relative(entity.class, name)
            || (entity.class == Class::Place && entity.code.is_none() && has_namesakes(name));
        let told = bodies.get(entity.id.as_str()).copied().or(seats.get(entity.id.as_str()).copied());
        let owner = told.or(bare.then_some(found.id.as_str())).filter(|_| mention_of(name).is_none());
        match owner {
            Some(owner) => base.entity(entity.class, &format!("{owner}·{name}")),
            None => base.entity(entity.class, name),
        }
    };
    found.entities.iter().map(|e| (e.id.as_str(), iri(e))).collect()
}

/// The body or place in which each person holds an office; a person without one is known in the document only.
fn seats<'a>(found: &'a Extraction, bodies: &BTreeMap<&'a str, &'a str>) -> BTreeMap<&'a str, &'a str> {
    let mut seats = BTreeMap::new();
    for relation in found.relations.iter().filter(|r| r.predicate == Predicate::HoldsPosition) {
        if let Object::Entity(office) = &relation.object
            && let Some(body) = bodies.get(office.as_str())
        {
            seats.entry(relation.subject.as_str()).or_insert(seat(body));
        }
    }
    seats
}

/// The place of a committee or government, so that one person in two of a place's offices is one.
fn seat(body: &str) -> &str {
    let endings = [
        "人民政府",
        "政府",
        "人大常委会",
        "人大",
        "政协",
        "管理委员会",
        "管委会",
        "党工委",
        "工委",
        "委员会",
        "委",
    ];
    let place = endings.iter().find_map(|e| body.strip_suffix(e));
    place.filter(|p| p.ends_with(['省', '市', '区', '县', '州', '旗', '盟'])).unwrap_or(body)
}

/// The canonical name, or the folded one where nothing completed it.
fn canonical(entity: &Entity) -> String {
    if entity.canonical.is_empty() { fold_name(&entity.name) } else { entity.canonical.clone() }
}

pub(super) fn integer(value: usize) -> Literal {
    Literal::new_typed_literal(value.to_string(), v::INTEGER)
}

/// A plain decimal, never with an exponent.
pub(super) fn decimal(value: f64) -> Literal {
    let value = if value == 0.0 { 0.0 } else { value };
    Literal::new_typed_literal(format!("{value}"), v::DECIMAL)
}
