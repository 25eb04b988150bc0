//! The numbers of a candidate between two things.

use super::nearest_cues;
use crate::document::Class;
use crate::facts::relations::candidates::{Candidate, Meeting};
use crate::facts::relations::context::Context;
use crate::facts::relations::names::{Containment, stem};
use crate::trees::truth;

pub(super) fn row(context: &Context, candidate: &Candidate, object: usize, row: &mut Vec<f32>) {
    let meeting = candidate.meetings[0];
    of_things(context, candidate.subject, object, row);
    of_confidence(context, (candidate.subject, object), meeting, row);
    of_names(context, (candidate.subject, object), meeting, row);
    of_meetings(context, candidate, row);
    of_topics(context, candidate, object, row);
    of_nearest(context, meeting, row);
    of_cues(context, meeting, row);
}

fn of_things(context: &Context, subject: usize, object: usize, row: &mut Vec<f32>) {
    for thing in [subject, object] {
        row.push(context.count[thing] as f32);
        row.push(context.rank[thing].min(20) as f32);
        row.push(truth(context.home == Some(thing)));
        row.push(context.first_sentence[thing].min(30) as f32);
        row.push(f32::from(context.names.level[thing]));
        row.push(truth(context.in_heading[thing]));
    }
    let home = context.home.map_or((0.0, 0.0), |home| {
        (code(context.names.containment(home, object)), code(context.names.containment(subject, home)))
    });
    row.extend([home.0, home.1, context.by_sentence.len().min(99) as f32]);
}

/// How sure it is that the ends are what they are taken for: their surest mentions, and those that meet.
fn of_confidence(context: &Context, (subject, object): (usize, usize), meeting: Meeting, row: &mut Vec<f32>) {
    row.extend([context.sure[subject], context.sure[object]]);
    row.extend([meeting.subject, meeting.object].map(|mention| context.mentions[mention].confidence));
}

fn code(containment: Containment) -> f32 {
    match containment {
        Containment::Unknown => 0.0,
        Containment::Apart => 1.0,
        Containment::Around => 2.0,
        Containment::Inside => 3.0,
    }
}

fn of_names(context: &Context, (subject, object): (usize, usize), meeting: Meeting, row: &mut Vec<f32>) {
    let names = &context.names;
    row.push(code(names.containment(subject, object)));
    row.push(f32::from(names.level[object]) - f32::from(names.level[subject]));
    row.push(owner(context, names.place[subject], object));
    row.push(owner(context, names.body[subject], object));
    row.push(owner(context, names.place[object], subject));
    row.push(owner(context, names.body[object], subject));
    let chars = |mention: usize| {
        let m = &context.mentions[mention];
        &context.text.view.chars[m.start..m.end]
    };
    let (s, o) = (chars(meeting.subject), chars(meeting.object));
    row.push(truth(s.starts_with(stem(o))));
    row.push(truth(contains(s, stem(o))));
    row.push(truth(o.starts_with(stem(s))));
    row.push(s.iter().zip(o).take_while(|(a, b)| a == b).count() as f32);
    row.extend([s.len() as f32, o.len() as f32]);
    row.extend([kind_of_name(s), kind_of_name(o)]);
    row.push(context.class(meeting.subject) as u8 as f32);
    row.push(context.class(meeting.object) as u8 as f32);
}

fn contains(hay: &[char], needle: &[char]) -> bool {
    !needle.is_empty() && needle.len() <= hay.len() && hay.windows(needle.len()).any(|w| w == needle)
}

/// 0 no owner, 1 another one, 2 one that lies in `thing`, 3 `thing` itself.
fn owner(context: &Context, owner: Option<usize>, thing: usize) -> f32 {
    match owner {
        None => 0.0,
        Some(owner) if owner == thing => 3.0,
        Some(owner) if context.names.containment(owner, thing) == Containment::Inside => 2.0,
        Some(_) => 1.0,
    }
}

