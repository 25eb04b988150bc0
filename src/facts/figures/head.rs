//! Finds the name of what is measured: before the number, behind the verbs and bounds that stand between, or after it.

use super::lexicon::{Lexicon, Tail, Words};
use crate::document::Bound;

/// What stands before a number.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Left {
    /// The name of the quantity; empty where it is dropped.
    pub(super) head: Vec<char>,
    /// What the verbs say, the one nearest to the number first.
    pub(super) tails: Vec<Tail>,
    /// The whole of a share.
    pub(super) of: Option<String>,
    /// Whether 占 or 占比 says that it is a share.
    pub(super) share: bool,
    /// How 约占 or 超过 before the share bounds it.
    pub(super) bound: Option<Bound>,
    /// Whether 均 gives one number to all heads before.
    pub(super) all: bool,
    /// Whether a name of a thing ends right before the verbs, so that the head is dropped.
    pub(super) named: bool,
    /// Whether 分别 distributes several heads over several numbers.
    pub(super) distributed: bool,
}

impl Left {
    pub(super) fn has(&self, tail: Tail) -> bool {
        self.tails.contains(&tail)
    }
}

/// Reads what stands before a number. `cuts` are positions in `text` where the name of an entity ends.
pub(super) fn left(lexicon: &Lexicon, text: &[char], cuts: &[usize], share: bool) -> Left {
    let mut left = Left::default();
    let mut end = strip_tails(lexicon, text, &mut left);
    if share {
        end = strip_share(&text[..end], &mut left);
        end = strip_tails(lexicon, &text[..end], &mut left);
    }
    end = without_circle(&text[..end]);
    left.head = head(lexicon, &text[..end], cuts);
    if let Some(with_partner) = with_partner(&text[..end], &left.head, cuts) {
        left.head = with_partner;
    }
    if let Some(of_each) = of_each(lexicon, &text[..end], &left.head, cuts) {
        left.head = of_each;
    }
    left.named = cuts.contains(&end);
    left.distributed |= left.head.windows(2).any(|w| w == ['分', '别']);
    left
}

/// 自甲国进口: trade is called with the partner it is carried on with.
fn with_partner(text: &[char], head: &[char], cuts: &[usize]) -> Option<Vec<char>> {
    let trade = matches!(head, ['进' | '出', '口', ..] | ['进', '出', '口', ..]);
    let partner = text.strip_suffix(head).filter(|before| trade && cuts.contains(&before.len()))?;
    let start = partner.iter().rposition(|c| matches!(c, '自' | '从' | '对' | '向'))?;
    let near = partner.len() - start <= 16 && !partner[start..].contains(&'，');
    near.then(|| text[start..].to_vec())
}

/// Where a text ends without the circle of comparison at its end: 外贸在京津冀整体外贸中.
fn without_circle(text: &[char]) -> usize {
    let circle = text.ends_with(&['中']) || text.ends_with(&['里', '面']);
    let opens = circle.then(|| text.iter().rposition(|c| matches!(c, '在' | '，'))).flatten();
    opens.filter(|&at| text[at] == '在' && text.len() - at > 3).unwrap_or(text.len())
}

/// Strips verbs and adverbs from the end; says where the rest ends.
fn strip_tails(lexicon: &Lexicon, text: &[char], left: &mut Left) -> usize {
    let mut end = text.len();
    loop {
        let best = lexicon.tails.iter().map(|(tail, words)| (words.at_end(&text[..end]), *tail));
        let longest = best.clone().map(|(len, _)| len).max().unwrap_or(0);
        if longest <= lexicon.tails_kept.at_end(&text[..end]) {
            return end;
        }
        let word = &text[end - longest..end];
        left.distributed |= word == ['分', '别'];
        left.all |= matches!(word, ['均' | '都' | '各'] | ['各', '自']);
        left.tails.extend(best.filter(|(len, _)| *len == longest).map(|(_, tail)| tail));
        end -= longest;
    }
}

