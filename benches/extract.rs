//! Megabytes of text per second: reading, and extracting, on one thread.
//!
//! Runs on the samples, and on the news items in `corpus/news.jsonl.gz` of the folder that `JINXIU_SHARED` names
//! (`../shared` by default) where that and `gzip` are there.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use jinxiu::pipeline::extract;
use jinxiu::rdf::{Base, Run, Source, document_quads};
use jinxiu::text::Text;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Items of the corpus that are read: enough for a steady figure, few enough for a short run.
const ITEMS: usize = 400;

fn samples() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/samples");
    let names = ["hefei.txt", "kunshan-page.txt", "taiyuan.txt"];
    names.iter().filter_map(|name| std::fs::read_to_string(folder.join(name)).ok()).collect()
}

fn corpus() -> Option<Vec<String>> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let folder = std::env::var_os("JINXIU_SHARED").map_or(beside, PathBuf::from);
    let file = folder.join("corpus/news.jsonl.gz");
    let output =
        Command::new("gzip").arg("-dc").arg(&file).output().ok().filter(|output| output.status.success());
    let Some(output) = output else {
        eprintln!("skipped: {} is not there or gzip is missing", file.display());
        return None;
    };
    let lines = String::from_utf8_lossy(&output.stdout).into_owned();
    let text = |line: &str| {
        serde_json::from_str::<serde_json::Value>(line).ok()?["text"].as_str().map(str::to_owned)
    };
    Some(lines.lines().take(ITEMS).filter_map(text).collect())
}

fn measure(c: &mut Criterion, name: &str, texts: &[String]) {
    let mut group = c.benchmark_group(name);
    group.sample_size(10).throughput(Throughput::Bytes(texts.iter().map(|text| text.len() as u64).sum()));
    group.bench_function("read", |b| {
        b.iter(|| texts.iter().map(|text| black_box(Text::new(text)).chars.len()).sum::<usize>())
    });
    let read: Vec<Text> = texts.iter().map(|text| Text::new(text)).collect();
    group.bench_function("extract", |b| {
        b.iter(|| read.iter().map(|text| black_box(extract("id", text)).entities.len()).sum::<usize>());
    });
    let (base, run) = (Base::default(), Run::default());
    let found: Vec<_> = read.iter().map(|text| (text, extract("id", text))).collect();
    group.bench_function("quads", |b| {
        b.iter(|| {
            let quads = |(text, extraction): &(&Text, _)| {
                document_quads(Source { text, extraction }, &base, &run).len()
            };
            found.iter().map(quads).sum::<usize>()
        });
    });
    group.finish();
}

fn all(c: &mut Criterion) {
    measure(c, "samples", &samples());
    if let Some(texts) = corpus() {
        measure(c, "corpus", &texts);
    }
}

criterion_group!(benches, all);
criterion_main!(benches);
