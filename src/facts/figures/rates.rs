//! Drafts of rates: growth, shares, points, multiples, ranks.

use super::amounts::signed;
use super::draft::{Around, Draft, make};
use super::head;
use super::lexicon::Tail;
use crate::document::{Bound, Measure};
use crate::mentions::quantities::Quantity;

pub(super) fn percent(quantity: &Quantity, around: &Around<'_>) -> Option<Draft> {
    let left = &around.left;
    if !left.share && !left.has(Tail::Over) {
        let mut told = left.tails.iter().filter(|t| !matches!(t, Tail::Skip));
        let rising_to =
            matches!(told.next(), Some(Tail::Level)) && !matches!(told.next(), Some(Tail::Up | Tail::Down));
        if let Some(sign) = around.grows().filter(|_| !rising_to || around.grows_by_head().is_some()) {
            let name = share_price(around).unwrap_or_else(|| around.head());
            let mut found = make(quantity, name, Measure::Growth, "figure:growth")?;
            found.value *= sign;
            return Some(found);
        }
    }
    if left.share {
        let mut found = make(quantity, around.head(), Measure::Share, "figure:share")?;
        found.of.clone_from(&left.of);
        if found.bound == Bound::Exact {
            found.bound = left.bound.unwrap_or(Bound::Exact);
        }
        return Some(found);
    }
    let before: String = around.before.iter().collect();
    let planned = ["目标", "计划", "任务"].iter().any(|w| before.contains(w));
    if planned && before.contains("完成") && around.last.is_some() {
        return make(quantity, around.last.clone()?, Measure::Share, "figure:share-of-plan");
    }
    let behind = (around.right.first() == Some(&'的')).then(|| percent_of(quantity, around)).flatten();
    if behind.is_some() {
        return behind;
    }
    let noun = head::right(around.lexicon, around.right);
    if noun.len() >= 2 && !left.has(Tail::Level) {
        let mut found = make(quantity, noun.to_vec(), Measure::Share, "figure:share-of")?;
        found.of = Some(noun.iter().collect());
        return Some(found);
    }
    let name: String = left.head.iter().collect();
    let rated = ["率", "度", "比", "幅", "速", "额", "值", "例", "重", "股", "权", "份", "面", "分"];
    let bare = left.tails.is_empty() && (2..=8).contains(&left.head.len());
    let growing = around.grows.filter(|_| bare && !rated.iter().any(|w| name.ends_with(w)));
    if let Some(sign) = growing {
        let mut found = make(quantity, left.head.clone(), Measure::Growth, "figure:growth-listed")?;
        found.value *= sign;
        return Some(found);
    }
    let head: String = around.head().iter().collect();
    let share = ["占比", "比重", "比例", "占有率", "份额", "股权", "股份", "贡献率", "股", "占"]
        .iter()
        .any(|w| head.ends_with(w));
    let done = around.before.ends_with(&['完', '成']) && !rated.iter().any(|w| name.ends_with(w));
    let measure = if share || done { Measure::Share } else { Measure::Level };
    let mut full = around.head();
    if done {
        full.extend("完成比例".chars());
    }
    make(quantity, full, measure, "figure:rate")
}

/// 某某股份跌3.96%: what rises and falls right behind a company's name is its price.
fn share_price(around: &Around<'_>) -> Option<Vec<char>> {
    let moved = around.before.ends_with(&['涨']) || around.before.ends_with(&['跌']);
    (around.left.named && moved).then(|| "股价".chars().collect())
}

/// 9.6%的市场占有率, 60%的股份, 96%的贫困村.
pub(super) fn percent_of(quantity: &Quantity, around: &Around<'_>) -> Option<Draft> {
    let noun = head::right(around.lexicon, around.right);
    let text: String = noun.iter().collect();
    let ends = |words: &[&str]| words.iter().any(|w| text.ends_with(w));
    let measure = if ends(&["增速", "速度", "增幅", "增长", "增长率", "涨幅"]) {
        Measure::Growth
    } else if ends(&["占有率", "份额", "股权", "股份", "比例", "比重", "占比", "权益"]) {
        Measure::Share
    } else if ends(&["率"]) {
        Measure::Level
    } else {
        let mut found = make(quantity, noun.to_vec(), Measure::Share, "figure:share-of")?;
        found.of = Some(text);
        return Some(found);
    };
    let mut name = around.left.head.clone();
    name.extend(noun);
    make(quantity, name, measure, "figure:rate-behind")
}

