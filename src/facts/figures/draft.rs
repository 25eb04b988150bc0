//! From a quantity and the words around it to indicator, measure and signed value.

use super::head::{self, Left};
use super::lexicon::{Lexicon, Tail};
use crate::document::{Bound, Measure};
use crate::mentions::numbers::Form;
use crate::mentions::quantities::Quantity;
use crate::mentions::units::Kind;

/// The part of a figure that its clause alone tells.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Draft {
    pub(super) indicator: Vec<char>,
    pub(super) measure: Measure,
    pub(super) value: f64,
    pub(super) unit: &'static str,
    pub(super) of: Option<String>,
    pub(super) bound: Bound,
    /// The earlier value of 从A提高到B.
    pub(super) from: Option<f64>,
    /// The period, where a list of years gives each value its own.
    pub(super) period: Option<String>,
    /// Whether the thing named right behind the number bears it.
    pub(super) of_thing: bool,
    pub(super) rule: &'static str,
}

impl Draft {
    /// The same figure of another head.
    pub(super) fn renamed(&self, name: &[char], kind: Kind) -> Self {
        let mut indicator = name.to_vec();
        if matches!(kind, Kind::Count | Kind::Person) {
            add_number_word(kind, &mut indicator);
        }
        Self { indicator, ..self.clone() }
    }
}

/// 从A提高到, whose B is still to come.
#[derive(Debug, Clone)]
pub(super) struct OpenRange {
    pub(super) value: f64,
    pub(super) left: Left,
}

/// What is known beside the quantity itself.
#[derive(Debug)]
pub(super) struct Around<'a> {
    pub(super) lexicon: &'a Lexicon,
    pub(super) left: Left,
    /// What stands between the number and the next mark or number.
    pub(super) right: &'a [char],
    /// The indicator before, within the sentence.
    pub(super) last: Option<Vec<char>>,
    /// What stands directly before the number in its clause, untouched.
    pub(super) before: &'a [char],
    /// Whether the number continues a list of increments: 新增A26个、B23个.
    pub(super) chained: bool,
    /// The sign of the growth before, in a list of growths.
    pub(super) grows: Option<f64>,
    /// The end of the clause before.
    pub(super) earlier: &'a [char],
    /// Whether 的 and the name of a thing follow the number.
    pub(super) thing: bool,
}

/// Drafts the figure of a quantity; nothing where it measures nothing.
pub(super) fn draft(quantity: &Quantity, around: &Around<'_>) -> Option<Draft> {
    if around.before.ends_with(&['个']) && quantity.form == Form::Magnitude {
        return None;
    }
    match quantity.kind {
        Kind::Percent => percent(quantity, around),
        Kind::Point => points(quantity, around),
        Kind::Times => times(quantity, around),
        Kind::Rank => rank(quantity, around),
        Kind::Count | Kind::Person => counted(quantity, around),
        Kind::Time => duration(quantity, around),
        Kind::Other => None,
        _ => magnitude(quantity, around),
    }
}

fn make(quantity: &Quantity, indicator: Vec<char>, measure: Measure, rule: &'static str) -> Option<Draft> {
    (indicator.len() >= 2).then_some(Draft {
        indicator,
        measure,
        value: quantity.value,
        unit: quantity.unit,
        of: None,
        bound: quantity.bound,
        from: None,
        of_thing: false,
        period: None,
        rule,
    })
}

impl Around<'_> {
    /// The head before the number, or the one inherited where it is dropped or generic.
    fn head(&self) -> Vec<char> {
        let head = &self.left.head;
        let last = || self.last.clone();
        if head.is_empty() || self.lexicon.generic.has(head) {
            last().unwrap_or_else(|| head.clone())
        } else if self.lexicon.rates.has(head) {
            let mut joined = last().unwrap_or_default();
            if !joined.ends_with(head) {
                joined.extend(head);
            }
            joined
        } else if head.ends_with(&['级']) && head.len() <= 4 {
            head.iter().copied().chain(last().unwrap_or_default()).collect()
        } else {
            self.of_last(head)
        }
    }

    /// 22个签约项目，总投资: what is said right after a count is said of the counted.
    fn of_last(&self, head: &[char]) -> Vec<char> {
        let counted = |name: &[char]| name.ends_with(&['项', '目']) || name.ends_with(&['企', '业']);
        let known = self.lexicon.project.at_end(head).max(self.lexicon.enterprise.at_end(head));
        let last = self.last.as_deref().filter(|name| counted(name) && name.len() <= 24);
        match last {
            Some(name) if known > 0 && head.len() <= 6 => [name, head].concat(),
            _ => head.to_vec(),
        }
    }

    /// Whether the head stems from an earlier figure.
    fn head_is_inherited(&self) -> bool {
        self.left.head.is_empty() || self.lexicon.generic.has(&self.left.head)
    }

    fn grows(&self) -> Option<f64> {
        let found = self.left.tails.iter().find_map(|tail| match tail {
            Tail::Up | Tail::Rate => Some(1.0),
            Tail::Down | Tail::Fall => Some(-1.0),
            _ => None,
        });
        found.or_else(|| self.grows_by_head())
    }

    /// 增速, 增幅 and 降幅 as heads.
    fn grows_by_head(&self) -> Option<f64> {
        if self.left.has(Tail::Rate) || self.left.has(Tail::Fall) {
            return Some(if self.left.has(Tail::Fall) { -1.0 } else { 1.0 });
        }
        let head: String = self.left.head.iter().collect();
        let up = ["增速", "增幅", "增长率", "涨幅", "增长速度", "年均增长", "增长"];
        if up.iter().any(|word| head.ends_with(word)) {
            Some(1.0)
        } else if ["降幅", "跌幅", "减幅"].iter().any(|word| head.ends_with(word)) {
            Some(-1.0)
        } else {
            None
        }
    }
}

