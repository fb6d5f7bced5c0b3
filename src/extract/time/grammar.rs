//! The shapes of time expressions over the pieces of a sentence: what is a date, an interval, a duration or a time of day,
//! and which days it means as seen from the day of publication and from the day last spoken of.

mod points;

use super::TimeKind;
use super::bits::Bit;
use super::calendar::{Period, Unit, add_days};
use super::lexicon::Sense;
use crate::extract::tree::is_possessive_mark;
use crate::vocab::Granularity;
use jiff::civil::Date;

/// Where the verb that governs an expression points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Past,
    Future,
    Unknown,
}

/// What an expression is resolved against.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    /// The day of publication.
    pub today: Option<Date>,
    /// The date last spoken of.
    pub narrative: Option<Period>,
    /// Where the verb points.
    pub direction: Direction,
}

/// An expression that was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Found {
    /// The piece after it.
    pub end: usize,
    /// What it is.
    pub kind: TimeKind,
    /// Which days, where that can be told.
    pub value: Option<Period>,
}

/// A date within an expression: the piece after it, and its days where they can be told.
type Point = Option<(usize, Option<Period>)>;

/// The pieces of a sentence, read in one frame.
#[derive(Clone, Copy)]
pub(super) struct Grammar<'a> {
    /// The pieces.
    pub bits: &'a [Bit<'a>],
    /// What they are resolved against.
    pub frame: Frame,
}

