//! Quads written graph by graph, or merged, sorted outside of memory.

use super::super::base::Base;
use super::super::sorter::Sorter;
use super::{
    Syntax, UsedPrefixes, json_ld, laid_out, object_key, predicate_key, respell_language, subject_key,
};
use oxrdf::{GraphName, Quad};
use oxrdfio::{RdfFormat, RdfParser, RdfSerializer, WriterQuadSerializer};
use std::io::{self, Write};

/// Parts what sorts a record from the quad in it.
pub(in crate::rdf) const MARK: u8 = 2;

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
        sorter.push(record(&quad))?;
    }
    let mut writer = Serializer::begin(syntax, prefixes.used(), out)?;
    let mut count = 0;
    for record in sorter.sorted()? {
        writer.quad(&parse(&record?)?)?;
        count += 1;
    }
    writer.end()?;
    Ok(count)
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

/// A triple behind what sorts it in the order of reading.
fn record(quad: &Quad) -> Vec<u8> {
    let (rank, predicate) = predicate_key(&quad.predicate);
    let (kind, value, language, datatype) = object_key(&quad.object);
    let key = format!(
        "{}\u{1}{rank}{predicate}\u{1}{kind}{value}\u{1}{language}\u{1}{datatype}",
        subject_key(quad)
    );
    let mut record = key.replace('\u{2}', "\u{3}").into_bytes();
    record.push(MARK);
    record.extend(format!("{quad} .").into_bytes());
    record
}

/// The quad of a record.
pub(in crate::rdf) fn parse(record: &[u8]) -> io::Result<Quad> {
    let start = record.iter().position(|byte| *byte == MARK).map_or(0, |at| at + 1);
    let mut parser = RdfParser::from_format(RdfFormat::NQuads).lenient().for_slice(&record[start..]);
    let quad = parser.next().ok_or_else(|| io::Error::other("an empty record"))?;
    quad.map_err(io::Error::other)
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
