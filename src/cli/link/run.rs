//! `jinxiu link run`: links every entity of a store.

use super::given::{Brought, all_asked};
use super::table::{decisions_of, prefixes, warn};
use crate::cli::failure::{Failure, Outcome};
use crate::cli::opened::{Patience, StoreArg};
use crate::cli::output::Output;
use jinxiu::document::Class;
use jinxiu::link::sssom::{self, Mapping, Row};
use jinxiu::link::{Catalogue, Decisions, Enrichment, Finding, Identity, Style, Subject, link, quads};
use jinxiu::rdf::Base;
use jinxiu::store::Store;
use std::path::PathBuf;

/// Link every entity of a store; write the links into it and all that was found as a table for review
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example: jinxiu link run --store graph --decisions links.sssom.tsv -o review.sssom.tsv"
)]
pub struct Args {
    #[command(flatten)]
    store: StoreArg,
    #[command(flatten)]
    brought: Brought,
    /// Replay the decisions of people in this file
    #[arg(long, value_name = "SSSOM")]
    decisions: Option<PathBuf>,
    /// Write links, open questions and NIL to this SSSOM table, to be reviewed
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write skos:exactMatch where it would be owl:sameAs, in the store and in the table
    #[arg(long)]
    no_sameas: bool,
    /// Take over coordinates, the divisions around and names in other languages
    #[arg(long)]
    enrich: bool,
    /// Leave the store as it is
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    patience: Patience,
}

impl Args {
    fn identity(&self) -> Identity {
        if self.no_sameas { Identity::Withheld } else { Identity::Asserted }
    }
}

/// Runs it.
pub fn run(args: &Args) -> Outcome {
    let catalogue = args.brought.catalogue()?;
    let decisions = args.decisions.as_deref().map(decisions_of).transpose()?.unwrap_or_default();
    let store = args.store.open()?;
    let base = store.base().clone();
    let linked = linked(&store, &catalogue, &decisions)?;
    all_asked(&catalogue)?;
    drop(store);
    let mut rows: Vec<Mapping> = linked.iter().flat_map(|(_, _, rows)| rows.clone()).collect();
    warn(&rows);
    if !args.dry_run {
        write(args, &catalogue, &linked)?;
    }
    if let Some(path) = &args.output {
        for row in &mut rows {
            row.predicate_id = args.identity().written(&row.predicate_id).to_owned();
        }
        let text = sssom::write(&rows, &prefixes(&catalogue, &base));
        Output::named(Some(path)).write(|out| out.write_all(text.as_bytes()))?;
    }
    summary(&rows)
}

type Linked = Vec<(Subject, Vec<Finding>, Vec<Mapping>)>;

fn linked(store: &Store, catalogue: &Catalogue, decisions: &Decisions) -> Result<Linked, Failure> {
    let mut classes: Vec<Class> = catalogue.about().flat_map(|about| about.classes.clone()).collect();
    classes.sort();
    classes.dedup();
    let subjects = store.link_subjects(&classes)?;
    let one = |subject: Subject| {
        let mut findings = link(&subject, catalogue);
        let id = sssom::shorten(&subject.iri, store.base());
        decisions.apply(&id, &mut findings);
        let rows = sssom::rows(&subject, &findings, |name| row(name, &subject, (catalogue, store.base())));
        (subject, findings, with_reviews(rows, decisions))
    };
    Ok(subjects.into_iter().map(one).collect())
}

fn row(name: &str, subject: &Subject, (catalogue, base): (&Catalogue, &Base)) -> Row {
    catalogue.source(name).map(|source| Row::of(source, subject, base)).unwrap_or_default()
}

/// What a person decided stands in the table as that person wrote it.
fn with_reviews(mut rows: Vec<Mapping>, decisions: &Decisions) -> Vec<Mapping> {
    for row in &mut rows {
        if let Some(reviewed) = decisions.get(&row.record_id) {
            *row = reviewed.clone();
        }
    }
    rows
}

fn write(args: &Args, catalogue: &Catalogue, linked: &Linked) -> Outcome {
    let enrichment = if args.enrich { Enrichment::Full } else { Enrichment::None };
    let mut store = args.store.open_for_writing(args.patience)?;
    let base = store.base().clone();
    for (source, quads) in quads(linked, catalogue, &base, Style { identity: args.identity(), enrichment }) {
        store.put_links(&source, &quads)?;
    }
    Ok(store.finish()?)
}

/// How many links each source got, how many questions are open, how many things it does not hold.
fn summary(rows: &[Mapping]) -> Outcome {
    let mut sources: std::collections::BTreeMap<&str, [usize; 3]> = std::collections::BTreeMap::new();
    for row in rows {
        let counts = sources.entry(&row.source).or_default();
        let slot = ["accept", "review", "nil"].iter().position(|d| *d == row.decision);
        if let Some(slot) = slot {
            counts[slot] += 1;
        }
    }
    Output::Standard.write(|out| {
        writeln!(out, "source\tlinked\tto review\tNIL")?;
        sources.iter().try_for_each(|(source, [a, r, n])| writeln!(out, "{source}\t{a}\t{r}\t{n}"))
    })
}
