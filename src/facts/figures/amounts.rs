//! Drafts of amounts: money and other magnitudes, counts, lengths of time.

use super::draft::{Around, Draft, make};
use super::head;
use super::lexicon::Tail;
use crate::document::{Bound, Measure};
use crate::mentions::numbers::Form;
use crate::mentions::quantities::Quantity;
use crate::mentions::units::Kind;

pub(super) fn signed(quantity: &Quantity, around: &Around<'_>) -> (Measure, f64) {
    let first = around.left.tails.iter().find(|t| !matches!(t, Tail::Skip));
    match first {
        Some(Tail::Increment) => (Measure::Increment, quantity.value),
        Some(Tail::Up) if quantity.kind != Kind::Percent => (Measure::Increment, quantity.value),
        Some(Tail::Decrease | Tail::Down) => (Measure::Increment, -quantity.value),
        _ => (Measure::Level, quantity.value),
    }
}

pub(super) fn magnitude(quantity: &Quantity, around: &Around<'_>) -> Option<Draft> {
    if quantity.form == Form::Chinese && quantity.value <= 1.0 {
        return None;
    }
    let (measure, value) = signed(quantity, around);
    let noun = head::right(around.lexicon, around.right);
    let own = !around.left.head.is_empty() && !around.lexicon.generic.has(&around.left.head);
    if around.thing && !own {
        return of_thing(quantity);
    }
    let given = around.before.windows(2).any(|w| w == ['给', '予']);
    let name = if given && noun.len() >= 2 {
        noun.to_vec()
    } else if own {
        around.head()
    } else if noun.len() >= 2 {
        noun.to_vec()
    } else {
        around.head()
    };
    let added = measure == Measure::Level && (around.chained || (own && adds(&name)));
    let measure = if added { Measure::Increment } else { measure };
    let mut found = make(quantity, name, measure, "figure:magnitude")?;
    found.of_thing = around.thing;
    found.value = value;
    Some(found)
}

/// 13万平方米的某某中心: the unit alone tells what is measured.
pub(super) fn of_thing(quantity: &Quantity) -> Option<Draft> {
    let name = match quantity.kind {
        Kind::Area => "面积",
        Kind::Length => "长度",
        Kind::Money => "投资",
        Kind::Power => "装机容量",
        _ => return None,
    };
    let mut found = make(quantity, name.chars().collect(), Measure::Level, "figure:of-thing")?;
    found.of_thing = true;
    Some(found)
}

/// 新增 inside, or 新 with a verb at the front, makes an increment of a head.
pub(super) fn adds(name: &[char]) -> bool {
    const NEW: &str = "增建认培开筹改备引设签注登入获招上投晋添落申组办发成立取";
    let inside = name.windows(2).any(|w| w == ['新', '增'] || w == ['净', '增']);
    let front = name.len() > 2 && name[0] == '新' && NEW.contains(name[1]);
    inside || front || name.starts_with(&['认', '定'])
}

pub(super) fn counted(quantity: &Quantity, around: &Around<'_>) -> Option<Draft> {
    let noun = head::right(around.lexicon, around.right);
    if is_idle(quantity, around, noun) {
        return None;
    }
    let (mut measure, value) = signed(quantity, around);
    let head = &around.left.head;
    let mut name = Vec::new();
    let own = noun.len() >= 2 || !around.head_is_inherited();
    if around.right.first().is_some_and(|c| matches!(c, '万' | '千' | '百' | '亿')) {
        return None;
    }
    if noun.len() >= 2 || is_unit_of_land(noun) {
        if head.len() <= 6 && around.lexicon.verbs.at_end(head) > 0 && around.left.tails.is_empty() {
            name.extend(head);
        }
        if around.lexicon.general.has(noun) {
            name = predicate(around, noun).unwrap_or(name);
        }
        name.extend(noun);
    } else {
        name = around.head();
    }
    if name.is_empty() {
        return None;
    }
    if measure == Measure::Level
        && (around.chained || (own && adds(&name)) || around.before.ends_with(&['新', '增']))
    {
        measure = Measure::Increment;
    }
    add_number_word(quantity.kind, &mut name);
    let mut found = make(quantity, name, measure, "figure:count")?;
    found.value = value;
    Some(found)
}

