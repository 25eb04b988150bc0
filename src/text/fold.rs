//! Folding of single characters: traditional to simplified, full to half width, one form of each mark.

use ferrous_opencc::{OpenCC, config::BuiltinConfig};
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

const FIRST: u32 = 0x3400;
const LAST: u32 = 0x9FFF;

/// Simplified form of each character of the CJK blocks, from OpenCC's t2s tables.
static SIMPLIFIED: LazyLock<Vec<char>> = LazyLock::new(|| {
    let all: String = (FIRST..=LAST).filter_map(char::from_u32).flat_map(|c| [c, '\n']).collect();
    let folded = match OpenCC::from_config(BuiltinConfig::T2s) {
        Ok(converter) => converter.convert(&all),
        Err(_) => all,
    };
    folded.split('\n').filter_map(|s| s.chars().next()).map(mend).collect()
});

/// Variants that OpenCC's tables leave as they are.
fn mend(c: char) -> char {
    match c {
        '産' => '产',
        '戸' | '戶' => '户',
        '啓' | '啟' => '启',
        '內' => '内',
        '囯' => '国',
        '鍋' => '锅',
        other => other,
    }
}

/// Whether a character is a Chinese one.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}')
}

/// A character as it is matched: simplified, half-width, one form of each punctuation mark. Never changes
/// how many characters there are.
pub fn fold_char(c: char) -> char {
    match c {
        '\u{3400}'..='\u{9FFF}' => SIMPLIFIED[(c as u32 - FIRST) as usize],
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '％' | '＋' | '／' | '＆' | '．' | '＝' | '＠' => {
            char::from_u32(c as u32 - 0xFEE0).unwrap_or(c)
        }
        '－' | '–' | '‐' | '‑' | '−' => '-',
        '(' => '（',
        ')' => '）',
        ';' => '；',
        '?' => '？',
        '!' => '！',
        '"' | '〝' | '〞' | '「' | '」' | '『' | '』' | '＂' => '”',
        '\'' | '‘' | '’' => '’',
        '〈' => '《',
        '〉' => '》',
        '•' | '‧' | '・' | '∙' => '·',
        '﹑' | '､' => '、',
        '％'.. if ('\u{F900}'..='\u{FAFF}').contains(&c) => c.nfkc().next().unwrap_or(c),
        other => other,
    }
}

/// A name as names are compared: NFKC, simplified script, no white space or quotation marks, lower case.
pub fn fold_name(name: &str) -> String {
    const DROPPED: &str = " \t\r\n\u{3000}\"'“”‘’「」『』《》〈〉·・";
    name.nfkc()
        .map(|c| match c {
            '\u{3400}'..='\u{9FFF}' => fold_char(c),
            other => other,
        })
        .filter(|c| !DROPPED.contains(*c))
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_script_width_and_marks_one_to_one() {
        let folded: String = "産業園(９％)，「戰略」".chars().map(fold_char).collect();
        assert_eq!(folded, "产业园（9%），”战略”");
    }

    #[test]
    fn names_of_either_script_compare_equal() {
        assert_eq!(fold_name("“一群兩區三圈” 新布局"), fold_name("一群两区三圈新布局"));
    }
}
