//! Why an answer may be empty: classes, properties, names and languages in the query that the store does not use.

use super::{Query, parts};
use crate::ontology::{TermKind, ontology};
use crate::rdf::{SIMPLIFIED, TRADITIONAL, in_both_scripts, respell_language, simplified, vocabulary as v};
use crate::store::Store;
use crate::store::scan::{nearest, shorten};
use crate::text::is_han;
use oxigraph::model::vocab::xsd;
use oxigraph::model::{GraphNameRef, Literal, NamedNode, Quad, Term, TermRef, Variable};
use spargebra::algebra::{Expression, Function, GraphPattern, PropertyPathExpression};
use spargebra::term::{GroundTerm, NamedNodePattern, TermPattern, TriplePattern};
use std::collections::{BTreeMap, BTreeSet};

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
    /// A text that is borne in another language only, or in none.
    Text,
    /// A language.
    Language,
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

/// What a store uses, as far as it was looked at.
#[derive(Default)]
struct Used {
    properties: BTreeSet<NamedNode>,
    classes: BTreeSet<NamedNode>,
    languages: BTreeSet<String>,
}

/// A text that something must bear, by one of these properties, or by any where there is none.
type Borne = (Literal, Vec<NamedNode>);

#[derive(Default)]
struct Named {
    /// Properties of which at least one of each set must be used.
    properties: BTreeSet<BTreeSet<NamedNode>>,
    classes: BTreeSet<NamedNode>,
    texts: Vec<Borne>,
    languages: BTreeSet<String>,
    /// The properties whose value a variable is.
    values: BTreeMap<Variable, Vec<NamedNode>>,
}

impl Store {
    /// The classes, properties and names of a query of which the store has no instance; the first two with the closest used
    /// one.
    pub fn unused(&self, query: &Query) -> Vec<Unused> {
        let Ok(parsed) = self.parse(query) else { return Vec::new() };
        let mut named = Named::default();
        named.read(pattern_of(&parsed));
        named.properties.retain(|ways| !ways.iter().any(|p| self.has(p, None)));
        named.classes.retain(|c| !self.has(&v::TYPE.into_owned(), Some(c)));
        let mut texts: Vec<Unused> = named.texts.iter().filter_map(|borne| self.unborne(borne)).collect();
        texts.dedup();
        if named.properties.is_empty() && named.classes.is_empty() && named.languages.is_empty() {
            return texts;
        }
        let (used, prefixes) = (self.used(), self.prefixes_of(query));
        let close = |iri: &NamedNode, known: &BTreeSet<NamedNode>, role| {
            let known: Vec<&str> = known.iter().map(NamedNode::as_str).collect();
            let closest = closest(iri.as_str(), &known).map(|c| shorten(c, &prefixes));
            Unused { role, name: shorten(iri.as_str(), &prefixes), closest }
        };
        let classes = named.classes.iter().map(|c| close(c, &used.classes, Role::Class));
        let properties =
            named.properties.iter().flatten().map(|p| close(p, &used.properties, Role::Property));
        let languages = named.languages.difference(&used.languages).map(|l| language(l, &used.languages));
        classes.chain(properties).chain(texts).chain(languages).collect()
    }

    /// A text that nothing bears: with what it would be in another language, if something bears that, or as a name.
    fn unborne(&self, (text, properties): &Borne) -> Option<Unused> {
        let bears = |literal: &Literal| match properties.as_slice() {
            [] => self.has_object(literal, None),
            some => some.iter().any(|property| self.has_object(literal, Some(property))),
        };
        if bears(text) {
            return None;
        }
        let words = text.value();
        let others = in_both_scripts(words).into_iter();
        let english = Literal::new_language_tagged_literal_unchecked(words, "en");
        let mut others = others.chain([english, Literal::new_simple_literal(words)]);
        if let Some(other) = others.find(bears) {
            let (name, closest) = (spelt(text.clone()), Some(spelt(other)));
            return Some(Unused { role: Role::Text, name, closest });
        }
        let is_name = text.language().is_some() && words.chars().any(is_han);
        is_name.then(|| Unused { role: Role::Name, name: simplified(words), closest: None })
    }

    fn has_object(&self, literal: &Literal, property: Option<&NamedNode>) -> bool {
        let (object, graph) = (TermRef::from(literal), Some(GraphNameRef::DefaultGraph));
        let property = property.map(NamedNode::as_ref);
        self.inner.quads_for_pattern(None, property, Some(object), graph).next().is_some()
    }

    fn has(&self, property: &NamedNode, object: Option<&NamedNode>) -> bool {
        let object = object.map(|o| o.as_ref().into());
        let graph = Some(GraphNameRef::DefaultGraph);
        self.inner.quads_for_pattern(None, Some(property.as_ref()), object, graph).next().is_some()
    }

