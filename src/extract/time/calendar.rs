//! Stretches of the calendar in whole days, and the arithmetic on them. Knows no words and no clock.

use crate::model::Time;
use crate::vocab::Granularity;
use jiff::civil::{Date, date};
use jiff::{Span, ToSpan};

/// A stretch of days, open where an end is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub start: Option<Date>,
    /// The last day.
    pub end: Option<Date>,
    /// How exact it is.
    pub granularity: Granularity,
}

/// What years, weeks and the like are counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "each is what it is called")]
pub enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Weekend,
    Week,
    Fortnight,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

impl Unit {
    /// The unit of that name.
    pub fn parse(name: &str) -> Option<Unit> {
        Some(match name {
            "second" => Unit::Second,
            "minute" => Unit::Minute,
            "hour" => Unit::Hour,
            "day" => Unit::Day,
            "weekend" => Unit::Weekend,
            "week" => Unit::Week,
            "fortnight" => Unit::Fortnight,
            "month" => Unit::Month,
            "quarter" => Unit::Quarter,
            "year" => Unit::Year,
            "decade" => Unit::Decade,
            "century" => Unit::Century,
            _ => return None,
        })
    }
}

/// Which third of a stretch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Third {
    /// "early"
    First,
    /// "mid"
    Second,
    /// "late"
    Last,
}

impl Period {
    /// From one day to another; turned round where they stand the wrong way.
    pub fn between(start: Date, end: Date, granularity: Granularity) -> Period {
        let (start, end) = if start <= end { (start, end) } else { (end, start) };
        Period { start: Some(start), end: Some(end), granularity }
    }

    /// One day.
    pub fn day(day: Date) -> Period {
        Period::between(day, day, Granularity::Day)
    }

    /// The week, Monday to Sunday, that a day is in.
    pub fn week(day: Date) -> Option<Period> {
        let monday = add_days(day, -i64::from(day.weekday().to_monday_zero_offset()))?;
        Some(Period::between(monday, add_days(monday, 6)?, Granularity::Week))
    }

    /// The Saturday and Sunday of the week that a day is in.
    pub fn weekend(day: Date) -> Option<Period> {
        let sunday = Period::week(day)?.end?;
        Some(Period::between(add_days(sunday, -1)?, sunday, Granularity::Week))
    }

    /// A month.
    pub fn month(year: i16, month: i8) -> Option<Period> {
        let first = Date::new(year, month, 1).ok()?;
        Some(Period::between(first, first.last_of_month(), Granularity::Month))
    }

    /// Several whole months from the first of one.
    pub fn months(year: i16, month: i8, count: i64) -> Option<Period> {
        let first = Date::new(year, month, 1).ok()?;
        let end = first.checked_add((count - 1).months()).ok()?.last_of_month();
        Some(Period::between(first, end, Granularity::Interval))
    }

    /// A year.
    pub fn year(year: i16) -> Option<Period> {
        Some(Period::years(year, year)?.with(Granularity::Year))
    }

    /// Several whole years.
    pub fn years(first: i16, last: i16) -> Option<Period> {
        let (start, end) = (Date::new(first, 1, 1).ok()?, Date::new(last, 12, 31).ok()?);
        Some(Period::between(start, end, Granularity::Interval))
    }

    /// The calendar's unit that a day is in; none of less than a day.
    pub fn of(unit: Unit, day: Date) -> Option<Period> {
        match unit {
            Unit::Second | Unit::Minute | Unit::Hour => None,
            Unit::Day => Some(Period::day(day)),
            Unit::Week | Unit::Fortnight => Period::week(day),
            Unit::Weekend => Period::weekend(day),
            Unit::Month => Period::month(day.year(), day.month()),
            Unit::Quarter => Period::months(day.year(), (day.month() - 1) / 3 * 3 + 1, 3),
            Unit::Year => Period::year(day.year()),
            Unit::Decade => Period::years(day.year() / 10 * 10, day.year() / 10 * 10 + 9),
            Unit::Century => Period::years((day.year() - 1) / 100 * 100 + 1, (day.year() - 1) / 100 * 100 + 100),
        }
    }

    /// The same days, said more or less exactly.
    pub fn with(self, granularity: Granularity) -> Period {
        Period { granularity, ..self }
    }

    /// A third of it: of a month ten days, of a decade three or four years, of a year four months, of anything else by its days; a day stays whole.
    pub fn third(self, third: Third) -> Option<Period> {
        let (start, end) = (self.start?, self.end?);
        let days = start.until(end).ok()?.get_days() as i64 + 1;
        if days < 3 {
            return Some(self);
        }
        let (from, to) = match self.granularity {
            _ if start.checked_add(10.years()).ok() == add_days(end, 1) => return decade_third(start.year(), third),
            Granularity::Year => return year_third(start, third).map(|part| part.with(Granularity::Year)),
            Granularity::Month => (10, 20),
            _ => (days / 3, days - days / 3),
        };
        let (first, last) = match third {
            Third::First => (0, from - 1),
            Third::Second => (from, to - 1),
            Third::Last => (to, days - 1),
        };
        Some(Period::between(add_days(start, first)?, add_days(start, last)?, self.granularity))
    }

