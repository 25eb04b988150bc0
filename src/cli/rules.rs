//! `jinxiu rules`: tries rules on their own examples, and writes a template for new ones.

use super::failure::{Exit, Failure, Outcome};
use super::output::Output;
use clap::Subcommand;
use jinxiu::rules::{RuleError, SHIPPED, TEMPLATE, parse, proof};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Try rules on their examples, or begin a new file of them
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: jinxiu rules test data/rules/status.toml")]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Try rules on the examples in their files; exit code 1 if one fails
    #[command(after_help = "Example: jinxiu rules test data/rules/status.toml")]
    Test {
        /// Rule files [default: those that ship with the program]
        #[arg(value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Write a commented file to start from
    #[command(after_help = "Example: jinxiu rules new -o mine.toml")]
    New {
        /// Write to FILE instead of standard output
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
}

/// Runs it.
pub fn run(args: &Args) -> Outcome {
    match &args.action {
        Action::Test { files } => test(files),
        Action::New { output } => {
            Output::named(output.as_deref()).write(|out| out.write_all(TEMPLATE.as_bytes()))
        }
    }
}

fn test(files: &[PathBuf]) -> Outcome {
    let contents: Vec<(String, String)> = if files.is_empty() {
        SHIPPED.iter().map(|(name, content)| ((*name).to_owned(), (*content).to_owned())).collect()
    } else {
        files.iter().map(|file| read(file)).collect::<Result<_, _>>()?
    };
    let reports = contents.iter().map(|(name, content)| report(name, content));
    let reports: Vec<Report> =
        reports.collect::<Result<_, _>>().map_err(|error| Failure::new(Exit::Input, error))?;
    Output::Standard.write(|out| reports.iter().try_for_each(|report| report.print(out)))?;
    if reports.iter().all(|report| report.failed.is_empty()) { Ok(()) } else { Err(Failure::no()) }
}

fn read(file: &Path) -> Result<(String, String), Failure> {
    let content = fs::read_to_string(file).map_err(|error| Failure::file(file, "cannot read", &error))?;
    Ok((file.display().to_string(), content))
}

struct Report {
    name: String,
    rules: usize,
    examples: usize,
    failed: Vec<String>,
}

fn report(name: &str, content: &str) -> Result<Report, RuleError> {
    let rules = parse(name, content)?;
    Ok(Report {
        name: name.to_owned(),
        rules: rules.len(),
        examples: rules.iter().map(|rule| rule.yields.len() + rule.ignores.len()).sum(),
        failed: proof::check(&rules).iter().map(ToString::to_string).collect(),
    })
}

impl Report {
    fn print(&self, out: &mut dyn Write) -> std::io::Result<()> {
        for failed in &self.failed {
            writeln!(out, "{}: {failed}", self.name)?;
        }
        let verdict = if self.failed.is_empty() { "ok" } else { "FAILED" };
        writeln!(out, "{}: {verdict}, {} rules, {} examples", self.name, self.rules, self.examples)
    }
}
