//! Slots of patterns: `{name:Class}`, `{:Class}`, `{name:Class|Other}`, and `{name:Class+}` for a coordination; `{-8}` for
//! up to eight characters that are neither a mark nor a name, `{-8，}` where commas may be among them.

use crate::document::Class;
use regex::{Captures, Regex};
use std::sync::LazyLock;

/// The private-use character that stands for a mention of a class.
pub(super) fn symbol(class: Class) -> char {
    char::from_u32(0xE000 + class as u32).unwrap_or('\u{E0FF}')
}

#[expect(clippy::unwrap_used, reason = "a constant pattern")]
static SLOT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\{(?P<name>[a-z]*):(?P<classes>[A-Za-z|]+)(?P<list>\+?)\}").unwrap());

#[expect(clippy::unwrap_used, reason = "a constant pattern")]
static GAP: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\{-(?P<most>[0-9]{1,2})(?P<comma>，?)\}").unwrap());

/// What joins the members of a coordination.
const JOINTS: &str = "(?:[、和与及]|以及|、以及|、和)";

/// Classes as bits.
pub(super) fn bits(classes: impl IntoIterator<Item = Class>) -> u16 {
    classes.into_iter().fold(0, |bits, class| bits | 1 << class as u16)
}

/// The classes that a slot of a pattern may hold, as bits; all where it is no such slot.
pub(super) fn classes(pattern: &str, slot: &str) -> u16 {
    let named = SLOT.captures_iter(pattern).find(|found| &found["name"] == slot);
    named.map_or(u16::MAX, |found| bits(found["classes"].split('|').filter_map(Class::parse)))
}

/// The regular expression that a pattern stands for; `Err` names an unknown class.
pub(super) fn expression(pattern: &str) -> Result<String, String> {
    let mut unknown = None;
    let expression = SLOT.replace_all(pattern, |slot: &Captures| {
        let symbols: String = slot["classes"]
            .split('|')
            .filter_map(|name| {
                let class = Class::parse(name);
                unknown = unknown.take().or_else(|| class.is_none().then(|| name.to_owned()));
                class.map(symbol)
            })
            .collect();
        let one = format!("[”》“《]?[{symbols}][”》]?");
        let body = if slot["list"].is_empty() { one } else { format!("{one}(?:{JOINTS}{one})*") };
        if slot["name"].is_empty() { format!("(?:{body})") } else { format!("(?P<{}>{body})", &slot["name"]) }
    });
    let gap = |gap: &Captures| {
        let marks = if gap["comma"].is_empty() { "，。；、" } else { "。；" };
        format!("[^{marks}\u{E000}-\u{E00F}]{{0,{}}}", &gap["most"])
    };
    unknown.map_or(Ok(GAP.replace_all(&expression, gap).into_owned()), Err)
}
