//! Input that would fill the memory, under a bound on memory; a disk that fills up; what is shown where there is no terminal.

use crate::shared::skip;
use std::path::Path;
use std::process::{Command, Output};

fn program() -> String {
    assert_cmd::cargo::cargo_bin("jinxiu").display().to_string()
}

/// Runs a line of shell in a folder with at most 4 GiB of addresses; `$jinxiu` is the program.
fn bounded(folder: &Path, line: &str) -> Output {
    let script = format!("ulimit -v 4194304; set -o pipefail; {line}");
    let mut shell = Command::new("bash");
    shell.args(["-c", &script]).env("jinxiu", program()).current_dir(folder).output().unwrap()
}

/// What is said on standard error, which is one line.
fn refused(folder: &Path, line: &str) -> String {
    let output = bounded(folder, line);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(3), "{line}: {said}");
    assert_eq!(said.lines().count(), 1, "{line}: {said}");
    said
}

#[test]
fn a_text_that_is_too_large_is_refused_before_it_fills_the_memory() {
    let folder = tempfile::tempdir().unwrap();
    let brackets = "(yes '（' || true) | tr -d '\\n' | head -c 1000000000";
    let said = refused(folder.path(), &format!("\"$jinxiu\" extract - < <({brackets}) > out"));
    assert!(said.contains("standard input: larger than 16 MiB"), "{said}");
    let line = "(yes 太原市 || true) | tr -d '\\n' | head -c 100000000 > line.txt; \"$jinxiu\" build line.txt -s store";
    let said = refused(folder.path(), line);
    assert!(
        said.contains("line.txt: larger than 16 MiB, the most that one text may have; split it"),
        "{said}"
    );
    assert!(!folder.path().join("store").exists());
}

#[test]
fn a_line_without_end_and_brackets_without_end_are_read_within_bounds() {
    let folder = tempfile::tempdir().unwrap();
    for words in ["（《“[", "太原市", "<"] {
        let line = format!(
            "yes '{words}' | tr -d '\\n' | head -c 150000 > in.txt; \"$jinxiu\" extract in.txt -o out.jsonl"
        );
        let output = bounded(folder.path(), &line.replace("set -o pipefail; ", ""));
        assert_eq!(output.status.code(), Some(0), "{words}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn nested_rdf_json_and_sparql_are_refused_and_never_overflow() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, start: &str, nested: &str| {
        let text = format!("{start}{}", nested.repeat(200_000));
        std::fs::write(folder.path().join(name), text).unwrap();
    };
    write("deep.ttl", "<http://a> <http://b> ", "[ <http://b> ");
    write("list.ttl", "<http://a> <http://b> ", "( ");
    write("deep.jsonld", "", "[");
    write("object.jsonld", "", "{\"http://a\":");
    write("deep.trig", "", "{ <http://a> <http://b> [ ");
    for file in ["deep.ttl", "list.ttl", "deep.jsonld", "object.jsonld", "deep.trig"] {
        let said = refused(folder.path(), &format!("\"$jinxiu\" import {file} -s store"));
        assert!(said.contains(file), "{said}");
    }
    write("ask.rq", "ASK { ", "{ ");
    write("filter.rq", "ASK { ?s ?p ?o FILTER ", "(");
    std::fs::write(folder.path().join("one.txt"), "太原市发展新材料产业。").unwrap();
    assert!(bounded(folder.path(), "\"$jinxiu\" build one.txt -s store -q").status.success());
    for file in ["ask.rq", "filter.rq"] {
        let output = bounded(folder.path(), &format!("\"$jinxiu\" query --file {file} -s store"));
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(6), "{file}: {said}");
        assert!(said.contains("nested more than 100 deep"), "{file}: {said}");
    }
    write("offers.jsonl", "", "[");
    assert_eq!(
        bounded(folder.path(), "\"$jinxiu\" import-extractions offers.jsonl -s store").status.code(),
        Some(5)
    );
}

/// A file system of its own, as large as it needs to be full too early; 99 where mounting is not allowed.
const FULL_DISK: &str = "mkdir disk; mount -t tmpfs -o size=64m none disk || exit 99; \
    head -c 62000000 /dev/zero > disk/other; \
    \"$jinxiu\" build texts -s disk/store -q 2> said; test $? = 4 || exit 1; \
    grep -q 'no room left' said || exit 2; test $(wc -l < said) = 1 || exit 3; \
    \"$jinxiu\" verify -s disk/store -q || exit 4; rm disk/other; \
    \"$jinxiu\" build texts -s disk/store -q || exit 5; \"$jinxiu\" build texts -s clean -q || exit 6; \
    \"$jinxiu\" export -s disk/store -o a.nq -q && \"$jinxiu\" export -s clean -o b.nq -q && cmp a.nq b.nq || exit 7; \
    head -c 62000000 /dev/zero > disk/other; echo old > disk/out.nq; \
    \"$jinxiu\" export -s clean -o disk/out.nq -q 2> said; test $? = 3 || exit 8";

