//! Whom a clause is about: the topic before a position, inherited where it is dropped, and what 全市, 该公司 or 项目
//! stand for.
//!
//! Goes in: a text and its mentions. Comes out: indices of mentions. Nothing is decided about which mentions are one
//! thing, but that equal names are.

use crate::document::Class;
use crate::mentions::Mention;
use crate::text::{LineKind, Text};
use serde::Deserialize;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

#[derive(Deserialize)]
struct Words {
    places: BTreeMap<String, Vec<String>>,
    provinces: Provinces,
    zones: List,
    enterprises: List,
    projects: List,
    before: Before,
    after: After,
}

#[derive(Deserialize)]
struct List {
    words: Vec<String>,
}

#[derive(Deserialize)]
struct Provinces {
    regions: Vec<String>,
    words: Vec<String>,
    media: Vec<String>,
}

#[derive(Deserialize)]
struct Before {
    light: Vec<String>,
    circumstance: Vec<String>,
}

#[derive(Deserialize)]
struct After {
    speaking: Vec<String>,
}

/// What an anaphoric word asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Wanted {
    Level(String),
    Zone(String),
    Enterprise,
    Project,
}

struct Lexicon {
    anaphors: HashMap<char, Vec<(Vec<char>, Wanted)>>,
    light: Vec<Vec<char>>,
    circumstance: Vec<Vec<char>>,
    speaking: Vec<Vec<char>>,
    provinces: Vec<String>,
    regions: Vec<String>,
    media: Vec<String>,
}

static LEXICON: LazyLock<Option<Lexicon>> = LazyLock::new(|| {
    let words: Words = toml::from_str(include_str!("../../data/values/topics.toml")).ok()?;
    Some(Lexicon::new(words))
});

fn by_length(words: Vec<String>) -> Vec<Vec<char>> {
    let mut list: Vec<Vec<char>> = words.iter().map(|w| w.chars().collect()).collect();
    list.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    list
}

impl Lexicon {
    fn new(words: Words) -> Self {
        let mut list: Vec<(String, Wanted)> = Vec::new();
        for (level, names) in words.places {
            list.extend(names.into_iter().map(|w| (w, Wanted::Level(level.clone()))));
        }
        list.extend(words.zones.words.into_iter().map(|w| (w.clone(), Wanted::Zone(w))));
        list.extend(words.enterprises.words.into_iter().map(|w| (w, Wanted::Enterprise)));
        list.extend(words.projects.words.into_iter().map(|w| (w, Wanted::Project)));
        let mut anaphors: HashMap<char, Vec<(Vec<char>, Wanted)>> = HashMap::new();
        for (word, wanted) in list {
            let chars: Vec<char> = word.chars().collect();
            anaphors.entry(chars[0]).or_default().push((chars, wanted));
        }
        for group in anaphors.values_mut() {
            group.sort_by_key(|(word, _)| Reverse(word.len()));
        }
        Self {
            anaphors,
            light: by_length(words.before.light),
            circumstance: by_length(words.before.circumstance),
            speaking: by_length(words.after.speaking),
            provinces: words.provinces.words,
            regions: words.provinces.regions,
            media: words.provinces.media,
        }
    }

    fn anaphor(&self, rest: &[char]) -> Option<(usize, &Wanted)> {
        let group = self.anaphors.get(rest.first()?)?;
        group.iter().find(|(word, _)| rest.starts_with(word)).map(|(word, wanted)| (word.len(), wanted))
    }
}

/// One change of topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Topic {
    /// Where its name ends; it holds from here.
    at: usize,
    sentence: usize,
    mention: usize,
}

/// Stands for a nation that is spoken of (全国, 我国) and that no mention names.
const NATION: usize = usize::MAX;

impl Topic {
    fn named(self) -> Option<usize> {
        (self.mention != NATION).then_some(self.mention)
    }
}

