//! Two documents made by hand, and a store that holds them.

use assert_cmd::Command;
use jinxiu::document::{
    Bound, Class, Entity, Evidence, Extraction, Measure, Modality, Object, Observation, Predicate, Relation,
    Span, Status,
};
use jinxiu::rdf::{Base, Run, Source, document_quads};
use jinxiu::store::Store;
use jinxiu::text::Text;
use oxrdf::Quad;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

pub const ALPHA: &str = "甲市发展要闻\n2021年，甲市地区生产总值超过5000亿元，市场主体达到64万户。甲市实施工业强市战略，\
发展装备制造业、新材料。丙高新区位于甲市，发展信创产业。乙集团建设的丁生产线签约落地甲市，戊集团建设的己项目投产。\
甲市常务副市长王小明介绍，庚公司是乙集团的子公司，位于甲市，从事装备制造业。到2025年，甲市地区生产总值力争达到8000亿元。\
甲市印发《工业强市战略》。";

pub const BETA: &str = "辛市與甲市\n2021年，甲市市場主體達到65萬戶。辛市發展新材料。";

/// A text with what is found in it, written down by names.
pub struct Doc {
    text: Text,
    extraction: Extraction,
}

impl Doc {
    pub fn new(id: &str, text: &str) -> Self {
        let text = Text::new(text);
        let extraction =
            Extraction { id: id.to_owned(), text_sha256: text.sha256.clone(), ..Extraction::default() };
        Self { text, extraction }
    }

    /// An entity that is mentioned wherever its name stands.
    pub fn entity(mut self, class: Class, name: &str) -> Self {
        let whole: String = self.text.chars.iter().collect();
        let mentions: Vec<Evidence> = whole
            .match_indices(name)
            .map(|(byte, words)| {
                let start = whole[..byte].chars().count();
                evidence(Span { start, end: start + words.chars().count() })
            })
            .collect();
        assert!(!mentions.is_empty(), "{name} does not stand in the text");
        let id = format!("e{}", self.extraction.entities.len() + 1);
        let (aliases, canonical, code) = (Vec::new(), String::new(), None);
        let entity = Entity { id, class, name: name.to_owned(), aliases, mentions, canonical, code };
        self.extraction.entities.push(entity);
        self
    }

    /// The formal code of the entity that was named last.
    pub fn code(mut self, code: &str) -> Self {
        self.extraction.entities.last_mut().expect("an entity").code = Some(code.to_owned());
        self
    }

    /// Another name by which the text calls an entity.
    pub fn alias(mut self, name: &str, alias: &str) -> Self {
        let other = Self::new("", &self.text.chars.iter().collect::<String>()).entity(Class::Place, alias);
        let mentions = other.extraction.entities.into_iter().flat_map(|e| e.mentions);
        let entity = self.extraction.entities.iter_mut().find(|e| e.name == name).expect("the entity");
        entity.mentions.extend(mentions);
        entity.mentions.sort_by_key(|m| m.span);
        entity.aliases.push(alias.to_owned());
        self
    }

    pub fn relation(mut self, subject: &str, predicate: Predicate, object: &str) -> Self {
        let object = match Status::parse(object) {
            Some(status) => Object::Status(status),
            None => Object::Entity(self.id_of(object)),
        };
        let evidence = vec![self.words(subject)];
        self.extraction.relations.push(Relation {
            subject: self.id_of(subject),
            predicate,
            object,
            evidence,
        });
        self
    }

    pub fn figure(mut self, words: &str, set: impl FnOnce(&mut Observation)) -> Self {
        let mut observation = Observation {
            subject: self.id_of("甲市"),
            indicator: "地区生产总值".to_owned(),
            measure: Measure::Level,
            value: 0.0,
            unit: "CNY".to_owned(),
            of: None,
            bound: Bound::Exact,
            period: "2021".to_owned(),
            modality: Modality::Actual,
            from: None,
            evidence: vec![self.words(words)],
            as_written: String::new(),
        };
        set(&mut observation);
        self.extraction.observations.push(observation);
        self
    }

    fn id_of(&self, name: &str) -> String {
        let entity = self.extraction.entities.iter().find(|e| e.name == name);
        entity.unwrap_or_else(|| panic!("no entity {name}")).id.clone()
    }

    fn words(&self, words: &str) -> Evidence {
        let whole: String = self.text.chars.iter().collect();
        let byte = whole.rfind(words).unwrap_or_else(|| panic!("{words} does not stand in the text"));
        let start = whole[..byte].chars().count();
        evidence(Span { start, end: start + words.chars().count() })
    }

    pub fn quads(&self) -> Vec<Quad> {
        let source = Source { text: &self.text, extraction: &self.extraction };
        document_quads(source, &Base::default(), &Run::default())
    }

    pub fn id(&self) -> &str {
        &self.extraction.id
    }
}

