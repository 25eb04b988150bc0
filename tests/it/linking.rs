//! Linking as its users meet it: judged links, the review table, links in a store.

use crate::shared;
use assert_cmd::Command;
use std::fs;
use std::path::Path;

fn jinxiu(args: &[&str]) -> (i32, String, String) {
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
        jinxiu(&["link", "eval", &gold, "--errors", "--min-precision", "0.99", "--min-recall", "0.95"]);
    assert_eq!(code, 0, "{out}{err}");
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
    assert_eq!(ask("?p rdfs:label \"太原市\"@zh-Hans ; skos:exactMatch wd:Q72778"), 0);
}
