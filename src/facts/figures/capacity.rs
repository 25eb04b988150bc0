//! Capacities that stand in a project's own name: 3万吨某某生产线, 年产20万套某某项目.

use crate::mentions::quantities::Quantity;
use crate::mentions::units::Kind;

/// The rule that reads a capacity in a project's name.
pub(super) const RULE: &str = "figure:capacity-in-name";

/// What a plant runs on; what it can yield is its installed capacity. The longest first.
const PLANT: &[&str] = &[
    "海上风电",
    "抽水蓄能",
    "光热发电",
    "风光",
    "风电",
    "光伏",
    "光热",
    "火电",
    "煤电",
    "水电",
    "核电",
    "热电",
    "发电",
];
/// What is made in power: cells and modules by the gigawatt.
const MADE: &[&str] = &["电池", "组件", "电芯", "硅片", "硅棒", "拉晶", "叶片", "整机", "装备"];
const TAILS: &[&str] = &[
    "项目",
    "生产线",
    "基地",
    "工程",
    "一期",
    "二期",
    "三期",
    "生产",
    "建设",
    "产业化",
    "技改",
    "扩建",
    "产业园",
    "制造",
    "智能",
    "加工",
    "技术改造",
    "改造",
    "全产业链",
    "深",
    "新建",
];

/// 光伏装机容量 of a plant that is named with 光伏; 装机容量 of one that does not say what it runs on.
fn installed(name: &str) -> Vec<char> {
    let plant = PLANT.iter().find(|word| name.contains(**word)).copied().unwrap_or_default();
    let source = plant.strip_suffix("发电").unwrap_or(plant);
    source.chars().chain("装机容量".chars()).collect()
}

/// Completes the name of an area or of power: 风电 in 520万千瓦风电 is 风电装机容量, 苗圃 in 四千亩苗圃 is 苗圃面积.
pub(super) fn completed(kind: Kind, mut name: Vec<char>) -> Vec<char> {
    let text: String = name.iter().collect();
    let ends = |words: &[&str]| words.iter().any(|word| text.ends_with(word));
    match kind {
        Kind::Area if !ends(&["面积", "规模", "产能", "能力", "销售", "成交"]) => {
            name.extend("面积".chars())
        }
        Kind::Power | Kind::Energy if ends(&["储能"]) => name.extend("容量".chars()),
        Kind::Power if ends(PLANT) => name.extend("装机容量".chars()),
        _ => {}
    }
    name
}

/// The indicator of a quantity inside a project's name, from what stands before and after it there.
pub(super) fn indicator(quantity: &Quantity, before: &[char], after: &[char]) -> Option<Vec<char>> {
    if matches!(
        quantity.kind,
        Kind::Percent | Kind::Point | Kind::Time | Kind::Times | Kind::Rank | Kind::Person
    ) {
        return None;
    }
    if quantity.value <= 1.0 && quantity.kind == Kind::Count {
        return None;
    }
    let mut name: String = after.iter().take_while(|c| !matches!(c, '、' | '及' | '（' | '和')).collect();
    if quantity.kind == Kind::Power && !MADE.iter().any(|word| name.contains(word)) {
        return Some(installed(&(before.iter().collect::<String>() + &name)));
    }
    while let Some(shorter) = TAILS.iter().find_map(|tail| name.strip_suffix(tail)) {
        name = shorter.to_owned();
    }
    let name = name.strip_prefix('的').unwrap_or(&name);
    let suffix = match quantity.kind {
        Kind::Area => "面积",
        Kind::Length => "长度",
        Kind::Money => "投资",
        Kind::Count if !before.ends_with(&['年', '产']) => return None,
        _ if before.ends_with(&['年', '产']) => "年产",
        _ => "产能",
    };
    Some(name.chars().chain(suffix.chars()).collect())
}
