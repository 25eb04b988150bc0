//! Drafts of amounts: money and other magnitudes, counts, lengths of time.

use super::capacity;
use super::draft::{Around, Draft, make};
use super::head;
use super::lexicon::Tail;
use crate::document::{Bound, Measure};
use crate::mentions::numbers::Form;
use crate::mentions::quantities::Quantity;
use crate::mentions::units::{self, Kind};

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
    let head = &around.left.head;
    let bare = around.lexicon.bare.has(head) && noun.len() >= 2;
    let own = !head.is_empty() && !around.lexicon.generic.has(head) && !bare;
    if around.thing && !own {
        return of_thing(quantity);
    }
    let given = around.before.windows(2).any(|w| w == ['给', '予']);
    let name = if given && noun.len() >= 2 {
        at_most(around, noun)
    } else if own && head.len() == 2 && noun.len() > 2 && around.lexicon.verbs.has(head) {
        [head, noun].concat()
    } else if own {
        around.head()
    } else if noun.len() >= 2 {
        noun.to_vec()
    } else {
        around.head()
    };
    let name = if quantity.kind == Kind::Money { per_unit(around, name) } else { output(around, name) };
    let name = yearly(around, quantity.kind, without_light_verb(name));
    let name = if name.len() < 2 { name } else { capacity::completed(quantity.kind, name) };
    let added = measure == Measure::Level && (around.chained || (own && adds(&around.left.head)));
    let measure = if added { Measure::Increment } else { measure };
    let (name, value) = loss(name, value);
    let mut found = make(quantity, name, measure, "figure:magnitude")?;
    found.of_thing = around.thing;
    found.value = value;
    Some(found)
}

/// 净利润亏损1000万元: a negative profit.
fn loss(mut name: Vec<char>, value: f64) -> (Vec<char>, f64) {
    let lost = name.ends_with(&['利', '润', '亏', '损']);
    name.truncate(name.len() - if lost { 2 } else { 0 });
    (name, if lost { -value } else { value })
}

/// 年创产值 is 年产值.
fn without_light_verb(name: Vec<char>) -> Vec<char> {
    const VERBS: [&str; 5] = ["可实现", "实现", "完成", "可创", "创"];
    let Some(rest) = name.strip_prefix(&['年']) else { return name };
    let rest: String = rest.iter().collect();
    let bare = VERBS.iter().find_map(|verb| rest.strip_prefix(verb)).filter(|bare| bare.chars().count() >= 2);
    bare.map_or(name, |bare| ['年'].into_iter().chain(bare.chars()).collect())
}

/// 生产轮胎3120万条 is 轮胎产量, 出口吉他600万把 is 吉他出口量.
fn output(around: &Around<'_>, name: Vec<char>) -> Vec<char> {
    match around.lexicon.output(&name) {
        Some((made, amount)) if (2..=12).contains(&made.len()) => {
            made.iter().copied().chain(amount.chars()).collect()
        }
        _ => name,
    }
}

/// 发行价格39.3元/股: the price of one is 每股发行价格.
fn per_unit(around: &Around<'_>, name: Vec<char>) -> Vec<char> {
    let Some(rest) = around.right.strip_prefix(&['/']) else { return name };
    let end = rest.iter().position(|c| !c.is_alphabetic()).unwrap_or(rest.len());
    let known = units::find(rest, 0).map_or(end, |unit| unit.len.min(end));
    let averaged = |pair: &[char]| pair[1] == '均' && matches!(pair[0], '人' | '户' | '亩' | '地');
    if known == 0 || name.contains(&'每') || name.windows(2).any(averaged) {
        return name;
    }
    ['每'].iter().chain(&rest[..known]).chain(&name).copied().collect()
}

/// 炼油2200万吨/年: what is made in a year is a capacity.
fn yearly(around: &Around<'_>, kind: Kind, mut name: Vec<char>) -> Vec<char> {
    let made = matches!(kind, Kind::Mass | Kind::Volume | Kind::Energy) && name.len() >= 2;
    if around.yearly && made && !name.ends_with(&['产', '能']) && !name.ends_with(&['能', '力']) {
        name.extend("年产能".chars());
    }
    name
}

