//! Figures of short annotated texts: subject | indicator | measure value unit bound | period | modality.

mod anything;
mod distribution;
mod named;

use crate::document::notation;
use crate::facts::Figure;
use crate::mentions::Mention;
use crate::text::Text;

fn read(annotated: &str) -> (Text, Vec<Mention>, Vec<Figure>) {
    let annotated = notation::parse(annotated).unwrap();
    let text = Text::new(&annotated.text);
    let mut mentions: Vec<Mention> = annotated
        .mentions
        .iter()
        .map(|(span, class)| {
            let (start, end) = text.view.from_text(span.start, span.end);
            Mention { start, end, class: *class, found_by: String::new(), confidence: 1.0 }
        })
        .collect();
    mentions.sort_by_key(|m| (m.start, m.end));
    let source = super::Source::new(&text, &mentions);
    let figures = super::settled(super::by_rules(&source), &source);
    (text, mentions, figures)
}

fn shown(annotated: &str) -> Vec<String> {
    let (text, mentions, figures) = read(annotated);
    figures
        .iter()
        .map(|f| {
            let subject = text.view.slice(mentions[f.subject].start, mentions[f.subject].end);
            let from = f.from.map(|from| format!(" from {from}")).unwrap_or_default();
            let value = format!("{} {} {} {}{from}", f.measure, f.value, f.unit, f.bound);
            format!("{subject} | {} | {value} | {} | {}", f.indicator, f.period, f.modality)
        })
        .collect()
}

const HEAD: &str = "2023-08-04 18:24，正文：";

fn dated(annotated: &str) -> Vec<String> {
    shown(&format!("{HEAD}{annotated}"))
}

#[test]
fn a_chain_inherits_its_head() {
    assert_eq!(
        dated(
            "2021年，[甲市/Place]战略性新兴产业增加值增长16%，占比22.7%，高技术制造业增加值同比增长36%，占比16.5%。"
        ),
        [
            "甲市 | 战略性新兴产业增加值 | growth 16 % exact | 2021 | actual",
            "甲市 | 战略性新兴产业增加值 | share 22.7 % exact | 2021 | actual",
            "甲市 | 高技术制造业增加值 | growth 36 % exact | 2021 | actual",
            "甲市 | 高技术制造业增加值 | share 16.5 % exact | 2021 | actual",
        ]
    );
}

#[test]
fn a_share_names_its_whole() {
    let (_, _, figures) = read("[乙县/Place]煤炭产业增加值占GDP比重仅为4.1%。");
    assert_eq!(figures[0].of.as_deref(), Some("GDP"));
    assert_eq!(figures[0].indicator, "煤炭产业增加值");
}

#[test]
fn a_rise_keeps_its_earlier_value() {
    assert_eq!(
        dated("2021年，[甲市/Place]的科技专项资金从10亿元提高到20亿元。"),
        ["甲市 | 科技专项资金 | level 2000000000 CNY exact from 1000000000 | 2021 | actual"]
    );
}

#[test]
fn what_is_added_is_an_increment_and_what_is_reached_a_level() {
    assert_eq!(
        dated("2021年，[甲市/Place]全市市场主体新增13.56万户，达到64.56万户。"),
        [
            "甲市 | 市场主体数量 | increment 135600 count exact | 2021 | actual",
            "甲市 | 市场主体数量 | level 645600 count exact | 2021 | actual",
        ]
    );
}

#[test]
fn a_plan_period_ends_in_a_target() {
    assert_eq!(
        dated("到“十四五”末，[甲市/Place]规模以上工业企业数量达到3000家，服务业增加值总量突破6000亿元。"),
        [
            "甲市 | 规模以上工业企业数量 | level 3000 count exact | 2025 | target",
            "甲市 | 服务业增加值总量 | level 600000000000 CNY over | 2025 | target",
        ]
    );
}

#[test]
fn a_projects_own_figures_attach_to_it() {
    assert_eq!(
        dated("[甲市/Place]引进一批企业。[丙公司新材料项目/Project]总投资10.2亿元，占地面积约1000亩。"),
        [
            "丙公司新材料项目 | 总投资 | level 1020000000 CNY exact |  | actual",
            "丙公司新材料项目 | 占地面积 | level 1000 mu about |  | actual",
        ]
    );
}

#[test]
fn what_holds_from_completion_on_is_of_no_year_that_stands_before() {
    assert_eq!(
        dated(
            "2023年8月，[丙公司/Enterprise]新厂开工，占地面积200亩，达产后，年产值可达8亿元、利润1.2亿元。"
        ),
        [
            "丙公司 | 占地面积 | level 200 mu exact |  | actual",
            "丙公司 | 年产值 | level 800000000 CNY exact |  | target",
            "丙公司 | 利润 | level 120000000 CNY exact |  | target",
        ]
    );
    assert_eq!(
        dated("新厂投产后，2022年[丙公司/Enterprise]产值达到8亿元。"),
        ["丙公司 | 产值 | level 800000000 CNY exact | 2022 | actual"]
    );
}

