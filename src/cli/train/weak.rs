//! Texts without annotation, and what another tagger says of texts.

use super::super::failure::{Exit, Failure};
use jinxiu::document::{Class, Extraction};
use jinxiu::mentions::Candidate;
use jinxiu::mentions::tagger::{Annotated, Hinted};
use jinxiu::text::Text;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Texts that nobody has annotated.
#[derive(Debug, clap::Args)]
pub struct Weak {
    /// Learn from these texts as well, after labelling them: JSON lines of {"id", "text"}
    #[arg(long, value_name = "FILE", requires = "hints")]
    corpus: Option<PathBuf>,
    /// What another tagger found in them: JSON lines of {"id", "spans": [[start, end, "PER"|"LOC"|"ORG"], …]}
    #[arg(long, value_name = "FILE", requires = "corpus")]
    hints: Option<PathBuf>,
}

#[derive(Deserialize)]
struct Item {
    id: String,
    text: String,
}

#[derive(Deserialize)]
struct Hints {
    id: String,
    spans: Vec<(usize, usize, String)>,
}

/// The annotated texts and the others, with their hints.
type Both = (Vec<Hinted>, Vec<Hinted>);

impl Weak {
    /// The annotated texts and the others, both with their hints; nothing where no corpus is given.
    pub fn read(&self, gold: &[(Extraction, Text)]) -> Result<Option<Both>, Failure> {
        let (Some(corpus), Some(hints)) = (&self.corpus, &self.hints) else { return Ok(None) };
        let hints: Vec<Hints> = lines(hints)?;
        let mut hints: BTreeMap<String, Hints> = hints.into_iter().map(|h| (h.id.clone(), h)).collect();
        let mut by_text = BTreeMap::new();
        for item in lines::<Item>(corpus)? {
            let text = Text::new(&item.text);
            by_text.insert(text.sha256.clone(), (text, hints.remove(&item.id)));
        }
        let of_gold = |(extraction, text): &(Extraction, Text)| {
            let hints = by_text.remove(&text.sha256).and_then(|(_, hints)| hints);
            Hinted::new(Annotated::new(text, extraction), &candidates(text, hints.as_ref()))
        };
        let gold: Vec<Hinted> = gold.iter().map(of_gold).collect();
        let bare = |(text, hints): (Text, Option<Hints>)| {
            Some(Hinted::new(Annotated::bare(&text), &candidates(&text, Some(&hints?))))
        };
        Ok(Some((gold, by_text.into_values().filter_map(bare).collect())))
    }
}

fn candidates(text: &Text, hints: Option<&Hints>) -> Vec<Candidate> {
    let in_view = |at: usize| text.view.origin.partition_point(|origin| *origin < at);
    let candidate = |(start, end, kind): &(usize, usize, String)| {
        let (start, end) = (in_view(*start), in_view(*end));
        (start < end).then_some(Candidate { start, end, class: class(kind)?, rule: "hint" })
    };
    hints.into_iter().flat_map(|hints| &hints.spans).filter_map(candidate).collect()
}

fn class(kind: &str) -> Option<Class> {
    match kind {
        "PER" => Some(Class::Person),
        "LOC" => Some(Class::Place),
        "ORG" => Some(Class::Organization),
        _ => None,
    }
}

fn lines<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>, Failure> {
    let content = fs::read_to_string(path).map_err(|error| Failure::file(path, "cannot read", &error))?;
    let line = |(number, line): (usize, &str)| {
        serde_json::from_str(line).map_err(|error| {
            Failure::said(Exit::Input, format_args!("{}, line {}: {error}", path.display(), number + 1))
        })
    };
    content.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).map(line).collect()
}