pub(super) fn points(quantity: &Quantity, around: &Around<'_>) -> Option<Draft> {
    let left = &around.left;
    let first = left.tails.iter().find(|t| !matches!(t, Tail::Skip));
    if let Some(name) = compared(around) {
        return make(quantity, name, Measure::Level, "figure:difference");
    }
    let mut found = make(quantity, around.head(), Measure::Increment, "figure:points")?;
    if matches!(first, Some(Tail::Down | Tail::Decrease)) {
        found.value = -found.value;
    }
    Some(found)
}

/// What is compared in 增速高于全国0.5个百分点 or 比全省平均水平高2个百分点.
pub(super) fn compared(around: &Around<'_>) -> Option<Vec<char>> {
    const WORDS: &[&str] = &["高于", "低于", "快于", "慢于", "高出", "相差", "领先", "优于", "好于"];
    let text: String = around.before.iter().collect();
    let at = WORDS.iter().filter_map(|w| text.find(w)).min();
    let changes = ["提高", "降低", "加快", "放慢", "减慢", "走低", "走高", "调低", "调高"];
    let changes = changes.iter().any(|w| text.ends_with(w));
    let than = text.find('比').filter(|_| !changes && text.ends_with(['高', '低', '快', '慢']));
    let at = at.or(than)?;
    let own = head::left(around.lexicon, &text[..at].chars().collect::<Vec<_>>(), &[], false).head;
    let mut name = if own.is_empty() || around.lexicon.rates.has(&own) {
        let mut name = around.last.clone().unwrap_or_default();
        name.extend(own);
        name
    } else {
        own
    };
    name.extend(text[at..].chars());
    Some(name)
}

pub(super) fn times(quantity: &Quantity, around: &Around<'_>) -> Option<Draft> {
    let left = &around.left;
    let first = left.tails.iter().find(|t| !matches!(t, Tail::Skip));
    let grown =
        matches!(first, Some(Tail::Up | Tail::Increment | Tail::Rate)) && !around.before.ends_with(&['到']);
    if grown && quantity.unit_at < quantity.end && quantity.unit_at > quantity.number {
        let mut found = make(quantity, around.head(), Measure::Growth, "figure:growth-times")?;
        found.value = (found.value * 1000.0).round() / 10.0;
        found.unit = "%";
        return Some(found);
    }
    if around.before.ends_with(&['的']) {
        return multiple_of(quantity, around);
    }
    make(quantity, around.head(), Measure::Multiple, "figure:multiple")
}

/// 约为某某面积的7倍.
pub(super) fn multiple_of(quantity: &Quantity, around: &Around<'_>) -> Option<Draft> {
    let at = around.before.iter().rposition(|c| matches!(c, '为' | '是' | '于' | '达' | '到'))?;
    let before = &around.before[..at];
    let own = head::left(around.lexicon, before, &[], false).head;
    let name = if own.is_empty() { around.last.clone()? } else { own };
    let mut found = make(quantity, name, Measure::Multiple, "figure:multiple-of")?;
    if before.ends_with(&['约']) || before.ends_with(&['近']) || before.ends_with(&['相', '当']) {
        found.bound = Bound::About;
    }
    Some(found)
}

pub(super) fn rank(quantity: &Quantity, around: &Around<'_>) -> Option<Draft> {
    if quantity.unit_at < quantity.end {
        let (measure, value) = signed(quantity, around);
        let mut found = make(quantity, around.head(), measure, "figure:rank-moved")?;
        found.value = value;
        return Some(found);
    }
    let mut name = around.head();
    if around.left.has(Tail::Rate) && !name.ends_with(&['增', '速']) {
        name.extend(['增', '速']);
    }
    if name.len() < 2 {
        name =
            head::trim(around.lexicon, &around.earlier[around.earlier.len().saturating_sub(14)..]).to_vec();
        name.extend(['排', '名']);
    }
    make(quantity, name, Measure::Rank, "figure:rank")
}
