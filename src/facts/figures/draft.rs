//! From a quantity and the words around it to indicator, measure and signed value.

use super::head::Left;
use super::lexicon::{Lexicon, Tail};
use super::{amounts, rates};
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
    /// The bearer, where a list of bearers gives each value its own.
    pub(super) bearer: Option<usize>,
    /// Whether the thing named right behind the number bears it.
    pub(super) of_thing: bool,
    pub(super) rule: &'static str,
}

impl Draft {
    /// The same figure of another head.
    pub(super) fn renamed(&self, name: &[char], kind: Kind) -> Self {
        let mut indicator = name.to_vec();
        if matches!(kind, Kind::Count | Kind::Person) {
            amounts::add_number_word(kind, &mut indicator);
        }
        Self { indicator, ..self.clone() }
    }

    /// The same figure of each of several heads.
    pub(super) fn of_each(&self, names: Vec<Vec<char>>) -> Vec<Self> {
        names.into_iter().map(|indicator| Self { indicator, ..self.clone() }).collect()
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
    /// Whether another number follows what stands behind this one.
    pub(super) meets_number: bool,
    /// Whether the number is one for each year: 20万吨/年.
    pub(super) yearly: bool,
    /// The unit, where it names what is counted: 4镇, 6层.
    pub(super) unit_noun: Option<&'a [char]>,
    /// Whether 的 and the name of a thing follow the number.
    pub(super) thing: bool,
}

/// Drafts the figure of a quantity; nothing where it measures nothing.
pub(super) fn draft(quantity: &Quantity, around: &Around<'_>) -> Option<Draft> {
    if around.before.ends_with(&['个']) && quantity.form == Form::Magnitude {
        return None;
    }
    match quantity.kind {
        Kind::Percent => rates::percent(quantity, around),
        Kind::Point => rates::points(quantity, around),
        Kind::Times => rates::times(quantity, around),
        Kind::Rank => rates::rank(quantity, around),
        Kind::Count | Kind::Person => amounts::counted(quantity, around),
        Kind::Time => amounts::duration(quantity, around),
        Kind::Other => None,
        _ => amounts::magnitude(quantity, around),
    }
}

pub(super) fn make(
    quantity: &Quantity,
    indicator: Vec<char>,
    measure: Measure,
    rule: &'static str,
) -> Option<Draft> {
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
        bearer: None,
        rule,
    })
}

impl Around<'_> {
    /// The head before the number, or the one inherited where it is dropped or generic.
    pub(super) fn head(&self) -> Vec<char> {
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
            let last = last().unwrap_or_default();
            let level = last.iter().take(4).position(|c| *c == '级').map_or(0, |at| at + 1);
            head.iter().chain(&last[level..]).copied().collect()
        } else {
            self.of_last(head)
        }
    }

    /// 22个签约项目，总投资: what is said right after a count is said of the counted.
    fn of_last(&self, head: &[char]) -> Vec<char> {
        let counted = |name: &[char]| name.ends_with(&['项', '目']) || name.ends_with(&['企', '业']);
        let known = self.lexicon.project.at_end(head).max(self.lexicon.enterprise.at_end(head));
        let last = self.last.as_deref().filter(|name| counted(name) && name.len() <= 24);
        if head.len() == 2 && self.before.windows(2).any(|w| w == ['累', '计']) {
            return ['累', '计'].iter().chain(head).copied().collect();
        }
        match last {
            Some(name) if known > 0 && head.len() <= 6 => [name, head].concat(),
            _ => head.to_vec(),
        }
    }

    /// Whether the head stems from an earlier figure.
    pub(super) fn head_is_inherited(&self) -> bool {
        self.left.head.is_empty() || self.lexicon.generic.has(&self.left.head)
    }

    pub(super) fn grows(&self) -> Option<f64> {
        let found = self.left.tails.iter().find_map(|tail| match tail {
            Tail::Up | Tail::Rate => Some(1.0),
            Tail::Down | Tail::Fall => Some(-1.0),
            _ => None,
        });
        found.or_else(|| self.grows_by_head())
    }

    /// 增速, 增幅 and 降幅 as heads.
    pub(super) fn grows_by_head(&self) -> Option<f64> {
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
