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
    let nowhere = sample.run(&["path", "甲市", "甲市", "-f", "tsv"]);
    assert_eq!((nowhere.code, nowhere.out.lines().count()), (0, 1), "{nowhere:?}");
    assert!(nowhere.err.contains("甲市 and 甲市 are one thing"), "{nowhere:?}");
    assert!(sample.run(&["path", "乙集团", "无此市"]).err.contains("nothing is called"));
}

#[test]
fn neighbours_groups_and_ranks_are_listed() {
    let sample = Sample::new();
    let near = sample.run(&["neighbors", "辛市", "-f", "tsv"]).ok();
    let row = "1\t新材料\tindustry:新材料\t辛市 发展产业 新材料\tbeta\t辛市發展新材料。";
    assert!(near.lines().any(|line| line == row), "{near}");
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
    let clean = sample.run(&["export", "--canonical"]).ok();
    for _ in 0..2 {
        for command in ["rank", "communities", "components"] {
            sample.run(&[command, "--save"]).ok();
        }
        let kept = "ASK { place:甲市 jx:pageRank ?r ; jx:betweenness ?b ; jx:community ?g ; jx:component 1 }";
        assert_eq!(sample.run(&["query", kept]).code, 0);
        let numbers = "SELECT (COUNT(?c) AS ?n) { place:甲市 jx:community|jx:component ?c }";
        assert_eq!(sample.run(&["query", numbers, "-f", "csv"]).ok().lines().nth(1), Some("2"));
    }
    let origin =
        "ASK { GRAPH ?g { ?g prov:wasDerivedFrom ?d ; schema:softwareVersion ?v . ?x jx:component ?c } }";
    assert_eq!(sample.run(&["query", origin]).code, 0);
    assert_eq!(sample.run(&["verify"]).code, 0);
    assert_eq!(sample.run(&["check"]).code, 0);
    let text = sample.folder().join("c.txt");
    std::fs::write(&text, "太原市。").unwrap();
    sample.run(&["add", text.to_str().unwrap()]).ok();
    assert_eq!(sample.run(&["query", "ASK { ?x jx:pageRank|jx:community|jx:component ?r }"]).code, 1);
    sample.run(&["remove", "c"]).ok();
    assert_eq!(sample.run(&["export", "--canonical"]).ok(), clean);
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
    let undated = sample.run(&["timeline", "丁生产线"]).ok();
    assert!(undated.contains("时间不明\n    项目状态 → 签约"), "{undated}");
    let nothing = sample.run(&["timeline", "新材料"]);
    assert_eq!(nothing.code, 1);
    assert!(nothing.err.contains("no figure, stage, office or policy of 新材料 is stated"), "{nothing:?}");
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

#[test]
fn a_timeline_tells_when_something_happened_and_else_when_it_was_reported() {
    use crate::sample::Doc;
    use jinxiu::document::{Class, Predicate};
    let doc = |id: &str, text: &str, stage: &str| {
        Doc::new(id, text).entity(Class::Project, "丁生产线").relation("丁生产线", Predicate::Status, stage)
    };
    let first = "2023-03-02 10:00\n2022年5月8日，丁生产线项目开工。";
    let second = "2023-09-04 10:00\n记者获悉，丁生产线项目投产。";
    let person = Doc::new("c", "2023-09-04 10:00\n2023年8月，王小明任常务副市长。")
        .entity(Class::Person, "王小明")
        .entity(Class::Position, "常务副市长")
        .relation("王小明", Predicate::HoldsPosition, "常务副市长");
    let sample = Sample::of(&[doc("a", first, "started"), doc("b", second, "inProduction"), person]);
    let out = sample.run(&["timeline", "丁生产线"]).ok();
    let (happened, reported) = (out.find("2022-05-08\n").unwrap(), out.find("2023-09-04 报道\n").unwrap());
    assert!(happened < reported && out.contains("— a, 2023-03-02"), "{out}");
    let json = sample.run(&["timeline", "王小明", "-f", "json"]).ok();
    let moments: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&moments[0]["period"], &moments[0]["dated"]), (&"2023-08".into(), &"said".into()), "{json}");
    assert_eq!(moments[0]["statements"][0]["evidence"][0]["reported"], "2023-09-04");
}