#[test]
fn a_disk_that_fills_up_leaves_a_store_that_the_next_run_completes() {
    let folder = tempfile::tempdir().unwrap();
    let texts = folder.path().join("texts");
    std::fs::create_dir(&texts).unwrap();
    for number in 0..40 {
        let text = format!("太原市要闻\n20{:02}年，太原市发展装备制造业，增长{number}.5%。\n", number % 24);
        std::fs::write(texts.join(format!("t{number:03}.txt")), text.repeat(20)).unwrap();
    }
    let mut shell = Command::new("unshare");
    shell.args(["--mount", "--map-root-user", "bash", "-c", FULL_DISK]).env("jinxiu", program());
    match shell.current_dir(folder.path()).output() {
        Ok(output) if output.status.code() != Some(99) && !unshare_fails(&output) => {
            let said = std::fs::read_to_string(folder.path().join("said")).unwrap_or_default();
            assert!(output.status.success(), "step {:?}: {said}{output:?}", output.status.code());
        }
        _ => skip("no file system may be mounted here"),
    }
}

fn unshare_fails(output: &Output) -> bool {
    String::from_utf8_lossy(&output.stderr).contains("unshare: ")
}

#[test]
fn progress_is_shown_on_a_terminal_only() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("one.txt"), "太原市发展新材料产业。".repeat(2000)).unwrap();
    let shown = |line: &str| {
        let output =
            Command::new("script").args(["-qec", line, "typescript"]).current_dir(folder.path()).output();
        output.ok().filter(|o| o.status.success()).map(|o| String::from_utf8_lossy(&o.stdout).into_owned())
    };
    let program = program();
    let Some(terminal) = shown(&format!("{program} build one.txt -s a")) else {
        return skip("there is no script(1) to make a terminal");
    };
    assert!(terminal.contains(" texts ") && terminal.contains("\u{1b}["), "{terminal:?}");
    for line in
        ["build one.txt -s b 2> errors", "build one.txt -s c -q", "build one.txt -s d --progress never"]
    {
        let quiet = shown(&format!("{program} {line}")).unwrap();
        assert!(!quiet.contains('\u{1b}'), "{line}: {quiet:?}");
    }
    assert_eq!(std::fs::read_to_string(folder.path().join("errors")).unwrap(), "");
    let asked = bounded(folder.path(), "\"$jinxiu\" build one.txt -s e --progress always");
    assert!(String::from_utf8_lossy(&asked.stderr).contains('\u{1b}'), "{asked:?}");
}

#[test]
fn progress_can_be_read_by_programs() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["one", "two"] {
        std::fs::write(folder.path().join(format!("{name}.txt")), "太原市发展新材料产业。").unwrap();
    }
    let told = bounded(folder.path(), "\"$jinxiu\" -q build one.txt two.txt -s a --progress json");
    let lines = String::from_utf8_lossy(&told.stderr).into_owned();
    let last: serde_json::Value = serde_json::from_str(lines.lines().last().unwrap()).unwrap();
    assert_eq!(
        (&last["unit"], &last["done"], &last["total"]),
        (&"texts".into(), &2.into(), &2.into()),
        "{lines}"
    );
    assert!(last["seconds"].is_number(), "{lines}");
    assert!(lines.lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()), "{lines}");
}

#[test]
fn a_store_may_lie_in_folders_that_are_yet_to_be_made() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("one.txt"), "太原市发展新材料产业。").unwrap();
    std::fs::write(folder.path().join("file"), "").unwrap();
    let made = bounded(
        folder.path(),
        "\"$jinxiu\" build one.txt -q -s a/b/store && \"$jinxiu\" verify -s a/b/store",
    );
    assert!(made.status.success(), "{made:?}");
    let refused = bounded(folder.path(), "\"$jinxiu\" build one.txt -q -s file/store");
    let said = String::from_utf8_lossy(&refused.stderr);
    assert!(
        refused.status.code() == Some(3) && said.contains("file/store") && said.lines().count() == 1,
        "{refused:?}"
    );
}
