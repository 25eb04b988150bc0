//! `jinxiu build`: texts in, a store with their graphs out.

use super::failure::{Exit, Failure, Outcome};
use super::output::Output;
use super::terminal::Terminal;
use super::texts::{Texts, each};
use jinxiu::pipeline;
use jinxiu::rdf::{Base, Counts, DEFAULT_BASE, Run, Source, document_quads};
use jinxiu::store::Store;
use jinxiu::text::Text;
use oxrdf::Quad;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Build a store from texts, or add texts to one
#[derive(Debug, clap::Args)]
#[command(
    after_help = "A text whose id the store already has replaces the old one; the others stay. Every text is \
stored whole or not at all.\n\nExample: jinxiu build data/samples --store graph"
)]
pub struct Args {
    #[command(flatten)]
    texts: Texts,
    /// The folder of the store; made where there is none
    #[arg(short, long, value_name = "DIR")]
    store: PathBuf,
    /// The start of the names of all things in a new store
    #[arg(long, value_name = "IRI", default_value = DEFAULT_BASE)]
    base: String,
}

/// Runs it.
pub fn run(args: &Args, terminal: &Terminal) -> Outcome {
    let begun = Instant::now();
    let sources = args.texts.sources()?;
    let base = Base::new(&args.base).map_err(|error| Failure::new(Exit::Usage, error))?;
    let place = Place::new(&args.store);
    let mut store = Store::create(&args.store, &base).inspect_err(|_| place.clear())?;
    let (base, run) = (store.base().clone(), Run::default());
    let read = |id: &str, text: Text| {
        let extraction = pipeline::extract(id, &text);
        let quads = document_quads(Source { text: &text, extraction: &extraction }, &base, &run);
        (extraction.id, quads, text.chars.len())
    };
    let mut characters = 0;
    let mut waiting = Waiting::default();
    let unread = each(&sources, terminal, read, |(id, quads, length)| {
        characters += length;
        terminal.detail(&format!("{id}: {length} characters, {} quads", quads.len()));
        waiting.add(id, quads, &mut store)
    })?;
    waiting.load(&mut store)?;
    if unread.is_all_of(sources.len()) {
        drop(store);
        place.clear();
        return unread.outcome(sources.len());
    }
    store.finish()?;
    let summary = Summary { texts: sources.len() - unread.count(), characters, time: begun.elapsed() };
    if !terminal.quiet {
        summary.print(&store.counts()?, &args.store)?;
    }
    unread.outcome(sources.len())
}

/// How many quads are kept before they are stored together, which is many times faster than one text after another.
const TOGETHER: usize = 200_000;

/// Documents that wait to be stored.
#[derive(Default)]
struct Waiting {
    documents: Vec<(String, Vec<Quad>)>,
    quads: usize,
}

impl Waiting {
    fn add(&mut self, id: String, quads: Vec<Quad>, store: &mut Store) -> Outcome {
        let known = self.documents.iter().any(|(other, _)| *other == id);
        if known || self.quads + quads.len() > TOGETHER {
            self.load(store)?;
        }
        self.quads += quads.len();
        self.documents.push((id, quads));
        Ok(())
    }

    fn load(&mut self, store: &mut Store) -> Outcome {
        store.load_all(&self.documents)?;
        *self = Self::default();
        Ok(())
    }
}

/// The folder of the store as it was found, so that a run that reads nothing leaves nothing behind.
struct Place<'a> {
    folder: &'a Path,
    was_there: bool,
    was_filled: bool,
}

impl<'a> Place<'a> {
    fn new(folder: &'a Path) -> Self {
        let was_filled =
            folder.is_file() || folder.read_dir().is_ok_and(|mut entries| entries.next().is_some());
        Self { folder, was_there: folder.exists(), was_filled }
    }

    fn clear(&self) {
        if !self.was_filled && fs::remove_dir_all(self.folder).is_ok() && self.was_there {
            let _ = fs::create_dir(self.folder);
        }
    }
}

/// What a run did.
struct Summary {
    texts: usize,
    characters: usize,
    time: Duration,
}

impl Summary {
    fn print(&self, held: &Counts, store: &Path) -> Outcome {
        let (texts, characters, seconds) = (self.texts, self.characters, self.time.as_secs_f64());
        let of = |iri: &str, count: &usize| (*count > 0).then(|| format!("{count} {}", local(iri)));
        let listed = |counts: &BTreeMap<String, usize>, chosen: fn(&str) -> bool| {
            let parts = counts.iter().filter(|(iri, _)| chosen(local(iri)));
            parts.filter_map(|(iri, count)| of(iri, count)).collect::<Vec<_>>().join(", ")
        };
        let relations: usize = held.properties.values().sum();
        Output::Standard.write(|out| {
            writeln!(out, "read       {texts} texts, {characters} characters in {seconds:.2} s")?;
            writeln!(out, "store      {}: {} texts", store.display(), held.documents)?;
            writeln!(
                out,
                "entities   {}: {}",
                held.entities,
                listed(&held.classes, |class| !is_figure(class))
            )?;
            writeln!(out, "relations  {relations}: {}", listed(&held.properties, |_| true))?;
            writeln!(out, "figures    {}", listed(&held.classes, is_figure))
        })
    }
}

fn is_figure(class: &str) -> bool {
    matches!(class, "Figure" | "Target")
}

fn local(iri: &str) -> &str {
    iri.rsplit(['#', '/']).next().unwrap_or(iri)
}