/// Splits X占Y的比重 into head and whole; says where the head ends.
fn strip_share(text: &[char], left: &mut Left) -> usize {
    const ENDS: &[&str] = &["的比重", "的比例", "比重", "比例", "的份额", "总量的", "总数的", "总额的", "的"];
    let Some(at) = text.iter().rposition(|c| *c == '占') else { return text.len() };
    let after = &text[at + 1..];
    let region = after.starts_with(&['地', '区']);
    if after.first().is_some_and(|c| matches!(c, '地' | '有' | '用' | '领' | '据')) && !region {
        return text.len();
    }
    left.share = true;
    let mut of: String = after.iter().collect();
    for end in ENDS {
        if let Some(shorter) = of.strip_suffix(end) {
            of = shorter.to_owned();
            break;
        }
    }
    left.bound = match at.checked_sub(1).map(|i| text[i]) {
        Some('约' | '近') => Some(Bound::About),
        Some('超') => Some(Bound::Over),
        _ => None,
    };
    if !matches!(of.as_str(), "" | "比" | "到" | "总" | "了") {
        left.of = Some(of);
    }
    at
}

/// The longest tail of `text` that may be a name.
fn head(lexicon: &Lexicon, text: &[char], cuts: &[usize]) -> Vec<char> {
    if cuts.contains(&text.len()) {
        return Vec::new();
    }
    let mut starts: Vec<usize> = cuts.iter().copied().filter(|&cut| cut < text.len()).collect();
    let mut at = 0;
    while at < text.len() {
        let kept = lexicon.cuts_kept.at_start(&text[at..]);
        let cut = lexicon.cuts.at_start(&text[at..]);
        if cut > kept {
            starts.push(at + cut);
            at += cut;
        } else {
            at += kept.max(1);
        }
    }
    starts.push(0);
    starts.sort_unstable_by(|a, b| b.cmp(a));
    for start in starts {
        let name = joined(lexicon, &text[start..]);
        if name.len() >= 2 {
            return name;
        }
    }
    Vec::new()
}

/// 补贴标准为每亩130元: what one has of it is 每亩补贴标准.
fn of_each(lexicon: &Lexicon, text: &[char], head: &[char], cuts: &[usize]) -> Option<Vec<char>> {
    let each = head.len() <= 4 && head.starts_with(&['每']);
    let before = text.strip_suffix(head).filter(|_| each)?;
    let before = before.strip_suffix(&['为']).or_else(|| before.strip_suffix(&['是']))?;
    let name = self::head(lexicon, before, cuts);
    (name.len() >= 2).then(|| [head, &name].concat())
}

/// Takes a soft verb out: 服务业实现营收 is 服务业营收, 我们完成投资 is 投资.
fn joined(lexicon: &Lexicon, text: &[char]) -> Vec<char> {
    let mut at = text.len();
    while at > 0 {
        at -= 1;
        let len = lexicon.soft.at_start(&text[at..]);
        if len == 0 || (0..4).any(|back| at >= back && lexicon.cuts_kept.at_start(&text[at - back..]) > back)
        {
            continue;
        }
        let after = trim(lexicon, &text[at + len..]);
        if after.len() < 2 {
            continue;
        }
        let before = trim(lexicon, &text[..at]);
        let before = &before[..strip_skips(lexicon, before)];
        let noun = lexicon.soft_nouns.at_end(before) > 0 && before.len() >= 2 && before.len() <= 20;
        return if noun { [before, after].concat() } else { after.to_vec() };
    }
    trim(lexicon, text).to_vec()
}

/// Where a text ends without the adverbs at its end.
fn strip_skips(lexicon: &Lexicon, text: &[char]) -> usize {
    let mut end = text.len();
    while end > 0 {
        let len = lexicon.soft.at_end(&text[..end]);
        if len == 0 || lexicon.tails_kept.at_end(&text[..end]) >= len {
            break;
        }
        end -= len;
    }
    end
}

