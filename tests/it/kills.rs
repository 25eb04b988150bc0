//! Runs that are killed, at any moment, and what the next run makes of it.

use jinxiu::store::Store;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How many runs are killed; `JINXIU_KILLS=200` kills more of them.
fn kills() -> u64 {
    std::env::var("JINXIU_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(24)
}

/// A moment that looks like chance and is the same each time.
fn moment(number: u64, most: Duration) -> Duration {
    let mixed = (number + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40;
    most.mul_f64(f64::from(u32::try_from(mixed % 1000).unwrap()) / 1000.0)
}

struct Bench {
    folder: tempfile::TempDir,
    clean: BTreeMap<String, Vec<String>>,
    export: Vec<u8>,
    time: Duration,
}

const TEXTS: u32 = 24;

impl Bench {
    /// Texts, and what a build of them that nothing disturbs gives.
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let texts = folder.path().join("texts");
        fs::create_dir(&texts).unwrap();
        for number in 0..TEXTS {
            let place = ["合肥市", "太原市", "长治市", "昆山市"][number as usize % 4];
            let text = format!(
                "{place}要闻\n20{:02}年，{place}地区生产总值增长{}.5%。{place}经济技术开发区发展装备制造业和新材料产业。\n",
                10 + number % 14,
                number % 9 + 1
            );
            fs::write(texts.join(format!("t{number:02}.txt")), text.repeat(1 + number as usize % 3)).unwrap();
        }
        let mut bench = Self { folder, clean: BTreeMap::new(), export: Vec::new(), time: Duration::ZERO };
        let begun = Instant::now();
        bench.finish(bench.build("clean"));
        bench.time = begun.elapsed();
        bench.clean = bench.documents("clean");
        bench.export = bench.exported("clean");
        bench
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn command(&self, args: &[&str], store: &str) -> Command {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin("jinxiu"));
        command.args(args).arg("--store").arg(self.path(store)).current_dir(self.folder.path());
        command
    }

    fn start(&self, args: &[&str], store: &str) -> Child {
        self.command(args, store).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
    }

    fn build(&self, store: &str) -> Child {
        self.start(&["build", "texts", "--quiet"], store)
    }

    fn finish(&self, child: Child) {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    fn kill(&self, mut child: Child, number: u64, most: Duration) {
        std::thread::sleep(moment(number, most));
        child.kill().unwrap();
        child.wait().unwrap();
    }

    /// The quads of each document as they were found.
    fn documents(&self, store: &str) -> BTreeMap<String, Vec<String>> {
        let store = Store::open(&self.path(store)).unwrap();
        let mut documents: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for quad in store.as_found(None).unwrap() {
            if let Some(id) = store.base().document_of(quad.graph_name.to_string().trim_matches(['<', '>'])) {
                documents.entry(id).or_default().push(quad.to_string());
            }
        }
        documents.values_mut().for_each(|quads| quads.sort());
        documents
    }

    fn exported(&self, store: &str) -> Vec<u8> {
        let out = self.path("out.nq");
        self.finish(self.start(&["export", "-q", "-o", out.to_str().unwrap()], store));
        fs::read(out).unwrap()
    }

    /// What a killed run left can be opened and holds no half of a document.
    fn assert_whole(&self, store: &str) {
        if !self.path(store).join("CURRENT").is_file() {
            return;
        }
        for (id, quads) in self.documents(store) {
            assert_eq!(Some(&quads), self.clean.get(&id), "{id} is not whole");
        }
    }

    fn assert_no_litter(&self, folder: &Path) {
        for entry in fs::read_dir(folder).unwrap() {
            let name = entry.unwrap().file_name().to_string_lossy().into_owned();
            assert!(!name.starts_with("bulk-") && !name.starts_with(".out.nq"), "{name} was left behind");
        }
    }

    /// What is found of some words: sentences and names, sorted.
    fn found(&self, store: &str) -> Vec<String> {
        let store = Store::open(&self.path(store)).unwrap();
        let (hits, count) = store.search("发展", usize::MAX).unwrap();
        let mut lines: Vec<String> = hits.iter().map(|hit| format!("{hit:?}")).collect();
        lines.sort();
        assert_eq!(lines.len(), count);
        lines
    }

    /// What a killed run left is found, no more and no less.
    fn assert_found(&self, store: &str) {
        if !self.path(store).join("CURRENT").is_file() {
            return;
        }
        let there: Vec<String> = self.documents(store).into_keys().collect();
        let of_these = |line: &&String| there.iter().any(|id| line.contains(&format!("\"{id}\"")));
        let clean = self.found("clean");
        assert_eq!(self.found(store), clean.iter().filter(of_these).cloned().collect::<Vec<_>>());
    }

    /// Runs a build to its end and compares with the clean one.
    fn complete(&self, store: &str) {
        self.finish(self.build(store));
        assert!(self.exported(store) == self.export, "another graph than a clean build gives");
        self.assert_no_litter(&self.path(store));
        self.assert_no_litter(self.folder.path());
    }
}

#[test]
fn a_killed_build_leaves_whole_documents_and_the_next_completes_it() {
    let bench = Bench::new();
    for number in 0..kills() / 2 {
        let store = "built";
        bench.kill(bench.build(store), number, bench.time);
        bench.assert_whole(store);
        bench.assert_found(store);
        if number % 3 == 2 {
            bench.complete(store);
            fs::remove_dir_all(bench.path(store)).unwrap();
        }
    }
    bench.complete("built");
}

#[test]
fn a_killed_addition_or_removal_leaves_whole_documents_and_the_next_completes_it() {
    let bench = Bench::new();
    bench.complete("kept");
    for number in 0..kills() / 3 {
        let (remove, add) = (["remove", "t03", "t07", "-q"], ["add", "texts/t03.txt", "texts/t07.txt", "-q"]);
        let child = bench.start(if number % 2 == 0 { &remove } else { &add }, "kept");
        bench.kill(child, number, bench.time / 2);
        bench.assert_whole("kept");
        bench.assert_found("kept");
        if number % 4 == 3 {
            bench.complete("kept");
        }
    }
    bench.complete("kept");
}

#[test]
fn a_killed_export_leaves_the_old_file_and_the_next_no_litter() {
    let bench = Bench::new();
    let out = bench.path("out.nq");
    for number in 0..kills() / 6 {
        let child = bench.start(&["export", "-q", "-o", out.to_str().unwrap()], "clean");
        bench.kill(child, number, bench.time / 2);
        assert!(fs::read(&out).unwrap() == bench.export, "the old file was harmed");
    }
    bench.exported("clean");
    bench.assert_no_litter(bench.folder.path());
}

#[test]
fn a_killed_import_leaves_whole_graphs_and_the_next_completes_it() {
    let bench = Bench::new();
    let given = bench.path("given.nq");
    fs::write(&given, &bench.export).unwrap();
    let import = |store: &str| bench.start(&["import", given.to_str().unwrap(), "-q"], store);
    let begun = Instant::now();
    bench.finish(import("whole"));
    let (time, whole, export) = (begun.elapsed(), bench.documents("whole"), bench.exported("whole"));
    for number in 0..kills() / 4 {
        bench.kill(import("copy"), number, time);
        if bench.path("copy").join("CURRENT").is_file() {
            for (id, quads) in bench.documents("copy") {
                assert_eq!(Some(&quads), whole.get(&id), "{id} is not whole");
            }
        }
        if number % 3 == 2 {
            bench.finish(import("copy"));
            assert!(
                bench.exported("copy") == export,
                "another graph than an import that nothing disturbs gives"
            );
            bench.assert_no_litter(&bench.path("copy"));
            fs::remove_dir_all(bench.path("copy")).unwrap();
        }
    }
}

/// The graphs of a store that are not worked out anew with every change, the lines of each sorted.
fn graphs(bench: &Bench, store: &str) -> BTreeMap<String, Vec<String>> {
    let all = ["query", "-q", "-f", "tsv", "SELECT * { GRAPH ?g { ?s ?p ?o } }"];
    let answer = bench.command(&all, store).output().unwrap();
    assert!(answer.status.success(), "{}", String::from_utf8_lossy(&answer.stderr));
    let mut graphs: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in String::from_utf8(answer.stdout).unwrap().lines().skip(1) {
        let (graph, triple) = line.split_once('\t').unwrap();
        if !graph.ends_with("/identity>") && !graph.ends_with("/dataset>") {
            graphs.entry(graph.to_owned()).or_default().push(triple.to_owned());
        }
    }
    graphs.values_mut().for_each(|lines| lines.sort());
    graphs
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let there = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &there);
        } else {
            fs::copy(entry.path(), there).unwrap();
        }
    }
}

#[test]
fn killed_linking_or_reasoning_leaves_whole_graphs_and_the_next_completes_it() {
    let bench = Bench::new();
    for args in [["link", "run", "-q", "--enrich"], ["check", "-q", "--reason", "--write"]] {
        copy(&bench.path("clean"), &bench.path("whole"));
        let begun = Instant::now();
        bench.finish(bench.start(&args, "whole"));
        let (time, whole) = (begun.elapsed(), graphs(&bench, "whole"));
        for number in 0..kills() / 8 {
            copy(&bench.path("clean"), &bench.path("copy"));
            bench.kill(bench.start(&args, "copy"), number, time);
            for (graph, lines) in graphs(&bench, "copy") {
                assert!(whole.get(&graph) == Some(&lines), "{graph} is not whole after {args:?}");
            }
            bench.finish(bench.start(&args, "copy"));
            assert!(
                graphs(&bench, "copy") == whole,
                "another store than {args:?} gives that nothing disturbs"
            );
            bench.assert_no_litter(&bench.path("copy"));
            fs::remove_dir_all(bench.path("copy")).unwrap();
        }
        fs::remove_dir_all(bench.path("whole")).unwrap();
    }
}
