//! What was measured of the network of things, as quads in a graph of their own.

use super::base::Base;
use super::graph::{decimal, integer};
use super::vocabulary as v;
use crate::graph::Rank;
use oxrdf::{NamedNode, Quad};

/// The quads of ranks and of communities, which are numbered from 1.
pub fn measures(ranks: &[Rank], communities: &[Vec<String>], base: &Base) -> Vec<Quad> {
    let graph = base.measures();
    let rounded = |value: f64| decimal((value * 1e9).round() / 1e9);
    let mut quads = Vec::new();
    for rank in ranks {
        let node = NamedNode::new_unchecked(&rank.node);
        quads.push(Quad::new(node.clone(), v::JX_PAGE_RANK, rounded(rank.page_rank), graph.clone()));
        quads.push(Quad::new(node, v::JX_BETWEENNESS, rounded(rank.betweenness), graph.clone()));
    }
    for (number, community) in communities.iter().enumerate() {
        for node in community {
            let node = NamedNode::new_unchecked(node);
            quads.push(Quad::new(node, v::JX_COMMUNITY, integer(number + 1), graph.clone()));
        }
    }
    quads
}
