//! How many figures of annotated texts are read, given the names that people have marked in them.

use crate::shared;
use jinxiu::document::{Class, Extraction};
use jinxiu::mentions::Mention;
use jinxiu::text::Text;
use serde_json::{Value, json};
use std::fs;
use std::process::Command;

/// The mentions that people marked, each with the id of its entity, in reading order.
fn marked(gold: &Extraction, text: &Text) -> (Vec<Mention>, Vec<String>) {
    let at = |point: usize| text.view.origin.partition_point(|origin| *origin < point);
    let mut marked: Vec<(Mention, String)> = Vec::new();
    for entity in &gold.entities {
        for evidence in &entity.mentions {
            let (start, end) = (at(evidence.span.start), at(evidence.span.end));
            let mention =
                Mention { start, end, class: entity.class, found_by: String::new(), confidence: 1.0 };
            marked.push((mention, entity.id.clone()));
        }
    }
    marked.sort_by_key(|(m, _)| (m.start, m.end, m.class as Class));
    marked.into_iter().filter(|(m, _)| m.start < m.end).unzip()
}

/// The figures read with these mentions, in the format of extractions.
fn read(gold: &Extraction, text: &Text) -> Value {
    let (mentions, ids) = marked(gold, text);
    let things = jinxiu::pipeline::things(text, &mentions);
    let observations: Vec<Value> = jinxiu::facts::figures::find(text, &mentions, &things)
        .iter()
        .map(|f| {
            json!({"subject": ids[f.subject], "indicator": f.indicator, "measure": f.measure, "value": f.value,
                   "unit": f.unit, "bound": f.bound, "period": f.period, "modality": f.modality})
        })
        .collect();
    json!({"id": gold.id, "entities": gold.entities, "relations": [], "observations": observations})
}

/// Run with `cargo nextest run --run-ignored all prints_how_many`; set `JINXIU_SHARED` to the folder of the material.
#[test]
#[ignore = "prints scores and judges nothing"]
fn prints_how_many_figures_are_read_with_perfect_names() {
    let Some(folder) = shared::folder().map(|f| f.join("evaluation")) else {
        return shared::skip("no material");
    };
    let gold = fs::read_to_string(folder.join("dev/gold.jsonl")).unwrap();
    let mut lines = String::new();
    for line in gold.lines() {
        let gold: Extraction = serde_json::from_str(line).unwrap();
        let text = fs::read_to_string(folder.join("dev").join(format!("{}.txt", gold.id))).unwrap();
        lines.push_str(&format!("{}\n", read(&gold, &Text::new(&text))));
    }
    let out = tempfile::NamedTempFile::new().unwrap();
    fs::write(out.path(), lines).unwrap();
    let files = [folder.join("score.py"), folder.join("dev/gold.jsonl"), out.path().to_owned()];
    let run = Command::new("python3").args(files).output().unwrap();
    println!("{}", String::from_utf8_lossy(&run.stdout));
}
