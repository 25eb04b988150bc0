//! Units that are not written right behind their number, and words that only look like units.

use crate::mentions::numbers::{self, Form, Number};
use crate::mentions::units::{self, Kind};

/// 6.7个、5.2个百分点 and 8.5、9.1%: the unit stands behind the last number only.
pub(super) fn shared_unit(chars: &[char], number: &Number) -> Option<units::Found> {
    let mut at = number.end + usize::from(chars.get(number.end) == Some(&'个'));
    if number.form != Form::Digits || !matches!(chars.get(at), Some('、' | '和' | '及' | '与')) {
        return None;
    }
    for _ in 0..4 {
        if !matches!(chars.get(at), Some('、' | '和' | '及' | '与')) || !chars.get(at + 1)?.is_ascii_digit()
        {
            return None;
        }
        let next = numbers::read(chars, &[], at + 1)?;
        if let Some(found) =
            units::find(chars, next.end).filter(|f| matches!(f.unit.kind, Kind::Point | Kind::Percent))
        {
            let shared = usize::from(chars.get(number.end) == Some(&'个'));
            return Some(units::Found { len: shared, ..found });
        }
        at = next.end + usize::from(chars.get(next.end) == Some(&'个'));
    }
    None
}

/// 投资超40亿, 突破千亿大关: an amount in 亿 that a mark or its threshold ends is money.
pub(super) fn bare_money(chars: &[char], number: &Number) -> Option<units::Found> {
    let ends = chars
        .get(number.end)
        .is_none_or(|c| matches!(c, '，' | '。' | '；' | '、' | '\n' | '）' | '！' | '？' | '大' | '关'));
    let unit = units::base("CNY")?;
    (ends && number.form != Form::Chinese && chars[number.end - 1] == '亿').then_some(units::Found {
        len: 0,
        unit,
        factor: 1.0,
    })
}

/// 总人口22.45万, 员工总数超56万: what is counted are people; 注册用户数超410万: what is counted are things.
pub(super) fn bare_count(chars: &[char], number: &Number) -> Option<units::Found> {
    const PEOPLE: &[&str] =
        &["人口", "员工", "职工", "人数", "就业", "游客", "学生", "群众", "居民", "从业人员"];
    const THINGS: &[&str] =
        &["用户", "会员", "粉丝", "户数", "订单", "下载量", "访问量", "点击量", "浏览量", "播放量"];
    let ends = chars.get(number.end).is_none_or(|c| matches!(c, '，' | '。' | '；' | '、' | '\n' | '）'));
    let before: String = chars[number.start.saturating_sub(7)..number.start].iter().collect();
    let before = before.rsplit(['，', '。', '、', '；']).next().unwrap_or_default();
    let named = |words: &[&str]| words.iter().any(|word| before.contains(word));
    let base = if named(PEOPLE) { "person" } else { "count" };
    let unit = units::base(base)?;
    (ends
        && (named(PEOPLE) || named(THINGS))
        && number.form == Form::Digits
        && matches!(chars[number.end - 1], '万' | '亿'))
    .then_some(units::Found { len: 0, unit, factor: 1.0 })
}

/// 155万农村人口, 4.9万市场主体: what is counted stands right behind a round number.
pub(super) fn counted_behind(chars: &[char], number: &Number) -> Option<units::Found> {
    const PERSONS: &[&str] = &[
        "农村人口",
        "农民",
        "群众",
        "居民",
        "人口",
        "市民",
        "游客",
        "学生",
        "职工",
        "党员",
        "村民",
        "受益者",
        "从业人员",
        "贫困人口",
        "劳动力",
        "农村劳动力",
        "农业人口",
        "城镇人口",
        "常住人口",
        "脱贫人口",
    ];
    const THINGS: &[&str] = &[
        "市场主体",
        "经营主体",
        "用户",
        "企业",
        "家庭",
        "农户",
        "个体工商户",
        "中小企业",
        "小微企业",
        "商户",
    ];
    let rest: String = chars[number.end..chars.len().min(number.end + 5)].iter().collect();
    let follows = |words: &[&str]| words.iter().any(|word| rest.starts_with(word));
    let base = match () {
        () if follows(PERSONS) => "person",
        () if follows(THINGS) => "count",
        () => return None,
    };
    let round = number.form == Form::Digits && matches!(chars[number.end - 1], '万' | '亿' | '多' | '余');
    let unit = units::base(base).filter(|_| round)?;
    Some(units::Found { len: 0, unit, factor: 1.0 })
}

/// Words that begin like a number with its unit: 一方面, 三户 as a name, 千人计划, 2021年.
pub(super) fn is_other_word(chars: &[char], number: &Number, unit_at: usize, found: &units::Found) -> bool {
    let end = unit_at + found.len;
    if found.len == 0 {
        return false;
    }
    let next = chars.get(end).copied().unwrap_or('。');
    let short = number.form == Form::Digits && number.end - number.start == 4;
    match found.unit.base.as_str() {
        "year" => {
            ((short || number.form == Form::Chinese) && (1000.0..2200.0).contains(&number.value))
                || "级代份度产均".contains(next)
        }
        "month" => false,
        "m" => "其".contains(next) || (chars[unit_at] == 'm' && next.is_ascii_alphabetic()),
        "t" => {
            chars[unit_at] == 't' && next.is_ascii_alphabetic()
                || (chars[unit_at] == '克' && "服难拉".contains(next))
        }
        "km" => chars[unit_at] == '里' && found.len == 1,
        "CNY" => {
            "旦素件".contains(next)
                || number.form == Form::Magnitude
                    && (next == 'G' || next == '地' || next == '产' || next == '工')
                || number.form == Form::Chinese && number.end - number.start == 1
        }
        "person" => {
            "民员才事物".contains(next) || (chars[unit_at] == '位' && "于居列置一数次".contains(next))
        }
        "count" => is_uncounted(chars, number, unit_at, next),
        "m3" => {
            chars[unit_at] == '方'
                && found.len == 1
                && (number.form != Form::Digits || "面案式向法便位".contains(next))
        }
        "kWh" => number.form != Form::Digits && chars[unit_at] == '度',
        _ => false,
    }
}

fn is_uncounted(chars: &[char], number: &Number, unit_at: usize, next: char) -> bool {
    let unit = chars[unit_at];
    if number.end == number.start + 1 && chars[number.start] == '二' {
        return true;
    }
    match unit {
        '面' => "向对临积貌".contains(next),
        '项' => number.form == Form::Chinese && next == '规',
        '条' => "例款".contains(next),
        '处' => "于理在".contains(next),
        '部' => "分门署委队".contains(next),
        '期' => number.value < 20.0,
        '类' | '层' | '片' | '道' | '组' | '班' | '线' | '口' | '门' | '单' | '把' | '手' | '本' | '起'
        | '股' => number.form != Form::Digits && number.value < 20.0 || "岸径".contains(next),
        '次' => "要数方性日产".contains(next),
        '头' => number.form != Form::Digits && number.value < 20.0,
        '市' | '县' | '乡' | '镇' | '村' => {
            number.form != Form::Digits || next == '区' || next == '委' || next == '长'
        }
        _ => false,
    }
}
