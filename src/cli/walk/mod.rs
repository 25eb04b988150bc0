//! `jinxiu path`, `neighbors`, `rank`, `communities` and `components`: the graph as a network.

mod measured;

pub use measured::{GroupArgs, RankArgs, communities, components, rank};

use super::completions;
use super::failure::{Exit, Failure, Outcome, one_line};
use super::frame::{Cell, Frame, Printing};
use super::opened::StoreArg;
use super::terminal::Terminal;
use clap_complete::engine::ArgValueCompleter;
use jinxiu::graph::{Link, Neighbor, Network};
use jinxiu::ontology::ontology;
use jinxiu::store::{Quotation, Store, shorten};

/// Which store, and how to print.
#[derive(Debug, clap::Args)]
pub struct Walking {
    #[command(flatten)]
    store: StoreArg,
    #[command(flatten)]
    printing: Printing,
}

/// Show a shortest way between two things, with the sentences along it
#[derive(Debug, clap::Args)]
#[command(after_help = "Exit code 1 if there is none. Example: jinxiu path 太原市 装备制造业 --store graph")]
pub struct PathArgs {
    #[command(flatten)]
    walking: Walking,
    /// A name
    #[arg(add = ArgValueCompleter::new(completions::things))]
    from: String,
    /// Another name
    #[arg(add = ArgValueCompleter::new(completions::things))]
    to: String,
}

/// List what is near a thing, with the sentence that relates each to it
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Of several steps the last relation is shown. Example: jinxiu neighbors 太原市 --steps 2 --store graph"
)]
pub struct NeighborsArgs {
    #[command(flatten)]
    walking: Walking,
    /// A name
    #[arg(add = ArgValueCompleter::new(completions::things))]
    name: String,
    /// Within so many relations
    #[arg(long, value_name = "N", default_value_t = 1)]
    steps: usize,
}

/// Runs `path`.
pub fn path(args: &PathArgs, terminal: &Terminal) -> Outcome {
    let store = args.walking.store.open()?;
    let network = Network::new(store.links()?);
    let (from, to) = (named(&store, &args.from)?, named(&store, &args.to)?);
    if from.iter().any(|one| to.contains(one)) {
        terminal.note(&format!("{} and {} are one thing; no relation lies between", args.from, args.to));
    }
    let ways = from.iter().flat_map(|a| to.iter().filter_map(|b| network.path(a, b)));
    let Some(way) = ways.min_by_key(Vec::len) else {
        return Err(Failure::said(
            Exit::No,
            format_args!("no relations lead from {} to {}", args.from, args.to),
        ));
    };
    let mut rows = Frame::new(["subject", "property", "object", "document", "sentence"]);
    for (link, quotation) in way.iter().zip(store.stated_by(&way)?) {
        let (document, sentence) = shown(quotation);
        rows.push(vec![
            name(&store, &link.subject).into(),
            property(&link.predicate).into(),
            name(&store, &link.object).into(),
            document.into(),
            sentence.into(),
        ]);
    }
    args.walking.printing.print(&rows)
}

/// Runs `neighbors`.
pub fn neighbors(args: &NeighborsArgs) -> Outcome {
    let store = args.walking.store.open()?;
    let network = Network::new(store.links()?);
    let mut rows = Frame::new(["steps", "name", "iri", "relation", "document", "sentence"]);
    for start in named(&store, &args.name)? {
        let near = network.neighbors(&start, args.steps);
        let links: Vec<Link> = near.iter().map(|neighbor| neighbor.link.clone()).collect();
        for (Neighbor { steps, node, link }, quotation) in near.into_iter().zip(store.stated_by(&links)?) {
            let ends = [&link.subject, &link.object].map(|end| name(&store, end));
            let (document, sentence) = shown(quotation);
            rows.push(vec![
                Cell::Whole(steps),
                name(&store, &node).into(),
                short(&store, &node).into(),
                format!("{} {} {}", ends[0], property(&link.predicate), ends[1]).into(),
                document.into(),
                sentence.into(),
            ]);
        }
    }
    args.walking.printing.print(&rows)
}

fn named(store: &Store, wanted: &str) -> Result<Vec<String>, Failure> {
    Ok(super::show::named(store, wanted)?.into_iter().map(|f| f.iri).collect())
}

fn name(store: &Store, iri: &str) -> String {
    store.label(iri, "zh-hans").unwrap_or_else(|| short(store, iri))
}

fn short(store: &Store, iri: &str) -> String {
    shorten(iri, &store.base().prefixes())
}

fn property(iri: &str) -> String {
    ontology().by_iri(iri).map_or_else(|| iri.to_owned(), |t| t.label("zh-hans").to_owned())
}

/// The document and the sentence of some words.
fn shown(quotation: Option<Quotation>) -> (String, String) {
    quotation.map_or_else(Default::default, |q| (q.document, one_line(&q.sentence)))
}
