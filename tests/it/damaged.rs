//! Files of a store of which a byte is wrong.

use crate::sample::Sample;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

/// Far longer than reading a small store takes, and far shorter than for ever.
const PATIENCE: Duration = Duration::from_secs(60);

/// The output of a command that must come to an end.
fn ends(args: &[&str], store: &Path) -> Output {
    let mut child = Command::new(assert_cmd::cargo::cargo_bin("jinxiu"))
        .args(args)
        .arg("--store")
        .arg(store)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let begun = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if begun.elapsed() > PATIENCE {
            child.kill().unwrap();
            panic!("{args:?} does not end");
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    child.wait_with_output().unwrap()
}

/// A copy of a sample, to which no thread of this process writes any more, and the files that hold its quads and words.
fn tables(sample: &Sample) -> (PathBuf, Vec<PathBuf>) {
    let copy = sample.folder().join("copy");
    fs::create_dir(&copy).unwrap();
    let mut tables = Vec::new();
    for entry in fs::read_dir(sample.store()).unwrap() {
        let (from, to) = (entry.as_ref().unwrap().path(), copy.join(entry.unwrap().file_name()));
        if from.is_file() && fs::copy(&from, &to).is_ok() && to.extension().is_some_and(|e| e == "sst") {
            tables.push(to);
        }
    }
    tables.retain(|table| belongs(table, &copy));
    tables.sort();
    assert!(tables.len() > 5, "{tables:?}");
    (copy, tables)
}

/// Whether a store lacks a file that is not there; those that its writer has replaced wait to be swept.
fn belongs(table: &Path, store: &Path) -> bool {
    let beside = table.with_extension("aside");
    fs::rename(table, &beside).unwrap();
    let lacks = ends(&["stats"], store).status.code() != Some(0);
    fs::rename(&beside, table).unwrap();
    lacks
}

/// Turns a byte round that stands among what the file holds, which comes first in it.
fn damage(table: &Path) {
    let mut bytes = fs::read(table).unwrap();
    let at = 16.max(bytes.len() / 4);
    let at = if bytes.len() < 8000 { 16 } else { at };
    bytes[at] ^= 0xff;
    fs::write(table, bytes).unwrap();
}

#[test]
fn damage_in_any_file_is_found_and_said_with_what_to_do() {
    let sample = Sample::new();
    let (store, tables) = tables(&sample);
    for table in tables {
        let sound = fs::read(&table).unwrap();
        damage(&table);
        let checked = ends(&["doctor"], &store);
        let said = String::from_utf8_lossy(&checked.stdout).into_owned();
        assert_eq!(checked.status.code(), Some(1), "{}: {said}", table.display());
        assert!(
            said.contains("damaged") && said.contains("jinxiu build TEXT…"),
            "{}: {said}",
            table.display()
        );
        fs::write(&table, sound).unwrap();
    }
    assert_eq!(ends(&["doctor"], &store).status.code(), Some(0));
}

#[test]
fn a_query_that_meets_damage_ends_and_says_so() {
    let sample = Sample::new();
    let mut codes = Vec::new();
    let (store, tables) = tables(&sample);
    for table in tables {
        let sound = fs::read(&table).unwrap();
        damage(&table);
        let counted = ends(&["query", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"], &store);
        let said = String::from_utf8_lossy(&counted.stderr).into_owned();
        assert!(counted.status.success() || said.contains("damaged"), "{}: {said}", table.display());
        codes.push(counted.status.code());
        fs::write(&table, sound).unwrap();
    }
    assert!(codes.contains(&Some(4)) && codes.iter().all(|c| [Some(0), Some(4)].contains(c)), "{codes:?}");
}
