//! Which names denote one thing in all documents: the plain form of a name, and what keeps two apart.
//!
//! A document is read by itself; what it calls 甲市经开区 is 甲市经济技术开发区 elsewhere. Names of one class whose plain
//! forms (keys) are equal denote one thing everywhere. A key depends on the name alone, so that it is the same in every
//! document, whatever else was read.

use super::bodies::{is_national, official};
use super::homonyms::mention_of;
use super::names::{contract, phase};
use super::places::{Division, divisions, has_namesakes, told_apart};
use crate::document::Class;
use crate::mentions::gazetteer::{Entry, Gazetteer, Kind};
use std::collections::BTreeSet;

/// The plain form of a canonical name. An equal key is an equal thing.
pub fn identity_key(class: Class, name: &str) -> String {
    match class {
        _ if mention_of(name).is_some() => name.to_owned(),
        Class::Zone => zone(&contract(name)),
        Class::Enterprise => enterprise(name),
        Class::Organization => body(name),
        Class::Industry => industry(name),
        Class::Project => project(name),
        Class::Place => place(name),
        Class::Policy => policy(name),
        Class::Person | Class::Position => name.to_owned(),
    }
}

/// Levels by which a text names bodies of its own place.
const LEVELS: [char; 7] = ['省', '市', '县', '区', '州', '镇', '乡'];
/// Words that begin like a level and are none.
const NO_LEVELS: [&str; 9] = ["市场", "市政工", "市政设", "市政院", "区域", "区块", "省际", "县域", "乡村"];

/// Whether a name means something in its own document only: 市发改委 is another body in another city, 二期 another project's.
pub fn is_relative(class: Class, name: &str) -> bool {
    match class {
        Class::Organization => {
            name.starts_with(LEVELS) && !NO_LEVELS.iter().any(|word| name.starts_with(word))
        }
        Class::Project => {
            let stem = shorter(name, &["建设项目", "项目", "工程"], 1);
            phase(name).is_some() && stem.chars().count() <= 3
        }
        _ => false,
    }
}

/// Why a short name that a document gives to a thing may not be joined to that thing elsewhere, if anything forbids it.
pub fn kept_apart(class: Class, short: &str, full: &str) -> Option<&'static str> {
    if !matches!(
        class,
        Class::Enterprise | Class::Zone | Class::Organization | Class::Project | Class::Policy
    ) {
        return Some("names of this class are never shortened across documents");
    }
    let of_one_document = |name: &str| name.contains('·') || mention_of(name).is_some();
    if of_one_document(short) || of_one_document(full) || is_relative(class, short) {
        return Some("the name means something in its own document only");
    }
    if short.chars().count() < 2 || short.chars().count() >= full.chars().count() {
        return Some("the name is no shorter");
    }
    if class == Class::Project && phase(short) != phase(full) {
        return Some("they are phases of a project");
    }
    if class == Class::Enterprise && is_group(short) != is_group(full) && !full.contains(short) {
        return Some("one is a group, the other a company");
    }
    None
}

fn is_group(name: &str) -> bool {
    name.ends_with("集团") || name.ends_with("集团有限公司") || name.ends_with("集团公司")
}

/// Legal forms that a company's name may lack; 股份 and 集团 part a listed company from its group.
fn enterprise(name: &str) -> String {
    let name = name.replace("(集团)", "集团").replace("集团总公司", "集团").replace("集团公司", "集团");
    shorter(&name, &["有限责任公司", "有限公司", "公司"], 3)
}

/// A zone that everybody knows without its place is the same with it: 天津滨海新区.
fn zone(name: &str) -> String {
    let famous = |rest: &str| {
        let sure = |entry: &Entry| entry.kind == Kind::Zone && entry.weight == 9 && entry.code.is_empty();
        rest.ends_with("新区") && Gazetteer::open().lookup(rest).iter().any(sure)
    };
    match fronts(name).find(|(front, rest)| famous(rest) && division(front).is_some()) {
        Some((_, rest)) => rest.to_owned(),
        None if famous(name) => name.to_owned(),
        None => area(name).map_or_else(|| full_place(name), str::to_owned),
    }
}

/// 临港新片区 is one with and without the free trade zone, or the place, that it is a part of.
fn area(name: &str) -> Option<&str> {
    let behind = ["自由贸易试验区", "自贸试验区", "自贸区"].iter().find_map(|zone| name.split_once(zone));
    let front = || fronts(name).find(|(front, rest)| rest.ends_with("新片区") && division(front).is_some());
    let (_, rest) = behind.or_else(front)?;
    (rest.ends_with("片区") && rest.chars().count() > 3).then_some(rest)
}

/// Characters of directions, which mean something in their own text only: 中西部.
const DIRECTIONS: &str = "东西南北中部";

