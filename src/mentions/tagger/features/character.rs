//! Characters as features see them.

/// Outside the sentence.
pub(super) const EDGE: u32 = 1;

/// A character, with digits and Latin letters each as one.
pub(in crate::mentions::tagger) fn symbol(c: char) -> u32 {
    match c {
        '0'..='9' => '0' as u32,
        'a'..='z' => 'a' as u32,
        'A'..='Z' => 'A' as u32,
        other => other as u32,
    }
}

/// The class of a character.
pub(super) fn class(c: char) -> u32 {
    match c {
        '0'..='9' => 2,
        'a'..='z' | 'A'..='Z' => 3,
        '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' | '千' | '万' | '亿'
        | '两' => 4,
        '\u{3400}'..='\u{9FFF}' => 5,
        '、' => 6,
        '，' | '。' | '；' | '！' | '？' | '：' | '\n' => 7,
        '“' | '‘' => 8,
        '”' | '’' => 9,
        '《' => 10,
        '》' => 11,
        '（' | '[' | '【' => 12,
        '）' | ']' | '】' => 13,
        '·' => 14,
        '-' | '—' | '―' | '~' => 15,
        '%' | '.' | '+' | '/' | '&' => 16,
        _ => 17,
    }
}

/// Whether a name may not pass over this character unless it opened there.
pub(super) fn bounds(c: char) -> bool {
    matches!(class(c), 6..=11)
}
