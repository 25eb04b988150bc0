use super::*;
use crate::store::{FigureRow, Record};

/// `2021 甲市 地区生产总值 level actual exact 500000000000 CNY`, with the sentence after a tab.
fn points(lines: &[&str]) -> Vec<Point> {
    lines.iter().enumerate().map(|(at, line)| point(at, line)).collect()
}

fn point(at: usize, line: &str) -> Point {
    let words: Vec<&str> = line.split(' ').collect();
    let [period, subject, indicator, measure, modality, bound, value, unit] = words[..8] else {
        panic!("{line}")
    };
    let (name, code) = subject.split_once('#').unwrap_or((subject, ""));
    let quotation = Quotation {
        document: format!("d{at}"),
        reported: String::new(),
        start: 0,
        end: 2,
        exact: line.to_owned(),
        sentence: words.get(9).map_or(line.to_owned(), |s| (*s).to_owned()),
        before: 0,
        found_by: Vec::new(),
        confidence: String::new(),
    };
    let figure = FigureRow {
        indicator: indicator.to_owned(),
        terms: [measure, bound, modality].map(str::to_owned),
        value: value.to_owned(),
        unit: unit.to_owned(),
        period: period.replace("none", ""),
        baseline: words.get(8).map_or(String::new(), |b| b.replace('-', "")),
        quotations: vec![quotation],
        ..FigureRow::default()
    };
    let record = Record {
        subject: name.to_owned(),
        name: name.to_owned(),
        class: "Place".to_owned(),
        code: code.to_owned(),
        figure,
    };
    Point::of(record).unwrap()
}

fn rules(lines: &[&str]) -> Vec<&'static str> {
    check(&points(lines)).iter().map(|f| f.rule).collect()
}

#[test]
fn a_share_of_more_than_a_hundred_percent_is_found() {
    assert_eq!(rules(&["2021 甲市 煤炭产业增加值 share actual exact 122.7 %"]), ["share-over-100"]);
    assert_eq!(rules(&["2021 甲市 城镇化率 level target exact 165 %"]), ["share-over-100"]);
    assert!(
        rules(&["2021 甲市 产销率 level actual exact 101 %", "2021 甲市 城镇化率 level actual exact 65 %"])
            .is_empty()
    );
    assert_eq!(rules(&["2021 甲市 出口 growth actual exact -120 %"]), ["fall-over-100"]);
}

#[test]
fn two_values_of_one_cell_are_found_unless_rounding_explains_them() {
    let one = "2021 甲市 地区生产总值 level actual exact 512161000000 CNY";
    assert!(rules(&[one, "2021 甲市 GDP level actual exact 512000000000 CNY"]).is_empty());
    assert!(rules(&[one, "2021 甲市 GDP level actual over 500000000000 CNY"]).is_empty());
    assert_eq!(rules(&[one, "2021 甲市 经济总量 level actual exact 487000000000 CNY"]), ["contradiction"]);
    assert_eq!(rules(&[one, "2021 甲市 GDP level actual under 500000000000 CNY"]), ["contradiction"]);
    assert!(rules(&[one, "2022 甲市 GDP level actual exact 557000000000 CNY"]).is_empty());
    assert!(
        rules(&[
            "none 甲市 人口 level actual exact 11 person",
            "none 甲市 人口 level actual exact 12 person"
        ])
        .is_empty()
    );
}

#[test]
fn growth_that_two_levels_contradict_is_found() {
    let levels = [
        "2020 甲市 出口额 level actual exact 10000000000 CNY",
        "2021 甲市 出口额 level actual exact 12000000000 CNY",
    ];
    let with = |growth: &'static str| rules(&[levels[0], levels[1], growth]);
    assert!(with("2021 甲市 出口额 growth actual exact 20 %").is_empty());
    assert!(with("2021 甲市 出口额 growth actual over 18 %").is_empty());
    assert_eq!(with("2021 甲市 出口额 growth actual exact 45 %"), ["growth-against-levels"]);
    assert_eq!(with("2021 甲市 出口额 growth actual exact -20 %"), ["growth-against-levels"]);
}

