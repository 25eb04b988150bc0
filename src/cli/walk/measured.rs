//! What is measured of the whole network, printed and on request kept in the store.

use super::super::failure::Outcome;
use super::super::frame::{Cell, Frame};
use super::{Walking, name, short};
use clap::ValueEnum;
use jinxiu::graph::Network;
use jinxiu::rdf::Measured;
use jinxiu::store::Store;

/// List things by how much they matter in the network
#[derive(Debug, clap::Args)]
#[command(
    after_help = "With --save the ranks are kept in the store as jx:pageRank and jx:betweenness, until its documents change.\n\n\
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
    /// Keep the ranks of all things in the store
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
#[command(
    after_help = "With --save the number of each thing's group is kept in the store, as jx:community or jx:component, until \
its documents change.\n\nExample: jinxiu communities --least 5 --store graph"
)]
pub struct GroupArgs {
    #[command(flatten)]
    walking: Walking,
    /// Only groups of at least so many things
    #[arg(long, value_name = "N", default_value_t = 2)]
    least: usize,
    /// Keep the groups of all things in the store
    #[arg(long)]
    save: bool,
}

/// Runs `rank`.
pub fn rank(args: &RankArgs) -> Outcome {
    let store = args.walking.store.open()?;
    let mut ranks = Network::new(store.links()?).ranks();
    if args.save {
        keep(&args.walking, &Measured::Ranks(ranks.clone()))?;
    }
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
    args.walking.printing.print(&rows)
}

/// Runs `communities`.
pub fn communities(args: &GroupArgs) -> Outcome {
    groups(args, Network::communities, Measured::Communities)
}

/// Runs `components`.
pub fn components(args: &GroupArgs) -> Outcome {
    groups(args, Network::components, Measured::Components)
}

type Groups = Vec<Vec<String>>;

fn groups(
    args: &GroupArgs,
    found: impl Fn(&Network) -> Groups,
    measured: impl Fn(Groups) -> Measured,
) -> Outcome {
    let store = args.walking.store.open()?;
    let groups = found(&Network::new(store.links()?));
    let mut rows = Frame::new(["group", "size", "name", "iri"]);
    for (number, group) in groups.iter().enumerate() {
        for node in group.iter().filter(|_| group.len() >= args.least) {
            rows.push(vec![
                Cell::Whole(number + 1),
                Cell::Whole(group.len()),
                name(&store, node).into(),
                short(&store, node).into(),
            ]);
        }
    }
    if args.save {
        keep(&args.walking, &measured(groups))?;
    }
    args.walking.printing.print(&rows)
}

fn keep(walking: &Walking, measured: &Measured) -> Outcome {
    Ok(Store::open_for_writing(&walking.store.path)?.save_measures(measured)?)
}