impl Grammar<'_> {
    /// The expression that begins at a piece.
    pub fn expression(&self, at: usize) -> Option<Found> {
        let date = |(end, value)| Found { end, kind: TimeKind::Date, value };
        self.clock(at)
            .or_else(|| self.every(at))
            .or_else(|| self.opened(at))
            .or_else(|| self.joined(at))
            .or_else(|| self.point(at).map(date))
            .or_else(|| self.duration(at))
    }

    fn bit(&self, at: usize) -> Option<&Bit<'_>> {
        self.bits.get(at)
    }

    fn is(&self, at: usize, sense: Sense) -> bool {
        self.bit(at).is_some_and(|bit| bit.is(sense))
    }

    fn was(&self, at: usize, sense: Sense) -> bool {
        at > 0 && self.is(at - 1, sense)
    }

    /// Whether the number there counts a plural noun after it: "in 2000 villages".
    fn counts_plural(&self, at: usize) -> bool {
        self.bit(at).is_some_and(|bit| bit.counts_plural)
    }

    fn is_text(&self, at: usize, text: &str) -> bool {
        self.bit(at).is_some_and(|bit| bit.text == text)
    }

    /// The first meaning of a word that `pick` knows.
    fn pick<T>(&self, at: usize, pick: impl FnMut(&Sense) -> Option<T>) -> Option<T> {
        self.bit(at)?.senses.iter().find_map(pick)
    }

    fn skip(&self, at: usize, sense: Sense) -> usize {
        at + usize::from(self.is(at, sense))
    }

    fn skip_text(&self, at: usize, text: &str) -> usize {
        at + usize::from(self.is_text(at, text))
    }

    fn unit(&self, at: usize) -> Option<Unit> {
        self.pick(at, |sense| if let Sense::Unit(unit) = sense { Some(*unit) } else { None })
    }

    fn weekday(&self, at: usize) -> Option<i8> {
        self.bit(at).filter(|bit| bit.is_capital())?;
        self.pick(at, |sense| if let Sense::Weekday(day) = sense { Some(*day) } else { None })
    }

    /// A month, capitalised; one whose name is also another word only in the company of a month.
    fn month(&self, at: usize) -> Option<i8> {
        self.bit(at).filter(|bit| bit.is_capital())?;
        let month = self.pick(at, |sense| if let Sense::Month(month) = sense { Some(*month) } else { None });
        month.or_else(|| {
            let maybe = self.pick(at, |sense| if let Sense::MaybeMonth(month) = sense { Some(*month) } else { None });
            maybe.filter(|_| self.in_company_of_months(at))
        })
    }

    fn in_company_of_months(&self, at: usize) -> bool {
        const LEADS: &[Sense] = &[
            Sense::Since,
            Sense::Until,
            Sense::From,
            Sense::Between,
            Sense::Last,
            Sense::Next,
            Sense::This,
            Sense::Early,
            Sense::Middle,
            Sense::Late,
        ];
        let after_number = at > 0 && self.month_day(at - 1).is_some();
        let before_number = self.month_day(at + 1).is_some() || self.year_digits(self.skip_text(at + 1, ",")).is_some();
        let after_word = at > 0 && LEADS.iter().any(|sense| self.is(at - 1, *sense));
        // "in May", but not "of May", which may be a person.
        let joined = at > 1 && self.is(at - 1, Sense::To) && self.month(at - 2).is_some();
        after_number || before_number || after_word || self.was(at, Sense::In) || joined
    }

    /// The number of a day in a month: "4", "4th", "fourth".
    fn month_day(&self, at: usize) -> Option<i8> {
        let bit = self.bit(at)?;
        let whole = bit.suffix().is_empty() || bit.is(Sense::Nth);
        let number = bit.number.filter(|_| whole && bit.digits <= 2).or_else(|| self.ordinal_word(at));
        number.filter(|n| (1..=31).contains(n)).map(|n| n as i8)
    }

    fn ordinal_word(&self, at: usize) -> Option<i64> {
        self.pick(at, |sense| if let Sense::Ordinal(number) = sense { Some(*number) } else { None })
    }

    fn ordinal(&self, at: usize) -> Option<i64> {
        let bit = self.bit(at)?;
        let digits = bit.number.filter(|_| bit.is(Sense::Nth));
        digits.or_else(|| self.ordinal_word(at))
    }

    /// Four digits that can be a year.
    fn year_digits(&self, at: usize) -> Option<i16> {
        let bit = self.bit(at).filter(|bit| bit.digits == 4)?;
        bit.plain().filter(|year| (1000..=2199).contains(year)).map(|year| year as i16)
    }

    /// A year of its own, where the words before it allow one: "in 1992", "the 2020 truce".
    fn year(&self, at: usize, licensed: bool) -> Option<i16> {
        const LEADS: &[Sense] = &[
            Sense::At,
            Sense::Since,
            Sense::Until,
            Sense::From,
            Sense::Between,
            Sense::Before,
            Sense::After,
            Sense::Early,
            Sense::Late,
        ];
        let year = self.year_digits(at).filter(|year| (1500..=2099).contains(year))?;
        if self.is(at + 1, Sense::Clock) || self.unit(at + 1).is_some() || self.counts_plural(at) {
            return None;
        }
        let led = at > 0 && LEADS.iter().any(|sense| self.is(at - 1, *sense));
        // "the 2020 truce": a count so written would have a comma or a plural.
        let described = self.was(at, Sense::Determiner) && (1900..=2099).contains(&year) && !self.counts_plural(at);
        // "in 2008 and 2012"
        let listed = at > 1 && self.was(at, Sense::And) && self.year(at - 2, false).is_some();
        (licensed || led || described || listed).then_some(year)
    }

    /// "8 a.m. local time", "10:30", "08:00 GMT", "5pm".
    fn clock(&self, at: usize) -> Option<Found> {
        let bit = self.bit(at).filter(|bit| bit.number.is_some())?;
        let mut end = at + 1;
        let mut is_clock = bit.is(Sense::Clock);
        // Minutes, and seconds.
        for _ in 0..2 {
            if self.is_text(end, ":") && self.bit(end + 1).is_some_and(|part| part.digits == 2 && part.glued) {
                is_clock |= bit.digits <= 2 && bit.number <= Some(24);
                end += 2;
            }
        }
        while self.is(end, Sense::Clock) || (is_clock && self.is(end, Sense::Time)) {
            is_clock |= self.is(end, Sense::Clock);
            end += 1;
        }
        (is_clock && bit.digits <= 4).then_some(Found { end, kind: TimeKind::Clock, value: None })
    }

    /// "Mondays", "every Friday": no particular day.
    fn every(&self, at: usize) -> Option<Found> {
        let habit = Found { end: at + 1, kind: TimeKind::Date, value: None };
        if self.is(at, Sense::Habit) && self.bit(at)?.is_capital() {
            return Some(habit);
        }
        let named = self.weekday(at + 1).is_some() || self.month(at + 1).is_some() || self.unit(at + 1).is_some();
        (self.is(at, Sense::Every) && named).then_some(Found { end: at + 2, ..habit })
    }

    /// "since Sept. 27", "until Friday", "between 1988 and 1994", "from March to June 2019", "after Monday".
    fn opened(&self, at: usize) -> Option<Found> {
        let opens = |sense| self.is(at, sense);
        if opens(Sense::Between) || opens(Sense::From) {
            return self.interval(at + 1);
        }
        if ![Sense::Since, Sense::Until, Sense::After, Sense::Before].into_iter().any(opens) {
            return None;
        }
        let (end, value) = self.licensed(self.skip(at + 1, Sense::Determiner))?;
        let found = |kind, value| Some(Found { end, kind, value });
        if opens(Sense::Since) {
            return found(TimeKind::Since, value.and_then(|v| open_end(v.start)));
        }
        // "after Tuesday's attack", "by the November election" date the attack and the election.
        if self.dates_a_noun(end) {
            return None;
        }
        if opens(Sense::Until) {
            return found(TimeKind::Until, value.and_then(|v| open_start(v.end)));
        }
        // "after this week" leaves open which day it is.
        let exact =
            value.filter(|v| matches!(v.granularity, Granularity::Day | Granularity::Month | Granularity::Year));
        if opens(Sense::After) {
            return found(TimeKind::Since, exact.and_then(|v| open_end(add_days(v.end?, 1))));
        }
        found(TimeKind::Until, exact.and_then(|v| open_start(add_days(v.start?, -1))))
    }

    /// Whether a noun follows that the date before it belongs to.
    fn dates_a_noun(&self, at: usize) -> bool {
        self.bit(at).is_some_and(|bit| bit.is_nominal || is_possessive_mark(bit.text))
    }

    /// "1988-1994", "27 September to 10 November", without a word that opens it.
    fn joined(&self, at: usize) -> Option<Found> {
        let (end, _) = self.bounded(at)?;
        if !self.is(end, Sense::To) || self.is(end, Sense::And) {
            return None;
        }
        self.interval(at)
    }

    /// Two points with a word between: the first is read as the last one before the second where it says no year.
    fn interval(&self, at: usize) -> Option<Found> {
        let (middle, first) = self.licensed(at)?;
        let complete = || Some(Found { end: middle, kind: TimeKind::Date, value: first });
        if !self.is(middle, Sense::To) {
            // "between 9 and 11 October" is one point already.
            return complete().filter(|_| first.is_some_and(|p| p.granularity == Granularity::Interval));
        }
        let start = self.skip(middle + 1, Sense::Determiner);
        let short = self.short_year(start, first);
        let (end, last) = short.or_else(|| self.licensed(start))?;
        if first.is_some() && last.is_none() {
            return None;
        }
        let value = first.zip(last).and_then(|(first, last)| {
            let first =
                if first.start > last.end || self.lacks_year(at, middle) { self.before(at, last)? } else { first };
            Some(Period::between(first.start?, last.end?, Granularity::Interval))
        });
        Some(Found { end, kind: TimeKind::Date, value })
    }

    /// The first point of an interval, read again as seen from the last.
    fn before(&self, at: usize, last: Period) -> Option<Period> {
        let frame = Frame { today: last.end, direction: Direction::Past, ..self.frame };
        let (_, value) = Grammar { frame, ..*self }.licensed(at)?;
        value
    }

    fn lacks_year(&self, at: usize, end: usize) -> bool {
        !(at..end).any(|at| self.year_digits(at).is_some())
    }

    /// "94" of "1988-94".
    fn short_year(&self, at: usize, first: Option<Period>) -> Point {
        let bit = self.bit(at).filter(|bit| bit.digits == 2 && bit.glued)?;
        let start = first.filter(|p| p.granularity == Granularity::Year)?.start?.year();
        let year = start / 100 * 100 + bit.plain()? as i16;
        (year > start).then(|| (at + 1, Period::year(year)))
    }

    /// "three days", "44-day", "two decades", "for years", "months of talks".
    fn duration(&self, at: usize) -> Option<Found> {
        let led = self.was(at, Sense::For);
        let counted = self.count(at).filter(|(next, _)| self.unit(*next).is_some()).map(|(next, _)| next);
        let single = (led && self.is(at, Sense::Determiner) && self.unit(at + 1).is_some()).then_some(at + 1);
        let plural = self.bit(at).is_some_and(|bit| bit.text.ends_with('s'));
        let bare = (self.unit(at).is_some() && plural && (led || self.is(at + 1, Sense::Of))).then_some(at);
        let end = counted.or(single).or(bare)? + 1;
        // "a 20-year-old"
        let age = self.is(end, Sense::Age) || self.is(end + 1, Sense::Age);
        let end = if age { end + 1 + usize::from(!self.is(end, Sense::Age)) } else { end };
        let kind = if age { TimeKind::Age } else { TimeKind::Duration };
        Some(Found { end, kind, value: None })
    }
}

fn open_end(start: Option<Date>) -> Option<Period> {
    start.map(|_| Period { start, end: None, granularity: Granularity::Interval })
}

fn open_start(end: Option<Date>) -> Option<Period> {
    end.map(|_| Period { start: None, end, granularity: Granularity::Interval })
}
