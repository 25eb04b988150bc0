//! Links as RDF: for each source one named graph with the links, a `sssom:Mapping` for each, and a `void:Linkset`.

use super::sssom::{Mapping, NO_TERM};
use super::{About, Catalogue, Decision, Finding, Link, Relation, Subject};
use crate::ontology::VOCABULARIES;
use crate::rdf::{Base, vocabulary as v};
use oxrdf::{GraphName, Literal, NamedNode, Quad, Term};
use std::collections::{BTreeMap, BTreeSet};

/// What links are written with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Identity {
    /// `owl:sameAs` where code or person says so.
    #[default]
    Asserted,
    /// `skos:exactMatch` instead.
    Withheld,
}

impl Identity {
    /// The property that is written for one with its usual prefix.
    pub fn written(self, predicate: &str) -> &str {
        match self {
            Self::Withheld if predicate == Relation::Same.curie() => Relation::Exact.curie(),
            _ => predicate,
        }
    }
}

/// What is taken over from a linked record besides the link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Enrichment {
    /// Nothing.
    #[default]
    None,
    /// Its coordinates, the divisions around it and its name in other languages.
    Full,
}

/// How links are written.
#[derive(Debug, Clone, Copy, Default)]
pub struct Style {
    /// Whether one individual is called one.
    pub identity: Identity,
    /// What is taken over.
    pub enrichment: Enrichment,
}

/// The named graph of the links with a source.
pub fn graph_of(source: &str, base: &Base) -> NamedNode {
    base.mint("links", source)
}

/// The quads of each source's graph, sorted.
pub fn quads(
    linked: &[(Subject, Vec<Finding>, Vec<Mapping>)],
    catalogue: &Catalogue,
    base: &Base,
    style: Style,
) -> BTreeMap<String, Vec<Quad>> {
    let mut graphs = BTreeMap::new();
    for about in catalogue.about() {
        let mut graph = Graph::new(about, base, style);
        for (subject, findings, mappings) in linked {
            for finding in findings.iter().filter(|f| f.source == about.name) {
                graph.add_links(subject, finding, catalogue);
            }
            mappings
                .iter()
                .filter(|m| m.source == about.name)
                .for_each(|m| graph.add_mapping(subject, m, catalogue));
        }
        graphs.insert(about.name.clone(), graph.finish());
    }
    graphs
}

struct Graph<'a> {
    about: &'a About,
    base: &'a Base,
    style: Style,
    name: GraphName,
    quads: Vec<Quad>,
    predicates: BTreeSet<String>,
    links: usize,
}

impl<'a> Graph<'a> {
    fn new(about: &'a About, base: &'a Base, style: Style) -> Self {
        let name = graph_of(&about.name, base).into();
        Self { about, base, style, name, quads: Vec::new(), predicates: BTreeSet::new(), links: 0 }
    }

    fn add(&mut self, subject: &NamedNode, predicate: &str, object: impl Into<Term>) {
        self.quads.push(Quad::new(subject.clone(), word(predicate), object, self.name.clone()));
    }

    fn add_links(&mut self, subject: &Subject, finding: &Finding, catalogue: &Catalogue) {
        let node = NamedNode::new_unchecked(&subject.iri);
        for link in finding.links.iter().filter(|l| l.decision == Decision::Accept) {
            let Some(target) = catalogue.iri(&link.record.id) else { continue };
            let (predicate, object) = self.triple(link, &target);
            self.predicates.insert(predicate.clone());
            self.links += 1;
            self.quads.push(Quad::new(
                node.clone(),
                NamedNode::new_unchecked(predicate),
                object,
                self.name.clone(),
            ));
            if self.style.enrichment == Enrichment::Full {
                self.enrich(&node, link, catalogue);
            }
        }
    }

