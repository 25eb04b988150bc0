use crate::sample::{Doc, Outcome, Sample};
use jinxiu::document::{Class, Predicate};
use jinxiu::store::Store;

fn zones() -> Sample {
    let one = Doc::new("one", "太原经开区发展新材料。")
        .entity(Class::Zone, "太原经开区")
        .entity(Class::Industry, "新材料")
        .relation("太原经开区", Predicate::Develops, "新材料");
    let two = Doc::new("two", "太原市经济技术开发区发展装备制造业。")
        .entity(Class::Zone, "太原市经济技术开发区")
        .entity(Class::Industry, "装备制造业")
        .relation("太原市经济技术开发区", Predicate::Develops, "装备制造业");
    Sample::of(&[one, two])
}

fn companies(extra: &[Doc]) -> Sample {
    let short = Doc::new("short", "庚钢位于甲市。")
        .entity(Class::Enterprise, "庚钢")
        .entity(Class::Place, "甲市")
        .relation("庚钢", Predicate::LocatedIn, "甲市");
    let full = Doc::new("full", "庚辛钢铁有限公司（庚钢）发展钢铁。")
        .entity(Class::Enterprise, "庚辛钢铁有限公司")
        .alias("庚辛钢铁有限公司", "庚钢");
    let sample = Sample::of(&[short, full]);
    let mut store = Store::open_for_writing(&sample.store()).unwrap();
    extra.iter().for_each(|doc| store.load(doc.id(), &doc.quads()).unwrap());
    store.finish().unwrap();
    sample
}

fn ask(sample: &Sample, query: &str) -> bool {
    sample.run(&["query", query]).code == 0
}

#[test]
fn two_articles_on_one_zone_give_one_thing() {
    let sample = zones();
    assert!(ask(
        &sample,
        "ASK { zone:太原市经济技术开发区 jx:develops industry:新材料, industry:装备制造业 }"
    ));
    assert!(!ask(&sample, "ASK { zone:太原经开区 jx:develops ?x }"));
    let out = sample.run(&["show", "太原经开区"]).ok();
    assert!(out.contains("新材料") && out.contains("装备制造业"), "{out}");
    assert_eq!(sample.run(&["verify"]).code, 0);
}

#[test]
fn a_thing_has_one_main_name_whatever_was_merged_into_it() {
    let sample = zones();
    let query = "ASK { ?z a jx:Zone ; rdfs:label ?a, ?b FILTER(?a != ?b && LANG(?a) = LANG(?b)) }";
    assert!(!ask(&sample, query));
    assert!(ask(&sample, "ASK { zone:太原市经济技术开发区 skos:altLabel \"太原经开区\"@zh-Hans }"));
}

#[test]
fn a_short_name_that_a_document_explains_is_that_thing_elsewhere() {
    let sample = companies(&[]);
    assert!(ask(&sample, "ASK { enterprise:庚辛钢铁有限公司 jx:locatedIn place:甲市 }"));
}

#[test]
fn a_short_name_that_two_things_bear_stays_apart() {
    let other = Doc::new("other", "庚申炼钢有限公司（庚钢）停产。")
        .entity(Class::Enterprise, "庚申炼钢有限公司")
        .alias("庚申炼钢有限公司", "庚钢");
    assert!(ask(&companies(&[other]), "ASK { enterprise:庚钢 jx:locatedIn place:甲市 }"));
}

#[test]
fn a_document_that_speaks_of_both_keeps_them_apart() {
    let both = Doc::new("both", "庚钢与庚辛钢铁有限公司签约。")
        .entity(Class::Enterprise, "庚钢")
        .entity(Class::Enterprise, "庚辛钢铁有限公司");
    assert!(ask(&companies(&[both]), "ASK { enterprise:庚钢 jx:locatedIn place:甲市 }"));
}

#[test]
fn a_name_is_found_as_a_name_of_what_it_is_merged_into() {
    let found = zones().run(&["find", "太原经开"]).ok();
    assert!(found.contains("\nzone:太原市经济技术开发区\t\t\t\t太原"), "{found}");
    assert!(!found.contains("zone:太原经开区"), "{found}");
}

