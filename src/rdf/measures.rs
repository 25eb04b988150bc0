//! What was measured of the network of things, as quads in a graph of their own.

use super::base::Base;
use super::graph::{decimal, integer};
use super::vocabulary as v;
use crate::graph::Rank;
use oxrdf::{Literal, NamedNode, NamedNodeRef, Quad, Term};

/// Something that was measured of every thing.
#[derive(Debug, Clone, PartialEq)]
pub enum Measured {
    /// How much each matters.
    Ranks(Vec<Rank>),
    /// Groups that are related among one another more than with the rest.
    Communities(Vec<Vec<String>>),
    /// Groups that hang together at all.
    Components(Vec<Vec<String>>),
}

impl Measured {
    /// The properties in which it is kept.
    pub fn properties(&self) -> &'static [NamedNodeRef<'static>] {
        match self {
            Self::Ranks(_) => &[v::JX_PAGE_RANK, v::JX_BETWEENNESS],
            Self::Communities(_) => &[v::JX_COMMUNITY],
            Self::Components(_) => &[v::JX_COMPONENT],
        }
    }

    /// Its quads; groups are numbered from 1.
    fn quads(&self, graph: &NamedNode) -> Vec<Quad> {
        let say = |node: &str, property: NamedNodeRef<'_>, value: Literal| {
            Quad::new(NamedNode::new_unchecked(node), property, value, graph.clone())
        };
        match self {
            Self::Ranks(ranks) => ranks
                .iter()
                .flat_map(|rank| {
                    let values = [(v::JX_PAGE_RANK, rank.page_rank), (v::JX_BETWEENNESS, rank.betweenness)];
                    values.map(|(property, value)| say(&rank.node, property, rounded(value)))
                })
                .collect(),
            Self::Communities(groups) | Self::Components(groups) => (1..)
                .zip(groups)
                .flat_map(|(number, group)| group.iter().map(move |node| (number, node)))
                .map(|(number, node)| say(node, self.properties()[0], integer(number)))
                .collect(),
        }
    }
}

fn rounded(value: f64) -> Literal {
    decimal((value * 1e9).round() / 1e9)
}

/// The quads of something measured, and what says of their graph from what it was made by which version.
pub fn measures(measured: &Measured, base: &Base) -> Vec<Quad> {
    let graph = base.measures();
    let version = Literal::new_simple_literal(env!("CARGO_PKG_VERSION"));
    let origin =
        [(v::WAS_DERIVED_FROM, Term::from(base.description())), (v::SOFTWARE_VERSION, version.into())];
    let mut quads = measured.quads(&graph);
    quads.extend(origin.map(|(property, value)| Quad::new(graph.clone(), property, value, graph.clone())));
    quads
}
