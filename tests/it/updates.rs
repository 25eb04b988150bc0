//! Changing a store in SPARQL.

use crate::sample::{Doc, Sample};
use jinxiu::document::{Class, Predicate};

fn ask(sample: &Sample, query: &str) -> bool {
    sample.run(&["query", query]).code == 0
}

fn quads(sample: &Sample) -> String {
    sample.run(&["export", "-f", "nquads"]).ok()
}

#[test]
fn a_dry_run_shows_the_change_and_makes_none() {
    let sample = Sample::new();
    let before = quads(&sample);
    let update = "DELETE { ?p jx:status ?s } INSERT { ?p jx:status jx:started } WHERE { ?p jx:status ?s FILTER(?s = jx:signed) }";
    let shown = sample.run(&["update", "--dry-run", update]);
    let patch: Vec<&str> = shown.out.lines().collect();
    assert_eq!((shown.code, patch.len()), (0, 4), "{shown:?}");
    assert_eq!((patch[0], patch[3]), ("TX .", "TC ."));
    assert!(patch[1].starts_with("D <") && patch[1].ends_with("graph/alpha> ."), "{shown:?}");
    assert!(patch[2].starts_with("A <") && patch[2].ends_with("id/update> ."), "{shown:?}");
    assert!(shown.err.contains("1 quads would be removed, 1 would be added"), "{shown:?}");
    assert_eq!(quads(&sample), before);
}

#[test]
fn an_update_is_seen_by_queries_and_exports() {
    let sample = Sample::new();
    let update = "INSERT DATA { place:甲市 <http://example.org/p> <http://example.org/x> . GRAPH graph:beta { place:辛市 <http://example.org/p> <http://example.org/y> } }";
    assert_eq!(sample.run(&["update", update]).code, 0);
    assert!(ask(
        &sample,
        "ASK { place:甲市 <http://example.org/p> ?x . place:辛市 <http://example.org/p> ?y }"
    ));
    assert!(ask(&sample, "ASK { GRAPH graph:beta { ?s <http://example.org/p> ?y } }"));
    assert_eq!(quads(&sample).matches("example.org/p>").count(), 2);
    assert_eq!(
        sample
            .run(&["update", "DELETE DATA { place:甲市 <http://example.org/p> <http://example.org/x> }"])
            .code,
        0
    );
    assert!(!ask(&sample, "ASK { place:甲市 <http://example.org/p> ?x }"));
}

#[test]
fn what_two_documents_state_goes_only_when_both_lose_it() {
    let sample = Sample::new();
    let one = "DELETE WHERE { GRAPH graph:beta { place:甲市 a jx:Place } }";
    assert_eq!(sample.run(&["update", one]).code, 0);
    assert!(ask(&sample, "ASK { place:甲市 a jx:Place }"));
    assert_eq!(sample.run(&["update", "DELETE WHERE { place:甲市 a jx:Place }"]).code, 0);
    assert!(!ask(&sample, "ASK { place:甲市 a jx:Place }"));
    assert!(!ask(&sample, "ASK { GRAPH ?g { place:甲市 a jx:Place } }"));
}

/// Two documents with two names of one zone.
fn zones() -> Sample {
    let zone = |id: &str, name: &str, industry: &str| {
        Doc::new(id, &format!("{name}发展{industry}。"))
            .entity(Class::Zone, name)
            .entity(Class::Industry, industry)
            .relation(name, Predicate::Develops, industry)
    };
    Sample::of(&[zone("one", "太原经开区", "新材料"), zone("two", "太原市经济技术开发区", "装备制造业")])
}

