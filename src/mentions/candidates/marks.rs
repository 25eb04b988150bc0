//! Names in title marks and quoted names followed by what they are.

use super::Candidate;
use crate::document::Class;

/// What follows the quotation of a campaign's or reform's name.
const CAMPAIGNS: &[&str] = &[
    "行动计划",
    "专项行动",
    "行动",
    "工程",
    "战略",
    "改革",
    "计划",
    "规划",
    "活动",
    "政策",
    "布局",
    "模式",
    "机制",
    "制度",
    "工作法",
    "试点",
    "倡议",
    "举措",
    "体系",
    "服务",
    "品牌",
    "格局",
    "目标",
    "理念",
    "思路",
    "创建",
];

const LONGEST: usize = 60;

/// Adds the candidates of one sentence.
pub(super) fn find(chars: &[char], (start, end): (usize, usize), found: &mut Vec<Candidate>) {
    let mut open = None;
    for at in start..end {
        match (chars[at], open) {
            ('《' | '“', _) => open = Some(at),
            ('》', Some(from)) if chars[from] == '《' && at - from <= LONGEST => {
                push(found, from + 1, at, "title-marks");
                open = None;
            }
            ('”', Some(from)) if chars[from] == '“' && at - from <= LONGEST => {
                quoted(chars, (from, at, end), found);
                open = None;
            }
            _ => {}
        }
    }
}

fn quoted(chars: &[char], (from, at, end): (usize, usize, usize), found: &mut Vec<Candidate>) {
    push(found, from + 1, at, "quoted");
    let rest: String = chars[at + 1..end.min(at + 8)].iter().collect();
    for modifier in 0..4 {
        let Some((byte, _)) = rest.char_indices().nth(modifier) else { return };
        if let Some(word) = CAMPAIGNS.iter().find(|w| rest[byte..].starts_with(**w)) {
            return push(found, from, at + 1 + modifier + word.chars().count(), "quoted-campaign");
        }
    }
}

fn push(found: &mut Vec<Candidate>, start: usize, end: usize, rule: &'static str) {
    if end > start + 1 {
        found.push(Candidate { start, end, class: Class::Policy, rule });
    }
}
