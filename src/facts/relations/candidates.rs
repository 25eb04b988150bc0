//! Pairs that could be related: by their classes, and by standing near one another or under one topic.

use super::context::Context;
use crate::document::{Class, Predicate, Status};
use crate::rules::FarEnd;
use std::collections::BTreeMap;

/// The far end of a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Far {
    /// A thing, by its number.
    Thing(usize),
    /// A stage.
    Stage(Status),
}

/// How the two ends of a candidate meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meeting {
    /// A mention of the subject.
    pub subject: usize,
    /// A mention of the object; the subject's for a stage.
    pub object: usize,
    /// Sentences between them; 0 in one sentence.
    pub back: usize,
}

/// A relation that may hold, with the places in the text that speak for it.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The thing it is about.
    pub subject: usize,
    /// How they would be related.
    pub predicate: Predicate,
    /// To what.
    pub object: Far,
    /// At most `MOST_MEETINGS`, nearest first.
    pub meetings: Vec<Meeting>,
}

const MOST_MEETINGS: usize = 4;

/// Mentions of one sentence farther apart than this (characters of the view) are no candidate.
const FARTHEST: usize = 250;

/// So many mentions after one are tried with it, so that a hostile sentence costs no more than its length.
const MOST_PARTNERS: usize = 40;

/// Whether the ontology lets `predicate` lead from `subject` to `object`.
pub fn signature_allows(predicate: Predicate, subject: Class, object: Class) -> bool {
    use Class::{Enterprise, Industry, Organization, Person, Place, Policy, Position, Project, Zone};
    match predicate {
        Predicate::LocatedIn => {
            matches!(subject, Place | Zone | Enterprise | Project | Organization)
                && matches!(object, Place | Zone)
        }
        Predicate::PartOf => subject == object && matches!(subject, Zone | Policy | Place | Organization),
        Predicate::CapitalOf => subject == Place && object == Place,
        Predicate::DevelopedBy => subject == Project && matches!(object, Enterprise | Organization),
        Predicate::Status => false,
        Predicate::InIndustry => matches!(subject, Enterprise | Project | Zone) && object == Industry,
        Predicate::Develops => {
            matches!(subject, Place | Zone | Organization | Enterprise) && object == Industry
        }
        Predicate::Implements => {
            matches!(subject, Place | Zone | Organization | Enterprise) && object == Policy
        }
        Predicate::IssuedBy => subject == Policy && matches!(object, Place | Zone | Organization),
        Predicate::HoldsPosition => subject == Person && object == Position,
        Predicate::PositionIn => {
            subject == Position && matches!(object, Organization | Enterprise | Zone | Place)
        }
        Predicate::SubsidiaryOf => subject == Enterprise && object == Enterprise,
    }
}

type Key = (usize, Predicate, Far);

/// All candidates of a text, in the order of their keys.
pub fn all(context: &Context) -> Vec<Candidate> {
    let mut found: BTreeMap<Key, Vec<Meeting>> = BTreeMap::new();
    for sentence in 0..context.by_sentence.len() {
        within(context, sentence, &mut found);
        under_topics(context, sentence, &mut found);
    }
    by_name(context, &mut found);
    by_rule(context, &mut found);
    found
        .into_iter()
        .map(|((subject, predicate, object), mut meetings)| {
            meetings.sort_by_key(|m| (m.back, distance(context, m)));
            meetings.truncate(MOST_MEETINGS);
            Candidate { subject, predicate, object, meetings }
        })
        .collect()
}

fn distance(context: &Context, meeting: &Meeting) -> usize {
    let (a, b) = (&context.mentions[meeting.subject], &context.mentions[meeting.object]);
    if a.start < b.start { b.start.saturating_sub(a.end) } else { a.start.saturating_sub(b.end) }
}

fn add(context: &Context, found: &mut BTreeMap<Key, Vec<Meeting>>, meeting: Meeting) {
    let (subject, object) = (context.class(meeting.subject), context.class(meeting.object));
    let (s, o) = (context.things[meeting.subject], context.things[meeting.object]);
    if s == o {
        return;
    }
    for &predicate in Predicate::ALL {
        if signature_allows(predicate, subject, object) && reaches(predicate, meeting.back, subject, object) {
            let meetings = found.entry((s, predicate, Far::Thing(o))).or_default();
            if meetings.len() < 4 * MOST_MEETINGS {
                meetings.push(meeting);
            }
        }
    }
}

