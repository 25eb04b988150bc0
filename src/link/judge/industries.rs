//! Industries: by what news calls them, by the titles of classes and what these list, without places and qualifiers, by the
//! head of the name; ISIC by the national class.

use super::super::industry_words::{
    Stem, every_stage, heads, is_ending, parts, plain, stems, without_qualifier,
};
use super::{Decision, Finding, Reason, Weighed, asked, decide};
use crate::link::{Catalogue, Hit, Kind, Naming, Relation, Source, Subject};
use crate::text::fold_name;
use std::collections::{BTreeMap, BTreeSet};

/// What the readings are worth: how often, about, each is right on names that no list has, with their own terms left out.
const TITLE: f64 = 0.95;
const TERM: f64 = 0.93;
const BUT_FOR_ENDING: f64 = 0.90;
const QUALIFIED: f64 = 0.86;
const BY_PARTS: f64 = 0.84;
const PART_OF_TITLE: f64 = 0.65;
/// A class that has to do with a name, that a modified name may stand in, or that the head of a name leads to: a person is asked.
const RELATED: f64 = 0.60;
const MOST_QUALIFIERS: usize = 3;
/// How many names of places are tried before that of an industry: those of two to six characters.
const LONGEST_PLACE: usize = 5;

/// What a name is read as.
enum Read {
    /// One of these classes, by their ids.
    Classes(BTreeMap<String, Weighed>),
    /// More than one class holds; why.
    Several(String),
    /// Nothing known.
    Nothing,
}

type Reader = fn(&str, &Catalogue) -> Read;

/// The ways in which a name is read; the first that finds something decides.
const READERS: [Reader; 5] = [as_it_stands, without_place, without_qualifiers, by_its_parts, by_its_head];

/// Asks all sources of industries.
pub(super) fn link(subject: &Subject, catalogue: &Catalogue) -> Vec<Finding> {
    let national = national(subject, catalogue);
    let class = national.accepted().next().map(|l| (l.record.id.clone(), l.relation));
    let own = national.source.clone();
    let others = asked(subject, catalogue).filter(|source| source.about().name != own);
    let others: Vec<Finding> = others.map(|source| by_class(subject, class.as_ref(), source)).collect();
    std::iter::once(national).chain(others).collect()
}

fn national(subject: &Subject, catalogue: &Catalogue) -> Finding {
    let source = catalogue.industries();
    let names: Vec<String> = subject.names().map(|name| plain(&fold_name(name))).collect();
    for reader in READERS {
        let mut best = BTreeMap::new();
        for name in &names {
            match reader(name, catalogue) {
                Read::Several(why) => {
                    let nil = Some(Reason::NoSingleThing(why));
                    return Finding { source: source.about().name.clone(), links: Vec::new(), nil };
                }
                Read::Classes(found) => found.into_values().for_each(|c| keep(&mut best, c)),
                Read::Nothing => {}
            }
        }
        if !best.is_empty() {
            return decide(source, without_repeated_classes(best));
        }
    }
    decide(source, Vec::new())
}

/// By the name, or by what is left of it without words that only say that it is an industry.
fn as_it_stands(name: &str, catalogue: &Catalogue) -> Read {
    let mut best = BTreeMap::new();
    for stem in stems(name) {
        if best.is_empty()
            && let Some(why) = catalogue.industries().aggregate(&stem.form)
        {
            return Read::Several(why.to_owned());
        }
        if best.is_empty()
            && let Some(word) = every_stage(&stem.form)
        {
            return Read::Several(format!("{word}: every stage of it"));
        }
        let (found, listed) = classes(name, &stem, catalogue);
        found.into_iter().for_each(|candidate| keep(&mut best, candidate));
        if listed {
            break;
        }
        if let Some(made) = made_of_what_grows(name, &stem, catalogue) {
            keep(&mut best, made);
            break;
        }
    }
    if best.is_empty() { Read::Nothing } else { Read::Classes(best) }
}

/// The classes that a stem leads to, and whether it stands for them itself rather than being a part of their titles. What titles
/// would make of it is looked up where it does not.
fn classes(name: &str, stem: &Stem, catalogue: &Catalogue) -> (Vec<Weighed>, bool) {
    let with = |form: &str| -> Vec<Hit> {
        let hits = catalogue.industries().with_name(form).into_iter();
        hits.filter(|hit| stem.allows(&hit.record.id)).collect()
    };
    let own = with(&stem.form);
    let mut listed = own.iter().any(|hit| hit.naming != Naming::Conjunct);
    let weighed = own.into_iter().map(|hit| weigh(hit, (name, &stem.form), stem.whole));
    let mut weighed: Vec<Weighed> = weighed.collect();
    if !listed {
        for form in stem.titles() {
            let titles = with(&form).into_iter().filter(|hit| hit.naming == Naming::Official);
            weighed.extend(titles.map(|hit| weigh(hit, (name, &form), false)));
        }
        listed = weighed.iter().any(|candidate| candidate.hit.naming != Naming::Conjunct);
    }
    (weighed, listed)
}

