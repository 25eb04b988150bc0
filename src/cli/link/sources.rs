//! `jinxiu link sources`: what entities can be linked to.

use super::given::Brought;
use crate::cli::failure::Outcome;
use crate::cli::output::Output;
use serde_json::json;

/// List the sources: name, rows, version, date, licence
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: jinxiu link sources --listed stocks.csv")]
pub struct Args {
    #[command(flatten)]
    brought: Brought,
    /// Print a JSON object per line
    #[arg(long)]
    json: bool,
}

/// Runs it.
pub fn run(args: &Args) -> Outcome {
    let catalogue = args.brought.catalogue()?;
    Output::Standard.write(|out| {
        if !args.json {
            writeln!(out, "name\trows\tversion\tdate\tlicence\tattribution")?;
        }
        for about in catalogue.about() {
            if args.json {
                let object = json!({"name": about.name, "title": about.title, "rows": about.rows, "version": about.version,
                    "date": about.date, "licence": about.licence, "attribution": about.attribution, "namespace": about.namespace});
                writeln!(out, "{object}")?;
            } else {
                let fields = [&about.version, &about.date, &about.licence, &about.attribution];
                writeln!(out, "{}\t{}\t{}", about.name, about.rows, fields.map(String::as_str).join("\t"))?;
            }
        }
        Ok(())
    })
}