#[test]
fn a_capacity_in_a_projects_name_is_its_figure() {
    assert_eq!(
        dated("[丁公司年产20万吨特种钢项目/Project]开工。"),
        ["丁公司年产20万吨特种钢项目 | 特种钢年产 | level 200000 t exact |  | actual"]
    );
}

#[test]
fn a_rank_is_of_the_figure_before() {
    assert_eq!(
        dated("上半年，[甲县/Place]规模以上工业增加值同比增长11.4%，增速位居全市第一。"),
        [
            "甲县 | 规模以上工业增加值 | growth 11.4 % exact | 2023-01/2023-06 | actual",
            "甲县 | 规模以上工业增加值增速 | rank 1 rank exact | 2023-01/2023-06 | actual",
        ]
    );
}

#[test]
fn distributed_values_go_to_their_heads() {
    let found = dated("2022年，[甲市/Place]固定资产投资、社会消费品零售总额分别增长8%、9%。");
    assert_eq!(
        found,
        [
            "甲市 | 固定资产投资 | growth 8 % exact | 2022 | actual",
            "甲市 | 社会消费品零售总额 | growth 9 % exact | 2022 | actual",
        ]
    );
}

#[test]
fn a_decrease_is_a_negative_growth() {
    assert_eq!(
        dated("[乙局/Organization]压减流程，审批环节压减了50%，材料减少了89%。").first().map(String::as_str),
        Some("乙局 | 审批环节 | growth -50 % exact |  | actual")
    );
}

#[test]
fn a_bare_fall_and_a_minus_are_negative() {
    assert_eq!(
        dated(
            "2022年，[甲市/Place]固定资产投资下降8.4%。[乙公司/Enterprise]净利润-7.36亿元，毛利率为-3.7%。"
        ),
        [
            "甲市 | 固定资产投资 | growth -8.4 % exact | 2022 | actual",
            "乙公司 | 净利润 | level -736000000 CNY exact |  | actual",
            "乙公司 | 毛利率 | level -3.7 % exact |  | actual",
        ]
    );
}

#[test]
fn a_rank_may_move() {
    assert_eq!(
        dated("2022年，[甲区/Place]综合竞争力居全国第34位，上升9位，营商环境排名比上年前移3个位次。"),
        [
            "甲区 | 综合竞争力 | rank 34 rank exact | 2022 | actual",
            "甲区 | 综合竞争力 | increment 9 rank exact | 2022 | actual",
            "甲区 | 营商环境排名 | increment 3 rank exact | 2022 | actual",
        ]
    );
}

#[test]
fn what_is_made_or_sold_is_called_by_its_amount() {
    assert_eq!(
        dated("2022年，[甲厂/Enterprise]生产轮胎3120万条，销售轮胎3000万条，销售收入9亿元。"),
        [
            "甲厂 | 轮胎产量 | level 31200000 count exact | 2022 | actual",
            "甲厂 | 轮胎销量 | level 30000000 count exact | 2022 | actual",
            "甲厂 | 销售收入 | level 900000000 CNY exact | 2022 | actual",
        ]
    );
}

#[test]
fn a_report_on_work_speaks_of_the_year_before_until_it_plans() {
    assert_eq!(
        shown(
            "[甲市/Place]政府工作报告（2014年）\n粮食产量达到50万吨，财政收入增长9%。\n2014年，要实现财政收入增长10%。粮食产量达到52万吨。"
        ),
        [
            "甲市 | 粮食产量 | level 500000 t exact | 2013 | actual",
            "甲市 | 财政收入 | growth 9 % exact | 2013 | actual",
            "甲市 | 财政收入 | growth 10 % exact | 2014 | target",
            "甲市 | 粮食产量 | level 520000 t exact | 2014 | target",
        ]
    );
}

#[test]
fn the_time_from_one_step_to_another_is_a_figure() {
    assert_eq!(
        dated("[甲项目/Project]从签约到开工119天。[乙市/Place]项目审批时间从87天降到41天。"),
        [
            "甲项目 | 签约到开工用时 | level 119 day exact |  | actual",
            "乙市 | 项目审批时间 | level 41 day exact from 87 |  | actual",
        ]
    );
}

#[test]
fn power_and_areas_are_named_as_such() {
    assert_eq!(
        dated(
            "2022年，[甲县/Place]建成50万千瓦风电。[乙县/Place]有四千亩苗圃。[丙县200兆瓦光伏项目/Project]开工。"
        ),
        [
            "甲县 | 风电装机容量 | level 500000 kW exact | 2022 | actual",
            "乙县 | 苗圃面积 | level 4000 mu exact |  | actual",
            "丙县200兆瓦光伏项目 | 光伏装机容量 | level 200000 kW exact |  | actual",
        ]
    );
}

