//! Things and how they are related, as a graph to walk and to measure.
//!
//! Goes in: relations between named nodes. Comes out: ways, neighbours, ranks, communities, components. Directions are
//! heeded by the rank alone. Everything is worked out in the order of the names, so that it repeats.

use petgraph::algo::connected_components;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::unionfind::UnionFind;
use petgraph::visit::{EdgeRef, NodeIndexable};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// A relation between two things.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    /// What it is about.
    pub subject: String,
    /// How they are related.
    pub predicate: String,
    /// To what.
    pub object: String,
}

/// The graph of things.
#[derive(Debug)]
pub struct Network {
    graph: DiGraph<String, String>,
    index: BTreeMap<String, NodeIndex>,
}

/// A thing near another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Neighbor {
    /// How many relations lie between.
    pub steps: usize,
    /// The thing.
    pub node: String,
    /// The last of them.
    pub link: Link,
}

/// How much a thing matters in the network.
#[derive(Debug, Clone, PartialEq)]
pub struct Rank {
    /// The thing.
    pub node: String,
    /// How often a walker along the relations is there.
    pub page_rank: f64,
    /// On how many shortest ways between two others it lies.
    pub betweenness: f64,
    /// How many relations it has.
    pub degree: usize,
}

const DAMPING: f64 = 0.85;
const ROUNDS: usize = 50;

impl Network {
    /// The network of some relations, each once.
    pub fn new(links: impl IntoIterator<Item = Link>) -> Self {
        let links: BTreeSet<Link> = links.into_iter().collect();
        let names: BTreeSet<&String> = links.iter().flat_map(|l| [&l.subject, &l.object]).collect();
        let mut graph = DiGraph::new();
        let index: BTreeMap<String, NodeIndex> =
            names.into_iter().map(|name| (name.clone(), graph.add_node(name.clone()))).collect();
        for link in &links {
            graph.add_edge(index[&link.subject], index[&link.object], link.predicate.clone());
        }
        Self { graph, index }
    }

    /// How many things there are.
    pub fn len(&self) -> usize {
        self.graph.node_count()
    }

    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The relations of a thing with the things at their other ends, sorted.
    pub fn links(&self, node: &str) -> Vec<Link> {
        let Some(&at) = self.index.get(node) else { return Vec::new() };
        let outgoing = self.graph.edges(at);
        let incoming = self.graph.edges_directed(at, petgraph::Incoming);
        let mut links: Vec<Link> =
            outgoing.chain(incoming).map(|e| self.link(e.source(), e.target(), e.weight())).collect();
        links.sort();
        links.dedup();
        links
    }

    fn link(&self, from: NodeIndex, to: NodeIndex, predicate: &str) -> Link {
        Link {
            subject: self.graph[from].clone(),
            predicate: predicate.to_owned(),
            object: self.graph[to].clone(),
        }
    }

    fn beside(&self, at: NodeIndex) -> BTreeSet<NodeIndex> {
        self.graph.neighbors_undirected(at).filter(|n| *n != at).collect()
    }

    /// A shortest way from one thing to another along relations in either direction; of several the first by name.
    pub fn path(&self, from: &str, to: &str) -> Option<Vec<Link>> {
        let (&from, &to) = (self.index.get(from)?, self.index.get(to)?);
        let mut came: BTreeMap<NodeIndex, NodeIndex> = BTreeMap::from([(from, from)]);
        let mut waiting = VecDeque::from([from]);
        while let Some(at) = waiting.pop_front().filter(|at| *at != to) {
            for next in self.beside(at) {
                came.entry(next).or_insert_with(|| {
                    waiting.push_back(next);
                    at
                });
            }
        }
        let mut steps = Vec::new();
        let mut at = to;
        while at != from {
            let before = *came.get(&at)?;
            steps.push(self.between(before, at)?);
            at = before;
        }
        steps.reverse();
        Some(steps)
    }

    /// The first relation between two things, in either direction.
    fn between(&self, one: NodeIndex, two: NodeIndex) -> Option<Link> {
        let forth = self.graph.edges_connecting(one, two).map(|e| self.link(one, two, e.weight()));
        let back = self.graph.edges_connecting(two, one).map(|e| self.link(two, one, e.weight()));
        forth.min().or_else(|| back.min())
    }

