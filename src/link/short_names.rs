//! Short names under which an exchange may list a company that is called by its full name.
//!
//! A list of listed companies holds four characters or so of each name: what is left without the legal form, mostly without the
//! place, often without words that any company may bear. Only a company limited by shares can be listed, so a name of another
//! form is not shortened; one without a form loses no more than its place.

use super::context::holds;
use super::names::without_form;
use super::sources::leading_place;
use super::{Kind, Source, Table};

/// The forms of companies limited by shares.
const BY_SHARES: [&str; 2] = ["股份有限公司", "股份公司"];

/// Words that short names leave out, the longest first.
const FILLING: [&str; 17] = [
    "信息技术",
    "数字技术",
    "信息科技",
    "电子科技",
    "智能科技",
    "生物科技",
    "高科技",
    "科技",
    "技术",
    "集团",
    "控股",
    "实业",
    "产业",
    "发展",
    "国际",
    "企业",
    "投资",
];

/// Stands where a place does, and says nothing of where a company lies.
const COUNTRY: &str = "中国";

/// How a name was shortened, besides its place and legal form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cut {
    /// Not at all.
    No,
    /// Words of trade were left out.
    Trade,
    /// So they were, and 股份 was put behind what was left.
    TradeForEnding,
    /// Only its beginning was kept, or that and the word of trade at its end.
    Beginning,
}

/// A name that a full name may be shortened to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ShortName {
    /// The short name.
    pub form: String,
    /// The division, or the country, that was left out in front; empty if none was.
    pub place: String,
    /// What else was done to it.
    pub cut: Cut,
    /// Whether the full name is that of a company limited by shares.
    pub by_shares: bool,
}

impl ShortName {
    /// Codes of the divisions that the place in front may be; none of a country.
    pub(super) fn codes(&self, divisions: &Table) -> Vec<String> {
        codes(&self.place, divisions)
    }

    /// Whether it lost a place that says where the company lies.
    pub(super) fn has_division(&self) -> bool {
        !self.place.is_empty() && self.place != COUNTRY
    }
}

/// Whether a folded name is that of a company limited by shares.
pub(super) fn is_by_shares(folded: &str) -> bool {
    BY_SHARES.iter().any(|form| folded.ends_with(form))
}

/// The names that a folded full name may be shortened to, those that say most first.
pub(super) fn short_names(folded: &str, divisions: &Table) -> Vec<ShortName> {
    let plain = folded.replace(['(', ')'], "");
    let stem = BY_SHARES.iter().find_map(|form| plain.strip_suffix(form));
    if stem.is_none() && without_form(&plain) != plain {
        return Vec::new();
    }
    let whole = stem.unwrap_or(&plain);
    let (place, rest) = without_place(whole, divisions);
    let plainly = ShortName { form: rest.to_owned(), place, cut: Cut::No, by_shares: stem.is_some() };
    let mut found = Vec::new();
    if plainly.by_shares {
        if !plainly.place.is_empty() {
            let placed = ShortName { form: whole.to_owned(), place: String::new(), ..plainly.clone() };
            found.extend(thinned(&placed));
        }
        found.extend(thinned(&plainly));
    }
    if !plainly.place.is_empty() {
        found.insert(0, plainly);
    }
    found.retain(|name| name.form.chars().count() >= 3);
    found
}

/// The beginnings that a short name of a company limited by shares can have: its own, and the one behind its place. Each is
/// what is left of the folded full name from there on, without the legal form.
pub(super) fn beginnings(folded: &str, divisions: &Table) -> Vec<String> {
    let plain = folded.replace(['(', ')'], "");
    let Some(whole) = BY_SHARES.iter().find_map(|form| plain.strip_suffix(form)) else { return Vec::new() };
    let (_, rest) = without_place(whole, divisions);
    let mut found = vec![whole.to_owned(), rest.to_owned()];
    found.dedup();
    found
}

/// The beginnings of a full name, with and without its place, of which each may be a short name that leaves out what the
/// company does: 甲乙丙 of 甲乙丙食品, 甲乙科技 of 甲乙新能源科技.
pub(super) fn begun_names(folded: &str, divisions: &Table) -> Vec<ShortName> {
    let plain = folded.replace(['(', ')'], "");
    let fulls = beginnings(folded, divisions);
    let Some(whole) = fulls.first() else { return Vec::new() };
    let (place, _) = without_place(whole, divisions);
    let forms = fulls.iter().flat_map(|full| {
        let chars: Vec<char> = full.chars().collect();
        let ending = FILLING.iter().find(|word| full.ends_with(**word)).copied().unwrap_or_default();
        let kept = |length: usize| chars[..length].iter().collect::<String>();
        let plainly = (3..chars.len()).map(kept).collect::<Vec<_>>();
        let ended = (2..chars.len().saturating_sub(ending.chars().count())).map(|at| kept(at) + ending);
        plainly.into_iter().chain(ended.filter(|_| !ending.is_empty()).collect::<Vec<_>>())
    });
    let short = |form| ShortName { form, place: place.clone(), cut: Cut::Beginning, by_shares: true };
    let mut found: Vec<ShortName> = forms.filter(|form| *form != plain).map(short).collect();
    found.sort_by(|a, b| b.form.len().cmp(&a.form.len()).then_with(|| a.form.cmp(&b.form)));
    found.dedup();
    found
}

