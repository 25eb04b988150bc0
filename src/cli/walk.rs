//! `jinxiu path`, `neighbors`, `rank`, `communities` and `components`: the graph as a network.

use super::failure::{Exit, Failure, Outcome};
use super::opened::StoreArg;
use super::output::Output;
use super::table::Rows;
use clap::ValueEnum;
use jinxiu::graph::{Link, Network};
use jinxiu::ontology::ontology;
use jinxiu::store::{Store, shorten};
use serde_json::{Map, Value};

/// How tables are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Tsv,
    Json,
}

/// Which store, and how to print.
#[derive(Debug, clap::Args)]
pub struct Walking {
    #[command(flatten)]
    store: StoreArg,
    /// How to print it [default: table on a terminal, else tsv]
    #[arg(short, long, value_enum)]
    format: Option<Format>,
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
    let mut rows = Rows::new(&["subject", "property", "object", "document", "sentence"]);
    for link in &way {
        let (document, sentence) = sentence(&store, link)?;
        rows.push(vec![
            name(&store, &link.subject),
            property(&link.predicate),
            name(&store, &link.object),
            document,
            sentence,
        ]);
    }
    args.walking.print(&rows)
}

/// Runs `neighbors`.
pub fn neighbors(args: &NeighborsArgs) -> Outcome {
    let store = args.walking.store.open()?;
    let network = Network::new(store.links()?);
    let mut rows = Rows::new(&["steps", "name", "iri"]);
    for start in named(&store, &args.name)? {
        for (node, steps) in network.neighbors(&start, args.steps) {
            rows.push(vec![steps.to_string(), name(&store, &node), short(&store, &node)]);
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
    let mut rows = Rows::new(&["name", "iri", "pagerank", "betweenness", "degree"]);
    for rank in ranks.iter().take(args.limit.unwrap_or(usize::MAX)) {
        rows.push(vec![
            name(&store, &rank.node),
            short(&store, &rank.node),
            format!("{:.6}", rank.page_rank),
            format!("{:.1}", rank.betweenness),
            rank.degree.to_string(),
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
    let mut rows = Rows::new(&["group", "size", "name", "iri"]);
    for (number, group) in found(&Network::new(store.links()?)).iter().enumerate() {
        for node in group.iter().filter(|_| group.len() >= args.least) {
            rows.push(vec![
                (number + 1).to_string(),
                group.len().to_string(),
                name(&store, node),
                short(&store, node),
            ]);
        }
    }
    args.walking.print(&rows)
}

impl Walking {
    fn print(&self, rows: &Rows) -> Outcome {
        let output = Output::Standard;
        let otherwise = if output.is_terminal() { Format::Table } else { Format::Tsv };
        output.write(|out| match self.format.unwrap_or(otherwise) {
            Format::Table => rows.write_table(out),
            Format::Tsv => rows.write_tsv(out),
            Format::Json => {
                let one = |row: Vec<(&str, &str)>| {
                    let cells =
                        row.into_iter().map(|(column, cell)| (column.to_owned(), number_or_text(cell)));
                    Value::Object(cells.collect::<Map<_, _>>())
                };
                writeln!(out, "{:#}", Value::from(rows.cells().map(one).collect::<Vec<_>>()))
            }
        })
    }
}

fn number_or_text(cell: &str) -> Value {
    let number = serde_json::from_str::<serde_json::Number>(cell);
    number.map_or_else(|_| cell.into(), Value::Number)
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