    /// Things within so many steps, nearest first.
    pub fn neighbors(&self, node: &str, steps: usize) -> Vec<Neighbor> {
        let Some(&start) = self.index.get(node) else { return Vec::new() };
        let mut reached = BTreeMap::from([(start, (0, start))]);
        let mut waiting = VecDeque::from([start]);
        while let Some(at) = waiting.pop_front() {
            let next = reached[&at].0 + 1;
            for other in self.beside(at).into_iter().filter(|_| next <= steps) {
                reached.entry(other).or_insert_with(|| {
                    waiting.push_back(other);
                    (next, at)
                });
            }
        }
        let neighbor = |(at, (steps, before)): (NodeIndex, (usize, NodeIndex))| {
            Some(Neighbor { steps, node: self.graph[at].clone(), link: self.between(before, at)? })
        };
        let mut found: Vec<Neighbor> =
            reached.into_iter().filter(|(at, _)| *at != start).filter_map(neighbor).collect();
        found.sort();
        found
    }

    /// All things by their rank, highest first.
    pub fn ranks(&self) -> Vec<Rank> {
        let (pages, between) = (self.page_ranks(), self.betweenness());
        let mut ranks: Vec<Rank> = self
            .graph
            .node_indices()
            .map(|n| Rank {
                node: self.graph[n].clone(),
                page_rank: pages[n.index()],
                betweenness: between[n.index()],
                degree: self.graph.edges(n).count()
                    + self.graph.edges_directed(n, petgraph::Incoming).count(),
            })
            .collect();
        ranks.sort_by(|a, b| b.page_rank.total_cmp(&a.page_rank).then_with(|| a.node.cmp(&b.node)));
        ranks
    }

    #[expect(clippy::cast_precision_loss, reason = "no network has 2^52 things")]
    fn page_ranks(&self) -> Vec<f64> {
        let count = self.len().max(1) as f64;
        let mut ranks = vec![1.0 / count; self.len()];
        for _ in 0..ROUNDS {
            let lost: f64 = self.sinks().map(|n| ranks[n.index()]).sum();
            let mut next = vec![(1.0 - DAMPING + DAMPING * lost) / count; self.len()];
            for node in self.graph.node_indices() {
                let out = self.graph.edges(node).count() as f64;
                for target in self.graph.neighbors(node) {
                    next[target.index()] += DAMPING * ranks[node.index()] / out;
                }
            }
            ranks = next;
        }
        ranks
    }

    fn sinks(&self) -> impl Iterator<Item = NodeIndex> {
        self.graph.externals(petgraph::Outgoing)
    }

    /// Brandes' algorithm on the undirected network; each pair counts once.
    fn betweenness(&self) -> Vec<f64> {
        let beside: Vec<Vec<usize>> = self
            .graph
            .node_indices()
            .map(|n| self.beside(n).into_iter().map(NodeIndex::index).collect())
            .collect();
        let mut total = vec![0.0; self.len()];
        for start in 0..self.len() {
            add_dependencies(start, &beside, &mut total);
        }
        total.iter().map(|t| t / 2.0).collect()
    }

    /// Groups of things that are related among one another more than with the rest, largest first.
    pub fn communities(&self) -> Vec<Vec<String>> {
        let group = self.move_until_settled();
        self.gather(|node| group[node])
    }

    /// Moves each thing to the group beside it that raises modularity most, until none moves.
    #[expect(clippy::cast_precision_loss, reason = "no network has 2^52 relations")]
    fn move_until_settled(&self) -> Vec<usize> {
        let beside: Vec<Vec<usize>> = self
            .graph
            .node_indices()
            .map(|n| self.graph.neighbors_undirected(n).map(NodeIndex::index).collect())
            .collect();
        let twice = beside.iter().map(Vec::len).sum::<usize>().max(1) as f64;
        let mut group: Vec<usize> = (0..self.len()).collect();
        let mut weight: Vec<f64> = beside.iter().map(|b| b.len() as f64).collect();
        for _ in 0..ROUNDS {
            let mut moved = false;
            for node in 0..self.len() {
                let own = beside[node].len() as f64;
                weight[group[node]] -= own;
                let mut shared: BTreeMap<usize, f64> = BTreeMap::from([(group[node], 0.0)]);
                for &other in beside[node].iter().filter(|o| **o != node) {
                    *shared.entry(group[other]).or_default() += 1.0;
                }
                let gain =
                    |(g, links): (&usize, &f64)| (links - own * weight[*g] / twice, std::cmp::Reverse(*g));
                let best = shared.iter().map(gain).max_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
                let stay = shared.get(&group[node]).map(|links| links - own * weight[group[node]] / twice);
                if let (Some((gain, std::cmp::Reverse(best))), Some(stay)) = (best, stay)
                    && gain > stay + 1e-9
                {
                    group[node] = best;
                    moved = true;
                }
                weight[group[node]] += own;
            }
            if !moved {
                break;
            }
        }
        group
    }

