use crate::sample::Sample;
use jinxiu::store::Store;
use std::io::Write;
use std::process::{Command, Stdio};

#[test]
fn a_path_is_shown_with_its_sentences() {
    let sample = Sample::new();
    let out = sample.run(&["path", "乙集团", "辛市", "-f", "tsv"]);
    assert_eq!(out.code, 0, "{out:?}");
    assert_eq!(out.out.lines().count(), 1 + 4, "{}", out.out);
    assert!(out.out.contains("辛市\t发展产业\t新材料\tbeta\t"), "{}", out.out);
    assert_eq!(sample.run(&["path", "乙集团", "戊集团"]).code, 1);
    assert!(sample.run(&["path", "乙集团", "无此市"]).err.contains("nothing is called"));
}

#[test]
fn neighbours_groups_and_ranks_are_listed() {
    let sample = Sample::new();
    assert!(sample.run(&["neighbors", "辛市", "-f", "tsv"]).ok().contains("1\t新材料\tindustry:新材料"));
    let out = sample.run(&["components", "-f", "json"]).ok();
    let groups: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(groups[0]["group"], 1);
    assert!(sample.run(&["communities", "-f", "tsv"]).ok().lines().count() > 5);
    let out = sample.run(&["rank", "--by", "betweenness", "--limit", "1", "-f", "tsv"]).ok();
    assert!(out.contains("甲市\tplace:甲市\t"), "{out}");
}

#[test]
fn ranks_are_kept_on_request_until_the_documents_change() {
    let sample = Sample::new();
    sample.run(&["rank", "--save"]).ok();
    assert_eq!(sample.run(&["query", "ASK { place:甲市 jx:pageRank ?r ; jx:community ?c }"]).code, 0);
    sample.run(&["remove", "beta"]).ok();
    assert_eq!(sample.run(&["query", "ASK { ?x jx:pageRank ?r }"]).code, 1);
}

#[test]
fn conflicts_stand_side_by_side_and_a_timeline_goes_by_period() {
    let sample = Sample::new();
    let outcome = sample.run(&["conflicts"]);
    assert_eq!(outcome.code, 1, "{outcome:?}");
    assert!(outcome.out.contains("640000") && outcome.out.contains("650000"), "{}", outcome.out);
    assert!(outcome.out.contains("alpha") && outcome.out.contains("beta"), "{}", outcome.out);
    let out = sample.run(&["timeline", "甲市"]).ok();
    assert!(out.find("2021\n").unwrap() < out.find("2025\n").unwrap(), "{out}");
    sample.run(&["remove", "beta"]).ok();
    assert_eq!(sample.run(&["conflicts", "-f", "json"]).code, 0);
}

#[test]
fn a_review_writes_decisions_resumes_and_is_heeded_by_the_next_change() {
    let sample = Sample::new();
    let review = |answers: &str| {
        let mut child = Command::new(assert_cmd::cargo::cargo_bin("jinxiu"))
            .args(["review", "--below", "1", "--store"])
            .arg(sample.store())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(answers.as_bytes()).unwrap();
        String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap()
    };
    let first = review("n\nu\nn\ny\nq\n");
    let total: usize = first.split(['/', ']']).nth(1).unwrap().parse().unwrap();
    let decisions = std::fs::read_to_string(sample.folder().join("store.decisions.tsv")).unwrap();
    assert!(decisions.contains("reject\t") && decisions.contains("accept\t"), "{decisions}");
    let second = review("q\n");
    assert!(second.starts_with(&format!("[1/{}] ", total - 2)), "{second}");
    let before = Store::open(&sample.store()).unwrap().links().unwrap().len();
    sample.run(&["remove", "beta"]).ok();
    let text = sample.folder().join("b.txt");
    std::fs::write(&text, "太原市。").unwrap();
    sample.run(&["add", text.to_str().unwrap()]).ok();
    assert!(Store::open(&sample.store()).unwrap().links().unwrap().len() < before);
}

#[test]
fn why_same_says_what_joined_two_names_and_what_keeps_two_apart() {
    let sample = Sample::new();
    assert_eq!(sample.run(&["why-same", "乙集团", "戊集团"]).code, 1);
    assert!(sample.run(&["why-same", "乙集团", "乙集团"]).ok().contains("same: enterprise:乙集团"));
}
