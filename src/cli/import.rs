//! `jinxiu import`: RDF files into a store, as graphs of their own.

use super::failure::{Exit, Failure, Outcome};
use super::opened::Patience;
use super::terminal::Terminal;
use indicatif::ProgressBar;
use jinxiu::rdf::vocabulary::URI_SPACE;
use jinxiu::rdf::{Base, Grouped};
use jinxiu::store::{ImportError, Store, file_quads};
use oxrdf::{GraphName, NamedNode, Quad, Term};
use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

/// Read RDF files into a store, as graphs of their own
#[derive(Debug, clap::Args)]
#[command(
    after_help = "A graph that the store already has is replaced. Graphs of a TriG, N-Quads or JSON-LD file keep their names; \
triples of other files form a graph that is called after the file. An export, or a part of one, so becomes a store again; names that were \
merged in it come under the name that they were merged into.\n\nExample: \
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
    #[command(flatten)]
    patience: Patience,
}

/// Runs it.
pub fn run(args: &Args, terminal: &Terminal) -> Outcome {
    let named = args.graph.as_deref().map(NamedNode::new).transpose();
    let named = named.map_err(|e| Failure::said(Exit::Usage, format_args!("--graph is no IRI: {e}")))?;
    let (mut read, bar) = (Read::default(), terminal.progress(None, "quads read"));
    for path in &args.files {
        read.file(path, (named.as_ref(), &bar))?;
    }
    drop(bar);
    let count = read.count;
    let base = read.base.clone().unwrap_or_default();
    let mut store = args.patience.open(|| Store::create(&args.store, &base))?;
    let quads = read.quads(store.base()).map_err(ImportError::from)?;
    let bar = terminal.progress(Some(count), "quads written");
    let graphs = store.import(quads.inspect(|_| bar.inc(1)))?;
    drop(bar);
    store.finish()?;
    terminal.note(&format!("{}: {count} quads in {graphs} graphs", args.store.display()));
    Ok(())
}

/// What was read of files before the base of the store is known.
#[derive(Default)]
struct Read {
    grouped: Grouped,
    /// The names of files, after which graphs are called.
    names: Vec<String>,
    /// Graphs in the files that may be called as one after a file is.
    alike: BTreeSet<NamedNode>,
    base: Option<Base>,
    count: usize,
}

/// Quads that come one graph after another.
type Quads = Box<dyn Iterator<Item = io::Result<Quad>>>;

impl Read {
    fn file(&mut self, path: &Path, (named, bar): (Option<&NamedNode>, &ProgressBar)) -> Outcome {
        let own = named.cloned().unwrap_or_else(|| called_after(path, &mut self.names));
        for quad in file_quads(path)? {
            let quad = quad?;
            self.base = self.base.take().or_else(|| base_in(&quad));
            let graph = place_of(&quad, &own).clone();
            if graph.as_str().contains("import/") {
                self.alike.insert(graph.clone());
            }
            self.grouped.push(&Quad { graph_name: graph.into(), ..quad }).map_err(ImportError::from)?;
            self.count += 1;
            bar.inc(1);
        }
        Ok(())
    }

    /// The quads in their graphs. A graph that is called after one file and stands in another comes in two pieces at
    /// first, and so does one that is called after two files.
    fn quads(mut self, base: &Base) -> io::Result<Quads> {
        let graphs: Vec<NamedNode> = self.names.iter().map(|name| base.imported(name)).collect();
        let whole = graphs.iter().all(|graph| self.alike.insert(graph.clone()));
        let mut quads = self.grouped.quads()?.map(move |quad| quad.map(|quad| in_its_graph(quad, &graphs)));
        if whole {
            return Ok(Box::new(quads));
        }
        let again = quads.try_fold(Grouped::default(), |mut again, quad: io::Result<Quad>| {
            again.push(&quad?)?;
            io::Result::Ok(again)
        })?;
        Ok(Box::new(again.quads()?))
    }
}

/// The base of an exported store, so that its copy has the same.
fn base_in(quad: &Quad) -> Option<Base> {
    match &quad.object {
        Term::Literal(base) if quad.predicate.as_ref() == URI_SPACE => Base::new(base.value()).ok(),
        _ => None,
    }
}

/// What stands for the graph of a file until the base of the store is known: `file:` and the place of its name.
fn called_after(path: &Path, names: &mut Vec<String>) -> NamedNode {
    let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let place = names.iter().position(|known| *known == name).unwrap_or(names.len());
    if place == names.len() {
        names.push(name);
    }
    NamedNode::new_unchecked(format!("file:{place}"))
}

/// The graph in which a quad shall stand: its own, unless that is only the name of its file.
fn place_of<'a>(quad: &'a Quad, own: &'a NamedNode) -> &'a NamedNode {
    match &quad.graph_name {
        GraphName::NamedNode(name) if !name.as_str().starts_with("file:") => name,
        _ => own,
    }
}

fn in_its_graph(quad: Quad, graphs: &[NamedNode]) -> Quad {
    let place = match &quad.graph_name {
        GraphName::NamedNode(graph) => graph.as_str().strip_prefix("file:"),
        _ => None,
    };
    match place.and_then(|place| graphs.get(place.parse::<usize>().ok()?)) {
        Some(graph) => Quad { graph_name: graph.clone().into(), ..quad },
        None => quad,
    }
}

impl From<ImportError> for Failure {
    fn from(error: ImportError) -> Self {
        match error {
            ImportError::Store(error) => error.into(),
            ImportError::Io(_) => Self::new(Exit::Input, error),
        }
    }
}
