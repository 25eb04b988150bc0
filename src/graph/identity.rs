//! Which names denote one thing in all documents: the plain form of a name, and what keeps two apart.
//!
//! A document is read by itself; what it calls 甲市经开区 is 甲市经济技术开发区 elsewhere. Names of one class whose plain
//! forms (keys) are equal denote one thing everywhere. A key depends on the name alone, so that it is the same in every
//! document, whatever else was read.

use super::bodies::official;
use super::names::{contract, phase};
use super::places::divisions;
use crate::document::Class;
use crate::mentions::gazetteer::{Entry, Gazetteer, Kind};
use std::collections::BTreeSet;

/// The plain form of a canonical name. An equal key is an equal thing.
pub fn identity_key(class: Class, name: &str) -> String {
    match class {
        Class::Zone => zone(&contract(name)),
        Class::Enterprise => enterprise(name),
        Class::Organization => body(name),
        Class::Industry => shorter(name, &["产业", "行业"], 2),
        Class::Project => project(name),
        Class::Place | Class::Policy | Class::Person | Class::Position => name.to_owned(),
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
    if short.contains('·') || full.contains('·') || is_relative(class, short) {
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
    let known = |rest: &str| {
        let sure = |entry: &Entry| entry.kind == Kind::Zone && entry.weight == 9 && entry.code.is_empty();
        rest.ends_with("新区") && Gazetteer::open().lookup(rest).iter().any(sure)
    };
    match fronts(name).find(|(front, rest)| known(rest) && division(front).is_some()) {
        Some((_, rest)) => rest.to_owned(),
        None if known(name) => name.to_owned(),
        None => full_place(name),
    }
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

/// A division's short name in front becomes its full one, where only one division bears it.
fn full_place(name: &str) -> String {
    let full = fronts(name).find_map(|(front, rest)| Some(format!("{}{rest}", division(front)?)));
    full.unwrap_or_else(|| name.to_owned())
}

/// A name parted after two to seven characters, the longest front first, with at least two behind it.
fn fronts(name: &str) -> impl Iterator<Item = (&str, &str)> {
    let ends: Vec<usize> = name.char_indices().map(|(at, _)| at).skip(2).take(6).collect();
    let parted = ends.into_iter().rev().map(|end| name.split_at(end));
    parted.filter(|(_, rest)| rest.chars().count() >= 2)
}

/// The full name of the only division of that name.
fn division(name: &str) -> Option<&'static str> {
    divisions(&BTreeSet::from([name])).get(name).map(|division| division.canonical)
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