/// The topics of a text.
#[derive(Debug)]
pub struct Subjects<'a> {
    text: &'a Text,
    mentions: &'a [Mention],
    /// Indices of mentions that can be a topic, by start, the longest of one start first.
    order: Vec<usize>,
    /// For each mention, a number that mentions of one name share.
    group: Vec<usize>,
    strong: Vec<Topic>,
    weak: Vec<Topic>,
    home: Option<usize>,
    main: Option<usize>,
    /// Last characters of the home's names: 市 for a home that is named 太原市 somewhere.
    levels: Vec<char>,
    /// Where persons and offices are named.
    offices: HashSet<usize>,
}

impl<'a> Subjects<'a> {
    /// Reads who is spoken of where.
    pub fn new(text: &'a Text, mentions: &'a [Mention]) -> Self {
        let mut order: Vec<usize> = (0..mentions.len()).filter(|&i| is_topical(mentions[i].class)).collect();
        order.sort_by_key(|&i| {
            (mentions[i].start, usize::MAX - mentions[i].end, class_rank(mentions[i].class))
        });
        let group = group_names(text, mentions);
        let office = |m: &&Mention| matches!(m.class, Class::Position | Class::Person);
        let offices = mentions.iter().filter(office).map(|m| m.start).collect();
        let (strong, weak) = (Vec::new(), Vec::new());
        let mut subjects = Self {
            text,
            mentions,
            order,
            group,
            strong,
            weak,
            home: None,
            main: None,
            levels: Vec::new(),
            offices,
        };
        let territory = subjects.heaviest(&[Class::Place, Class::Zone]);
        let maker = subjects.heaviest(&[Class::Enterprise]).filter(|(_, score)| *score >= 4.0);
        subjects.home = territory.map(|(index, _)| index);
        subjects.main = match (territory, maker) {
            (Some((_, place)), Some((index, score))) if score > place * 1.3 => Some(index),
            (None, Some((index, _))) => Some(index),
            (home, _) => home.map(|(index, _)| index),
        };
        subjects.levels = subjects.home_levels();
        subjects.read_topics();
        subjects
    }

    /// The place, zone or (in a text without any) other thing that the text is about.
    pub fn home(&self) -> Option<usize> {
        self.home
    }

    /// What the text is about: its home, or the enterprise that it names far more often.
    pub fn main(&self) -> Option<usize> {
        self.main
    }

    /// Whether a topic is named in `from..to`.
    pub fn changes_within(&self, from: usize, to: usize) -> bool {
        let until = self.strong.partition_point(|t| t.at <= to);
        self.strong[..until].last().is_some_and(|t| t.at > from)
    }

    /// What the clause around `position` is about, as far as it has been said before `position`.
    pub fn subject_of(&self, position: usize) -> Option<usize> {
        let sentence = self.sentence_at(position)?;
        self.topic_in_sentence(position)
            .or_else(|| self.inherited(sentence))
            .or_else(|| {
                last_before(&self.weak, position).filter(|t| t.sentence == sentence).map(|t| t.mention)
            })
            .or(self.home)
    }

    /// The topic that the sentence itself has named before `position`.
    pub fn topic_in_sentence(&self, position: usize) -> Option<usize> {
        let sentence = self.sentence_at(position)?;
        last_before(&self.strong, position).filter(|t| t.sentence == sentence).and_then(Topic::named)
    }

    /// Whether the nation is spoken of at `position`, and no mention names it.
    pub fn is_of_unnamed_nation(&self, position: usize) -> bool {
        let last = last_before(&self.strong, position);
        let here = self.sentence_at(position);
        last.is_some_and(|t| t.mention == NATION && here.is_some_and(|s| s - t.sentence <= 1))
    }

    /// The topic that the clause beginning at `clause` has named before `position`.
    pub fn topic_in_clause(&self, clause: usize, position: usize) -> Option<usize> {
        last_before(&self.strong, position).filter(|t| t.at > clause).and_then(Topic::named)
    }

