//! Which classes a property may join, as the ontology says.

use crate::document::{Class, Predicate};
use crate::ontology::ontology;

/// Classes that may stand at one end of a property.
fn ends(predicate: Predicate, of: impl Fn(&crate::ontology::Term) -> &[String]) -> Vec<Class> {
    let named = ontology().term(predicate.as_str()).map(of).unwrap_or_default();
    let classes = named.iter().filter_map(|iri| Class::parse(iri.rsplit(['#', '/']).next()?));
    let classes: Vec<Class> = classes.collect();
    if classes.is_empty() { Class::ALL.to_vec() } else { classes }
}

/// Classes of its subjects.
pub(super) fn subjects(predicate: Predicate) -> Vec<Class> {
    ends(predicate, |term| &term.domain)
}

/// Classes of its objects; a project's stage has none.
pub(super) fn objects(predicate: Predicate) -> Vec<Class> {
    ends(predicate, |term| &term.range)
}

/// Some classes in words.
pub(super) fn words(classes: &[Class]) -> String {
    classes.iter().map(|class| class.as_str()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ontology_says_what_may_be_joined() {
        assert_eq!(subjects(Predicate::HoldsPosition), [Class::Person]);
        assert!(objects(Predicate::LocatedIn).contains(&Class::Zone));
        assert!(!objects(Predicate::LocatedIn).contains(&Class::Person));
    }
}
