//! Finds what 全市, 该公司, 项目 or 该风电项目 stand for.

use super::words::{LEXICON, Wanted, answers_to, skip_light};
use super::{NATION, Subjects, Topic};
use crate::document::Class;
use crate::mentions::Mention;

impl Subjects<'_> {
    pub(super) fn read_anaphor(&mut self, clause: (usize, usize), sentence: usize, here: &[usize]) {
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
    pub(super) fn nation(&self, at: usize) -> Option<usize> {
        self.last_named(at, |m, name| {
            m.class == Class::Place && matches!(name, "中国" | "我国" | "国家" | "全国")
        })
    }

    /// 该风电项目, 该产业园: the last thing whose name ends like the description.
    pub(super) fn described(&self, at: usize, to: usize) -> Option<usize> {
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
    pub(super) fn stands_for(&self, clause: (usize, usize), at: usize, len: usize, wanted: &Wanted) -> bool {
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

    pub(super) fn resolve(&self, wanted: &Wanted, at: usize) -> Option<usize> {
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
    pub(super) fn place_of_level(&self, level: &str, at: usize) -> Option<usize> {
        let fits = |m: &Mention, name: &str| {
            let province = || m.class == Class::Place && answers_to(name, level);
            matches!(m.class, Class::Place | Class::Zone)
                && (level.is_empty() || name.ends_with(level) || province())
        };
        let home_fits = self.home.filter(|_| level.chars().all(|c| self.levels.contains(&c)));
        home_fits.or_else(|| self.last_named(at, fits)).or(self.home)
    }

    pub(super) fn last_named(&self, at: usize, fits: impl Fn(&Mention, &str) -> bool) -> Option<usize> {
        let until = self.order.partition_point(|&i| self.mentions[i].start < at);
        self.order[..until]
            .iter()
            .rev()
            .take(300)
            .find(|&&i| fits(&self.mentions[i], &self.name(&self.mentions[i])))
            .copied()
    }

    pub(super) fn last_topic(&self, at: usize, classes: &[Class]) -> Option<usize> {
        let sentence = self.sentence_at(at)?;
        let topic = self.strong.iter().rev().take(6).find(|t| {
            t.at <= at
                && sentence - t.sentence <= 3
                && t.named().is_some_and(|i| classes.contains(&self.mentions[i].class))
        });
        topic.and_then(|t| t.named()).or_else(|| self.nearest(at, classes, 8))
    }
}