/// Endings of names that say what kind of thing it is, in a fixed order.
const ENDINGS: &[&[&str]] = &[
    &["公司", "集团", "厂", "银行", "股份"],
    &["委", "委员会", "党委", "党组"],
    &["政府", "人大", "政协", "法院", "检察院"],
    &["局", "厅", "部", "办", "处", "科", "中心"],
    &["大学", "学院", "学校", "研究院", "研究所", "实验室"],
    &["协会", "商会", "联盟", "联合会", "学会"],
    &["报", "网", "社", "新闻", "电视台", "客户端"],
    &["开发区", "高新区", "经开区", "示范区", "保税区", "试验区"],
    &["园", "园区", "产业园", "基地", "科技城"],
    &["新区", "新城", "片区"],
    &["产业", "业", "行业", "产业链", "集群"],
    &["规划", "方案", "意见", "办法", "通知", "条例", "措施", "政策", "指南"],
    &["战略", "行动", "计划", "工程", "活动", "改革", "倡议"],
    &["项目", "生产线", "二期", "一期"],
    &["书记", "主任", "市长", "区长", "县长", "省长", "局长"],
    &["董事长", "总经理", "总裁", "负责人", "经理"],
    &["记者", "通讯员", "编辑"],
    &["流域", "经济带", "城市群", "地区", "都市圈", "湾区"],
];

fn kind_of_name(name: &[char]) -> f32 {
    let ends = |ending: &str| {
        let length = ending.chars().count();
        name.len() >= length && name[name.len() - length..].iter().copied().eq(ending.chars())
    };
    let longest = |endings: &&&[&str]| endings.iter().filter(|e| ends(e)).map(|e| e.len()).max();
    let best = ENDINGS.iter().enumerate().filter_map(|(i, e)| longest(&e).map(|l| (l, ENDINGS.len() - i)));
    best.max().map_or(0.0, |(_, from_last)| (ENDINGS.len() - from_last + 1) as f32)
}

fn of_meetings(context: &Context, candidate: &Candidate, row: &mut Vec<f32>) {
    let together = candidate.meetings.iter().filter(|m| m.back == 0).count();
    let forward = candidate.meetings.iter().filter(|m| is_forward(context, m)).count();
    let clause = candidate.meetings.iter().filter(|m| m.back == 0 && commas(context, **m).0 == 0).count();
    row.extend([candidate.meetings.len() as f32, together as f32, forward as f32, clause as f32]);
}

/// Whether the clause of one end is about the other end, or about something else.
fn of_topics(context: &Context, candidate: &Candidate, object: usize, row: &mut Vec<f32>) {
    let about = |mention: usize, thing: usize| match context.topic_of[mention].map(|t| context.things[t]) {
        None => 0.0,
        Some(topic) if topic == thing => 3.0,
        Some(topic) if context.names.containment(topic, thing) == Containment::Inside => 2.0,
        Some(_) => 1.0,
    };
    let most = |numbers: &mut dyn Iterator<Item = f32>| numbers.fold(0.0, f32::max);
    row.push(about(candidate.meetings[0].object, candidate.subject));
    row.push(about(candidate.meetings[0].subject, object));
    row.push(most(&mut candidate.meetings.iter().map(|m| about(m.object, candidate.subject))));
    row.push(most(&mut candidate.meetings.iter().map(|m| about(m.subject, object))));
    row.push(truth(context.subject_home == Some(candidate.subject)));
    row.push(truth(context.subject_home == Some(object)));
    row.extend([context.share[candidate.subject], context.share[object]]);
}

fn is_forward(context: &Context, meeting: &Meeting) -> bool {
    context.mentions[meeting.subject].start < context.mentions[meeting.object].start
}

/// The ends in reading order.
fn ordered(context: &Context, meeting: Meeting) -> (usize, usize) {
    if is_forward(context, &meeting) {
        (meeting.subject, meeting.object)
    } else {
        (meeting.object, meeting.subject)
    }
}

/// Commas and semicolons between the two.
fn commas(context: &Context, meeting: Meeting) -> (usize, usize) {
    let (left, right) = ordered(context, meeting);
    let (from, to) = (context.mentions[left].end, context.mentions[right].start);
    let chars = if from < to && to - from < 400 { &context.text.view.chars[from..to] } else { &[] };
    (chars.iter().filter(|c| **c == '，').count(), chars.iter().filter(|c| **c == '；').count())
}

