//! Whether an index still fits its store.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;

/// The form of the index; another one is made anew.
const FORM: u32 = 1;

/// What an index was made from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct State {
    form: u32,
    listing: String,
    graphs: BTreeMap<String, String>,
}

impl State {
    /// The state of the index in a folder; an empty one where there is none.
    pub(super) fn read(folder: &Path) -> Self {
        let text = std::fs::read_to_string(folder.join("state.json")).unwrap_or_default();
        let state: Self = serde_json::from_str(&text).unwrap_or_default();
        if state.form == FORM { state } else { Self { form: FORM, ..Self::default() } }
    }

    /// Writes it; where that fails the index is only brought up to date once more next time.
    pub(super) fn write(&self, folder: &Path) {
        if let Ok(text) = serde_json::to_string(self) {
            let _ = std::fs::write(folder.join("state.json"), text);
        }
    }

    /// Whether nothing in the store's folder changed.
    pub(super) fn is_of(&self, listing: &str) -> bool {
        !self.listing.is_empty() && self.listing == listing
    }

    /// What a graph was when it was indexed.
    pub(super) fn mark(&self, graph: &str) -> Option<&String> {
        self.graphs.get(graph)
    }

    /// Takes over what is there now; tells which graphs are gone.
    pub(super) fn replace(&mut self, listing: String, graphs: BTreeMap<String, String>) -> Vec<String> {
        let gone = self.graphs.keys().filter(|graph| !graphs.contains_key(*graph)).cloned().collect();
        (self.listing, self.graphs) = (listing, graphs);
        gone
    }
}

/// The store's files with their sizes: any change of the store changes them.
pub(super) fn listing(store: &Path) -> String {
    let entries = store.read_dir().into_iter().flatten().flatten();
    let mut files: Vec<String> = entries
        .filter_map(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            let counts = name.ends_with(".sst") || name.ends_with(".log") || name.starts_with("MANIFEST");
            counts.then(|| format!("{name} {}", entry.metadata().map_or(0, |m| m.len())))
        })
        .collect();
    files.sort();
    files.join("\n")
}
