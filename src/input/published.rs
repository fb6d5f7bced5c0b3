//! When an article was published: dates as metadata write them, and full dates where the head of a text or a URL has one.
//!
//! Expressions inside the prose ("on Wednesday") are not read here.

use jiff::civil::Date;
use jiff::fmt::strtime::BrokenDownTime;
use std::ops::{Range, RangeInclusive};

/// Years in which an article can have been published.
const YEARS: RangeInclusive<i64> = 1800..=2199;

/// The day that a date of metadata names: ISO 8601, RFC 2822, "October 28, 2020", "28 Oct 2020", seconds or milliseconds
/// since 1970. The day is taken as written, whatever the time zone. `10/11/2020` is ambiguous and names none.
///
/// ```
/// use newsgraph::input::parse_date;
/// assert_eq!(parse_date("Mon, 26 Oct 2020 11:42:00 GMT"), parse_date("2020-10-26T11:42:00Z"));
/// ```
pub fn parse_date(text: &str) -> Option<Date> {
    let text = text.trim();
    let digits = text.strip_prefix('-').unwrap_or(text);
    if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) {
        return number_date(text);
    }
    find(text).map(|(_, date)| date)
}

/// `20201026`, or a timestamp.
fn number_date(text: &str) -> Option<Date> {
    let number: i64 = text.parse().ok()?;
    let date = match text.len() {
        8 => day(number / 10_000, number / 100 % 100, number % 100),
        9..=10 => jiff::Timestamp::from_second(number).ok().map(utc_day),
        13 => jiff::Timestamp::from_millisecond(number).ok().map(utc_day),
        _ => None,
    };
    date.filter(|date| YEARS.contains(&i64::from(date.year())))
}

fn utc_day(timestamp: jiff::Timestamp) -> Date {
    jiff::tz::Offset::UTC.to_datetime(timestamp).date()
}

/// A date among the words before the article begins: on a short line of its own, or in a dateline.
pub(super) fn in_head(text: &str) -> Option<Date> {
    const LINES: usize = 12;
    text.lines().map(str::trim).filter(|line| !line.is_empty()).take(LINES).find_map(in_line)
}

fn in_line(line: &str) -> Option<Date> {
    const SHORT: usize = 100;
    const DATELINE: usize = 120;
    let (place, date) = find(prefix(line, DATELINE))?;
    let rest = line.get(place.end..)?;
    let is_dateline = || [" - ", "--", "–", "—"].iter().any(|dash| prefix(rest, 40).contains(dash));
    (line.chars().count() <= SHORT || (place.start < 60 && is_dateline())).then_some(date)
}

/// The first bytes of a text, cut on a character.
fn prefix(text: &str, bytes: usize) -> &str {
    let cut = (0..=bytes.min(text.len())).rev().find(|&at| text.is_char_boundary(at));
    &text[..cut.unwrap_or(0)]
}

/// The date in a path like `/2020/10/26/`.
pub(super) fn in_url(url: &str) -> Option<Date> {
    let parts: Vec<&str> = url.split(['/', '?', '#']).collect();
    let number = |part: &str| part.parse::<i64>().ok().filter(|_| part.len() <= 4);
    let slashed = parts.windows(3).find_map(|w| day(number(w[0])?, month(w[1]).or(number(w[1]))?, number(w[2])?));
    slashed.or_else(|| find_iso(url))
}

/// The ISO date in a file's name.
pub(super) fn in_id(id: &str) -> Option<Date> {
    find_iso(id)
}

fn find_iso(text: &str) -> Option<Date> {
    let parts = parts(text);
    (0..parts.len()).find_map(|at| iso(&parts[at..])).map(|(_, date)| date)
}

/// The first full date in a text, and where it stands.
fn find(text: &str) -> Option<(Range<usize>, Date)> {
    let parts = parts(text);
    (0..parts.len()).find_map(|at| {
        let rest = &parts[at..];
        iso(rest).or_else(|| dotted(rest)).or_else(|| named(rest))
    })
}

/// A run of digits, a run of letters, or one mark. Spaces are left out.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Part<'a> {
    value: Value<'a>,
    start: usize,
    end: usize,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Value<'a> {
    /// Its value and how many digits it has.
    Number(i64, usize),
    Word(&'a str),
    Mark(char),
}
use Value::{Mark, Number, Word};

fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut start = 0;
    while let Some(first) = text[start..].chars().next() {
        let same: fn(char) -> bool = match first {
            c if c.is_ascii_digit() => |c| c.is_ascii_digit(),
            c if c.is_alphabetic() => char::is_alphabetic,
            _ => |_| false,
        };
        let rest = &text[start + first.len_utf8()..];
        let length = first.len_utf8() + rest.find(|c| !same(c)).unwrap_or(rest.len());
        let length = if ends_in_day(&text[start..start + length]) { 4 } else { length };
        let words = &text[start..start + length];
        let value = match words.parse() {
            Ok(number) if first.is_ascii_digit() => Number(number, length),
            _ if first.is_alphabetic() => Word(words),
            _ => Mark(first),
        };
        if !first.is_whitespace() {
            parts.push(Part { value, start, end: start + length });
        }
        start += length;
    }
    parts
}

