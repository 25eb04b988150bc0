//! The scorer agrees with the reference scorer, whatever a system finds.

use crate::shared;
use assert_cmd::Command;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

/// Numbers that look like chance and are the same every time.
struct Chance(u64);

impl Chance {
    fn one_in(&mut self, n: u64) -> bool {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33).is_multiple_of(n)
    }
}

fn list<'a>(document: &'a mut Value, key: &str) -> &'a mut Vec<Value> {
    document[key].as_array_mut().unwrap()
}

/// A document as a middling system would find it: some things lost, some doubled, some wrong.
fn perturbed(document: &Value, chance: &mut Chance, n: u64) -> Value {
    let mut found = document.clone();
    let classes = ["Place", "Zone", "Enterprise", "Project", "Industry"];
    list(&mut found, "entities").retain(|_| !chance.one_in(n));
    for (place, entity) in list(&mut found, "entities").iter_mut().enumerate() {
        if chance.one_in(n) {
            entity["type"] = json!(classes[place % classes.len()]);
        }
        if chance.one_in(n) {
            entity["name"] = entity["aliases"].get(0).cloned().unwrap_or(json!("某"));
            entity["aliases"] = json!([]);
        }
        for mention in entity["mentions"].as_array_mut().unwrap() {
            if chance.one_in(n) {
                mention[1] = json!(mention[1].as_u64().unwrap() + 1);
            }
        }
        let id = entity["id"].as_str().unwrap().to_owned();
        entity["id"] = json!(format!("s{id}"));
    }
    let extra = list(&mut found, "entities").first().cloned();
    list(&mut found, "entities").extend(extra.map(|mut entity| {
        entity["id"] = json!("double");
        entity
    }));
    for relation in list(&mut found, "relations") {
        for end in ["subject", "object"] {
            if let Some(id) = relation[end].as_str().map(str::to_owned) {
                relation[end] = json!(format!("s{id}"));
            }
        }
        if chance.one_in(n) {
            relation["predicate"] = json!("locatedIn");
        }
    }
    list(&mut found, "relations").retain(|_| !chance.one_in(n));
    for (place, figure) in list(&mut found, "observations").iter_mut().enumerate() {
        let subject = figure["subject"].as_str().unwrap().to_owned();
        figure["subject"] = json!(format!("s{subject}"));
        if chance.one_in(n) {
            figure["period"] = json!("2020");
        }
        if chance.one_in(n) {
            let shorter: String = figure["indicator"].as_str().unwrap().chars().skip(place % 4).collect();
            figure["indicator"] = json!(shorter);
        }
        if chance.one_in(n) {
            figure["value"] = json!(figure["value"].as_f64().unwrap() * 1.01);
        }
    }
    found
}