    /// A link with a list of codes states the code; one individual is said to be one where that is wanted.
    fn triple(&self, link: &Link, target: &str) -> (String, Term) {
        let one = matches!(link.relation, Relation::Same | Relation::Exact);
        if let Some(identifier) = self.about.identifier.as_ref().filter(|_| one) {
            let local = link.record.id.split_once(':').map_or("", |(_, local)| local);
            return (identifier.clone(), Literal::new_simple_literal(local).into());
        }
        let predicate = self.style.identity.written(link.relation.curie());
        (word(predicate).into_string(), NamedNode::new_unchecked(target).into())
    }

    fn enrich(&mut self, node: &NamedNode, link: &Link, catalogue: &Catalogue) {
        if !matches!(link.relation, Relation::Same | Relation::Exact | Relation::Close) {
            return;
        }
        if let Some(point) = &link.record.point {
            let decimal = |text: &str| Literal::new_typed_literal(text, v::DECIMAL);
            self.add(node, "wgs:lat", decimal(&point.latitude));
            self.add(node, "wgs:long", decimal(&point.longitude));
            let wkt = format!("POINT({} {})", point.longitude, point.latitude);
            self.add(node, "geo:asWKT", Literal::new_typed_literal(wkt, word("geo:wktLiteral")));
        }
        if let Some((language, label)) =
            link.record.label.as_ref().filter(|_| link.relation != Relation::Close)
        {
            self.add(node, "skos:altLabel", Literal::new_language_tagged_literal_unchecked(label, language));
        }
        if link.relation != Relation::Close {
            self.add_parents(node, &link.record.within, catalogue);
        }
    }

    fn add_parents(&mut self, node: &NamedNode, within: &str, catalogue: &Catalogue) {
        let mut inner = node.clone();
        for division in catalogue.around(within) {
            let Some(iri) = catalogue.iri(&division.id) else { return };
            let outer = NamedNode::new_unchecked(iri);
            self.add(&inner, "schema:containedInPlace", outer.clone());
            let label =
                Literal::new_language_tagged_literal_unchecked(&division.name, crate::rdf::SIMPLIFIED);
            self.add(&outer, "rdfs:label", label);
            inner = outer;
        }
    }

    fn add_mapping(&mut self, subject: &Subject, mapping: &Mapping, catalogue: &Catalogue) {
        let reviewed = !mapping.reviewer.is_empty();
        if mapping.decision != "accept" && !reviewed {
            return;
        }
        let node = self.base.mint("mapping", &mapping.record_id);
        let object = match mapping.object_id.as_str() {
            NO_TERM => Some(word(NO_TERM)),
            id => catalogue.iri(id).map(NamedNode::new_unchecked),
        };
        let Some(object) = object else { return };
        self.add(&node, "rdf:type", word("sssom:Mapping"));
        self.add(&node, "sssom:subject_id", NamedNode::new_unchecked(&subject.iri));
        let predicate = word(self.style.identity.written(&mapping.predicate_id));
        self.add(&node, "sssom:predicate_id", predicate);
        self.add(&node, "sssom:object_id", object);
        self.add(&node, "sssom:mapping_justification", word(&mapping.justification));
        if mapping.negated {
            self.add(&node, "sssom:predicate_modifier", Literal::new_simple_literal("Not"));
        }
        if !mapping.confidence.is_empty() {
            self.add(&node, "sssom:confidence", Literal::new_typed_literal(&mapping.confidence, v::DECIMAL));
        }
        let tool = concat!("jinxiu link ", env!("CARGO_PKG_VERSION"));
        let texts = [
            ("sssom:object_source_version", mapping.source_version.as_str()),
            ("sssom:mapping_date", &mapping.date),
            ("sssom:mapping_tool", if reviewed { "" } else { tool }),
            ("sssom:reviewer_id", &mapping.reviewer),
            ("sssom:review_date", &mapping.review_date),
            ("sssom:match_string", &mapping.match_string),
            ("sssom:comment", &mapping.comment),
        ];
        for (predicate, text) in texts.into_iter().filter(|(_, text)| !text.is_empty()) {
            self.add(&node, predicate, Literal::new_simple_literal(text));
        }
    }

