//! A plan as an indented tree with the rows and times of its steps.

use jinxiu::store::{Asked, Explained, Plan};
use std::io::{self, Write};

/// Prints how an answer came about.
pub(super) fn print(explained: &Explained, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{:>10}  {:>10}  step", "rows", "seconds")?;
    step(&explained.plan, 0, out)?;
    for trap in &explained.traps {
        writeln!(out, "rewritten: {}", trap.words())?;
    }
    explained.asked.iter().try_for_each(|one| asked(one, out))?;
    writeln!(out, "{} rows; the plan took {:.4} s", explained.rows, explained.planning)
}

fn asked(asked: &Asked, out: &mut dyn Write) -> io::Result<()> {
    let sent = match asked.sent.as_slice() {
        [] => "everything".to_owned(),
        names => format!("{} values of ?{}", asked.values, names.join(" ?")),
    };
    let (requests, rows) = (asked.requests, asked.rows);
    writeln!(out, "asked {} about {sent}: {requests} requests, {rows} rows", asked.endpoint)
}

fn step(plan: &Plan, depth: usize, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{:>10}  {:>10.4}  {}{}", plan.rows, plan.seconds, "  ".repeat(depth), plan.name)?;
    plan.children.iter().try_for_each(|child| step(child, depth + 1, out))
}