#[test]
fn what_is_deleted_of_a_merged_name_goes_from_the_document_that_calls_it_otherwise() {
    let sample = zones();
    let seen = "zone:太原市经济技术开发区 jx:develops industry:新材料";
    assert!(ask(&sample, &format!("ASK {{ {seen} }}")));
    let patch = sample.run(&["update", "-o", "-", &format!("DELETE WHERE {{ {seen} }}")]).ok();
    let gone = "D <https://w3id.org/jinxiu/id/zone/太原经开区> <https://w3id.org/jinxiu/ontology#develops>";
    assert!(patch.lines().any(|line| line.starts_with(gone) && line.ends_with("graph/one> .")), "{patch}");
    assert!(!ask(&sample, &format!("ASK {{ {seen} }}")));
}

#[test]
fn what_a_document_is_made_to_state_or_not_is_seen_under_the_name_it_is_merged_into() {
    let sample = zones();
    let update = "DELETE DATA { GRAPH graph:one { zone:太原经开区 jx:develops industry:新材料 } } ; \
        INSERT DATA { GRAPH graph:one { zone:太原经开区 jx:locatedIn place:甲市 } }";
    assert_eq!(sample.run(&["update", update]).code, 0);
    assert!(!ask(&sample, "ASK { ?zone jx:develops industry:新材料 }"));
    assert!(ask(&sample, "ASK { zone:太原市经济技术开发区 jx:locatedIn place:甲市 }"));
    assert!(!ask(&sample, "ASK { zone:太原经开区 jx:locatedIn ?o }"));
    let parted = "DELETE WHERE { GRAPH graph:two { zone:太原市经济技术开发区 ?p ?o } }";
    assert_eq!(sample.run(&["update", parted]).code, 0);
    assert!(ask(&sample, "ASK { zone:太原经开区 jx:locatedIn place:甲市 ; a jx:Zone }"));
}

#[test]
fn a_name_that_a_document_gave_is_deleted_where_it_is_seen() {
    let sample = zones();
    let seen = "zone:太原市经济技术开发区 skos:altLabel \"太原经开区\"@zh-Hans";
    assert!(ask(&sample, &format!("ASK {{ {seen} }}")));
    assert_eq!(sample.run(&["update", &format!("DELETE DATA {{ {seen} }}")]).code, 0);
    assert!(!ask(&sample, &format!("ASK {{ {seen} }}")));
}

#[test]
fn later_operations_see_earlier_ones_and_what_is_taken_back_is_no_change() {
    let sample = Sample::new();
    let update = "INSERT DATA { <http://a> <http://example.org/p> <http://b> } ; \
        DELETE { ?s <http://example.org/p> ?o } INSERT { ?o <http://example.org/p> ?s } WHERE { ?s <http://example.org/p> ?o }";
    let patch = sample.run(&["update", "--dry-run", update]).ok();
    assert_eq!(patch.lines().filter(|l| l.starts_with(['A', 'D'])).collect::<Vec<_>>().len(), 1, "{patch}");
    assert!(patch.contains("A <http://b> "), "{patch}");
}

#[test]
fn a_graph_can_be_cleared_and_the_default_graph_cannot() {
    let sample = Sample::new();
    assert_eq!(sample.run(&["update", "CLEAR GRAPH graph:beta"]).code, 0);
    assert!(!ask(&sample, "ASK { place:辛市 ?p ?o }"));
    assert!(ask(&sample, "ASK { place:甲市 a jx:Place }"));
    assert_eq!(sample.run(&["update", "CLEAR DEFAULT"]).code, 2);
    assert_eq!(sample.run(&["update", "LOAD <http://example.org/>"]).code, 2);
}

#[test]
fn a_mistake_in_an_update_shows_its_place() {
    let outcome = Sample::new().run(&["update", "INSERT DATA {\n place:甲市 jx:status ,, }"]);
    assert_eq!(outcome.code, 3);
    assert!(outcome.err.contains("line 2, column"), "{outcome:?}");
    let outcome = Sample::new().run(&["update", "INSERT DATA { plase:甲市 jx:status 1 }"]);
    assert!(outcome.err.contains("unknown prefix plase:") && outcome.err.contains("place:"), "{outcome:?}");
}