    /// Describes the set of links and the source, with the words that its licence asks for.
    fn finish(mut self) -> Vec<Quad> {
        if self.quads.is_empty() {
            return Vec::new();
        }
        let set = self.base.mint("linkset", &self.about.name);
        let source = NamedNode::new_unchecked(self.about.namespace.trim_end_matches(['/', '#']));
        self.add(&set, "rdf:type", word("void:Linkset"));
        self.add(&set, "void:subjectsTarget", self.base.description());
        self.add(&set, "void:objectsTarget", source.clone());
        for predicate in self.predicates.clone() {
            self.add(&set, "void:linkPredicate", NamedNode::new_unchecked(predicate));
        }
        let links = self.links.to_string();
        self.add(&set, "void:triples", Literal::new_typed_literal(links, v::INTEGER));
        let about = self.about;
        self.add(&source, "rdf:type", word("void:Dataset"));
        let texts = [
            ("dcterms:title", &about.title),
            ("dcterms:hasVersion", &about.version),
            ("dcterms:issued", &about.date),
            ("dcterms:rights", &about.licence),
            (v::CITATION.as_str(), &about.attribution),
        ];
        for (predicate, text) in texts.into_iter().filter(|(_, text)| !text.is_empty()) {
            self.add(&source, predicate, Literal::new_simple_literal(text));
        }
        self.quads.sort_by_cached_key(ToString::to_string);
        self.quads.dedup();
        self.quads
    }
}

/// A term of a known vocabulary, or an IRI as it is.
pub(super) fn word(curie: &str) -> NamedNode {
    let known = curie.split_once(':').and_then(|(prefix, local)| {
        let (_, namespace) = VOCABULARIES.iter().find(|(p, _)| *p == prefix)?;
        Some(format!("{namespace}{local}"))
    });
    NamedNode::new_unchecked(known.unwrap_or_else(|| curie.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Class;
    use crate::link::{link, sssom};

    fn linked(style: Style) -> String {
        let (catalogue, base) = (Catalogue::shipped(), Base::default());
        let subject = Subject {
            iri: base.entity(Class::Place, "太原市").into_string(),
            code: Some("gbt2260:140100".into()),
            ..Subject::named("太原市", Class::Place)
        };
        let findings = link(&subject, &catalogue);
        let rows = sssom::rows(&subject, &findings, |name| {
            catalogue.source(name).map(|s| sssom::Row::of(s, &subject, &base)).unwrap_or_default()
        });
        let graphs = quads(&[(subject, findings, rows)], &catalogue, &base, style);
        graphs.values().flatten().map(|q| format!("{q}\n")).collect()
    }

    #[test]
    fn a_shared_code_makes_one_individual_and_a_seat_only_a_neighbour() {
        let text = linked(Style::default());
        assert!(text.contains("owl#sameAs> <http://www.wikidata.org/entity/Q72778>"), "{text}");
        assert!(text.contains("owl#sameAs> <http://sws.geonames.org/1793510/>"), "{text}");
        assert!(text.contains("core#closeMatch> <http://sws.geonames.org/1793511/>"), "{text}");
        assert!(!text.contains("/12489732/>"), "the namesake in another province is no link");
        assert!(text.contains("licensed under CC BY 4.0"), "attribution goes with the links");
        assert!(!text.contains("wgs84_pos"), "nothing is taken over unasked");
    }

    #[test]
    fn identity_is_withheld_and_coordinates_are_given_on_request() {
        let style = Style { identity: Identity::Withheld, enrichment: Enrichment::Full };
        let text = linked(style);
        assert!(!text.contains("sameAs"), "{text}");
        assert!(text.contains("wktLiteral") && text.contains("wgs84_pos#lat"), "{text}");
        assert!(text.contains("containedInPlace> <https://w3id.org/jinxiu/gbt2260/140000>"), "{text}");
    }
}
