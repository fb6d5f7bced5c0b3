//! The shapes of a single date, from "2020-10-28" to "the second half of last year", and the days each means.

use super::super::bits::Bit;
use super::super::calendar::{Period, Third, Unit, add_days, candidates, distance, exists, shift};
use super::super::lexicon::Sense;
use super::{Direction, Grammar, Point};
use crate::vocab::Granularity;
use jiff::civil::Date;

impl Grammar<'_> {
    /// A date, or a bare year where an opening word stands before it.
    pub(super) fn licensed(&self, at: usize) -> Point {
        self.point(at).or_else(|| self.year(at, true).map(|year| (at + 1, Period::year(year))))
    }

    /// A date whose two ends can be joined: bare years only if both are.
    pub(super) fn bounded(&self, at: usize) -> Point {
        if let Some(date) = self.iso(at) {
            return Some(date);
        }
        let years = self.year(at, true).filter(|year| {
            let other =
                self.year(at + 2, true).or_else(|| self.short_year(at + 2, Period::year(*year)).map(|_| i16::MAX));
            (1900..=2099).contains(year) && other.is_some_and(|other| other > *year)
        });
        years.map(|year| (at + 1, Period::year(year))).or_else(|| self.point(at))
    }

    pub(super) fn point(&self, at: usize) -> Point {
        self.iso(at)
            .or_else(|| self.dated_weekday(at))
            .or_else(|| self.day_month(at))
            .or_else(|| self.month_day_year(at))
            .or_else(|| self.decade(at))
            .or_else(|| self.offset(at))
            .or_else(|| self.cut_unit(at))
            .or_else(|| self.relative(at))
            .or_else(|| self.third(at))
            .or_else(|| self.counted_away(at))
            .or_else(|| self.season(at))
            .or_else(|| self.numbered(at))
            .or_else(|| self.year(at, false).map(|year| (at + 1, Period::year(year))))
    }

    /// "2020-10-28".
    fn iso(&self, at: usize) -> Point {
        let year = self.year_digits(at)?;
        let mark = self.bit(at + 1).filter(|bit| matches!(bit.text, "-" | "/") && bit.glued)?.text;
        let month = self.bit(at + 2).filter(|bit| bit.glued)?.plain()?;
        let day = self.bit(at + 4).filter(|bit| bit.glued && self.is_text(at + 3, mark))?.plain()?;
        let date = Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()?;
        Some((at + 5, Some(Period::day(date))))
    }

    /// "Tuesday", "Tuesday morning", "Monday, 26 October 2020", "Sunday, Oct. 4".
    fn dated_weekday(&self, at: usize) -> Point {
        let weekday = self.weekday(at)?;
        let end = self.skip(at + 1, Sense::Part);
        let next = self.skip(self.skip_text(self.skip_text(end, ","), "("), Sense::Determiner);
        if let Some((end, value)) =
            self.day_month_of(next, Some(weekday)).or_else(|| self.month_first(next, Some(weekday)))
        {
            return Some((end, value));
        }
        Some((end, self.nearest_weekday(weekday).map(Period::day)))
    }

    /// The last such day up to publication, or the next one where the verb is to come.
    pub(super) fn nearest_weekday(&self, weekday: i8) -> Option<Date> {
        let today = self.frame.today?;
        let back = i64::from((today.weekday().to_monday_zero_offset() - weekday).rem_euclid(7));
        let days = if self.frame.direction == Direction::Future && back > 0 { 7 - back } else { -back };
        add_days(today, days)
    }

    fn day_month(&self, at: usize) -> Point {
        self.day_month_of(at, None)
    }

    fn month_day_year(&self, at: usize) -> Point {
        self.month_first(at, None)
    }

    /// "4 October 2020", "9 and 11 October", "27th of September".
    fn day_month_of(&self, at: usize, weekday: Option<i8>) -> Point {
        let first = self.month_day(at)?;
        let mut next = at + 1;
        let mut last = first;
        if let Some(day) = self.month_day(next + 1).filter(|_| self.is(next, Sense::To)) {
            (last, next) = (day, next + 2);
        }
        let glue = self.skip(self.skip_text(next, "-"), Sense::Of);
        let month = self.month(glue)?;
        let (end, year) = self.year_after(glue + 1);
        Some((end, self.days(month, first, last, year, weekday)))
    }

    /// "October 4, 2020", "Oct. 9-11", "October 2020", "October".
    fn month_first(&self, at: usize, weekday: Option<i8>) -> Point {
        let month = self.month(at)?;
        let next = self.skip_text(at + 1, ".");
        let next = self.skip(next, Sense::Determiner);
        if let Some(first) = self.month_day(next).filter(|_| !self.counts_plural(next) && !self.starts_clock(next)) {
            let mut end = next + 1;
            let mut last = first;
            let plain_to = self.is(end, Sense::To) && !self.is(end, Sense::And);
            if let Some(day) = self.month_day(end + 1).filter(|_| plain_to && self.month(end + 2).is_none()) {
                (last, end) = (day, end + 2);
            }
            let (end, year) = self.year_after(end);
            return Some((end, self.days(month, first, last, year, weekday)));
        }
        if weekday.is_some() {
            return None;
        }
        let (end, year) = self.year_after(self.skip(at + 1, Sense::Of));
        match year {
            Some(year) => Some((end, Period::month(year, month))),
            None => Some((at + 1, self.nearest_month(month))),
        }
    }

    fn starts_clock(&self, at: usize) -> bool {
        self.clock(at).is_some()
    }

    /// ", 2020" after a day or month.
    pub(super) fn year_after(&self, at: usize) -> (usize, Option<i16>) {
        let next = self.skip_text(at, ",");
        match self.year_digits(next).filter(|_| !self.is(next + 1, Sense::Clock)) {
            Some(year) if (1500..=2099).contains(&year) => (next + 1, Some(year)),
            _ => (at, None),
        }
    }

    /// Days of a month, of a year that is said or else of the one that fits best.
    fn days(&self, month: i8, first: i8, last: i8, year: Option<i16>, weekday: Option<i8>) -> Option<Period> {
        if !exists(month, first) || !exists(month, last) {
            return None;
        }
        let start = match year {
            Some(year) => Date::new(year, month, first).ok()?,
            None => self.nearest_day(month, first, weekday)?,
        };
        let end = Date::new(start.year(), month, last).ok()?;
        let granularity = if start == end { Granularity::Day } else { Granularity::Interval };
        Some(Period::between(start, end, granularity))
    }

    fn nearest_day(&self, month: i8, day: i8, weekday: Option<i8>) -> Option<Date> {
        // Newsrooms east of the reader may be a day ahead.
        const AHEAD: i64 = 1;
        let today = self.frame.today?;
        let right_weekday = |date: &Date| weekday.is_some_and(|w| date.weekday().to_monday_zero_offset() == w);
        let near: Vec<Date> = candidates(today, month, day).collect();
        let close = |dates: &mut dyn Iterator<Item = Date>| dates.min_by_key(|date| distance(*date, today));
        close(&mut near.iter().copied().filter(|date| right_weekday(date) && distance(*date, today) < 400)).or_else(
            || match self.frame.direction {
                Direction::Past => {
                    close(&mut near.iter().copied().filter(|d| *d <= today || distance(*d, today) <= AHEAD))
                }
                Direction::Future => close(&mut near.iter().copied().filter(|d| *d >= today)),
                Direction::Unknown => close(&mut near.iter().copied()),
            },
        )
    }

    fn nearest_month(&self, month: i8) -> Option<Period> {
        let today = self.frame.today?;
        let ahead = (month - today.month()).rem_euclid(12);
        let next = if today.month() + ahead > 12 { today.year() + 1 } else { today.year() };
        let previous = if ahead == 0 { next } else { next - 1 };
        let year = match self.frame.direction {
            Direction::Future => next,
            Direction::Unknown if ahead <= 3 => next,
            _ => previous,
        };
        Period::month(year, month)
    }

    /// "the 1990s", "the '90s".
    fn decade(&self, at: usize) -> Point {
        let bit = self.bit(at).filter(|bit| bit.is(Sense::Years))?;
        let number = bit.number? as i16;
        let apostrophe = at > 0 && bit.glued && matches!(self.bits[at - 1].text, "'" | "’" | "‘");
        let start = match bit.digits {
            4 if (1500..=2090).contains(&number) => number,
            2 if number >= 10 && (apostrophe || self.was(at, Sense::Determiner)) => 1900 + number,
            _ => return None,
        };
        let years = if start % 100 == 0 && start < 2000 { 99 } else { 9 };
        (start % 10 == 0).then(|| (at + 1, Period::years(start, start + years)))
    }

    /// "yesterday", "tomorrow morning", "overnight".
    fn offset(&self, at: usize) -> Point {
        let end = self.skip(at + 1, Sense::Part);
        // "Russia Today"
        let lower = at == 0 || !self.bit(at)?.is_capital();
        let days = self.pick(at, |sense| if let Sense::Offset(days) = sense { Some(*days) } else { None });
        if let Some(days) = days.filter(|_| lower) {
            return Some((end, self.frame.today.and_then(|today| add_days(today, days)).map(Period::day)));
        }
        if !self.is(at, Sense::Overnight) {
            return None;
        }
        // "overnight on Monday" is said more exactly by the weekday.
        let on = at + 1 + usize::from(self.is(at + 1, Sense::At));
        if self.weekday(on).is_some() {
            return self.dated_weekday(on);
        }
        Some((at + 1, self.night_before(self.frame.today)))
    }

    fn night_before(&self, day: Option<Date>) -> Option<Period> {
        day.and_then(|day| Some(Period::between(add_days(day, -1)?, day, Granularity::Day)))
    }

    /// "earlier this week", "later next month".
    fn cut_unit(&self, at: usize) -> Point {
        let earlier = self.is(at, Sense::Earlier);
        if !earlier && !self.is(at, Sense::Later) {
            return None;
        }
        let (end, value) = self
            .relative(at + 1)
            .or_else(|| self.offset(at + 1))
            .or_else(|| self.dated_weekday(self.skip(at + 1, Sense::At)))?;
        let (today, this) = (self.frame.today, self.is(at + 1, Sense::This));
        let cut = value.map(|period| match today.filter(|_| this && period.start != period.end) {
            Some(today) if earlier => Period { end: period.end.min(Some(today)), ..period },
            Some(today) => Period { start: period.start.max(Some(today)), ..period },
            None => period,
        });
        Some((end, cut))
    }

    /// "last month", "this weekend", "the following day", "the past three days", "last Wednesday", "next spring".
    fn relative(&self, at: usize) -> Point {
        let at = self.skip(at, Sense::Determiner);
        let which = self.pick(at, |sense| match sense {
            Sense::Last | Sense::Next | Sense::This | Sense::Preceding | Sense::Following | Sense::Same => Some(*sense),
            _ => None,
        });
        let Some(which) = which else { return self.the_weekend(at) };
        self.span_of_units(at + 1, which)
            .or_else(|| self.which_unit(at + 1, which))
            .or_else(|| self.which_weekday(at + 1, which))
            .or_else(|| self.which_month(at + 1, which))
    }

    /// "at the weekend": this one.
    fn the_weekend(&self, at: usize) -> Point {
        let weekend = self.unit(at) == Some(Unit::Weekend) && self.was(at, Sense::Determiner);
        weekend.then(|| (at + 1, self.weekend(Sense::This)))
    }

    /// "past three days", "next 24 hours", "last few weeks".
    fn span_of_units(&self, at: usize, which: Sense) -> Point {
        let (next, count) = self.count(at)?;
        let unit = self.unit(next)?;
        let sign = match which {
            Sense::Last => -1,
            Sense::Next => 1,
            _ => return None,
        };
        let value = self.frame.today.zip(count).and_then(|(today, count)| {
            Some(Period::between(today, shift(today, unit, sign * count)?, Granularity::Interval))
        });
        Some((next + 1, value))
    }

    /// A unit's length up to today, or from it.
    fn rolling(&self, unit: Unit, sign: i64) -> Option<Period> {
        let today = self.frame.today?;
        Some(Period::between(today, shift(today, unit, sign)?, Granularity::Interval))
    }

    /// The day last spoken of, if it was said as exactly as the unit asks: from "in May" no next day follows.
    fn narrative(&self, unit: Unit) -> Option<Date> {
        let period = self.frame.narrative?;
        let coarsest = match unit {
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => Granularity::Day,
            Unit::Week | Unit::Weekend | Unit::Fortnight => Granularity::Week,
            Unit::Month | Unit::Quarter => Granularity::Month,
            Unit::Year | Unit::Decade | Unit::Century => Granularity::Year,
        };
        period.start.filter(|_| period.granularity <= coarsest)
    }

    fn which_unit(&self, at: usize, which: Sense) -> Point {
        let today = self.frame.today;
        if self.is(at, Sense::Part) {
            let narrative = self.narrative(Unit::Day);
            let value = match which {
                Sense::Last => self.night_before(today),
                Sense::This => today.map(Period::day),
                Sense::Same => narrative.map(Period::day),
                Sense::Following | Sense::Next => narrative.and_then(|day| add_days(day, 1)).map(Period::day),
                _ => narrative.and_then(|day| add_days(day, -1)).map(Period::day),
            };
            return Some((at + 1, value));
        }
        let unit = self.unit(at).filter(|unit| *unit >= Unit::Day)?;
        let plural = self.bit(at).is_some_and(|bit| bit.text.ends_with('s'));
        if plural && unit != Unit::Weekend {
            // "recent weeks", "the coming days"
            return Some((at + 1, None));
        }
        let narrative = self.narrative(unit);
        let rolls = unit > Unit::Day && at > 1 && self.is(at - 2, Sense::Determiner);
        let of = |day: Option<Date>, count| day.and_then(|day| Period::of(unit, shift(day, unit, count)?));
        let value = match which {
            Sense::Last | Sense::Next | Sense::This if unit == Unit::Weekend => self.weekend(which),
            Sense::Last if unit == Unit::Day => None,
            // "over the past week" is not the calendar's.
            Sense::Last if rolls => self.rolling(unit, -1),
            Sense::Next if rolls => self.rolling(unit, 1),
            Sense::Last => of(today, -1),
            Sense::Next if unit == Unit::Day => of(narrative, 1),
            Sense::Next => of(today, 1),
            Sense::This => of(today, 0),
            Sense::Preceding => of(narrative.or(today.filter(|_| unit > Unit::Day)), -1),
            Sense::Following => of(narrative, 1),
            _ => of(narrative, 0),
        };
        Some((at + 1, value))
    }

    /// The weekend that has begun, else the one before; the one to come where the verb is.
    fn weekend(&self, which: Sense) -> Option<Period> {
        let today = self.frame.today?;
        let this = Period::weekend(today)?;
        let begun = this.start <= Some(today);
        let weeks = match (which, self.frame.direction) {
            (Sense::Next, _) if begun => 1,
            (Sense::Next, _) | (Sense::This, Direction::Future) => 0,
            (Sense::Last, _) => -1,
            _ if begun => 0,
            _ => -1,
        };
        Period::weekend(add_days(today, 7 * weeks)?)
    }

    fn which_weekday(&self, at: usize, which: Sense) -> Point {
        let weekday = self.weekday(at)?;
        let end = self.skip(at + 1, Sense::Part);
        let step = |from: Option<Date>, step: i64| {
            let from = from?;
            let ahead = i64::from((weekday - from.weekday().to_monday_zero_offset()).rem_euclid(7));
            let days = if step > 0 { if ahead == 0 { 7 } else { ahead } } else { ahead - 7 };
            add_days(from, days)
        };
        let day = match which {
            Sense::Last => step(self.frame.today, -1),
            Sense::Next => step(self.frame.today, 1),
            Sense::This => self.nearest_weekday(weekday),
            Sense::Preceding => step(self.narrative(Unit::Week), -1),
            Sense::Following => step(self.narrative(Unit::Week), 1),
            // "said that Monday": no relative word at all.
            _ => return None,
        };
        Some((end, day.map(Period::day)))
    }

    fn which_month(&self, at: usize, which: Sense) -> Point {
        let months = |first, count, year| {
            if count == 1 { Period::month(year, first) } else { Period::months(year, first, count) }
        };
        let (first, count) = match self.month(at) {
            Some(month) => (month, 1),
            None => (self.season_word(at)?, 3),
        };
        let today = self.frame.today;
        let year = today.map(|today| match which {
            Sense::Last if first < today.month() => Some(today.year()),
            Sense::Last => Some(today.year() - 1),
            Sense::Next if first > today.month() => Some(today.year()),
            Sense::Next => Some(today.year() + 1),
            Sense::This => Some(today.year()),
            _ => None,
        });
        let value = year.flatten().and_then(|year| months(first, count, year));
        (which != Sense::Same).then_some((at + 1, value))
    }

    /// "early October", "mid-2018", "the end of last year", "late on Monday", "the early hours of Tuesday".
    fn third(&self, at: usize) -> Point {
        let at = self.skip(at, Sense::Determiner);
        let third = self.pick(at, |sense| match sense {
            Sense::Early => Some(Third::First),
            Sense::Middle => Some(Third::Second),
            Sense::Late => Some(Third::Last),
            _ => None,
        })?;
        let mut next = self.skip_text(at + 1, "-");
        if self.unit(next) == Some(Unit::Hour) || self.is(next, Sense::Part) {
            next += 1;
        }
        let next = self.skip(self.skip(next, Sense::At), Sense::Determiner);
        let (end, value) = self.licensed(next).or_else(|| self.whole_unit(next))?;
        Some((end, value.and_then(|period| period.third(third))))
    }

    /// "month" of "the end of the month".
    fn whole_unit(&self, at: usize) -> Point {
        let unit = self
            .unit(at)
            .filter(|unit| matches!(unit, Unit::Week | Unit::Month | Unit::Year | Unit::Decade | Unit::Century))?;
        self.was(at, Sense::Determiner).then(|| (at + 1, self.frame.today.and_then(|today| Period::of(unit, today))))
    }

    /// "three days ago", "a week earlier", "two years before", "a day after Monday".
    fn counted_away(&self, at: usize) -> Point {
        if self.unit(at).is_some() && self.is(at + 1, Sense::Ago) {
            return Some((at + 2, None));
        }
        let (next, count) = self.count(at).or_else(|| self.is(at, Sense::Determiner).then_some((at + 1, Some(1))))?;
        let unit = self.unit(next)?;
        let side = next + 1;
        let away = |from: Option<Date>, sign: i64| {
            from.zip(count).and_then(|(from, count)| round(shift(from, unit, sign * count)?, unit))
        };
        if self.is(side, Sense::Ago) {
            return Some((side + 1, away(self.frame.today, -1)));
        }
        let sign = if self.is(side, Sense::After) || self.is(side, Sense::Later) {
            1
        } else if self.is(side, Sense::Before) || self.is(side, Sense::Earlier) {
            -1
        } else {
            return None;
        };
        if self.is(side, Sense::After) || self.is(side, Sense::Before) {
            let anchor = self.licensed(self.skip(side + 1, Sense::Determiner));
            // "a day after the attack" hangs on the attack, which has no day here.
            let value = anchor.and_then(|(_, value)| away(value?.start, sign));
            return Some((anchor.map_or(side + 1, |(end, _)| end), value));
        }
        Some((side + 1, away(self.narrative(unit), sign)))
    }

    /// A number that is said, or not: "three", "24", "several".
    pub(super) fn count(&self, at: usize) -> Option<(usize, Option<i64>)> {
        let word = self.pick(at, |sense| if let Sense::Number(number) = sense { Some(*number) } else { None });
        let digits = self.bit(at).and_then(Bit::plain);
        let ones = self.pick(at + 2, |sense| if let Sense::Number(number) = sense { Some(*number) } else { None });
        if let (Some(tens), Some(ones), true) =
            (word.filter(|n| *n >= 20), ones.filter(|n| *n < 10), self.is_text(at + 1, "-"))
        {
            return Some((self.skip_text(at + 3, "-"), Some(tens + ones)));
        }
        if let Some(number) = word.or(digits) {
            return Some((self.skip_text(at + 1, "-"), Some(number)));
        }
        let some = self.is(at, Sense::Some);
        // "a few", "a couple of"
        let start = self.skip(at, Sense::Determiner);
        let end = start + 1;
        let of = self.bit(end).filter(|bit| bit.is(Sense::At) && self.unit(end + 1).is_some());
        (some || (start > at && self.is(start, Sense::Some))).then_some((end + usize::from(of.is_some()), None))
    }

    fn season_word(&self, at: usize) -> Option<i8> {
        self.pick(at, |sense| if let Sense::Season(first) = sense { Some(*first) } else { None })
    }

    /// "summer 2014", "the spring of 2006": only with its year.
    fn season(&self, at: usize) -> Point {
        let first = self.season_word(at)?;
        let year = self.year_digits(self.skip(at + 1, Sense::Of)).filter(|year| (1500..=2099).contains(year))?;
        Some((self.skip(at + 1, Sense::Of) + 1, Period::months(year, first, 3)))
    }

    /// "the 20th century", "the third quarter of 2020", "Q3 2020", "the first half of 2019".
    fn numbered(&self, at: usize) -> Point {
        let at = self.skip(at, Sense::Determiner);
        let roman = self.bit(at).filter(|bit| bit.text.len() == 2).and_then(|bit| bit.text.strip_prefix('Q'));
        if let Some(quarter) = roman.and_then(|digit| digit.parse::<i8>().ok()).filter(|q| (1..=4).contains(q)) {
            let (end, year) = self.year_after(at + 1);
            return Some((end, year.and_then(|year| Period::months(year, 3 * quarter - 2, 3))));
        }
        let number = self.ordinal(at)?;
        let unit = self.skip_text(at + 1, "-");
        let (length, most) = match self.unit(unit) {
            Some(Unit::Century) if (1..=30).contains(&number) => {
                let first = (number as i16 - 1) * 100 + 1;
                return Some((unit + 1, Period::years(first, first + 99)));
            }
            Some(Unit::Quarter) => (3, 4),
            _ if self.is(unit, Sense::Half) => (6, 2),
            _ => return None,
        };
        let (end, value) = self.licensed(self.skip(self.skip(unit + 1, Sense::Of), Sense::Determiner))?;
        let year = value.filter(|p| p.granularity == Granularity::Year && number <= most)?.start?.year();
        Some((end, Period::months(year, (number as i8 - 1) * length + 1, i64::from(length))))
    }
}

/// As exact as the unit that was counted: "a month ago" is a month.
fn round(day: Date, unit: Unit) -> Option<Period> {
    match unit {
        Unit::Weekend | Unit::Week | Unit::Fortnight => Period::week(day),
        Unit::Month | Unit::Quarter => Period::of(Unit::Month, day),
        Unit::Year | Unit::Decade | Unit::Century => Period::of(Unit::Year, day),
        _ => Some(Period::day(day)),
    }
}
