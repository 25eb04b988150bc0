//! GEXF 1.3.

use super::{Network, documents};
use crate::text::escaped;
use std::io::{self, Write};

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" version="1.3">
<meta><creator>jinxiu</creator></meta>
<graph defaultedgetype="directed" mode="static">
<attributes class="node">
<attribute id="0" title="class" type="string"/>
<attribute id="1" title="iri" type="string"/>
<attribute id="2" title="status" type="string"/>
</attributes>
<attributes class="edge">
<attribute id="0" title="property" type="string"/>
<attribute id="1" title="documents" type="string"/>
</attributes>
<nodes>"#;

pub(super) fn write(network: &Network, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{HEAD}")?;
    let numbers = network.numbered();
    for (iri, node) in &network.nodes {
        let number = numbers[iri.as_str()];
        write!(out, "<node id=\"n{number}\" label=\"{}\"><attvalues>", escaped(&node.label))?;
        write!(out, "<attvalue for=\"0\" value=\"{}\"/>", node.class)?;
        write!(out, "<attvalue for=\"1\" value=\"{}\"/>", escaped(iri))?;
        if !node.status.is_empty() {
            write!(out, "<attvalue for=\"2\" value=\"{}\"/>", node.status)?;
        }
        writeln!(out, "</attvalues></node>")?;
    }
    writeln!(out, "</nodes>\n<edges>")?;
    for (index, (edge, names)) in network.edges.iter().enumerate() {
        let (source, target) = (numbers[edge.source.as_str()], numbers[edge.target.as_str()]);
        let (label, weight) = (escaped(&network.word(&edge.property)), names.len().max(1));
        write!(out, "<edge id=\"e{index}\" source=\"n{source}\" target=\"n{target}\" ")?;
        // Of two relations between the same things Gephi keeps both only where they are of different kinds.
        write!(out, "kind=\"{}\" label=\"{label}\" weight=\"{weight}\"><attvalues>", edge.property)?;
        write!(out, "<attvalue for=\"0\" value=\"{}\"/>", edge.property)?;
        writeln!(out, "<attvalue for=\"1\" value=\"{}\"/></attvalues></edge>", escaped(&documents(names)))?;
    }
    writeln!(out, "</edges>\n</graph>\n</gexf>")
}
