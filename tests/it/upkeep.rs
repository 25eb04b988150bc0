use crate::sample::{Doc, Sample, alpha, beta};
use jinxiu::document::{Class, Predicate};
use jinxiu::rdf::Base;
use jinxiu::store::{Query, Store};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// Versions of documents that share names with one another.
fn version(document: u8, revision: u8) -> Doc {
    let text =
        ["甲市发展新材料。", "甲市发展钢铁。乙市。", "乙市发展新材料。甲市。"][usize::from(revision % 3)];
    let doc = Doc::new(&format!("doc{document}"), text).entity(Class::Place, "甲市");
    match revision % 3 {
        0 => doc.entity(Class::Industry, "新材料").relation("甲市", Predicate::Develops, "新材料"),
        1 => doc.entity(Class::Industry, "钢铁").entity(Class::Place, "乙市"),
        _ => doc.entity(Class::Place, "乙市").entity(Class::Industry, "新材料"),
    }
}

#[derive(Debug, Clone)]
enum Change {
    Load(u8, u8),
    LoadTogether(Vec<u8>),
    Remove(u8),
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let change = prop_oneof![
        (0..4u8, 0..3u8).prop_map(|(d, r)| Change::Load(d, r)),
        prop::collection::btree_set(0..4u8, 1..4).prop_map(|d| Change::LoadTogether(d.into_iter().collect())),
        (0..4u8).prop_map(Change::Remove),
    ];
    prop::collection::vec(change, 1..9)
}

/// Every quad, and every triple that queries see, sorted.
fn content(store: &Store) -> (Vec<String>, Vec<String>) {
    let mut quads: Vec<String> = store.quads(None).unwrap().iter().map(ToString::to_string).collect();
    quads.sort();
    let query = Query::new("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }");
    let jinxiu::store::Answer::Triples(triples) = store.ask(&query).unwrap() else { panic!("no triples") };
    let mut triples: Vec<String> = triples.map(|t| t.unwrap().to_string()).collect();
    triples.sort();
    (quads, triples)
}

fn apply(change: &Change, store: &mut Store, present: &mut BTreeMap<u8, u8>) {
    match change {
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
    #![proptest_config(ProptestConfig { cases: 12, max_shrink_iters: 20, ..ProptestConfig::default() })]

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
        for (document, revision) in &present {
            let doc = version(*document, *revision);
            fresh.load(doc.id(), &doc.quads()).unwrap();
        }
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
}