fn evidence(span: Span) -> Evidence {
    Evidence { span, found_by: "rule:by-hand".to_owned(), confidence: 0.9 }
}

pub fn alpha() -> Doc {
    use Class as C;
    use Predicate as P;
    let doc = Doc::new("alpha", ALPHA)
        .entity(C::Place, "甲市")
        .entity(C::Industry, "装备制造业")
        .entity(C::Industry, "新材料")
        .entity(C::Industry, "信创产业")
        .entity(C::Zone, "丙高新区")
        .entity(C::Enterprise, "乙集团")
        .entity(C::Enterprise, "戊集团")
        .entity(C::Enterprise, "庚公司")
        .entity(C::Project, "丁生产线")
        .entity(C::Project, "己项目")
        .entity(C::Policy, "工业强市战略")
        .entity(C::Person, "王小明")
        .entity(C::Position, "常务副市长");
    let doc = doc
        .relation("甲市", P::Develops, "装备制造业")
        .relation("甲市", P::Develops, "新材料")
        .relation("丙高新区", P::Develops, "信创产业")
        .relation("丙高新区", P::LocatedIn, "甲市")
        .relation("丁生产线", P::DevelopedBy, "乙集团")
        .relation("丁生产线", P::LocatedIn, "甲市")
        .relation("丁生产线", P::Status, "signed")
        .relation("己项目", P::DevelopedBy, "戊集团")
        .relation("己项目", P::Status, "inProduction")
        .relation("甲市", P::Implements, "工业强市战略")
        .relation("工业强市战略", P::IssuedBy, "甲市")
        .relation("王小明", P::HoldsPosition, "常务副市长")
        .relation("常务副市长", P::PositionIn, "甲市")
        .relation("庚公司", P::SubsidiaryOf, "乙集团")
        .relation("庚公司", P::LocatedIn, "甲市")
        .relation("庚公司", P::InIndustry, "装备制造业");
    doc.figure("甲市地区生产总值超过5000亿元", |f| (f.value, f.bound) = (5e11, Bound::Over))
        .figure("市场主体达到64万户", |f| {
            (f.indicator, f.value, f.unit) = ("市场主体数量".to_owned(), 640_000.0, "count".to_owned());
        })
        .figure("到2025年，甲市地区生产总值力争达到8000亿元", |f| {
            (f.value, f.period, f.modality) = (8e11, "2025".to_owned(), Modality::Target);
        })
}

pub fn beta() -> Doc {
    Doc::new("beta", BETA)
        .entity(Class::Place, "甲市")
        .entity(Class::Place, "辛市")
        .entity(Class::Industry, "新材料")
        .relation("辛市", Predicate::Develops, "新材料")
        .figure("甲市市場主體達到65萬戶", |f| {
            (f.indicator, f.value, f.unit) = ("市場主體數量".to_owned(), 650_000.0, "count".to_owned());
        })
}

/// A store in a folder of its own.
pub struct Sample {
    folder: TempDir,
}

impl Sample {
    pub fn new() -> Self {
        Self::of(&[alpha(), beta()])
    }

    pub fn of(docs: &[Doc]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let sample = Self { folder };
        let mut store = Store::create(&sample.store(), &Base::default()).expect("a store");
        for doc in docs {
            store.load(doc.id(), &doc.quads()).expect("loaded");
        }
        store.finish().expect("finished");
        sample
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn store(&self) -> PathBuf {
        self.folder.path().join("store")
    }

    /// Heeds decisions.
    pub fn decide(&self, decisions: &str) {
        let mut store = Store::open_for_writing(&self.store()).expect("opens");
        store.decide(&jinxiu::graph::Decisions::parse(decisions).expect("decisions")).expect("heeded");
        store.finish().expect("finished");
    }

    pub fn open(&self) -> Store {
        Store::open(&self.store()).expect("opens")
    }

    /// The program with `--store` set.
    pub fn run(&self, args: &[&str]) -> Outcome {
        let (first, rest) = args.split_first().expect("a subcommand");
        let mut command = Command::cargo_bin("jinxiu").expect("the program");
        let output = command.arg(first).arg("--store").arg(self.store()).args(rest).output().expect("runs");
        Outcome {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).expect("UTF-8"),
            err: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }
}

/// The rows of a Parquet file as its own reader shows them.
pub fn parquet_rows(path: &Path) -> Vec<String> {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    let reader = SerializedFileReader::new(std::fs::File::open(path).expect("a file")).expect("Parquet");
    reader.get_row_iter(None).expect("rows").map(|row| row.expect("a row").to_string()).collect()
}

/// What a run printed.
#[derive(Debug)]
pub struct Outcome {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Outcome {
    /// Standard output, after a run that must have succeeded.
    pub fn ok(self) -> String {
        assert_eq!(self.code, 0, "{self:?}");
        self.out
    }
}
