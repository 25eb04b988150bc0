use crate::sample::{Doc, Sample, alpha, beta};
use jinxiu::document::{Class, Predicate};
use jinxiu::graph::Decisions;
use jinxiu::rdf::Base;
use jinxiu::store::{Query, Store};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// Versions of documents that share names with one another: plainly, by the plain form of a zone's name, by a short name
/// that one document explains, that two explain differently, and by being printed again.
fn version(document: u8, revision: u8) -> Doc {
    let id = format!("doc{document}");
    let long: String = (0x4E00..0x4E80).filter_map(char::from_u32).collect();
    match revision % 7 {
        0 => Doc::new(&id, "甲市发展新材料。太原经开区。")
            .entity(Class::Place, "甲市")
            .entity(Class::Industry, "新材料")
            .entity(Class::Zone, "太原经开区")
            .relation("甲市", Predicate::Develops, "新材料"),
        1 => Doc::new(&id, "太原市经济技术开发区发展新材料产业。乙市。")
            .entity(Class::Zone, "太原市经济技术开发区")
            .entity(Class::Industry, "新材料产业")
            .entity(Class::Place, "乙市")
            .relation("太原市经济技术开发区", Predicate::Develops, "新材料产业"),
        2 => Doc::new(&id, "庚钢位于甲市。")
            .entity(Class::Enterprise, "庚钢")
            .entity(Class::Place, "甲市")
            .relation("庚钢", Predicate::LocatedIn, "甲市"),
        3 => Doc::new(&id, "庚辛钢铁有限公司（庚钢）位于甲市。")
            .entity(Class::Enterprise, "庚辛钢铁有限公司")
            .alias("庚辛钢铁有限公司", "庚钢")
            .entity(Class::Place, "甲市")
            .relation("庚辛钢铁有限公司", Predicate::LocatedIn, "甲市"),
        4 => Doc::new(&id, "庚申炼钢有限公司（庚钢）位于乙市。")
            .entity(Class::Enterprise, "庚申炼钢有限公司")
            .alias("庚申炼钢有限公司", "庚钢")
            .entity(Class::Place, "乙市"),
        5 => Doc::new(&id, "太原市经开区位于乙市。")
            .entity(Class::Zone, "太原市经开区")
            .entity(Class::Place, "乙市")
            .relation("太原市经开区", Predicate::LocatedIn, "乙市"),
        _ => Doc::new(&id, &format!("甲市发展新材料。{long}。{document}"))
            .entity(Class::Place, "甲市")
            .entity(Class::Industry, "新材料")
            .relation("甲市", Predicate::Develops, "新材料"),
    }
}

const DECISIONS: [&str; 5] = [
    "",
    "different\tzone:太原经开区\tzone:太原市经济技术开发区\nreject\tplace:甲市\tdevelops\tindustry:新材料\n",
    "same\tenterprise:庚申炼钢有限公司\tenterprise:庚辛钢铁有限公司\nrename\tplace:乙市\t丁市\n",
    "different\tzone:太原经开区\tzone:太原市经开区\n",
    "retype\tplace:甲市\tzone\nsame\tenterprise:庚公司\tenterprise:庚钢\n",
];

#[derive(Debug, Clone)]
enum Change {
    Load(u8, u8),
    LoadTogether(Vec<u8>),
    Remove(u8),
    Decide(usize),
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let change = prop_oneof![
        4 => (0..5u8, 0..7u8).prop_map(|(d, r)| Change::Load(d, r)),
        1 => prop::collection::btree_set(0..5u8, 1..4).prop_map(|d| Change::LoadTogether(d.into_iter().collect())),
        2 => (0..5u8).prop_map(Change::Remove),
        1 => (0..DECISIONS.len()).prop_map(Change::Decide),
    ];
    prop::collection::vec(change, 1..10)
}

/// Every quad, and every triple that queries see, sorted.
fn content(store: &Store) -> (Vec<String>, Vec<String>) {
    let mut quads: Vec<String> = store.as_found(None).unwrap().iter().map(ToString::to_string).collect();
    quads.extend(store.quads(None).unwrap().iter().map(|quad| format!("seen {quad}")));
    quads.sort();
    assert_eq!(store.counts().unwrap(), store.counted().unwrap());
    let query = Query::new("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }");
    let jinxiu::store::Answer::Triples(triples) = store.ask(&query).unwrap() else { panic!("no triples") };
    let mut triples: Vec<String> = triples.map(|t| t.unwrap().to_string()).collect();
    triples.sort();
    (quads, triples)
}