/// What is said of so general a noun as 项目: 36个项目全面开工.
pub(super) fn predicate(around: &Around<'_>, noun: &[char]) -> Option<Vec<char>> {
    let rest = &around.right[noun.len()..];
    if rest.first().is_some_and(|c| matches!(c, '、' | '和' | '与' | '及' | '等' | '的' | '中')) {
        return None;
    }
    let stops = |c: &char| matches!(c, '、' | '，' | '“' | '（') || c.is_ascii_digit();
    let end = rest.iter().position(stops).unwrap_or(rest.len());
    let mut said = &rest[..end];
    for light in ["已", "被", "将", "成功", "顺利", "均", "正在"] {
        let light: Vec<char> = light.chars().collect();
        said = said.strip_prefix(light.as_slice()).unwrap_or(said);
    }
    (said.len() >= 2 && said.len() <= 18).then(|| said.to_vec())
}

/// 2个县, 29个乡: one character that is a noun.
pub(super) fn is_unit_of_land(noun: &[char]) -> bool {
    matches!(
        noun,
        ['县' | '乡' | '镇' | '村' | '市' | '校' | '厂' | '店' | '站' | '国' | '省' | '区' | '港' | '库']
    )
}

/// 企业 becomes 企业数量, 惠及 becomes 惠及人数; 人口 and 总数 stay.
pub(super) fn add_number_word(kind: Kind, name: &mut Vec<char>) {
    let text: String = name.iter().collect();
    let named = ["数", "量", "人口", "人次", "次数", "产能", "就业", "岗位", "年产", "规模", "总计"];
    if named.iter().any(|word| text.ends_with(word)) {
        return;
    }
    name.extend(if kind == Kind::Person { ['人', '数'] } else { ['数', '量'] });
}

/// 三个方面, 两个人, 一个: numbers that measure nothing.
pub(super) fn is_idle(quantity: &Quantity, around: &Around<'_>, noun: &[char]) -> bool {
    let small = quantity.form == Form::Chinese && quantity.value < 11.0;
    let idle_before = around.lexicon.idle_before.at_end(around.before) > 0;
    (quantity.form == Form::Chinese && quantity.value <= 1.0)
        || quantity.form == Form::Magnitude && quantity.bound == Bound::Exact
        || (noun.len() < 2 && small && around.left.head.is_empty())
        || around.lexicon.idle.has(noun)
        || around.lexicon.idle_opening.at_start(noun) > 0
        || (quantity.value <= 20.0 && idle_before)
}

pub(super) fn duration(quantity: &Quantity, around: &Around<'_>) -> Option<Draft> {
    let near = &around.before[around.before.len().saturating_sub(14)..];
    let used = ['用', '时'].iter().any(|c| near.ends_with(&[*c]));
    let continued = around.last.as_ref().is_some_and(|name| name.ends_with(&['用', '时']));
    if let Some(name) = spent_on(around).filter(|_| used || continued && near.len() < 2) {
        return make(quantity, name, Measure::Level, "figure:time-spent");
    }
    let later = around.right.first().is_some_and(|c| matches!(c, '后' | '内' | '前'));
    if later || !head::contains(&around.lexicon.duration, near) || quantity.bound == Bound::Over {
        return None;
    }
    let first = around.left.tails.iter().find(|t| !matches!(t, Tail::Skip));
    let mut found = make(quantity, around.head(), Measure::Level, "figure:duration")?;
    if matches!(first, Some(Tail::Down | Tail::Decrease)) {
        found.measure = Measure::Increment;
        found.value = -found.value;
    }
    Some(found)
}

/// 仅用21天完成厂房建设: the time is that of the step behind it.
pub(super) fn spent_on(around: &Around<'_>) -> Option<Vec<char>> {
    let done = ["完成", "建成", "实现", "就完成", "便完成"];
    let rest: String = around.right.iter().collect();
    let step = done.iter().find_map(|word| rest.strip_prefix(word))?;
    Some(step.chars().take(16).chain("用时".chars()).collect())
}
