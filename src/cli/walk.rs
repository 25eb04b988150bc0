//! `jinxiu path`, `neighbors`, `rank`, `communities` and `components`: the graph as a network.

use super::failure::{Exit, Failure, Outcome};
use super::frame::{Cell, Frame, TableFormat};
use super::opened::StoreArg;
use super::output::Output;
use clap::ValueEnum;
use jinxiu::graph::{Link, Network};
use jinxiu::ontology::ontology;
use jinxiu::store::{Store, shorten};
use std::path::PathBuf;

/// Which store, and how to print.
#[derive(Debug, clap::Args)]
pub struct Walking {
    #[command(flatten)]
    store: StoreArg,
    /// How to print it [default: by the extension of FILE, else table on a terminal, else tsv]
    #[arg(short, long, value_enum, ignore_case = true)]
    format: Option<TableFormat>,
    /// Write to FILE instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Show a shortest way between two things, with the sentences along it
#[derive(Debug, clap::Args)]
#[command(after_help = "Exit code 1 if there is none. Example: jinxiu path 太原市 装备制造业 --store graph")]
pub struct PathArgs {
    #[command(flatten)]
    walking: Walking,
    /// A name
    from: String,
    /// Another name
    to: String,
}

/// List what is near a thing
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: jinxiu neighbors 太原市 --steps 2 --store graph")]
pub struct NeighborsArgs {
    #[command(flatten)]
    walking: Walking,
    /// A name
    name: String,
    /// Within so many relations
    #[arg(long, value_name = "N", default_value_t = 1)]
    steps: usize,
}

/// List things by how much they matter in the network
#[derive(Debug, clap::Args)]
#[command(
    after_help = "With --save the ranks are kept in the store, in a graph of their own, until its documents change.\n\n\
Example: jinxiu rank --limit 20 --store graph"
)]
pub struct RankArgs {
    #[command(flatten)]
    walking: Walking,
    /// At most so many
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// By what
    #[arg(long, value_enum, default_value = "pagerank")]
    by: By,
    /// Keep the ranks and communities in the store
    #[arg(long)]
    save: bool,
}

/// What things are ranked by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum By {
    Pagerank,
    Betweenness,
    Degree,
}

/// List groups of things
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: jinxiu communities --least 5 --store graph")]
pub struct GroupArgs {
    #[command(flatten)]
    walking: Walking,
    /// Only groups of at least so many things
    #[arg(long, value_name = "N", default_value_t = 2)]
    least: usize,
}

/// Runs `path`.
pub fn path(args: &PathArgs) -> Outcome {
    let store = args.walking.store.open()?;
    let network = Network::new(store.links()?);
    let (from, to) = (named(&store, &args.from)?, named(&store, &args.to)?);
    let ways = from.iter().flat_map(|a| to.iter().filter_map(|b| network.path(a, b)));
    let Some(way) = ways.min_by_key(Vec::len) else {
        return Err(Failure::said(
            Exit::No,
            format_args!("no relations lead from {} to {}", args.from, args.to),
        ));
    };
    let mut rows = Frame::new(["subject", "property", "object", "document", "sentence"]);
    for link in &way {
        let (document, sentence) = sentence(&store, link)?;
        rows.push(vec![
            name(&store, &link.subject).into(),
            property(&link.predicate).into(),
            name(&store, &link.object).into(),
            document.into(),
            sentence.into(),
        ]);
    }
    args.walking.print(&rows)
}

/// Runs `neighbors`.
pub fn neighbors(args: &NeighborsArgs) -> Outcome {
    let store = args.walking.store.open()?;
    let network = Network::new(store.links()?);
    let mut rows = Frame::new(["steps", "name", "iri"]);
    for start in named(&store, &args.name)? {
        for (node, steps) in network.neighbors(&start, args.steps) {
            rows.push(vec![Cell::Whole(steps), name(&store, &node).into(), short(&store, &node).into()]);
        }
    }
    args.walking.print(&rows)
}

/// Runs `rank`.
pub fn rank(args: &RankArgs) -> Outcome {
    let store = args.walking.store.open()?;
    let network = Network::new(store.links()?);
    let mut ranks = network.ranks();
    match args.by {
        By::Pagerank => {}
        By::Betweenness => ranks.sort_by(|a, b| b.betweenness.total_cmp(&a.betweenness)),
        By::Degree => ranks.sort_by_key(|rank| std::cmp::Reverse(rank.degree)),
    }
    let mut rows = Frame::new(["name", "iri", "pagerank", "betweenness", "degree"]);
    for rank in ranks.iter().take(args.limit.unwrap_or(usize::MAX)) {
        rows.push(vec![
            name(&store, &rank.node).into(),
            short(&store, &rank.node).into(),
            Cell::Number((rank.page_rank * 1e6).round() / 1e6),
            Cell::Number((rank.betweenness * 10.0).round() / 10.0),
            Cell::Whole(rank.degree),
        ]);
    }
    if args.save {
        drop(store);
        let mut store = Store::open_for_writing(&args.walking.store.path)?;
        store.save_measures(&ranks, &network.communities())?;
    }
    args.walking.print(&rows)
}

/// Runs `communities`.
pub fn communities(args: &GroupArgs) -> Outcome {
    groups(args, Network::communities)
}

/// Runs `components`.
pub fn components(args: &GroupArgs) -> Outcome {
    groups(args, Network::components)
}

fn groups(args: &GroupArgs, found: impl Fn(&Network) -> Vec<Vec<String>>) -> Outcome {
    let store = args.walking.store.open()?;
    let mut rows = Frame::new(["group", "size", "name", "iri"]);
    for (number, group) in found(&Network::new(store.links()?)).iter().enumerate() {
        for node in group.iter().filter(|_| group.len() >= args.least) {
            rows.push(vec![
                Cell::Whole(number + 1),
                Cell::Whole(group.len()),
                name(&store, node).into(),
                short(&store, node).into(),
            ]);
        }
    }
    args.walking.print(&rows)
}

impl Walking {
    fn print(&self, rows: &Frame) -> Outcome {
        let output = Output::named(self.output.as_deref());
        rows.write(TableFormat::chosen(self.format, &output)?, &output)
    }
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

/// The first sentence that states a relation, with its document.
fn sentence(store: &Store, link: &Link) -> Result<(String, String), Failure> {
    let sheet = store.sheet(&link.subject)?;
    let row = sheet
        .relations
        .into_iter()
        .find(|r| r.outgoing && r.predicate == link.predicate && r.other == link.object);
    let quotation = row.and_then(|r| r.quotations.into_iter().next());
    Ok(quotation.map_or_else(Default::default, |q| {
        (q.document, q.sentence.split_whitespace().collect::<Vec<_>>().join(" "))
    }))
}
