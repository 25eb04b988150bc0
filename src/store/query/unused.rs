//! Why an answer may be empty: classes, properties and names in the query that the store does not use.

use super::{Query, parts};
use crate::ontology::{TermKind, ontology};
use crate::rdf::{SIMPLIFIED, TRADITIONAL, in_both_scripts, respell_language, simplified, vocabulary as v};
use crate::store::Store;
use crate::store::scan::{nearest, shorten};
use crate::text::is_han;
use oxigraph::model::vocab::xsd;
use oxigraph::model::{GraphNameRef, Literal, NamedNode, Quad, Term, TermRef};
use spargebra::algebra::{Expression, GraphPattern, PropertyPathExpression};
use spargebra::term::{GroundTerm, NamedNodePattern, TermPattern, TriplePattern};
use std::collections::BTreeSet;

/// How many quads are read to learn which properties and classes of foreign vocabularies are used. The store sorts subjects
/// by a hash, so the first quads are as good as any.
const LOOKED_AT: usize = 4_000;

/// What something stands for in a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A class.
    Class,
    /// A property.
    Property,
    /// A name in Chinese, in either script.
    Name,
    /// A text without a language.
    Text,
}

/// A class, property or name of a query of which the store has no instance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unused {
    /// What it stands for.
    pub role: Role,
    /// Its name, shortened.
    pub name: String,
    /// The closest one that is used.
    pub closest: Option<String>,
}

#[derive(Default)]
struct Named {
    properties: BTreeSet<NamedNode>,
    classes: BTreeSet<NamedNode>,
    names: BTreeSet<String>,
    texts: BTreeSet<String>,
}

impl Store {
    /// The classes, properties and names of a query of which the store has no instance; the first two with the closest used
    /// one.
    pub fn unused(&self, query: &Query) -> Vec<Unused> {
        let Ok(parsed) = self.parse(query) else { return Vec::new() };
        let mut named = Named::default();
        named.read(pattern_of(&parsed));
        named.properties.retain(|p| !self.has(p, None));
        named.classes.retain(|c| !self.has(&v::TYPE.into_owned(), Some(c)));
        named.names.retain(|name| !self.has_name(name));
        named.texts.retain(|text| !self.has_object(&Literal::new_simple_literal(text)));
        let texts = named.texts.iter().filter_map(|text| self.untagged(text));
        let names = named.names.into_iter().map(|name| Unused { role: Role::Name, name, closest: None });
        let names = names.chain(texts);
        if named.properties.is_empty() && named.classes.is_empty() {
            return names.collect();
        }
        let (used, prefixes) = (self.used(), self.prefixes_of(query));
        let close = |iri: &NamedNode, known: &BTreeSet<NamedNode>, role| {
            let known: Vec<&str> = known.iter().map(NamedNode::as_str).collect();
            let closest = closest(iri.as_str(), &known).map(|c| shorten(c, &prefixes));
            Unused { role, name: shorten(iri.as_str(), &prefixes), closest }
        };
        let classes = named.classes.iter().map(|c| close(c, &used.classes, Role::Class));
        let properties = named.properties.iter().map(|p| close(p, &used.properties, Role::Property));
        classes.chain(properties).chain(names).collect()
    }

    /// Whether anything bears a name, in one script or the other.
    fn has_name(&self, name: &str) -> bool {
        in_both_scripts(name).iter().any(|name| self.has_object(name))
    }

    fn has_object(&self, literal: &Literal) -> bool {
        let (object, graph) = (TermRef::from(literal), Some(GraphNameRef::DefaultGraph));
        self.inner.quads_for_pattern(None, None, Some(object), graph).next().is_some()
    }

    /// A text that nothing bears, where something bears it as a name in a language.
    fn untagged(&self, text: &str) -> Option<Unused> {
        let mut tagged = Term::from(in_both_scripts(text).into_iter().find(|name| self.has_object(name))?);
        respell_language(&mut tagged);
        let (name, closest) = (format!("\"{text}\""), Some(tagged.to_string()));
        Some(Unused { role: Role::Text, name, closest })
    }

    fn has(&self, property: &NamedNode, object: Option<&NamedNode>) -> bool {
        let object = object.map(|o| o.as_ref().into());
        let graph = Some(GraphNameRef::DefaultGraph);
        self.inner.quads_for_pattern(None, Some(property.as_ref()), object, graph).next().is_some()
    }

