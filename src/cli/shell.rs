//! `jinxiu shell`: asking line by line.

mod helper;
mod line;

use super::failure::{Exit, Failure, Outcome};
use super::opened::StoreArg;
use super::output::Output;
use super::terminal::{Terminal, say};
use helper::Helper;
use line::{Line, understood};
use rustyline::error::ReadlineError;
use rustyline::history::FileHistory;
use rustyline::{CompletionType, Config, Editor};
use std::io::{self, BufRead, IsTerminal};
use std::path::PathBuf;

/// Ask a store line by line: SPARQL, ready questions, sentences
#[derive(Debug, clap::Args)]
#[command(
    after_help = "A query may be of several lines; it ends where its braces are closed, or at an empty line. Tab completes \
prefixes, terms, variables, commands and names in the store. \\help lists the commands.\n\nExample: jinxiu shell --store graph"
)]
pub struct Args {
    #[command(flatten)]
    store: StoreArg,
}

/// What a line is run by: the program's own arguments.
pub type Runner<'a> = &'a dyn Fn(&[String]) -> Outcome;

/// Runs it.
pub fn run(args: &Args, terminal: &Terminal, runner: Runner<'_>) -> Outcome {
    let store = args.store.open()?;
    let base = store.base().clone();
    drop(store);
    let mut session = Session { store: args.store.path.display().to_string(), format: None, runner };
    if !io::stdin().is_terminal() {
        return session.read_all();
    }
    terminal.note("\\help lists the commands, \\quit leaves");
    session.talk(Helper::new(&args.store.path, &base.prefixes(), terminal.colors_output()))
}

struct Session<'a> {
    store: String,
    format: Option<String>,
    runner: Runner<'a>,
}

impl Session<'_> {
    /// Reads lines that a person types.
    fn talk(&mut self, helper: Helper) -> Outcome {
        let failed =
            |e: ReadlineError| Failure::said(Exit::Input, format_args!("the terminal cannot be read: {e}"));
        let config =
            Config::builder().completion_type(CompletionType::List).history_ignore_space(true).build();
        let mut editor: Editor<Helper, FileHistory> = Editor::with_config(config).map_err(failed)?;
        editor.set_helper(Some(helper));
        let history = history_file();
        let _ = history.as_ref().map(|path| editor.load_history(path));
        loop {
            match editor.readline("jinxiu> ") {
                Ok(line) => {
                    let _ = editor.add_history_entry(line.trim());
                    if !self.line(&line) {
                        break;
                    }
                }
                Err(ReadlineError::Interrupted) => {}
                Err(ReadlineError::Eof) => break,
                Err(error) => return Err(failed(error)),
            }
        }
        let _ = history.as_ref().map(|path| editor.save_history(path));
        Ok(())
    }

    /// Reads what another program sends; a query ends where its braces are closed.
    fn read_all(&mut self) -> Outcome {
        let mut waiting = String::new();
        for line in io::stdin().lock().lines() {
            let line = line.map_err(|e| Failure::said(Exit::Input, format_args!("standard input: {e}")))?;
            waiting.push_str(&line);
            waiting.push('\n');
            if line::is_whole(&waiting) {
                let whole = std::mem::take(&mut waiting);
                if !self.line(&whole) {
                    return Ok(());
                }
            }
        }
        self.line(&waiting);
        Ok(())
    }

    /// Runs a line; false where it says to leave. A failure is said and is not the end.
    fn line(&mut self, text: &str) -> bool {
        match understood(text) {
            Line::Nothing => {}
            Line::Leave => return false,
            Line::Help => drop(Output::Standard.write(|out| writeln!(out, "{}", line::HELP))),
            Line::Format(format) => self.format = format,
            Line::Unknown(command) => {
                say(format_args!("jinxiu: no command is called \\{command}; \\help lists them"))
            }
            Line::Run(words) => self.run(words),
        }
        true
    }

    fn run(&self, mut words: Vec<String>) {
        let asks = matches!(words[0].as_str(), "query" | "ask");
        if words[0] != "questions" {
            words.splice(1..1, ["--store".to_owned(), self.store.clone()]);
        }
        if let (true, Some(format)) = (asks, &self.format) {
            words.extend(["--format".to_owned(), format.clone()]);
        } else if asks && io::stdout().is_terminal() && selects(&words) {
            words.extend(["--format".to_owned(), "table".to_owned()]);
        }
        if let Err(failure) = (self.runner)(&words) {
            failure.report();
        }
    }
}

/// Whether the answer will be rows.
fn selects(words: &[String]) -> bool {
    words[0] == "ask" || words.last().is_some_and(|query| query.to_uppercase().contains("SELECT"))
}

/// Where lines are kept from one session to the next.
fn history_file() -> Option<PathBuf> {
    let state = std::env::var_os("XDG_STATE_HOME").map(PathBuf::from);
    let state =
        state.or_else(|| std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".local/state")))?;
    let folder = state.join("jinxiu");
    std::fs::create_dir_all(&folder).ok()?;
    Some(folder.join("history"))
}