/// 北京地区 is 北京市 and 京津冀地区 京津冀, but 喀什地区 is called so in full; 雄安新区 is 雄安, but 兰州新区 not 兰州.
fn place(name: &str) -> String {
    let area = name.strip_suffix("新区").filter(|rest| rest.chars().count() > 1 && division(rest).is_none());
    if let Some(area) = area.filter(|_| division(name).is_none()) {
        return area.to_owned();
    }
    let bare = name.strip_suffix("地区").filter(|rest| rest.chars().count() > 1);
    match bare.filter(|rest| !rest.chars().all(|c| DIRECTIONS.contains(c))) {
        Some(rest) if division(name).is_none() => known(rest).map_or_else(|| rest.to_owned(), told_apart),
        _ => name.to_owned(),
    }
}

/// An industry is one with its chain and its cluster, with and without the word for industry.
fn industry(name: &str) -> String {
    // 房地产业 is the industry of 房地产, not that of 房地.
    const GOODS: [&str; 7] = ["地产", "水产", "畜产", "林产", "矿产", "特产", "遗产"];
    let name = shorter(name, &["全产业链", "产业集群", "产业链", "集群"], 2);
    match name.strip_suffix('业').filter(|rest| GOODS.iter().any(|goods| rest.ends_with(goods))) {
        Some(rest) => rest.to_owned(),
        None => shorter(&name, &["产业", "行业", "业"], 2),
    }
}

/// A title without the national bodies that issued it, a strategy without the word for it.
fn policy(name: &str) -> String {
    const CONTRACTIONS: [(&str, &str); 3] =
        [("国有企业", "国企"), ("中央企业", "央企"), ("民营企业", "民企")];
    let title = name.find("关于").filter(|at| all_national(&name[..*at])).map_or(name, |at| &name[at..]);
    let plain = shorter(&shorter(title, &["战略"], 2), &["政策", "行动"], 4);
    CONTRACTIONS.iter().fold(plain, |plain, (long, short)| plain.replace(long, short))
}

/// Whether some words are names of national bodies and nothing else.
fn all_national(words: &str) -> bool {
    let ends = words.char_indices().map(|(at, c)| at + c.len_utf8());
    words.is_empty() || ends.rev().any(|end| is_national(&words[..end]) && all_national(&words[end..]))
}

fn body(name: &str) -> String {
    if let Some(official) = official(name) {
        return official;
    }
    let name = name.strip_prefix("中共").unwrap_or(name).replace("人民政府", "政府");
    for level in ['省', '市', '区', '县', '州'] {
        if let Some(rest) = name.strip_suffix("委员会")
            && rest.ends_with(level)
        {
            return full_place(&format!("{rest}委"));
        }
    }
    full_place(&name)
}

fn project(name: &str) -> String {
    let plain = shorter(name, &["建设项目", "项目"], 4);
    match phase(name) {
        Some(_) => plain.replace("第一期", "一期").replace("第二期", "二期").replace("第三期", "三期"),
        None => plain,
    }
}

fn shorter(name: &str, endings: &[&str], least: usize) -> String {
    let rest = endings.iter().find_map(|e| name.strip_suffix(e).filter(|r| r.chars().count() >= least));
    rest.unwrap_or(name).to_owned()
}

/// A division's short name in front becomes its full one, where only one division bears it; before the name of a division
/// within it that has no namesakes it is left out.
fn full_place(name: &str) -> String {
    let Some((outer, rest)) = fronts(name).find_map(|(front, rest)| Some((known(front)?, rest))) else {
        return name.to_owned();
    };
    let within = outer.code.trim_end_matches("00");
    let inner = |(front, _): (&str, &str)| {
        known(front)
            .is_some_and(|d| !within.is_empty() && d.code.starts_with(within) && !has_namesakes(d.canonical))
    };
    if fronts(rest).any(inner) { full_place(rest) } else { format!("{}{rest}", outer.canonical) }
}

/// A name parted after two to seven characters, the longest front first, with at least two behind it.
fn fronts(name: &str) -> impl Iterator<Item = (&str, &str)> {
    let ends: Vec<usize> = name.char_indices().map(|(at, _)| at).skip(2).take(6).collect();
    let parted = ends.into_iter().rev().map(|end| name.split_at(end));
    parted.filter(|(_, rest)| rest.chars().count() >= 2)
}

/// The full name of the only division of that name.
fn division(name: &str) -> Option<&'static str> {
    known(name).map(|division| division.canonical)
}

