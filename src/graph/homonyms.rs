//! Names that a person says are several things in one document.
//!
//! A decision may speak of a mention instead of a thing: `place:鼓楼区@news-12:560` is what 鼓楼区 denotes in the document
//! `news-12` from code point 560 on, up to the next place at which a decision names it; what stands before all of them goes
//! with the first. Such a thing is known in its document only, unless another decision says that it is the same as one.

use super::decisions::{Decision, Decisions, Thing};
use super::names::same_thing;
use crate::document::Class;
use std::collections::BTreeSet;

/// Name, document and first code point of a thing that is called after a mention.
pub fn mention_of(name: &str) -> Option<(&str, &str, usize)> {
    let (name, place) = name.split_once('@')?;
    let (document, start) = place.rsplit_once(':')?;
    (!name.is_empty() && !document.is_empty()).then_some((name, document, start.parse().ok()?))
}

/// The things of one document that are called after mentions, in reading order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Homonyms(Vec<(usize, Thing)>);

impl Homonyms {
    /// Whether no name of the document is told apart.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The thing that a mention denotes, if decisions tell its name's bearers apart.
    pub fn denoted(&self, class: Class, name: &str, start: usize) -> Option<&Thing> {
        let bears = |thing: &Thing| {
            let known = mention_of(&thing.name).map_or("", |(known, ..)| known);
            thing.class == class && (known == name || is_short_for(class, known, name))
        };
        let places = || self.0.iter().filter(|(_, thing)| bears(thing));
        let before = places().take_while(|(at, _)| *at <= start).last();
        before.or_else(|| places().next()).map(|(_, thing)| thing)
    }
}

/// Whether one of two names may be short for the other.
fn is_short_for(class: Class, one: &str, other: &str) -> bool {
    let (short, full) =
        if one.chars().count() <= other.chars().count() { (one, other) } else { (other, one) };
    same_thing(class, short, full).is_some()
}

impl Decisions {
    /// What they tell apart in a document.
    pub fn homonyms(&self, document: &str) -> Homonyms {
        let mentions = self.mentions().filter(|(_, known, _)| *known == document);
        let things: BTreeSet<(usize, Thing)> = mentions.map(|(thing, _, at)| (at, thing.clone())).collect();
        Homonyms(things.into_iter().collect())
    }

    /// The things that are called after mentions, each with its document and first code point.
    pub fn mentions(&self) -> impl Iterator<Item = (&Thing, &str, usize)> {
        let things = self.iter().flat_map(Decision::things);
        things.filter_map(|thing| mention_of(&thing.name).map(|(_, document, at)| (thing, document, at)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mention_goes_with_the_last_place_before_it() {
        let read = Decisions::parse(
            "different\tplace:鼓楼区@a:10\tplace:鼓楼区@a:50\nsame\tplace:鼓楼区@b:5\tplace:x",
        )
        .unwrap();
        let homonyms = read.homonyms("a");
        let at = |start| homonyms.denoted(Class::Place, "鼓楼区", start).map(ToString::to_string).unwrap();
        assert_eq!([at(3), at(10), at(49)], ["place:鼓楼区@a:10"; 3].map(String::from));
        assert_eq!([at(50), at(99)], ["place:鼓楼区@a:50"; 2].map(String::from));
        assert_eq!(homonyms.denoted(Class::Place, "鼓楼", 60).map(ToString::to_string).unwrap(), at(60));
        assert_eq!(homonyms.denoted(Class::Place, "乙区", 60), None);
        assert_eq!(homonyms.denoted(Class::Zone, "鼓楼区", 60), None);
        assert_eq!(read.homonyms("c"), Homonyms::default());
    }

    #[test]
    fn a_mention_is_known_by_name_document_and_place() {
        assert_eq!(mention_of("甲市@a:b:7"), Some(("甲市", "a:b", 7)));
        for name in ["甲市", "甲市@a", "甲市@a:", "甲市@:7", "@a:7", "甲@a:-1"] {
            assert_eq!(mention_of(name), None, "{name}");
        }
    }
}
