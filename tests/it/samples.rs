//! What is read from the texts in data/samples.

use jinxiu::document::Extraction;
use jinxiu::pipeline::extract;
use jinxiu::text::{Naming, Text, find};
use std::path::Path;

fn sample(name: &str) -> (Text, Extraction) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/samples").join(name);
    let text = find(&[path], Naming::Stem).unwrap()[0].read().unwrap();
    let found = extract(name, &text);
    (text, found)
}

#[test]
fn the_furniture_of_a_page_names_nothing() {
    let (text, found) = sample("kunshan-page.txt");
    let whole: String = text.chars.iter().collect();
    let start = |words: &str| whole[..whole.find(words).unwrap()].chars().count();
    let (title, end) = (start("昆山：一座"), start("责任编辑"));
    let menu = start("首页 时政")..start("昆山：一座县级市的产业样本\n发布");
    for entity in &found.entities {
        for mention in &entity.mentions {
            let at = mention.span.start;
            assert!(at >= title && at < end && !menu.contains(&at), "{} at {at}", entity.name);
        }
    }
}

#[test]
fn a_sentence_that_the_page_repeats_is_read_at_every_place() {
    let (_, found) = sample("kunshan-page.txt");
    let suzhou = found.entities.iter().find(|entity| entity.name.starts_with("江苏")).unwrap();
    assert!(suzhou.mentions.len() >= 2, "{suzhou:?}");
}

#[test]
fn title_date_and_source_are_read_from_the_page() {
    let (text, _) = sample("kunshan-page.txt");
    assert_eq!(text.title().as_deref(), Some("昆山：一座县级市的产业样本"));
    assert_eq!(text.date(), Some((2023, Some(10), Some(8))));
    assert_eq!(text.source().as_deref(), Some("县域观察"));
}

#[test]
fn every_sample_yields_entities_relations_and_figures() {
    for name in ["taiyuan.txt", "hefei.txt", "kunshan-page.txt"] {
        let (text, found) = sample(name);
        assert!(found.entities.len() >= 30, "{name}: {} entities", found.entities.len());
        assert!(found.relations.len() >= 20, "{name}: {} relations", found.relations.len());
        assert!(found.observations.len() >= 5, "{name}: {} figures", found.observations.len());
        for entity in &found.entities {
            entity
                .mentions
                .iter()
                .for_each(|m| assert!(m.span.start < m.span.end && m.span.end <= text.chars.len()));
        }
    }
}

/// What `extract` prints of the samples.
fn extracted(more: &[&str]) -> (i32, String, String) {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/samples/taiyuan.txt");
    let mut command = assert_cmd::Command::cargo_bin("jinxiu").unwrap();
    let output = command.arg("extract").arg(samples).args(more).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap_or(-1), text(output.stdout), text(output.stderr))
}

#[test]
fn an_explanation_gives_for_every_finding_its_words_what_decided_and_how_sure_that_is() {
    let (code, out, _) = extracted(&["--explain"]);
    let mut lines = out.lines();
    assert_eq!(
        lines.next(),
        Some("text\tsubject\tproperty\tvalue\tat\twords\tdecided by\tsure\tleft out because")
    );
    let rows: Vec<Vec<&str>> = lines.map(|line| line.split('\t').collect()).collect();
    assert!(code == 0 && rows.len() > 20, "{out}");
    for row in &rows {
        assert!(row.len() == 9 && row[6].contains(':'), "{row:?}");
        assert!(row[7].parse::<f32>().is_ok_and(|sure| (0.0..=1.0).contains(&sure)), "{row:?}");
    }
    assert_eq!(extracted(&["--explain", "-f", "jsonl"]).0, 2);
}

/// The rows of an explanation of words, of which the last cell is the reason why something is left out.
fn considered(words: &str, options: &[&str]) -> Vec<Vec<String>> {
    let mut command = assert_cmd::Command::cargo_bin("jinxiu").unwrap();
    let output = command.args(["extract", "-"]).args(options).write_stdin(words).output().unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    out.lines().skip(1).map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}

#[test]
fn what_was_considered_and_left_out_says_why() {
    let words = "太原市位于山西省中部，太原市发展装备制造业，富士康太原手机项目签约，正在建设。";
    let (near, all) = (considered(words, &["--explain"]), considered(words, &["--explain=all"]));
    let reasons = |rows: &[Vec<String>]| rows.iter().filter(|r| !r[8].is_empty()).count();
    assert!(reasons(&all) > reasons(&near), "{near:?}");
    assert!(near.iter().all(|row| all.contains(row)));
    let reversed =
        |row: &Vec<String>| row[1].starts_with("山西") && row[2] == "locatedIn" && row[3].starts_with("太原");
    assert!(all.iter().any(|row| reversed(row) && row[8].contains("threshold")), "{all:?}");
    let unsure = considered(words, &["--explain", "--min-confidence", "1"]);
    assert!(unsure.iter().any(|row| row[8] == "less sure than 1"), "{unsure:?}");
    let kept = unsure.iter().filter(|row| row[8].is_empty());
    assert!(kept.clone().all(|row| row[7] == "1.00"), "{:?}", kept.collect::<Vec<_>>());
}

#[test]
fn what_is_less_sure_than_asked_is_left_out() {
    let count = |least: &str| extracted(&["-f", "tsv", "--min-confidence", least]).1.lines().count();
    let (all, some, none) = (count("0"), count("0.7"), count("1"));
    assert!(all > some && some > none, "{all} {some} {none}");
    let (code, _, said) = extracted(&["--min-confidence", "1.5"]);
    assert!(code == 2 && said.contains("not between 0 and 1"), "{said}");
}
