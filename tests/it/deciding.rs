//! What people decide, over every way to the same store: at once, later, by removal, by a build of everything anew.

use std::path::Path;
use tempfile::TempDir;

/// 鼓楼区 is a district of several cities; the second text speaks of two of them.
const TEXTS: [(&str, &str); 3] = [
    ("one", "太原经开区发展新材料产业。山西省位于黄河流域。"),
    ("two", "徐州市鼓楼区发展装备制造业。福州市发展信息技术产业，鼓楼区发展新材料产业。"),
    ("three", "太原市经济技术开发区发展装备制造业。"),
];

const FIRST: usize = 3;
const SECOND: usize = 26;

struct Graph(TempDir);

impl Graph {
    /// Texts beside no store yet.
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (id, text) in TEXTS {
            std::fs::write(folder.path().join(format!("{id}.txt")), text).unwrap();
        }
        Self(folder)
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn run(&self, line: &str) -> (i32, String, String) {
        let mut command = assert_cmd::Command::cargo_bin("jinxiu").unwrap();
        let output = command.current_dir(self.path()).args(line.split(' ')).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap_or(-1), text(output.stdout), text(output.stderr))
    }

    fn ok(&self, line: &str) -> String {
        let (code, out, err) = self.run(line);
        assert_eq!(code, 0, "{line}: {out}{err}");
        out
    }

    fn decide(&self, decisions: &str) {
        std::fs::write(self.path().join("decided.tsv"), decisions).unwrap();
    }

    fn asks(&self, store: &str, pattern: &str) -> bool {
        self.run_query(store, pattern) == 0
    }

    fn run_query(&self, store: &str, pattern: &str) -> i32 {
        let mut command = assert_cmd::Command::cargo_bin("jinxiu").unwrap();
        let query = format!("ASK {{ {pattern} }}");
        let output = command.current_dir(self.path()).args(["query", "-s", store, &query]).output().unwrap();
        output.status.code().unwrap_or(-1)
    }

    fn exported(&self, store: &str) -> String {
        self.ok(&format!("export -s {store} --canonical"))
    }
}

/// Builds before and after the decisions, with texts that go and come, and asks of each way to the same texts.
fn holds_over_every_way(decisions: &str, pattern: &str) {
    let graph = Graph::new();
    graph.decide("");
    graph.ok("build one.txt two.txt three.txt -s kept -q --decisions decided.tsv");
    assert!(!graph.asks("kept", pattern), "{pattern} holds without {decisions}");
    let before = graph.exported("kept");
    graph.decide(decisions);
    graph.ok("add one.txt -s kept -q --decisions decided.tsv");
    assert!(graph.asks("kept", pattern), "{pattern} does not hold by {decisions}");
    graph.ok("remove two -s kept -q --decisions decided.tsv");
    graph.ok("add two.txt -s kept -q --decisions decided.tsv");
    graph.ok("build three.txt two.txt one.txt -s clean -q --decisions decided.tsv");
    assert!(graph.asks("clean", pattern), "{pattern} does not hold of a clean build by {decisions}");
    assert_eq!(graph.exported("kept"), graph.exported("clean"), "{decisions}");
    assert_eq!(graph.run("verify -s clean").0, 0, "{decisions}");
    graph.decide("");
    graph.ok("remove two -s kept -q --decisions decided.tsv");
    graph.ok("add two.txt -s kept -q --decisions decided.tsv");
    assert_eq!(graph.exported("kept"), before, "{decisions} taken back");
}

#[test]
fn same_holds_over_every_way() {
    holds_over_every_way(
        "same\tplace:山西省\tplace:太原市\nsame\tplace:黄河流域\tplace:徐州市\n",
        "place:黄河流域 skos:altLabel \"徐州市\"@zh-Hans",
    );
}

#[test]
fn different_holds_over_every_way() {
    holds_over_every_way(
        "different\tzone:太原经开区\tzone:太原市经济技术开发区\n",
        "zone:太原经开区 jx:develops industry:新材料产业",
    );
}

#[test]
fn rename_retype_and_reject_hold_over_every_way() {
    let name = "rename\tplace:福州市\t榕城\n";
    holds_over_every_way(name, "place:榕城 rdfs:label \"榕城\"@zh-Hans");
    holds_over_every_way("retype\tplace:福州市\tZone\n", "zone:福州市 a jx:Zone");
    holds_over_every_way(
        "reject\tplace:福州市\tdevelops\tindustry:信息技术产业\n",
        "FILTER NOT EXISTS { place:福州市 jx:develops industry:信息技术产业 }",
    );
}

#[test]
fn two_things_of_one_name_in_one_document_are_told_apart_over_every_way() {
    let (first, second) = (format!("place:鼓楼区@two:{FIRST}"), format!("place:鼓楼区@two:{SECOND}"));
    holds_over_every_way(
        &format!("different\t{first}\t{second}\t# two cities\n"),
        &format!(
            "<https://w3id.org/jinxiu/id/place/鼓楼区%40two%3A{FIRST}> jx:develops industry:装备制造业 ; rdfs:label ?a . \
             <https://w3id.org/jinxiu/id/place/鼓楼区%40two%3A{SECOND}> jx:develops industry:新材料产业 ; rdfs:label ?a"
        ),
    );
    holds_over_every_way(
        &format!("different\t{first}\t{second}\nsame\tplace:福州市鼓楼区\t{second}\n"),
        "place:福州市鼓楼区 jx:develops industry:新材料产业 FILTER NOT EXISTS { place:福州市鼓楼区 jx:develops industry:装备制造业 }",
    );
}

#[test]
fn a_mention_that_is_not_there_and_decisions_that_exclude_one_another_are_said() {
    let graph = Graph::new();
    graph.decide("different\tplace:乙区@two:1\tplace:乙区@two:9\n");
    let (code, _, said) = graph.run("build two.txt -s kept --decisions decided.tsv");
    assert!(code == 0 && said.contains("two names nothing there that is place:乙区@two:9"), "{said}");
    let at = |at: usize| format!("place:鼓楼区@two:{at}");
    let (a, b) = (at(FIRST), at(SECOND));
    graph.decide(&format!("same\t{a}\t{b}\ndifferent\t{a}\t{b}\ndifferent\t{a}\t{a}\n"));
    let (code, _, said) = graph.run("add two.txt -s kept --decisions decided.tsv");
    assert!(code == 0 && said.contains("are said to be the same and different; they stay apart"), "{said}");
    assert!(said.contains("is said to be different from itself"), "{said}");
    graph.decide("same\tplace:甲\tplace:乙\nsame\tplace:乙\tplace:丙\ndifferent\tplace:甲\tplace:丙\n");
    let (_, _, said) = graph.run("add two.txt -s kept --decisions decided.tsv");
    assert!(said.contains("are said to be different, yet both to be place:甲; they stay apart"), "{said}");
}
