//! Capacities that stand in a project's own name: 3万吨某某生产线, 年产20万套某某项目.

use crate::mentions::quantities::Quantity;
use crate::mentions::units::Kind;

/// The rule that reads a capacity in a project's name.
pub(super) const RULE: &str = "figure:capacity-in-name";

const PLANT: &[&str] = &["风电", "光伏", "发电", "电站", "火电", "煤电", "水电", "核电", "抽水蓄能", "热电"];
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
    if quantity.kind == Kind::Power
        && !name.contains("电池")
        && !name.contains("组件")
        && PLANT.iter().any(|word| name.contains(word))
    {
        return Some("装机容量".chars().collect());
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
