//! Quads written graph by graph, or merged, sorted outside of memory.

use super::super::base::Base;
use super::super::record;
use super::super::scripts::respell_language;
use super::super::sorter::Sorter;
use super::{Syntax, UsedPrefixes, json_ld, laid_out};
use oxrdf::{GraphName, Quad};
use oxrdfio::{RdfSerializer, WriterQuadSerializer};
use std::io::{self, Write};

/// Merges quads into triples and writes them sorted, each once; tells how many.
pub fn write_merged(
    quads: impl Iterator<Item = io::Result<Quad>>,
    syntax: Syntax,
    base: &Base,
    out: impl Write,
) -> io::Result<usize> {
    let (mut sorter, mut prefixes) = (Sorter::default(), UsedPrefixes::new(base));
    for quad in quads {
        let mut quad = quad?;
        quad.graph_name = GraphName::DefaultGraph;
        respell_language(&mut quad.object);
        prefixes.note(&quad);
        sorter.push(&record::record(&quad))?;
    }
    let mut writer = Serializer::begin(syntax, prefixes.used(), out)?;
    let mut count = 0;
    for sorted in sorter.sorted()? {
        writer.quad(&record::quad(&sorted?)?)?;
        count += 1;
    }
    writer.end()?;
    Ok(count)
}

/// Writes quads as they come, in a syntax of lines.
pub fn write_as_they_come(
    quads: impl Iterator<Item = io::Result<Quad>>,
    syntax: Syntax,
    out: impl Write,
) -> io::Result<()> {
    let mut writer = Serializer::begin(syntax, Vec::new(), out)?;
    for quad in quads {
        let mut quad = quad?;
        respell_language(&mut quad.object);
        writer.quad(&quad)?;
    }
    writer.end()
}

/// Writes graphs one after another, each sorted; tells how many quads.
pub fn write_graphs(
    graphs: impl Iterator<Item = io::Result<Vec<Quad>>>,
    syntax: Syntax,
    prefixes: Vec<(String, String)>,
    out: impl Write,
) -> io::Result<usize> {
    write_sorted(graphs.map(|graph| graph.map(laid_out)), syntax, prefixes, out)
}

/// Writes graphs that are sorted.
pub(super) fn write_sorted(
    graphs: impl Iterator<Item = io::Result<impl AsRef<[Quad]>>>,
    syntax: Syntax,
    prefixes: Vec<(String, String)>,
    out: impl Write,
) -> io::Result<usize> {
    let mut writer = Serializer::begin(syntax, prefixes, out)?;
    let mut count = 0;
    for graph in graphs {
        let graph = graph?;
        count += graph.as_ref().len();
        writer.graph(graph.as_ref())?;
    }
    writer.end()?;
    Ok(count)
}

/// A serializer of any syntax.
enum Serializer<W: Write> {
    Lines(Box<WriterQuadSerializer<W>>),
    JsonLd(json_ld::Writer<W>),
}

impl<W: Write> Serializer<W> {
    fn begin(syntax: Syntax, prefixes: Vec<(String, String)>, out: W) -> io::Result<Self> {
        if syntax == Syntax::JsonLd {
            return Ok(Self::JsonLd(json_ld::Writer::begin(prefixes, out)?));
        }
        let mut serializer = RdfSerializer::from_format(syntax.format());
        for (prefix, iri) in prefixes {
            serializer = serializer.with_prefix(prefix, iri).map_err(io::Error::other)?;
        }
        Ok(Self::Lines(Box::new(serializer.for_writer(out))))
    }

    fn quad(&mut self, quad: &Quad) -> io::Result<()> {
        match self {
            Self::Lines(serializer) => serializer.serialize_quad(quad),
            Self::JsonLd(writer) => writer.graph(std::slice::from_ref(quad)),
        }
    }

    fn graph(&mut self, quads: &[Quad]) -> io::Result<()> {
        match self {
            Self::JsonLd(writer) => {
                quads.chunk_by(|a, b| a.graph_name == b.graph_name).try_for_each(|graph| writer.graph(graph))
            }
            Self::Lines(_) => quads.iter().try_for_each(|quad| self.quad(quad)),
        }
    }

    fn end(self) -> io::Result<()> {
        match self {
            Self::Lines(serializer) => serializer.finish()?.flush(),
            Self::JsonLd(writer) => writer.end(),
        }
    }
}