/// The class in which what a stem names is worked, where it grows in one of agriculture and something is made of it: 核桃加工.
fn made_of_what_grows(name: &str, stem: &Stem, catalogue: &Catalogue) -> Option<Weighed> {
    let source = catalogue.industries();
    let grown = source.with_name(&stem.form).into_iter().filter(|hit| hit.naming != Naming::Conjunct);
    let made: BTreeSet<&str> =
        grown.filter_map(|hit| stem.made_of(hit.record.id.trim_start_matches("gbt4754:"))).collect();
    let code = made.first().filter(|_| made.len() == 1)?;
    let hit = source.with_code(&format!("gbt4754:{code}")).pop()?;
    let words = format!("{}: worked in {}", stem.form, hit.record.name);
    let mut candidate = Weighed::new(hit, Relation::Broad, name);
    candidate.weigh("name", QUALIFIED, words);
    Some(candidate)
}

fn keep(best: &mut BTreeMap<String, Weighed>, candidate: Weighed) {
    let id = &candidate.hit.record.id;
    if best.get(id).is_none_or(|old| old.sum() < candidate.sum()) {
        best.insert(id.clone(), candidate);
    }
}

/// A county, a city or a province before a name leaves the class, which is the wider one then.
fn without_place(name: &str, catalogue: &Catalogue) -> Read {
    let is_place = |word: &str| {
        let hits = catalogue.divisions().with_name(word);
        hits.iter().any(|hit| {
            hit.record.kind <= Kind::County
                && matches!(hit.naming, Naming::Official | Naming::Short { common: false })
        })
    };
    let cuts = name.char_indices().map(|(at, _)| name.split_at(at)).skip(2).take(LONGEST_PLACE);
    let parted = cuts.filter(|(place, rest)| rest.chars().count() >= 2 && is_place(place)).last();
    let Some((place, rest)) = parted else { return Read::Nothing };
    widened(as_it_stands(rest, catalogue), &format!("{place} is left out"), QUALIFIED)
}

/// Words such as 现代 and 特色 leave the class, which is the wider one then; 海洋 or 数字 may not.
fn without_qualifiers(name: &str, catalogue: &Catalogue) -> Read {
    let mut rest = name;
    let mut dropped = String::new();
    let mut most = QUALIFIED;
    for _ in 0..MOST_QUALIFIERS {
        let Some((qualifier, shorter)) = without_qualifier(rest) else { break };
        (rest, dropped) = (shorter, format!("{dropped}{}", qualifier.word));
        if !qualifier.leaves_class {
            most = RELATED;
        }
        match as_it_stands(rest, catalogue) {
            Read::Nothing => {}
            read => return widened(read, &format!("{dropped} is left out"), most),
        }
    }
    Read::Nothing
}

/// The same classes, each wider than the name and worth no more than that.
fn widened(read: Read, words: &str, most: f64) -> Read {
    let Read::Classes(mut classes) = read else { return read };
    for candidate in classes.values_mut() {
        candidate.relation = Relation::Broad;
        let less = (most - candidate.sum()).min(0.0);
        candidate.weigh("reading", less, words);
    }
    Read::Classes(classes)
}

/// Two things side by side are one only where one class holds both.
fn by_its_parts(name: &str, catalogue: &Catalogue) -> Read {
    let parts = parts(name);
    let mut most = BY_PARTS;
    let mut all: Option<Weighed> = None;
    for part in &parts {
        let readers: [Reader; 3] = [as_it_stands, without_qualifiers, by_its_head];
        let read = readers.iter().map(|reader| reader(part, catalogue)).find(|r| !matches!(r, Read::Nothing));
        let surest = match read {
            Some(Read::Classes(classes)) => surest(classes),
            Some(read) => return read,
            None => return Read::Nothing,
        };
        most = surest.as_ref().map_or(most, |part| most.min(part.sum()));
        all = match (all, surest) {
            (Some(before), Some(part)) => match holding(before, part, catalogue) {
                Ok(wider) => Some(wider),
                Err(why) => return Read::Several(why),
            },
            (None, part) => part,
            (before, None) => before,
        };
    }
    let Some(all) = all else { return Read::Nothing };
    let classes = BTreeMap::from([(all.hit.record.id.clone(), all)]);
    widened(Read::Classes(classes), &format!("holds {}", parts.join(", ")), most)
}

fn surest(classes: BTreeMap<String, Weighed>) -> Option<Weighed> {
    without_repeated_classes(classes).into_iter().max_by(|a, b| a.sum().total_cmp(&b.sum()))
}

