//! Takes lists of quantities apart: 甲业、乙业和丙业增加值 are three added values.

use super::lexicon::Lexicon;

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
