//! `jinxiu why`: the sentences on which a statement rests.

use super::completions;
use super::failure::{Exit, Failure, Outcome};
use super::language::Language;
use super::opened::StoreArg;
use super::output::Output;
use super::sheet::Printer;
use clap_complete::engine::ArgValueCompleter;
use jinxiu::ontology::ontology;
use jinxiu::rdf::simplified;
use jinxiu::store::{RelationRow, Sheet, Store};

/// Show the sentences on which a statement rests
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The property may be named by its label or its term, such as 位于, located in or locatedIn. Exit code 1 \
if nothing of the kind is stated.\n\nExample: jinxiu why 太原 develops 装备制造业 --store graph"
)]
pub struct Args {
    #[command(flatten)]
    store: StoreArg,
    /// What the statement is about, by any of its names
    #[arg(add = ArgValueCompleter::new(completions::things))]
    subject: String,
    /// The property, or an indicator
    property: Option<String>,
    /// The value, by any of its names
    object: Option<String>,
    /// The language of labels
    #[arg(long, value_enum, ignore_case = true, default_value = "zh-Hans")]
    lang: Language,
}

/// Runs it.
pub fn run(args: &Args) -> Outcome {
    let store = args.store.open()?;
    let objects = match &args.object {
        Some(name) => store.find(name)?.into_iter().map(|f| f.iri).collect(),
        None => Vec::new(),
    };
    let mut sheets = Vec::new();
    for found in super::show::named(&store, &args.subject)? {
        let mut sheet = store.sheet(&found.iri)?;
        args.keep(&mut sheet, &objects);
        if !(sheet.names.is_empty()
            && sheet.classes.is_empty()
            && sheet.relations.is_empty()
            && sheet.figures.is_empty())
        {
            sheets.push((sheet, found));
        }
    }
    if sheets.is_empty() {
        args.named_object(&store, &objects)?;
        return Err(Failure::said(Exit::No, "the store does not state this"));
    }
    let printer = Printer { lang: args.lang, sentences: usize::MAX, prefixes: store.base().prefixes() };
    Output::Standard.write(|out| sheets.iter().try_for_each(|(sheet, _)| printer.statements(sheet, out)))
}

impl Args {
    /// Fails where nothing bears the name of the object, with what comes close.
    fn named_object(&self, store: &Store, found: &[String]) -> Outcome {
        let Some(name) = self.object.as_deref().filter(|_| found.is_empty()) else { return Ok(()) };
        let is_term = ontology().own_terms().any(|term| names_property(&term.iri, name));
        if is_term { Ok(()) } else { super::show::named(store, name).map(drop) }
    }

    /// Leaves on a sheet what was asked about.
    fn keep(&self, sheet: &mut Sheet, objects: &[String]) {
        let wanted = |row: &RelationRow| {
            let by_property = self.property.as_deref().is_none_or(|p| names_property(&row.predicate, p));
            let by_object =
                self.object.as_deref().is_none_or(|o| objects.contains(&row.other) || names_term(row, o));
            by_property && by_object
        };
        sheet.relations.retain(|row| row.outgoing && wanted(row));
        sheet.classes.retain(wanted);
        let figure = self.property.as_deref().map(simplified);
        sheet.figures.retain(|f| {
            self.object.is_none()
                && figure.as_ref().is_none_or(|p| simplified(&f.indicator).contains(p.as_str()))
        });
        if self.property.is_some() || self.object.is_some() {
            let names =
                |property: &str| self.property.as_deref().is_some_and(|p| names_property(property, p));
            let label = "http://www.w3.org/2000/01/rdf-schema#label";
            let kept = names(label);
            sheet.names.retain(|n| kept && self.object.as_deref().is_none_or(|o| simplified(o) == n.name));
        }
    }
}

/// Whether a property's IRI is meant by a word: its local name or a label in any language.
fn names_property(iri: &str, word: &str) -> bool {
    let local = word.trim_start_matches("jx:");
    iri.rsplit(['#', '/']).next() == Some(local)
        || ontology().by_iri(iri).is_some_and(|t| t.labels.values().any(|l| l.eq_ignore_ascii_case(word)))
}

fn names_term(row: &RelationRow, word: &str) -> bool {
    row.name == simplified(word) || names_property(&row.other, word)
}