    /// Groups of things that hang together at all, largest first.
    pub fn components(&self) -> Vec<Vec<String>> {
        let mut sets = UnionFind::<usize>::new(self.graph.node_bound());
        for edge in self.graph.edge_references() {
            sets.union(edge.source().index(), edge.target().index());
        }
        let groups = self.gather(|node| sets.find(node));
        debug_assert_eq!(groups.len(), connected_components(&self.graph));
        groups
    }

    fn gather(&self, group: impl Fn(usize) -> usize) -> Vec<Vec<String>> {
        let mut groups: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        for node in self.graph.node_indices() {
            groups.entry(group(node.index())).or_default().push(self.graph[node].clone());
        }
        let mut groups: Vec<Vec<String>> = groups.into_values().collect();
        groups.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        groups
    }
}

/// Adds to every node what the shortest ways from one start owe to it.
fn add_dependencies(start: usize, beside: &[Vec<usize>], total: &mut [f64]) {
    let count = beside.len();
    let (mut ways, mut distance) = (vec![0.0_f64; count], vec![usize::MAX; count]);
    let (mut order, mut before) = (Vec::new(), vec![Vec::new(); count]);
    (ways[start], distance[start]) = (1.0, 0);
    let mut waiting = VecDeque::from([start]);
    while let Some(at) = waiting.pop_front() {
        order.push(at);
        for &next in &beside[at] {
            if distance[next] == usize::MAX {
                distance[next] = distance[at] + 1;
                waiting.push_back(next);
            }
            if distance[next] == distance[at] + 1 {
                ways[next] += ways[at];
                before[next].push(at);
            }
        }
    }
    let mut owed = vec![0.0; count];
    for &at in order.iter().rev() {
        for &previous in &before[at] {
            owed[previous] += ways[previous] / ways[at] * (1.0 + owed[at]);
        }
        if at != start {
            total[at] += owed[at];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn network(links: &[(&str, &str)]) -> Network {
        Network::new(links.iter().map(|(a, b)| Link {
            subject: (*a).to_owned(),
            predicate: "p".to_owned(),
            object: (*b).to_owned(),
        }))
    }

    #[test]
    fn a_way_goes_along_relations_in_either_direction() {
        let network = network(&[("a", "b"), ("c", "b"), ("c", "d"), ("x", "y")]);
        let steps = network.path("a", "d").unwrap();
        let shown: Vec<String> = steps.iter().map(|l| format!("{}{}", l.subject, l.object)).collect();
        assert_eq!(shown, ["ab", "cb", "cd"]);
        assert_eq!(network.path("a", "x"), None);
        assert_eq!(network.path("a", "nobody"), None);
        assert_eq!(network.path("a", "a"), Some(Vec::new()));
    }

    #[test]
    fn neighbours_come_by_distance() {
        let network = network(&[("a", "b"), ("b", "c"), ("c", "d")]);
        let near = network.neighbors("a", 2);
        let shown: Vec<String> = near.iter().map(|n| format!("{} {}", n.steps, n.link.object)).collect();
        assert_eq!(shown, ["1 b", "2 c"]);
        assert_eq!(network.links("b").len(), 2);
    }

    #[test]
    fn what_lies_between_matters_most() {
        let ranks = network(&[("a", "m"), ("b", "m"), ("m", "c")]).ranks();
        let middle = ranks.iter().find(|r| r.node == "m").unwrap();
        assert_eq!((middle.betweenness, middle.degree), (3.0, 3));
        let sum: f64 = ranks.iter().map(|r| r.page_rank).sum();
        assert!((sum - 1.0).abs() < 1e-9, "{sum}");
        assert!(ranks[0].page_rank >= ranks[1].page_rank);
    }

    #[test]
    fn two_cliques_with_one_bridge_are_two_communities_and_one_component() {
        let network =
            network(&[("a", "b"), ("b", "c"), ("c", "a"), ("x", "y"), ("y", "z"), ("z", "x"), ("a", "x")]);
        assert_eq!(network.communities(), [vec!["a", "b", "c"], vec!["x", "y", "z"]]);
        assert_eq!(network.components().len(), 1);
    }

    #[test]
    fn an_empty_network_has_nothing() {
        let network = network(&[]);
        assert!(network.is_empty() && network.ranks().is_empty() && network.communities().is_empty());
    }
}
