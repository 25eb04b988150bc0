//! `jinxiu check`: holds a graph against shapes.

mod print;
mod reasoned;

use super::failure::{Exit, Failure, Outcome};
use super::opened::Sources;
use super::output::Output;
use super::report::{chosen, html, junit, markdown};
use super::terminal::Terminal;
use clap::ValueEnum;
use jinxiu::store::{SHAPES, ShapesError};
use std::path::PathBuf;

/// Hold a graph against shapes (SHACL), and show the sentence of each statement that fails
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit code 1 if anything does not hold. The shapes that the program carries say what holds of every class \
and property of its ontology; `jinxiu check --print-shapes` prints them. --reason carries out rules of OWL 2 RL (wider classes and \
relations, domains and ranges, inverse, symmetric, transitive and functional relations) until nothing new follows, and reports what \
the axioms of the ontology exclude, with the sentences it rests on.\n\nExample: jinxiu check --store graph\n\
Example: jinxiu check --store graph --reason --inferred inferred.trig\n\
Example: jinxiu check --store graph --reason --write"
)]
pub struct Args {
    #[command(flatten)]
    sources: Sources,
    /// Hold it against the shapes in this Turtle file instead; may be given again
    #[arg(long, value_name = "FILE")]
    shapes: Vec<PathBuf>,
    /// How to print what does not hold [default: by the extension of FILE, xml being junit, else text]
    #[arg(short, long, value_enum, ignore_case = true)]
    format: Option<Format>,
    /// Write to FILE instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Draw conclusions too, and report what cannot be true together
    #[arg(long)]
    reason: bool,
    /// Write what follows to FILE in RDF, each statement with its rule and its premises; a graph of its own in TriG and N-Quads
    #[arg(long, value_name = "FILE", requires = "reason")]
    inferred: Option<PathBuf>,
    /// Keep what follows in the store, in the graph <BASE/inferred>, which queries see by its name, until a text or a statement changes
    #[arg(long, requires = "reason", conflicts_with = "data")]
    write: bool,
    /// Print the shapes that the program carries
    #[arg(long)]
    print_shapes: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Turtle,
    Json,
    Junit,
    #[value(alias = "md")]
    Markdown,
    Html,
}

/// Runs it.
pub fn run(args: &Args, terminal: &Terminal) -> Outcome {
    let output = Output::named(args.output.as_deref());
    if args.print_shapes {
        return output.write(|out| out.write_all(SHAPES.as_bytes()));
    }
    let format = chosen(args.format, &output, Format::Text)?;
    let inferred = args.inferred.as_deref().map(reasoned::Inferred::named).transpose()?;
    let store = args.sources.open()?;
    let shapes = args.shapes()?;
    let mut violations = Vec::new();
    for (place, shapes) in &shapes {
        violations.extend(store.check(shapes).map_err(|error| refusal(error, place))?);
    }
    if args.reason {
        let kept = args.write.then(|| args.sources.folder()).transpose()?;
        violations.extend(reasoned::run(&store, reasoned::Kept { file: inferred, store: kept }, terminal)?);
    }
    let prefixes = store.base().prefixes();
    output.write(|out| match format {
        Format::Text => print::text(&violations, &prefixes, out),
        Format::Turtle => print::turtle(&violations, store.base(), out),
        Format::Json => print::json(&violations, out),
        Format::Junit => junit("jinxiu check", &print::cases(&violations), out),
        Format::Markdown => markdown("jinxiu check", &[print::table(&violations, &prefixes)], out),
        Format::Html => {
            out.write_all(html("jinxiu check", &[print::table(&violations, &prefixes)], "").as_bytes())
        }
    })?;
    terminal.note(&format!("{} things do not hold", violations.len()));
    if violations.is_empty() { Ok(()) } else { Err(Failure::no()) }
}

impl Args {
    /// Shapes with the place where they come from.
    fn shapes(&self) -> Result<Vec<(String, String)>, Failure> {
        if self.shapes.is_empty() {
            return Ok(vec![("the program's own shapes".to_owned(), SHAPES.to_owned())]);
        }
        let read = |path: &PathBuf| {
            let text = std::fs::read_to_string(path)
                .map_err(|e| Failure::file(path, "cannot read the shapes", &e))?;
            Ok((path.display().to_string(), text))
        };
        self.shapes.iter().map(read).collect()
    }
}

fn refusal(error: ShapesError, place: &str) -> Failure {
    match error {
        ShapesError::Store(error) => error.into(),
        other => Failure::said(Exit::Input, format_args!("{place}: {other}")),
    }
}
