//! The other names that a name stands for by rule: short forms of zones, endings of enterprises.

/// What zones are called in full and in short, longest first.
const ZONE_WORDS: [(&str, &str); 16] = [
    ("高新技术产业开发区", "高新区"),
    ("高新技术产业园区", "高新区"),
    ("高新技术产业园", "高新区"),
    ("高新技术开发区", "高新区"),
    ("高新技术园区", "高新区"),
    ("高新产业开发区", "高新区"),
    ("经济技术开发区", "经开区"),
    ("经济开发区", "经开区"),
    ("综合保税区", "综保区"),
    // The State Council has made comprehensive bonded zones of the bonded ports.
    ("保税港区", "综保区"),
    ("产业基地", "基地"),
    ("综合改革", "综改"),
    ("农业高新技术产业示范区", "农高区"),
    ("自由贸易试验区", "自贸区"),
    ("工业园区", "工业园"),
    ("产业园区", "产业园"),
];

/// What may stand behind the name of a zone.
const ZONE_ENDS: [&str; 7] = ["管理委员会", "管委会", "特殊街道", "街道", "办事处", "特殊乡镇", "直属乡镇"];

/// Endings of titles of classes.
const TITLE_ENDS: [&str; 7] = ["制造业", "加工业", "制造", "加工", "生产", "业", "服务"];

/// Endings of names of enterprises that say no more than their form. 集团 says more: a group is not its listed company.
const LEGAL_ENDS: [&str; 5] = ["股份有限公司", "有限责任公司", "有限公司", "股份公司", "公司"];

/// Words that short names of listed companies add to the name in use.
const TRADE_WORDS: [&str; 7] = ["产业", "股份", "集团", "控股", "科技", "实业", "技术"];

/// A folded zone name in its shortest regular form.
pub fn zone_key(folded: &str) -> String {
    let mut key = folded.replace(['（', '）', '(', ')'], "");
    for end in ZONE_ENDS {
        if let Some(rest) = key.strip_suffix(end) {
            key = rest.to_owned();
        }
    }
    for (long, short) in ZONE_WORDS {
        key = key.replace(long, short);
    }
    for rank in ["国家级", "省级", "市级"] {
        key = key.replace(rank, "");
    }
    without_level(&key)
}

/// A name without the 市, 县 or 省 of the place it begins with: 甲乙市经开区 is 甲乙经开区.
fn without_level(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    let level = (2..5).find(|at| {
        let next = chars.get(at + 1);
        chars.get(*at).is_some_and(|c| matches!(c, '市' | '县' | '省'))
            && chars.len() >= at + 4
            && next.is_some_and(|c| !matches!(c, '场' | '政' | '民' | '区' | '域'))
    });
    chars.iter().enumerate().filter(|(at, _)| Some(*at) != level).map(|(_, c)| *c).collect()
}

/// What a zone inside another one is called without it: 甲经开区乙工业园 is 乙工业园.
pub fn without_parent_zone(key: &str) -> Option<&str> {
    let ends = ["经开区", "高新区", "开发区", "新区", "示范区"]
        .iter()
        .filter_map(|word| Some(key.find(word)? + word.len()));
    ends.min().map(|end| &key[end..]).filter(|rest| rest.chars().count() >= 4)
}

/// Whether nothing but the kind of zone is left of a key.
pub fn is_bare_zone(key: &str) -> bool {
    const BARE: [&str; 14] = [
        "高新区",
        "经开区",
        "综保区",
        "开发区",
        "工业区",
        "工业园区",
        "工业园",
        "产业园",
        "产业园区",
        "新区",
        "示范区",
        "园区",
        "保税区",
        "自贸区",
    ];
    key.chars().count() < 4 || BARE.contains(&key)
}

/// The things that the title of a class lists: `酱油、食醋及类似制品制造` lists two and a remainder; `医疗、外科及兽医用器械制造`
/// lists none, but what its one thing is for, and a title of trade lists what is sold.
pub fn conjuncts(title: &str) -> Vec<String> {
    let sold = ["批发", "零售", "修理"].iter().any(|trade| title.contains(trade));
    if !title.contains(['、', '和', '及']) || title.contains('用') || sold {
        return Vec::new();
    }
    let stem = TITLE_ENDS.iter().find_map(|end| title.strip_suffix(end)).unwrap_or(title);
    let parts = stem.split(['、', '和', '及']).map(str::trim);
    let parts = parts.filter(|p| p.chars().count() >= 2 && !p.contains("其他") && !p.contains("类似"));
    parts.map(str::to_owned).collect()
}

