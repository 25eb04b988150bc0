//! `jinxiu link explain`: why a name is linked with a target, or is not.

use super::given::{Asked, Brought, all_asked, something};
use crate::cli::failure::{Exit, Failure, Outcome};
use crate::cli::output::Output;
use jinxiu::link::link;

/// Show the evidence for a name and a target, and the gates that failed
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit code 1 if it is no candidate. Example: jinxiu link explain 太原 gn:12489732 --near 山西"
)]
pub struct Args {
    #[command(flatten)]
    asked: Asked,
    /// The id of the target, such as wd:Q72778
    #[arg(value_parser = something)]
    target: String,
    #[command(flatten)]
    brought: Brought,
}

/// Runs it.
pub fn run(args: &Args) -> Outcome {
    let catalogue = args.brought.catalogue()?;
    let subject = args.asked.subject();
    let findings = link(&subject, &catalogue);
    all_asked(&catalogue)?;
    let links = findings.iter().flat_map(|f| &f.links);
    let Some(link) = links.into_iter().find(|l| l.record.id == args.target) else {
        let hint = args.asked.hint().map(|hint| format!("; {hint}")).unwrap_or_default();
        let words = format!(
            "{} is no candidate for {}: no code and no name leads there{hint}",
            args.target, subject.name
        );
        return Err(Failure::said(Exit::No, words));
    };
    Output::Standard.write(|out| {
        writeln!(
            out,
            "{} {} {} ({})",
            link.decision,
            args.target,
            link.record.name,
            link.record.kind.as_str()
        )?;
        for evidence in &link.evidence {
            writeln!(out, "{:+.2}  {:12} {}", evidence.weight, evidence.feature, evidence.words)?;
        }
        for gate in &link.gates {
            writeln!(out, "gate   {gate}")?;
        }
        writeln!(out, "{:.3}  {}", link.confidence, link.relation.curie())
    })
}
