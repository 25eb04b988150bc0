//! Places in an order: 居全省第一, 排名全国第6位, 首位, 全国前三.

use super::lexicon::Words;
use crate::document::Bound;
use crate::mentions::numbers;
use crate::mentions::quantities::Quantity;
use crate::mentions::units::Kind;
use crate::text::View;
use std::sync::LazyLock;

const VERBS: &[&str] = &[
    "位居",
    "居于",
    "跃居",
    "稳居",
    "排名",
    "位列",
    "名列",
    "排在",
    "列",
    "居",
    "位次",
    "跻身",
    "升至",
    "跃升至",
    "排",
    "高居",
    "雄踞",
    "荣登",
    "占据",
    "夺得",
    "获",
    "荣获",
    "勇夺",
    "位于",
    "进入",
    "冲进",
    "挺进",
    "跃升",
    "保持",
    "为",
    "分列",
    "上升至",
    "前移至",
    "稳定在",
    "处于",
    "登上",
];
const SCOPES: &[&str] = &[
    "全国",
    "全省",
    "全市",
    "全县",
    "全区",
    "全州",
    "全球",
    "世界",
    "国内",
    "省内",
    "行业",
    "同行业",
    "亚洲",
    "全盟",
    "中国",
    "我国",
    "省",
    "市",
    "县",
    "区",
    "国",
    "中部",
    "西部",
    "东部",
    "东北",
    "同类",
    "副省级城市",
    "城市",
    "地级市",
    "县市",
    "市州",
    "榜",
    "榜单",
    "区域",
    "地区",
    "开发区",
    "经开区",
    "高新区",
    "综合",
    "市场",
    "国家级",
    "第三方",
    "各",
    "各区",
    "各市",
    "各县",
    "市区",
    "县区",
    "县市区",
    "百强区",
    "百强县",
    "百强市",
    "名单",
    "同期",
    "区县",
    "各市州",
    "设区市",
];
static WORDS: LazyLock<(Words, Words)> = LazyLock::new(|| {
    let set = |words: &[&str]| Words::new(&words.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>());
    (set(VERBS), set(SCOPES))
});
/// After 第一 these make another word of it: 第一动力, 第一产业.
const OTHERS: &str = "动力产次个批届期季章条款步线时生要责资大代书方梯台家部阶段场轮者任桶课站楼医人中车笔块民封公志医附师种类天年月日周把支粮道感家印枪棒单份阵国顺故层版负";

/// The unit of ranks.
pub(super) const RANK: (&str, Kind) = ("rank", Kind::Rank);

/// Finds the ranks of `start..end`; `ends` gives for a position 1 + the start of the place that ends there.
pub(super) fn find(view: &View, ends: &[u32], (start, end): (usize, usize)) -> Vec<Quantity> {
    let chars = &view.chars;
    let mut found = Vec::new();
    let mut at = start;
    while at < end {
        let rank = match chars[at] {
            '第' => ordinal(view, at, end),
            '首' if chars.get(at + 1) == Some(&'位') && chars.get(at + 2) != Some(&'度') => {
                Some((1.0, at + 2, Bound::Exact))
            }
            '榜' if chars.get(at + 1) == Some(&'首') => Some((1.0, at + 2, Bound::Exact)),
            '前' => front(view, at, end),
            _ => None,
        };
        let rank = rank.filter(|r| r.1 <= end).and_then(|r| ranked(chars, ends, (start, at), r));
        at = rank.as_ref().map_or(at + 1, |quantity| quantity.end);
        found.extend(rank);
    }
    found
}

/// 上升4位, 较去年前移9个位次: how far a rank moves.
pub(super) fn moves(chars: &[char], quantity: &Quantity) -> bool {
    let unit: String = chars[quantity.unit_at..quantity.end].iter().collect();
    let said = &chars[..quantity.start];
    let said = said.strip_suffix(&['了']).unwrap_or(said);
    let moved = matches!(said, [.., '升' | '移' | '进' | '降' | '滑' | '退'] | [.., '提', '高']);
    let places = matches!(unit.as_str(), "位" | "名") && moved;
    let next: String = chars[quantity.end..].iter().take(2).collect();
    places || unit == "个" && matches!(next.as_str(), "位次" | "名次")
}

fn ordinal(view: &View, at: usize, end: usize) -> Option<(f64, usize, Bound)> {
    let number = numbers::read(&view.chars, &view.gap, at + 1)?;
    let next = view.chars.get(number.end).copied().filter(|_| number.end < end).unwrap_or('。');
    let place = matches!(next, '位' | '名');
    let listed = next == '、' && view.chars.get(number.end + 1).is_some_and(|c| numbers::digit(*c).is_some());
    if listed {
        return None;
    }
    let closed = place || !OTHERS.contains(next);
    (closed && number.value >= 1.0 && number.value < 5000.0).then_some((
        number.value,
        number.end + usize::from(place),
        Bound::Exact,
    ))
}

/// 前三, 前10位, 前十强.
fn front(view: &View, at: usize, end: usize) -> Option<(f64, usize, Bound)> {
    let number = numbers::read(&view.chars, &view.gap, at + 1)?;
    let next = view.chars.get(number.end).copied().filter(|_| number.end < end).unwrap_or('。');
    let counted = matches!(next, '位' | '名' | '强');
    let closed = counted || matches!(next, '，' | '。' | '；' | '、' | '）' | '！' | '行');
    (closed && (2.0..2000.0).contains(&number.value)).then_some((
        number.value,
        number.end + usize::from(counted),
        Bound::Under,
    ))
}

/// Accepts a rank that a verb or the name of a circle introduces; it begins with these.
fn ranked(
    chars: &[char],
    ends: &[u32],
    (from, at): (usize, usize),
    rank: (f64, usize, Bound),
) -> Option<Quantity> {
    let (value, end, bound) = rank;
    let mut start = at;
    let mut scope = false;
    let mut verb = false;
    for _ in 0..5 {
        let named = ends.get(start).map_or(0, |&e| e as usize);
        if named > from {
            start = named - 1;
            scope = true;
            continue;
        }
        let before = &chars[from..start];
        let (s, v) = (WORDS.1.at_end(before), WORDS.0.at_end(before));
        let number = before.last().is_some_and(|c| c.is_ascii_digit() || "二三四五六七八九十".contains(*c));
        if scope && number && s == 0 && v == 0 {
            start -= 1;
            continue;
        }
        if s == 0 && v == 0 {
            break;
        }
        scope |= s > 0;
        verb |= v > s;
        start -= s.max(v);
    }
    (scope || verb).then(|| Quantity::without_unit_word((start, at, end), value, RANK, bound))
}
