//! What went into a store and what came out, by hash, so that anyone can check that a build repeats.

use super::failure::{Exit, Failure, Outcome};
use super::output::Output;
use jinxiu::rdf::{Run, digest};
use jinxiu::store::Store;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;

/// A build by its hashes.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// The version of the program.
    version: String,
    /// Rules, gazetteers and models by folder.
    inputs: BTreeMap<String, String>,
    /// Below which confidence findings were left out.
    #[serde(default)]
    min_confidence: Vec<f32>,
    /// Of the decisions that were heeded.
    decisions: String,
    /// Of each text, by its id.
    texts: BTreeMap<String, String>,
    /// How many quads there are.
    quads: usize,
    /// Of the sorted N-Quads.
    graph: String,
}

impl Manifest {
    /// The manifest of a store.
    pub fn of(store: &Store) -> Result<Self, Failure> {
        let run = Run::default();
        let texts = store.documents()?.into_iter().map(|d| (d.id, d.sha256)).collect();
        let mut lines: Vec<String> = store.quads(None)?.iter().map(|quad| format!("{quad} .\n")).collect();
        lines.sort_unstable();
        Ok(Self {
            version: run.version,
            inputs: run.inputs,
            min_confidence: store.min_confidences()?,
            decisions: digest(&store.decisions().to_string()),
            texts,
            quads: lines.len(),
            graph: digest(&lines.concat()),
        })
    }

    /// Writes it as JSON.
    pub fn write(&self, path: &Path) -> Outcome {
        let text = serde_json::to_string_pretty(self).map_err(|e| Failure::new(Exit::Input, e))?;
        Output::named(Some(path)).write(|out| writeln!(out, "{text}"))
    }

    /// Reads one from a file.
    pub fn read(path: &Path) -> Result<Self, Failure> {
        let text = std::fs::read_to_string(path).map_err(|e| Failure::file(path, "cannot read", &e))?;
        serde_json::from_str(&text).map_err(|e| {
            Failure::said(Exit::Input, format_args!("{}: no manifest of a build: {e}", path.display()))
        })
    }

    /// In what another build differs from this one, in words; nothing if they are the same.
    pub fn differences(&self, other: &Self) -> Vec<String> {
        let mut found = Vec::new();
        let mut compare = |what: &str, one: &str, two: &str| {
            if one != two {
                found.push(format!("{what}\t{one}\t{two}"));
            }
        };
        compare("version", &self.version, &other.version);
        let least = |manifest: &Self| {
            manifest.min_confidence.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
        };
        compare("minimum confidence", &least(self), &least(other));
        compare("decisions", &self.decisions, &other.decisions);
        for (what, one, two) in [("input", &self.inputs, &other.inputs), ("text", &self.texts, &other.texts)]
        {
            let names: std::collections::BTreeSet<&String> = one.keys().chain(two.keys()).collect();
            for name in names {
                let hash = |map: &BTreeMap<String, String>| {
                    map.get(name).cloned().unwrap_or_else(|| "none".to_owned())
                };
                compare(&format!("{what} {name}"), &hash(one), &hash(two));
            }
        }
        compare("quads", &self.quads.to_string(), &other.quads.to_string());
        compare("graph", &self.graph, &other.graph);
        found
    }
}