fn apply(change: &Change, store: &mut Store, present: &mut BTreeMap<u8, u8>) {
    match change {
        Change::Decide(number) => store.decide(&Decisions::parse(DECISIONS[*number]).unwrap()).unwrap(),
        Change::Load(document, revision) => {
            let doc = version(*document, *revision);
            store.load(doc.id(), &doc.quads()).unwrap();
            present.insert(*document, *revision);
        }
        Change::LoadTogether(documents) => {
            let docs: Vec<_> = documents.iter().map(|d| version(*d, 1)).collect();
            let all: Vec<_> = docs.iter().map(|d| (d.id().to_owned(), d.quads())).collect();
            store.load_all(&all).unwrap();
            present.extend(documents.iter().map(|d| (*d, 1)));
        }
        Change::Remove(document) => {
            let there = store.remove(&format!("doc{document}")).unwrap();
            assert_eq!(there, present.remove(document).is_some());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 20, ..ProptestConfig::default() })]

    #[test]
    fn after_any_changes_the_store_is_the_one_that_a_clean_build_gives(changes in changes()) {
        let (kept, clean) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let mut store = Store::create(kept.path(), &Base::default()).unwrap();
        let mut present = BTreeMap::new();
        for change in &changes {
            apply(change, &mut store, &mut present);
        }
        store.finish().unwrap();
        let mut fresh = Store::create(clean.path(), &Base::default()).unwrap();
        fresh.decide(store.decisions()).unwrap();
        let docs: Vec<Doc> = present.iter().rev().map(|(document, revision)| version(*document, *revision)).collect();
        let all: Vec<_> = docs.iter().map(|d| (d.id().to_owned(), d.quads())).collect();
        fresh.load_at_once(&all).unwrap();
        fresh.finish().unwrap();
        prop_assert_eq!(content(&store), content(&fresh));
    }
}

#[test]
fn remove_takes_out_what_only_that_document_states() {
    let sample = Sample::new();
    let outcome = sample.run(&["remove", "beta"]);
    assert_eq!(outcome.code, 0, "{outcome:?}");
    assert_eq!(sample.run(&["show", "辛市"]).code, 1);
    assert!(sample.run(&["show", "甲市"]).ok().contains("装备制造业"));
    let unknown = sample.run(&["remove", "alfa"]);
    assert_eq!(unknown.code, 3);
    assert!(unknown.err.contains("the store has no document alfa; the closest one is alpha"), "{unknown:?}");
}

#[test]
fn what_an_interrupted_load_left_is_swept_away() {
    let sample = Sample::new();
    let litter = sample.store().join("bulk-12.sst");
    std::fs::write(&litter, "x").unwrap();
    drop(Store::open_for_writing(&sample.store()).unwrap());
    assert!(!litter.exists());
}

#[test]
fn diff_names_the_statements_and_the_documents() {
    let (both, one) = (Sample::new(), Sample::of(&[alpha()]));
    let store = both.store();
    let run = |args: &[&str]| {
        let mut command = assert_cmd::Command::cargo_bin("jinxiu").unwrap();
        let output = command.arg("diff").args(args).arg(one.store()).arg(&store).output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    let (code, text) = run(&[]);
    assert_eq!(code, Some(1));
    assert!(
        text.contains("place:辛市\n") && text.contains("+ jx:develops industry:新材料  [beta]"),
        "{text}"
    );
    assert!(text.contains("650000 unit:NUM  [beta]") && text.contains(" 0 removed"), "{text}");
    let json: serde_json::Value = serde_json::from_str(&run(&["-f", "json"]).1).unwrap();
    assert_eq!(json["removed"].as_array().unwrap().len(), 0);
    assert!(run(&["-f", "patch"]).1.lines().filter(|l| l.starts_with("A <")).count() > 50);
    assert!(run(&["-f", "markdown"]).1.contains("- place:辛市"));
    let junit = run(&["-f", "junit"]).1;
    assert!(junit.contains("<testcase classname=\"diff\" name=\"place:辛市\">"), "{junit}");
    assert!(
        run(&["-f", "html"]).1.contains("<td>place:辛市</td><td>+</td><td>jx:develops industry:新材料</td>")
    );
}

#[test]
fn diff_spells_names_and_documents_as_they_are() {
    let doc = Doc::new("第 1 号", "太忻一体化经济区（甲市区）发展新材料。")
        .entity(Class::Zone, "太忻一体化经济区（甲市区）")
        .entity(Class::Industry, "新材料")
        .relation("太忻一体化经济区（甲市区）", Predicate::Develops, "新材料");
    let (empty, one) = (Sample::of(&[beta()]), Sample::of(&[doc, beta()]));
    let mut command = assert_cmd::Command::cargo_bin("jinxiu").unwrap();
    let output = command.arg("diff").args([empty.store(), one.store()]).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("zone:太忻一体化经济区(甲市区)\n"), "{text}");
    assert!(text.contains("+ jx:develops industry:新材料  [第 1 号]") && !text.contains('%'), "{text}");
}