#[test]
fn decisions_win_and_can_be_taken_back() {
    let sample = zones();
    let together = "ASK { zone:太原市经济技术开发区 jx:develops industry:新材料 }";
    sample.decide("different\tzone:太原经开区\tzone:太原市经济技术开发区\n");
    assert!(!ask(&sample, together));
    sample.decide("");
    assert!(ask(&sample, together));
    sample.decide("rename\tzone:太原市经济技术开发区\t太原国家级经开区\n");
    assert!(ask(
        &sample,
        "ASK { zone:太原国家级经开区 rdfs:label \"太原国家级经开区\"@zh-Hans ; jx:develops industry:新材料 }"
    ));
    let shown = sample.run(&["show", "太原国家级经开区"]).out;
    assert!(shown.starts_with("太原国家级经开区  "), "{shown}");
    sample.decide("retype\tzone:太原市经济技术开发区\tPlace\n");
    assert!(ask(&sample, "ASK { place:太原市经济技术开发区 a jx:Place ; jx:develops industry:新材料 }"));
    assert!(!ask(&sample, "ASK { place:太原市经济技术开发区 a jx:Zone }"));
    sample.decide("reject\tzone:太原市经济技术开发区\tdevelops\tindustry:新材料\n");
    assert!(!ask(&sample, together));
    assert!(!ask(&sample, "ASK { ?s rdf:object industry:新材料 ; rdf:predicate jx:develops }"));
}

#[test]
fn a_decisions_file_beside_the_store_is_heeded_by_every_build() {
    let sample = zones();
    let file = sample.folder().join("store.decisions.tsv");
    std::fs::write(&file, "reject\tzone:太原市经济技术开发区\tdevelops\tindustry:新材料\n").unwrap();
    let text = sample.folder().join("three.txt");
    std::fs::write(&text, "太原市发展装备制造业。").unwrap();
    sample.run(&["add", text.to_str().unwrap()]).ok();
    assert!(!ask(&sample, "ASK { zone:太原市经济技术开发区 jx:develops industry:新材料 }"));
    std::fs::write(&file, "same\tzone:甲\tzone:甲\n").unwrap();
    let said: Outcome = sample.run(&["add", text.to_str().unwrap()]);
    assert!(said.err.contains("the same as itself"), "{said:?}");
    std::fs::write(&file, "merge\tzone:甲\tzone:乙\n").unwrap();
    let said = sample.run(&["add", text.to_str().unwrap()]);
    assert_eq!(said.code, 3);
    assert!(said.err.contains("store.decisions.tsv: line 1: “merge” is no decision"), "{said:?}");
}

#[test]
fn persons_of_one_name_in_different_offices_are_not_merged() {
    let officer = |id: &str, place: &str| {
        let doc = Doc::new(id, &format!("{place}市长王小明。"))
            .entity(Class::Place, place)
            .entity(Class::Position, "市长")
            .entity(Class::Person, "王小明");
        doc.relation("王小明", Predicate::HoldsPosition, "市长").relation(
            "市长",
            Predicate::PositionIn,
            place,
        )
    };
    let count =
        |sample: &Sample| sample.open().counts().unwrap().classes["https://w3id.org/jinxiu/ontology#Person"];
    assert_eq!(count(&Sample::of(&[officer("a", "甲市"), officer("b", "乙市")])), 2);
    assert_eq!(count(&Sample::of(&[officer("a", "甲市"), officer("b", "甲市")])), 1);
    let nobody = |id: &str| Doc::new(id, "王小明表示。").entity(Class::Person, "王小明");
    assert_eq!(count(&Sample::of(&[nobody("a"), nobody("b")])), 2);
}

#[test]
fn bodies_that_are_named_without_their_place_are_of_their_document() {
    let body = |id: &str| Doc::new(id, "市发改委表示。").entity(Class::Organization, "市发改委");
    let sample = Sample::of(&[body("a"), body("b")]);
    assert_eq!(sample.open().counts().unwrap().classes["https://w3id.org/jinxiu/ontology#Organization"], 2);
}

#[test]
fn a_review_shows_a_sentence_for_both_names_of_a_merge() {
    let asked = zones().run(&["review", "--below", "0"]).out;
    assert!(asked.contains("【太原经开区】发展新材料。  — one"), "{asked}");
    assert!(asked.contains("【太原市经济技术开发区】发展装备制造业。  — two"), "{asked}");
}
