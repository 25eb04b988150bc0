//! Which mentions are one thing: names as nodes, reasons as edges, entities as components.

use super::names::{Reason, same_thing};
use super::places::{Division, divisions};
use crate::document::Class;
use crate::mentions::{Mention, introduced};
use crate::text::{View, fold_name};
use petgraph::graph::{NodeIndex, UnGraph};
use petgraph::unionfind::UnionFind;
use petgraph::visit::EdgeRef;
use std::collections::{BTreeMap, BTreeSet};

/// A name of one class, with the group of mentions that bear it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Name {
    class: Class,
    folded: String,
    /// Tells bearers of one name apart (an office by its body); empty for most.
    of: String,
}

/// The entity of each mention.
#[derive(Debug, Default)]
pub struct Resolved {
    /// For each mention, the number of its entity, counted from 0 in the order of first mention.
    pub entity_of: Vec<usize>,
    /// How many entities there are.
    pub count: usize,
    /// Pairs of folded names that were joined, with the reason.
    pub joined: Vec<(String, String, Reason)>,
}

/// Groups mentions into entities. `apart[i]` tells bearers of one name apart, as an office by its body; empty strings
/// where nothing needs to be told.
pub fn resolve(view: &View, mentions: &[Mention], apart: &[String]) -> Resolved {
    let (graph, node_of) = name_graph(view, mentions, apart);
    let mut sets = UnionFind::<usize>::new(graph.node_count());
    for edge in graph.edge_references() {
        sets.union(edge.source().index(), edge.target().index());
    }
    let mut number: BTreeMap<usize, usize> = BTreeMap::new();
    let mut order: Vec<usize> = (0..mentions.len()).collect();
    order.sort_by_key(|&i| (mentions[i].start, mentions[i].end));
    let mut entity_of = vec![0; mentions.len()];
    for i in order {
        let next = number.len();
        entity_of[i] = *number.entry(sets.find(node_of[i].index())).or_insert(next);
    }
    let joined = graph
        .edge_references()
        .map(|e| (graph[e.source()].folded.clone(), graph[e.target()].folded.clone(), *e.weight()))
        .collect();
    Resolved { entity_of, count: number.len(), joined }
}

fn name_graph(
    view: &View,
    mentions: &[Mention],
    apart: &[String],
) -> (UnGraph<Name, Reason>, Vec<NodeIndex>) {
    let names: Vec<Name> = mentions
        .iter()
        .zip(apart)
        .map(|(m, of)| Name {
            class: m.class,
            folded: fold_name(&view.slice(m.start, m.end)),
            of: of.clone(),
        })
        .collect();
    let distinct: BTreeSet<&Name> = names.iter().collect();
    let mut graph = UnGraph::new_undirected();
    let index: BTreeMap<&Name, NodeIndex> =
        distinct.iter().map(|name| (*name, graph.add_node((*name).clone()))).collect();
    let known = divisions(&place_names(distinct.iter().copied()));
    for (a, b, reason) in reasons(&distinct, &known).into_iter().chain(same_code(&distinct, &known)) {
        graph.add_edge(index[a], index[b], reason);
    }
    for (short, full) in introductions(view, mentions) {
        if names[short].of == names[full].of {
            graph.add_edge(index[&names[short]], index[&names[full]], Reason::Introduced);
        }
    }
    let node_of = names.iter().map(|name| index[name]).collect();
    (graph, node_of)
}

/// How many mentions back the full name is looked for, since names may lie inside one another.
const REACH: usize = 8;

/// Short forms with the names right before the bracket that introduces them, as indices of mentions.
fn introductions(view: &View, mentions: &[Mention]) -> Vec<(usize, usize)> {
    let full_of = |short: &Mention| {
        let end = introduced::opening(&view.chars, short.start)?;
        let until = mentions.partition_point(|m| m.start < end);
        (until.saturating_sub(REACH)..until)
            .rev()
            .find(|&i| mentions[i].end == end && mentions[i].class == short.class)
    };
    mentions.iter().enumerate().filter_map(|(at, short)| Some((at, full_of(short)?))).collect()
}

fn place_names<'a>(names: impl Iterator<Item = &'a Name>) -> BTreeSet<&'a str> {
    names.filter(|n| n.class == Class::Place).map(|n| n.folded.as_str()).collect()
}

type Known = BTreeMap<String, Division>;

