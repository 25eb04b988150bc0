//! The examples that stand in the help of every subcommand, run as they are written.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// A line of bash, run where the program is on the path, with nothing to read.
fn bash(folder: &Path, line: &str) -> Output {
    let program = assert_cmd::cargo::cargo_bin("jinxiu");
    let path = format!("{}:{}", program.parent().unwrap().display(), std::env::var("PATH").unwrap());
    let mut command = Command::new("bash");
    command.args(["-uo", "pipefail", "-c", line]).current_dir(folder).env("PATH", path);
    command.stdin(Stdio::null()).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn help(words: &[String]) -> String {
    let output = bash(Path::new("."), &format!("jinxiu {} --help", words.join(" ")));
    assert!(output.status.success(), "{words:?}");
    text(&output.stdout)
}

/// Every subcommand, those of subcommands too.
fn subcommands(above: &[String]) -> Vec<Vec<String>> {
    let help = help(above);
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|l| !l.is_empty());
    let names = listed.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let names = names.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help");
    names
        .flat_map(|name| {
            let whole = [above, &[name.to_owned()]].concat();
            let below = subcommands(&whole);
            std::iter::once(whole).chain(below)
        })
        .collect()
}

/// The commands of a help's examples, of which each may go on in further lines.
fn examples(help: &str) -> Vec<String> {
    let Some(begin) = help.find("Example") else { return Vec::new() };
    let words =
        help[begin..].split_whitespace().filter(|word| !word.starts_with("Example")).collect::<Vec<_>>();
    let words = words.join(" ");
    let commands = words.split("jinxiu ").map(str::trim).filter(|line| !line.is_empty());
    commands.map(|line| format!("jinxiu {line}")).collect()
}

/// What the examples speak of: texts, a store, a gold annotation, dumps, tables of links.
fn bench() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let run = |line: &str| {
        let output = bash(folder.path(), line);
        assert!(output.status.success(), "{line}\n{}", text(&output.stderr));
    };
    run(&format!(
        "mkdir data tests && cp -r {0}/data/samples {0}/data/rules data && cp -r {0}/tests/quality tests",
        here.display()
    ));
    run(
        "mkdir texts gold && cp data/samples/*.txt texts && cp texts/hefei.txt article.txt && cp texts/taiyuan.txt texts/interview.txt",
    );
    run(
        "jinxiu build texts --store graph -q && jinxiu export --store graph -q -o graph.nq && cp graph.nq old.nq",
    );
    run(
        "jinxiu extract texts --format jsonl -o gold.jsonl && cp gold.jsonl earlier.jsonl && cp gold.jsonl found.jsonl && cp gold.jsonl gold/all.jsonl",
    );
    run(
        "jinxiu link run --store graph -q -o review.sssom.tsv && cp review.sssom.tsv old.sssom.tsv && cp review.sssom.tsv new.sssom.tsv",
    );
    let write = |name: &str, content: &str| fs::write(folder.path().join(name), content).unwrap();
    write(
        "stocks.csv",
        "ts_code,symbol,name,area,industry,fullname\n600000.SH,600000,甲银行,上海,银行,甲银行股份有限公司\n",
    );
    write(
        "model.jsonl",
        "{\"document\":\"hefei\",\"subject\":\"合肥市\",\"subject_type\":\"Place\",\"predicate\":\"develops\",\"object\":\"新能源汽车\",\"object_type\":\"Industry\",\"quote\":\"新能源汽车\"}\n",
    );
    let article =
        fs::read_to_string(folder.path().join("article.txt")).unwrap().replace('\n', "\\n").replace('"', "'");
    let items: Vec<String> =
        (0..60).map(|n| format!("{{\"id\":\"n{n}\",\"text\":\"{article}\"}}\n")).collect();
    write("news.jsonl", &items.concat());
    write("found.jsonl", "{\"id\":\"n1\",\"spans\":[[0,3,\"LOC\"]]}\n");
    write(
        "dump.nt",
        "<http://www.wikidata.org/entity/Q1> <http://www.w3.org/2000/01/rdf-schema#label> \"甲市\"@zh .\n",
    );
    run(
        "bzip2 -k dump.nt 2>/dev/null && mv dump.nt.bz2 latest-truthy.nt.bz2 || python3 -c \"import bz2; open('latest-truthy.nt.bz2', 'wb').write(bz2.compress(open('dump.nt', 'rb').read()))\"",
    );
    folder
}