    /// The nearest mention of one of `classes` that ends before `position`, at most `sentences` sentences back.
    pub fn nearest(&self, position: usize, classes: &[Class], sentences: usize) -> Option<usize> {
        let here = self.sentence_at(position)?;
        let first = self.text.sentences[here.saturating_sub(sentences)].start;
        let until = self.order.partition_point(|&i| self.mentions[i].start < position);
        self.order[..until]
            .iter()
            .rev()
            .take_while(|&&i| self.mentions[i].start >= first)
            .find(|&&i| self.mentions[i].end <= position && classes.contains(&self.mentions[i].class))
            .copied()
    }

    /// The last topic of a class, at most three sentences back.
    pub fn recent(&self, position: usize, class: Class) -> Option<usize> {
        let sentence = self.sentence_at(position)?;
        let until = self.strong.partition_point(|t| t.at <= position);
        let near = self.strong[..until].iter().rev().take_while(|t| sentence - t.sentence <= 3);
        near.filter_map(|t| t.named()).find(|&i| self.mentions[i].class == class)
    }

    /// What the words `start..end` of the view stand for: 全市, 该公司, 项目, 园区.
    pub fn refers(&self, start: usize, end: usize) -> Option<usize> {
        let lexicon = LEXICON.as_ref()?;
        let (len, wanted) = lexicon.anaphor(&self.text.view.chars[start..end])?;
        (start + len == end).then(|| self.resolve(wanted, start)).flatten()
    }

    /// Whether two mentions carry the same name.
    pub fn same(&self, a: usize, b: usize) -> bool {
        self.group[a] == self.group[b]
    }

    fn sentence_at(&self, position: usize) -> Option<usize> {
        let after = self.text.sentences.partition_point(|s| s.start <= position);
        after.checked_sub(1)
    }

    /// The topic of an earlier sentence of the same line.
    fn inherited(&self, sentence: usize) -> Option<usize> {
        let line = self.text.sentences[sentence].line;
        let until = self.strong.partition_point(|t| t.sentence < sentence);
        let last = self.strong[..until].last()?;
        let near = self.text.sentences[last.sentence].line == line && sentence - last.sentence <= 3;
        last.named().filter(|_| near)
    }

    /// The enterprise that a text names most often.
    pub fn leading_enterprise(&self) -> Option<usize> {
        self.heaviest(&[Class::Enterprise]).map(|(index, _)| index)
    }

    fn read_topics(&mut self) {
        let mut next = 0;
        for sentence in 0..self.text.sentences.len() {
            let range = self.text.sentences[sentence];
            if range.kind == LineKind::Furniture {
                continue;
            }
            let mut from = range.start;
            for at in range.start..=range.end {
                let ends = at == range.end
                    || matches!(self.text.view.chars[at], '，' | '；' | '：' | '。' | '！' | '？');
                if ends {
                    next = self.read_clause((from, at), sentence, next);
                    from = at + 1;
                }
            }
        }
    }

    /// Finds the topic of one clause; `next` is the first mention (in order) that may lie in it.
    fn read_clause(&mut self, clause: (usize, usize), sentence: usize, mut next: usize) -> usize {
        let (from, to) = clause;
        while next < self.order.len() && self.mentions[self.order[next]].start < from {
            next += 1;
        }
        let begin = next;
        while next < self.order.len() && self.mentions[self.order[next]].start < to {
            next += 1;
        }
        let here: Vec<usize> = self.order[begin..next].to_vec();
        self.read_anaphor(clause, sentence, &here);
        let mut covered = 0;
        for (n, &index) in here.iter().enumerate() {
            let mention = &self.mentions[index];
            if mention.start < covered || mention.end > to {
                continue;
            }
            covered = mention.end;
            let index = self.innermost_place(&here[n..], index);
            covered = covered.max(self.mentions[index].end);
            let topic = Topic { at: self.mentions[index].end, sentence, mention: index };
            let first = self.strong.last().is_none_or(|t| t.sentence < sentence || t.at <= from);
            if first && self.is_strong(clause, mention, &self.mentions[index]) {
                self.strong.push(topic);
            } else {
                self.weak.push(topic);
            }
        }
        let added = self.strong.partition_point(|t| t.at <= from && t.sentence <= sentence);
        self.strong[added..].sort_by_key(|t| t.at);
        next
    }