#[test]
fn a_store_equals_its_own_export() {
    let sample = Sample::of(&[beta()]);
    for extension in ["nq", "ttl", "jsonld", "rdf"] {
        let path = sample.folder().join(format!("out.{extension}"));
        sample.run(&["export", "-o", path.to_str().unwrap()]).ok();
        let mut command = assert_cmd::Command::cargo_bin("jinxiu").unwrap();
        command.arg("diff").arg(&path).arg(sample.store()).assert().success();
    }
    let broken = sample.folder().join("broken.ttl");
    std::fs::write(&broken, "@prefix a: <http://a/> .\na:b a:c ,, .").unwrap();
    let mut command = assert_cmd::Command::cargo_bin("jinxiu").unwrap();
    let output = command.arg("diff").arg(&broken).arg(sample.store()).output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    assert!(String::from_utf8(output.stderr).unwrap().contains("broken.ttl: line 2, column"));
}

#[test]
fn why_shows_the_sentence_of_one_statement() {
    let sample = Sample::new();
    let out = sample.run(&["why", "丁生產線", "建设单位", "乙集团"]).ok();
    assert!(
        out.contains("建设单位 → 乙集团") && out.contains("乙集团建设的【丁生产线】签约落地甲市"),
        "{out}"
    );
    assert!(!out.contains("位于"), "{out}");
    let out = sample.run(&["why", "丁生产线", "status"]).ok();
    assert!(out.contains("项目状态 → 签约"), "{out}");
    let out = sample.run(&["why", "甲市", "地区生产总值", "--lang", "en"]).ok();
    assert!(
        out.contains("over 500000000000 CNY") && out.contains("【甲市地区生产总值超过5000亿元】"),
        "{out}"
    );
    assert_eq!(sample.run(&["why", "丁生产线", "locatedIn", "乙集团"]).code, 1);
    for unknown in [["丁生产", "status", "signed"], ["甲市", "develops", "材料"]] {
        let outcome = sample.run(&["why", unknown[0], unknown[1], unknown[2]]);
        assert!(outcome.code == 1 && outcome.err.contains("nothing is called"), "{outcome:?}");
        assert!(outcome.err.contains("there are: "), "{outcome:?}");
    }
    let not_stated = sample.run(&["why", "丁生产线", "status", "planned"]);
    assert!(not_stated.err.contains("the store does not state this"), "{not_stated:?}");
}

/// A store of so many documents that share one place and nothing else.
fn store_of(count: u32, folder: &std::path::Path) -> Store {
    let mut store = Store::create(folder, &Base::default()).unwrap();
    let all: Vec<_> = (0..count).map(one_of_many).map(|d| (d.id().to_owned(), d.quads())).collect();
    store.load_at_once(&all).unwrap();
    store.finish().unwrap();
    store
}

fn one_of_many(number: u32) -> Doc {
    let own: String = [0x4E00 + number, 0x5E00 + number].into_iter().filter_map(char::from_u32).collect();
    let (company, text) = (format!("{own}机械有限公司"), format!("{own}机械有限公司位于甲市。"));
    Doc::new(&format!("d{number}"), &text)
        .entity(Class::Place, "甲市")
        .entity(Class::Enterprise, &company)
        .relation(&company, Predicate::LocatedIn, "甲市")
}

#[test]
fn adding_and_removing_a_document_costs_the_same_however_much_the_store_holds() {
    let work_in = |count: u32| {
        let folder = tempfile::tempdir().unwrap();
        let mut store = store_of(count, folder.path());
        let doc = one_of_many(900);
        let before = store.work();
        store.load(doc.id(), &doc.quads()).unwrap();
        let added = store.work() - before;
        store.remove(doc.id()).unwrap();
        (added, store.work() - before - added)
    };
    let (few, many) = (work_in(20), work_in(200));
    assert!(
        many.0 <= few.0 + 20 && many.1 <= few.1 + 20,
        "{few:?} quads were read among 20, {many:?} among 200"
    );
}

#[test]
fn a_text_that_has_not_changed_is_not_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let (one, store) = (folder.path().join("one.txt"), folder.path().join("store"));
    std::fs::write(&one, "太原市发展装备制造业。").unwrap();
    let run = |name: &str| {
        let mut command = assert_cmd::Command::cargo_bin("jinxiu").unwrap();
        let output = command.args([name]).arg(&one).arg("-s").arg(&store).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(!run("build").contains("unchanged"));
    assert!(run("add").contains("1 unchanged, 0 characters"));
    std::fs::write(&one, "太原市发展新材料。").unwrap();
    assert!(!run("add").contains("unchanged"));
}

/// A folder with two texts, and the program run on a store beside them.
struct Texts(tempfile::TempDir);