/// What an example is run by: a server takes a port that is free and is asked to stop.
fn as_run(line: &str) -> String {
    if line.contains("link serve") {
        format!("timeout --preserve-status -s INT 3 {}", line.replace("--port 8000", "--port 0"))
    } else {
        line.to_owned()
    }
}

/// The codes with which an example may end besides 0: a "no", documents that could not be taken over, a decision that was
/// not made here, a signal.
fn may_end(line: &str) -> &'static [i32] {
    match line.split_whitespace().nth(1).unwrap_or_default() {
        "path" | "why" | "why-same" | "diff" | "check" | "figures" | "verify" | "eval" => &[1],
        "import-extractions" => &[5],
        "link" if line.contains("serve") => &[130],
        "link" if line.contains("undo") => &[2],
        "link" => &[1],
        _ => &[],
    }
}

#[test]
fn every_subcommand_has_an_example_that_runs() {
    let bench = bench();
    let mut wrong = Vec::new();
    for words in subcommands(&[]) {
        let name = words.join(" ");
        let own: Vec<String> = examples(&help(&words)).into_iter().filter(|line| line != "jinxiu").collect();
        if own.is_empty() {
            wrong.push(format!("{name} has no example"));
        }
        for line in own {
            let begins = line.starts_with(&format!("jinxiu {name}"))
                || name == "build"
                || line.contains(&format!(" {} ", words[0]));
            let output = bash(bench.path(), &as_run(&line));
            let code = output.status.code().unwrap_or(-1);
            if !begins || !(code == 0 || may_end(&line).contains(&code)) {
                wrong.push(format!("{line}\n  {code}: {}", text(&output.stderr)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_exit_code_that_is_documented_is_met() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.ttl"), "<http://x/a> <http://x/b> 1 , 2 .").unwrap();
    fs::write(folder.path().join("good.txt"), "甲市位于乙省。").unwrap();
    fs::write(folder.path().join("bad.txt"), [0, 159, 146, 150, 0, 1]).unwrap();
    let runs = [
        (0, "jinxiu query --data a.ttl 'ASK { ?s ?p 1 }'"),
        (1, "jinxiu query --data a.ttl 'ASK { ?s ?p 3 }'"),
        (2, "jinxiu query --data a.ttl --limit many 'ASK {}'"),
        (3, "jinxiu query --data a.ttl 'ASK {'"),
        (4, "jinxiu query --store none 'ASK {}'"),
        (5, "jinxiu build good.txt bad.txt --store graph"),
        (6, "jinxiu query --data a.ttl --limit 1 'SELECT * { ?s ?p ?o }'"),
        (130, "timeout --preserve-status -s INT 3 jinxiu link serve --port 0"),
        (143, "timeout --preserve-status -s TERM 3 jinxiu link serve --port 0"),
    ];
    let help = help(&[]);
    let codes = help.split("Exit codes:").nth(1).unwrap();
    let words = codes.split(|c: char| !c.is_ascii_digit()).filter(|word| !word.is_empty());
    let documented: Vec<i32> = words.map(|word| word.parse().unwrap()).collect();
    assert_eq!(documented, runs.map(|(code, _)| code));
    for (code, line) in runs {
        let output = bash(folder.path(), line);
        assert_eq!(output.status.code(), Some(code), "{line}\n{}", text(&output.stderr));
    }
}

/// What brings about the exit codes that the help of a subcommand promises. The store `graph` is the bench's with an island
/// that nothing leads to and that has a stage, which is for projects; `torn` has damaged files; `odd` is of texts at odds.
const PROMISED: [(&str, i32, &str); 23] = [
    ("ask", 6, "jinxiu ask documents --store graph --limit 1"),
    ("check", 1, "jinxiu check --store graph"),
    ("conflicts", 1, "jinxiu conflicts --store odd"),
    ("diff", 1, "jinxiu diff old.nq odd"),
    ("doctor", 1, "jinxiu doctor --store torn"),
    ("eval", 1, "jinxiu eval gold.jsonl --system fewer.jsonl --min-mentions 1"),
    ("figures", 1, "jinxiu figures --check --store odd"),
    ("figures", 6, "jinxiu figures --limit 1 --store graph"),
    ("find", 1, "jinxiu find 火星人 --store graph"),
    ("import-extractions", 5, "jinxiu import-extractions found.jsonl --store graph"),
    ("link diff", 1, "jinxiu link diff old.sssom.tsv none.sssom.tsv"),
    ("link explain", 1, "jinxiu link explain 太原 gn:1"),
    ("path", 1, "jinxiu path 合肥市 孤岛 --store graph"),
    ("query", 6, "jinxiu query --store graph --limit 1 'SELECT * { ?s ?p ?o }'"),
    (
        "query",
        6,
        "jinxiu query --store graph --timeout 1s 'SELECT * { ?s ?p ?o . ?a ?b ?c . ?d ?e ?f } ORDER BY ?a'",
    ),
    (
        "query",
        6,
        "jinxiu query --store graph --memory 9MB 'SELECT * { ?s ?p ?o . ?a ?b ?c . ?d ?e ?f } ORDER BY ?a'",
    ),
    ("rules test", 1, "jinxiu rules test wrong.toml"),
    ("timeline", 1, "jinxiu timeline 孤岛 --store graph"),
    ("verify", 1, "jinxiu verify --store graph --manifest odd.json"),
    ("verify", 4, "jinxiu verify --store torn"),
    ("why", 1, "jinxiu why 合肥市 developedBy 孤岛 --store graph"),
    ("why-same", 1, "jinxiu why-same 合肥市 孤岛 --store graph"),
    ("query", 1, "jinxiu query --store graph 'ASK { ?s jx:noSuch ?o }'"),
];

#[test]
fn every_exit_code_that_a_help_promises_is_met() {
    let bench = bench();
    let prepared = bash(
        bench.path(),
        "cp -r graph torn && for file in torn/*.sst; do head -c 100 $file > part && mv part $file; done; mkdir at && \
         echo 太原市2021年地区生产总值5121亿元。李一任太原市市长。 > at/a.txt && echo 太原市2021年地区生产总值8121亿元。王二任太原市市长。 > at/b.txt && \
         jinxiu build at --store odd --manifest odd.json -q && head -n 3 gold.jsonl | sed 's/\"mentions\": *\\[\\[[^]]*\\]/\"mentions\":[[0,1]/' > fewer.jsonl && \
         head -n -1 old.sssom.tsv > none.sssom.tsv && sed 's/\"乙市 capitalOf 甲省\"/\"甲省 capitalOf 乙市\"/' data/rules/capital_of.toml > wrong.toml && \
         jinxiu update -q --store graph 'INSERT DATA { place:孤岛 a jx:Place ; rdfs:label \"孤岛\"@zh-Hans ; jx:status jx:signed }'",
    );
    assert!(prepared.status.success(), "{}", text(&prepared.stderr));
    let mut wrong = Vec::new();
    for (_, code, line) in PROMISED {
        let output = bash(bench.path(), line);
        if output.status.code() != Some(code) {
            wrong.push(format!("{line}\n  {:?}, not {code}: {}", output.status.code(), text(&output.stderr)));
        }
    }
    let promises = |words: &Vec<String>| help(words).to_lowercase().contains("exit code");
    for words in subcommands(&[]).into_iter().filter(promises) {
        let name = words.join(" ");
        if !PROMISED.iter().any(|(promised, _, _)| promised.starts_with(&name)) {
            wrong.push(format!("the exit codes that {name} promises are not tried"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
