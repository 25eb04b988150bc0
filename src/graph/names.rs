//! When two names of one class, in one document, mean one thing.

use crate::document::Class;

/// Why two names are taken to mean one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// 太原, 太原市 and its abbreviation have one code in the gazetteer of divisions.
    SameCode,
    /// 长治 and 长治市; 煤炭 and 煤炭产业: they differ in the class's own suffix.
    Suffix,
    /// 经济技术开发区 and 经开区: a usual contraction.
    Contraction,
    /// The short name stands in the full one, beside a place and words of trade.
    PartOfFullName,
    /// 两江新区 and 重庆两江新区: the place in front is left out.
    PlaceLeftOut,
    /// 市委 for the committee of the text's own place.
    OwnPlace,
    /// “甲公司（以下简称乙）”.
    Introduced,
}

impl Reason {
    /// The reason in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::SameCode => "they have one code in the gazetteer",
            Self::Suffix => "they differ in the usual ending only",
            Self::Contraction => "one is the usual contraction of the other",
            Self::PartOfFullName => "the short name stands in the full one",
            Self::PlaceLeftOut => "the place in front is left out",
            Self::OwnPlace => "it is the body of the text's own place",
            Self::Introduced => "the text introduces the short name",
        }
    }
}

const PLACE_SUFFIXES: &[&str] = &[
    "特别行政区",
    "维吾尔自治区",
    "壮族自治区",
    "回族自治区",
    "自治区",
    "自治州",
    "自治县",
    "地区",
    "街道",
    "省",
    "市",
    "县",
    "区",
    "州",
    "盟",
    "旗",
    "镇",
    "乡",
    "村",
];
const ENTERPRISE_SUFFIXES: &[&str] = &[
    "集团股份有限公司",
    "集团有限责任公司",
    "股份有限公司",
    "有限责任公司",
    "集团有限公司",
    "控股有限公司",
    "集团总公司",
    "集团公司",
    "有限公司",
    "总公司",
    "分公司",
    "公司",
    "集团",
    "控股",
    "股份",
];
const INDUSTRY_SUFFIXES: &[&str] =
    &["全产业链", "产业集群", "产业链", "产业", "行业", "工业", "制造业", "集群", "领域", "业"];
const PROJECT_SUFFIXES: &[&str] = &["建设项目", "项目", "工程"];
const POLICY_SUFFIXES: &[&str] =
    &["发展战略", "战略", "行动计划", "行动", "改革", "工程", "计划", "规划", "制度"];

/// Usual contractions in the names of zones, long form first.
const ZONE_CONTRACTIONS: &[(&str, &str)] = &[
    ("经济技术开发区", "经开区"),
    ("高新技术产业开发区", "高新区"),
    ("高新技术开发区", "高新区"),
    ("高新技术产业园区", "高新区"),
    ("经济开发区", "经开区"),
    ("自由贸易试验区", "自贸区"),
    ("自贸试验区", "自贸区"),
    ("工业园区", "工业园"),
    ("产业园区", "产业园"),
];

/// Why `short` and `full` (folded names of `class`, `short` not the longer) mean one thing, if they do.
pub fn same_thing(class: Class, short: &str, full: &str) -> Option<Reason> {
    match class {
        Class::Place => by_suffix(short, full, PLACE_SUFFIXES),
        Class::Industry => by_suffix(
            &short.replace("规模以上", "规上"),
            &full.replace("规模以上", "规上"),
            INDUSTRY_SUFFIXES,
        ),
        Class::Project => by_suffix(short, full, PROJECT_SUFFIXES).or_else(|| tail_of(short, full)),
        Class::Policy => by_suffix(short, full, POLICY_SUFFIXES),
        Class::Zone => same_zone(short, full),
        Class::Enterprise => same_enterprise(short, full),
        Class::Organization => same_body(short, full),
        Class::Person | Class::Position => None,
    }
}

fn stem<'a>(name: &'a str, suffixes: &[&str]) -> &'a str {
    suffixes
        .iter()
        .find_map(|s| name.strip_suffix(s).filter(|rest| rest.chars().count() >= 2))
        .unwrap_or(name)
}

/// Equal but for the suffix, which one of the two may lack.
fn by_suffix(short: &str, full: &str, suffixes: &[&str]) -> Option<Reason> {
    let (a, b) = (stem(short, suffixes), stem(full, suffixes));
    (a == b && (a == short || suffixes == INDUSTRY_SUFFIXES)).then_some(Reason::Suffix)
}

/// A project named again without the words in front: at least five characters, and most of the name.
fn tail_of(short: &str, full: &str) -> Option<Reason> {
    let (a, b) = (stem(short, PROJECT_SUFFIXES), stem(full, PROJECT_SUFFIXES));
    let long_enough = a.chars().count() >= 5 && a.chars().count() * 2 >= b.chars().count();
    (long_enough && b.ends_with(a) && !has_phase(b)).then_some(Reason::PartOfFullName)
}

/// Whether a name numbers a phase, in which it differs from its siblings.
fn has_phase(name: &str) -> bool {
    phase(name).is_some()
}

/// The phase that a name numbers.
pub(super) fn phase(name: &str) -> Option<&'static str> {
    ["一期", "二期", "三期", "四期", "五期", "六期"].into_iter().find(|p| name.contains(p))
}

pub(super) fn contract(name: &str) -> String {
    let mut name = name.to_owned();
    for (long, short) in ZONE_CONTRACTIONS {
        if let Some(rest) = name.strip_suffix(long) {
            name = format!("{rest}{short}");
            break;
        }
    }
    name.replace("国家级", "")
}