    /// Of 山西省长治市屯留区 the last; of a place before an enterprise or a project the latter.
    fn innermost_place(&self, here: &[usize], index: usize) -> usize {
        let mut at = index;
        for &next in here {
            let (now, then) = (&self.mentions[at], &self.mentions[next]);
            if then.start == now.end && now.class == Class::Place && then.class != Class::Industry {
                at = next;
            }
        }
        at
    }

    fn read_anaphor(&mut self, clause: (usize, usize), sentence: usize, here: &[usize]) {
        let Some(lexicon) = LEXICON.as_ref() else { return };
        let chars = &self.text.view.chars;
        let inside =
            |at: usize| here.iter().any(|&i| self.mentions[i].start <= at && at < self.mentions[i].end);
        let limit = clause.1.min(clause.0 + 40);
        let mut at = clause.0;
        let mut found = Vec::new();
        while at < limit {
            let hit = lexicon.anaphor(&chars[at..clause.1]).filter(|_| !inside(at));
            match hit {
                Some((len, wanted)) if self.stands_for(clause, at, len, wanted) => {
                    let nation = *wanted == Wanted::Level("国".to_owned());
                    let mention =
                        if nation { self.nation(at).or(Some(NATION)) } else { self.resolve(wanted, at) };
                    found.extend(mention.map(|mention| Topic { at: at + len, sentence, mention }));
                    at += len;
                }
                _ => {
                    let described = if chars[at] == '该' || chars[at] == '此' {
                        self.described(at, clause.1)
                    } else {
                        None
                    };
                    found.extend(described.map(|mention| Topic { at: at + 1, sentence, mention }));
                    at += 1;
                }
            }
        }
        self.strong.extend(found);
    }

    /// 中国 or 国家 where a mention names it.
    fn nation(&self, at: usize) -> Option<usize> {
        self.last_named(at, |m, name| {
            m.class == Class::Place && matches!(name, "中国" | "我国" | "国家" | "全国")
        })
    }

    /// 该风电项目, 该产业园: the last thing whose name ends like the description.
    fn described(&self, at: usize, to: usize) -> Option<usize> {
        let chars = &self.text.view.chars;
        let ends = [
            "项目",
            "工程",
            "公司",
            "企业",
            "集团",
            "园区",
            "基金",
            "基地",
            "中心",
            "医院",
            "学校",
            "银行",
            "电站",
            "产业园",
            "景区",
            "平台",
            "局",
            "厅",
            "学院",
            "大学",
            "协会",
            "商会",
            "机场",
            "港",
        ];
        for start in at + 1..to.min(at + 10) {
            let text: String = chars[start..to.min(start + 3)].iter().collect();
            let Some(word) = ends.iter().find(|word| text.starts_with(**word)) else { continue };
            return match *word {
                "项目" | "工程" | "电站" => self.last_topic(at, &[Class::Project]),
                "公司" | "企业" | "集团" | "银行" => self.last_topic(at, &[Class::Enterprise]),
                word => self.last_named(at, |_, name| name.ends_with(word)),
            };
        }
        None
    }

    /// 全市 does anywhere; 项目 and 公司 only where a clause begins with them.
    fn stands_for(&self, clause: (usize, usize), at: usize, len: usize, wanted: &Wanted) -> bool {
        let chars = &self.text.view.chars;
        let whole = matches!(chars[at], '全' | '该' | '我' | '本' | '此' | '当');
        let before = skip_light(chars, clause.0, at);
        let next = chars.get(at + len).copied().unwrap_or('。');
        let opens = before == at;
        match wanted {
            Wanted::Level(level) => {
                let compared = at > 0 && "占居于比列跑超达内为过强".contains(chars[at - 1]);
                let place = !compared
                    && !matches!(
                        next,
                        '第' | '最'
                            | '首'
                            | '前'
                            | '重'
                            | '先'
                            | '文'
                            | '性'
                            | '各'
                            | '统'
                            | '同'
                            | '人'
                            | '工'
                    );
                let districts = chars[at] == '各' && next == '区';
                place && !districts && (opens || whole && level != "国")
            }
            _ => opens && (whole || !"等名单数量化签".contains(next)),
        }
    }

