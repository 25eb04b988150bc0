//! `jinxiu link candidates`: what a name may be.

use super::super::terminal::say;
use super::given::{Asked, Brought, all_asked};
use crate::cli::failure::Outcome;
use crate::cli::output::Output;
use jinxiu::link::{Finding, link};
use serde_json::json;
use std::io::{self, Write};

/// Show what a name may be in each source, with the decision on each candidate
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: jinxiu link candidates 朝阳区 --in 长春市")]
pub struct Args {
    #[command(flatten)]
    asked: Asked,
    #[command(flatten)]
    brought: Brought,
    /// Print a JSON object per candidate, with its evidence
    #[arg(long)]
    json: bool,
}

/// Runs it.
pub fn run(args: &Args) -> Outcome {
    let catalogue = args.brought.catalogue()?;
    let findings = link(&args.asked.subject(), &catalogue);
    all_asked(&catalogue)?;
    Output::Standard.write(|out| {
        findings
            .iter()
            .try_for_each(|finding| if args.json { as_json(finding, out) } else { as_text(finding, out) })
    })?;
    let found = findings.iter().any(|finding| !finding.links.is_empty());
    if let Some(hint) = args.asked.hint().filter(|_| !found) {
        say(format_args!("jinxiu: {hint}"));
    }
    Ok(())
}

fn as_text(finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    for link in &finding.links {
        let (record, relation) = (&link.record, link.relation.curie());
        let gates = link.gates.join("; ");
        writeln!(
            out,
            "{}\t{}\t{}\t{}\t{relation}\t{:.3}\t{gates}",
            finding.source, link.decision, record.id, record.name, link.confidence
        )?;
    }
    match &finding.nil {
        Some(reason) => writeln!(out, "{}\tNIL\t{reason}", finding.source),
        None => Ok(()),
    }
}

fn as_json(finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    for link in &finding.links {
        let object = json!({"source": finding.source, "decision": link.decision, "target": link.record.id,
            "name": link.record.name, "kind": link.record.kind.as_str(), "relation": link.relation.curie(),
            "confidence": link.confidence, "evidence": link.evidence, "gates": link.gates});
        writeln!(out, "{object}")?;
    }
    match &finding.nil {
        Some(reason) => writeln!(out, "{}", json!({"source": finding.source, "nil": reason.to_string()})),
        None => Ok(()),
    }
}
