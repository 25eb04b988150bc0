//! The tagger: megabytes of text per second on one thread, stage by stage, and what its design reaches on CLUENER.
//!
//! Runs on the samples. CLUENER (train → dev, micro F1 of exact spans) is measured where `training/cluener_train.jsonl` and
//! `training/cluener_dev.jsonl` lie in the folder that `JINXIU_SHARED` names (`../shared` by default); the weights trained there
//! are thrown away.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use jinxiu::mentions::candidates;
use jinxiu::mentions::gazetteer::Gazetteer;
use jinxiu::mentions::tagger::{
    Example, Labelled, Model, Settings, Sheet, Tagger, Worker, precision_recall_f1, train,
};
use jinxiu::text::{Text, View};
use serde_json::Value;
use std::hint::black_box;
use std::path::{Path, PathBuf};

const LABELS: &str = "address book company game government movie name organization position scene";

/// The characters of an item and the names in it.
type Item = (Vec<char>, Vec<Labelled>);

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
    let mut sheet = Sheet::default();
    let example = |(chars, names): &Item| {
        sheet.fill(chars, 0..chars.len(), &[]);
        Example::new(&sheet, names)
    };
    let examples: Vec<Example> = known.iter().map(example).collect();
    let settings = Settings::default();
    let model = train(&labels, &examples, &settings);
    let [precision, recall, f1] = score(&model, &test);
    println!("CLUENER dev: precision {precision:.4} recall {recall:.4} micro F1 {f1:.4}");
}

fn score(model: &Model, items: &[Item]) -> [f64; 3] {
    let mut counts = [0; 3];
    let (mut sheet, mut worker) = (Sheet::default(), Worker::new(model));
    for (chars, names) in items {
        sheet.fill(chars, 0..chars.len(), &[]);
        let found = worker.tag(&sheet);
        counts[0] += found.iter().filter(|found| names.contains(found)).count();
        counts[1] += found.len();
        counts[2] += names.len();
    }
    precision_recall_f1(counts)
}

fn items(path: &Path) -> Option<Vec<Item>> {
    let lines = std::fs::read_to_string(path).ok()?;
    lines.lines().map(|line| item(&serde_json::from_str(line).ok()?)).collect()
}

/// One line: a text, and label → name → inclusive ranges.
fn item(value: &Value) -> Option<Item> {
    let chars: Vec<char> = value["text"].as_str()?.chars().collect();
    let view = View::new(&chars);
    let in_view = |at: u64| view.origin.partition_point(|origin| (*origin as u64) < at);
    let mut names = Vec::new();
    for (label, found) in value["label"].as_object()? {
        let label = LABELS.split(' ').position(|known| known == label)?;
        for range in found.as_object()?.values().filter_map(Value::as_array).flatten() {
            let (start, last) = (range[0].as_u64()?, range[1].as_u64()?);
            names.push(Labelled { start: in_view(start), end: in_view(last + 1), label });
        }
    }
    names.sort_by_key(|name| (name.start, std::cmp::Reverse(name.end)));
    Some((view.chars, names))
}

criterion_group!(benches, stages, cluener);
criterion_main!(benches);
