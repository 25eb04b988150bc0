//! The tagger: megabytes of text per second on one thread, stage by stage, and what its design reaches on CLUENER.
//!
//! Runs on the samples. CLUENER (train → dev, micro F1 of exact spans) is measured where `training/cluener_train.jsonl` and
//! `training/cluener_dev.jsonl` lie in the folder that `JINXIU_SHARED` names (`../shared` by default); the weights trained there
//! are thrown away.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use jinxiu::mentions::gazetteer::Gazetteer;
use jinxiu::mentions::tagger::{
    Example, Filler, Labelled, Model, Settings, Sheet, Tagger, Worker, precision_recall_f1, train,
};
use jinxiu::mentions::{Candidate, candidates};
use jinxiu::text::Text;
use serde_json::Value;
use std::hint::black_box;
use std::path::{Path, PathBuf};

const LABELS: &str = "address book company game government movie name organization position scene";

/// A text of one sentence, what rules propose in it, and the names that are annotated.
struct Item {
    chars: Vec<char>,
    candidates: Vec<Candidate>,
    names: Vec<Labelled>,
}

impl Item {
    /// Fills the sheet in as the tagger of the nine classes does.
    fn fill(&self, filler: &mut Filler, sheet: &mut Sheet) {
        sheet.enter(&self.chars);
        filler.fill(sheet, &self.chars, 0..self.chars.len(), &self.candidates);
    }
}

fn stages(c: &mut Criterion) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/samples");
    let names = ["hefei.txt", "kunshan-page.txt", "taiyuan.txt"];
    let raw: Vec<String> =
        names.iter().filter_map(|name| std::fs::read_to_string(folder.join(name)).ok()).collect();
    let texts: Vec<Text> = raw.iter().map(|text| Text::new(text)).collect();
    let proposed: Vec<_> = texts.iter().map(candidates::find).collect();
    let mut group = c.benchmark_group("tagger");
    group.sample_size(10).throughput(Throughput::Bytes(raw.iter().map(|text| text.len() as u64).sum()));
    group.bench_function("gazetteer", |b| {
        b.iter(|| texts.iter().map(|text| Gazetteer::open().matches(&text.view.chars).len()).sum::<usize>());
    });
    group.bench_function("candidates", |b| {
        b.iter(|| texts.iter().map(|text| candidates::find(text).len()).sum::<usize>());
    });
    let mut sheet = Sheet::default();
    group.bench_function("features", |b| {
        b.iter(|| {
            for (text, proposed) in texts.iter().zip(&proposed) {
                text.sentences.iter().for_each(|s| sheet.fill(&text.view.chars, s.start..s.end, proposed));
            }
        });
    });
    group.bench_function("features, scores, tags", |b| {
        b.iter(|| {
            for (text, proposed) in texts.iter().zip(&proposed) {
                let sentences = text.sentences.iter().map(|s| s.start..s.end);
                black_box(Tagger::open().read(&text.view, sentences, proposed));
            }
        });
    });
    group.finish();
}

fn cluener(_: &mut Criterion) {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let folder = std::env::var_os("JINXIU_SHARED").map_or(beside, PathBuf::from).join("training");
    let (Some(known), Some(test)) =
        (items(&folder.join("cluener_train.jsonl")), items(&folder.join("cluener_dev.jsonl")))
    else {
        eprintln!("skipped: CLUENER is not in {}", folder.display());
        return;
    };
    let labels: Vec<String> = LABELS.split(' ').map(str::to_owned).collect();
    let (mut filler, mut sheet) = (Filler::built_in(), Sheet::default());
    let example = |item: &Item| {
        item.fill(&mut filler, &mut sheet);
        Example::new(&sheet, &item.names)
    };
    let examples: Vec<Example> = known.iter().map(example).collect();
    let settings = Settings::default();
    let model = train(&labels, &examples, &settings);
    let [precision, recall, f1] = score(&model, &test);
    println!("CLUENER dev: precision {precision:.4} recall {recall:.4} micro F1 {f1:.4}");
}

fn score(model: &Model, items: &[Item]) -> [f64; 3] {
    let mut counts = [0; 3];
    let (mut filler, mut sheet, mut worker) = (Filler::built_in(), Sheet::default(), Worker::new(model));
    for item in items {
        item.fill(&mut filler, &mut sheet);
        let found = worker.tag(&sheet);
        counts[0] += found.iter().filter(|found| item.names.contains(found)).count();
        counts[1] += found.len();
        counts[2] += item.names.len();
    }
    precision_recall_f1(counts)
}

fn items(path: &Path) -> Option<Vec<Item>> {
    let lines = std::fs::read_to_string(path).ok()?;
    lines.lines().map(|line| item(&serde_json::from_str(line).ok()?)).collect()
}

/// One line: a text, and label → name → inclusive ranges.
fn item(value: &Value) -> Option<Item> {
    let text = Text::new(value["text"].as_str()?);
    let in_view = |at: u64| text.view.origin.partition_point(|origin| (*origin as u64) < at);
    let mut names = Vec::new();
    for (label, found) in value["label"].as_object()? {
        let label = LABELS.split(' ').position(|known| known == label)?;
        for range in found.as_object()?.values().filter_map(Value::as_array).flatten() {
            let (start, last) = (range[0].as_u64()?, range[1].as_u64()?);
            names.push(Labelled { start: in_view(start), end: in_view(last + 1), label });
        }
    }
    names.sort_by_key(|name| (name.start, std::cmp::Reverse(name.end)));
    Some(Item { candidates: candidates::find(&text), chars: text.view.chars, names })
}

criterion_group!(benches, stages, cluener);
criterion_main!(benches);
