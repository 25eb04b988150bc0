//! `jinxiu export`: writes a store as RDF.

use super::failure::{Exit, Failure, Outcome};
use super::opened::StoreArg;
use super::output::Output;
use super::terminal::Terminal;
use jinxiu::rdf::{Syntax, ontology_graph, write_quads};
use jinxiu::store::Store;
use oxrdf::Quad;
use std::path::PathBuf;

/// Write a store as RDF, sorted, the same bytes every time
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Turtle, N-Triples and RDF/XML merge the documents' graphs; TriG, N-Quads and JSON-LD keep them \
apart.\n\nExample: jinxiu export --store graph -o graph.ttl"
)]
pub struct Args {
    #[command(flatten)]
    store: StoreArg,
    /// turtle, trig, ntriples, nquads, rdfxml or jsonld [default: by the extension of FILE, else nquads]
    #[arg(short, long, value_name = "FORMAT")]
    format: Option<String>,
    /// Write to FILE instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Only the graph of this document; may be given again
    #[arg(short, long, value_name = "ID")]
    document: Vec<String>,
    /// Write the ontology too
    #[arg(long)]
    ontology: bool,
}

/// Runs it.
pub fn run(args: &Args, terminal: &Terminal) -> Outcome {
    let output = Output::named(args.output.as_deref());
    let syntax = args.syntax(&output)?;
    let store = args.store.open()?;
    let quads = args.quads(&store)?;
    let count = quads.len();
    output.write(|out| write_quads(quads, syntax, store.base(), out))?;
    if let Output::File(path) = &output {
        terminal.note(&format!("{count} quads written to {}", path.display()));
    }
    Ok(())
}

impl Args {
    fn syntax(&self, output: &Output) -> Result<Syntax, Failure> {
        let extension = output.extension();
        let Some(name) = self.format.as_deref().or(extension.as_deref()) else {
            return Ok(Syntax::NQuads);
        };
        Syntax::parse(name).ok_or_else(|| {
            let known: Vec<&str> = Syntax::ALL.iter().map(|(_, name, _)| *name).collect();
            Failure::said(
                Exit::Usage,
                format_args!("unknown format {name}; these are known: {}", known.join(", ")),
            )
        })
    }

    fn quads(&self, store: &Store) -> Result<Vec<Quad>, Failure> {
        let mut quads = if self.document.is_empty() { store.quads(None)? } else { self.chosen(store)? };
        let ontology = ontology_graph();
        if let Some(first) = ontology.first() {
            quads.retain(|q| q.graph_name != first.graph_name);
        }
        if self.ontology {
            quads.extend(ontology);
        }
        Ok(quads)
    }

    fn chosen(&self, store: &Store) -> Result<Vec<Quad>, Failure> {
        let mut quads = Vec::new();
        for document in &self.document {
            let graph = store.quads(Some(document))?;
            if graph.is_empty() {
                return Err(Failure::said(Exit::Input, format_args!("the store has no document {document}")));
            }
            quads.extend(graph);
        }
        Ok(quads)
    }
}
