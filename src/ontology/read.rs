//! From Turtle to terms.

use super::{Ontology, Term, TermKind};
use oxrdf::{NamedOrBlankNode, Term as RdfTerm, Triple};
use oxrdfio::{RdfFormat, RdfParser, RdfSyntaxError};
use std::collections::BTreeMap;

const FILES: [&str; 4] = [
    include_str!("../../ontology/core.ttl"),
    include_str!("../../ontology/provenance.ttl"),
    include_str!("../../ontology/alignment.ttl"),
    include_str!("../../ontology/axioms.ttl"),
];

/// Reads the files that the program carries; a test proves that they parse.
pub(super) fn embedded() -> Ontology {
    let mut triples: Vec<Triple> = FILES.iter().flat_map(|file| parse(file)).filter_map(Result::ok).collect();
    triples.sort_by_cached_key(ToString::to_string);
    triples.dedup();
    let terms = describe(&triples);
    let units = terms.values().filter(|t| is_unit(t, &triples)).filter_map(sign).collect();
    Ontology { terms, units, triples }
}

/// Whether a term of ours is declared; told from the files as they are, since reading them takes longer than most queries.
pub fn declares(local: &str) -> bool {
    let start = format!("jx:{local} ");
    FILES.iter().any(|file| file.lines().any(|line| line.starts_with(&start)))
}

fn parse(file: &str) -> impl Iterator<Item = Result<Triple, RdfSyntaxError>> {
    RdfParser::from_format(RdfFormat::Turtle).for_slice(file).map(|quad| quad.map(Triple::from))
}

fn sign(term: &Term) -> Option<(String, String)> {
    Some((term.notation.clone()?, term.iri.clone()))
}

fn is_unit(term: &Term, triples: &[Triple]) -> bool {
    triples.iter().any(|t| {
        object_iri(t).is_some_and(|o| o.ends_with("ontology#Unit"))
            && subject_iri(t) == Some(&term.iri)
            && t.predicate.as_str().ends_with("#type")
    })
}

fn describe(triples: &[Triple]) -> BTreeMap<String, Term> {
    let mut terms = BTreeMap::new();
    for triple in triples {
        if let Some(subject) = subject_iri(triple) {
            let term = terms.entry(subject.to_owned()).or_insert_with(|| undescribed(subject));
            add(term, triple);
        }
    }
    terms
}

fn undescribed(iri: &str) -> Term {
    Term {
        iri: iri.to_owned(),
        kind: TermKind::Individual,
        labels: BTreeMap::new(),
        comments: BTreeMap::new(),
        parents: Vec::new(),
        domain: Vec::new(),
        range: Vec::new(),
        endings: Vec::new(),
        notation: None,
    }
}

fn add(term: &mut Term, triple: &Triple) {
    let object = object_iri(triple).unwrap_or_default().to_owned();
    match triple.predicate.as_str().rsplit(['#', '/']).next().unwrap_or_default() {
        "type" => term.kind = kind_of(&object).unwrap_or(term.kind),
        "label" => add_text(&mut term.labels, triple),
        "comment" => add_text(&mut term.comments, triple),
        "subClassOf" | "subPropertyOf" => term.parents.push(object),
        "domain" | "domainIncludes" => term.domain.push(object),
        "range" | "rangeIncludes" => term.range.push(object),
        "nameEnding" => term.endings.extend(text_of(triple)),
        "notation" => term.notation = text_of(triple),
        _ => {}
    }
}

fn kind_of(class: &str) -> Option<TermKind> {
    match class.rsplit('#').next()? {
        "Class" | "Datatype" => Some(TermKind::Class),
        "ObjectProperty" | "DatatypeProperty" => Some(TermKind::Property),
        _ => None,
    }
}

fn add_text(texts: &mut BTreeMap<String, String>, triple: &Triple) {
    if let RdfTerm::Literal(literal) = &triple.object {
        let language = literal.language().unwrap_or_default().to_owned();
        texts.insert(language, literal.value().to_owned());
    }
}

fn text_of(triple: &Triple) -> Option<String> {
    match &triple.object {
        RdfTerm::Literal(literal) => Some(literal.value().to_owned()),
        _ => None,
    }
}

fn subject_iri(triple: &Triple) -> Option<&str> {
    match &triple.subject {
        NamedOrBlankNode::NamedNode(node) => Some(node.as_str()),
        NamedOrBlankNode::BlankNode(_) => None,
    }
}

fn object_iri(triple: &Triple) -> Option<&str> {
    match &triple.object {
        RdfTerm::NamedNode(node) => Some(node.as_str()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_parses_without_blank_nodes() {
        for file in FILES {
            for triple in parse(file) {
                let triple = triple.expect("valid Turtle");
                assert!(!triple.subject.is_blank_node() && !triple.object.is_blank_node(), "{triple}");
            }
        }
    }

    #[test]
    fn a_term_is_declared_where_it_is_read() {
        for term in crate::ontology::ontology().own_terms() {
            assert!(declares(term.local()), "{}", term.iri);
        }
        assert!(!declares("Projct") && !declares("Proj") && !declares(""));
    }
}