fn reference(gold: &Path, system: &Path, scorer: &Path, option: &str) -> String {
    let output =
        std::process::Command::new("python3").arg(scorer).args([gold, system]).arg(option).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn ours(gold: &Path, system: &Path, option: &str) -> String {
    let mut command = Command::cargo_bin("jinxiu").unwrap();
    let output = command.arg("eval").arg(gold).arg("--system").arg(system).arg(option).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn scores_what_the_reference_scorer_scores() {
    let Some(folder) = shared::folder().filter(|_| shared::python_has("opencc")) else {
        return shared::skip("needs the shared folder and Python with opencc");
    };
    let (scorer, gold) = (folder.join("evaluation/score.py"), folder.join("evaluation/dev/gold.jsonl"));
    let documents: Vec<Value> =
        fs::read_to_string(&gold).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let scratch = tempfile::tempdir().unwrap();
    for n in [2, 3, 5, 9, 1000] {
        let mut chance = Chance(n);
        let found: Vec<String> =
            documents.iter().skip(1).map(|d| perturbed(d, &mut chance, n).to_string()).collect();
        let system = scratch.path().join(format!("{n}.jsonl"));
        fs::write(&system, found.join("\n")).unwrap();
        let (theirs, our) =
            (reference(&gold, &system, &scorer, "--json"), ours(&gold, &system, "--format=json"));
        let [theirs, our]: [Value; 2] = [theirs, our].map(|text| serde_json::from_str(&text).unwrap());
        assert_eq!(our, theirs, "one in {n}");
        assert_eq!(ours(&gold, &system, "--per-type"), reference(&gold, &system, &scorer, "--per-type"));
        let lines = |text: String| {
            let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
            lines.sort();
            lines
        };
        let differences = (ours(&gold, &system, "--errors"), reference(&gold, &system, &scorer, "--errors"));
        assert_eq!(lines(differences.0), lines(differences.1));
    }
}

#[test]
fn faults_documents_intervals_and_another_run_are_shown_on_request() {
    let folder = tempfile::tempdir().unwrap();
    let line = |id: &str, class: &str, end: usize| {
        format!(
            "{{\"id\":\"{id}\",\"entities\":[{{\"id\":\"e1\",\"type\":\"{class}\",\"name\":\"甲市\",\"mentions\":[[0,{end}]]}}]}}\n"
        )
    };
    let write = |name: &str, text: String| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let gold = write("gold.jsonl", line("a", "Place", 2) + &line("b", "Place", 2));
    let system = write("system.jsonl", line("a", "Zone", 2) + &line("b", "Place", 3));
    let mut command = assert_cmd::Command::cargo_bin("jinxiu").unwrap();
    let args =
        ["eval", &gold, "--system", &system, "--faults", "--documents", "--intervals", "--against", &gold];
    let out = String::from_utf8(command.args(args).output().unwrap().stdout).unwrap();
    assert!(
        out.contains("  boundary               1\n") && out.contains("  type                   1\n"),
        "{out}"
    );
    assert!(out.contains("\n  a     0.000  ") && out.contains("mentions      0.000  0.000\n"), "{out}");
    assert!(out.contains("mentions      +1.000  +1.000  +1.000   0.000\n"), "{out}");
}

#[test]
fn a_page_shows_the_texts_with_what_is_right_missing_and_spurious() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let entity = |id: usize, class: &str, name: &str, start: usize| json!({"id": format!("e{id}"), "type": class, "name": name, "mentions": [[start, start + name.chars().count()]]});
    let line = |entities: Vec<Value>| json!({"id": "a", "entities": entities}).to_string();
    let (place, industry) = (entity(1, "Place", "太原市", 0), entity(2, "Industry", "装备制造业", 5));
    write("texts/a.txt", "太原市发展装备制造业 <b>甲公司</b>。");
    let gold = write("gold.jsonl", &line(vec![place.clone(), industry]));
    let found = write("found.jsonl", &line(vec![place, entity(3, "Enterprise", "甲公司", 14)]));
    let texts = folder.path().join("texts");
    let page = folder.path().join("report.html");
    let run = |args: &[&str]| {
        let mut command = Command::cargo_bin("jinxiu").unwrap();
        let output = command.arg("eval").arg(&gold).arg("--texts").arg(&texts).args(args).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    run(&["--system", &found, "--against", &gold, "--html", page.to_str().unwrap()]);
    let html = fs::read_to_string(&page).unwrap();
    for words in [
        "<span class=\"true\" title=\"true Place\"><sup>Place</sup>太原市</span>发展",
        "<span class=\"missing\" title=\"missing Industry\"><sup>Industry</sup>装备制造业</span>",
        " &lt;b&gt;<span class=\"spurious\" title=\"spurious Enterprise\"><sup>Enterprise</sup>甲公司</span>&lt;/b&gt;",
        "The other run less this one",
        "missed entity: Industry 装备制造业",
    ] {
        assert!(html.contains(words), "no {words} in\n{html}");
    }
    let rules = run(&["--rules", "--html", page.to_str().unwrap()]);
    assert!(rules.contains("By what found it"), "{rules}");
    let place = rules
        .lines()
        .find(|line| line.contains(":division") || line.contains("  ending:") || line.contains("tagger"));
    assert!(place.is_some_and(|line| line.split_whitespace().count() == 4), "{rules}");
    assert!(fs::read_to_string(&page).unwrap().contains("By what found it"));
}

#[test]
fn nothing_in_texts_or_annotations_becomes_markup_of_a_page() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (id, words) = ("\"><img src=x onerror=alert(1)>", "<script>alert('甲')</script>");
    let line = |class: &str, name: &str| json!({"id": id, "entities": [{"id": "e1", "type": class, "name": name, "mentions": [[0, name.chars().count()]]}]});
    fs::create_dir(at("texts")).unwrap();
    fs::write(folder.path().join("texts").join(format!("{id}.txt")), format!("{words}“&”</div></body>"))
        .unwrap();
    fs::write(at("gold.jsonl"), line("<u>", words).to_string()).unwrap();
    fs::write(at("found.jsonl"), line("\" onclick=\"alert(2)", words).to_string()).unwrap();
    let mut command = Command::cargo_bin("jinxiu").unwrap();
    command.arg("eval").arg(at("gold.jsonl")).arg("--texts").arg(at("texts"));
    command.args([
        "--system",
        &at("found.jsonl"),
        "--against",
        &at("gold.jsonl"),
        "--html",
        &at("page.html"),
    ]);
    command.assert().success();
    let html = fs::read_to_string(at("page.html")).unwrap();
    assert!(html.contains("&lt;script&gt;alert("), "{html}");
    for markup in ["<script", "<img", "<u>", "</div></body>", "\" onclick"] {
        assert!(!html.contains(markup), "{markup} in\n{html}");
    }
}

/// Two texts in which a system errs once each; what eval prints of them, and its code.
fn erring() -> impl Fn(&[&str]) -> (i32, String) {
    let folder = tempfile::tempdir().unwrap();
    let line = |id: &str, class: &str, end: usize| {
        let entity = json!({"id": "e1", "type": class, "name": "甲|乙", "mentions": [[0, end]]});
        json!({"id": id, "entities": [entity]}).to_string() + "\n"
    };
    fs::write(folder.path().join("gold.jsonl"), line("a", "Place", 3) + &line("b", "Place", 3)).unwrap();
    fs::write(folder.path().join("found.jsonl"), line("a", "Place", 3) + &line("b", "Zone", 3)).unwrap();
    move |more: &[&str]| {
        let mut command = Command::cargo_bin("jinxiu").unwrap();
        let command =
            command.current_dir(folder.path()).args(["eval", "gold.jsonl", "--system", "found.jsonl"]);
        let output = command.args(more).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap() + &said)
    }
}