/// Whether a listed name without marks keeps the first character of a full name and others of it in their order.
pub(super) fn keeps_characters_of(short: &str, full: &str) -> bool {
    let core = ["股份", "公司"].iter().find_map(|form| short.strip_suffix(form));
    let core = core.filter(|core| core.chars().count() >= 2).unwrap_or(short);
    let mut left = full.chars();
    let first = core.chars().next() == full.chars().next();
    first && core.chars().count() >= 2 && core.chars().all(|c| left.any(|other| other == c))
}

/// The name without each word of trade that stands in it, without all of them, and that with 股份 behind it.
fn thinned(name: &ShortName) -> Vec<ShortName> {
    let words = FILLING.iter().filter(|word| name.form.contains(**word));
    let mut forms: Vec<String> = words.map(|word| name.form.replace(word, "")).collect();
    let bare = FILLING.iter().fold(name.form.clone(), |form, word| form.replace(word, ""));
    forms.push(bare.clone());
    forms.retain(|form| *form != name.form);
    let cut = |form: String, cut: Cut| ShortName { form, cut, ..name.clone() };
    let ended = cut(format!("{bare}股份"), Cut::TradeForEnding);
    forms.into_iter().map(|form| cut(form, Cut::Trade)).chain([ended]).collect()
}

/// The place or country that a name begins with, and the rest. A place may be named within another one, which then counts.
fn without_place<'n>(name: &'n str, divisions: &Table) -> (String, &'n str) {
    if let Some(rest) = name.strip_prefix(COUNTRY) {
        return (COUNTRY.to_owned(), rest);
    }
    let (outer, rest) = leading(name, divisions);
    let (inner, inmost) = leading(rest, divisions);
    let nested = !inner.is_empty() && inmost.chars().count() >= 2 && lies_in(&inner, &outer, divisions);
    if nested { (inner, inmost) } else { (outer, rest) }
}

fn leading<'n>(name: &'n str, divisions: &Table) -> (String, &'n str) {
    let length = leading_place(name, divisions).unwrap_or(0);
    let place: String = name.chars().take(length).collect();
    let rest = &name[place.len()..];
    (place, rest)
}

fn lies_in(inner: &str, outer: &str, divisions: &Table) -> bool {
    let (inner, outer) = (codes(inner, divisions), codes(outer, divisions));
    inner.iter().any(|inner| outer.iter().any(|outer| holds(outer, inner)))
}

/// Codes of the divisions above towns that bear a name.
fn codes(name: &str, divisions: &Table) -> Vec<String> {
    let hits = divisions.with_name(name).into_iter().filter(|hit| hit.record.kind < Kind::Town);
    hits.filter_map(|hit| hit.record.division().map(str::to_owned)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::sources::divisions;

    fn forms(name: &str) -> Vec<String> {
        short_names(name, &divisions()).into_iter().map(|short| short.form).collect()
    }

    #[test]
    fn a_full_name_loses_its_place_and_words_of_trade() {
        let shortened = forms("合肥甲乙国际装备科技集团股份有限公司");
        for form in ["甲乙国际装备科技集团", "甲乙装备", "合肥甲乙装备", "甲乙装备股份"]
        {
            assert!(shortened.contains(&form.to_owned()), "{form} is lacking: {shortened:?}");
        }
        assert!(forms("甲乙丙科技(集团)股份有限公司").contains(&"甲乙丙".to_owned()));
        assert_eq!(short_names("中国甲乙银行", &divisions())[0].place, "中国");
    }

    #[test]
    fn what_cannot_be_listed_keeps_its_name_and_so_does_what_has_no_place() {
        assert!(forms("合肥甲乙装备有限公司").is_empty());
        assert!(forms("甲乙装备集团有限责任公司").is_empty());
        assert_eq!(forms("合肥甲乙装备"), ["甲乙装备"]);
        assert!(forms("甲乙科技").is_empty() && forms("合肥甲乙").is_empty());
    }

    #[test]
    fn a_listed_name_may_keep_some_characters_only() {
        assert!(keeps_characters_of("甲丙股份", "甲乙丙丁"));
        assert!(!keeps_characters_of("丙甲", "甲乙丙") && !keeps_characters_of("乙丙", "甲乙丙"));
        assert_eq!(beginnings("合肥甲乙装备股份有限公司", &divisions()), ["合肥甲乙装备", "甲乙装备"]);
        assert!(beginnings("合肥甲乙装备有限公司", &divisions()).is_empty());
    }

    #[test]
    fn a_short_name_may_be_the_beginning_of_the_full_one() {
        let forms: Vec<String> = begun_names("合肥甲乙丙食品科技股份有限公司", &divisions())
            .into_iter()
            .map(|short| short.form)
            .collect();
        for form in ["合肥甲乙", "甲乙丙", "甲乙科技"] {
            assert!(forms.contains(&form.to_owned()), "{form} is lacking: {forms:?}");
        }
        assert!(!forms.iter().any(|form| form == "甲乙"), "two characters say too little");
        assert!(begun_names("合肥甲乙丙食品有限公司", &divisions()).is_empty());
        assert_eq!(begun_names("安徽省合肥甲乙丙食品股份有限公司", &divisions())[0].place, "合肥");
    }

    #[test]
    fn a_place_has_codes_and_a_country_has_none() {
        let of = |name: &str| short_names(name, &divisions()).remove(0);
        assert_eq!(of("合肥甲乙装备").codes(&divisions()), ["340100"]);
        assert!(of("合肥甲乙装备").has_division() && !of("中国甲乙银行").has_division());
    }
}