impl Texts {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let texts = data_of(&["hefei", "taiyuan"]);
        texts.iter().for_each(|(name, text)| std::fs::write(folder.path().join(name), text).unwrap());
        Self(folder)
    }

    fn run(&self, line: &str) -> (i32, String) {
        let mut command = assert_cmd::Command::cargo_bin("jinxiu").unwrap();
        let output = command.current_dir(self.0.path()).args(line.split(' ')).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap() + &said)
    }
}

fn data_of(names: &[&str]) -> Vec<(String, Vec<u8>)> {
    let samples = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data/samples");
    names
        .iter()
        .map(|n| format!("{n}.txt"))
        .map(|n| (n.clone(), std::fs::read(samples.join(n)).unwrap()))
        .collect()
}

#[test]
fn what_is_too_unsure_is_left_out_of_a_store_and_of_what_is_added_later() {
    let texts = Texts::new();
    let (code, _) = texts.run("build hefei.txt taiyuan.txt -s once --min-confidence 0.8");
    assert_eq!(code, 0);
    texts.run("build hefei.txt -s twice --min-confidence 0.8");
    let (code, said) = texts.run("add taiyuan.txt -s twice");
    assert!(code == 0 && said.contains("read with --min-confidence 0.8"), "{said}");
    assert_eq!(texts.run("diff once twice").0, 0);
    assert_eq!(texts.run("verify -s twice").0, 0);
    assert_eq!(texts.run("build hefei.txt taiyuan.txt -s all").0, 0);
    let (code, difference) = texts.run("diff once all -f patch");
    assert!(code == 1 && difference.lines().filter(|l| l.starts_with("A <")).count() > 50);
    let unsure = "query -s twice SELECT(COUNT(*)AS?n){?s?p?o.FILTER(?p=jx:confidence&&?o<0.8)}";
    assert!(texts.run(unsure).1.lines().any(|line| line == "0"), "{:?}", texts.run(unsure));
}

#[test]
fn texts_read_with_another_least_confidence_are_told_of_and_asked_about() {
    let texts = Texts::new();
    texts.run("build hefei.txt -s graph --manifest whole.json");
    let (code, said) = texts.run("add taiyuan.txt -s graph --min-confidence 0.8 --manifest mixed.json");
    assert!(code == 0 && said.contains("--min-confidence 0 and --min-confidence 0.8"), "{said}");
    let (code, said) = texts.run("add taiyuan.txt -s graph");
    assert!(code == 2 && said.contains("say which"), "{said}");
    let (code, said) =
        texts.run("add hefei.txt taiyuan.txt -s graph --min-confidence 0.8 --manifest one.json");
    assert!(code == 0 && said.contains("1 unchanged") && !said.contains(" and --min"), "{said}");
    let (code, said) = texts.run("verify -s graph --manifest whole.json");
    assert!(code == 1 && said.contains("minimum confidence\t0\t0.8"), "{said}");
    assert_eq!(texts.run("verify -s graph --manifest one.json").0, 0);
    assert_eq!(texts.run("build hefei.txt -s other --min-confidence 2").0, 2);
}

#[test]
fn a_reprint_is_marked_and_what_it_repeats_is_counted_once() {
    let (first, again) = (version(1, 6), version(2, 6));
    let sample = Sample::of(&[first, again]);
    let store = sample.open();
    let marks =
        store.quads(None).unwrap().into_iter().filter(|q| q.predicate.as_str().ends_with("reprintOf"));
    let marks: Vec<String> = marks.map(|q| format!("{} {}", q.subject, q.object)).collect();
    assert_eq!(marks.len(), 1);
    assert!(marks[0].contains("document/doc2") && marks[0].contains("document/doc1"), "{marks:?}");
    let out = sample.run(&["why", "甲市", "develops", "新材料"]).ok();
    assert_eq!(out.matches("— doc").count(), 1, "{out}");
    assert_eq!(sample.run(&["verify"]).code, 0);
}

#[test]
fn a_manifest_holds_until_something_changes() {
    let sample = Sample::new();
    let folder = sample.folder().join("texts");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("gamma.txt"), "太原市发展装备制造业。").unwrap();
    let manifest = sample.folder().join("manifest.json");
    let manifest = manifest.to_str().unwrap();
    sample.run(&["build", folder.to_str().unwrap(), "--manifest", manifest]).ok();
    assert_eq!(sample.run(&["verify", "--manifest", manifest]).code, 0);
    sample.run(&["remove", "alpha"]).ok();
    let outcome = sample.run(&["verify", "--manifest", manifest]);
    assert_eq!(outcome.code, 1);
    assert!(outcome.out.contains("text alpha\t") && outcome.out.contains("graph\t"), "{outcome:?}");
}