#[test]
fn build_servers_get_a_test_case_for_each_level() {
    let run = erring();
    let (code, out) = run(&["-f", "junit", "--min-mentions", "0.9", "--min-entities", "0.5", "--errors"]);
    assert_eq!(code, 1, "{out}");
    let (xml, said) = out.split_at(out.find("</testsuite>").unwrap() + 12);
    assert!(said.contains("F1 of mentions is 0.500, below 0.9"), "{said}");
    assert!(xml.contains("<testsuite name=\"jinxiu eval\" tests=\"5\" failures=\"1\">"), "{xml}");
    let failed = "<testcase classname=\"eval\" name=\"mentions\">\n<failure message=\"F1 of mentions is 0.500, below 0.9\">";
    assert!(
        xml.contains(failed) && xml.contains("<testcase classname=\"eval\" name=\"entities\">\n<system-out>"),
        "{xml}"
    );
    assert!(xml.contains("b: missed entity Place 甲|乙"), "{xml}");
    let (code, out) = run(&["-f", "junit", "--min-mentions", "0.5"]);
    assert!(code == 0 && out.contains("failures=\"0\""), "{out}");
}

#[test]
fn a_report_in_markdown_holds_all_that_is_asked_for() {
    let run = erring();
    let (_, out) = run(&[
        "-f",
        "markdown",
        "--per-type",
        "--faults",
        "--documents",
        "--errors",
        "--against",
        "gold.jsonl",
    ]);
    for words in [
        "# jinxiu eval\n\n## Scores\n\n|  | P | R | F1 | right | gold | found |\n| --- |",
        "| mentions | 0.500 | 0.500 | 0.500 | 1 | 2 | 2 |",
        "| mentions/Zone | 0.000 | 0.000 | 0.000 | 0 | 0 | 1 |",
        "| type | 1 |",
        "| b | missed entity | Place 甲\\|乙 |",
        "| mentions | +0.500 |",
    ] {
        assert!(out.contains(words), "no {words} in\n{out}");
    }
}

#[test]
fn the_extension_of_the_file_tells_the_format_of_a_report() {
    let run = erring();
    let folder = tempfile::tempdir().unwrap();
    for (name, begin) in [
        ("a.xml", "<?xml"),
        ("a.md", "# jinxiu eval"),
        ("a.html", "<!DOCTYPE html>"),
        ("a.json", "{\n"),
        ("a.txt", "        "),
    ] {
        let file = folder.path().join(name);
        assert_eq!(run(&["-o", file.to_str().unwrap()]), (0, String::new()));
        assert!(fs::read_to_string(&file).unwrap().starts_with(begin), "{name}");
    }
    let (code, out) = run(&["-o", "a.docx"]);
    assert!(code == 2 && out.contains("no format goes with the extension .docx"), "{out}");
}

