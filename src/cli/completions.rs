//! `jinxiu completions`: what a shell needs to complete arguments, also with the names in a store.

use super::failure::{Exit, Failure, Outcome};
use super::output::Output;
use super::questions::known;
use clap::ValueEnum;
use clap_complete::engine::CompletionCandidate;
use clap_complete::env::Shells;
use jinxiu::store::{Query, Question, Store};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// Print what a shell needs to complete arguments
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Questions, their parameters and the names of a store given by --store are completed, too.\n\n\
bash: jinxiu completions bash > ~/.local/share/bash-completion/completions/jinxiu\nzsh: jinxiu completions zsh > \
\"${fpath[1]}/_jinxiu\"\nfish: jinxiu completions fish > ~/.config/fish/completions/jinxiu.fish\n\nExample: jinxiu completions bash"
)]
pub struct Args {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Shell {
    Bash,
    Zsh,
    Fish,
    Powershell,
    Elvish,
}

/// Runs it.
pub fn run(args: &Args) -> Outcome {
    let name = format!("{:?}", args.shell).to_lowercase();
    let shells = Shells::builtins();
    let Some(shell) = shells.completer(&name) else {
        return Err(Failure::said(Exit::Usage, format_args!("no completions for {name}")));
    };
    Output::Standard
        .write(|mut out| shell.write_registration("COMPLETE", "jinxiu", "jinxiu", "jinxiu", &mut out))
}

/// The names of the ready questions.
pub fn questions(current: &OsStr) -> Vec<CompletionCandidate> {
    let current = current.to_string_lossy();
    let line: Vec<String> = std::env::args().collect();
    let fitting = known_on(&line).into_iter().filter(|q| q.name.starts_with(current.as_ref()));
    fitting.map(|q| CompletionCandidate::new(q.name).help(Some(q.title_en.into()))).collect()
}

/// The parameters of the question on the line, and names of the store on the line as their values.
pub fn bindings(current: &OsStr) -> Vec<CompletionCandidate> {
    let current = current.to_string_lossy();
    let line: Vec<String> = std::env::args().collect();
    match current.split_once('=') {
        None => parameters(&line)
            .into_iter()
            .filter(|p| p.starts_with(current.as_ref()))
            .map(CompletionCandidate::new)
            .collect(),
        Some((name, start)) => {
            let names = store_on(&line).map(|path| names(&path, start)).unwrap_or_default();
            names.into_iter().map(|value| CompletionCandidate::new(format!("{name}={value}"))).collect()
        }
    }
}

fn parameters(line: &[String]) -> Vec<String> {
    let asked = known_on(line).into_iter().find(|q| line.contains(&q.name));
    asked.map(|q| q.parameters.iter().map(|p| format!("{}=", p.name)).collect()).unwrap_or_default()
}

/// The program's own questions and those of the folder that the line or the project file names.
fn known_on(line: &[String]) -> Vec<Question> {
    known(value_on(line, &["--questions"]).as_deref()).unwrap_or_default()
}

fn store_on(line: &[String]) -> Option<PathBuf> {
    value_on(line, &["--store", "-s"])
}

fn value_on(line: &[String], flags: &[&str]) -> Option<PathBuf> {
    let at = line.iter().position(|word| flags.contains(&word.as_str()))?;
    line.get(at + 1).map(PathBuf::from)
}

/// Names of things in the store on the line.
pub fn things(current: &OsStr) -> Vec<CompletionCandidate> {
    let line: Vec<String> = std::env::args().collect();
    let found = store_on(&line).map(|store| names(&store, &current.to_string_lossy()));
    found.unwrap_or_default().into_iter().map(CompletionCandidate::new).collect()
}

/// How many names are offered at most.
const MOST: usize = 200;

/// Names of things in a store that begin with some characters, in either script.
pub fn names(store: &Path, start: &str) -> Vec<String> {
    let Ok(store) = Store::open(store) else { return Vec::new() };
    let mut query = Query::new(format!(
        "SELECT DISTINCT ?name {{ ?thing a/rdfs:subClassOf jx:Entity ; rdfs:label ?name \
         FILTER(STRSTARTS(STR(?name), ?start)) }} ORDER BY ?name LIMIT {MOST}"
    ));
    let (Ok(variable), start) = (oxrdf::Variable::new("start"), oxrdf::Literal::new_simple_literal(start))
    else {
        return Vec::new();
    };
    query.bindings = vec![(variable, start.into())];
    let Ok(jinxiu::store::Answer::Rows(rows)) = store.ask(&query) else { return Vec::new() };
    let cells = rows.filter_map(|row| row.ok()?.into_iter().next()?);
    let mut names: Vec<String> = cells
        .filter_map(|cell| match cell {
            oxrdf::Term::Literal(name) => Some(name.value().to_owned()),
            _ => None,
        })
        .collect();
    names.dedup();
    names
}
