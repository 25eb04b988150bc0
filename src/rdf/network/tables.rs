//! CSV, one table of things and one of relations.

use super::{Network, documents};
use std::io::{self, Write};

pub(super) fn write(network: &Network, nodes: &mut dyn Write, edges: &mut dyn Write) -> io::Result<()> {
    row(nodes, &["id", "label", "class", "status"])?;
    for (iri, node) in &network.nodes {
        row(nodes, &[iri, &node.label, &node.class, &node.status])?;
    }
    row(edges, &["source", "property", "target", "weight", "documents"])?;
    for (edge, names) in &network.edges {
        let weight = names.len().max(1).to_string();
        row(edges, &[&edge.source, &edge.property, &edge.target, &weight, &documents(names)])?;
    }
    Ok(())
}

fn row(out: &mut dyn Write, cells: &[&str]) -> io::Result<()> {
    let cells: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
    write!(out, "{}\r\n", cells.join(","))
}

fn quoted(cell: &str) -> String {
    match cell.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell.to_owned(),
    }
}