/// A folded enterprise name without its legal form; the same if it has none.
pub fn without_form(folded: &str) -> &str {
    let stem = LEGAL_ENDS.iter().find_map(|end| folded.strip_suffix(end));
    stem.filter(|stem| stem.chars().count() >= 2).unwrap_or(folded)
}

/// A short name of a listed company without the marks that exchanges add, and whether one of them was a warning.
pub fn without_marks(folded: &str) -> (&str, bool) {
    let warned = ["*st", "s*st", "sst", "st", "xd", "xr", "dr", "n"];
    let stem = warned.iter().find_map(|mark| folded.strip_prefix(mark));
    let stem = stem.filter(|stem| stem.starts_with(|c: char| !c.is_ascii()));
    let rest = stem.unwrap_or(folded);
    let end = ["-uw", "-wd", "-u", "-w", "-d", "a", "b"].iter().find_map(|mark| rest.strip_suffix(mark));
    (end.filter(|end| end.chars().count() >= 2).unwrap_or(rest), stem.is_some())
}

/// Whether what stands behind a short name in a longer one only says that it is a company.
pub fn is_trade_word(rest: &str) -> bool {
    TRADE_WORDS.contains(&rest)
}

/// The numbers and ordinals in a name, in digits: two names of one thing have the same.
pub fn numbers(name: &str) -> Vec<String> {
    let digits: Vec<char> = "〇一二三四五六七八九十".chars().collect();
    let mut found = Vec::new();
    let mut run = String::new();
    let chars: Vec<char> = name.chars().collect();
    for (i, c) in chars.iter().enumerate() {
        let counted = |c: &char| matches!(c, '期' | '号' | '厂' | '局' | '院' | '建' | '矿');
        let ordinal = i > 0 && chars[i - 1] == '第' || chars.get(i + 1).is_some_and(counted);
        match digits.iter().position(|d| d == c) {
            Some(value) if ordinal => found.push(value.to_string()),
            _ if c.is_ascii_digit() => {
                run.push(*c);
                continue;
            }
            _ => {}
        }
        if !run.is_empty() {
            found.push(std::mem::take(&mut run));
        }
    }
    if !run.is_empty() {
        found.push(run);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_meet_in_their_short_form() {
        assert_eq!(zone_key("甲乙高新技术产业开发区"), zone_key("甲乙高新区"));
        assert_eq!(zone_key("甲转型综合改革示范区"), "甲转型综改示范区");
        assert_eq!(zone_key("甲经济开发区管理委员会"), "甲经开区");
        assert!(is_bare_zone("经开区") && !is_bare_zone("甲乙经开区"));
        assert_eq!(zone_key("甲乙市经济开发区"), zone_key("甲乙经开区"));
        assert_eq!(zone_key("甲乙市场产业园区"), "甲乙市场产业园");
        assert_eq!(without_parent_zone("甲经开区丙丁工业园"), Some("丙丁工业园"));
        assert_eq!(without_parent_zone("甲经开区"), None);
    }

    #[test]
    fn titles_of_classes_list_their_things() {
        assert_eq!(conjuncts("酱油、食醋及类似制品制造"), ["酱油", "食醋"]);
        assert!(conjuncts("白酒制造").is_empty());
        assert!(conjuncts("甲、乙及丙用器械制造").is_empty());
        assert!(conjuncts("金属及金属矿批发").is_empty());
    }

    #[test]
    fn marks_of_exchanges_are_told_from_names() {
        assert_eq!(without_marks("*st甲乙"), ("甲乙", true));
        assert_eq!(without_marks("甲乙产业-u"), ("甲乙产业", false));
        assert_eq!(without_marks("甲乙a"), ("甲乙", false));
        assert_eq!(without_marks("tcl中环"), ("tcl中环", false));
    }

    #[test]
    fn numbers_and_ordinals_are_read_as_digits() {
        assert_eq!(numbers("甲项目二期"), numbers("甲项目2期"));
        assert_ne!(numbers("第三人民医院"), numbers("第二人民医院"));
        assert!(numbers("三亚市").is_empty());
    }
}
