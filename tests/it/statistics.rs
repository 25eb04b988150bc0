//! `jinxiu figures` and `jinxiu plot` as their users run them.

use crate::sample::{Doc, Sample, alpha, beta};
use jinxiu::document::{Class, Measure, Modality};
use std::path::Path;

const GAMMA: &str = "甲市统计公报\n2020年，甲市GDP为4500亿元。2021年，甲市经济总量为5000亿元，增长60%。\
2021年，甲市工业增加值为6000亿元。2021年，装备制造业占比122.7%。到2025年，甲市市场主体达到60万户。癸县位于甲市，\
2021年癸县粮食产量30万吨。";

/// What a careful statistician stumbles over.
fn gamma() -> Doc {
    Doc::new("gamma", GAMMA)
        .entity(Class::Place, "甲市")
        .entity(Class::Place, "癸县")
        .relation("癸县", jinxiu::document::Predicate::LocatedIn, "甲市")
        .figure("甲市GDP为4500亿元", |f| {
            (f.value, f.indicator, f.period) = (4.5e11, "GDP".to_owned(), "2020".to_owned())
        })
        .figure("甲市经济总量为5000亿元", |f| (f.value, f.indicator) = (5e11, "经济总量".to_owned()))
        .figure("增长60%", |f| (f.value, f.unit, f.measure) = (60.0, "%".to_owned(), Measure::Growth))
        .figure("甲市工业增加值为6000亿元", |f| {
            (f.value, f.indicator) = (6e11, "工业增加值".to_owned())
        })
        .figure("装备制造业占比122.7%", |f| {
            (f.value, f.unit, f.measure, f.indicator) =
                (122.7, "%".to_owned(), Measure::Share, "装备制造业".to_owned());
        })
        .figure("到2025年，甲市市场主体达到60万户", |f| {
            (f.value, f.unit, f.indicator) = (600_000.0, "count".to_owned(), "市场主体".to_owned());
            (f.period, f.modality) = ("2025".to_owned(), Modality::Target);
        })
        .figure("2021年癸县粮食产量30万吨", |f| {
            (f.value, f.unit, f.indicator, f.subject) =
                (3e5, "t".to_owned(), "粮食产量".to_owned(), "e2".to_owned());
        })
}

fn sample() -> Sample {
    Sample::of(&[alpha(), beta(), gamma()])
}

fn csv(sample: &Sample, args: &[&str]) -> Vec<String> {
    let args: Vec<&str> = ["figures"].iter().chain(args).chain(&["-f", "csv"]).copied().collect();
    sample.run(&args).ok().lines().skip(1).map(str::to_owned).collect()
}

#[test]
fn all_wordings_of_an_indicator_are_one_filter() {
    let sample = sample();
    let wanted = csv(&sample, &["--indicator", "GDP"]);
    assert_eq!(wanted.len(), 5, "{wanted:#?}");
    for words in ["地区生产总值", "經濟總量", "国内生产总值"] {
        assert_eq!(csv(&sample, &["--indicator", words]), wanted, "{words}");
    }
    assert!(
        wanted.contains(
            &"甲市,Place,地区生产总值,level,2021,actual,exact,500000000000,CNY,,,,gamma,1".to_owned()
        ),
        "{wanted:#?}"
    );
    assert_eq!(csv(&sample, &["--indicator", "GDP", "--narrower"]).len(), 6, "industry is a part of it");
}

#[test]
fn filters_leave_what_was_asked_for() {
    let sample = sample();
    assert!(csv(&sample, &["--targets"]).iter().all(|row| row.contains(",target,")));
    assert_eq!(csv(&sample, &["--targets"]).len(), 2);
    assert_eq!(csv(&sample, &["--facts"]).len() + 2, csv(&sample, &[]).len());
    assert_eq!(csv(&sample, &["--period", "2020"]).len(), 1);
    assert_eq!(csv(&sample, &["--period", "2020/2021"]).len(), csv(&sample, &["--facts"]).len());
    assert_eq!(csv(&sample, &["--period", "2021-06"]).len(), 0, "a year is no part of a month");
    assert!(csv(&sample, &["--period", "2021-06", "--overlap"]).len() > 3);
    assert_eq!(csv(&sample, &["--measure", "growth"]).len(), 1);
    assert_eq!(csv(&sample, &["--subject-type", "Enterprise"]).len(), 0);
    assert_eq!(csv(&sample, &["--place", "癸"]).len(), 1, "the ending of a division may be left out");
    assert_eq!(csv(&sample, &["--place", "甲市", "--within", "--indicator", "粮食总产量"]).len(), 1);
    assert_eq!(csv(&sample, &["--place", "甲市", "--indicator", "粮食总产量"]).len(), 0);
}

