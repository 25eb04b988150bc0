//! The corpora of `data/values/corpus/`: one value, all its wordings; and numbers that are no quantity.

use super::{periods, quantities, units};
use crate::text::Text;
use proptest::prelude::*;

/// The wordings below each line that begins with `=`.
fn blocks(file: &str) -> Vec<(&str, Vec<&str>)> {
    let mut blocks: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in file.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        match line.strip_prefix("= ") {
            Some(value) => blocks.push((value, Vec::new())),
            None => blocks.last_mut().unwrap().1.extend(line.split('\t')),
        }
    }
    blocks
}

fn quantities_of(text: &str) -> Vec<quantities::Quantity> {
    quantities::find(&Text::new(text).view)
}

#[test]
fn every_wording_of_a_value_is_read_as_that_value() {
    let blocks = blocks(include_str!("../../data/values/corpus/quantities.txt"));
    let mut wrong = Vec::new();
    let mut count = 0;
    for (value, wordings) in &blocks {
        let mut fields = value.split(' ');
        let (number, unit, bound) = (fields.next().unwrap(), fields.next().unwrap(), fields.next().unwrap());
        let number: f64 = number.parse().unwrap();
        for wording in wordings {
            count += 1;
            let found = quantities_of(wording);
            let right = found.len() == 1
                && (found[0].value - number).abs() <= number.abs() * 1e-9
                && found[0].unit == unit
                && found[0].bound.as_str() == bound;
            if !right {
                wrong.push(format!("{wording}: {number} {unit} {bound}, but {found:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {count} wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count >= 400, "{count} wordings");
}

#[test]
fn numbers_that_measure_nothing_are_no_quantities() {
    let file = include_str!("../../data/values/corpus/none.txt");
    let wordings = file.lines().filter(|line| !line.starts_with('#')).flat_map(|line| line.split('\t'));
    let wrong: Vec<String> = wordings
        .filter(|wording| !wording.is_empty() && !quantities_of(wording).is_empty())
        .map(|wording| format!("{wording}: {:?}", quantities_of(wording)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_wording_of_a_period_is_read_as_that_period() {
    let mut wrong = Vec::new();
    for (period, wordings) in blocks(include_str!("../../data/values/corpus/periods.txt")) {
        for wording in wordings {
            let text = Text::new(&format!("2023-08-04 18:24，正文：某市工业稳定。{wording}，全市产值增长。"));
            let (_, found) = periods::find(&text);
            let isos: Vec<&str> = found.iter().map(|e| e.iso.as_str()).collect();
            if isos.last() != Some(&period) {
                wrong.push(format!("{wording}: {period}, but {isos:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_unit_lives_up_to_its_examples() {
    for unit in units::all() {
        for (wording, value) in &unit.examples {
            let found = quantities_of(wording);
            assert_eq!(found.len(), 1, "{wording}");
            assert_eq!(found[0].unit, unit.base, "{wording}");
            assert!((found[0].value - value).abs() <= value * 1e-9, "{wording}: {}", found[0].value);
        }
    }
}

#[test]
fn a_range_has_two_ends() {
    let found = quantities_of("投资6至8亿元，增长5%-8%");
    assert_eq!((found[0].value, found[0].upper), (6e8, Some(8e8)));
    assert_eq!((found[1].value, found[1].upper), (5.0, Some(8.0)));
}

proptest! {
    #[test]
    fn any_text_is_read_without_panic_and_in_order(text in "[0-9一二两三十百千万亿半余多成倍%‰.,，、。年月日至到第前个家亿元吨占的由从\n a-z“”（）]{0,120}") {
        let text = Text::new(&text);
        let found = quantities::find(&text.view);
        prop_assert!(found.windows(2).all(|pair| pair[0].number < pair[1].number));
        prop_assert!(found.iter().all(|q| q.start <= q.number && q.number < q.end && q.end <= text.view.len()));
        periods::find(&text);
    }

    #[test]
    fn any_characters_at_all_are_read_without_panic(text in any::<String>()) {
        let text = Text::new(&text);
        quantities::find(&text.view);
        periods::find(&text);
    }
}
