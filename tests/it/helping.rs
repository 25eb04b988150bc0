//! Completions, pages of the manual, the doctor, full text.

use crate::sample::{Sample, alpha, beta};
use assert_cmd::Command;
use jinxiu::store::Store;
use std::fs;

fn jinxiu(args: &[&str]) -> (i32, String) {
    let output = Command::cargo_bin("jinxiu").unwrap().args(args).output().unwrap();
    (output.status.code().unwrap_or(-1), String::from_utf8(output.stdout).unwrap())
}

#[test]
fn five_shells_are_completed() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let (code, out) = jinxiu(&["completions", shell]);
        assert!(code == 0 && out.contains("jinxiu"), "{shell}: {out}");
    }
    assert_eq!(jinxiu(&["completions", "tcsh"]).0, 2);
}

/// What bash is offered for the last of some words.
fn offered(words: &[&str]) -> Vec<String> {
    let mut command = Command::cargo_bin("jinxiu").unwrap();
    command.env("COMPLETE", "bash").env("_CLAP_COMPLETE_INDEX", (words.len() - 1).to_string());
    command.env("_CLAP_IFS", "\n").env("_CLAP_COMPLETE_COMP_TYPE", "9").env("_CLAP_COMPLETE_SPACE", "true");
    let output = command.arg("--").args(words).output().unwrap();
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn questions_their_parameters_and_the_names_of_a_store_are_completed() {
    let sample = Sample::new();
    let store = sample.store();
    let store = store.to_str().unwrap();
    assert!(offered(&["jinxiu", "exp"]).contains(&"export".to_owned()));
    assert!(offered(&["jinxiu", "ask", "place-f"]).contains(&"place-figures".to_owned()));
    let parameters = offered(&["jinxiu", "ask", "place-figures", "--store", store, "--bind", ""]);
    assert!(
        parameters.contains(&"place=".to_owned()) && parameters.contains(&"year=".to_owned()),
        "{parameters:?}"
    );
    let names = offered(&["jinxiu", "ask", "place-figures", "--store", store, "--bind", "place=甲"]);
    assert_eq!(names, ["place=甲市"]);
}

#[test]
fn every_subcommand_has_a_page_of_the_manual() {
    let folder = tempfile::tempdir().unwrap();
    let (code, _) = jinxiu(&["man", "--output", folder.path().to_str().unwrap()]);
    assert_eq!(code, 0);
    let pages = fs::read_dir(folder.path()).unwrap().count();
    let help = jinxiu(&["--help"]).1;
    let listed =
        help.lines().skip_while(|l| !l.starts_with("Commands:")).skip(1).take_while(|l| !l.is_empty());
    let listed = listed
        .filter(|l| l.starts_with("  ") && !l.starts_with("   ") && !l.trim().starts_with("help"))
        .count();
    assert_eq!(pages, listed + 1);
    let page = fs::read_to_string(folder.path().join("jinxiu-query.1")).unwrap();
    assert!(page.contains("jinxiu\\-query") && page.contains("\\-\\-timeout"), "{page}");
}

#[test]
fn the_doctor_says_what_is_sound_and_what_is_not() {
    let sample = Sample::new();
    let well = sample.run(&["doctor"]);
    assert_eq!(well.code, 0, "{well:?}");
    for words in [
        "ok   version: ",
        "ok   data: rules ",
        "ok   store: 2 documents",
        "files and indexes agree",
        "fonts: ",
    ] {
        assert!(well.out.contains(words), "no {words} in\n{}", well.out);
    }
    let (code, out) = jinxiu(&["doctor", "--store", "/no/such/store"]);
    assert!(code == 1 && out.contains("BAD  store: "), "{out}");
}

#[test]
fn names_and_sentences_are_found_by_any_part_in_either_script() {
    let sample = Sample::new();
    let find = |words: &str| sample.run(&["find", words]);
    assert!(find("產線").ok().contains("project:丁生产线\t丁生产线"));
    let out = find("市").ok();
    assert!(out.lines().next().unwrap().ends_with("市"), "{out}");
    let out = find("市场主体").ok();
    assert!(out.contains("alpha:") && out.contains("beta:") && out.contains("市場主體達到65萬戶"), "{out}");
    let none = find("火星");
    assert_eq!(
        (none.code, none.out.as_str(), none.err.trim()),
        (1, "", "jinxiu: nothing in the store holds 火星")
    );
    let json = sample.run(&["find", "新材料", "-f", "jsonl", "--limit", "1"]);
    assert!(json.out.contains("\"name\":\"新材料\"") && json.err.contains("1 of "), "{json:?}");
    assert_eq!(sample.run(&["find", " "]).code, 2);
}

#[test]
fn the_index_follows_the_store() {
    let sample = Sample::new();
    let index = sample.store().join("find-index");
    let changed = || fs::metadata(index.join("meta.json")).unwrap().modified().unwrap();
    let made = changed();
    assert_eq!(sample.run(&["find", "辛市"]).code, 0);
    assert_eq!(changed(), made, "a search needs not write");
    assert_eq!(sample.run(&["remove", "beta"]).code, 0);
    assert!(changed() > made, "a change writes the index");
    assert_eq!(sample.run(&["find", "辛市"]).code, 1);
    let text = sample.folder().join("gamma.txt");
    fs::write(&text, "合肥市位于安徽省。").unwrap();
    assert_eq!(sample.run(&["build", text.to_str().unwrap()]).code, 0);
    assert!(sample.run(&["find", "合肥"]).ok().contains("place:合肥市"));
    assert!(sample.run(&["find", "丁生产"]).ok().contains("丁生产线"));
    assert_eq!(sample.run(&["doctor"]).code, 0);
    let update = "INSERT DATA { GRAPH graph:alpha { place:甲市 skos:altLabel \"甲都\" } }";
    assert_eq!(sample.run(&["update", update]).code, 0);
    assert_eq!(sample.run(&["find", "甲都"]).ok(), "place:甲市\t甲都\n");
}

#[test]
fn an_index_that_a_stopped_run_left_behind_is_brought_in_step() {
    let sample = Sample::of(&[alpha()]);
    let finds = |store: &Store, words: &str| store.search(words, 9).unwrap().1 > 0;
    let of_beta_alone = |store: &Store| finds(store, "辛市") && !finds(store, "丁生产线");
    let mut writing = Store::open_for_writing(&sample.store()).unwrap();
    writing.load("beta", &beta().quads()).unwrap();
    writing.remove("alpha").unwrap();
    let folder = sample.store().join("find-index");
    let entries = || fs::read_dir(&folder).unwrap().count();
    let before = entries();
    assert!(of_beta_alone(&sample.open()), "beside a writer");
    assert!(of_beta_alone(&writing) && entries() == before);
    drop(writing);
    assert!(of_beta_alone(&sample.open()), "after it was stopped");
    fs::remove_dir_all(&folder).unwrap();
    assert!(of_beta_alone(&sample.open()), "removed");
    fs::write(folder.join("meta.json"), "{").unwrap();
    assert!(of_beta_alone(&sample.open()), "damaged");
    let exported = sample.run(&["export"]).ok();
    assert!(!exported.contains("unindexed"), "{exported}");
}
