//! What is found does not hang on script, width of digits or blanks: news items are rewritten, and what is found is compared.

use crate::shared;
use jinxiu::document::{Extraction, Object};
use jinxiu::pipeline::{extract, side_by_side};
use jinxiu::rdf::traditional;
use jinxiu::text::{Text, fold_name};
use std::collections::BTreeMap;
use std::process::Command;

/// How many items of the corpus are read, spread evenly over it.
const ITEMS: usize = 150;

/// The largest share of findings that a rewriting may change.
const MOST: f64 = 0.005;

fn items() -> Option<Vec<String>> {
    let corpus = shared::folder()?.join("corpus/news.jsonl.gz");
    let unpacked =
        Command::new("gzip").arg("-dc").arg(corpus).output().ok().filter(|o| o.status.success())?;
    let lines = String::from_utf8(unpacked.stdout).unwrap();
    let lines: Vec<&str> = lines.lines().collect();
    let item = |number: usize| {
        let row: serde_json::Value = serde_json::from_str(lines[number * lines.len() / ITEMS]).unwrap();
        row["text"].as_str().unwrap().to_owned()
    };
    Some((0..ITEMS.min(lines.len())).map(item).collect())
}

/// How often each mention, relation and figure is found, in folded words.
type Findings = BTreeMap<String, usize>;

fn findings(text: &str) -> [Findings; 3] {
    let text = Text::new(text);
    let found = extract("item", &text);
    let mut all: [Findings; 3] = Default::default();
    for entity in &found.entities {
        for mention in &entity.mentions {
            let words = fold_name(&text.quote(mention.span.start, mention.span.end));
            *all[0].entry(format!("{}/{words}", entity.class)).or_default() += 1;
        }
    }
    for relation in &found.relations {
        let object = match &relation.object {
            Object::Entity(id) => name(&found, id),
            Object::Status(stage) => stage.to_string(),
        };
        let line = format!("{} {} {object}", name(&found, &relation.subject), relation.predicate);
        *all[1].entry(line).or_default() += 1;
    }
    for figure in &found.observations {
        let subject = name(&found, &figure.subject);
        let indicator = fold_name(&figure.indicator);
        let line = format!("{subject} {indicator} {} {} {}", figure.value, figure.unit, figure.period);
        *all[2].entry(line).or_default() += 1;
    }
    all
}

fn name(found: &Extraction, id: &str) -> String {
    found.entities.iter().find(|e| e.id == id).map(|e| fold_name(&e.name)).unwrap_or_default()
}

/// Rewrites a text.
type Rewriting = fn(&str) -> String;

/// The share of what either finds that the other does not: of mentions, relations, figures; for each rewriting.
fn changed<const N: usize>(items: &[String], rewritings: [Rewriting; N]) -> [[f64; 3]; N] {
    let found = side_by_side(items, |text| {
        let before = findings(text);
        rewritings.map(|rewrite| compared(&before, &findings(&rewrite(text))))
    });
    std::array::from_fn(|rewriting| {
        [0, 1, 2].map(|level| {
            let both = found.iter().map(|of_item| of_item[rewriting][level]);
            let (common, total) = both.fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
            1.0 - 2.0 * common as f64 / total as f64
        })
    })
}

/// How many findings two share, and how many they have together.
fn compared(before: &[Findings; 3], after: &[Findings; 3]) -> [(usize, usize); 3] {
    [0, 1, 2].map(|level| {
        let (one, two) = (&before[level], &after[level]);
        let common = one.iter().map(|(words, n)| (*n).min(two.get(words).copied().unwrap_or(0))).sum();
        (common, one.values().sum::<usize>() + two.values().sum::<usize>())
    })
}

fn in_full_width(text: &str) -> String {
    let wide = |c: char| if c.is_ascii_digit() { char::from_u32(c as u32 + 0xFEE0).unwrap() } else { c };
    text.chars().map(wide).collect()
}

/// A blank in front of every seventh Chinese character that follows one.
fn with_blanks(text: &str) -> String {
    let is_chinese = |c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c);
    let (mut out, mut before, mut count) = (String::new(), ' ', 0);
    for c in text.chars() {
        if is_chinese(c) && is_chinese(before) {
            count += 1;
            if count % 7 == 0 {
                out.push(' ');
            }
        }
        out.push(c);
        before = c;
    }
    out
}

#[test]
fn script_width_and_blanks_change_what_is_found_in_a_handful_of_cases_at_most() {
    let Some(items) = items() else { return shared::skip("no corpus beside the crate, or no gzip") };
    let shares = changed(&items, [traditional, in_full_width, with_blanks]);
    for (name, shares) in ["traditional script", "full-width digits", "blanks"].iter().zip(shares) {
        let [mentions, relations, figures] = shares.map(|share| share * 100.0);
        println!("{name}: mentions {mentions:.2} %, relations {relations:.2} %, figures {figures:.2} %");
        assert!(
            shares.iter().all(|share| *share <= MOST),
            "{name}: {mentions:.2}, {relations:.2}, {figures:.2} %"
        );
    }
}
