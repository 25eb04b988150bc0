//! The numbers of a candidate between a project and a stage.

use super::{NOWHERE, nearest_cues};
use crate::document::Status;
use crate::facts::relations::candidates::{Candidate, Meeting};
use crate::facts::relations::context::Context;
use crate::trees::truth;

pub(super) fn row(context: &Context, candidate: &Candidate, stage: Status, row: &mut Vec<f32>) {
    row.push(f32::from(stage as u8));
    row.push(context.sure[candidate.subject]);
    row.push(context.count[candidate.subject] as f32);
    row.push(context.rank[candidate.subject].min(20) as f32);
    row.push(context.first_sentence[candidate.subject].min(30) as f32);
    row.push(truth(context.in_heading[candidate.subject]));
    row.push(candidate.meetings.len() as f32);
    let views: Vec<View> = candidate.meetings.iter().map(|m| View::new(context, *m)).collect();
    views[0].write(row);
    relative(&views, stage, row);
    let best = |side: fn(&View) -> &[f32]| (0..side(&views[0]).len()).map(move |g| (g, side));
    for (group, side) in best(|v| &v.after).chain(best(|v| &v.before)) {
        row.push(views.iter().map(|v| side(v)[group]).fold(NOWHERE, f32::min));
    }
}

/// Number of the first group of cue words that is a stage; the others follow in their order.
const FIRST_STAGE: usize = 9;

/// How near the stage's own words are, how near those of earlier and of later stages.
fn relative(views: &[View], stage: Status, row: &mut Vec<f32>) {
    let sides: [fn(&View) -> &[f32]; 4] = [|v| &v.clause, |v| &v.after, |v| &v.before, |v| &v.inside];
    for side in sides {
        let nearest = |group: usize| views.iter().map(|v| side(v)[group]).fold(NOWHERE, f32::min);
        let stages: Vec<f32> = (0..Status::ALL.len()).map(|s| nearest(FIRST_STAGE + s)).collect();
        let (earlier, own_and_later) = stages.split_at(stage as usize);
        let own = own_and_later[0];
        let least = |s: &[f32]| s.iter().copied().fold(NOWHERE, f32::min);
        row.extend([own, least(earlier), least(&own_and_later[1..]), own - least(&stages)]);
        row.push(side(&views[0])[FIRST_STAGE + stage as usize]);
    }
}

/// What stands around one mention of a project.
struct View {
    shape: [f32; 6],
    after: Vec<f32>,
    clause: Vec<f32>,
    before: Vec<f32>,
    inside: Vec<f32>,
}

impl View {
    fn new(context: &Context, meeting: Meeting) -> Self {
        let project = meeting.subject;
        let run = context.run_of[project];
        let m = &context.mentions[project];
        let sentence = context.text.sentences[context.sentence_of[project]];
        let chars = &context.text.view.chars;
        let end = chars[run.end..sentence.end]
            .iter()
            .position(|c| matches!(c, '；' | '。'))
            .map_or(sentence.end, |i| run.end + i)
            .min(run.end + 60);
        let comma = chars[run.end..end].iter().position(|c| *c == '，').map_or(end, |i| run.end + i);
        let start = chars[sentence.start..run.start]
            .iter()
            .rposition(|c| matches!(c, '；' | '。'))
            .map_or(sentence.start, |i| sentence.start + i + 1)
            .max(run.start.saturating_sub(60));
        let next = context.by_sentence[context.sentence_of[project]]
            .iter()
            .find(|o| context.mentions[**o].start >= run.end && context.class(**o) == context.class(project));
        Self {
            shape: [
                run.items as f32,
                truth(context.outer[project].is_some()),
                (comma - run.end) as f32,
                next.map_or(NOWHERE, |o| (context.mentions[*o].start - run.end) as f32),
                truth(chars.get(run.end) == Some(&'等')),
                (m.end - m.start) as f32,
            ],
            after: nearest_cues(context, (run.end, end), false).to_vec(),
            clause: nearest_cues(context, (run.end, comma), false).to_vec(),
            before: nearest_cues(context, (start, run.start), true).to_vec(),
            inside: nearest_cues(context, (m.start, m.end), true).to_vec(),
        }
    }

    fn write(&self, row: &mut Vec<f32>) {
        row.extend(self.shape);
        for part in [&self.after, &self.clause, &self.before, &self.inside] {
            row.extend(part.iter());
        }
    }
}