fn percent(quantity: &Quantity, around: &Around<'_>) -> Option<Draft> {
    let left = &around.left;
    if !left.share && !left.has(Tail::Over) {
        let first = left.tails.iter().find(|t| !matches!(t, Tail::Skip));
        let rising_to = matches!(first, Some(Tail::Level));
        if let Some(sign) = around.grows().filter(|_| !rising_to || around.grows_by_head().is_some()) {
            let mut found = make(quantity, around.head(), Measure::Growth, "figure:growth")?;
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
    let share = ["占比", "比重", "比例", "占有率", "份额", "股权", "股份", "贡献率", "股", "占"]
        .iter()
        .any(|w| name.ends_with(w));
    let measure = if share { Measure::Share } else { Measure::Level };
    make(quantity, around.head(), measure, "figure:rate")
}

/// 9.6%的市场占有率, 60%的股份, 96%的贫困村.
fn percent_of(quantity: &Quantity, around: &Around<'_>) -> Option<Draft> {
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

fn points(quantity: &Quantity, around: &Around<'_>) -> Option<Draft> {
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
fn compared(around: &Around<'_>) -> Option<Vec<char>> {
    const WORDS: &[&str] = &["高于", "低于", "快于", "慢于", "高出", "相差", "领先", "优于"];
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

fn times(quantity: &Quantity, around: &Around<'_>) -> Option<Draft> {
    let left = &around.left;
    let first = left.tails.iter().find(|t| !matches!(t, Tail::Skip));
    let grown = matches!(first, Some(Tail::Up | Tail::Increment)) && !around.before.ends_with(&['到']);
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
fn multiple_of(quantity: &Quantity, around: &Around<'_>) -> Option<Draft> {
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

fn rank(quantity: &Quantity, around: &Around<'_>) -> Option<Draft> {
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

fn signed(quantity: &Quantity, around: &Around<'_>) -> (Measure, f64) {
    let first = around.left.tails.iter().find(|t| !matches!(t, Tail::Skip));
    match first {
        Some(Tail::Increment) => (Measure::Increment, quantity.value),
        Some(Tail::Up) if quantity.kind != Kind::Percent => (Measure::Increment, quantity.value),
        Some(Tail::Decrease | Tail::Down) => (Measure::Increment, -quantity.value),
        _ => (Measure::Level, quantity.value),
    }
}

fn magnitude(quantity: &Quantity, around: &Around<'_>) -> Option<Draft> {
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
fn of_thing(quantity: &Quantity) -> Option<Draft> {
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
fn adds(name: &[char]) -> bool {
    const NEW: &str = "增建认培开筹改备引设签注登入获招上投晋添落申组办发成立取";
    let inside = name.windows(2).any(|w| w == ['新', '增'] || w == ['净', '增']);
    let front = name.len() > 2 && name[0] == '新' && NEW.contains(name[1]);
    inside || front || name.starts_with(&['认', '定'])
}

fn counted(quantity: &Quantity, around: &Around<'_>) -> Option<Draft> {
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
fn predicate(around: &Around<'_>, noun: &[char]) -> Option<Vec<char>> {
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
fn is_unit_of_land(noun: &[char]) -> bool {
    matches!(
        noun,
        ['县' | '乡' | '镇' | '村' | '市' | '校' | '厂' | '店' | '站' | '国' | '省' | '区' | '港' | '库']
    )
}

/// 企业 becomes 企业数量, 惠及 becomes 惠及人数; 人口 and 总数 stay.
fn add_number_word(kind: Kind, name: &mut Vec<char>) {
    let text: String = name.iter().collect();
    let named = ["数", "量", "人口", "人次", "次数", "产能", "就业", "岗位", "年产", "规模", "总计"];
    if named.iter().any(|word| text.ends_with(word)) {
        return;
    }
    name.extend(if kind == Kind::Person { ['人', '数'] } else { ['数', '量'] });
}

/// 三个方面, 两个人, 一个: numbers that measure nothing.
fn is_idle(quantity: &Quantity, around: &Around<'_>, noun: &[char]) -> bool {
    let small = quantity.form == Form::Chinese && quantity.value < 11.0;
    let idle_before = around.lexicon.idle_before.at_end(around.before) > 0;
    (quantity.form == Form::Chinese && quantity.value <= 1.0)
        || quantity.form == Form::Magnitude && quantity.bound == Bound::Exact
        || (noun.len() < 2 && small && around.left.head.is_empty())
        || around.lexicon.idle.has(noun)
        || around.lexicon.idle_opening.at_start(noun) > 0
        || (quantity.value <= 20.0 && idle_before)
}

fn duration(quantity: &Quantity, around: &Around<'_>) -> Option<Draft> {
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
fn spent_on(around: &Around<'_>) -> Option<Vec<char>> {
    let done = ["完成", "建成", "实现", "就完成", "便完成"];
    let rest: String = around.right.iter().collect();
    let step = done.iter().find_map(|word| rest.strip_prefix(word))?;
    Some(step.chars().take(16).chain("用时".chars()).collect())
}
