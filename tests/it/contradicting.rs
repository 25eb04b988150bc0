//! Statements that exclude one another.

use crate::sample::{Doc, Outcome, Sample};
use jinxiu::document::{Class, Predicate};

/// A text of a day in which somebody speaks as the holder of an office.
fn officer(day: &str, office: &str, person: &str) -> Doc {
    let text = format!("{day} 10:00\n甲市{office}{person}在会上表示，各项工作取得进展。");
    Doc::new(&format!("{day}-{person}"), &text)
        .entity(Class::Place, "甲市")
        .entity(Class::Position, office)
        .entity(Class::Person, person)
        .relation(person, Predicate::HoldsPosition, office)
        .relation(office, Predicate::PositionIn, "甲市")
}

fn conflicts(docs: &[Doc]) -> Outcome {
    Sample::of(docs).run(&["conflicts"])
}

#[test]
fn two_holders_of_one_office_in_one_year_stand_side_by_side() {
    let told = conflicts(&[officer("2023-08-01", "市长", "王小明"), officer("2023-09-01", "市长", "李大同")]);
    assert_eq!(told.code, 1, "{told:?}");
    for words in ["市长\n", "王小明", "李大同", "— 2023-08-01-王小明, 2023-08-01 "] {
        assert!(told.out.contains(words), "no {words} in\n{}", told.out);
    }
}

#[test]
fn a_successor_in_another_year_and_several_deputies_contradict_nobody() {
    let later = [officer("2023-08-01", "市长", "王小明"), officer("2024-09-01", "市长", "李大同")];
    assert_eq!(conflicts(&later).code, 0);
    let deputies = [officer("2023-08-01", "副市长", "王小明"), officer("2023-09-01", "副市长", "李大同")];
    assert_eq!(conflicts(&deputies).code, 0);
}

fn stage(day: &str, stage: &str) -> Doc {
    Doc::new(&format!("p{day}"), &format!("{day} 10:00\n记者从会上获悉，丁生产线项目进展顺利。"))
        .entity(Class::Project, "丁生产线项目")
        .relation("丁生产线项目", Predicate::Status, stage)
}

#[test]
fn a_project_that_goes_back_contradicts_what_was_reported_before() {
    let told = conflicts(&[stage("2023-05-01", "completed"), stage("2023-08-01", "started")]);
    assert_eq!(told.code, 1, "{told:?}");
    assert!(told.out.contains("2023-05-01 ") && told.out.contains("2023-08-01 "), "{}", told.out);
    assert_eq!(conflicts(&[stage("2023-05-01", "started"), stage("2023-08-01", "completed")]).code, 0);
}

#[test]
fn a_zone_in_two_cities_contradicts_itself_and_one_in_a_city_and_its_province_does_not() {
    let zone = |id: &str, (place, code): (&str, &str)| {
        Doc::new(id, &format!("丙高新区位于{place}。"))
            .entity(Class::Zone, "丙高新区")
            .entity(Class::Place, place)
            .code(&format!("GBT2260:{code}"))
            .relation("丙高新区", Predicate::LocatedIn, place)
    };
    let (hefei, taiyuan, shanxi) = (("合肥市", "340100"), ("太原市", "140100"), ("山西省", "140000"));
    let store = Sample::of(&[zone("a", hefei), zone("b", taiyuan)]);
    let told: serde_json::Value = serde_json::from_str(&store.run(&["conflicts", "-f", "json"]).out).unwrap();
    assert_eq!(told[0]["kind"], "place");
    assert_eq!(told[0]["statements"].as_array().unwrap().len(), 2);
    assert_eq!(conflicts(&[zone("a", taiyuan), zone("b", shanxi)]).code, 0);
}
