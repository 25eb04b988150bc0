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

/// Splits A、B和C, into `count` parts if it may be; what only the last one names (增加值, 人均可支配收入) is lent to the others.
pub(super) fn conjuncts(lexicon: &Lexicon, head: &[char], count: Option<usize>) -> Vec<Vec<char>> {
    if let Some(at) = head.windows(2).position(|w| w == ['分', '别']) {
        let (before, after) = (&head[..at], &head[at + 2..]);
        return conjuncts(lexicon, before, count)
            .into_iter()
            .map(|name| [name.as_slice(), after].concat())
            .collect();
    }
    let mut parts: Vec<Vec<char>> = parts(head, count).into_iter().map(<[char]>::to_vec).collect();
    let known = |name: &[char]| known_end(lexicon, name);
    spell_ordinals(&mut parts);
    let count = parts.len();
    let Some((last, others)) = parts.split_last_mut() else { return parts };
    let lent = last[last.len() - known(last)..].to_vec();
    if let Some(at) = counted_at(last, count) {
        last.truncate(at);
        last.extend(&lent);
    }
    let lent = &lent;
    for name in others.iter_mut().filter(|name| known(name) == 0) {
        name.extend(lent);
    }
    parts
}

/// The parts of a list: at every mark and 和, unless fewer marks make `count` parts: 住宿和餐饮业、租赁和商务服务业.
fn parts(head: &[char], count: Option<usize>) -> Vec<&[char]> {
    let joins = |c: &char| matches!(c, '和' | '及' | '与');
    let last = head.iter().rposition(joins).unwrap_or(head.len());
    let splits: [&dyn Fn(usize) -> bool; 3] =
        [&|at| head[at] == '、', &|at| head[at] == '、' || at == last, &|at| {
            head[at] == '、' || joins(&head[at])
        }];
    let split = |cuts: &dyn Fn(usize) -> bool| -> Vec<&[char]> {
        let ends: Vec<usize> = (0..head.len()).filter(|&at| cuts(at)).chain([head.len()]).collect();
        let starts = [0].into_iter().chain(ends.iter().map(|end| end + 1));
        starts.zip(&ends).map(|(start, &end)| &head[start..end]).filter(|part| !part.is_empty()).collect()
    };
    let found = splits[..2]
        .iter()
        .map(|cuts| split(cuts))
        .find(|parts| parts.len() >= 2 && Some(parts.len()) == count);
    found.unwrap_or_else(|| split(splits[2]))
}

/// The length of the well-known quantity that a head ends with, or 0.
pub(super) fn known_end(lexicon: &Lexicon, name: &[char]) -> usize {
    let sets = [&lexicon.place, &lexicon.enterprise, &lexicon.project, &lexicon.lent];
    sets.iter().map(|words| words.at_end(name)).max().unwrap_or(0)
}

/// Where the words begin that count a list behind its last part: 甲服务、乙服务2个行业营业收入.
fn counted_at(last: &[char], count: usize) -> Option<usize> {
    const SMALL: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let digit = char::from_digit(u32::try_from(count).ok()?, 10);
    let is_count = |c: char| Some(c) == digit || SMALL.get(count) == Some(&c) || (count == 2 && c == '两');
    let groups = |c: char| matches!(c, '个' | '大' | '类' | '项' | '种' | '市' | '县' | '省' | '地');
    let others = last.iter().position(|c| *c == '等').filter(|&at| at >= 2 && last.len() - at > 2);
    let counted = last
        .windows(2)
        .position(|pair| is_count(pair[0]) && groups(pair[1]))
        .filter(|&at| at >= 2 && count >= 2);
    counted.or(others)
}

/// 第一、二、三产业增加值 names three ordinals that share the rest.
fn spell_ordinals(parts: &mut [Vec<char>]) {
    let numeral = |c: &char| "一二三四五六".contains(*c);
    let Some((last, others)) = parts.split_last_mut() else { return };
    let short = |part: &Vec<char>| matches!(part.as_slice(), [c] | ['第', c] if numeral(c));
    if others.is_empty() || !others.iter().all(short) || !last.first().is_some_and(numeral) {
        return;
    }
    let rest = last[1..].to_vec();
    last.insert(0, '第');
    for part in others {
        let number = part.last().copied().unwrap_or('一');
        *part = ['第', number].into_iter().chain(rest.iter().copied()).collect();
    }
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