fn same_zone(short: &str, full: &str) -> Option<Reason> {
    if let Some((zone, inner)) = full.trim_end_matches(')').split_once('(')
        && inner == short
        && !zone.is_empty()
    {
        return Some(Reason::PartOfFullName);
    }
    let (a, b) = (contract(short), contract(full));
    if a == b {
        return Some(Reason::Contraction);
    }
    if is_new_area(short, full) {
        return Some(Reason::Suffix);
    }
    let place_left_out =
        b.ends_with(&a) && a.chars().count() >= 4 && b.chars().count() <= a.chars().count() + 4;
    place_left_out.then_some(Reason::PlaceLeftOut).or_else(|| inner_dropped(&a, &b))
}

/// 浦东 for 上海浦东新区.
fn is_new_area(short: &str, full: &str) -> bool {
    let stems = ["新片区", "新区"].iter().filter_map(|ending| full.strip_suffix(ending));
    short.chars().count() >= 2 && stems.into_iter().any(|stem| stem.ends_with(short))
}

/// 云山盐化工园 for 云山县盐化工产业园: the same characters in order, beginning and end alike, little left out.
fn inner_dropped(short: &str, full: &str) -> Option<Reason> {
    let (s, f): (Vec<char>, Vec<char>) = (short.chars().collect(), full.chars().collect());
    let alike = s.len() >= 5 && f.len() <= s.len() + 4 && s[..2] == f[..2] && s.last() == f.last();
    (alike && is_subsequence(&s, &f)).then_some(Reason::Contraction)
}

fn is_subsequence(short: &[char], full: &[char]) -> bool {
    let mut rest = full.iter();
    short.iter().all(|c| rest.any(|f| f == c))
}

/// Bodies that a text names without the place they belong to.
const OWN_BODIES: &[&str] = &[
    "市委",
    "市政府",
    "省委",
    "省政府",
    "县委",
    "县政府",
    "区委",
    "区政府",
    "州委",
    "州政府",
    "管委会",
    "市委市政府",
    "党工委",
    "自治区党委",
    "自治区政府",
];

/// 市委 for 云山市委, 省工商联 for 东江省工商联.
fn same_body(short: &str, full: &str) -> Option<Reason> {
    let left_out = full.strip_suffix(short)?.chars().count();
    let levelled =
        short.chars().count() >= 3 && short.starts_with(['省', '市', '县', '区', '州']) && left_out <= 3;
    (OWN_BODIES.contains(&short) || levelled).then_some(Reason::OwnPlace)
}

fn same_enterprise(short: &str, full: &str) -> Option<Reason> {
    let core = stem(full, ENTERPRISE_SUFFIXES);
    let wanted = stem(short, ENTERPRISE_SUFFIXES);
    if wanted == core && (short == wanted || full == core) {
        return Some(Reason::Suffix);
    }
    let is_registered = core != full;
    let count = wanted.chars().count();
    let found = core.find(wanted)?;
    let before = core[..found].chars().count();
    let after = &core[found + wanted.len()..];
    // What stands before may be a place; a bracket behind would name a branch.
    let fits = before <= 3 && !after.contains('(') && !after.contains("公司");
    let short_has_suffix = wanted != short;
    (is_registered && count >= 2 && fits && !short_has_suffix && (count >= 3 || before <= 2))
        .then_some(Reason::PartOfFullName)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_may_lack_its_suffix_but_not_change_it() {
        assert_eq!(same_thing(Class::Place, "长治", "长治市"), Some(Reason::Suffix));
        assert_eq!(same_thing(Class::Place, "吉林市", "吉林省"), None);
        assert_eq!(same_thing(Class::Place, "东台", "东台山"), None);
    }

    #[test]
    fn zones_meet_by_contraction_and_by_place_left_out() {
        assert_eq!(same_thing(Class::Zone, "甲市经开区", "甲市经济技术开发区"), Some(Reason::Contraction));
        assert_eq!(same_thing(Class::Zone, "乙江新区", "甲市乙江新区"), Some(Reason::PlaceLeftOut));
        assert_eq!(same_thing(Class::Zone, "太区", "太丙经济区(太区)"), Some(Reason::PartOfFullName));
        assert_eq!(same_thing(Class::Zone, "乙江", "甲市乙江新区"), Some(Reason::Suffix));
        assert_eq!(same_thing(Class::Zone, "甲市经开区", "甲市高新区"), None);
        assert_eq!(same_thing(Class::Zone, "甲市高新区", "甲高新技术产业开发区"), None);
    }

    #[test]
    fn a_short_name_joins_the_registered_name_but_not_a_branch() {
        let full = "湖北永丰环保科技有限公司";
        assert_eq!(same_thing(Class::Enterprise, "永丰环保", full), Some(Reason::PartOfFullName));
        assert_eq!(same_thing(Class::Enterprise, "永丰", "永丰(重庆)有限公司"), None);
        assert_eq!(same_thing(Class::Enterprise, "永丰公司", "永丰冰箱厂"), None);
    }

    #[test]
    fn a_body_may_lack_its_place() {
        assert_eq!(same_thing(Class::Organization, "市委", "云山市委"), Some(Reason::OwnPlace));
        assert_eq!(same_thing(Class::Organization, "委员会", "云山市委员会"), None);
    }

    #[test]
    fn phases_of_a_project_stay_apart() {
        assert_eq!(same_thing(Class::Project, "高性能磁材项目一期", "高性能磁材项目二期"), None);
        assert_eq!(same_thing(Class::Project, "高性能磁材", "高性能磁材项目"), Some(Reason::Suffix));
    }
}
