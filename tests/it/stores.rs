use crate::sample::{Sample, alpha, beta};
use assert_cmd::Command;
use jinxiu::rdf::Base;
use jinxiu::store::{Store, StoreError};
use std::fs;

#[test]
fn a_missing_store_is_said_with_the_command_that_makes_one() {
    let folder = tempfile::tempdir().unwrap();
    let error = Store::open(&folder.path().join("none")).err().unwrap();
    assert!(matches!(error, StoreError::Missing { .. }));
    assert!(error.to_string().contains("jinxiu build TEXT… --store"));
}

#[test]
fn a_folder_with_other_files_is_not_turned_into_a_store() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("thesis.docx"), "x").unwrap();
    let error = Store::create(folder.path(), &Base::default()).err().unwrap();
    assert!(matches!(error, StoreError::Occupied { .. }), "{error}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn what_a_run_killed_in_its_first_instant_leaves_becomes_a_store() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["LOCK", "LOG", "IDENTITY", "MANIFEST-000001", "000001.dbtmp"] {
        fs::write(folder.path().join(name), "").unwrap();
    }
    drop(Store::create(folder.path(), &Base::default()).unwrap());
    assert!(Store::open(folder.path()).unwrap().documents().unwrap().is_empty());
}

#[test]
fn a_second_writer_is_told_that_the_store_is_in_use() {
    let sample = Sample::new();
    let _writer = Store::open_for_writing(&sample.store()).unwrap();
    let error = Store::open_for_writing(&sample.store()).err().unwrap();
    assert!(matches!(error, StoreError::Locked { .. }), "{error}");
}

#[test]
fn readers_work_beside_each_other_and_beside_a_writer() {
    let sample = Sample::new();
    let writer = Store::open_for_writing(&sample.store()).unwrap();
    let (one, two) = (sample.open(), sample.open());
    assert_eq!(one.documents().unwrap(), two.documents().unwrap());
    assert_eq!(writer.documents().unwrap().len(), 2);
}

#[test]
fn a_damaged_store_is_said_to_be_damaged() {
    let sample = Sample::new();
    for entry in fs::read_dir(sample.store()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name.starts_with("MANIFEST") || name.ends_with(".sst") {
            fs::write(&path, "not a store").unwrap();
        }
    }
    let outcome = sample.run(&["stats"]);
    assert_eq!(outcome.code, 4, "{outcome:?}");
    assert!(outcome.err.contains("the store is damaged"), "{outcome:?}");
    assert_eq!(outcome.err.lines().count(), 1, "{outcome:?}");
}

#[test]
fn a_missing_store_ends_every_reading_subcommand_with_code_4() {
    for args in [
        vec!["query", "ASK {}"],
        vec!["ask", "offices"],
        vec!["show", "x"],
        vec!["export"],
        vec!["stats"],
        vec!["verify"],
    ] {
        let mut command = Command::cargo_bin("jinxiu").unwrap();
        let assert = command.args(&args).args(["--store", "/nowhere/at/all"]).assert().code(4);
        let said = String::from_utf8(assert.get_output().stderr.clone()).unwrap();
        assert!(said.contains("there is no store here"), "{args:?}: {said}");
    }
}

#[test]
fn loading_a_document_again_replaces_it_whole() {
    let sample = Sample::new();
    let before = exported(&sample);
    let mut store = Store::open_for_writing(&sample.store()).unwrap();
    store.load("beta", &[]).unwrap();
    store.load("beta", &beta().quads()).unwrap();
    store.finish().unwrap();
    drop(store);
    assert_eq!(exported(&sample), before);
}

#[test]
fn removing_a_document_leaves_what_a_clean_build_of_the_rest_gives() {
    let (both, one) = (Sample::new(), Sample::of(&[alpha()]));
    let mut store = Store::open_for_writing(&both.store()).unwrap();
    assert!(store.remove("beta").unwrap());
    assert!(!store.remove("beta").unwrap());
    store.finish().unwrap();
    drop(store);
    assert_eq!(exported(&both), exported(&one));
}

#[test]
fn the_order_of_loading_does_not_matter() {
    assert_eq!(exported(&Sample::of(&[alpha(), beta()])), exported(&Sample::of(&[beta(), alpha()])));
}

#[test]
fn every_statement_of_the_sample_is_proved() {
    let outcome = Sample::new().run(&["verify"]);
    assert_eq!((outcome.code, outcome.out.as_str()), (0, ""), "{outcome:?}");
    assert!(outcome.err.contains("2 documents checked, 0 failures"), "{outcome:?}");
}

#[test]
fn a_statement_whose_words_do_not_stand_in_the_text_fails_the_proof() {
    let forged: Vec<_> = alpha()
        .quads()
        .into_iter()
        .map(|mut quad| {
            if let oxrdf::Term::Literal(l) = &quad.object
                && quad.predicate.as_str().ends_with("exact")
                && l.value() == "丁生产线"
            {
                quad.object = oxrdf::Literal::new_simple_literal("丁产品线").into();
            }
            quad
        })
        .collect();
    let sample = Sample::new();
    let mut store = Store::open_for_writing(&sample.store()).unwrap();
    store.load("alpha", &forged).unwrap();
    store.finish().unwrap();
    drop(store);
    let outcome = sample.run(&["verify"]);
    assert_eq!(outcome.code, 1);
    assert!(outcome.out.contains("quotes “丁产品线” where the text has “丁生产线”"), "{outcome:?}");
}

#[test]
fn stats_count_what_is_there() {
    let out = Sample::new().run(&["stats", "--format", "tsv"]).ok();
    for line in [
        "documents\t文本\t2",
        "jx:Place\t地方\t2",
        "jx:Project\t项目\t2",
        "jx:Figure\t数据\t4",
        "jx:develops\t发展产业\t4",
    ] {
        assert!(out.contains(line), "no {line} in\n{out}");
    }
    let json: serde_json::Value =
        serde_json::from_str(&Sample::new().run(&["stats", "-f", "json"]).ok()).unwrap();
    assert_eq!(json["classes"]["Target"], 1);
}

#[test]
fn show_gives_each_statement_with_its_sentence() {
    let out = Sample::new().run(&["show", "丁生產線"]).ok();
    for words in [
        "丁生产线",
        "建设单位 → 乙集团",
        "项目状态 → 签约",
        "乙集团建设的【丁生产线】签约落地甲市",
        "rule:by-hand",
    ] {
        assert!(out.contains(words), "no {words} in\n{out}");
    }
}

#[test]
fn things_are_named_as_answers_print_them_too() {
    let sample = Sample::new();
    let by_name = sample.run(&["show", "丁生产线"]).ok();
    for iri in ["project:丁生产线", "<https://w3id.org/jinxiu/id/project/丁生产线>", "jxid:project/丁生产线"]
    {
        assert_eq!(sample.run(&["show", iri]).ok(), by_name, "{iri}");
    }
    let why = sample.run(&["why", "project:丁生产线", "jx:developedBy", "enterprise:乙集团"]).ok();
    assert!(why.contains("建设单位 → 乙集团"), "{why}");
    assert_eq!(sample.run(&["show", "project:无"]).code, 1);
}

#[test]
fn show_names_what_comes_close_when_nothing_fits() {
    let outcome = Sample::new().run(&["show", "生产线"]);
    assert_eq!(outcome.code, 1);
    assert!(outcome.err.contains("nothing is called 生产线; there are: 丁生产线"), "{outcome:?}");
}

fn exported(sample: &Sample) -> String {
    sample.run(&["export", "--format", "nquads"]).ok()
}
