//! GraphML.

use super::{Network, documents};
use crate::text::escaped;
use std::io::{self, Write};

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
<key id="iri" for="node" attr.name="iri" attr.type="string"/>
<key id="label" for="node" attr.name="label" attr.type="string"/>
<key id="class" for="node" attr.name="class" attr.type="string"/>
<key id="status" for="node" attr.name="status" attr.type="string"/>
<key id="property" for="edge" attr.name="property" attr.type="string"/>
<key id="name" for="edge" attr.name="name" attr.type="string"/>
<key id="weight" for="edge" attr.name="weight" attr.type="int"/>
<key id="documents" for="edge" attr.name="documents" attr.type="string"/>
<graph edgedefault="directed">"#;

pub(super) fn write(network: &Network, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{HEAD}")?;
    let numbers = network.numbered();
    for (iri, node) in &network.nodes {
        write!(out, "<node id=\"n{}\">", numbers[iri.as_str()])?;
        let data = [("iri", iri), ("label", &node.label), ("class", &node.class), ("status", &node.status)];
        for (key, value) in data.iter().filter(|(_, value)| !value.is_empty()) {
            write!(out, "<data key=\"{key}\">{}</data>", escaped(value))?;
        }
        writeln!(out, "</node>")?;
    }
    for (index, (edge, names)) in network.edges.iter().enumerate() {
        let (source, target) = (numbers[edge.source.as_str()], numbers[edge.target.as_str()]);
        write!(out, "<edge id=\"e{index}\" source=\"n{source}\" target=\"n{target}\">")?;
        write!(out, "<data key=\"property\">{}</data>", edge.property)?;
        write!(out, "<data key=\"name\">{}</data>", escaped(&network.word(&edge.property)))?;
        write!(out, "<data key=\"weight\">{}</data>", names.len().max(1))?;
        writeln!(out, "<data key=\"documents\">{}</data></edge>", escaped(&documents(names)))?;
    }
    writeln!(out, "</graph>\n</graphml>")
}
