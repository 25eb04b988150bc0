//! What 分别, 均 and 各 give to several heads, years and bearers.

use super::dated;

#[test]
fn growths_go_to_the_quantities_named_before() {
    assert_eq!(
        dated(
            "2022年，[甲市/Place]工业产值25亿元、外贸出口20亿元、固定资产投资39亿元，同比分别增长21%、24%、59%。"
        )[3..],
        [
            "甲市 | 工业产值 | growth 21 % exact | 2022 | actual",
            "甲市 | 外贸出口 | growth 24 % exact | 2022 | actual",
            "甲市 | 固定资产投资 | growth 59 % exact | 2022 | actual",
        ]
    );
}

#[test]
fn years_named_first_go_to_their_values_whatever_else_is_near() {
    assert_eq!(
        dated(
            "2019年度、2020年度和2021年1-6月，[乙公司/Enterprise]营业收入分别约为31亿元、32亿元以及18亿元。"
        ),
        [
            "乙公司 | 营业收入 | level 3100000000 CNY about | 2019 | actual",
            "乙公司 | 营业收入 | level 3200000000 CNY about | 2020 | actual",
            "乙公司 | 营业收入 | level 1800000000 CNY about | 2021-01/2021-06 | actual",
        ]
    );
}

#[test]
fn bearers_of_a_list_each_get_their_value() {
    assert_eq!(
        dated("2022年，[甲市/Place]、[乙市/Place]和[丙市/Place]三市进出口分别增长5%、6%和7%。"),
        [
            "甲市 | 进出口 | growth 5 % exact | 2022 | actual",
            "乙市 | 进出口 | growth 6 % exact | 2022 | actual",
            "丙市 | 进出口 | growth 7 % exact | 2022 | actual",
        ]
    );
}

#[test]
fn one_value_may_be_that_of_each_of_a_list() {
    let found = dated("2022年，[甲市/Place]、[乙市/Place]进出口均增长8%。");
    assert_eq!(
        found,
        [
            "甲市 | 进出口 | growth 8 % exact | 2022 | actual",
            "乙市 | 进出口 | growth 8 % exact | 2022 | actual"
        ]
    );
}

#[test]
fn a_number_that_counts_the_list_is_no_head() {
    let found = dated("2022年，[甲市/Place]新闻信息服务、创意设计服务2个行业大类营业收入分别增长26%、15%。");
    assert_eq!(
        found[1..],
        [
            "甲市 | 新闻信息服务营业收入 | growth 26 % exact | 2022 | actual",
            "甲市 | 创意设计服务营业收入 | growth 15 % exact | 2022 | actual",
        ]
    );
}

#[test]
fn a_clause_that_says_how_something_grows_names_the_next_number() {
    let found =
        dated("2022年，[甲市/Place]出口机电产品50亿元，增长3%；其中，印刷电路出口增速较快，同比增长27%。");
    assert_eq!(
        found.last().map(String::as_str),
        Some("甲市 | 印刷电路出口 | growth 27 % exact | 2022 | actual")
    );
}

#[test]
fn at_least_bounds_the_number_behind_the_verb() {
    let found = dated("2022年，[乙公司/Enterprise]至少投入70亿元。");
    assert_eq!(found, ["乙公司 | 投入 | level 7000000000 CNY over | 2022 | actual"]);
}

#[test]
fn years_and_bearers_stay_for_the_next_list_of_as_many_numbers() {
    let found = dated(
        "2020年、2021年，[乙公司/Enterprise]营业收入分别为3亿元和4亿元。公司净利润分别为5000万元和6000万元。",
    );
    assert_eq!(
        found[2..],
        [
            "乙公司 | 净利润 | level 50000000 CNY exact | 2020 | actual",
            "乙公司 | 净利润 | level 60000000 CNY exact | 2021 | actual",
        ]
    );
    let found =
        dated("2022年，[甲市/Place]，[乙市/Place]软件收入分别为12亿元、9亿元，同比增长分别为19%、14%。");
    assert_eq!(
        found[2..],
        [
            "甲市 | 软件收入 | growth 19 % exact | 2022 | actual",
            "乙市 | 软件收入 | growth 14 % exact | 2022 | actual",
        ]
    );
}

#[test]
fn parts_of_a_list_may_have_an_and_of_their_own() {
    assert_eq!(
        dated("2022年，[甲市/Place]住宿和餐饮业、租赁和商务服务业增加值分别增长41%和13%。"),
        [
            "甲市 | 住宿和餐饮业增加值 | growth 41 % exact | 2022 | actual",
            "甲市 | 租赁和商务服务业增加值 | growth 13 % exact | 2022 | actual",
        ]
    );
}

#[test]
fn trade_is_called_with_its_partner() {
    assert_eq!(
        dated("2022年，[甲市/Place]自[丙国/Place]进口4亿元。"),
        ["甲市 | 自丙国进口 | level 400000000 CNY exact | 2022 | actual"]
    );
}

#[test]
fn people_stay_people_where_only_an_order_of_size_follows() {
    assert_eq!(dated("[甲国/Place]人口超过1亿。"), ["甲国 | 人口 | level 100000000 person over |  | actual"]);
}

#[test]
fn a_bound_may_be_that_of_each_of_a_counted_list() {
    let found = dated("2022年，[甲省/Place]、[乙省/Place]两省进出口超过3万亿元。");
    assert_eq!(
        found,
        [
            "甲省 | 进出口 | level 3000000000000 CNY over | 2022 | actual",
            "乙省 | 进出口 | level 3000000000000 CNY over | 2022 | actual",
        ]
    );
}

#[test]
fn a_list_that_only_says_where_bears_nothing() {
    let found = dated("2022年，[乙公司/Enterprise]在[甲市/Place]、[丙市/Place]营收分别为4亿元、3亿元。");
    assert!(found.iter().all(|figure| !figure.starts_with("丙市")), "{found:?}");
}

#[test]
fn a_profit_that_is_a_loss_is_negative_and_so_are_its_ends() {
    assert_eq!(
        dated("2022年，[乙公司/Enterprise]净利润亏损1000万元至1500万元。"),
        [
            "乙公司 | 净利润 | level -10000000 CNY under | 2022 | actual",
            "乙公司 | 净利润 | level -15000000 CNY over | 2022 | actual",
        ]
    );
}