/// Of two classes the one that holds the other, or the division or group in which both stand.
fn holding(one: Weighed, other: Weighed, catalogue: &Catalogue) -> Result<Weighed, String> {
    let (a, b) = (one.hit.record.clone(), other.hit.record.clone());
    let shared = a.id.bytes().zip(b.id.bytes()).take_while(|(a, b)| a == b).count();
    let division = a.id.get(..shared).filter(|code| code.len() >= "gbt4754:C13".len());
    wider(one, other).or_else(|why| {
        let hit = division.and_then(|code| catalogue.industries().with_code(code).pop()).ok_or(why)?;
        let mut both = Weighed::new(hit, Relation::Broad, &a.name);
        both.weigh("class", BY_PARTS, format!("{} and {} stand in it", a.name, b.name));
        Ok(both)
    })
}

/// Of two classes the one that holds the other; an error that names both where none does.
fn wider(one: Weighed, other: Weighed) -> Result<Weighed, String> {
    let (a, b) = (&one.hit.record, &other.hit.record);
    match () {
        () if b.id.starts_with(&a.id) => Ok(one),
        () if a.id.starts_with(&b.id) => Ok(other),
        () => Err(format!("{} and {}", a.name, b.name)),
    }
}

/// A compound is mostly what its last word says: a person is asked.
fn by_its_head(name: &str, catalogue: &Catalogue) -> Read {
    let heads = heads(name).filter(|head| !is_ending(head));
    let mut reads = heads.map(|head| (head, as_it_stands(head, catalogue)));
    let found = reads.find(|(_, read)| !matches!(read, Read::Nothing));
    found.map_or(Read::Nothing, |(head, read)| widened(read, &format!("the name ends in {head}"), RELATED))
}

/// Of a class and the only one in it, which share a title, the narrower is meant.
fn without_repeated_classes(best: BTreeMap<String, Weighed>) -> Vec<Weighed> {
    let mut kept: Vec<Weighed> = Vec::new();
    for (id, candidate) in best {
        let title = |w: &Weighed| w.hit.record.name.trim_end_matches('业').to_owned();
        let wider = kept
            .iter()
            .position(|wider| id.starts_with(&wider.hit.record.id) && title(wider) == title(&candidate));
        match wider {
            Some(place) => kept[place] = candidate,
            None => kept.push(candidate),
        }
    }
    kept
}

/// A hit by the name or by a form of it, which may be the whole name.
fn weigh(hit: Hit, (name, form): (&str, &str), whole: bool) -> Weighed {
    let title = hit.record.name.clone();
    let (weight, relation, words) = match (hit.naming, whole) {
        (Naming::Official, true) => (TITLE, Relation::Exact, "the title"),
        (Naming::Official, false) => (BUT_FOR_ENDING, Relation::Close, "but for its ending the title"),
        (Naming::Aligned(Relation::Related), _) => (RELATED, Relation::Related, "has to do with"),
        (Naming::Aligned(relation), true) => (TERM, relation, "by the list of terms"),
        (Naming::Aligned(relation), false) => {
            (BUT_FOR_ENDING, relation, "but for its ending by the list of terms")
        }
        (_, true) => (PART_OF_TITLE, Relation::Broad, "one of the things listed in"),
        (_, false) => (PART_OF_TITLE, Relation::Broad, "but for its ending listed in"),
    };
    let mut candidate = Weighed::new(hit, relation, name);
    candidate.weigh("name", weight, format!("{form}: {words} {title}"));
    candidate
}

/// A source that is reached by the national class or by name.
fn by_class(subject: &Subject, class: Option<&(String, Relation)>, source: &dyn Source) -> Finding {
    let mut weighed = Vec::new();
    if let Some((class, relation)) = class {
        let mut wider = class.clone();
        while wider.len() > "gbt4754:".len() {
            let hits = source.with_name(&fold_name(&wider));
            if !hits.is_empty() {
                weighed = hits.into_iter().map(|hit| carried(hit, (class, &wider), *relation)).collect();
                break;
            }
            wider.pop();
        }
    }
    if weighed.is_empty() {
        let named = |name: String| -> Vec<Weighed> {
            let hits = source.with_name(&name).into_iter();
            hits.map(|hit| weigh(hit, (&name, &name), true)).collect()
        };
        weighed.extend(subject.names().map(fold_name).flat_map(named));
    }
    let mut finding = decide(source, weighed);
    finding.links.retain(|link| link.decision != Decision::Refuse);
    finding
}

fn carried(hit: Hit, (class, wider): (&str, &str), first: Relation) -> Weighed {
    let relation = match (first, hit.naming) {
        _ if class != wider => Relation::Broad,
        (Relation::Exact, Naming::Aligned(second)) => second,
        (first, Naming::Aligned(Relation::Close)) => first,
        (_, Naming::Aligned(second)) => second,
        (first, _) => first,
    };
    let title = hit.record.name.clone();
    let mut candidate = Weighed::new(hit, relation, class);
    candidate.weigh("class", 0.85, format!("{class} in {wider} is {} {title}", relation.curie()));
    candidate
}