    /// As the model writes it.
    pub fn to_time(self) -> Time {
        let text = |day: Option<Date>| day.map(|day| day.to_string().into());
        Time { start: text(self.start), end: text(self.end), granularity: self.granularity }
    }
}

/// "The early 1990s" are 1990 to 1993.
fn decade_third(start: i16, third: Third) -> Option<Period> {
    match third {
        Third::First => Period::years(start, start + 3),
        Third::Second => Period::years(start + 4, start + 6),
        Third::Last => Period::years(start + 7, start + 9),
    }
}

fn year_third(start: Date, third: Third) -> Option<Period> {
    let first = match third {
        Third::First => 1,
        Third::Second => 5,
        Third::Last => 9,
    };
    Period::months(start.year(), first, 4)
}

/// A day so many days on, or back.
pub fn add_days(day: Date, days: i64) -> Option<Date> {
    day.checked_add(Span::new().try_days(days).ok()?).ok()
}

/// A day so many units on, or back; none of less than a day, but 24 hours are one.
pub fn shift(day: Date, unit: Unit, count: i64) -> Option<Date> {
    let span = match unit {
        Unit::Second | Unit::Minute => return None,
        Unit::Hour if count % 24 == 0 => Span::new().try_days(count / 24),
        Unit::Hour => return None,
        Unit::Day => Span::new().try_days(count),
        Unit::Week | Unit::Weekend => Span::new().try_weeks(count),
        Unit::Fortnight => Span::new().try_weeks(count.checked_mul(2)?),
        Unit::Month => Span::new().try_months(count),
        Unit::Quarter => Span::new().try_months(count.checked_mul(3)?),
        Unit::Year => Span::new().try_years(count),
        Unit::Decade => Span::new().try_years(count.checked_mul(10)?),
        Unit::Century => Span::new().try_years(count.checked_mul(100)?),
    };
    day.checked_add(span.ok()?).ok()
}

/// Of the days with that month and day in neighbouring years, those near a day, in order.
pub fn candidates(near: Date, month: i8, day: i8) -> impl Iterator<Item = Date> {
    // Eight years to each side, since 29 February may be that far away.
    (-8..=8).filter_map(move |offset: i16| Date::new(near.year().checked_add(offset)?, month, day).ok())
}

/// How many days lie between two.
pub fn distance(a: Date, b: Date) -> i64 {
    a.until(b).map_or(i64::MAX, |span| i64::from(span.get_days()).abs())
}

/// A day that exists in some year, to check month and day without one.
pub fn exists(month: i8, day: i8) -> bool {
    Date::new(date(2000, 1, 1).year(), month, day).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(period: Option<Period>) -> String {
        let period = period.unwrap();
        format!("{}..{} {}", period.start.unwrap(), period.end.unwrap(), period.granularity)
    }

    #[test]
    fn units_of_the_calendar() {
        let day = date(2020, 10, 28);
        for (unit, expected) in [
            (Unit::Day, "2020-10-28..2020-10-28 day"),
            (Unit::Week, "2020-10-26..2020-11-01 week"),
            (Unit::Weekend, "2020-10-31..2020-11-01 week"),
            (Unit::Month, "2020-10-01..2020-10-31 month"),
            (Unit::Quarter, "2020-10-01..2020-12-31 interval"),
            (Unit::Year, "2020-01-01..2020-12-31 year"),
            (Unit::Decade, "2020-01-01..2029-12-31 interval"),
            (Unit::Century, "2001-01-01..2100-12-31 interval"),
        ] {
            assert_eq!(show(Period::of(unit, day)), expected);
        }
    }

    #[test]
    fn thirds() {
        let february = Period::month(2020, 2);
        assert_eq!(show(february.and_then(|p| p.third(Third::First))), "2020-02-01..2020-02-10 month");
        assert_eq!(show(february.and_then(|p| p.third(Third::Last))), "2020-02-21..2020-02-29 month");
        let year = Period::year(2019);
        assert_eq!(show(year.and_then(|p| p.third(Third::Second))), "2019-05-01..2019-08-31 year");
        assert_eq!(show(Period::day(date(2020, 1, 1)).third(Third::Last)), "2020-01-01..2020-01-01 day");
    }

    #[test]
    fn the_end_of_the_calendar_is_none() {
        assert_eq!(shift(date(9999, 1, 1), Unit::Century, 5), None);
        assert_eq!(shift(date(2020, 1, 1), Unit::Year, i64::MAX), None);
        assert_eq!(add_days(date(2020, 1, 1), i64::MIN), None);
        assert_eq!(Period::year(i16::MAX), None);
    }
}