#[test]
fn wrong_arguments_are_told_with_a_remedy() {
    let sample = sample();
    let nobody = sample.run(&["figures", "--place", "甲"]);
    assert_eq!(nobody.code, 0, "{nobody:?}");
    let nobody = sample.run(&["figures", "--place", "无此地"]);
    assert!(nobody.code == 1 && nobody.err.contains("nothing is called 无此地"), "{nobody:?}");
    let period = sample.run(&["figures", "--period", "soon"]);
    assert!(period.code == 2 && period.err.contains("a period looks like 2021"), "{period:?}");
    let indicator = sample.run(&["figures", "--indicator", "粮食产"]);
    assert!(indicator.code == 0 && indicator.err.contains("the closest name is 粮食产量"), "{indicator:?}");
    assert_eq!(sample.run(&["figures", "-f", "junit"]).code, 2);
    assert_eq!(sample.run(&["figures", "--check", "-f", "csv"]).code, 2);
    assert_eq!(sample.run(&["figures", "--subject-type", "City"]).code, 2);
    assert_eq!(sample.run(&["figures", "--limit", "1"]).code, 6);
}

#[test]
fn every_format_holds_the_same_rows() {
    let sample = sample();
    let lines = |format: &str| sample.run(&["figures", "--indicator", "GDP", "-f", format]).ok();
    assert!(lines("table").contains("5000亿元") && lines("table").contains("超过5000亿元"));
    assert!(lines("markdown").starts_with("| subject | class |"));
    assert_eq!(lines("tsv").lines().count(), 6);
    assert_eq!(lines("jsonl").lines().count(), 5);
    let json: serde_json::Value = serde_json::from_str(&lines("json")).unwrap();
    assert_eq!(json[0]["unit"], "%");
    assert!(json[0].get("from").is_none(), "{json}");
    let file = sample.folder().join("figures.parquet");
    sample.run(&["figures", "-o", file.to_str().unwrap()]).ok();
    let bytes = std::fs::read(file).unwrap();
    assert!(bytes.starts_with(b"PAR1") && bytes.ends_with(b"PAR1"));
}

#[test]
fn sources_and_languages_come_on_request() {
    let sample = sample();
    let rows = csv(&sample, &["--indicator", "粮食产量", "--sources"]);
    assert!(rows[0].ends_with("2021年癸县粮食产量30万吨。"), "{rows:?}");
    let english = sample.run(&["figures", "--indicator", "GDP", "-f", "markdown", "--lang", "en"]).ok();
    assert!(english.contains("gross regional product") && english.contains("| growth |"), "{english}");
    assert!(sample.run(&["figures", "-f", "markdown", "--lang", "zh-Hant"]).ok().contains("地區生產總值"));
}

#[test]
fn a_pivot_sets_contradicting_values_side_by_side() {
    let pivot = sample().run(&["figures", "--pivot", "--facts", "-f", "markdown"]).ok();
    assert!(pivot.contains("| subject | indicator | measure | of | modality | 2020 | 2021 |"), "{pivot}");
    assert!(pivot.contains("| 甲市 | 市场主体数量 | 水平 |  | 事实 |  | 64万 ≠ 65万 |"), "{pivot}");
    assert!(pivot.contains("4500亿元 | 5000亿元; >5000亿元 |"), "{pivot}");
}

