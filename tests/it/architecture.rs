//! The order of the modules and the homes of large dependencies, as ARCHITECTURE.md gives them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Each module may use those that stand before it.
const ORDER: [&str; 17] = [
    "random",
    "trees",
    "text",
    "ontology",
    "document",
    "mentions",
    "rules",
    "facts",
    "graph",
    "offered",
    "evaluation",
    "rdf",
    "link",
    "store",
    "statistics",
    "chart",
    "pipeline",
];

/// Where a large dependency may be named.
const HOMES: [(&str, &[&str]); 22] = [
    ("encoding_rs", &["text"]),
    ("chardetng", &["text"]),
    ("ferrous_opencc", &["text", "rdf"]),
    ("aho_corasick", &["mentions", "facts", "link"]),
    ("petgraph", &["graph"]),
    ("oxigraph", &["store"]),
    ("rayon", &["pipeline", "facts", "store"]),
    ("clap", &["cli"]),
    ("indicatif", &["cli"]),
    ("comfy_table", &["cli"]),
    ("anyhow", &["cli"]),
    ("parquet", &["cli"]),
    ("resvg", &["chart"]),
    ("spargebra", &["store"]),
    ("tantivy", &["store"]),
    ("ureq", &["store"]),
    ("sophia", &["rdf"]),
    ("shacl_rust", &["store"]),
    ("rustyline", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("oxhttp", &["cli"]),
];

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The code of each top-level module without its tests and comments.
fn modules() -> BTreeMap<String, Vec<(PathBuf, String)>> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut all = Vec::new();
    files(&source, &mut all);
    let mut modules: BTreeMap<String, Vec<(PathBuf, String)>> = BTreeMap::new();
    for path in all.into_iter().filter(|path| !path.ends_with("tests.rs")) {
        let below = path.strip_prefix(&source).unwrap();
        let module = below
            .components()
            .next()
            .unwrap()
            .as_os_str()
            .to_string_lossy()
            .trim_end_matches(".rs")
            .to_owned();
        let text = fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]\nmod ").next().unwrap();
        let lines: Vec<&str> = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        modules.entry(module).or_default().push((path.clone(), lines.join("\n")));
    }
    modules
}

/// Whether code names a module of the crate, alone or in braces.
fn names_module(code: &str, module: &str) -> bool {
    code.split("crate::").skip(1).any(|after| {
        let named = after.strip_prefix('{').map_or(after, |list| list.split('}').next().unwrap_or_default());
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        match after.starts_with('{') {
            true => named.split(',').any(|item| item.trim().split("::").next() == Some(module)),
            false => named.split(|c| !is_word(c)).next() == Some(module),
        }
    })
}

#[test]
fn imports_go_one_way() {
    let modules = modules();
    for (place, module) in ORDER.iter().enumerate() {
        for (path, code) in modules.get(*module).into_iter().flatten() {
            for later in ORDER[place + 1..].iter().chain(&["cli"]) {
                assert!(
                    !names_module(code, later),
                    "{} uses {later}, which comes after {module}",
                    path.display()
                );
            }
        }
    }
}

#[test]
fn each_large_dependency_has_one_home() {
    for (module, files) in modules() {
        for (path, code) in files {
            for (dependency, homes) in HOMES {
                let named = code.contains(&format!("{dependency}::"));
                assert!(!named || homes.contains(&module.as_str()), "{} names {dependency}", path.display());
            }
        }
    }
}

#[test]
fn the_program_itself_is_thin() {
    let main = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/main.rs")).unwrap();
    assert!(main.lines().count() <= 60);
}