    /// The properties and classes that the store uses: those of the ontology, and those in a part of the store.
    fn used(&self) -> Named {
        let mut used = Named::default();
        for term in ontology().own_terms() {
            let iri = NamedNode::new_unchecked(&term.iri);
            match term.kind {
                TermKind::Class => {
                    used.classes.extend(self.has(&v::TYPE.into_owned(), Some(&iri)).then_some(iri));
                }
                TermKind::Property => used.properties.extend(self.has(&iri, None).then_some(iri)),
                TermKind::Individual => {}
            }
        }
        let quads = self.inner.quads_for_pattern(None, None, None, Some(GraphNameRef::DefaultGraph));
        for quad in quads.take(LOOKED_AT) {
            let Ok(Quad { predicate, object, .. }) = quad else { break };
            if let (true, Term::NamedNode(class)) = (predicate.as_ref() == v::TYPE, object) {
                used.classes.insert(class);
            }
            used.properties.insert(predicate);
        }
        used
    }
}

/// The closest IRI by its last part, else by the whole.
fn closest<'a>(iri: &str, known: &[&'a str]) -> Option<&'a str> {
    let local = |iri: &'a str| iri.rsplit(['#', '/']).next().unwrap_or(iri);
    let wanted = iri.rsplit(['#', '/']).next().unwrap_or(iri);
    let near = nearest(wanted, known.iter().map(|k| local(k)))?;
    known.iter().copied().filter(|k| local(k) == near).min_by_key(|k| !same_space(k, iri))
}

fn same_space(a: &str, b: &str) -> bool {
    let space = |iri: &str| iri.rfind(['#', '/']).map(|end| iri[..end].to_owned());
    space(a) == space(b)
}

fn pattern_of(query: &spargebra::Query) -> &GraphPattern {
    match query {
        spargebra::Query::Select { pattern, .. }
        | spargebra::Query::Construct { pattern, .. }
        | spargebra::Query::Describe { pattern, .. }
        | spargebra::Query::Ask { pattern, .. } => pattern,
    }
}

impl Named {
    fn read(&mut self, pattern: &GraphPattern) {
        match pattern {
            GraphPattern::Bgp { patterns } => patterns.iter().for_each(|triple| self.read_triple(triple)),
            GraphPattern::Path { path, .. } => self.read_path(path),
            GraphPattern::Minus { left, .. } => self.read(left),
            GraphPattern::Filter { expr, inner } => {
                self.read_test(expr);
                self.read(inner);
            }
            GraphPattern::Values { bindings, .. } => {
                bindings.iter().flatten().flatten().for_each(|value| self.read_value(value));
            }
            _ => parts::of(pattern).into_iter().for_each(|part| self.read(part)),
        }
    }

    fn read_value(&mut self, value: &GroundTerm) {
        let GroundTerm::Literal(literal) = value else { return };
        if [SIMPLIFIED, TRADITIONAL].iter().any(|script| literal.language() == Some(*script)) {
            self.names.insert(simplified(literal.value()));
        } else if literal.datatype() == xsd::STRING && literal.value().chars().any(is_han) {
            self.texts.insert(literal.value().to_owned());
        }
    }

    /// The texts and names with which something must be equal.
    fn read_test(&mut self, test: &Expression) {
        use Expression as E;
        match test {
            E::And(a, b) => [a, b].into_iter().for_each(|part| self.read_test(part)),
            E::Equal(a, b) | E::SameTerm(a, b) => match (&**a, &**b) {
                (E::Variable(_), E::Literal(literal)) | (E::Literal(literal), E::Variable(_)) => {
                    self.read_value(&literal.clone().into());
                }
                _ => {}
            },
            _ => {}
        }
    }

    fn read_triple(&mut self, triple: &TriplePattern) {
        if let TermPattern::Literal(literal) = &triple.object {
            self.read_value(&literal.clone().into());
        }
        let NamedNodePattern::NamedNode(predicate) = &triple.predicate else { return };
        if let (true, TermPattern::NamedNode(class)) = (predicate.as_ref() == v::TYPE, &triple.object) {
            self.classes.insert(class.clone());
        }
        self.properties.insert(predicate.clone());
    }

    fn read_path(&mut self, path: &PropertyPathExpression) {
        use PropertyPathExpression as E;
        match path {
            E::NamedNode(node) => drop(self.properties.insert(node.clone())),
            E::Sequence(a, b) | E::Alternative(a, b) => {
                self.read_path(a);
                self.read_path(b);
            }
            E::Reverse(inner) | E::OneOrMore(inner) | E::ZeroOrMore(inner) | E::ZeroOrOne(inner) => {
                self.read_path(inner);
            }
            E::NegatedPropertySet(_) => {}
        }
    }
}
