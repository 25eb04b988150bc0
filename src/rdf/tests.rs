use super::*;
use crate::document::{
    Bound, Class, Entity, Evidence, Extraction, Measure, Modality, Object, Observation, Predicate, Relation,
    Span,
};
use std::collections::BTreeSet;

const TEXT: &str =
    "甲市要闻\n甲市发展装备制造业。2021年甲市地区生产总值超过5000亿元，甲市加快建设乙集团丁生产线。";

fn span(text: &str, words: &str, nth: usize) -> Evidence {
    let byte = text.match_indices(words).nth(nth).expect("words of the text").0;
    let start = text[..byte].chars().count();
    let span = Span { start, end: start + words.chars().count() };
    Evidence { span, found_by: "rule:test".to_owned(), confidence: 0.9 }
}

fn entity(id: &str, class: Class, name: &str, mentions: Vec<Evidence>) -> Entity {
    let (aliases, canonical, code) = (Vec::new(), String::new(), None);
    Entity { id: id.to_owned(), class, name: name.to_owned(), aliases, mentions, canonical, code }
}

fn entities() -> Vec<Entity> {
    let at = |words, nth| span(TEXT, words, nth);
    let place = (0..4).map(|n| at("甲市", n)).collect();
    vec![
        entity("e1", Class::Place, "甲市", place),
        entity("e2", Class::Industry, "装备制造业", vec![at("装备制造业", 0)]),
        entity("e3", Class::Project, "乙集团丁生产线", vec![at("乙集团丁生产线", 0)]),
        entity("e4", Class::Enterprise, "乙集团", vec![at("乙集团", 0)]),
    ]
}

fn relation(subject: &str, predicate: Predicate, object: &str, words: &str) -> Relation {
    let (object, evidence) = (Object::Entity(object.to_owned()), vec![span(TEXT, words, 0)]);
    Relation { subject: subject.to_owned(), predicate, object, evidence }
}

fn figure() -> Observation {
    Observation {
        subject: "e1".to_owned(),
        indicator: "地区生产总值".to_owned(),
        measure: Measure::Level,
        value: 500_000_000_000.0,
        unit: "CNY".to_owned(),
        of: None,
        bound: Bound::Over,
        period: "2021".to_owned(),
        modality: Modality::Actual,
        from: None,
        evidence: vec![span(TEXT, "2021年甲市地区生产总值超过5000亿元", 0)],
        as_written: "5000亿元".to_owned(),
    }
}

fn extraction() -> Extraction {
    Extraction {
        id: "a/1".to_owned(),
        text_sha256: String::new(),
        entities: entities(),
        relations: vec![
            relation("e1", Predicate::Develops, "e2", "甲市发展装备制造业"),
            relation("e3", Predicate::LocatedIn, "e1", "甲市加快建设乙集团丁生产线"),
            relation("e3", Predicate::DevelopedBy, "e4", "甲市加快建设乙集团丁生产线"),
        ],
        observations: vec![figure()],
    }
}

fn quads(text: &str, extraction: &Extraction) -> Vec<Quad> {
    let text = Text::new(text);
    document_quads(Source { text: &text, extraction }, &Base::default(), &Run::default())
}

