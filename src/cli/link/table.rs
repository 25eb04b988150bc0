//! SSSOM files as the subcommands of `link` read and write them.

use super::super::terminal::say;
use crate::cli::failure::{Exit, Failure, Outcome};
use crate::cli::output::Output;
use jinxiu::link::sssom::Mapping;
use jinxiu::link::{Catalogue, Decisions, contradictions};
use jinxiu::rdf::Base;
use std::collections::BTreeMap;
use std::path::Path;

/// The text of a file.
pub fn text_of(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(|e| Failure::file(path, "cannot read", &e))
}

/// The decisions in a file; none where there is no file yet.
pub fn decisions_of(path: &Path) -> Result<Decisions, Failure> {
    if !path.exists() {
        return Ok(Decisions::default());
    }
    Decisions::read(&text_of(path)?)
        .map_err(|e| Failure::said(Exit::Input, format_args!("{}: {e}", path.display())))
}

/// Writes decisions in place of what a file held.
pub fn keep(decisions: &Decisions, path: &Path) -> Outcome {
    let text = decisions.write(&prefixes(&Catalogue::shipped(), &Base::default()));
    Output::named(Some(path)).write(|out| out.write_all(text.as_bytes()))
}

/// Tells of rows that cannot all be true.
pub fn warn(rows: &[Mapping]) {
    for line in contradictions(rows) {
        say(format_args!("jinxiu: contradiction: {line}"));
    }
}

/// The prefixes of the ids that tables hold.
pub fn prefixes(catalogue: &Catalogue, base: &Base) -> BTreeMap<String, String> {
    let vocabularies = ["dcterms", "owl", "schema", "semapv", "skos", "sssom"];
    let known = base.prefixes().into_iter();
    let known = known.filter(|(prefix, _)| vocabularies.contains(&prefix.as_str()) || prefix == "jxid");
    let sources = catalogue.about().map(|about| (about.prefix.clone(), about.namespace.clone()));
    known.chain(sources).collect()
}