/// Whether a run of digits is a year and the day of the next date: "21 Mar 202521 Mar 2025", as pages with a date twice give.
fn ends_in_day(run: &str) -> bool {
    let digits = (5..=6).contains(&run.len()) && run.bytes().all(|b| b.is_ascii_digit());
    digits && run[..4].parse().is_ok_and(|year: i64| YEARS.contains(&year))
}

type Found = Option<(Range<usize>, Date)>;

/// `2020-10-26`, `2020/10/26`, also before a time.
fn iso(parts: &[Part]) -> Found {
    let [y, a, m, b, d, ..] = parts else { return None };
    match (y.value, a.value, m.value, b.value, d.value) {
        (Number(year, 4), Mark(a @ ('-' | '/')), Number(month, 1..=2), Mark(b), Number(date, 1..=2)) if a == b => {
            Some((y.start..d.end, day(year, month, date)?))
        }
        _ => None,
    }
}

/// `26.10.2020`: with points the day comes first everywhere.
fn dotted(parts: &[Part]) -> Found {
    let [d, a, m, b, y, ..] = parts else { return None };
    match (d.value, a.value, m.value, b.value, y.value) {
        (Number(date, 1..=2), Mark('.'), Number(month, 1..=2), Mark('.'), Number(year, 4)) => {
            Some((d.start..y.end, day(year, month, date)?))
        }
        _ => None,
    }
}

/// `26 October 2020`, `Oct. 26th, 2020`.
fn named(parts: &[Part]) -> Found {
    let mut three = parts.iter().enumerate().filter(|&(at, part)| at == 0 || !is_filler(part)).map(|(_, part)| part);
    let (a, b, c) = (three.next()?, three.next()?, three.next()?);
    let date = match (a.value, b.value, c.value) {
        (Number(date, 1..=2), Word(name), Number(year, 4)) => day(year, month(name)?, date),
        (Word(name), Number(date, 1..=2), Number(year, 4)) => day(year, month(name)?, date),
        _ => None,
    };
    Some((a.start..c.end, date?))
}

/// What may stand between the parts of a date: "26th of October, 2020".
fn is_filler(part: &Part) -> bool {
    match part.value {
        Mark(mark) => matches!(mark, '.' | ',' | '-'),
        Word(word) => word.len() == 2 && month(word).is_none(),
        Number(..) => false,
    }
}

fn day(year: i64, month: i64, day: i64) -> Option<Date> {
    let in_range = YEARS.contains(&year);
    Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok().filter(|_| in_range)
}

/// The month of an English name or a beginning of one with at least three letters.
fn month(name: &str) -> Option<i64> {
    let (first, _) = name.split_at_checked(3)?;
    let month = BrokenDownTime::parse("%b", first).ok()?.month()?;
    let full = Date::new(2000, month, 1).ok()?.strftime("%B").to_string();
    let is_beginning = full.get(..name.len()).is_some_and(|beginning| beginning.eq_ignore_ascii_case(name));
    is_beginning.then_some(i64::from(month))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metadata_dates() {
        for text in [
            "2020-10-26",
            "2020-10-26T23:42:00-05:00",
            "2020/10/26 11:00",
            "20201026",
            "1603712520",
            "1603712520000",
            "Mon, 26 Oct 2020 11:42:00 GMT",
            "October 26, 2020",
            "Oct. 26, 2020 8:00 a.m.",
            "26th of October, 2020",
            "26-Oct-2020",
            "26.10.2020",
            "Monday 26 october 2020",
            "26 Oct 202026 Oct 2020",
        ] {
            assert_eq!(parse_date(text), Some(jiff::civil::date(2020, 10, 26)), "{text}");
        }
    }

    #[test]
    fn what_is_no_full_date_is_none() {
        let none = [
            "",
            "10/11/2020",
            "October 2020",
            "31 Feb 2020",
            "Marching 3 2020",
            "12",
            "9999-01-01",
            "99999999999999999999",
        ];
        for text in none {
            assert_eq!(parse_date(text), None, "{text}");
        }
    }

    #[test]
    fn the_head_of_a_text_may_be_dated() {
        for (text, found) in [
            ("Truce fails\n\nPublished26 October 2020\n\nText", true),
            (
                "BAKU, October 26, 2020 (Reuters) - Azerbaijan said on Monday that its forces had taken villages along the river.",
                true,
            ),
            (
                "The war that began on October 26, 2020 and lasted six weeks redrew the map of the region, and both sides said so too.",
                false,
            ),
            ("The deal of October 26, 2020", true),
            ("No date here", false),
        ] {
            assert_eq!(in_head(text).is_some(), found, "{text}");
        }
    }

    #[test]
    fn urls_and_names_may_be_dated() {
        let expected = Some(jiff::civil::date(2020, 10, 26));
        assert_eq!(in_url("https://n.example.org/world/2020/10/26/truce"), expected);
        assert_eq!(in_url("https://n.example.org/2020/oct/26/truce"), expected);
        assert_eq!(in_url("https://n.example.org/truce-2020-10-26.html"), expected);
        assert_eq!(in_url("https://n.example.org/1/2/3"), None);
        assert_eq!(in_id("2020-10-26-barda"), expected);
        assert_eq!(in_id("barda"), None);
    }
}