fn of_nearest(context: &Context, meeting: Meeting, row: &mut Vec<f32>) {
    let (left, right) = ordered(context, meeting);
    let (ml, mr) = (&context.mentions[left], &context.mentions[right]);
    let gap = mr.start.saturating_sub(ml.end);
    row.extend([meeting.back.min(20) as f32, truth(left == meeting.subject), gap.min(400) as f32]);
    let (commas, semicolons) = commas(context, meeting);
    row.extend([commas as f32, semicolons as f32]);
    let run = |m: usize| context.run_of[m].items as f32;
    row.extend([run(meeting.subject), run(meeting.object)]);
    row.push(truth(context.run_of[left] == context.run_of[right]));
    row.push(nesting(context, meeting));
    row.push(short_gap(context, ml.end, mr.start));
    for mention in [meeting.subject, meeting.object] {
        let place = context.order_in_sentence(mention);
        row.extend([place.of_all as f32, place.of_class as f32, truth(context.outer[mention].is_some())]);
    }
    rivals(context, (left, right), row);
    let sentence = context.sentence_of[right];
    row.push(
        context.topics[sentence]
            .iter()
            .position(|t| t.1 == left || t.0 == context.things[left])
            .map_or(9.0, |p| p as f32),
    );
    let class = context.class(left);
    let nearer = context.topics[sentence].iter().take_while(|t| t.0 != context.things[left]);
    row.push(nearer.filter(|t| context.class(t.1) == class).count() as f32);
}

/// 0 side by side, 1 one range, 2 the object begins the subject, 3 stands in it, 4 the subject stands in the object.
fn nesting(context: &Context, meeting: Meeting) -> f32 {
    let (s, o) = (&context.mentions[meeting.subject], &context.mentions[meeting.object]);
    if (s.start, s.end) == (o.start, o.end) {
        1.0
    } else if s.start <= o.start && o.end <= s.end {
        if s.start == o.start { 2.0 } else { 3.0 }
    } else if o.start <= s.start && s.end <= o.end {
        4.0
    } else {
        0.0
    }
}

/// What a gap of at most two characters is.
fn short_gap(context: &Context, from: usize, to: usize) -> f32 {
    let gap = if from <= to && to - from <= 2 { &context.text.view.chars[from..to] } else { return 0.0 };
    match gap {
        [] => 1.0,
        ['的'] => 2.0,
        ['、' | '和' | '与' | '及'] => 3.0,
        ['（' | '）'] => 4.0,
        ['“' | '《' | '”' | '》'] => 5.0,
        ['，'] => 6.0,
        ['在' | '于' | '到' | '向' | '为' | '从'] => 7.0,
        ['是'] => 8.0,
        ['省' | '市' | '区' | '县'] => 9.0,
        [_] => 10.0,
        _ => 11.0,
    }
}

/// Top mentions of the two classes between the ends and just before the left one.
fn rivals(context: &Context, (left, right): (usize, usize), row: &mut Vec<f32>) {
    let (from, to) = (context.run_of[left].end, context.run_of[right].start);
    let mut between = [0.0; 3];
    let mut after = 0.0;
    for &m in context.by_sentence[context.sentence_of[right]].iter().filter(|m| context.outer[**m].is_none())
    {
        let at = context.mentions[m].start;
        let class = context.class(m);
        if at >= from && at < to {
            between[0] += truth(class == context.class(left));
            between[1] += truth(class == context.class(right));
            between[2] += 1.0;
        } else if at >= context.run_of[right].end && at < to + 60 {
            after += truth(class == context.class(left));
        }
    }
    row.extend(between);
    row.push(after);
}

fn of_cues(context: &Context, meeting: Meeting, row: &mut Vec<f32>) {
    let (left, right) = ordered(context, meeting);
    let sentence = context.text.sentences[context.sentence_of[right]];
    let (lrun, rrun) = (context.run_of[left], context.run_of[right]);
    let start = if meeting.back > 0 { clause_start(context, rrun.start, sentence.start) } else { lrun.end };
    row.extend(nearest_cues(context, (start, rrun.start), true));
    row.extend(nearest_cues(context, (rrun.end, sentence.end.min(rrun.end + 24)), false));
    let own = context.text.sentences[context.sentence_of[left]];
    let before = clause_start(context, lrun.start, own.start);
    row.extend(nearest_cues(context, (before, lrun.start), true));
    if meeting.back > 0 {
        row.extend(nearest_cues(context, (lrun.end, own.end.min(lrun.end + 16)), false));
    } else {
        row.extend(nearest_cues(context, (lrun.end, rrun.start), false));
    }
    row.push(truth(context.class(left) == Class::Person));
}

fn clause_start(context: &Context, until: usize, start: usize) -> usize {
    let from = start.max(until.saturating_sub(40));
    let chars = &context.text.view.chars[from..until.max(from)];
    chars.iter().rposition(|c| matches!(c, '；' | '。')).map_or(from, |i| from + i + 1)
}