#[test]
fn json_holds_numbers_and_what_else_is_asked_for() {
    let run = erring();
    let (_, out) = run(&["-f", "json", "--faults", "--documents", "--against", "gold.jsonl", "--errors"]);
    let json: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(json["mentions"]["f1"], 0.5);
    assert_eq!(json["faults"][1], json!({"name": "type", "count": 1}));
    assert_eq!(json["documents"][1]["mentions"], 0.0);
    assert_eq!(json["contrast"][0]["F1"], 0.5);
    assert_eq!(
        json["differences"][0],
        json!({"document": "b", "fault": "missed entity", "what": "Place 甲|乙"})
    );
}

/// A folder with two texts that name one city, their annotation, and what is said of it on the way.
fn annotated_texts() -> (tempfile::TempDir, impl Fn(&[&str]) -> (i32, String)) {
    let folder = tempfile::tempdir().unwrap();
    let texts = [("a", "太原市发展装备制造业。"), ("b", "走进太原，装备制造业很强。太原欢迎你。")];
    let entity = |id: &str, class: &str, name: &str, at: &[[usize; 2]]| json!({"id": id, "type": class, "name": name, "aliases": [], "mentions": at});
    let gold = [
        json!({"id": "a", "entities": [entity("e1", "Place", "太原市", &[[0, 3]]), entity("e2", "Industry", "装备制造业", &[[5, 10]])],
            "relations": [{"subject": "e1", "predicate": "develops", "object": "e2"}]}),
        json!({"id": "b", "entities": [entity("e1", "Place", "太原", &[[2, 4], [13, 15]]), entity("e2", "Industry", "装备制造业", &[[5, 10]])]}),
    ];
    for (name, text) in texts {
        fs::write(folder.path().join(format!("{name}.txt")), text).unwrap();
    }
    let lines: Vec<String> = gold.iter().map(Value::to_string).collect();
    fs::write(folder.path().join("gold.jsonl"), lines.join("\n")).unwrap();
    let place = folder.path().to_owned();
    let run = move |more: &[&str]| {
        let mut command = Command::cargo_bin("jinxiu").unwrap();
        let command = command.current_dir(&place).args(["eval", "gold.jsonl", "--texts", "."]).args(more);
        let output = command.output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap() + &said)
    };
    (folder, run)
}

#[test]
fn calibration_sets_what_is_stated_beside_what_is_right() {
    let (_folder, run) = annotated_texts();
    let (code, out) = run(&["--calibration"]);
    assert!(
        code == 0 && out.contains("confidence of mentions") && out.contains("confidence of relations"),
        "{out}"
    );
    let rows = out.lines().filter(|line| line.starts_with("  0.") && line.contains(" to ")).count();
    assert!(rows >= 2 && out.contains("--min-confidence"), "{out}");
    assert_eq!(run(&["--calibration", "-f", "json"]).0, 2);
    assert!(run(&["--calibration", "-f", "markdown"]).1.contains("```text\nconfidence of mentions"));
}

#[test]
fn identity_is_scored_over_all_documents_together() {
    let (folder, run) = annotated_texts();
    let write = |text: &str| fs::write(folder.path().join("same.tsv"), text).unwrap();
    write("# one city, one industry\n1\ta\te1\n1\tb\te1\n2\ta\te2\n2\tb\te2\n");
    let row = |out: &str, name: &str| {
        let line = out.lines().find(|l| l.contains(name)).unwrap_or_else(|| panic!("{out}")).to_owned();
        line.split(name).nth(1).unwrap().split_whitespace().map(str::to_owned).collect::<Vec<_>>()
    };
    let (code, out) = run(&["--identity", "same.tsv"]);
    assert_eq!(code, 0, "{out}");
    assert_eq!(
        row(&out, "names as annotated, mentions"),
        ["5", "1.000", "1.000", "1.000", "1.000", "1.000", "1.000"]
    );
    assert_eq!(row(&out, "names as annotated, one a document")[0], "4");
    write("1\ta\te1\n2\ta\te2\n2\tb\te2\n");
    let (_, out) = run(&["--identity", "same.tsv"]);
    assert_eq!(row(&out, "names as annotated, mentions")[1..3], ["0.500", "1.000"]);
    write("1 a e1\n");
    let (code, out) = run(&["--identity", "same.tsv"]);
    assert!(code == 3 && out.contains("same.tsv:1: not a label"), "{out}");
}
