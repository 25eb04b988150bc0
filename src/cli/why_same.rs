//! `jinxiu why-same`: what made two names one thing, and what spoke against it.

use super::failure::{Exit, Failure, Outcome};
use super::opened::StoreArg;
use super::output::Output;

/// Tell what made two names one thing, and what spoke against it
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit code 1 if they are not one. Example: jinxiu why-same 太原经开区 太原经济技术开发区 --store graph"
)]
pub struct Args {
    #[command(flatten)]
    store: StoreArg,
    /// A name
    one: String,
    /// Another name
    other: String,
}

/// Runs it.
pub fn run(args: &Args) -> Outcome {
    let store = args.store.open()?;
    let found = store.why_same(&args.one, &args.other)?;
    Output::Standard.write(|out| {
        found.reasons.iter().try_for_each(|reason| writeln!(out, "same: {reason}"))?;
        found.objections.iter().try_for_each(|objection| writeln!(out, "different: {objection}"))
    })?;
    if !found.reasons.is_empty() {
        return Ok(());
    }
    if found.objections.is_empty() {
        let words = "no document calls things of one class by these names";
        return Err(Failure::said(Exit::No, words));
    }
    Err(Failure::no())
}