    fn resolve(&self, wanted: &Wanted, at: usize) -> Option<usize> {
        match wanted {
            Wanted::Level(level) => self.place_of_level(level, at),
            Wanted::Zone(word) => self
                .last_named(at, |m, name| {
                    m.class == Class::Zone && (name.ends_with(word.as_str()) || word.len() <= 9)
                })
                .or_else(|| self.place_of_level("区", at)),
            Wanted::Enterprise => self.last_topic(at, &[Class::Enterprise]),
            Wanted::Project => self.last_topic(at, &[Class::Project]),
        }
    }

    /// The place that 全市 means: the home if it fits, else the last place named with that suffix.
    fn place_of_level(&self, level: &str, at: usize) -> Option<usize> {
        let fits = |m: &Mention, name: &str| {
            let province = || m.class == Class::Place && answers_to(name, level);
            matches!(m.class, Class::Place | Class::Zone)
                && (level.is_empty() || name.ends_with(level) || province())
        };
        let home_fits = self.home.filter(|_| level.chars().all(|c| self.levels.contains(&c)));
        home_fits.or_else(|| self.last_named(at, fits)).or(self.home)
    }

    fn home_levels(&self) -> Vec<char> {
        let Some(home) = self.home else { return Vec::new() };
        let named = self.mentions.iter().enumerate().filter(|(i, _)| self.same(*i, home));
        let mut levels: Vec<char> = Vec::new();
        for (_, mention) in named {
            levels.push(self.text.view.chars[mention.end - 1]);
            let name = self.name(mention);
            levels
                .extend(["省", "区"].iter().filter(|level| answers_to(&name, level)).flat_map(|l| l.chars()));
        }
        levels
    }

    fn last_named(&self, at: usize, fits: impl Fn(&Mention, &str) -> bool) -> Option<usize> {
        let until = self.order.partition_point(|&i| self.mentions[i].start < at);
        self.order[..until]
            .iter()
            .rev()
            .take(300)
            .find(|&&i| fits(&self.mentions[i], &self.name(&self.mentions[i])))
            .copied()
    }

    fn last_topic(&self, at: usize, classes: &[Class]) -> Option<usize> {
        let sentence = self.sentence_at(at)?;
        let topic = self.strong.iter().rev().take(6).find(|t| {
            t.at <= at
                && sentence - t.sentence <= 3
                && t.named().is_some_and(|i| classes.contains(&self.mentions[i].class))
        });
        topic.and_then(|t| t.named()).or_else(|| self.nearest(at, classes, 8))
    }

    fn is_strong(&self, clause: (usize, usize), first: &Mention, last: &Mention) -> bool {
        let Some(lexicon) = LEXICON.as_ref() else { return false };
        let chars = &self.text.view.chars;
        let after = &chars[last.end..clause.1];
        let media = last.class == Class::Organization && {
            let name = self.name(last);
            lexicon.media.iter().any(|word| name.ends_with(word.as_str()))
        };
        if media || lexicon.speaking.iter().any(|word| after.starts_with(word)) || self.is_office(last.end) {
            return false;
        }
        let begin = skip_light(chars, clause.0, first.start);
        let before = &chars[begin..first.start];
        let circumstance =
            lexicon.circumstance.iter().any(|word| chars[clause.0..first.start].ends_with(word));
        let listed = after.first().is_some_and(|c| matches!(c, '、' | '等' | '和' | '及' | '与'))
            || first.start > 0 && matches!(chars[first.start - 1], '、' | '和');
        !listed && !circumstance && (before.is_empty() || before.ends_with(&['的']))
    }

    fn is_office(&self, at: usize) -> bool {
        self.offices.contains(&at)
    }

