use super::*;
use crate::document::Class;
use crate::link::{About, Kind, Naming, Table};
use proptest::prelude::*;
use std::sync::LazyLock;

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| {
    let mut catalogue = Catalogue::shipped();
    let about = About {
        name: "own".into(),
        prefix: "own".into(),
        namespace: "javascript:alert(1)//".into(),
        classes: vec![Class::Enterprise],
        ..catalogue.divisions().about().clone()
    };
    let mut table = Table::new(about);
    let mut record = Record::new("own:1", "<script>alert(1)</script>公司", Kind::Enterprise);
    record.within = "140100".into();
    table.add(record, &[("甲乙机械", Naming::Alias)]);
    catalogue.add(table);
    catalogue
});

fn sent(target: &str, form: &str) -> Answer {
    match Request::read(target, form.as_bytes()) {
        Ok(request) => answer(&request, "http://localhost:1", &CATALOGUE),
        Err(refusal) => Answer::refusing(&refusal),
    }
}

fn form(field: &str, value: &Value) -> String {
    format!("{field}={}", utf8_percent_encode(&value.to_string(), NON_ALPHANUMERIC))
}

fn json(answer: &Answer) -> Value {
    assert_eq!(answer.status, 200, "{}", answer.body);
    serde_json::from_str(&answer.body).unwrap()
}

/// The candidates of one query to a source.
fn found(source: &str, query: &Value) -> Vec<Value> {
    let answer = json(&sent(&format!("/{source}"), &form("queries", &json!({"q": query}))));
    answer["q"]["result"].as_array().unwrap().clone()
}

fn message(answer: &Answer) -> String {
    let value: Value = serde_json::from_str(&answer.body).unwrap();
    value["message"].as_str().unwrap().to_owned()
}

#[test]
fn the_first_candidate_matches_where_the_linker_accepts_it() {
    let first = &found("wikidata", &json!({"query": "太原市"}))[0];
    assert_eq!((first["id"].as_str(), first["match"].as_bool()), (Some("Q72778"), Some(true)));
    assert!(first["score"].as_f64().unwrap() > 90.0 && first["name"] == "太原市", "{first}");
    assert_eq!(first["description"], "prefecture, 山西省");
    let open = found("gbt2260", &json!({"query": "朝阳区"}));
    assert!(open.len() >= 2 && open.iter().all(|candidate| candidate["match"] == false), "{open:?}");
}

#[test]
fn what_else_is_known_tells_namesakes_apart() {
    for within in [json!("长春市"), json!(["长春市"]), json!({"id": "220100", "name": "长春市"})] {
        let query = json!({"query": "朝阳区", "properties": [{"pid": "within", "v": within}]});
        let first = &found("gbt2260", &query)[0];
        assert_eq!(
            (first["id"].as_str(), first["match"].as_bool()),
            (Some("220104"), Some(true)),
            "{within}"
        );
    }
    let query = json!({"query": "", "properties": [{"pid": "code", "v": 140_100}]});
    assert_eq!(found("wikidata", &query)[0]["id"], "Q72778");
}

#[test]
fn an_id_leads_to_its_record_and_a_limit_is_kept() {
    for id in ["Q72778", "wd:Q72778"] {
        let all = found("wikidata", &json!({"query": id}));
        assert_eq!((all.len(), all[0]["match"].as_bool()), (1, Some(true)), "{id}");
    }
    assert_eq!(found("gbt2260", &json!({"query": "朝阳区", "limit": 1})).len(), 1);
}

#[test]
fn of_two_accepted_things_of_one_name_one_matches() {
    let all = found("geonames", &json!({"query": "太原", "properties": [{"pid": "near", "v": "山西"}]}));
    let matching: Vec<&Value> = all.iter().filter(|candidate| candidate["match"] == true).collect();
    assert_eq!(matching.len(), 1);
    assert_eq!(matching[0]["id"], "1793510", "the division, not its seat");
    assert!(all.iter().any(|candidate| candidate["id"] == "1793511"));
}

#[test]
fn levels_restrict_candidates_and_unknown_types_do_not() {
    let county = found("gbt2260", &json!({"query": "朝阳", "type": "County"}));
    assert!(!county.is_empty() && county.iter().all(|c| c["type"][0]["id"] == "County"), "{county:?}");
    assert_eq!(found("gbt2260", &json!({"query": "太原市", "type": ["Q515"]}))[0]["id"], "140100");
}

#[test]
fn one_query_is_answered_as_a_name_or_as_an_object() {
    for query in ["%E5%A4%AA%E5%8E%9F%E5%B8%82", "%7B%22query%22%3A%22%E5%A4%AA%E5%8E%9F%E5%B8%82%22%7D"] {
        let answer = json(&sent(&format!("/gbt2260?query={query}"), ""));
        assert_eq!(answer["result"][0]["id"], "140100");
    }
}

