//! Names in both scripts.

use ferrous_opencc::{OpenCC, config::BuiltinConfig};
use oxrdf::Literal;
use std::sync::LazyLock;

static TO_SIMPLIFIED: LazyLock<Option<OpenCC>> =
    LazyLock::new(|| OpenCC::from_config(BuiltinConfig::T2s).ok());
static TO_TRADITIONAL: LazyLock<Option<OpenCC>> =
    LazyLock::new(|| OpenCC::from_config(BuiltinConfig::S2t).ok());

/// The language tag of names in simplified script, in the lower case in which literals are compared.
pub const SIMPLIFIED: &str = "zh-hans";
/// The language tag of names in traditional script.
pub const TRADITIONAL: &str = "zh-hant";

/// A text in simplified script.
pub fn simplified(text: &str) -> String {
    convert(&TO_SIMPLIFIED, text)
}

/// A text in traditional script.
pub fn traditional(text: &str) -> String {
    convert(&TO_TRADITIONAL, text)
}

fn convert(converter: &LazyLock<Option<OpenCC>>, text: &str) -> String {
    let converted = (**converter).as_ref().map(|c| c.convert(text));
    converted.unwrap_or_else(|| text.to_owned())
}

/// A name as a literal of each script, first the simplified one. What was written in traditional script stays as it was
/// written.
pub fn in_both_scripts(name: &str) -> [Literal; 2] {
    let hans = simplified(name);
    let hant = if hans == name { traditional(name) } else { name.to_owned() };
    [literal(hans, SIMPLIFIED), literal(hant, TRADITIONAL)]
}

fn literal(value: String, language: &str) -> Literal {
    Literal::new_language_tagged_literal_unchecked(value, language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_a_name_in_both_scripts_whichever_was_given() {
        let shown = |name| in_both_scripts(name).map(|l| l.value().to_owned());
        assert_eq!(shown("签约项目"), ["签约项目", "簽約項目"]);
        assert_eq!(shown("簽約項目"), ["签约项目", "簽約項目"]);
    }
}