/// How many sentences back a predicate may look.
fn reaches(predicate: Predicate, back: usize, subject: Class, object: Class) -> bool {
    back == 0
        || match predicate {
            Predicate::HoldsPosition | Predicate::CapitalOf => false,
            Predicate::SubsidiaryOf | Predicate::PartOf => back <= 2,
            Predicate::PositionIn => object != Class::Place || back <= 1,
            Predicate::LocatedIn => subject != Class::Place || back <= 3,
            _ => true,
        }
}

fn within(context: &Context, sentence: usize, found: &mut BTreeMap<Key, Vec<Meeting>>) {
    let mentions = &context.by_sentence[sentence];
    for (at, &a) in mentions.iter().enumerate() {
        if context.class(a) == Class::Project {
            for &stage in Status::ALL {
                let key = (context.things[a], Predicate::Status, Far::Stage(stage));
                let meetings = found.entry(key).or_default();
                if meetings.len() < 4 * MOST_MEETINGS {
                    meetings.push(Meeting { subject: a, object: a, back: 0 });
                }
            }
        }
        for &b in mentions[at + 1..].iter().take(MOST_PARTNERS) {
            if context.mentions[b].start > context.mentions[a].end + FARTHEST {
                break;
            }
            add(context, found, Meeting { subject: a, object: b, back: 0 });
            add(context, found, Meeting { subject: b, object: a, back: 0 });
        }
    }
}

fn under_topics(context: &Context, sentence: usize, found: &mut BTreeMap<Key, Vec<Meeting>>) {
    for &mention in &context.by_sentence[sentence] {
        for &(_, topic, back) in &context.topics[sentence] {
            add(context, found, Meeting { subject: mention, object: topic, back });
            add(context, found, Meeting { subject: topic, object: mention, back });
        }
        if let Some(topic) = context.topic_of[mention] {
            let back = context.sentence_of[mention].abs_diff(context.sentence_of[topic]);
            if back > 0 {
                add(context, found, Meeting { subject: mention, object: topic, back });
                add(context, found, Meeting { subject: topic, object: mention, back });
            }
        }
    }
}

/// What rules state comes first, whatever else brings the two together.
fn by_rule(context: &Context, found: &mut BTreeMap<Key, Vec<Meeting>>) {
    for (&(subject, predicate, far), firings) in &context.fired {
        for firing in firings {
            let object = match firing.object {
                FarEnd::Mention(object) => object,
                FarEnd::Stage(_) => firing.subject,
            };
            let classes = (context.class(firing.subject), context.class(object));
            if predicate != Predicate::Status && !signature_allows(predicate, classes.0, classes.1)
                || far == Far::Thing(subject)
            {
                continue;
            }
            let meeting = Meeting { subject: firing.subject, object, back: 0 };
            let meetings = found.entry((subject, predicate, far)).or_default();
            if !meetings.contains(&meeting) {
                meetings.push(meeting);
            }
        }
    }
}

/// Things whose name begins with the name of a place, a zone or an enterprise that the text names anywhere.
fn by_name(context: &Context, found: &mut BTreeMap<Key, Vec<Meeting>>) {
    let mut heads: BTreeMap<String, usize> = BTreeMap::new();
    for (index, m) in context.mentions.iter().enumerate() {
        if matches!(m.class, Class::Place | Class::Zone | Class::Enterprise | Class::Organization) {
            let name = context.text.view.slice(m.start, m.end);
            for stem in [name.trim_end_matches(['省', '市', '县', '区']).to_owned(), name] {
                if stem.chars().count() >= 2 {
                    heads.entry(stem).or_insert(index);
                }
            }
        }
    }
    for (index, m) in context.mentions.iter().enumerate() {
        for length in 2..(m.end - m.start).min(12) {
            if let Some(&head) = heads.get(&context.text.view.slice(m.start, m.start + length)) {
                // 甲市委书记 tells its place wherever that is named.
                let farthest = if m.class == Class::Position { 1 } else { 9 };
                let back = context.sentence_of[index].abs_diff(context.sentence_of[head]).min(farthest);
                add(context, found, Meeting { subject: index, object: head, back });
            }
        }
    }
}
