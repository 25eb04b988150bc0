//! `jinxiu diff`: what two graphs state differently.

use super::failure::{Exit, Failure, Outcome};
use super::output::Output;
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
#[command(after_help = "Exit code 1 if they differ. Example: jinxiu diff old.nq graph")]
pub struct Args {
    /// The folder of a store or a file of RDF
    old: PathBuf,
    /// The folder of a store or a file of RDF
    new: PathBuf,
    /// How to print it; patch is RDF Patch of all quads
    #[arg(short, long, value_enum, default_value = "text")]
    format: Format,
    /// Write to FILE instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Markdown,
    Json,
    Patch,
}

/// Runs it.
pub fn run(args: &Args) -> Outcome {
    let ((old, _), (new, base)) = (read(&args.old)?, read(&args.new)?);
    let difference = compare(&old, &new, &base);
    let mut same = difference.is_empty();
    Output::named(args.output.as_deref()).write(|out| match args.format {
        Format::Text => text(&difference, &base, "", out),
        Format::Markdown => text(&difference, &base, "- ", out),
        Format::Json => writeln!(out, "{:#}", as_json(&difference)),
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

/// Changes under the thing that they are about.
fn text(difference: &Difference, base: &Base, bullet: &str, out: &mut dyn Write) -> io::Result<()> {
    type Change<'a> = (char, &'a str, &'a BTreeSet<String>);
    let mut changes: BTreeMap<&str, Vec<Change<'_>>> = BTreeMap::new();
    for (sign, side) in [('−', &difference.removed), ('+', &difference.added)] {
        for (stated, documents) in side {
            changes.entry(&stated.subject).or_default().push((sign, &stated.words, documents));
        }
    }
    for (subject, changes) in &changes {
        let subject = base.spelt(subject).unwrap_or_else(|| shorten(subject, &base.prefixes()));
        writeln!(out, "{bullet}{}", printable(&subject))?;
        for (sign, words, documents) in changes {
            let documents = documents.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
            writeln!(out, "  {bullet}{sign} {}  [{}]", printable(words), printable(&documents))?;
        }
    }
    let (added, removed) = (difference.added.len(), difference.removed.len());
    writeln!(
        out,
        "{}{added} added, {removed} removed, {} things touched",
        if bullet.is_empty() { "" } else { "\n" },
        changes.len()
    )
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