    fn name(&self, mention: &Mention) -> String {
        self.text.view.slice(mention.start, mention.end)
    }

    /// The name with the highest weight among the classes, as the mention that names it first.
    fn heaviest(&self, classes: &[Class]) -> Option<(usize, f64)> {
        let mut scores: BTreeMap<usize, (f64, usize)> = BTreeMap::new();
        let mut covered = 0;
        for &index in &self.order {
            let mention = &self.mentions[index];
            let nested = mention.end <= covered;
            covered = covered.max(mention.end);
            if !classes.contains(&mention.class) || is_country(&self.name(mention)) {
                continue;
            }
            let entry = scores.entry(self.group[index]).or_insert((0.0, index));
            entry.0 += self.weight(mention) * if nested { 0.2 } else { 1.0 };
        }
        let best = scores.values().max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        best.map(|(score, index)| (*index, *score))
    }

    fn weight(&self, mention: &Mention) -> f64 {
        let heading = self
            .sentence_at(mention.start)
            .is_some_and(|s| self.text.sentences[s].kind == LineKind::Heading && s < 12);
        let early = mention.start < 160;
        1.0 + if heading { 1.0 } else { 0.0 } + if early { 0.6 } else { 0.0 }
    }
}

fn is_topical(class: Class) -> bool {
    matches!(class, Class::Place | Class::Zone | Class::Enterprise | Class::Project | Class::Organization)
}

fn class_rank(class: Class) -> u8 {
    match class {
        Class::Project => 0,
        Class::Enterprise => 1,
        Class::Zone => 2,
        Class::Place => 3,
        _ => 4,
    }
}

/// Whether a province's short name answers to 全省 or 全区.
fn answers_to(name: &str, level: &str) -> bool {
    let Some(lexicon) = LEXICON.as_ref() else { return false };
    let has = |words: &[String]| words.iter().any(|word| word == name);
    match level {
        "省" => has(&lexicon.provinces),
        "区" => has(&lexicon.regions),
        _ => false,
    }
}

fn is_country(name: &str) -> bool {
    matches!(
        name,
        "中国"
            | "我国"
            | "国家"
            | "全国"
            | "美国"
            | "日本"
            | "德国"
            | "英国"
            | "法国"
            | "韩国"
            | "俄罗斯"
            | "印度"
    )
}

/// Skips words that may stand before a clause's topic, and dates.
fn skip_light(chars: &[char], from: usize, to: usize) -> usize {
    let Some(lexicon) = LEXICON.as_ref() else { return from };
    let mut at = from;
    while at < to {
        let rest = &chars[at..to];
        let word = lexicon.light.iter().find(|word| rest.starts_with(word));
        let date = rest[0].is_ascii_digit()
            || matches!(
                rest[0],
                '年' | '月'
                    | '日'
                    | '季'
                    | '度'
                    | '底'
                    | '末'
                    | '初'
                    | '、'
                    | '-'
                    | '—'
                    | '“'
                    | '”'
                    | '（'
                    | '）'
                    | '前'
                    | '后'
                    | '来'
                    | '个'
                    | '上'
                    | '中'
                    | '里'
                    | '内'
            );
        match word {
            Some(word) => at += word.len(),
            None if date => at += 1,
            None => break,
        }
    }
    at
}

fn last_before(topics: &[Topic], position: usize) -> Option<Topic> {
    let until = topics.partition_point(|t| t.at <= position);
    topics[..until].last().copied()
}

/// Numbers for equal names; 太原 and 太原市 are equal.
fn group_names(text: &Text, mentions: &[Mention]) -> Vec<usize> {
    let mut numbers: HashMap<(Class, String), usize> = HashMap::new();
    mentions
        .iter()
        .map(|mention| {
            let mut name = text.view.slice(mention.start, mention.end);
            if mention.class == Class::Place && name.chars().count() > 2 {
                name = name.trim_end_matches(['省', '市', '县', '区']).to_owned();
            }
            let fresh = numbers.len();
            *numbers.entry((mention.class, name)).or_insert(fresh)
        })
        .collect()
}