#[test]
fn names_ids_types_and_properties_are_completed() {
    let ids = |target: &str| -> Vec<String> {
        let answer = json(&sent(target, ""));
        answer["result"].as_array().unwrap().iter().map(|r| r["id"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(ids("/gbt2260/suggest/entity?prefix=太原市")[0], "140100");
    assert_eq!(ids("/gbt2260/suggest/entity?prefix=山")[0], "370000", "a province before towns");
    assert_eq!(ids("/wikidata/suggest/entity?prefix=Q72778"), ["Q72778"]);
    let (first, next) =
        (ids("/gbt2260/suggest/entity?prefix=城"), ids("/gbt2260/suggest/entity?prefix=城&cursor=10"));
    assert!(first.len() == 10 && next.len() == 10 && first.iter().all(|id| !next.contains(id)));
    assert_eq!(ids("/gbt2260/suggest/type?prefix=cou"), ["County"]);
    assert_eq!(ids("/gbt2260/suggest/property?prefix=lat"), ["latitude"]);
    assert!(ids("/gbt2260/suggest/entity?prefix=").is_empty());
}

#[test]
fn data_extension_gives_values_and_says_whose_entities_they_are() {
    let wanted = json!({"ids": ["1793510", "none"], "properties": [{"id": "within"}, {"id": "latitude"}, {"id": "label"}]});
    let answer = json(&sent("/geonames", &form("extend", &wanted)));
    assert_eq!(answer["meta"][0]["service"], "http://localhost:1/gbt2260");
    assert!(answer["rows"]["1793510"]["label"][0]["str"].is_string(), "{answer}");
    assert_eq!(answer["rows"]["none"], json!({"within": [], "latitude": [], "label": []}));
    let districts = json!({"ids": ["110105"], "properties": [{"id": "within"}]});
    let answer = json(&sent("/gbt2260", &form("extend", &districts)));
    assert_eq!(answer["rows"]["110105"]["within"][0], json!({"id": "110000", "name": "北京市"}));
    let proposed = json(&sent("/gbt2260/properties?type=County&limit=2", ""));
    assert_eq!((proposed["properties"].as_array().unwrap().len(), &proposed["type"]), (2, &json!("County")));
}

#[test]
fn what_a_source_says_is_escaped_and_not_followed() {
    let page = sent("/own/preview?id=1", "");
    assert_eq!(page.status, 200);
    assert!(page.body.contains("&lt;script&gt;") && !page.body.contains("<script"), "{}", page.body);
    assert!(!page.body.contains("href=\"javascript"), "{}", page.body);
    assert_eq!(found("own", &json!({"query": "甲乙机械"}))[0]["name"], "<script>alert(1)</script>公司");
}

#[test]
fn what_cannot_be_understood_is_told() {
    let cases = [
        (sent("/gbt2260", "queries={"), 400, "queries must be"),
        (sent("/gbt2260", "queries=[]"), 400, "queries must be"),
        (sent("/gbt2260", &form("queries", &json!({"q0": {"limit": 3}}))), 400, "query q0: it names neither"),
        (sent("/gbt2260", &form("queries", &json!({"q0": {"query": "a", "limit": 0}}))), 400, "limit"),
        (sent("/gbt2260", &form("queries", &json!({"q0": {"query": 7}}))), 400, "query q0"),
        (sent("/gbt2260", "queries=%FF"), 400, "not UTF-8"),
        (sent("/gbt2260", &form("extend", &json!({"ids": []}))), 400, "extend must be"),
        (sent("/gbt2260", &form("extend", &json!({"ids": [], "properties": [{"id": "x"}]}))), 400, "'x'"),
        (sent("/gbt2260/suggest/entity", ""), 400, "prefix"),
        (sent("/gbt2260/suggest/entity?prefix=a&cursor=-1", ""), 400, "cursor"),
        (sent("/gbt2260/preview?id=1", ""), 404, "no record 1"),
        (sent("/nowhere", ""), 404, "/nowhere"),
        (sent("/gbt2260/suggest/flyout?prefix=a", ""), 404, "nothing is at"),
    ];
    for (answer, status, words) in cases {
        assert_eq!(answer.status, status, "{}", answer.body);
        assert!(message(&answer).contains(words), "{}", answer.body);
    }
    let many: serde_json::Map<String, Value> =
        (0..1001).map(|n| (format!("q{n}"), json!({"query": "甲"}))).collect();
    assert_eq!(sent("/gbt2260", &form("queries", &Value::Object(many))).status, 413);
}

#[test]
fn the_first_page_lists_every_service() {
    let page = sent("/", "");
    for about in CATALOGUE.about() {
        assert!(page.body.contains(&format!("http://localhost:1/{}", about.name)), "{}", about.name);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_sent_is_answered(name in ".{0,12}", code in ".{0,9}", within in "[0-9甲市:]{0,9}") {
        let properties = json!([{"pid": "code", "v": code}, {"pid": "within", "v": within}, {"pid": "year", "v": code}]);
        for source in ["gbt2260", "zones", "geonames", "gbt4754", "own"] {
            let query = json!({"q": {"query": name, "properties": properties}});
            prop_assert_eq!(sent(&format!("/{source}"), &form("queries", &query)).status, 200);
        }
        let raw = sent(&format!("/gbt2260?{name}"), &code);
        prop_assert!(raw.status < 500);
    }
}