    /// The properties, classes and languages that the store uses: those of the ontology, and those in a part of the store.
    fn used(&self) -> Used {
        let languages = [SIMPLIFIED, TRADITIONAL, "en"].map(str::to_owned).into();
        let mut used = Used { languages, ..Used::default() };
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
            match object {
                Term::NamedNode(class) if predicate.as_ref() == v::TYPE => drop(used.classes.insert(class)),
                Term::Literal(literal) => used.languages.extend(literal.language().map(str::to_owned)),
                _ => {}
            }
            used.properties.insert(predicate);
        }
        used
    }
}

/// A literal as people write it.
fn spelt(literal: Literal) -> String {
    let mut term = Term::from(literal);
    respell_language(&mut term);
    term.to_string()
}

fn language(tag: &str, used: &BTreeSet<String>) -> Unused {
    let spelt = |tag: &str| {
        let mut tag = Term::from(Literal::new_simple_literal(tag));
        respell_language(&mut tag);
        tag.to_string()
    };
    let closest = nearest(tag, used.iter().map(String::as_str)).map(spelt);
    Unused { role: Role::Language, name: spelt(tag), closest }
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
        self.read_values(pattern);
        self.read_parts(pattern);
    }

    /// Which variables are the value of which property; one that may be any value has none.
    fn read_values(&mut self, pattern: &GraphPattern) {
        let GraphPattern::Bgp { patterns } = pattern else {
            return parts::of(pattern).into_iter().for_each(|part| self.read_values(part));
        };
        for triple in patterns {
            if let (NamedNodePattern::NamedNode(property), TermPattern::Variable(value)) =
                (&triple.predicate, &triple.object)
            {
                self.values.entry(value.clone()).or_default().push(property.clone());
            }
        }
    }

    fn read_parts(&mut self, pattern: &GraphPattern) {
        match pattern {
            GraphPattern::Bgp { patterns } => patterns.iter().for_each(|triple| self.read_triple(triple)),
            GraphPattern::Path { path, .. } => self.read_path(path),
            GraphPattern::Minus { left, .. } => self.read_parts(left),
            GraphPattern::Filter { expr, inner } => {
                self.read_test(expr);
                self.read_parts(inner);
            }
            GraphPattern::Values { variables, bindings } => {
                for (variable, value) in bindings.iter().flat_map(|row| variables.iter().zip(row)) {
                    if let Some(GroundTerm::Literal(literal)) = value {
                        self.must_be(variable, literal);
                    }
                }
            }
            _ => parts::of(pattern).into_iter().for_each(|part| self.read_parts(part)),
        }
    }

    fn must_be(&mut self, variable: &Variable, literal: &Literal) {
        let properties = self.values.get(variable).cloned().unwrap_or_default();
        self.read_text(literal, properties);
    }

    fn read_text(&mut self, literal: &Literal, properties: Vec<NamedNode>) {
        let is_chinese = literal.datatype() == xsd::STRING && literal.value().chars().any(is_han);
        if is_chinese || literal.language().is_some() {
            self.texts.push((literal.clone(), properties));
        }
    }

    /// The texts, names and languages with which something must be equal.
    fn read_test(&mut self, test: &Expression) {
        use Expression as E;
        match test {
            E::And(a, b) => [a, b].into_iter().for_each(|part| self.read_test(part)),
            E::Equal(a, b) | E::SameTerm(a, b) => match (&**a, &**b) {
                (E::Variable(variable), E::Literal(literal))
                | (E::Literal(literal), E::Variable(variable)) => {
                    self.must_be(variable, literal);
                }
                (E::FunctionCall(Function::Lang, _), E::Literal(tag))
                | (E::Literal(tag), E::FunctionCall(Function::Lang, _))
                    if !tag.value().is_empty() =>
                {
                    self.languages.insert(tag.value().to_owned());
                }
                _ => {}
            },
            _ => {}
        }
    }

    fn read_triple(&mut self, triple: &TriplePattern) {
        let NamedNodePattern::NamedNode(predicate) = &triple.predicate else {
            if let TermPattern::Literal(literal) = &triple.object {
                self.read_text(literal, Vec::new());
            }
            return;
        };
        match &triple.object {
            TermPattern::Literal(literal) => self.read_text(literal, vec![predicate.clone()]),
            TermPattern::NamedNode(class) if predicate.as_ref() == v::TYPE => {
                self.classes.insert(class.clone());
            }
            _ => {}
        }
        self.properties.insert([predicate.clone()].into());
    }

    fn read_path(&mut self, path: &PropertyPathExpression) {
        use PropertyPathExpression as E;
        match path {
            E::NamedNode(node) => drop(self.properties.insert([node.clone()].into())),
            E::Sequence(a, b) => [a, b].into_iter().for_each(|part| self.read_path(part)),
            E::Alternative(a, b) => {
                let mut ways = Self::default();
                [a, b].into_iter().for_each(|way| ways.read_path(way));
                self.properties.insert(ways.properties.into_iter().flatten().collect());
            }
            E::Reverse(inner) | E::OneOrMore(inner) | E::ZeroOrMore(inner) | E::ZeroOrOne(inner) => {
                self.read_path(inner);
            }
            E::NegatedPropertySet(_) => {}
        }
    }
}
