//! `jinxiu build`: texts in, a store with their graphs out.

use super::decided::{DecisionsArg, heed, quads_of};
use super::failure::{Exit, Failure, Outcome};
use super::interrupt;
use super::manifest::Manifest;
use super::opened::Patience;
use super::output::Output;
use super::probability::probability;
use super::terminal::Terminal;
use super::texts::{Texts, Unread, each};
use jinxiu::graph::Decisions;
use jinxiu::rdf::{Base, Counts, DEFAULT_BASE, Run};
use jinxiu::store::Store;
use jinxiu::text::{Source as TextSource, Text};
use oxrdf::Quad;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Build a store from texts, or add texts to one
#[derive(Debug, clap::Args)]
#[command(
    visible_alias = "add",
    after_help = "A text whose id the store already has replaces the old one; the others stay. A text that has not \
changed since the same program read it is not read again. Every text is stored whole or not at all, and a run that was \
stopped is completed by the same command. Texts that are added are read with the --min-confidence of those that the store \
has.\n\nExample: jinxiu build data/samples --store graph\nExample: jinxiu add article.txt \
--store graph --manifest graph.json"
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
    #[command(flatten)]
    patience: Patience,
    /// Write what went in and what came out, by hash, to FILE
    #[arg(long, value_name = "FILE")]
    manifest: Option<PathBuf>,
    /// Leave out what is less sure than P, from 0 to 1 [default: as the texts of the store were read, else 0]
    #[arg(long, value_name = "P", value_parser = probability::<f32>)]
    min_confidence: Option<f32>,
    #[command(flatten)]
    decisions: DecisionsArg,
}

/// Runs it.
pub fn run(args: &Args, terminal: &Terminal) -> Outcome {
    let begun = Instant::now();
    let sources = args.texts.sources()?;
    let base = Base::new(&args.base).map_err(|error| Failure::new(Exit::Usage, error))?;
    let decisions = args.decisions.read(&args.store)?;
    let place = Place::new(&args.store);
    let _writing = interrupt::writing();
    let mut store =
        args.patience.open(|| Store::create(&args.store, &base)).inspect_err(|_| place.clear())?;
    let this = Run { min_confidence: args.least_confidence(&store, terminal)?, ..Run::default() };
    let mut tally = Tally::default();
    let unread = read_into(&mut store, (&sources, &this, &decisions), &mut tally, terminal)?;
    if unread.is_all_of(sources.len()) {
        drop(store);
        place.clear();
        return unread.outcome(sources.len());
    }
    heed(&decisions, &mut store, terminal)?;
    store.finish()?;
    say_if_mixed(&store, terminal)?;
    interrupt::outcome("what was read is stored; the same command completes it")?;
    if let Some(path) = &args.manifest {
        Manifest::of(&store)?.write(path)?;
    }
    let texts = sources.len() - unread.count();
    if !terminal.quiet {
        Summary { texts, tally, time: begun.elapsed() }.print(&store.counts()?, &args.store)?;
    }
    unread.outcome(sources.len())
}

impl Args {
    /// Below which confidence findings are left out: what was asked for, else as the store's texts were read.
    fn least_confidence(&self, store: &Store, terminal: &Terminal) -> Result<f32, Failure> {
        if let Some(asked) = self.min_confidence {
            return Ok(asked);
        }
        match store.min_confidences()?.as_slice() {
            [] => Ok(0.0),
            [one] => {
                if *one > 0.0 {
                    terminal.note(&format!("as the texts of the store, read with --min-confidence {one}"));
                }
                Ok(*one)
            }
            several => Err(Failure::said(
                Exit::Usage,
                format_args!("texts of the store were read with {}; say which", options(several)),
            )),
        }
    }
}

fn options(several: &[f32]) -> String {
    several.iter().map(|least| format!("--min-confidence {least}")).collect::<Vec<_>>().join(" and ")
}

/// Such a store is none that one build gives.
fn say_if_mixed(store: &Store, terminal: &Terminal) -> Outcome {
    let several = store.min_confidences()?;
    if several.len() > 1 {
        terminal.note(&format!(
            "texts of the store are read with {}: build all with one, so that they can be compared",
            options(&several)
        ));
    }
    Ok(())
}

/// What was read.
#[derive(Default)]
struct Tally {
    characters: usize,
    unchanged: usize,
}

/// What came of one text.
enum Read {
    Unchanged,
    New { id: String, quads: Vec<Quad>, length: usize },
}

/// Reads texts into a store; those that the same program has read already are left as they are.
fn read_into(
    store: &mut Store,
    (sources, run, decisions): (&[TextSource], &Run, &Decisions),
    tally: &mut Tally,
    terminal: &Terminal,
) -> Result<Unread, Failure> {
    let base = store.base().clone();
    let mut known = BTreeMap::new();
    for source in sources {
        known.extend(store.reading(&source.id)?.map(|reading| (source.id.clone(), reading)));
    }
    let this = run.node(&base).into_string();
    let read = |id: &str, text: Text| {
        if known.get(id).is_some_and(|(sha256, by)| *sha256 == text.sha256 && *by == this) {
            return Read::Unchanged;
        }
        let quads = quads_of(id, &text, decisions, (&base, run));
        Read::New { id: id.to_owned(), quads, length: text.chars.len() }
    };
    let mut waiting = Waiting::default();
    let unread = each(sources, terminal, read, |result| match result {
        Read::Unchanged => {
            tally.unchanged += 1;
            Ok(())
        }
        Read::New { id, quads, length } => {
            tally.characters += length;
            terminal.detail(&format!("{id}: {length} characters, {} quads", quads.len()));
            waiting.add(id, quads, store)
        }
    })?;
    waiting.load(store)?;
    Ok(unread)
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
    tally: Tally,
    time: Duration,
}

impl Summary {
    fn print(&self, held: &Counts, store: &Path) -> Outcome {
        let (texts, seconds) = (self.texts, self.time.as_secs_f64());
        let Tally { characters, unchanged } = self.tally;
        let unchanged = if unchanged > 0 { format!(", {unchanged} unchanged") } else { String::new() };
        let of = |iri: &str, count: &usize| (*count > 0).then(|| format!("{count} {}", local(iri)));
        let listed = |counts: &BTreeMap<String, usize>, chosen: fn(&str) -> bool| {
            let parts = counts.iter().filter(|(iri, _)| chosen(local(iri)));
            parts.filter_map(|(iri, count)| of(iri, count)).collect::<Vec<_>>().join(", ")
        };
        let relations: usize = held.properties.values().sum();
        Output::Standard.write(|out| {
            writeln!(out, "read       {texts} texts{unchanged}, {characters} characters in {seconds:.2} s")?;
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
