//! Quads graph by graph, however they come.

use super::record;
use super::sorter::Sorter;
use oxrdf::Quad;
use std::io;

/// Takes quads in any order and gives them back graph by graph, each once; sorted outside of memory.
#[derive(Default)]
pub struct Grouped {
    sorter: Sorter,
}

impl Grouped {
    /// Adds a quad.
    pub fn push(&mut self, quad: &Quad) -> io::Result<()> {
        self.sorter.push(&record::record(quad))
    }

    /// All quads, those of one graph together.
    pub fn quads(self) -> io::Result<impl Iterator<Item = io::Result<Quad>>> {
        Ok(self.sorter.sorted()?.map(|sorted| record::quad(&sorted?)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxrdf::{Literal, NamedNode};

    #[test]
    fn quads_of_one_graph_stand_together_each_once() {
        let node = |name: &str| NamedNode::new_unchecked(format!("http://x/{name}"));
        let mut grouped = Grouped::default();
        for (graph, value) in [("b", "二"), ("a", "一\n\u{2}"), ("b", "三"), ("b", "二")] {
            let object = Literal::new_simple_literal(value);
            grouped.push(&Quad::new(node("s"), node("p"), object, node(graph))).unwrap();
        }
        let quads = grouped.quads().unwrap().map(|quad| quad.unwrap());
        let told: Vec<_> = quads.map(|q| format!("{} {}", q.graph_name, q.object)).collect();
        assert_eq!(told, ["<http://x/a> \"一\\n\\u0002\"", "<http://x/b> \"三\"", "<http://x/b> \"二\""]);
    }
}
