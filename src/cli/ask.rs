//! `jinxiu ask`: runs a ready question.

use super::answers::Asking;
use super::completions;
use super::failure::{Exit, Failure, Outcome};
use super::language::Language;
use super::opened::Sources;
use super::output::Output;
use super::questions::known;
use super::terminal::Terminal;
use clap_complete::engine::ArgValueCompleter;
use jinxiu::store::{Parameter, Question, nearest};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Ask a ready question
#[derive(Debug, clap::Args)]
#[command(after_help = "`jinxiu questions` lists them with their parameters.\n\n\
Example: jinxiu ask place-figures --bind place=太原市 --bind year=2021 --store graph")]
pub struct Args {
    #[command(flatten)]
    sources: Sources,
    /// The name of the question
    #[arg(add = ArgValueCompleter::new(completions::questions))]
    name: String,
    /// Set a parameter
    #[arg(short, long, value_name = "NAME=VALUE", add = ArgValueCompleter::new(completions::bindings))]
    bind: Vec<String>,
    /// The language of labels
    #[arg(long, value_enum, ignore_case = true, default_value = "zh-Hans")]
    lang: Language,
    /// A folder with further questions
    #[arg(long, value_name = "DIR")]
    questions: Option<PathBuf>,
    /// Print the query instead of asking it
    #[arg(long)]
    print: bool,
    #[command(flatten)]
    asking: Asking,
}

/// Runs it.
pub fn run(args: &Args, terminal: &Terminal) -> Outcome {
    let questions = known(args.questions.as_deref())?;
    let Some(question) = questions.iter().find(|q| q.name == args.name) else {
        let close = nearest(&args.name, questions.iter().map(|q| q.name.as_str()));
        let hint = close.map(|c| format!("; the closest one is {c}")).unwrap_or_default();
        return Err(Failure::said(
            Exit::Usage,
            format_args!("no question is called {}{hint} (see 'jinxiu questions')", args.name),
        ));
    };
    let given = args.bindings()?;
    let query = question.bind(&given, args.lang.tag()).map_err(|e| Failure::new(Exit::Usage, e))?;
    if args.print {
        return Output::Standard.write(|out| write!(out, "{}", query.text()));
    }
    let store = args.sources.open()?;
    let outcome = args.asking.run_assuming(&args.assumed(question), &store, query, terminal);
    terminal.leave(store);
    outcome
}

impl Args {
    /// The parameters of a question that have their default.
    fn assumed(&self, question: &Question) -> String {
        let is_given = |p: &&Parameter| {
            self.bind.iter().any(|pair| pair.split('=').next().map(str::trim) == Some(&p.name))
        };
        let assumed = question.parameters.iter().filter(|p| !is_given(p));
        assumed.map(Parameter::with_default).collect::<Vec<_>>().join(" ")
    }

    fn bindings(&self) -> Result<BTreeMap<String, String>, Failure> {
        let pair = |text: &String| {
            let split = text.split_once('=').map(|(n, v)| (n.trim().to_owned(), v.to_owned()));
            split.ok_or_else(|| {
                Failure::said(Exit::Usage, format_args!("--bind {text}: NAME=VALUE is expected"))
            })
        };
        self.bind.iter().map(pair).collect()
    }
}
