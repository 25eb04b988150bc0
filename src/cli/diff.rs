//! `jinxiu diff`: what two graphs state differently.

use super::failure::{Exit, Failure, Outcome};
use super::output::Output;
use super::report::{Case, Columns, Section, chosen, html, junit};
use super::table::printable;
use clap::ValueEnum;
use jinxiu::rdf::{Base, Syntax, read_quads};
use jinxiu::store::{Difference, Stated, Store, compare, shorten};
use oxrdf::Quad;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Tell what two graphs state differently, and the documents that do
#[derive(Debug, clap::Args)]
#[command(after_help = "Exit code 1 if they differ.\n\nExample: jinxiu diff old.nq graph\n\
Example: jinxiu diff old.nq graph -o changes.html")]
pub struct Args {
    /// The folder of a store or a file of RDF
    old: PathBuf,
    /// The folder of a store or a file of RDF
    new: PathBuf,
    /// How to print it; patch is RDF Patch of all quads [default: by the extension of FILE, xml being junit, else text]
    #[arg(short, long, value_enum, ignore_case = true)]
    format: Option<Format>,
    /// Write to FILE instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    #[value(alias = "md")]
    Markdown,
    Json,
    /// A test case for each thing, which fails where the graphs differ
    Junit,
    Html,
    Patch,
}

/// Runs it.
pub fn run(args: &Args) -> Outcome {
    let output = Output::named(args.output.as_deref());
    let format = chosen(args.format, &output, Format::Text)?;
    let ((old, _), (new, base)) = (read(&args.old)?, read(&args.new)?);
    let difference = compare(&old, &new, &base);
    let mut same = difference.is_empty();
    output.write(|out| match format {
        Format::Text => text(&difference, &base, "", out),
        Format::Markdown => text(&difference, &base, "- ", out),
        Format::Json => writeln!(out, "{:#}", as_json(&difference)),
        Format::Junit => junit("jinxiu diff", &cases(&difference, &base), out),
        Format::Html => out.write_all(html("jinxiu diff", &[table(&difference, &base)], "").as_bytes()),
        Format::Patch => {
            same = patch(&old, &new, out)? == 0;
            Ok(())
        }
    })?;
    if same { Ok(()) } else { Err(Failure::no()) }
}

fn read(path: &Path) -> Result<(Vec<Quad>, Base), Failure> {
    if path.is_dir() || !path.exists() {
        let store = Store::open(path)?;
        return Ok((store.quads(None)?, store.base().clone()));
    }
    let extension = path.extension().unwrap_or_default().to_string_lossy();
    let syntax = Syntax::parse(&extension).ok_or_else(|| {
        Failure::said(Exit::Usage, format_args!("{}: no RDF syntax goes with this extension", path.display()))
    })?;
    let bytes = std::fs::read(path).map_err(|e| Failure::file(path, "cannot read", &e))?;
    let quads = read_quads(&bytes, syntax, None)
        .map_err(|e| Failure::said(Exit::Input, format_args!("{}: {e}", path.display())))?;
    Ok((quads, Base::default()))
}

type Side = BTreeMap<Stated, BTreeSet<String>>;

/// A statement that came or went, and the documents that make it.
type Change<'a> = (char, &'a str, String);

/// Changes by the thing that they are about.
fn changes<'a>(difference: &'a Difference, base: &Base) -> Vec<(String, Vec<Change<'a>>)> {
    let mut changes: BTreeMap<&str, Vec<Change<'_>>> = BTreeMap::new();
    for (sign, side) in [('−', &difference.removed), ('+', &difference.added)] {
        for (stated, documents) in side {
            let documents = documents.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
            changes.entry(&stated.subject).or_default().push((sign, &stated.words, documents));
        }
    }
    let spelt = |iri: &str| base.spelt(iri).unwrap_or_else(|| shorten(iri, &base.prefixes()));
    changes.into_iter().map(|(subject, changes)| (spelt(subject), changes)).collect()
}

fn count(difference: &Difference, things: usize) -> String {
    let (added, removed) = (difference.added.len(), difference.removed.len());
    format!("{added} added, {removed} removed, {things} things touched")
}

fn text(difference: &Difference, base: &Base, bullet: &str, out: &mut dyn Write) -> io::Result<()> {
    let changes = changes(difference, base);
    for (subject, changes) in &changes {
        writeln!(out, "{bullet}{}", printable(subject))?;
        for (sign, words, documents) in changes {
            writeln!(out, "  {bullet}{sign} {}  [{}]", printable(words), printable(documents))?;
        }
    }
    writeln!(out, "{}{}", if bullet.is_empty() { "" } else { "\n" }, count(difference, changes.len()))
}

fn table(difference: &Difference, base: &Base) -> Section {
    let changes = changes(difference, base);
    let title = count(difference, changes.len());
    let rows = changes.iter().flat_map(|(subject, changes)| {
        changes.iter().map(|(sign, words, documents)| {
            vec![subject.clone(), sign.to_string(), (*words).to_owned(), documents.clone()]
        })
    });
    let heads = ["thing", "", "statement", "documents"];
    Section::new("changes", &title, Columns::Words, &heads).with(rows)
}

/// A case for each thing of which something else is stated; one that passes where there is none.
fn cases(difference: &Difference, base: &Base) -> Vec<Case> {
    let class = "diff".to_owned();
    if difference.is_empty() {
        return vec![Case { class, name: "both state the same".to_owned(), ..Case::default() }];
    }
    let case = |(name, changes): (String, Vec<Change<'_>>)| {
        let lines = changes.iter().map(|(sign, words, documents)| format!("{sign} {words}  [{documents}]"));
        let details = lines.collect::<Vec<_>>().join("\n");
        let failure = Some((format!("{} statements differ", changes.len()), details));
        Case { class: class.clone(), name, failure, told: String::new() }
    };
    changes(difference, base).into_iter().map(case).collect()
}

fn as_json(difference: &Difference) -> Value {
    let side = |side: &Side| -> Vec<Value> {
        let one = |(s, d): (&Stated, &BTreeSet<String>)| json!({"subject": s.subject, "statement": s.words, "documents": d});
        side.iter().map(one).collect()
    };
    json!({"added": side(&difference.added), "removed": side(&difference.removed)})
}

/// Writes deletions and additions of whole quads, sorted; tells how many.
fn patch(old: &[Quad], new: &[Quad], out: &mut dyn Write) -> io::Result<usize> {
    let (before, after): (HashSet<&Quad>, HashSet<&Quad>) = (old.iter().collect(), new.iter().collect());
    let mut lines: Vec<String> =
        old.iter().filter(|q| !after.contains(q)).map(|q| format!("D {q} .")).collect();
    lines.extend(new.iter().filter(|q| !before.contains(q)).map(|q| format!("A {q} .")));
    lines.sort_by(|a, b| (b.as_bytes()[0], &a[1..]).cmp(&(a.as_bytes()[0], &b[1..])));
    writeln!(out, "TX .")?;
    lines.iter().try_for_each(|line| writeln!(out, "{line}"))?;
    writeln!(out, "TC .")?;
    Ok(lines.len())
}
