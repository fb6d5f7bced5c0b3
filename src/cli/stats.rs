//! `newsgraph stats`: what is in a graph, on one screen.

use super::output::{self, Target};
use super::query::table;
use super::table::{Screen, Tone};
use super::{Outcome, show};
use crate::query::{Answer, Ask, Index, Measure, Query, Summary};
use crate::{KnowledgeGraph, Result};
use jiff::Unit;
use jiff::civil::Date;
use serde_json::json;
use std::io::Write;

/// What was typed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A graph that newsgraph wrote as JSON, Turtle or TriG; - for standard input
    #[arg(value_name = "GRAPH")]
    graph: String,
    /// How many actors, pairs, predicates and newsrooms are listed
    #[arg(long, value_name = "N", default_value_t = 8)]
    top: usize,
    /// Write JSON
    #[arg(long)]
    json: bool,
}

/// Counts and writes.
pub fn run(args: Args) -> Result<Outcome> {
    let graph = show::load(&args.graph)?;
    let index = Index::new(&graph);
    let summary = index.summary();
    let ask = |ask: Ask| {
        let types = ["State", "Organization", "Person"].map(str::to_owned).to_vec();
        index.ask(&Query { ask, measure: Measure::Degree, types, limit: Some(args.top), ..Query::default() })
    };
    let (actors, pairs) = (ask(Ask::Central)?, ask(Ask::Balance)?);
    output::write(&Target::Stdout, |out| match args.json {
        true => {
            let all = json!({"summary": summary, "actors": actors.json(&graph), "pairs": pairs.json(&graph)});
            Ok(writeln!(out, "{all:#}")?)
        }
        false => {
            let report = Report { graph: &graph, summary: &summary, top: args.top, screen: Screen::stdout() };
            Ok(report.write(&actors, &pairs, out)?)
        }
    })?;
    Ok(Outcome::Done)
}

struct Report<'a> {
    graph: &'a KnowledgeGraph,
    summary: &'a Summary,
    top: usize,
    screen: Screen,
}

impl Report<'_> {
    fn write(&self, actors: &Answer, pairs: &Answer, out: &mut dyn Write) -> std::io::Result<()> {
        let s = self.summary;
        let reprints = s.articles - s.origins;
        let reprints = match reprints {
            0 => String::new(),
            1 => " (1 reprint)".to_owned(),
            n => format!(" ({n} reprints)"),
        };
        let share = format!("{:.1} % of what is asserted is disputed", 100.0 * s.disputed);
        writeln!(out, "{} articles{reprints}, {} entities", s.articles, s.entities)?;
        writeln!(out, "{} statements on {} sentences; {share}", s.statements, s.evidence)?;
        self.bars("Entities", &named(&s.types), out)?;
        self.bars("Statements by status", &named(&s.statuses), out)?;
        self.bars("Statements by predicate", &s.predicates, out)?;
        self.days(out)?;
        self.table("Actors in most statements", actors, &["entity", "type", "asSubject", "asObject"], out)?;
        self.table("Pairs on the Goldstein scale, conflict below zero", pairs, BALANCE, out)?;
        self.bars("Articles by newsroom", &s.newsrooms, out)
    }

    fn heading(&self, text: &str, out: &mut dyn Write) -> std::io::Result<()> {
        writeln!(out, "\n{}", self.screen.paint(text, Tone::Strong))
    }

    /// Names with their counts and bars of that length.
    fn bars(&self, heading: &str, counts: &[(String, usize)], out: &mut dyn Write) -> std::io::Result<()> {
        let Some(most) = counts.iter().map(|(_, n)| *n).max() else { return Ok(()) };
        self.heading(heading, out)?;
        let names = counts.iter().take(self.top).map(|(name, _)| if name.is_empty() { "(none given)" } else { name });
        let width = names.clone().map(unicode_width::UnicodeWidthStr::width).max().unwrap_or(0);
        for (name, (_, n)) in names.zip(counts) {
            let room = " ".repeat(width - unicode_width::UnicodeWidthStr::width(name));
            let bar = self.screen.paint(&"█".repeat((n * BAR).div_ceil(most)), Tone::Faint);
            writeln!(out, "  {name}{room}  {n:>6}  {bar}")?;
        }
        match counts.len().saturating_sub(self.top) {
            0 => Ok(()),
            more => writeln!(out, "  and {more} more"),
        }
    }

    fn table(&self, heading: &str, answer: &Answer, columns: &[&str], out: &mut dyn Write) -> std::io::Result<()> {
        if answer.rows.is_empty() {
            return Ok(());
        }
        self.heading(heading, out)?;
        table(answer, self.graph, |name| columns.contains(&name)).write(self.screen, out)
    }

    /// What happened when, as a line of blocks: by day, month or year, whichever fits.
    fn days(&self, out: &mut dyn Write) -> std::io::Result<()> {
        let days = self.summary.days.iter().filter_map(|(day, n)| Some((day.parse::<Date>().ok()?, *n)));
        let days: Vec<(Date, usize)> = days.collect();
        let (Some((first, _)), Some((last, _))) = (days.first(), days.last()) else { return Ok(()) };
        let steps = |step: Step| step.between(*first, *last) + 1;
        let room = self.screen.width.saturating_sub(2).max(1);
        let step = [Step::Day, Step::Month].into_iter().find(|s| steps(*s) <= room).unwrap_or(Step::Year);
        let mut counts = vec![0; steps(step).min(room)];
        for (day, n) in &days {
            // Where even the years do not fit, the last ones are put together.
            let at = step.between(*first, *day).min(counts.len() - 1);
            counts[at] += n;
        }
        self.heading(&format!("Events by {}, {first} to {last}", step.name()), out)?;
        writeln!(out, "  {}", spark(&counts))
    }
}