#[test]
fn growth_in_constant_prices_may_stray_farther() {
    let levels = [
        "2020 甲市 GDP level actual exact 410000000000 CNY",
        "2021 甲市 GDP level actual exact 512000000000 CNY",
    ];
    assert!(rules(&[levels[0], levels[1], "2021 甲市 GDP growth actual exact 16 %"]).is_empty());
    assert_eq!(
        rules(&[levels[0], levels[1], "2021 甲市 GDP growth actual exact 3 %"]),
        ["growth-against-levels"]
    );
}

#[test]
fn growth_that_its_own_sentence_contradicts_is_found() {
    let level = "2021 甲市 营业收入 level actual exact 2000000000 CNY 1000000000 同一句";
    assert!(rules(&[level, "2021 甲市 营业收入 growth actual exact 100 % - 另一句"]).is_empty());
    let mut both = points(&[level, "2021 甲市 营业收入 growth actual exact 50 % - 同一句"]);
    for point in &mut both {
        point.record.figure.quotations[0].document = "d".to_owned();
    }
    assert_eq!(check(&both).iter().map(|f| f.rule).collect::<Vec<_>>(), ["growth-against-baseline"]);
}

#[test]
fn a_slip_of_the_unit_is_found() {
    let one = "2020 甲市 常住人口 level actual exact 5304100 person";
    assert_eq!(rules(&[one, "2021 甲市 常住人口 level actual exact 539 person"]), ["power-of-ten"]);
    assert!(rules(&[one, "2021 甲市 常住人口 level actual exact 5390000 person"]).is_empty());
}

#[test]
fn a_part_that_exceeds_its_whole_is_found() {
    let whole = "2021 甲市#140100 地区生产总值 level actual exact 512000000000 CNY";
    assert_eq!(
        rules(&[whole, "2021 甲市#140100 工业增加值 level actual exact 600000000000 CNY"]),
        ["part-exceeds-whole"]
    );
    assert_eq!(
        rules(&[whole, "2021 乙县#140122 GDP level actual exact 600000000000 CNY"]),
        ["part-exceeds-whole"]
    );
    assert!(rules(&[whole, "2021 丙县#130122 GDP level actual exact 600000000000 CNY"]).is_empty());
    assert!(
        rules(&[whole, "2021 甲市#140100 第三产业增加值 level actual exact 300000000000 CNY"]).is_empty()
    );
}

#[test]
fn three_sectors_must_add_up() {
    let total = "2021 甲市 GDP level actual exact 100000000000 CNY";
    let sector = |name: &str, value: &str| format!("2021 甲市 {name} level actual exact {value} CNY");
    let lines = |third: &str| {
        vec![
            total.to_owned(),
            sector("第一产业增加值", "10000000000"),
            sector("第二产业增加值", "40000000000"),
            sector("第三产业增加值", third),
        ]
    };
    let found = |third: &str| rules(&lines(third).iter().map(String::as_str).collect::<Vec<_>>());
    assert!(found("50000000000").is_empty());
    assert_eq!(found("70000000000"), ["sectors-against-total"]);
}

#[test]
fn an_aim_that_had_been_reached_is_found() {
    let aim = "2025 甲市 市场主体数量 level target exact 600000 count";
    assert_eq!(rules(&[aim, "2022 甲市 市场主体 level actual exact 645600 count"]), ["target-met"]);
    assert!(rules(&[aim, "2022 甲市 市场主体 level actual exact 545600 count"]).is_empty());
    assert!(rules(&[aim, "2026 甲市 市场主体 level actual exact 645600 count"]).is_empty());
    let falling = "2025 甲市 城镇调查失业率 level target exact 5.5 %";
    assert!(rules(&[falling, "2022 甲市 城镇调查失业率 level actual exact 6.1 %"]).is_empty());
    assert_eq!(rules(&[falling, "2022 甲市 城镇调查失业率 level actual exact 5.1 %"]), ["target-met"]);
}

#[test]
fn every_finding_cites_its_sentences_and_bears_a_listed_name() {
    let found = check(&points(&[
        "2021 甲市 GDP level actual exact 512161000000 CNY",
        "2021 甲市 GDP level actual exact 487000000000 CNY",
    ]));
    assert_eq!(found[0].cited.len(), 2);
    assert!(found[0].chinese.contains("5121.61亿元与4870亿元"), "{}", found[0].chinese);
    assert!(found.iter().all(|f| RULES.iter().any(|(name, _)| *name == f.rule)));
}
