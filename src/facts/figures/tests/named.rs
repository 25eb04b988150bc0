//! What a figure is called, and who bears it where its clause does not say.

use super::dated;

#[test]
fn what_is_called_by_its_order_of_size_is_counted_and_what_is_that_large_is_not() {
    assert_eq!(
        dated("到2025年，[甲市/Place]打造6个千亿级产业集群，储备3个百亿元项目，工业总产值将冲击万亿大关。"),
        [
            "甲市 | 打造千亿级产业集群数量 | level 6 count exact | 2025 | target",
            "甲市 | 工业总产值 | level 1000000000000 CNY about | 2025 | target",
        ]
    );
}

#[test]
fn the_price_of_one_and_the_amount_for_each_say_of_what() {
    assert_eq!(
        dated("[甲公司/Enterprise]发行价格为39.30元/股。[甲市/Place]粮食补贴标准为每亩130.87元。"),
        [
            "甲公司 | 每股发行价格 | level 39.3 CNY exact |  | actual",
            "甲市 | 每亩粮食补贴标准 | level 130.87 CNY exact |  | actual",
        ]
    );
}

#[test]
fn shares_of_a_sum_bear_its_name() {
    let found = dated("[甲公司/Enterprise]募集资金11亿元。其中，5.9亿元用于扩产，5.1亿元用于研发。");
    assert_eq!(found.len(), 3);
    assert!(found.iter().all(|figure| figure.starts_with("甲公司 | 募集资金 | level")), "{found:?}");
}

#[test]
fn verbs_of_saying_are_no_indicator() {
    assert_eq!(
        dated("[甲公司/Enterprise]宣布完成4.58亿美元C轮融资。"),
        ["甲公司 | C轮融资 | level 458000000 USD exact |  | actual"]
    );
}

#[test]
fn one_rank_belongs_to_each_of_the_heads_before() {
    let found = dated("[甲市/Place]工业投资、项目投资、基础设施投资均居全省第一。");
    let names: Vec<&str> = found.iter().filter_map(|figure| figure.split(" | ").nth(1)).collect();
    assert_eq!(names, ["工业投资", "项目投资", "基础设施投资"]);
}

#[test]
fn in_a_text_about_the_whole_nation_an_industry_bears_its_figures() {
    assert_eq!(
        dated("上半年，全国[光伏产业/Industry]总产值超过1.5万亿元。"),
        ["光伏产业 | 光伏产业总产值 | level 1500000000000 CNY over | 2023-01/2023-06 | actual"]
    );
}
