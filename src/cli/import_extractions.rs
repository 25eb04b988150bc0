//! `jinxiu import-extractions`: statements that a language model or a person made, kept where they can be proved.

use super::failure::{Exit, Failure, Outcome};
use super::opened::{Patience, StoreArg};
use super::output::Output;
use super::terminal::Terminal;
use jinxiu::document::Extraction;
use jinxiu::offered::{Offer, Origin, Refused, check, read};
use jinxiu::rdf::{Source, imported_quads};
use jinxiu::store::Store;
use jinxiu::text::Text;
use serde_json::json;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Take over statements that a language model or a person made, where they can be proved
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Each line is a row {\"document\", \"subject\", \"subject_type\", \"predicate\", \"object\", \"object_type\", \
\"quote\"} or an extraction in the format of the annotation guide. Kept is only what quotes words of the text, about names that \
stand there, of classes that the ontology allows; the rest goes to the review file with the reason, and the exit code is 5. \
docs/models.md shows how to let a model on this machine offer such lines.\n\nExample: jinxiu import-extractions model.jsonl \
--store graph --origin model:local"
)]
pub struct Args {
    /// The offers, JSON lines
    file: PathBuf,
    #[command(flatten)]
    store: StoreArg,
    /// What stands as the finder of each statement [default: the file's name]
    #[arg(long, value_name = "NAME")]
    origin: Option<String>,
    /// How far they are trusted, from 0 to 1
    #[arg(long, default_value = "0.5", value_name = "NUMBER")]
    confidence: f32,
    /// Where refused lines go [default: beside FILE, model.review.jsonl for model.jsonl]
    #[arg(long, value_name = "FILE")]
    review: Option<PathBuf>,
    #[command(flatten)]
    patience: Patience,
}

/// Runs it.
pub fn run(args: &Args, terminal: &Terminal) -> Outcome {
    if !(0.0..=1.0).contains(&args.confidence) {
        return Err(Failure::said(Exit::Usage, "--confidence: a number from 0 to 1 is expected"));
    }
    let text =
        std::fs::read_to_string(&args.file).map_err(|e| Failure::file(&args.file, "cannot read", &e))?;
    let mut store = args.store.open_for_writing(args.patience)?;
    let (offers, mut refused) = read(&text);
    let origin = args.origin();
    let (mut kept, mut documents) = (0, BTreeMap::<String, Vec<Offer>>::new());
    for offer in offers {
        documents.entry(offer.document.clone()).or_default().push(offer);
    }
    for (document, offers) in documents {
        let (count, more) = take(&mut store, &document, offers, &origin)?;
        kept += count;
        refused.extend(more);
    }
    store.finish()?;
    terminal.note(&format!(
        "{kept} statements and figures kept, {} lines or parts of lines refused",
        refused.len()
    ));
    if refused.is_empty() { Ok(()) } else { review(&mut refused, &args.review_file()) }
}

impl Args {
    fn origin(&self) -> Origin {
        let stem = self.file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Origin { name: self.origin.clone().unwrap_or(stem), confidence: self.confidence }
    }

    fn review_file(&self) -> PathBuf {
        self.review.clone().unwrap_or_else(|| self.file.with_extension("review.jsonl"))
    }
}

/// Stores what can be proved about one document; tells how much, and what cannot.
fn take(
    store: &mut Store,
    document: &str,
    offers: Vec<Offer>,
    origin: &Origin,
) -> Result<(usize, Vec<Refused>), Failure> {
    let Some(text) = store.text(document)? else {
        let reason = format!("the store has no text of a document {document}");
        let refuse =
            |offer: Offer| Refused { line: offer.line, reason: reason.clone(), content: offer.content };
        return Ok((0, offers.into_iter().map(refuse).collect()));
    };
    let text = Text::new(&text);
    let (mut extraction, refused) = check(document, &text, offers, origin);
    name_as_known(store, &mut extraction)?;
    let source = Source { text: &text, extraction: &extraction };
    let quads = imported_quads(source, store.base(), &origin.name);
    let graph = store.base().imported(&format!("{document}_{}", origin.name));
    store.load_graph(&graph, &quads)?;
    Ok((extraction.relations.len() + extraction.observations.len(), refused))
}

/// Gives things that the store knows by a name of theirs the name that mints their IRI.
fn name_as_known(store: &Store, extraction: &mut Extraction) -> Outcome {
    for entity in &mut extraction.entities {
        let found = store.find(&entity.name)?;
        let mut alike = found.iter().filter(|known| known.class == entity.class.as_str());
        if let (Some(known), None) = (alike.next(), alike.next())
            && let Some(label) = store.label(&known.iri, "zh-hans")
        {
            entity.canonical = label;
        }
    }
    Ok(())
}

fn review(refused: &mut [Refused], path: &Path) -> Outcome {
    refused.sort_by_key(|refused| refused.line);
    let line =
        |r: &Refused| json!({"line": r.line, "reason": r.reason, "offer": r.content}).to_string() + "\n";
    let lines: String = refused.iter().map(line).collect();
    Output::named(Some(path)).write(|out| out.write_all(lines.as_bytes()))?;
    Err(Failure::said(
        Exit::Partial,
        format_args!("{} offers were refused; {} tells why", refused.len(), path.display()),
    ))
}
