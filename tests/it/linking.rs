//! Linking as its users meet it: judged links, the review table, links in a store.

use crate::shared;
use assert_cmd::Command;
use std::fs;
use std::path::Path;

/// Runs the program: exit code, standard output, standard error.
pub fn jinxiu(args: &[&str]) -> (i32, String, String) {
    let output = Command::cargo_bin("jinxiu").unwrap().args(args).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

fn quality(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/quality").join(name).display().to_string()
}

#[test]
fn administrative_names_of_the_news_are_linked_as_judged() {
    let gold = quality("places.tsv");
    let (code, out, err) =
        jinxiu(&["link", "eval", &gold, "--errors", "--min-precision", "0.99", "--min-recall", "0.99"]);
    assert_eq!(code, 0, "{out}{err}");
}

#[test]
fn zones_and_industries_of_the_news_are_linked_as_judged() {
    let (zones, industries) = (["0.95", "0.85"], ["0.90", "0.80"]);
    let all = [
        ("zones", zones),
        ("zones-more", zones),
        ("industries", industries),
        ("industries-more", industries),
        ("industries-fresh", industries),
        ("industries-unseen", industries),
    ];
    for (name, [precision, recall]) in all {
        let gold = quality(&format!("{name}.tsv"));
        let least = ["--min-precision", precision, "--min-recall", recall];
        let (code, out, err) = jinxiu(&[&["link", "eval", &gold, "--errors"], &least[..]].concat());
        assert_eq!(code, 0, "{name}: {out}{err}");
    }
}

#[test]
fn enterprises_of_the_news_are_linked_as_judged_with_the_list_of_a_user() {
    let Some(folder) = shared::folder().map(|f| f.join("opendata/companies")).filter(|f| f.is_dir()) else {
        return shared::skip("no list of companies beside the crate");
    };
    let path = |name: &str| folder.join(name).display().to_string();
    let (list, past) = (path("stock_basic_2026-04_henrylin99_MIT.csv"), path("short_name_history.csv"));
    for name in ["", "-more", "-by-shares", "-by-shares-more", "-by-shares-last"] {
        let gold = quality(&format!("enterprises{name}.tsv"));
        let least = ["--min-precision", "0.95", "--min-nil-precision", "0.95"];
        let lists = ["--listed", &list, "--listed-history", &past];
        let (code, out, err) = jinxiu(&[&["link", "eval", &gold, "--errors"], &least[..], &lists].concat());
        assert_eq!(code, 0, "{gold}: {out}{err}");
    }
}

#[test]
fn every_link_that_a_reader_judged_comes_out_so() {
    let Some(folder) = shared::folder().map(|f| f.join("opendata")).filter(|f| f.is_dir()) else {
        return shared::skip("no open data beside the crate");
    };
    let path = |name: &str| folder.join(name).display().to_string();
    let (gold, list, past) = (
        path("linking/seed_gold_links.tsv"),
        path("companies/stock_basic_2026-04_henrylin99_MIT.csv"),
        path("companies/short_name_history.csv"),
    );
    let args = [
        "link",
        "eval",
        &gold,
        "--listed",
        &list,
        "--listed-history",
        &past,
        "--near",
        "太原市",
        "--near",
        "山西省",
        "--year",
        "2022",
        "--errors",
    ];
    let (code, out, err) = jinxiu(&args);
    assert_eq!(code, 0, "{err}");
    let all = out.lines().find(|line| line.starts_with("all\t")).unwrap();
    let (agreed, rows) = all.rsplit('\t').next().unwrap().split_once('/').unwrap();
    assert_eq!(agreed, rows, "{out}");
}

#[test]
fn the_source_list_tells_licence_and_attribution() {
    let (code, out, _) = jinxiu(&["link", "sources"]);
    assert_eq!(code, 0);
    let geonames = out.lines().find(|line| line.starts_with("geonames\t")).unwrap();
    assert!(geonames.contains("CC BY 4.0") && geonames.contains("Contains data of GeoNames"), "{geonames}");
}

#[test]
fn a_namesake_elsewhere_is_explained_and_refused() {
    let (code, out, err) = jinxiu(&["link", "explain", "太原", "gn:12489732", "--near", "山西"]);
    assert_eq!(code, 0, "{err}");
    assert!(out.starts_with("refuse gn:12489732") && out.contains("elsewhere"), "{out}");
    let (code, _, err) = jinxiu(&["link", "explain", "太原", "wd:Q1"]);
    assert!(code == 1 && err.contains("no candidate"), "{err}");
}

#[test]
fn links_go_into_the_store_and_decisions_are_replayed() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (text, store, review, kept) = (path("a.txt"), path("store"), path("review.tsv"), path("links.tsv"));
    fs::write(&text, "山西省太原市发展装备制造业和煤炭产业。太原市的企业很多。\n").unwrap();
    assert_eq!(jinxiu(&["build", &text, "--store", &store]).0, 0);
    let run = ["link", "run", "--store", &store, "--decisions", &kept, "-o", &review];
    let (code, out, err) = jinxiu(&run);
    assert!(code == 0 && out.contains("wikidata\t"), "{out}{err}");
    let described = jinxiu(&["export", "--store", &store, "--describe"]).1;
    for words in [
        "void:subset linkset:",
        "a void:Linkset",
        "dcterms:bibliographicCitation \"Contains data of GeoNames",
    ] {
        assert!(described.contains(words), "no {words} in {described}");
    }
    let ask = |pattern: &str| jinxiu(&["query", "--store", &store, &format!("ASK {{ {pattern} }}")]).0;
    let same = "?p rdfs:label \"太原市\"@zh-Hans ; owl:sameAs wd:Q72778";
    assert_eq!(ask(same), 0, "{}", fs::read_to_string(&review).unwrap());
    assert_eq!(
        ask("GRAPH ?g { ?m a sssom:Mapping ; sssom:object_id wd:Q72778 } GRAPH ?g { ?l a void:Linkset }"),
        0
    );
    let first = fs::read_to_string(&review).unwrap();
    let no = first.lines().map(|line| {
        let mut fields: Vec<&str> = line.split('\t').collect();
        if fields.len() > 15 && fields[5] == "wd:Q72778" {
            (fields[4], fields[13], fields[14]) = ("Not", "reader", "2026-11-22");
        }
        fields.join("\t")
    });
    fs::write(&review, no.collect::<Vec<_>>().join("\n") + "\n").unwrap();
    let decide = ["link", "decide", &review, "--decisions", &kept];
    assert_eq!(jinxiu(&decide).0, 0);
    let once = fs::read_to_string(&kept).unwrap();
    assert_eq!(jinxiu(&decide).0, 0);
    assert_eq!(fs::read_to_string(&kept).unwrap(), once, "the same table again changes nothing");
    assert_eq!(jinxiu(&run).0, 0);
    assert_eq!(ask(same), 1, "refused by a person");
    let old = path("old.tsv");
    fs::write(&old, &first).unwrap();
    let (code, out, _) = jinxiu(&["link", "diff", &old, &review]);
    assert!(code == 1 && out.contains("wd:Q72778") && out.contains("refuse"), "{out}");
    let record = once.lines().last().unwrap().split('\t').next().unwrap().to_owned();
    assert_eq!(jinxiu(&["link", "undo", &record, "--decisions", &kept]).0, 0);
    assert_eq!(jinxiu(&[&run[..], &["--no-sameas"]].concat()).0, 0);
    assert_eq!(ask(same), 1, "identity withheld");
    let table = fs::read_to_string(&review).unwrap();
    assert!(
        first.contains("\towl:sameAs\t") && !table.contains("owl:sameAs"),
        "withheld in the table too: {table}"
    );
    assert_eq!(ask("?p rdfs:label \"太原市\"@zh-Hans ; skos:exactMatch wd:Q72778"), 0);
}