#[test]
fn counts_that_name_nothing_measurable_are_left_out() {
    for text in [
        "[甲市/Place]从三个方面发力，坚持一张蓝图绘到底，把创新作为第一动力。",
        "[甲市/Place]打造“四个高地”，营造“三无”环境，打通服务“最后一公里”。",
        "[甲市/Place]召开第十四届三中全会，2021届毕业生踊跃参加。",
    ] {
        assert_eq!(dated(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn figures_of_a_nation_that_no_mention_names_are_left_out() {
    assert_eq!(dated("[甲市/Place]召开会议。全国税收收入增长5%。"), Vec::<String>::new());
}

#[test]
fn traditional_script_and_full_width_give_the_same() {
    assert_eq!(
        dated("２０２１年，[甲市/Place]規上工業增加值同比增長９．７％。"),
        ["甲市 | 规上工业增加值 | growth 9.7 % exact | 2021 | actual"]
    );
}

#[test]
fn a_bracket_inside_a_name_is_passed_over_and_what_it_names_is_forgotten() {
    assert_eq!(
        dated(
            "2022年，[甲市/Place]一等奖项目26项（其中自然科学奖3项），占全省总数的52%。[乙集团/Enterprise]2022年实现合同销售（连同联营公司）金额84亿元。"
        ),
        [
            "甲市 | 一等奖项目数量 | level 26 count exact | 2022 | actual",
            "甲市 | 自然科学奖数量 | level 3 count exact | 2022 | actual",
            "甲市 | 一等奖项目 | share 52 % exact | 2022 | actual",
            "乙集团 | 合同销售金额 | level 8400000000 CNY exact | 2022 | actual",
        ]
    );
}

#[test]
fn rates_that_follow_a_list_of_amounts_belong_to_them_in_turn() {
    assert_eq!(
        dated("2022年，[甲市/Place]财政总收入10亿元、公共财政预算支出20亿元，分别增长8.1%和7.1%。"),
        [
            "甲市 | 财政总收入 | level 1000000000 CNY exact | 2022 | actual",
            "甲市 | 公共财政预算支出 | level 2000000000 CNY exact | 2022 | actual",
            "甲市 | 财政总收入 | growth 8.1 % exact | 2022 | actual",
            "甲市 | 公共财政预算支出 | growth 7.1 % exact | 2022 | actual",
        ]
    );
}

#[test]
fn a_rate_without_a_name_is_of_what_the_clause_before_is_about() {
    assert_eq!(
        dated("2022年，[甲市/Place]工业投资加速扩张，同比增长22%，高于全国、全省13.3个、9.1个百分点。"),
        [
            "甲市 | 工业投资 | growth 22 % exact | 2022 | actual",
            "甲市 | 工业投资高于全国 | level 13.3 pp exact | 2022 | actual",
            "甲市 | 工业投资高于全省 | level 9.1 pp exact | 2022 | actual",
        ]
    );
}

#[test]
fn ordinals_of_a_list_share_what_the_last_one_names() {
    let shown = dated("2022年，[甲市/Place]第一、二、三产业增加值分别增长4.2%、6.3%和8.5%。");
    let names: Vec<&str> = shown.iter().filter_map(|line| line.split(" | ").nth(1)).collect();
    assert_eq!(names, ["第一产业增加值", "第二产业增加值", "第三产业增加值"]);
}

#[test]
fn both_ends_of_a_range_are_stated() {
    assert_eq!(
        dated("2022年，[甲市/Place]设备投资占比为70%-80%。"),
        [
            "甲市 | 设备投资 | share 70 % over | 2022 | actual",
            "甲市 | 设备投资 | share 80 % under | 2022 | actual",
        ]
    );
}

#[test]
fn what_stands_behind_a_bare_verb_is_what_is_measured() {
    assert_eq!(
        dated("2022年，[甲市/Place]提供50万平方米优质空间，辖4镇、10乡。"),
        [
            "甲市 | 优质空间面积 | level 500000 m2 exact | 2022 | actual",
            "甲市 | 镇数量 | level 4 count exact | 2022 | actual",
            "甲市 | 乡数量 | level 10 count exact | 2022 | actual",
        ]
    );
}

#[test]
fn a_plan_by_name_is_no_aim() {
    let shown = dated("2022年，[甲市/Place]滚动实施小微企业三年成长计划，新增小微企业2.6万家。");
    assert_eq!(shown, ["甲市 | 新增小微企业数量 | increment 26000 count exact | 2022 | actual"]);
}

#[test]
fn people_and_firms_are_counted_without_a_word_for_single_ones() {
    assert_eq!(
        dated("2022年，[甲县/Place]总人口22.45万，155万农村人口达到小康水平，惠及4.9万市场主体。"),
        [
            "甲县 | 总人口 | level 224500 person exact | 2022 | actual",
            "甲县 | 农村人口 | level 1550000 person exact | 2022 | actual",
            "甲县 | 惠及市场主体数量 | level 49000 count exact | 2022 | actual",
        ]
    );
}

#[test]
fn a_dateline_is_not_what_a_text_is_about() {
    let shown = dated("某网[甲市/Place]7月28日电 2022年，全国新增企业300家。");
    assert!(shown.is_empty(), "{shown:?}");
}

#[test]
fn a_text_is_about_the_place_that_its_whole_city_means() {
    let shown =
        dated("[甲省/Place]鼓励创新。走访[乙市/Place]，全市服务良好，全市环境改善。2022年新注册企业74家。");
    assert_eq!(shown, ["乙市 | 新注册企业数量 | increment 74 count exact | 2022 | actual"]);
}
