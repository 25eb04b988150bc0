use jinxiu::ontology::{TermKind, ontology};
use jinxiu::store::{Query, own_questions};
use std::fs;
use std::path::Path;

/// Every file of these folders whose name ends so.
fn files(folder: &Path, ending: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.to_string_lossy().ends_with(ending) {
            found.push((path.display().to_string(), fs::read_to_string(&path).unwrap()));
        }
    }
    found
}

#[test]
fn queries_use_only_terms_that_the_ontology_declares() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (path, query) in files(&root.join("queries"), ".rq") {
        assert_eq!(Query::new(query).unknown_terms(), [], "{path}");
    }
}

#[test]
fn every_property_is_used_by_the_graph_or_by_a_question() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut used: String = own_questions().into_iter().map(|q| q.sparql).collect();
    for folder in ["src/rdf", "src/document"] {
        used.extend(files(&root.join(folder), ".rs").into_iter().map(|(_, text)| text));
    }
    let schema_only = ["nameEnding", "follows"];
    for term in ontology().own_terms().filter(|t| t.kind == TermKind::Property) {
        let local = term.local();
        let is_used = used.contains(&format!("\"{local}\"")) || used.contains(&format!("jx:{local}"));
        assert!(is_used || schema_only.contains(&local), "{local} is declared and never used");
    }
}