fn turtle(quads: Vec<Quad>) -> String {
    let mut out = Vec::new();
    write_quads(quads, Syntax::Turtle, &Base::default(), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn asserts_what_the_document_states_in_readable_words() {
    let written = turtle(quads(TEXT, &extraction()));
    for line in [
        "place:甲市 a jx:City , jx:Place ;",
        "jx:develops industry:装备制造业",
        "project:乙集团丁生产线 a jx:Project ;",
        "jx:developedBy enterprise:乙集团",
        "sdmx-measure:obsValue \"500000000000\"^^xsd:decimal",
        "sdmx-attribute:unitMeasure unit:CCY_CNY",
        "rdfs:label \"装备制造业\"@zh-Hans , \"裝備製造業\"@zh-Hant",
        "sdmx-dimension:refPeriod period:2021 ;",
        "oa:exact \"甲市发展装备制造业\" ;",
    ] {
        assert!(written.contains(line), "no {line} in\n{written}");
    }
}

#[test]
fn costs_at_most_twelve_quads_of_evidence_a_statement() {
    let all = quads(TEXT, &extraction());
    let statements = all.iter().filter(|q| STATING.contains(&q.predicate.as_ref())).count();
    let evidence = all.iter().filter(|q| is_evidence(q, &Base::default())).count();
    assert!(evidence <= statements * 12, "{evidence} quads for {statements} statements");
}

#[test]
fn mints_no_blank_node_and_stays_in_one_graph() {
    let all = quads(TEXT, &extraction());
    assert!(all.iter().all(|q| !q.subject.is_blank_node() && !q.object.is_blank_node()));
    let graphs: BTreeSet<String> = all.iter().map(|q| q.graph_name.to_string()).collect();
    assert_eq!(graphs.len(), 1);
    assert!(graphs.iter().all(|g| g.ends_with("id/graph/a%2F1>")), "{graphs:?}");
}

#[test]
fn states_nothing_whose_evidence_lies_outside_the_text() {
    let mut far = extraction();
    far.relations[0].evidence[0].span = Span { start: 5, end: 5000 };
    far.observations[0].evidence.clear();
    let written = turtle(quads(TEXT, &far));
    assert!(!written.contains("jx:develops") && !written.contains("obsValue"), "{written}");
}

#[test]
fn either_script_gives_the_same_entities_and_relations() {
    let other = super::traditional(TEXT);
    let mut traditional = extraction();
    for entity in &mut traditional.entities {
        entity.name = super::traditional(&entity.name);
    }
    traditional.observations[0].indicator = super::traditional("地区生产总值");
    let facts = |text: &str, extraction: &Extraction| -> Vec<String> {
        let folders = ["/place/", "/project/", "/industry/", "/enterprise/", "/indicator/"];
        let about = |q: &&Quad| folders.iter().any(|f| q.subject.to_string().contains(f));
        quads(text, extraction).iter().filter(about).map(ToString::to_string).collect()
    };
    assert_eq!(facts(TEXT, &extraction()), facts(&other, &traditional));
}

#[test]
fn hostile_text_stays_inside_its_literals_and_iris() {
    let text = "\"> . <x> \\u0000\u{202E}甲\"\n}";
    let mut hostile = Extraction { id: "> \" {}".to_owned(), ..Extraction::default() };
    let whole = Evidence::from(Span { start: 0, end: text.chars().count() });
    hostile.entities.push(entity("e1", Class::Zone, text, vec![whole]));
    for (syntax, name, _) in Syntax::ALL {
        let mut out = Vec::new();
        let all = quads(text, &hostile);
        write_quads(all.clone(), syntax, &Base::default(), &mut out).unwrap();
        assert_eq!(read_quads(&out, syntax, None).expect(name).len(), all.len(), "{name}");
    }
}

#[test]
fn the_same_input_gives_the_same_bytes_in_every_syntax() {
    for (syntax, name, _) in Syntax::ALL {
        let write = |quads: Vec<Quad>| {
            let mut out = Vec::new();
            write_quads(quads, syntax, &Base::default(), &mut out).unwrap();
            out
        };
        let all = quads(TEXT, &extraction());
        let reversed = all.iter().rev().cloned().collect();
        assert_eq!(write(all), write(reversed), "{name}");
    }
}

#[test]
fn an_office_is_told_from_its_namesakes_by_its_body() {
    let text = "甲市市长与高新区";
    let one = |id: &str, with: bool| {
        let mut found = Extraction { id: id.to_owned(), ..Extraction::default() };
        found.entities = vec![
            entity("e1", Class::Place, "甲市", vec![span(text, "甲市", 0)]),
            entity("e2", Class::Position, "市长", vec![span(text, "市长", 0)]),
            entity("e3", Class::Zone, "高新区", vec![span(text, "高新区", 0)]),
        ];
        let object = Object::Entity("e1".to_owned());
        let (subject, predicate, evidence) =
            ("e2".to_owned(), Predicate::PositionIn, vec![span(text, "甲市市长", 0)]);
        if with {
            found.relations = vec![Relation { subject, predicate, object, evidence }];
        }
        turtle(quads(text, &found))
    };
    assert!(one("a", true).contains("position:甲市·市长 a jx:Position"), "{}", one("a", true));
    assert!(one("a", false).contains("position:a·市长 a jx:Position"));
    assert!(one("a", false).contains("zone:a·高新区 a"));
}