#[test]
fn a_check_cites_its_sentences_and_says_no() {
    let sample = sample();
    let out = sample.run(&["figures", "--check"]);
    assert_eq!(out.code, 1);
    for rule in
        ["share-over-100", "contradiction", "growth-against-levels", "part-exceeds-whole", "target-met"]
    {
        assert!(out.out.contains(rule), "{rule}: {}", out.out);
    }
    assert!(out.out.contains("beta") && out.out.contains("甲市市場主體達到65萬戶。"), "{}", out.out);
    let json = sample.run(&["figures", "--check", "-f", "json"]);
    let found: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert!(
        found
            .as_array()
            .unwrap()
            .iter()
            .all(|f| f["cited"][0]["sentence"].as_str().is_some_and(|s| !s.is_empty()))
    );
    let junit = sample.run(&["figures", "--check", "-f", "junit"]);
    assert!(
        junit.code == 1 && junit.out.contains("<testcase classname=\"figures\" name=\"share-over-100\">"),
        "{}",
        junit.out
    );
    let sound = sample.run(&["figures", "--check", "--indicator", "粮食产量"]);
    assert_eq!((sound.code, sound.out.contains("0处存疑")), (0, true));
}

#[test]
fn a_series_is_drawn_with_every_value_and_source_and_repeats_byte_for_byte() {
    let sample = sample();
    let file = |name: &str| sample.folder().join(name).display().to_string();
    let (one, two) = (file("a.svg"), file("b.svg"));
    for path in [&one, &two] {
        sample.run(&["plot", "--indicator", "GDP", "--place", "甲市", "-o", path]).ok();
    }
    let svg = std::fs::read_to_string(&one).unwrap();
    assert_eq!(svg, std::fs::read_to_string(&two).unwrap());
    for words in [
        "甲市地区生产总值",
        "单位：亿元",
        ">4500[",
        ">5000[",
        "&gt;5000[",
        "8000[",
        "目标",
        "来源",
        "甲市发展要闻（alpha）",
        "甲市统计公报（gamma）",
    ] {
        assert!(svg.contains(words), "{words}\n{svg}");
    }
    let outlines = sample.run(&["plot", "--indicator", "GDP", "--outlines"]).ok();
    assert!(outlines.starts_with("<svg") && !outlines.contains("<text"));
}

#[test]
fn a_picture_shows_chinese_text() {
    let sample = sample();
    let path = sample.folder().join("chart.png");
    sample
        .run(&["plot", "--indicator", "市场主体", "--form", "comparison", "-o", path.to_str().unwrap()])
        .ok();
    let bytes = std::fs::read(&path).unwrap();
    assert!(bytes.starts_with(b"\x89PNG") && bytes.len() > 8_000, "{} bytes", bytes.len());
}

#[test]
fn what_cannot_be_drawn_is_said() {
    let sample = sample();
    assert_eq!(sample.run(&["plot"]).code, 2);
    assert_eq!(sample.run(&["plot", "--indicator", "GDP", "-o", "x.pdf"]).code, 2);
    let nothing = sample.run(&["plot", "--indicator", "出生率"]);
    assert!(nothing.code == 1 && nothing.err.contains("nothing is drawn"), "{nothing:?}");
}

/// The examples of the help, run on the samples.
#[test]
fn the_examples_of_the_help_run() {
    let folder = tempfile::tempdir().unwrap();
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/samples");
    let run = |args: &[&str]| {
        let mut command = assert_cmd::Command::cargo_bin("jinxiu").unwrap();
        command.current_dir(folder.path()).args(args).output().unwrap()
    };
    assert!(run(&["build", samples.to_str().unwrap(), "--store", "graph", "-q"]).status.success());
    for subcommand in ["figures", "plot"] {
        let help = String::from_utf8(run(&[subcommand, "--help"]).stdout).unwrap();
        let joined =
            help.split("Example: ").skip(1).map(|e| e.split_whitespace().collect::<Vec<_>>().join(" "));
        let examples: Vec<String> = joined.collect();
        assert!(examples.len() >= 2, "{help}");
        for example in examples {
            let args: Vec<&str> = example.split(' ').skip(1).collect();
            let output = run(&args);
            let code = output.status.code();
            assert!(
                code == Some(0) || (code == Some(1) && example.contains("--check")),
                "{example}: {output:?}"
            );
        }
    }
}
