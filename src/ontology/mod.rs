//! The words of the graph: classes, kinds, properties, closed vocabularies and units, read from `ontology/*.ttl`.
//!
//! Goes in: the Turtle files, embedded. Comes out: an [`Ontology`] that answers what a term is called in which
//! language, where it may stand, and which kind a name's ending tells.

mod indicators;
mod prefixes;
mod read;

pub use indicators::{
    Concept, Group, Indicator, falls_when_better, indicator, indicator_groups, indicators, listed_as,
    may_be_negative,
};
pub use prefixes::{NAMESPACE, VOCABULARIES};
pub use read::declares;

use oxrdf::Triple;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What sort of term a name of the ontology stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TermKind {
    /// A class or a kind of one.
    Class,
    /// A property, its value a thing or a literal.
    Property,
    /// A member of a closed vocabulary, a scheme, a unit or any other individual.
    Individual,
}

/// One declared term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The whole IRI.
    pub iri: String,
    /// Class, property or individual.
    pub kind: TermKind,
    /// Names by language tag in lower case: `zh-hans`, `zh-hant`, `en`.
    pub labels: BTreeMap<String, String>,
    /// Explanations by language tag.
    pub comments: BTreeMap<String, String>,
    /// Superclasses or superproperties.
    pub parents: Vec<String>,
    /// Classes of the subjects of a property.
    pub domain: Vec<String>,
    /// Classes or datatypes of the values of a property.
    pub range: Vec<String>,
    /// Endings of names that tell this kind.
    pub endings: Vec<String>,
    /// The sign of a unit or concept in extractions.
    pub notation: Option<String>,
}

/// The declared terms.
#[derive(Debug, Clone)]
pub struct Ontology {
    terms: BTreeMap<String, Term>,
    units: BTreeMap<String, String>,
    triples: Vec<Triple>,
}

static ONTOLOGY: LazyLock<Ontology> = LazyLock::new(read::embedded);

/// The ontology that the program carries.
pub fn ontology() -> &'static Ontology {
    &ONTOLOGY
}

impl Ontology {
    /// A term of ours by its local name, such as `Place` or `locatedIn`.
    pub fn term(&self, local: &str) -> Option<&Term> {
        self.terms.get(&format!("{NAMESPACE}{local}"))
    }

    /// Any described term by its IRI, also of other vocabularies.
    pub fn by_iri(&self, iri: &str) -> Option<&Term> {
        self.terms.get(iri)
    }

    /// Our own terms, sorted by name.
    pub fn own_terms(&self) -> impl Iterator<Item = &Term> {
        self.terms.values().filter(|t| t.iri.starts_with(NAMESPACE))
    }

    /// The IRI of a unit by its sign in extractions, such as `CNY` or `m2`.
    pub fn unit(&self, sign: &str) -> Option<&str> {
        self.units.get(sign).map(String::as_str)
    }

    /// The kind of `class` (local name) whose ending `name` has, with the ending; the longest ending wins.
    pub fn kind_of(&self, class: &str, name: &str) -> Option<(&Term, &str)> {
        let parent = format!("{NAMESPACE}{class}");
        self.own_terms()
            .filter(|t| t.parents.contains(&parent))
            .flat_map(|t| t.endings.iter().map(move |e| (t, e.as_str())))
            .filter(|(_, e)| name.len() > e.len() && name.ends_with(e))
            .max_by_key(|(_, e)| e.len())
    }

    /// Whether a name says no more than a kind of `class` (local name): 高新区, 市政府.
    pub fn is_bare_kind(&self, class: &str, name: &str) -> bool {
        let parent = format!("{NAMESPACE}{class}");
        self.own_terms().any(|t| t.parents.contains(&parent) && t.endings.iter().any(|e| e == name))
    }

    /// All triples of the files, sorted.
    pub fn triples(&self) -> &[Triple] {
        &self.triples
    }
}

impl Term {
    /// The part of the IRI after the last `#` or `/`.
    pub fn local(&self) -> &str {
        self.iri.rsplit(['#', '/']).next().unwrap_or(&self.iri)
    }

    /// The name in a language (`zh-hans`, `zh-hant`, `en`), else the local name.
    pub fn label(&self, language: &str) -> &str {
        self.labels.get(language).map_or_else(|| self.local(), String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Bound, Class, Measure, Modality, Predicate, Status};

    #[test]
    fn declares_every_word_of_an_extraction() {
        let mut words: Vec<&str> = Vec::new();
        words.extend(Class::ALL.iter().map(|c| c.as_str()));
        words.extend(Predicate::ALL.iter().map(|c| c.as_str()));
        words.extend(Status::ALL.iter().map(|c| c.as_str()));
        words.extend(Measure::ALL.iter().map(|c| c.as_str()));
        words.extend(Bound::ALL.iter().map(|c| c.as_str()));
        words.extend(Modality::ALL.iter().map(|c| c.as_str()));
        let missing: Vec<_> = words.into_iter().filter(|w| ontology().term(w).is_none()).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }

    #[test]
    fn names_and_explains_every_term_in_three_languages() {
        for term in ontology().own_terms().filter(|t| t.notation.is_none() || t.kind != TermKind::Individual)
        {
            if term.local().starts_with("component-") {
                continue;
            }
            let languages: Vec<&str> = term.labels.keys().map(String::as_str).collect();
            assert_eq!(languages, ["en", "zh-hans", "zh-hant"], "labels of {}", term.iri);
            assert_eq!(term.comments.len(), 3, "comments of {}", term.iri);
        }
    }

    #[test]
    fn gives_every_property_a_domain_and_a_range() {
        for term in ontology().own_terms().filter(|t| t.kind == TermKind::Property) {
            assert!(!term.domain.is_empty() && !term.range.is_empty(), "{}", term.iri);
        }
    }

    #[test]
    fn refers_only_to_terms_of_its_own_that_it_declares() {
        let declared: Vec<&str> = ontology().own_terms().map(|t| t.iri.as_str()).collect();
        for triple in ontology().triples() {
            for iri in [triple.predicate.to_string(), triple.object.to_string()] {
                let iri = iri.trim_matches(['<', '>']);
                if iri.starts_with(NAMESPACE) {
                    assert!(declared.contains(&iri), "{iri} is not declared");
                }
            }
        }
    }

    #[test]
    fn tells_a_kind_by_the_longest_ending() {
        let kind = |class, name| ontology().kind_of(class, name).map(|(t, _)| t.local().to_owned());
        assert_eq!(kind("Zone", "丙高新技术产业开发区").as_deref(), Some("HighTechZone"));
        assert_eq!(kind("Place", "甲市").as_deref(), Some("City"));
        assert_eq!(kind("Place", "市"), None);
        assert_eq!(kind("Enterprise", "乙工厂"), None);
    }

    #[test]
    fn knows_a_name_that_is_only_a_kind() {
        assert!(ontology().is_bare_kind("Zone", "高新区"));
        assert!(ontology().is_bare_kind("Organization", "市政府"));
        assert!(!ontology().is_bare_kind("Zone", "甲高新区"));
    }

    #[test]
    fn knows_units_by_their_sign() {
        assert_eq!(ontology().unit("CNY"), Some("http://qudt.org/vocab/unit/CCY_CNY"));
        assert_eq!(ontology().unit("furlong"), None);
    }
}
