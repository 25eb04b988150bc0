//! Graphviz.

use super::Network;
use std::io::{self, Write};

pub(super) fn write(network: &Network, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "digraph jinxiu {{\n  rankdir=LR;\n  node [shape=box, style=rounded];")?;
    let numbers = network.numbered();
    for (iri, node) in &network.nodes {
        let (label, class) = (quoted(&node.label), network.word(&node.class));
        writeln!(
            out,
            "  n{} [label={label}, tooltip={}, URL={}];",
            numbers[iri.as_str()],
            quoted(&class),
            quoted(iri)
        )?;
    }
    for (edge, names) in &network.edges {
        let (source, target) = (numbers[edge.source.as_str()], numbers[edge.target.as_str()]);
        let label = quoted(&network.word(&edge.property));
        writeln!(out, "  n{source} -> n{target} [label={label}, weight={}];", names.len().max(1))?;
    }
    writeln!(out, "}}")
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', " "))
}