#[test]
fn nothing_is_asked_about_nothing() {
    for args in [
        &["candidates", ""][..],
        &["candidates", " "],
        &["explain", "太原", ""],
        &["candidates", "太原", "--near", ""],
    ] {
        let (code, _, err) = jinxiu(&[&["link"], args].concat());
        assert!(code == 2 && err.contains("name something"), "{args:?}: {err}");
    }
}

/// A table with questions on one thing: two targets of one source, one of another.
const OPEN: &str = "subject_id\tsubject_label\tpredicate_id\tobject_id\tmapping_justification\tobject_source\tdecision\n\
jxid:place/a\t甲\tskos:exactMatch\twd:Q1\tsemapv:CompositeMatching\twikidata\treview\n\
jxid:place/a\t甲\tskos:exactMatch\twd:Q2\tsemapv:CompositeMatching\twikidata\treview\n\
jxid:place/a\t甲\tskos:closeMatch\tgn:1\tsemapv:CompositeMatching\tgeonames\treview\n\
jxid:place/a\t甲\tskos:exactMatch\tgbt2260:1\tsemapv:CompositeMatching\tgbt2260\taccept\n";

#[test]
fn open_questions_are_answered_one_after_another() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (review, kept) = (path("review.tsv"), path("links.tsv"));
    fs::write(&review, OPEN).unwrap();
    let asked = |answers: &str| {
        let args =
            ["link", "review", &review, "--decisions", &kept, "--reviewer", "me", "--date", "2026-11-23"];
        let output = Command::cargo_bin("jinxiu").unwrap().args(args).write_stdin(answers).output().unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
    };
    let decided = || -> Vec<String> {
        let text = fs::read_to_string(&kept).unwrap();
        let rows = text.lines().filter(|line| !line.starts_with(['#', 'r'])).map(|line| {
            let fields: Vec<&str> = line.split('\t').collect();
            [fields[5], fields[13], fields[14], fields[15]].join(" ")
        });
        rows.collect()
    };
    let (code, out) = asked("n\nu\nperhaps\ny\nq\n");
    assert!(
        code == 0 && out.contains("甲 skos:exactMatch wd:Q1") && out.contains("y right, n wrong"),
        "{out}"
    );
    let last = out.rsplit("q end").next().unwrap();
    let once = last.contains("gn:1") && !last.contains("wd:Q2");
    assert!(once, "once one target is right, others of its source are not asked about: {out}");
    assert_eq!(decided(), ["wd:Q1 me 2026-11-23 accept"]);
    let (_, out) = asked("n\n");
    assert!(!out.contains("wd:Q1") && out.contains("gn:1"), "what is decided is not asked again: {out}");
    assert_eq!(decided(), ["gn:1 me 2026-11-23 refuse", "wd:Q1 me 2026-11-23 accept"]);
    let again = fs::read_to_string(&kept).unwrap();
    assert_eq!(jinxiu(&["link", "decide", &review, "--decisions", &kept]).0, 0);
    assert_eq!(fs::read_to_string(&kept).unwrap(), again, "open rows decide nothing");
}