/// Place names of one division, each joined to the first; those that a person tells apart are not.
fn same_code<'a>(names: &BTreeSet<&'a Name>, known: &Known) -> Vec<(&'a Name, &'a Name, Reason)> {
    let mut first: BTreeMap<(Division, &str), &Name> = BTreeMap::new();
    let mut joined = Vec::new();
    for name in names.iter().filter(|n| n.class == Class::Place) {
        let Some(division) = known.get(&name.folded) else { continue };
        match first.get(&(*division, name.of.as_str())) {
            Some(other) => joined.push((*name, *other, Reason::SameCode)),
            None => {
                first.insert((*division, name.of.as_str()), name);
            }
        }
    }
    joined
}

/// For each name the one longer name it stands for, if exactly one group of names fits.
fn reasons<'a>(names: &BTreeSet<&'a Name>, known: &Known) -> Vec<(&'a Name, &'a Name, Reason)> {
    let mut by_bigram: BTreeMap<(Class, [char; 2]), Vec<&Name>> = BTreeMap::new();
    for name in names {
        let chars: Vec<char> = name.folded.chars().collect();
        let bigrams: BTreeSet<[char; 2]> = chars.windows(2).map(|w| [w[0], w[1]]).collect();
        for bigram in bigrams {
            by_bigram.entry((name.class, bigram)).or_default().push(name);
        }
    }
    names
        .iter()
        .filter_map(|name| {
            let first: Vec<char> = name.folded.chars().take(2).collect();
            let near = by_bigram.get(&(name.class, [*first.first()?, *first.get(1)?]))?;
            // A known division is only what the gazetteer calls it, whatever else is spelt alike.
            let division = known.get(&name.folded).filter(|_| name.class == Class::Place);
            let other = |full: &Name| division.is_some_and(|d| d.canonical != full.folded);
            let near: Vec<&Name> = near.iter().copied().filter(|full| !other(full)).collect();
            best_full_name(name, &near)
        })
        .collect()
}

/// More names than this that share two characters are a hostile text; they stay apart.
const MOST_ALIKE: usize = 200;

fn best_full_name<'a>(name: &'a Name, near: &[&'a Name]) -> Option<(&'a Name, &'a Name, Reason)> {
    if near.len() > MOST_ALIKE {
        return None;
    }
    let length = name.folded.chars().count();
    let mut fits: Vec<(Reason, usize, &Name)> = near
        .iter()
        .filter(|full| full.folded != name.folded && full.folded.chars().count() >= length)
        .filter(|full| full.of == name.of)
        .filter_map(|full| {
            same_thing(name.class, &name.folded, &full.folded)
                .map(|r| (r, full.folded.chars().count(), *full))
        })
        .collect();
    fits.sort_by(|a, b| (a.0, a.1, a.2).cmp(&(b.0, b.1, b.2)));
    let best = *fits.first()?;
    // Two full names that are not themselves one thing: the short name could be either.
    let rival = fits.iter().find(|f| {
        f.0 == best.0
            && f.2.folded != best.2.folded
            && same_thing(name.class, &best.2.folded, &f.2.folded).is_none()
    });
    rival.is_none().then_some((name, best.2, best.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entities(words: &str, names: &[&str]) -> (Vec<usize>, Vec<Reason>) {
        let view = View::new(&words.chars().collect::<Vec<_>>());
        let text: String = view.chars.iter().collect();
        let mention = |name: &&str| {
            let start = text[..text.find(name).unwrap()].chars().count();
            let (end, found_by) = (start + name.chars().count(), "test".to_owned());
            Mention { start, end, class: Class::Enterprise, found_by, confidence: 1.0 }
        };
        let mentions: Vec<Mention> = names.iter().map(mention).collect();
        let resolved = resolve(&view, &mentions, &vec![String::new(); mentions.len()]);
        (resolved.entity_of, resolved.joined.into_iter().map(|(_, _, reason)| reason).collect())
    }

    #[test]
    fn a_short_form_is_the_name_for_which_the_text_introduces_it() {
        let introduced =
            entities("云山机床股份有限公司（以下简称“乙丙”）投产。", &["云山机床股份有限公司", "乙丙"]);
        assert_eq!(introduced, (vec![0, 0], vec![Reason::Introduced]));
        let apart = entities("云山机床股份有限公司与“乙丙”投产。", &["云山机床股份有限公司", "乙丙"]);
        assert_eq!(apart, (vec![0, 1], Vec::new()));
    }
}
