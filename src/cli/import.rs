//! `jinxiu import`: RDF files into a store, as graphs of their own.

use super::failure::{Exit, Failure, Outcome};
use super::terminal::Terminal;
use jinxiu::rdf::{Base, DEFAULT_BASE};
use jinxiu::store::{Store, file_quads};
use oxrdf::{GraphName, NamedNode, Quad, Term};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Read RDF files into a store, as graphs of their own
#[derive(Debug, clap::Args)]
#[command(
    after_help = "A graph that the store already has is replaced. Graphs of a TriG, N-Quads or JSON-LD file keep their names; \
triples of other files form a graph that is called after the file. A part of an export so becomes a store again.\n\nExample: \
jinxiu import graph.nq --store copy"
)]
pub struct Args {
    /// RDF files; their syntax is told by their extension
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The folder of the store; made where there is none
    #[arg(short, long, value_name = "DIR")]
    store: PathBuf,
    /// The name of the graph for triples that are in none
    #[arg(long, value_name = "IRI")]
    graph: Option<String>,
}

/// Runs it.
pub fn run(args: &Args, terminal: &Terminal) -> Outcome {
    let named = args.graph.as_deref().map(NamedNode::new).transpose();
    let named = named.map_err(|e| Failure::said(Exit::Usage, format_args!("--graph is no IRI: {e}")))?;
    let mut files = Vec::new();
    for path in &args.files {
        files.push((path, file_quads(path)?));
    }
    let base = base_of(files.iter().flat_map(|(_, quads)| quads));
    let mut store = Store::create(&args.store, &base)?;
    let mut graphs: BTreeMap<NamedNode, Vec<Quad>> = BTreeMap::new();
    for (path, quads) in files {
        let own = named.clone().unwrap_or_else(|| store.base().imported(&name_of(path)));
        for quad in quads {
            let name = place_of(&quad, &own);
            graphs.entry(name.clone()).or_default().push(Quad { graph_name: name.into(), ..quad });
        }
    }
    let count: usize = graphs.values().map(Vec::len).sum();
    for (name, quads) in &graphs {
        store.load_graph(name, quads)?;
    }
    store.finish()?;
    terminal.note(&format!("{}: {count} quads in {} graphs", args.store.display(), graphs.len()));
    Ok(())
}

/// The base of an exported store, so that its copy has the same.
fn base_of<'a>(mut quads: impl Iterator<Item = &'a Quad>) -> Base {
    let space = quads.find(|quad| quad.predicate.as_ref() == jinxiu::rdf::vocabulary::URI_SPACE);
    let known = space.and_then(|quad| match &quad.object {
        Term::Literal(base) => Base::new(base.value()).ok(),
        _ => None,
    });
    known.or_else(|| Base::new(DEFAULT_BASE).ok()).unwrap_or_default()
}

fn name_of(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// The graph in which a quad shall stand: its own, unless that is only the name of its file.
fn place_of(quad: &Quad, own: &NamedNode) -> NamedNode {
    match &quad.graph_name {
        GraphName::NamedNode(name) if !name.as_str().starts_with("file:") => name.clone(),
        _ => own.clone(),
    }
}
