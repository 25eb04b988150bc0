//! What cannot be read or written is said on one line that names it, with the exit code that fits, and nothing half-written
//! stays behind.

use assert_cmd::Command;
use std::fs;
use std::path::Path;
use std::process::Stdio;
use tempfile::TempDir;

fn jinxiu(folder: &TempDir, args: &[&str]) -> (i32, String, String) {
    let output =
        Command::cargo_bin("jinxiu").unwrap().current_dir(folder.path()).args(args).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap_or(-1), text(&output.stdout), text(&output.stderr))
}

/// A folder with a sound text, and files that are none.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    write("good.txt", "甲市位于乙省。".as_bytes());
    write("empty.txt", b"");
    write("short.jsonl", "{\"id\": \"1\", \"text\": \"甲市位于乙省。\"}\n".as_bytes());
    write("binary.txt", &[0, 159, 146, 150, 0, 1]);
    write("broken.txt", &[b"ok\n".as_slice(), &[0xE5, 0xA4, 0xAA, 0xE5, 0x8E, 0xFF, 0xFF]].concat());
    fs::create_dir(folder.path().join("bare")).unwrap();
    folder
}

fn fails(args: &[&str], code: i32, words: &[&str]) {
    let folder = folder();
    let before = names(folder.path());
    let (found, out, err) = jinxiu(&folder, args);
    assert_eq!(found, code, "{args:?}: {err}");
    assert_eq!((out.as_str(), err.lines().count()), ("", 1), "{args:?}: {out}{err}");
    words.iter().for_each(|word| assert!(err.contains(word), "{args:?}: {err}"));
    assert_eq!(names(folder.path()), before, "{args:?} leaves nothing behind");
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|e| e.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn too_few_words_to_learn_from_are_said() {
    let args = ["train", "kinds", "--corpus", "short.jsonl", "-o", "kinds.bin"];
    fails(&args, 3, &["no word occurs often enough"]);
}

#[test]
fn a_missing_file_is_named() {
    fails(&["extract", "none.txt"], 3, &["none.txt", "no such file or folder"]);
    fails(&["build", "none.txt", "--store", "graph"], 3, &["none.txt", "no such file or folder"]);
    fails(&["eval", "none.jsonl", "--texts", "."], 3, &["none.jsonl"]);
}

#[test]
fn a_folder_without_texts_is_named() {
    fails(&["build", "bare", "--store", "graph"], 3, &["bare", "no text files"]);
}

#[test]
fn an_empty_a_binary_and_a_broken_file_are_told_apart() {
    fails(&["build", "empty.txt", "--store", "graph"], 3, &["empty.txt", "no text"]);
    fails(&["build", "binary.txt", "--store", "graph"], 3, &["binary.txt", "binary file"]);
    fails(&["extract", "broken.txt", "-o", "out.jsonl"], 3, &["broken.txt", "line 2, byte 7", "UTF-8"]);
}

#[test]
fn one_bad_text_among_others_is_told_and_the_rest_is_kept() {
    let folder = folder();
    let (code, out, err) = jinxiu(&folder, &["build", "good.txt", "binary.txt", "--store", "graph"]);
    assert_eq!(code, 5, "{err}");
    assert!(err.contains("binary.txt") && err.contains("1 of 2 texts"), "{err}");
    assert!(out.contains("graph: 1 texts"), "{out}");
    assert_eq!(jinxiu(&folder, &["verify", "--store", "graph"]).0, 0);
}

#[test]
fn two_texts_of_one_name_are_refused_before_anything_is_written() {
    let folder = folder();
    fs::create_dir(folder.path().join("2021")).unwrap();
    fs::write(folder.path().join("2021/good.txt"), "丙市位于丁省。").unwrap();
    let (code, _, err) = jinxiu(&folder, &["build", "good.txt", "2021", "--store", "graph"]);
    assert_eq!((code, err.lines().count()), (3, 1), "{err}");
    assert!(err.contains("'good'") && err.contains("--ids path"), "{err}");
    assert!(!folder.path().join("graph").exists());
}

#[test]
fn a_folder_that_holds_something_else_is_not_made_a_store() {
    fails(&["build", "good.txt", "--store", "."], 4, &["other files"]);
}

#[test]
fn an_unknown_format_a_wrong_option_and_a_wrong_base_are_wrong_usage() {
    fails(&["extract", "good.txt", "--format", "docx"], 2, &["docx", "jsonl"]);
    fails(&["extract", "good.txt", "--frobnicate"], 2, &["--frobnicate"]);
    fails(&["build", "good.txt", "--store", "graph", "--base", "nowhere"], 2, &["nowhere"]);
    fails(&["frobnicate"], 2, &["frobnicate"]);
}

#[test]
fn a_line_of_a_gold_file_that_is_no_annotation_is_named() {
    let folder = folder();
    fs::write(folder.path().join("gold.jsonl"), "{\"id\":\"good\"}\n{\"id\":7}\n").unwrap();
    let (code, _, err) = jinxiu(&folder, &["eval", "gold.jsonl", "--texts", "."]);
    assert_eq!((code, err.lines().count()), (3, 1), "{err}");
    assert!(err.contains("gold.jsonl:2"), "{err}");
}

#[test]
fn a_threshold_that_is_missed_ends_with_code_1() {
    let folder = folder();
    let entity = r#"{"id":"e1","type":"Person","name":"某","mentions":[[0,1]]}"#;
    fs::write(folder.path().join("gold.jsonl"), format!("{{\"id\":\"good\",\"entities\":[{entity}]}}\n"))
        .unwrap();
    let args = ["eval", "gold.jsonl", "--texts", ".", "--min-entities", "0.99"];
    fs::remove_file(folder.path().join("binary.txt")).unwrap();
    let (code, out, err) = jinxiu(&folder, &args);
    assert_eq!(code, 1, "{err}");
    assert!(
        err.contains("F1 of entities") && err.contains("below 0.99") && out.contains("mentions"),
        "{out}{err}"
    );
}

#[test]
fn a_full_disk_is_said() {
    if !Path::new("/dev/full").exists() {
        return crate::shared::skip("there is no /dev/full here");
    }
    let folder = folder();
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let run = std::process::Command::new(assert_cmd::cargo::cargo_bin("jinxiu"))
        .current_dir(folder.path())
        .args(["extract", "good.txt"])
        .stdout(full)
        .output()
        .unwrap();
    let err = String::from_utf8_lossy(&run.stderr);
    assert_eq!(run.status.code(), Some(3));
    assert!(err.contains("standard output") && err.contains("no space left"), "{err}");
}

#[test]
fn an_output_that_cannot_be_written_is_named() {
    fails(&["extract", "good.txt", "-o", "nowhere/out.jsonl"], 3, &["nowhere/out.jsonl", "cannot write"]);
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let folder = folder();
    let texts = folder.path().join("many");
    fs::create_dir(&texts).unwrap();
    (0..300).for_each(|n| fs::write(texts.join(format!("{n}.txt")), "甲市位于乙省。".repeat(50)).unwrap());
    let mut run = std::process::Command::new(assert_cmd::cargo::cargo_bin("jinxiu"))
        .arg("extract")
        .arg(&texts)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(run.stdout.take());
    let output = run.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0));
}

