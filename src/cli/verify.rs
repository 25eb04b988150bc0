//! `jinxiu verify`: proves that every statement rests on words that stand in its text. It reads what that takes; whether all
//! files of a store are whole is what `jinxiu doctor` tells.

use super::failure::{Failure, Outcome};
use super::manifest::Manifest;
use super::opened::StoreArg;
use super::output::Output;
use super::terminal::Terminal;
use std::path::PathBuf;

/// Prove that every statement rests on words of its text
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit code 1 if anything fails, 4 if damage is met. Only what proves statements is read: `jinxiu doctor --store DIR` reads all files and \
indexes. With --manifest the store is also compared with what `build --manifest` wrote.\n\n\
Example: jinxiu verify --store graph"
)]
pub struct Args {
    #[command(flatten)]
    store: StoreArg,
    /// A folder with the texts as ID.txt, for documents whose text the store does not hold
    #[arg(long, value_name = "DIR")]
    texts: Option<PathBuf>,
    /// Also check that texts, rules and graph have the hashes in FILE
    #[arg(long, value_name = "FILE")]
    manifest: Option<PathBuf>,
}

/// Runs it.
pub fn run(args: &Args, terminal: &Terminal) -> Outcome {
    let store = args.store.open()?;
    let documents = store.documents()?;
    let bar = terminal.progress(Some(documents.len()), "documents");
    let (mut proved, mut failed) = (0, 0);
    for document in &documents {
        let given = args
            .texts
            .as_ref()
            .and_then(|t| std::fs::read_to_string(t.join(&document.id).with_extension("txt")).ok());
        let (statements, failures) = store.prove(&document.id, given.as_deref())?;
        Output::Standard.write(|out| {
            let mut lines = failures.iter().map(|f| format!("{}\t{}\t{}", document.id, f.node, f.reason));
            lines.try_for_each(|line| writeln!(out, "{line}"))
        })?;
        proved += statements;
        failed += failures.len();
        bar.inc(1);
    }
    drop(bar);
    if let Some(path) = &args.manifest {
        let differences = Manifest::read(path)?.differences(&Manifest::of(&store)?);
        Output::Standard.write(|out| differences.iter().try_for_each(|line| writeln!(out, "{line}")))?;
        failed += differences.len();
    }
    terminal.note(&format!(
        "{proved} statements and figures of {} documents checked, {failed} failures; whether all files are whole: jinxiu doctor --store {}",
        documents.len(),
        store.path().display()
    ));
    if failed == 0 { Ok(()) } else { Err(Failure::no()) }
}
