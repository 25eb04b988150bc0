use jinxiu::document::*;
use jinxiu::facts::relations::*;
use jinxiu::facts::*;
use jinxiu::mentions::Mention;
use jinxiu::text::Text;
use std::collections::*;
fn load() -> Vec<(String, Extraction, Text)> {
    let mut out = vec![];
    for l in std::fs::read_to_string("/work/shared/evaluation/dev/gold.jsonl").unwrap().lines() {
        let e: Extraction = serde_json::from_str(l).unwrap();
        let t = std::fs::read_to_string(format!("/work/shared/evaluation/dev/{}.txt", e.id)).unwrap();
        out.push(("dev".into(), e, Text::new(&t)));
    }
    let mut files: Vec<_> = std::fs::read_dir("/work/ann/gold").unwrap().map(|f| f.unwrap().path()).collect();
    files.sort();
    for f in files {
        let s = std::fs::read_to_string(&f).unwrap();
        let Ok(e) = serde_json::from_str::<Extraction>(&s) else { continue };
        let set = e.id.trim_start_matches("x").trim_start_matches("s")[..2].to_string();
        let t = std::fs::read_to_string(format!("/work/ann/texts/set{set}/{}.txt", e.id)).unwrap();
        out.push((set, e, Text::new(&t)));
    }
    out
}
fn mentions(e: &Extraction, t: &Text) -> (Vec<Mention>, Vec<usize>) {
    let mut v = vec![];
    for (i, en) in e.entities.iter().enumerate() {
        for m in &en.mentions {
            let s = t.view.origin.partition_point(|&o| o < m.span.start);
            let x = t.view.origin.partition_point(|&o| o < m.span.end);
            if s < x {
                v.push((
                    Mention { start: s, end: x, class: en.class, found_by: "gold".into(), confidence: 1.0 },
                    i,
                ));
            }
        }
    }
    v.sort_by_key(|(m, i)| (m.start, std::cmp::Reverse(m.end), m.class, *i));
    v.into_iter().unzip()
}
fn main() {
    let errs = std::env::args().nth(1);
    let docs = load();
    let data: Vec<_> = docs
        .iter()
        .map(|(set, e, t)| {
            let (m, th) = mentions(e, t);
            let mut tr = Training::default();
            tr.add(t, &m, &th, e);
            (set.clone(), e, t, m, th, tr)
        })
        .collect();
    let folds: Vec<Vec<&str>> = vec![
        vec!["dev"],
        vec!["01", "05", "09", "13", "17"],
        vec!["02", "06", "10", "14", "18", "G1"],
        vec!["03", "07", "11", "15", "19", "G2"],
        vec!["04", "08", "12", "16", "20", "G3"],
    ];
    let mut tot: BTreeMap<(String, Predicate), [usize; 3]> = BTreeMap::new();
    let mut miss: BTreeMap<Predicate, usize> = BTreeMap::new();
    for fold in &folds {
        let mut tr = Training::default();
        for d in &data {
            if !fold.contains(&d.0.as_str()) && d.0 != "dev" {
                tr.examples.extend(d.5.examples.iter().cloned());
            }
        }
        if tr.examples.is_empty() {
            continue;
        }
        let model = train(&tr);
        let model = Model::from_bytes(&model.to_bytes());
        let name = if fold[0] == "dev" { "dev" } else { "ann" };
        for d in &data {
            if !fold.contains(&d.0.as_str()) {
                continue;
            }
            let facts = find_with(d.2, &d.3, &d.4, &model);
            let key = |s: usize, p: Predicate, o: FactObject| {
                (
                    s,
                    p,
                    match o {
                        FactObject::Mention(m) => format!("e{}", d.4[m]),
                        FactObject::Status(s) => s.to_string(),
                    },
                )
            };
            let sys: BTreeSet<_> = facts.iter().map(|f| key(d.4[f.subject], f.predicate, f.object)).collect();
            let num = |id: &str| d.1.entities.iter().position(|e| e.id == id).unwrap();
            let gold: BTreeSet<_> =
                d.1.relations
                    .iter()
                    .map(|r| {
                        (
                            num(&r.subject),
                            r.predicate,
                            match &r.object {
                                Object::Entity(i) => format!("e{}", num(i)),
                                Object::Status(s) => s.to_string(),
                            },
                        )
                    })
                    .collect();
            for g in &gold {
                tot.entry((name.into(), g.1)).or_default()[1] += 1;
                if sys.contains(g) {
                    tot.entry((name.into(), g.1)).or_default()[0] += 1;
                }
            }
            for s in &sys {
                tot.entry((name.into(), s.1)).or_default()[2] += 1;
            }
            let cands: BTreeSet<_> = candidates_of(&Context::new(d.2, &d.3, &d.4))
                .iter()
                .map(|c| {
                    (
                        c.subject,
                        c.predicate,
                        match c.object {
                            Far::Thing(t) => format!("e{t}"),
                            Far::Stage(s) => s.to_string(),
                        },
                    )
                })
                .collect();
            for g in &gold {
                if !cands.contains(g) {
                    *miss.entry(g.1).or_default() += 1;
                    if errs.as_deref() == Some("miss") {
                        let n = |i: usize| d.1.entities[i].name.clone();
                        println!(
                            "NOCAND {} {} {:?} {}",
                            d.1.id,
                            n(g.0),
                            g.1,
                            if g.2.starts_with('e') { n(g.2[1..].parse().unwrap_or(0)) } else { g.2.clone() }
                        );
                    }
                }
            }
            if errs.as_deref() == Some(name) {
                let n = |i: usize| d.1.entities[i].name.clone();
                let o = |s: &str| if let Ok(i) = s[1..].parse::<usize>() { n(i) } else { s.to_string() };
                for g in gold.difference(&sys) {
                    println!("{} MISS {} {:?} {}", d.1.id, n(g.0), g.1, o(&g.2));
                }
                for g in sys.difference(&gold) {
                    println!("{} WRONG {} {:?} {}", d.1.id, n(g.0), g.1, o(&g.2));
                }
            }
        }
    }
    for name in ["dev", "ann"] {
        let mut s = [0usize; 3];
        for ((n, p), v) in &tot {
            if n == name {
                println!(
                    "{name} {p:14} P {:.3} R {:.3} F {:.3}  {v:?}",
                    v[0] as f64 / v[2].max(1) as f64,
                    v[0] as f64 / v[1].max(1) as f64,
                    2.0 * v[0] as f64 / (v[1] + v[2]).max(1) as f64
                );
                for i in 0..3 {
                    s[i] += v[i];
                }
            }
        }
        println!(
            "{name} ALL P {:.3} R {:.3} F {:.3} {s:?}",
            s[0] as f64 / s[2].max(1) as f64,
            s[0] as f64 / s[1].max(1) as f64,
            2.0 * s[0] as f64 / (s[1] + s[2]).max(1) as f64
        );
    }
    println!("no candidate {miss:?}; examples {}", data.iter().map(|d| d.5.examples.len()).sum::<usize>());
}
