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

/// What a shell is offered for the last of some words.
fn offered_by(shell: &str, words: &[&str]) -> Vec<String> {
    let mut command = Command::cargo_bin("jinxiu").unwrap();
    command.env("COMPLETE", shell).env("_CLAP_COMPLETE_INDEX", (words.len() - 1).to_string());
    command.env("_CLAP_IFS", "\n").env("_CLAP_COMPLETE_COMP_TYPE", "9").env("_CLAP_COMPLETE_SPACE", "true");
    let output = command.arg("--").args(words).output().unwrap();
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

fn offered(words: &[&str]) -> Vec<String> {
    offered_by("bash", words)
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
    for shell in ["bash", "zsh", "fish"] {
        let names = offered_by(shell, &["jinxiu", "show", "--store", store, "丁"]);
        assert_eq!(names, ["丁生产线", "丁生產線"], "{shell}");
    }
    let folder = sample.folder().join("mine");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("of-mine.rq"), "# 我的 | Mine\nSELECT * { ?s a jx:Zone }").unwrap();
    let folder = folder.to_str().unwrap();
    assert_eq!(offered(&["jinxiu", "ask", "--questions", folder, "of-"]), ["of-mine"]);
}

#[test]
fn every_subcommand_has_a_page_of_the_manual() {
    let folder = tempfile::tempdir().unwrap();
    let (code, _) = jinxiu(&["man", "--output", folder.path().to_str().unwrap()]);
    assert_eq!(code, 0);
    let pages = fs::read_dir(folder.path()).unwrap().count();
    let listed = |words: &[&str]| -> Vec<String> {
        let help = jinxiu(&[words, &["--help"]].concat()).1;
        let listed =
            help.lines().skip_while(|l| !l.starts_with("Commands:")).skip(1).take_while(|l| !l.is_empty());
        let names = listed.filter(|l| l.starts_with("  ") && !l.starts_with("   "));
        let names = names.filter_map(|l| l.split_whitespace().next()).filter(|name| *name != "help");
        names.map(str::to_owned).collect()
    };
    let above = listed(&[]);
    let below: usize = above.iter().map(|name| listed(&[name]).len()).sum();
    assert!(below > 10, "{below}");
    assert_eq!(pages, 1 + above.len() + below);
    assert!(folder.path().join("jinxiu-link-run.1").exists());
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
    let found = find("產線").ok();
    assert!(
        found.starts_with(
            "iri\tdocument\tstart\tend\twords\nproject:丁生产线\t\t\t\t丁生产线\n\talpha\t80\t109\t"
        ),
        "{found}"
    );
    let out = find("市").ok();
    assert!(out.lines().nth(1).unwrap().ends_with("市"), "{out}");
    let out = find("市场主体").ok();
    assert!(
        out.contains("\talpha\t") && out.contains("\tbeta\t") && out.contains("市場主體達到65萬戶"),
        "{out}"
    );
    let none = find("火星");
    assert_eq!(
        (none.code, none.out.as_str(), none.err.trim()),
        (1, "iri\tdocument\tstart\tend\twords\n", "jinxiu: nothing in the store holds 火星")
    );
    let json = sample.run(&["find", "新材料", "-f", "jsonl", "--limit", "1"]);
    assert_eq!(json.out, "{\"iri\":\"industry:新材料\",\"words\":\"新材料\"}\n");
    assert!(json.err.contains("1 of "), "{json:?}");
    let table = sample.run(&["find", "市场主体", "-f", "table"]).ok();
    assert!(table.lines().nth(1).unwrap().starts_with(" at ") && table.contains(" beta:"), "{table}");
    let file = sample.folder().join("found.csv");
    assert_eq!(sample.run(&["find", "产线", "-o", file.to_str().unwrap()]).out, "");
    let written = fs::read_to_string(file).unwrap();
    assert!(
        written.starts_with("iri,document,start,end,words\r\nproject:丁生产线,,,,丁生产线\r\n,alpha,80,109,"),
        "{written}"
    );
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
    assert_eq!(
        sample.run(&["find", "甲都"]).ok(),
        "iri\tdocument\tstart\tend\twords\nplace:甲市\t\t\t\t甲都\n"
    );
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
