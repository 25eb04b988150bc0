//! From SVG to pixels, or to SVG whose words are outlines, with a font that has the characters.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{FontResolver, Options, Tree, WriteOptions};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use unicode_normalization::UnicodeNormalization;

/// Noto Sans SC Regular, cut to the characters of everyday text; licence and list beside it.
const FONT: &[u8] = include_bytes!("../../data/font/NotoSansSC-subset.ttf");
const CHARACTERS: &str = include_str!("../../data/font/characters.txt");

/// Why a chart could not be drawn.
#[derive(Debug, thiserror::Error)]
pub enum ChartError {
    /// Neither the font of the program nor any of the system has some characters.
    #[error(
        "no font has {0}; install a Chinese font (Debian, Ubuntu: apt-get install fonts-noto-cjk) or write SVG"
    )]
    Characters(String),
    /// The drawing is no SVG that can be drawn.
    #[error("the chart cannot be drawn: {0}")]
    Drawing(String),
}

/// The drawing as PNG, `scale` pixels for each unit.
pub fn png(svg: &str, scale: f32) -> Result<Vec<u8>, ChartError> {
    let tree = tree(svg)?;
    let size =
        tree.size().to_int_size().scale_by(scale).ok_or_else(|| ChartError::Drawing("no size".to_owned()))?;
    let mut pixels = Pixmap::new(size.width(), size.height())
        .ok_or_else(|| ChartError::Drawing("too large".to_owned()))?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    pixels.encode_png().map_err(|e| ChartError::Drawing(e.to_string()))
}

/// The drawing as SVG whose words are outlines, the same wherever it is shown.
pub fn outlined(svg: &str) -> Result<String, ChartError> {
    Ok(tree(svg)?.to_string(&WriteOptions { preserve_text: false, ..WriteOptions::default() }))
}

fn tree(svg: &str) -> Result<Tree, ChartError> {
    let svg = &with_common_forms(svg);
    let missing = Arc::new(Mutex::new(BTreeSet::new()));
    let mut options = Options {
        font_family: "Noto Sans SC".to_owned(),
        font_resolver: resolver(&missing),
        ..Options::default()
    };
    let fonts = options.fontdb_mut();
    fonts.load_font_data(FONT.to_vec());
    fonts.set_sans_serif_family("Noto Sans SC");
    if svg.chars().any(|c| !c.is_control() && !CHARACTERS.contains(c)) {
        fonts.load_system_fonts();
    }
    let tree = Tree::from_str(svg, &options).map_err(|e| ChartError::Drawing(e.to_string()))?;
    let missing: Vec<String> =
        missing.lock().map_or_else(|_| Vec::new(), |m| m.iter().map(ToString::to_string).collect());
    if missing.is_empty() { Ok(tree) } else { Err(ChartError::Characters(missing.join(" "))) }
}

/// Rare forms of characters (small, wide, ringed ones) in the common form, where the font has only that.
fn with_common_forms(svg: &str) -> String {
    let known = |c: char| c.is_control() || CHARACTERS.contains(c);
    let common = |c: char| -> String {
        let form: String = c.nfkc().collect();
        if !known(c) && !form.is_empty() && !form.contains(['<', '>', '&', '"']) && form.chars().all(known) {
            form
        } else {
            c.to_string()
        }
    };
    svg.chars().map(common).collect()
}

/// Finds fonts as usual and remembers the characters for which there is none.
fn resolver(missing: &Arc<Mutex<BTreeSet<char>>>) -> FontResolver<'static> {
    let missing = Arc::clone(missing);
    let usual = FontResolver::default_fallback_selector();
    FontResolver {
        select_font: FontResolver::default_font_selector(),
        select_fallback: Box::new(move |character, used, fonts| {
            let found = usual(character, used, fonts);
            if found.is_none()
                && let Ok(mut missing) = missing.lock()
            {
                missing.insert(character);
            }
            found
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"200\" height=\"40\"><text x=\"5\" y=\"25\" font-size=\"20\" font-family=\"Noto Sans SC\">{text}</text></svg>"
        )
    }

    /// How many pixels are not empty.
    fn ink(text: &str) -> usize {
        let image = Pixmap::decode_png(&png(&words(text), 1.0).unwrap()).unwrap();
        image.pixels().iter().filter(|p| p.alpha() > 0).count()
    }

    #[test]
    fn chinese_characters_leave_ink_and_different_ones_differ() {
        assert!(ink("太原市") > 200 && ink("亿元") > 100);
        assert_ne!(png(&words("一"), 1.0).unwrap(), png(&words("龙"), 1.0).unwrap());
    }

    #[test]
    fn a_character_that_no_font_has_is_named_with_the_package_to_install() {
        let error = png(&words("\u{F8F7}"), 1.0).unwrap_err().to_string();
        assert!(error.contains('\u{F8F7}') && error.contains("fonts-noto-cjk"), "{error}");
    }

    #[test]
    fn a_rare_form_of_a_character_is_drawn_as_the_common_one() {
        assert_eq!(png(&words("\u{FE63}3"), 1.0).unwrap(), png(&words("-3"), 1.0).unwrap());
    }

    #[test]
    fn outlines_need_no_font() {
        let svg = outlined(&words("太原")).unwrap();
        assert!(!svg.contains("<text") && svg.contains("<path"), "{svg}");
    }
}