/// The length of the longest bar.
const BAR: usize = 40;

const BALANCE: &[&str] = &["a", "b", "events", "conflict", "cooperation", "mean", "balance"];

fn named<T: ToString>(counts: &[(T, usize)]) -> Vec<(String, usize)> {
    counts.iter().map(|(what, n)| (what.to_string(), *n)).collect()
}

/// How much time a block stands for.
#[derive(Debug, Clone, Copy)]
enum Step {
    Day,
    Month,
    Year,
}

impl Step {
    fn name(self) -> &'static str {
        match self {
            Step::Day => "day",
            Step::Month => "month",
            Step::Year => "year",
        }
    }

    /// How many steps from one day to a later one.
    fn between(self, first: Date, last: Date) -> usize {
        let months = |d: Date| i32::from(d.year()) * 12 + i32::from(d.month());
        let steps = match self {
            Step::Day => first.until((Unit::Day, last)).map_or(0, |span| span.get_days()),
            Step::Month => months(last) - months(first),
            Step::Year => i32::from(last.year()) - i32::from(first.year()),
        };
        usize::try_from(steps).unwrap_or(0)
    }
}

/// Blocks as high as the numbers; nothing is a space, and the least is not nothing.
fn spark(counts: &[usize]) -> String {
    const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let most = counts.iter().copied().max().unwrap_or(0).max(1);
    let block = |n: &usize| if *n == 0 { ' ' } else { BLOCKS[(n * BLOCKS.len()).div_ceil(most) - 1] };
    counts.iter().map(block).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_as_high_as_the_numbers() {
        assert_eq!(spark(&[0, 1, 4, 8]), " ▁▄█");
        assert_eq!(spark(&[1]), "█");
        assert_eq!(spark(&[]), "");
    }

    #[test]
    fn steps_are_counted_across_years() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let (a, b) = (day("2020-12-30"), day("2021-02-01"));
        assert_eq!([Step::Day, Step::Month, Step::Year].map(|s| s.between(a, b)), [33, 2, 1]);
    }
}
