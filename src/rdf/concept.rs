//! Indicators as concepts of a thesaurus: their names, other words for them, what stands above them.

use super::graph::GraphBuilder;
use super::scripts::in_both_scripts;
use super::vocabulary as v;
use crate::ontology::{Indicator, indicator as concept};
use crate::text::fold_name;
use oxrdf::{Literal, NamedNode};

/// Where a series of the World Development Indicators is described.
const WDI: &str = "https://data.worldbank.org/indicator/";

/// Describes the concept that some words denote, with all concepts above it; gives its IRI.
pub(super) fn indicator(graph: &mut GraphBuilder<'_>, words: &str) -> NamedNode {
    let concept = concept(words);
    let node = graph.base.mint("indicator", &concept.key);
    describe(graph, &node, &concept.name);
    if let Some(listed) = concept.listed {
        add_listed(graph, &node, listed);
    }
    if fold_name(words) != concept.key {
        for literal in in_both_scripts(words) {
            graph.add(&node, v::ALT_LABEL, literal);
        }
    }
    let (above, group) = concept.above();
    let mut below = node.clone();
    for listed in above {
        let wider = graph.base.mint("indicator", &fold_name(&listed.name));
        describe(graph, &wider, &listed.name);
        add_listed(graph, &wider, listed);
        graph.add(&below, v::BROADER, wider.clone());
        below = wider;
    }
    if let Some(group) = group {
        let chapter = graph.base.mint("indicator", &format!("类·{}", group.name));
        describe(graph, &chapter, &group.name);
        graph.add(&chapter, v::LABEL, english(&group.english));
        graph.add(&chapter, v::TOP_CONCEPT_OF, v::JX_INDICATORS);
        graph.add(&below, v::BROADER, chapter);
    }
    node
}

fn describe(graph: &mut GraphBuilder<'_>, node: &NamedNode, name: &str) {
    graph.add(node, v::TYPE, v::JX_INDICATOR_CLASS);
    graph.add(node, v::TYPE, v::CONCEPT);
    graph.add(node, v::IN_SCHEME, v::JX_INDICATORS);
    for literal in in_both_scripts(name) {
        graph.add(node, v::LABEL, literal);
    }
}

fn add_listed(graph: &mut GraphBuilder<'_>, node: &NamedNode, listed: &Indicator) {
    graph.add(node, v::LABEL, english(&listed.english));
    if let Some(code) = &listed.wdi {
        graph.add(node, v::SEE_ALSO, NamedNode::new_unchecked(format!("{WDI}{code}")));
    }
}

fn english(name: &str) -> Literal {
    Literal::new_language_tagged_literal_unchecked(name, "en")
}
