//! The walk of docs/EXTENDING.md, made on a copy of the tree.

use jinxiu::document::{Class, Predicate};
use jinxiu::mentions::gazetteer::Gazetteer;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A block of the page: what stands after the three marks, and its lines.
struct Block {
    head: String,
    lines: Vec<String>,
}

fn blocks() -> Vec<Block> {
    let page = fs::read_to_string(root().join("docs/EXTENDING.md")).unwrap();
    let parts: Vec<&str> = page.split("```").collect();
    assert_eq!(parts.len() % 2, 1, "a block is not closed");
    let block = |part: &&str| {
        let (head, body) = part.split_once('\n').unwrap();
        Block { head: head.trim().to_owned(), lines: body.lines().map(str::to_owned).collect() }
    };
    parts.iter().skip(1).step_by(2).map(block).collect()
}

fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        fs::create_dir_all(to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let name = entry.unwrap().file_name();
            copy(&from.join(&name), &to.join(&name));
        }
    } else {
        fs::copy(from, to).unwrap();
    }
}

/// A copy of what the crate is built from.
fn tree() -> TempDir {
    let tree = tempfile::tempdir().unwrap();
    let parts = [
        "src",
        "data",
        "ontology",
        "queries",
        "benches",
        "build.rs",
        "Cargo.toml",
        "Cargo.lock",
        "README.md",
    ];
    parts.iter().for_each(|part| copy(&root().join(part), &tree.path().join(part)));
    tree
}

/// Makes an edit: its unmarked lines stand in the file in this order and once, those with `+` are added among them.
fn edit(tree: &Path, file: &str, lines: &[String]) {
    let path = tree.join(file);
    let [old, new] = [' ', '+'].map(|mark| {
        let kept = lines.iter().filter(|line| line.is_empty() || line.starts_with([' ', mark]));
        kept.map(|line| format!("{}\n", line.get(1..).unwrap_or_default())).collect::<String>()
    });
    if old.is_empty() {
        assert!(!path.exists(), "{file} is there already");
        return fs::write(path, new).unwrap();
    }
    let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{file}: {e}"));
    assert_eq!(text.matches(&old).count(), 1, "{file} holds these lines not just once:\n{old}");
    fs::write(path, text.replacen(&old, &new, 1)).unwrap();
}

/// The tree after the whole walk; commands are run where they stand.
fn walked() -> (TempDir, usize) {
    let tree = tree();
    let mut commands = 0;
    for block in blocks() {
        if let Some(file) = block.head.strip_prefix("diff ") {
            edit(tree.path(), file, &block.lines);
        } else if block.head == "sh" {
            commands += block.lines.len();
            block.lines.iter().for_each(|line| run(line, tree.path()));
        }
    }
    (tree, commands)
}

fn run(line: &str, folder: &Path) {
    let program = assert_cmd::cargo::cargo_bin("jinxiu");
    let path = format!("{}:{}", program.parent().unwrap().display(), std::env::var("PATH").unwrap());
    let output =
        Command::new("bash").args(["-ec", line]).current_dir(folder).env("PATH", path).output().unwrap();
    assert!(output.status.success(), "{line}: {}", String::from_utf8_lossy(&output.stderr));
}

/// Without what cargo tells the tests, or dependencies whose build asks for it are compiled anew.
fn as_from_a_shell(cargo: &mut Command) -> &mut Command {
    let told = |name: &str| {
        ["CARGO_PKG", "CARGO_MANIFEST", "CARGO_BIN", "CARGO_CRATE", "NEXTEST"]
            .iter()
            .any(|start| name.starts_with(start))
    };
    for (name, _) in std::env::vars().filter(|(name, _)| told(name)) {
        cargo.env_remove(name);
    }
    cargo
}

fn read(tree: &Path, file: &str) -> String {
    fs::read_to_string(tree.join(file)).unwrap()
}

#[test]
fn every_edit_of_the_walk_fits_the_tree_and_every_command_runs() {
    let (tree, commands) = walked();
    assert!(commands >= 1);
    let rules = read(tree.path(), "data/rules/located_in.toml");
    let located = jinxiu::rules::parse("located_in.toml", &rules).unwrap();
    assert!(located.iter().any(|rule| rule.name == "headquartered-in"));
    let terms = read(tree.path(), "src/document/terms.rs");
    let ontology = read(tree.path(), "ontology/core.ttl");
    for (term, known) in
        [("Product", Class::parse("Product").is_some()), ("produces", Predicate::parse("produces").is_some())]
    {
        assert!(!known, "{term} is no news any more; the page needs another example");
        assert!(terms.contains(&format!("\"{term}\"")) && ontology.contains(&format!("jx:{term} a owl:")));
    }
}

#[test]
fn the_list_of_the_walk_is_a_list() {
    let (tree, _) = walked();
    let list = read(tree.path(), "data/gazetteer/products.tsv").replace("@product", "@company");
    let gazetteer = Gazetteer::from_lists(&[Box::leak(list.into_boxed_str())]);
    let names: Vec<(&str, &str, u8)> =
        gazetteer.entries().iter().map(|e| (e.name, e.canonical, e.weight)).collect();
    assert_eq!(names.len(), 3);
    assert!(names.contains(&("大飞机", "C919大型客机", 5)), "{names:?}");
}

#[test]
#[ignore = "compiles the crate a second time; run it with --ignored"]
fn the_crate_still_compiles_after_the_walk() {
    let (tree, _) = walked();
    let target = assert_cmd::cargo::cargo_bin("jinxiu");
    let target: PathBuf = target.ancestors().nth(2).unwrap().to_owned();
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["check", "--offline", "--lib", "--quiet"]).current_dir(tree.path());
    let output = as_from_a_shell(&mut cargo).env("CARGO_TARGET_DIR", target).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