/// Takes light words off the front and particles off the end.
pub(super) fn trim<'a>(lexicon: &Lexicon, text: &'a [char]) -> &'a [char] {
    let mut name = text;
    loop {
        let lead = lexicon.leads.at_start(name);
        if lead == 0 || lexicon.leads_kept.at_start(name) > 0 {
            break;
        }
        name = &name[lead..];
    }
    while let Some((last, rest)) = name.split_last() {
        if !matches!(last, '的' | '了' | '，' | '、' | '：' | '（' | '“' | '和' | '及' | '等' | '《')
        {
            break;
        }
        if *last == '及' && lexicon.tails_kept.at_end(name) > 0 {
            break;
        }
        name = rest;
    }
    if is_span(name) {
        return &[];
    }
    let longest = if name.contains(&'、') { 64 } else { 40 };
    if name.len() <= longest {
        return name;
    }
    let name = &name[name.len() - longest..];
    name.iter().position(|c| *c == '、').map_or(name, |part| &name[part + 1..])
}

/// 5年, 近三年: a length of time is no name.
fn is_span(name: &[char]) -> bool {
    let number = |c: &char| c.is_ascii_digit() || "一二两三四五六七八九十近过去".contains(*c);
    matches!(name, [first @ .., '年'] if !first.is_empty() && first.iter().all(number))
}

/// The noun phrase that follows a number; empty where none does.
pub(super) fn right<'a>(lexicon: &Lexicon, text: &'a [char]) -> &'a [char] {
    const LONGEST: usize = 28;
    let start = usize::from(text.first() == Some(&'的'));
    let mut at = start;
    while at < text.len() && at < start + LONGEST {
        let kept = lexicon.stops_kept.at_start(&text[at..]);
        let stop = lexicon.stops.at_start(&text[at..]);
        if stop > kept && !joins_kinds(lexicon, &text[start..], at - start) {
            break;
        }
        at += kept.max(1);
    }
    let noun = &text[start..at.min(text.len())];
    noun.strip_suffix(&['中']).unwrap_or(noun)
}

/// 100家中国及世界500强企业: whether what stands at `at` joins what two kinds of the counted are called.
fn joins_kinds(lexicon: &Lexicon, text: &[char], at: usize) -> bool {
    const LONGEST: usize = 12;
    let joins = matches!(text[at], '和' | '与' | '及') && at >= 2 && lexicon.general.at_end(&text[..at]) == 0;
    let rest = &text[at + 1..];
    let stops = |&to: &usize| lexicon.stops.at_start(&rest[to..]) > lexicon.stops_kept.at_start(&rest[to..]);
    let second = &rest[..(0..rest.len()).find(stops).unwrap_or(rest.len())];
    let counted = !second.first().is_some_and(char::is_ascii_digit) && second.len() <= LONGEST;
    joins && counted && lexicon.general.at_end(second) > 0
}

/// Whether one of `words` stands in `text`.
pub(super) fn contains(words: &Words, text: &[char]) -> bool {
    words.last_in(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::super::lexicon::lexicon;
    use super::*;

    fn named(text: &str) -> String {
        let chars: Vec<char> = text.chars().collect();
        left(lexicon(), &chars, &[], true).head.into_iter().collect()
    }

    #[test]
    fn a_head_is_what_stands_before_verbs_and_adverbs() {
        assert_eq!(named("全市规上工业增加值同比增长"), "规上工业增加值");
        assert_eq!(named("实现产值"), "产值");
        assert_eq!(named("地区生产总值首次"), "地区生产总值");
    }

    #[test]
    fn a_share_has_a_head_and_a_whole() {
        let text: Vec<char> = "装备制造业增加值占工业增加值比重为".chars().collect();
        let found = left(lexicon(), &text, &[], true);
        assert_eq!(found.head.iter().collect::<String>(), "装备制造业增加值");
        assert_eq!(found.of.as_deref(), Some("工业增加值"));
    }

    #[test]
    fn a_noun_phrase_ends_before_a_verb() {
        let text: Vec<char> = "重大工业项目全面开工".chars().collect();
        assert_eq!(right(lexicon(), &text).iter().collect::<String>(), "重大工业项目");
    }
}