/// 给予最高50万元补贴: the bound belongs to the name of a grant.
fn at_most(around: &Around<'_>, noun: &[char]) -> Vec<char> {
    let bound: &[char] = if around.before.ends_with(&['最', '高']) || around.before.starts_with(&['最', '高'])
    {
        &['最', '高']
    } else {
        &[]
    };
    [bound, noun].concat()
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

/// 15个项目投资完成额4亿元: the words that run on to the next number name that one.
fn before_next_head<'a>(around: &Around<'_>, noun: &'a [char]) -> &'a [char] {
    let lexicon = around.lexicon;
    let general = lexicon.general.at_start(noun);
    let runs_on = around.right.len() < noun.len() + 3;
    let heads = [&lexicon.project, &lexicon.enterprise];
    let named =
        heads.iter().any(|words| words.at_end(noun) > 0 && words.at_end(noun) + general <= noun.len());
    if general > 0 && general < noun.len() && runs_on && around.meets_number && named {
        &noun[..general]
    } else {
        noun
    }
}

/// 新增某院士5人: the words right before the number say that it is added, whatever name stands between.
fn is_added(around: &Around<'_>) -> bool {
    let at = around.before.windows(2).rposition(|w| matches!(w, ['新' | '净', '增']));
    let plain = |rest: &[char]| !rest.iter().any(|c| matches!(c, '、' | '到' | '达' | '至' | '的'));
    at.is_some_and(|at| around.before.len() - at <= 14 && plain(&around.before[at..]))
}

/// 3个亿元项目 and 9个超百亿元项目 are projects of that size, 6个千亿级产业集群 are clusters that are called so.
fn is_named_by_money(right: &[char]) -> bool {
    let magnitude = right.iter().take_while(|c| matches!(c, '万' | '千' | '百' | '亿')).count();
    magnitude > 0 && right.get(magnitude) != Some(&'级')
}

pub(super) fn counted(quantity: &Quantity, around: &Around<'_>) -> Option<Draft> {
    let noun = before_next_head(around, head::right(around.lexicon, around.right));
    if is_idle(quantity, around, noun) {
        return None;
    }
    let (mut measure, value) = signed(quantity, around);
    let head = &around.left.head;
    let mut name = Vec::new();
    let own = noun.len() >= 2 || !around.head_is_inherited();
    if is_named_by_money(around.right) {
        return None;
    }
    if noun.len() >= 2 || is_unit_of_land(noun) {
        let listed = around.before.ends_with(&['等']);
        if !listed && head.len() <= 6 && around.lexicon.verbs.at_end(head) > 0 && around.left.tails.is_empty()
        {
            name.extend(head);
        }
        if around.lexicon.general.has(noun) {
            name = predicate(around, noun).unwrap_or(name);
        }
        name.extend(noun);
    } else if let Some(unit) = around.unit_noun {
        name.extend(unit);
    } else {
        name = output(around, around.head());
    }
    if name.is_empty() {
        return None;
    }
    if measure == Measure::Level && (around.chained || (own && adds(&name)) || is_added(around)) {
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
    let said = said.iter().position(|c| *c == '了').filter(|&at| at >= 2).map_or(said, |at| &said[..at]);
    const NOT_SAID: &[&str] =
        &["属于", "按照", "建成后", "包括", "来自", "主要", "位于", "分别", "投资", "总投资"];
    let text: String = said.iter().collect();
    let plain = !said.ends_with(&['了']) && !NOT_SAID.iter().any(|word| text.starts_with(word));
    (plain && said.len() >= 2 && said.len() <= 18).then(|| said.to_vec())
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
    if let Some(name) = from_step_to_step(around) {
        return make(quantity, name, Measure::Level, "figure:time-spent");
    }
    let later = around.right.first().is_some_and(|c| matches!(c, '后' | '内' | '前'));
    let named = [near, around.left.head.as_slice()];
    let named = named.iter().any(|words| head::contains(&around.lexicon.duration, words));
    if later || !named || quantity.bound == Bound::Over {
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

/// 从签约到开工119天, 拿地到开工最快28天: the time from one step of a project to another.
fn from_step_to_step(around: &Around<'_>) -> Option<Vec<char>> {
    let name = &around.left.head;
    let at = name.iter().position(|c| *c == '到')?;
    let step = |words: &[char]| head::contains(&around.lexicon.steps, words);
    (step(&name[..at]) && step(&name[at..])).then(|| name.iter().copied().chain("用时".chars()).collect())
}

/// 仅用21天完成厂房建设: the time is that of the step behind it.
pub(super) fn spent_on(around: &Around<'_>) -> Option<Vec<char>> {
    let done = ["完成", "建成", "实现", "就完成", "便完成"];
    let rest: String = around.right.iter().collect();
    let step = done.iter().find_map(|word| rest.strip_prefix(word))?;
    Some(step.chars().take(16).chain("用时".chars()).collect())
}