/// The only division of that name.
fn known(name: &str) -> Option<Division> {
    divisions(&BTreeSet::from([name])).get(name).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(class: Class, a: &str, b: &str) -> bool {
        identity_key(class, a) == identity_key(class, b)
    }

    #[test]
    fn a_zone_is_one_by_contraction_and_by_its_places_full_name() {
        assert!(same(Class::Zone, "太原经开区", "太原市经济技术开发区"));
        assert!(!same(Class::Zone, "太原市经开区", "太原市高新区"));
        assert!(!same(Class::Zone, "太原市高新区", "大同市高新区"));
        assert!(same(Class::Zone, "天津滨海新区", "滨海新区") && !same(Class::Zone, "太原新区", "大同新区"));
    }

    #[test]
    fn a_part_of_a_free_trade_zone_is_one_with_and_without_it() {
        assert!(same(Class::Zone, "中国(上海)自由贸易试验区临港新片区", "临港新片区"));
        assert!(same(Class::Zone, "上海临港新片区", "临港新片区"));
        assert!(!same(Class::Zone, "中国(山东)自由贸易试验区青岛片区", "中国(山东)自由贸易试验区烟台片区"));
        assert!(!same(Class::Zone, "中国(上海)自由贸易试验区", "中国(山东)自由贸易试验区"));
    }

    #[test]
    fn a_place_is_one_with_the_word_for_the_land_around_it() {
        assert!(same(Class::Place, "太原地区", "太原市") && same(Class::Place, "京津冀地区", "京津冀"));
        assert!(same(Class::Place, "雄安新区", "雄安") && !same(Class::Place, "兰州新区", "兰州市"));
        assert!(!same(Class::Place, "中西部", "中西部地区"));
        assert!(!same(Class::Place, "喀什地区", "喀什市") && !same(Class::Place, "太原市", "太原县"));
    }

    #[test]
    fn an_industry_is_one_with_its_chain_and_without_the_word_for_industry() {
        for (a, b) in [
            ("房地产", "房地产业"),
            ("先进制造业", "先进制造业产业链"),
            ("储能", "储能产业"),
            ("煤化工产业集群", "煤化工"),
        ] {
            assert!(same(Class::Industry, a, b), "{a} {b}");
        }
        for (a, b) in
            [("房地产业", "房屋"), ("农业", "农产品"), ("工业", "轻工业"), ("煤炭产业", "煤化工产业")]
        {
            assert!(!same(Class::Industry, a, b), "{a} {b}");
        }
    }

    #[test]
    fn a_title_is_one_with_and_without_the_national_bodies_that_issued_it() {
        assert!(same(Class::Policy, "中共中央国务院关于促进甲经济的意见", "关于促进甲经济的意见"));
        assert!(!same(Class::Policy, "太原市关于促进甲经济的意见", "大同市关于促进甲经济的意见"));
        assert!(same(Class::Policy, "国有企业改革", "国企改革") && same(Class::Policy, "双碳战略", "双碳"));
        assert!(!same(Class::Policy, "三年行动", "三年"));
    }

    #[test]
    fn a_group_its_company_and_its_listed_company_stay_apart() {
        assert!(same(Class::Enterprise, "甲乙钢铁(集团)有限公司", "甲乙钢铁集团"));
        assert!(same(Class::Enterprise, "甲乙不锈钢有限公司", "甲乙不锈钢"));
        assert!(!same(Class::Enterprise, "甲乙钢铁集团有限公司", "甲乙钢铁股份有限公司"));
        assert!(!same(Class::Enterprise, "甲乙钢铁集团有限公司", "甲乙钢铁有限公司"));
    }

    #[test]
    fn phases_of_a_project_stay_apart() {
        assert!(same(Class::Project, "高性能磁材一期项目", "高性能磁材第一期项目"));
        assert!(!same(Class::Project, "高性能磁材一期", "高性能磁材二期"));
        assert!(kept_apart(Class::Project, "高性能磁材", "甲市高性能磁材二期").is_some());
    }

    #[test]
    fn a_body_is_one_under_its_full_and_its_usual_name() {
        assert!(same(Class::Organization, "中共太原市委员会", "太原市委"));
        assert!(same(Class::Organization, "太原市人民政府", "太原市政府"));
        assert!(same(Class::Organization, "山西省太原市政府", "太原市政府"));
        assert!(!same(Class::Organization, "徐州市鼓楼区政府", "鼓楼区政府"));
        assert!(!same(Class::Organization, "太原市政府", "大同市政府"));
        assert!(same(Class::Organization, "国家发改委", "国家发展改革委"));
    }

    #[test]
    fn a_name_without_its_place_means_something_in_its_document_only() {
        for name in ["市发改委", "省审计厅", "区政府", "市政府"] {
            assert!(is_relative(Class::Organization, name), "{name}");
            assert!(kept_apart(Class::Organization, name, &format!("太原{name}")).is_some(), "{name}");
        }
        for name in ["市场监管总局", "区域经济研究院", "太原市发改委"] {
            assert!(!is_relative(Class::Organization, name), "{name}");
        }
        assert!(is_relative(Class::Project, "二期工程") && is_relative(Class::Project, "一期"));
        assert!(!is_relative(Class::Project, "高性能磁材一期"));
    }

    #[test]
    fn persons_and_places_are_never_shortened() {
        assert!(kept_apart(Class::Person, "王明", "王小明").is_some());
        assert!(kept_apart(Class::Place, "太原", "太原市").is_some());
        assert!(kept_apart(Class::Enterprise, "甲钢", "甲市乙钢铁有限公司").is_none());
    }
}
