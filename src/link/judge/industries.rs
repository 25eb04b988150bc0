//! Industries: by what news calls them, by the titles of classes and what these list, by the head of the name; ISIC by the
//! national class.

use super::super::industry_words::{
    Stem, every_stage, heads, is_ending, parts, plain, stems, takes_what_stands_before, without_qualifier,
};
use super::{Decision, Finding, Reason, Weighed, asked, decide};
use crate::link::sources::Industries;
use crate::link::{Catalogue, Hit, Naming, Relation, Source, Subject};
use crate::text::fold_name;
use std::collections::BTreeMap;

/// The most that a class is worth that only the head of a name leads to.
const BY_HEAD: f64 = 0.76;
/// What a listed term is worth: no more endings are taken away from it.
const BY_TERM: f64 = 0.86;
const QUALIFIED: f64 = -0.05;
const MOST_QUALIFIERS: usize = 3;

/// What a name is read as.
enum Read {
    /// One of these classes, by their ids.
    Classes(BTreeMap<String, Weighed>),
    /// More than one class holds; why.
    Several(String),
    /// Nothing known.
    Nothing,
}

type Reader = fn(&str, &Industries) -> Read;

/// The ways in which a name is read; the first that finds something decides.
const READERS: [Reader; 4] = [as_it_stands, without_qualifiers, by_its_parts, by_its_head];

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
            match reader(name, source) {
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
fn as_it_stands(name: &str, source: &Industries) -> Read {
    let mut best = BTreeMap::new();
    for stem in stems(name) {
        if best.is_empty()
            && let Some(why) = source.aggregate(&stem.form)
        {
            return Read::Several(why.to_owned());
        }
        if best.is_empty()
            && let Some(word) = every_stage(&stem.form)
        {
            return Read::Several(format!("{word}: every stage of it"));
        }
        classes(name, &stem, source).into_iter().for_each(|candidate| keep(&mut best, candidate));
        if best.values().any(|candidate| candidate.sum() >= BY_TERM) {
            break;
        }
    }
    if best.is_empty() { Read::Nothing } else { Read::Classes(best) }
}

fn classes(name: &str, stem: &Stem, source: &Industries) -> Vec<Weighed> {
    let forms = std::iter::once((stem.form.clone(), false)).chain(stem.titles().map(|form| (form, true)));
    let hits = forms.flat_map(|(form, added)| {
        let hits = source.with_name(&form).into_iter();
        hits.filter(|hit| stem.allows(&hit.record.id)).map(move |hit| (hit, form.clone(), added))
    });
    let weighed = hits.filter_map(|(hit, form, added)| weigh(hit, (name, &form), (!stem.whole, added)));
    weighed.collect()
}

fn keep(best: &mut BTreeMap<String, Weighed>, candidate: Weighed) {
    let id = &candidate.hit.record.id;
    if best.get(id).is_none_or(|old| old.sum() < candidate.sum()) {
        best.insert(id.clone(), candidate);
    }
}

/// Words such as 现代 and 绿色 leave the class, which is the wider one then.
fn without_qualifiers(name: &str, source: &Industries) -> Read {
    let mut rest = name;
    let mut dropped = String::new();
    for _ in 0..MOST_QUALIFIERS {
        let Some((word, shorter)) = without_qualifier(rest) else { break };
        (rest, dropped) = (shorter, format!("{dropped}{word}"));
        match as_it_stands(rest, source) {
            Read::Nothing => {}
            read => return widened(read, &format!("{dropped} is left out"), QUALIFIED),
        }
    }
    Read::Nothing
}

fn widened(read: Read, words: &str, weight: f64) -> Read {
    let Read::Classes(mut classes) = read else { return read };
    for candidate in classes.values_mut() {
        candidate.relation = Relation::Broad;
        let most = BY_HEAD - candidate.sum();
        candidate.weigh("reading", weight.max(most), words);
    }
    Read::Classes(classes)
}

/// Two things side by side are one only where one class holds both.
fn by_its_parts(name: &str, source: &Industries) -> Read {
    let parts = parts(name);
    let mut all: Option<Weighed> = None;
    for part in &parts {
        let readers: [Reader; 3] = [as_it_stands, without_qualifiers, by_its_head];
        let read = readers.iter().map(|reader| reader(part, source)).find(|r| !matches!(r, Read::Nothing));
        let surest = match read {
            Some(Read::Classes(classes)) => surest(classes),
            Some(read) => return read,
            None => return Read::Nothing,
        };
        all = match (all, surest) {
            (Some(before), Some(part)) => match holding(before, part, source) {
                Ok(wider) => Some(wider),
                Err(why) => return Read::Several(why),
            },
            (None, part) => part,
            (before, None) => before,
        };
    }
    let Some(all) = all else { return Read::Nothing };
    let classes = BTreeMap::from([(all.hit.record.id.clone(), all)]);
    widened(Read::Classes(classes), &format!("holds {}", parts.join(", ")), -1.0)
}

fn surest(classes: BTreeMap<String, Weighed>) -> Option<Weighed> {
    without_repeated_classes(classes).into_iter().max_by(|a, b| a.sum().total_cmp(&b.sum()))
}

/// Of two classes the one that holds the other, or the division or group in which both stand.
fn holding(one: Weighed, other: Weighed, source: &Industries) -> Result<Weighed, String> {
    let (a, b) = (one.hit.record.clone(), other.hit.record.clone());
    let shared = a.id.bytes().zip(b.id.bytes()).take_while(|(a, b)| a == b).count();
    let division = a.id.get(..shared).filter(|code| code.len() >= "gbt4754:C13".len());
    wider(one, other).or_else(|why| {
        let hit = division.and_then(|code| source.with_code(code).pop()).ok_or(why)?;
        let mut both = Weighed::new(hit, Relation::Broad, &a.name);
        both.weigh("class", BY_HEAD, format!("{} and {} stand in it", a.name, b.name));
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

/// A compound is what its last word says, unless the words before it are an industry of their own.
fn by_its_head(name: &str, source: &Industries) -> Read {
    for (before, head) in heads(name).filter(|(_, head)| !is_ending(head)) {
        let read = as_it_stands(head, source);
        let Read::Classes(classes) = read else {
            if matches!(read, Read::Several(_)) {
                return read;
            }
            continue;
        };
        let other = match as_it_stands(before, source) {
            _ if takes_what_stands_before(head) => None,
            Read::Classes(other) => surest(other),
            Read::Several(why) => return Read::Several(why),
            Read::Nothing => None,
        };
        return match (other, surest(classes)) {
            (Some(other), Some(own)) => match wider(other, own) {
                Ok(wider) => headed(wider, head),
                Err(why) => Read::Several(why),
            },
            (None, Some(own)) => headed(own, head),
            _ => Read::Nothing,
        };
    }
    Read::Nothing
}

fn headed(class: Weighed, head: &str) -> Read {
    let classes = BTreeMap::from([(class.hit.record.id.clone(), class)]);
    widened(Read::Classes(classes), &format!("the name ends in {head}"), -1.0)
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

/// A hit by the name or by a form of it, to get which an ending was taken away or added.
fn weigh(hit: Hit, (name, form): (&str, &str), (taken, added): (bool, bool)) -> Option<Weighed> {
    let title = hit.record.name.clone();
    let (weight, relation, words) = match (hit.naming, taken, added) {
        (Naming::Official, false, false) => (0.95, Relation::Exact, "the title"),
        (Naming::Official, true, true) => (0.78, Relation::Exact, "but for its ending the title"),
        (Naming::Official, ..) => (0.84, Relation::Exact, "but for its ending the title"),
        (Naming::Aligned(relation), false, false) => (0.92, relation, "by the list of terms"),
        (Naming::Aligned(_), _, true) => return None,
        (Naming::Aligned(relation), true, false) => {
            (0.86, relation, "but for its ending by the list of terms")
        }
        (_, _, true) => return None,
        (_, false, false) => (0.77, Relation::Broad, "one of the things listed in"),
        (_, true, false) => (0.75, Relation::Broad, "but for its ending listed in"),
    };
    let mut candidate = Weighed::new(hit, relation, name);
    candidate.weigh("name", weight, format!("{form}: {words} {title}"));
    Some(candidate)
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
            hits.filter_map(|hit| weigh(hit, (&name, &name), (false, false))).collect()
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