#[test]
fn the_same_text_in_every_encoding_gives_the_same_extraction() {
    let folder = tempfile::tempdir().unwrap();
    let text = "2021年，太原市實施創新驅動發展戰略，發展裝備製造業。";
    let utf16: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let forms = [
        text.as_bytes().to_vec(),
        ["\u{FEFF}", text].concat().into_bytes(),
        encoding_rs::GB18030.encode(text).0.into_owned(),
        encoding_rs::BIG5.encode(text).0.into_owned(),
        utf16,
    ];
    let found: Vec<String> = forms
        .iter()
        .map(|bytes| {
            fs::write(folder.path().join("a.txt"), bytes).unwrap();
            let (code, out, err) = jinxiu(&folder, &["extract", "a.txt"]);
            assert_eq!(code, 0, "{err}");
            out
        })
        .collect();
    assert!(found[0].contains("太原市"), "{}", found[0]);
    found.iter().for_each(|other| assert_eq!(*other, found[0]));
}

#[test]
fn standard_input_is_a_text() {
    let run = Command::cargo_bin("jinxiu")
        .unwrap()
        .args(["extract", "-"])
        .write_stdin("太原市发展装备制造业。")
        .assert();
    let out = String::from_utf8(run.success().get_output().stdout.clone()).unwrap();
    assert!(out.starts_with("{\"id\":\"stdin\""), "{out}");
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    let path = folder.path().join("good.txt");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o0)).unwrap();
    if fs::read(&path).is_ok() {
        return crate::shared::skip("this user may read every file");
    }
    let (code, _, err) = jinxiu(&folder, &["extract", "good.txt"]);
    assert_eq!(code, 3);
    assert!(err.contains("good.txt") && err.contains("permission denied"), "{err}");
}

#[test]
fn the_number_of_threads_never_changes_the_result() {
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/data/samples");
    let folder = tempfile::tempdir().unwrap();
    let one = jinxiu(&folder, &["extract", samples, "--jobs", "1"]).1;
    assert_eq!(jinxiu(&folder, &["extract", samples, "--jobs", "4"]).1, one);
}
