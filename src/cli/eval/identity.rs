//! `jinxiu eval --identity`: whether what is one thing is taken for one thing, over all documents together.

use super::super::failure::{Exit, Failure};
use super::super::terminal::Terminal;
use super::super::texts::each;
use jinxiu::document::Extraction;
use jinxiu::evaluation::{Across, Annotation, Labels, Parted, Sameness, agreement, parted};
use jinxiu::mentions::Mention;
use jinxiu::pipeline;
use jinxiu::rdf::{Base, Run, Source, document_quads, entity_names};
use jinxiu::store::Store;
use jinxiu::text::{Source as TextSource, Text};
use std::collections::BTreeMap;
use std::path::Path;

/// A text with what is found in it.
type Read = (Text, Extraction);

/// Whether each difference is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Errors {
    /// Each on a line.
    Listed,
    /// Only counted.
    Counted,
}

/// Pairs and B-cubed for the names that are found, and for those that are annotated.
pub fn table(
    gold: &[Annotation],
    sources: &[TextSource],
    (file, errors): (&Path, Errors),
    terminal: &Terminal,
) -> Result<String, Failure> {
    let across = Across::load(file).map_err(|e| Failure::new(Exit::Input, e))?;
    let expected: Labels = gold.iter().flat_map(|annotation| annotation.labels(&across)).collect();
    let by_id: BTreeMap<&str, &Annotation> = gold.iter().map(|g| (g.id.as_str(), g)).collect();
    let given = |id: &str, text: Text| {
        let extraction = pipeline::extract_from(id, &text, annotated(by_id.get(id).copied(), &text));
        (text, extraction)
    };
    let found = |id: &str, text: Text| {
        let extraction = pipeline::extract(id, &text);
        (text, extraction)
    };
    let mut shown = String::from(
        "\nidentity over all documents           units   pairs P      R   across P      R   B-cubed P      R\n",
    );
    let mut differences = String::new();
    for (name, read) in [
        ("names as found", read(sources, terminal, found)?),
        ("names as annotated", read(sources, terminal, given)?),
    ] {
        let found = labels(&read)?;
        let [mentions, things] = agreement(&expected, &found);
        shown.push_str(&line(&format!("{name}, mentions"), mentions));
        shown.push_str(&line(&format!("{name}, one a document"), things));
        if errors == Errors::Listed {
            differences.push_str(&listed(name, &parted(&expected, &found), &parted(&found, &expected)));
        }
    }
    Ok(shown + &differences)
}

fn line(name: &str, sameness: Sameness) -> String {
    let Sameness { units, pairs, across, b_cubed } = sameness;
    format!(
        "  {name:<35} {units:5}    {:6.3} {:6.3}     {:6.3} {:6.3}      {:6.3} {:6.3}\n",
        pairs.precision(),
        pairs.recall(),
        across.precision(),
        across.recall(),
        b_cubed.0,
        b_cubed.1
    )
}

/// Lines for things that the system parts, and for those that it takes for one.
fn listed(name: &str, parted: &Parted, merged: &Parted) -> String {
    let mut text = String::new();
    for (what, things) in [("parted", parted), ("taken for one", merged)] {
        for (thing, parts) in things {
            let parts: Vec<String> = parts.iter().map(|(part, count)| format!("{part} ×{count}")).collect();
            text.push_str(&format!("{name}\t{what}\t{thing}\t{}\n", parts.join("\t")));
        }
    }
    text
}

fn read(
    sources: &[TextSource],
    terminal: &Terminal,
    work: impl Fn(&str, Text) -> Read + Sync + Send,
) -> Result<Vec<Read>, Failure> {
    let mut all = Vec::new();
    let unread = each(sources, terminal, work, |read| {
        all.push(read);
        Ok::<(), Failure>(())
    })?;
    unread.outcome(sources.len()).map(|()| all)
}

/// The annotated names as mentions.
fn annotated(gold: Option<&Annotation>, text: &Text) -> Vec<Mention> {
    let mention = |(_, class, span): (&str, Option<_>, jinxiu::document::Span)| {
        let (start, end) = text.view.from_text(span.start, span.end);
        let found_by = "annotation".to_owned();
        (start < end).then_some(Mention { start, end, class: class?, found_by, confidence: 1.0 })
    };
    gold.into_iter().flat_map(Annotation::mentions).filter_map(mention).collect()
}

/// What each mention denotes by a store of all documents, in which names that are one thing are merged.
fn labels(read: &[Read]) -> Result<Labels, Failure> {
    let folder = tempfile::tempdir().map_err(|e| Failure::new(Exit::Input, e))?;
    let base = Base::default();
    let source = |(text, extraction): &'_ Read| -> Vec<_> {
        document_quads(Source { text, extraction }, &base, &Run::default())
    };
    let quads: Vec<_> = read.iter().map(|read| (read.1.id.clone(), source(read))).collect();
    let mut store = Store::create(folder.path(), &base)?;
    store.load_at_once(&quads)?;
    store.finish()?;
    let mut labels = Labels::new();
    for (text, extraction) in read {
        let names = entity_names(Source { text, extraction }, &base);
        for entity in &extraction.entities {
            let Some(own) = names.get(&entity.id) else { continue };
            let shown = store.shown_as(own)?.into_string();
            for mention in &entity.mentions {
                let place = (extraction.id.clone(), mention.span, entity.class.to_string());
                labels.insert(place, shown.clone());
            }
        }
    }
    Ok(labels)
}
