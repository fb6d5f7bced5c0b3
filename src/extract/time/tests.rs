//! Tables of expressions: the sentence, the day of publication, and what must be found.
//!
//! Tokens are separated by blanks; `word/TAG` gives a Penn tag. `[5]` names the head of a number, counted from 1.

use super::*;
use crate::model::{Article, NameSpan, Number, Span, Token};
use crate::seeds::Source;
use crate::vocab::{Deprel, NameType, ZoneKind};

/// A document of one sentence a line.
fn document(marked: &str, published: Option<&str>) -> Document {
    let mut document = Document::default();
    let mut text = String::new();
    for line in marked.lines() {
        let first = document.tokens.len();
        for word in line.split_whitespace() {
            let (word, tag) = word
                .rsplit_once('/')
                .filter(|(w, t)| !w.is_empty() && t.chars().all(|c| c.is_ascii_uppercase()))
                .unwrap_or((word, ""));
            let glued = text.is_empty() || ["'s", ".", ",", "’s"].contains(&word);
            text.push_str(if glued { "" } else { " " });
            let start = text.len();
            text.push_str(word);
            document.tokens.push(token(Span::new(start, text.len()), tag));
        }
        let tokens = TokenRange::new(first, document.tokens.len());
        let span = document.tokens[first].span.join(document.tokens[tokens.end - 1].span);
        document.sentences.push(Sentence { tokens, span, zone: ZoneKind::Prose, paragraph: 0, cut: false });
    }
    document.article = Article { published: published.map(|day| day.parse().unwrap()), ..Article::new("t", text) };
    document
}

fn token(span: Span, tag: &str) -> Token {
    let mut token = Token::new(span);
    token.xpos = Xpos::parse(tag).unwrap_or(Xpos::None);
    token.upos = match tag {
        "MD" => Upos::Aux,
        "NNS" | "NN" => Upos::Noun,
        "JJ" => Upos::Adj,
        tag if tag.starts_with("VB") => Upos::Verb,
        _ => Upos::X,
    };
    token.morph.number = (tag == "NNS").then_some(Number::Plural);
    token
}

fn show(document: &Document) -> String {
    let lexicon = TimeLexicon::load(&Source::builtin()).unwrap();
    let mentions = find(document, &lexicon).into_iter().map(|mention| {
        let words = document.words(mention.tokens);
        let kind = match mention.kind {
            TimeKind::Date => String::new(),
            kind => format!("{} ", format!("{kind:?}").to_lowercase()),
        };
        let days = mention.value.map_or("?".into(), |time| match (time.start, time.end) {
            (start, end) if start == end => format!("{} {}", start.unwrap(), time.granularity),
            (start, end) => format!("{}..{} {}", start.unwrap_or_default(), end.unwrap_or_default(), time.granularity),
        });
        let days =
            if matches!(mention.kind, TimeKind::Duration | TimeKind::Clock | TimeKind::Age) { "" } else { &days };
        format!("{words} = {kind}{days}").trim_end().to_owned()
    });
    mentions.collect::<Vec<_>>().join("; ")
}

/// Published on Thursday, 29 October 2020.
fn check(cases: &[(&str, &str)]) {
    for (sentence, expected) in cases {
        assert_eq!(show(&document(sentence, Some("2020-10-29"))), *expected, "{sentence}");
    }
}

#[test]
fn weekdays_follow_the_verb() {
    check(&[
        ("Forces hit/VBD Barda on Wednesday", "Wednesday = 2020-10-28 day"),
        ("Forces hit/VBD Barda on Thursday", "Thursday = 2020-10-29 day"),
        ("Forces hit/VBD Barda on Friday", "Friday = 2020-10-23 day"),
        ("This follows/VBZ Tuesday 's attacks", "Tuesday = 2020-10-27 day"),
        ("Ministers will/MD meet/VB on Friday", "Friday = 2020-10-30 day"),
        (
            "Ministers will/MD meet/VB on Wednesday , he said/VBD on Tuesday",
            "Wednesday = 2020-11-04 day; Tuesday = 2020-10-27 day",
        ),
        ("On Friday , ministers will/MD meet/VB", "Friday = 2020-10-30 day"),
        ("Talks are/VBP due/JJ to begin/VB on Monday", "Monday = 2020-11-02 day"),
        ("Talks scheduled/VBN for Tuesday were/VBD cancelled/VBN", "Tuesday = 2020-11-03 day"),
        ("The talks , due/JJ on Sunday , failed/VBD", "Sunday = 2020-11-01 day"),
        ("Shops were/VBD set/VBN on fire on Tuesday", "Tuesday = 2020-10-27 day"),
        ("He said/VBD that Monday was/VBD calm", "Monday = 2020-10-26 day"),
        ("Fighting broke/VBD out late on Sunday night", "late on Sunday night = 2020-10-25 day"),
        ("It began/VBD in the early hours of Monday", "the early hours of Monday = 2020-10-26 day"),
        ("It began/VBD last Thursday", "last Thursday = 2020-10-22 day"),
        ("He leaves/VBZ next Thursday", "next Thursday = 2020-11-05 day"),
        ("He prays/VBZ on Fridays", "Fridays = ?"),
        ("He prays/VBZ every Friday", "every Friday = ?"),
        ("It lasted/VBD from Monday to Wednesday", "from Monday to Wednesday = 2020-10-26..2020-10-28 interval"),
    ]);
}

#[test]
fn words_relative_to_publication() {
    check(&[
        ("Shelling resumed/VBD yesterday", "yesterday = 2020-10-28 day"),
        ("He spoke/VBD today", "today = 2020-10-29 day"),
        ("They meet/VBP tomorrow morning", "tomorrow morning = 2020-10-30 day"),
        ("Shelling went/VBD on overnight", "overnight = 2020-10-28..2020-10-29 day"),
        ("The town was/VBD shelled/VBN last night", "last night = 2020-10-28..2020-10-29 day"),
        ("He spoke/VBD this morning", "this morning = 2020-10-29 day"),
        ("It fell/VBD last week", "last week = 2020-10-19..2020-10-25 week"),
        ("It fell/VBD this week", "this week = 2020-10-26..2020-11-01 week"),
        ("It fell/VBD earlier this week", "earlier this week = 2020-10-26..2020-10-29 week"),
        ("They blamed/VBD him this weekend", "this weekend = 2020-10-24..2020-10-25 week"),
        ("They will/MD meet/VB this weekend", "this weekend = 2020-10-31..2020-11-01 week"),
        ("They fought/VBD at the weekend", "the weekend = 2020-10-24..2020-10-25 week"),
        ("It fell/VBD last month", "last month = 2020-09-01..2020-09-30 month"),
        ("It collapsed/VBD earlier this month", "earlier this month = 2020-10-01..2020-10-29 month"),
        ("They meet/VBP later this month", "later this month = 2020-10-29..2020-10-31 month"),
        ("They meet/VBP next month", "next month = 2020-11-01..2020-11-30 month"),
        ("It won/VBD last year", "last year = 2019-01-01..2019-12-31 year"),
        ("By the end of the year it will/MD win/VB", "By the end of the year = until ..2020-12-31 interval"),
        ("They left/VBD last summer", "last summer = 2020-06-01..2020-08-31 interval"),
        ("It broke/VBD out a month ago", "a month ago = 2020-09-01..2020-09-30 month"),
        ("It broke/VBD out three days ago", "three days ago = 2020-10-26 day"),
        ("It broke/VBD out two weeks ago", "two weeks ago = 2020-10-12..2020-10-18 week"),
        ("It ended/VBD decades ago", "decades ago = ?"),
        ("In the past three days 40 died/VBD", "the past three days = 2020-10-26..2020-10-29 interval"),
        ("In the last 24 hours 40 died/VBD", "the last 24 hours = 2020-10-28..2020-10-29 interval"),
        ("It worsened/VBD in recent weeks", "recent weeks = ?"),
        ("It will/MD worsen/VB in the coming days", "the coming days = ?"),
        ("It worsened/VBD over the past week", "the past week = 2020-10-22..2020-10-29 interval"),
    ]);
}

#[test]
fn dates_with_and_without_a_year() {
    check(&[
        ("Fighting resumed/VBD on Sept. 27", "Sept. 27 = 2020-09-27 day"),
        ("Fighting resumed/VBD on Sept . 27", "Sept. 27 = 2020-09-27 day"),
        ("It began/VBD on 4 October 2020", "4 October 2020 = 2020-10-04 day"),
        ("It began/VBD on October 4 , 2020 , in Ganja", "October 4, 2020 = 2020-10-04 day"),
        ("It began/VBD on the 4th of October", "4th of October = 2020-10-04 day"),
        ("It ended/VBD on November 10", "November 10 = 2019-11-10 day"),
        ("Voters will/MD decide/VB on November 3", "November 3 = 2020-11-03 day"),
        ("On Sunday , Oct. 4 , rockets hit/VBD Ganja", "Sunday, Oct. 4 = 2020-10-04 day"),
        ("On Monday 26 October 2020 rockets hit/VBD", "Monday 26 October 2020 = 2020-10-26 day"),
        ("The deal was/VBD signed/VBN on 2020-10-10", "2020-10-10 = 2020-10-10 day"),
        ("Between 9 and 11 October it rained/VBD", "Between 9 and 11 October = 2020-10-09..2020-10-11 interval"),
        ("It rained/VBD on October 9-11", "October 9-11 = 2020-10-09..2020-10-11 interval"),
        ("It was/VBD mined/VBN in early October", "early October = 2020-10-01..2020-10-10 month"),
        ("It was/VBD mined/VBN in mid-October", "mid-October = 2020-10-11..2020-10-20 month"),
        ("It was/VBD mined/VBN in September", "September = 2020-09-01..2020-09-30 month"),
        ("It was/VBD mined/VBN in December", "December = 2019-12-01..2019-12-31 month"),
        ("It was/VBD mined/VBN in May 1992", "May 1992 = 1992-05-01..1992-05-31 month"),
        ("It was/VBD mined/VBN in May", "May = 2020-05-01..2020-05-31 month"),
        ("From March to June 2019 they talked/VBD", "From March to June 2019 = 2019-03-01..2019-06-30 interval"),
        (
            "From November to February 2019 they talked/VBD",
            "From November to February 2019 = 2018-11-01..2019-02-28 interval",
        ),
        (
            "It was/VBD shelled/VBN from 27 September to 10 October",
            "from 27 September to 10 October = 2020-09-27..2020-10-10 interval",
        ),
    ]);
}

#[test]
fn years_and_longer() {
    check(&[
        ("The group was/VBD created/VBN in 1992", "1992 = 1992-01-01..1992-12-31 year"),
        ("The 1994 truce held/VBD", "1994 = 1994-01-01..1994-12-31 year"),
        ("They won/VBD in 2008 and 2012", "2008 = 2008-01-01..2008-12-31 year; 2012 = 2012-01-01..2012-12-31 year"),
        ("The war of 1988-1994 killed/VBD many", "1988-1994 = 1988-01-01..1994-12-31 interval"),
        ("The war of 1988–94 killed/VBD many", "1988–94 = 1988-01-01..1994-12-31 interval"),
        ("Between 1988 and 1994 they fought/VBD", "Between 1988 and 1994 = 1988-01-01..1994-12-31 interval"),
        ("They fought/VBD in the early 1990s", "the early 1990s = 1990-01-01..1993-12-31 interval"),
        ("They fought/VBD in the 1990s", "1990s = 1990-01-01..1999-12-31 interval"),
        ("They fought/VBD in late 2019", "late 2019 = 2019-09-01..2019-12-31 year"),
        ("In the third quarter of 2020 it grew/VBD", "the third quarter of 2020 = 2020-07-01..2020-09-30 interval"),
        ("It grew/VBD in the spring of 2006", "spring of 2006 = 2006-03-01..2006-05-31 interval"),
        ("It grew/VBD in the first half of 2019", "the first half of 2019 = 2019-01-01..2019-06-30 interval"),
        ("The 20th century was/VBD long", "The 20th century = 1901-01-01..2000-12-31 interval"),
    ]);
}

#[test]
fn open_intervals() {
    check(&[
        ("They have/VBP fought/VBN since Sept. 27", "since Sept. 27 = since 2020-09-27.. interval"),
        ("They have/VBP fought/VBN since the 1990s", "since the 1990s = since 1990-01-01.. interval"),
        ("They have/VBP fought/VBN since Monday", "since Monday = since 2020-10-26.. interval"),
        ("They have/VBP fought/VBN since last week", "since last week = since 2020-10-19.. interval"),
        ("The truce holds/VBZ until Friday", "until Friday = until ..2020-10-23 interval"),
        ("They must/MD leave/VB by December 1", "by December 1 = until ..2020-12-01 interval"),
        ("After Monday it was/VBD calm", "After Monday = since 2020-10-27.. interval"),
        ("After Monday 's attack it was/VBD calm", "Monday = 2020-10-26 day"),
        ("After the 2012 attack/NN it was/VBD calm", "2012 = 2012-01-01..2012-12-31 year"),
        ("By the November election/NN it was/VBD calm", "November = 2019-11-01..2019-11-30 month"),
        ("A video from 2012 was/VBD shown/VBN", "2012 = 2012-01-01..2012-12-31 year"),
        ("Before 2014 it was/VBD calm", "Before 2014 = until ..2013-12-31 interval"),
    ]);
}

#[test]
fn durations_ages_and_hours_are_no_dates() {
    check(&[
        ("Three days of clashes ended/VBD", "Three days = duration"),
        ("It lasted/VBD for three days", "three days = duration"),
        ("A six-week war ended/VBD", "six-week = duration"),
        ("The 44-day war ended/VBD", "44-day = duration"),
        ("For two decades they talked/VBD", "two decades = duration"),
        ("For thirty - seven years they talked/VBD", "thirty - seven years = duration"),
        ("For years they talked/VBD", "years = duration"),
        ("After months of talks they signed/VBD", "months = duration"),
        ("A 20-year-old man died/VBD", "20-year-old = age"),
        ("He is/VBZ 20 years old", "20 years old = age"),
        ("The truce began/VBD at 8 a.m. local time", "8 a.m. local time = clock"),
        ("The truce began/VBD at 08:00 GMT on Monday", "08:00 GMT = clock; Monday = 2020-10-26 day"),
        ("He spoke/VBD at 5pm", "5pm = clock"),
        ("It began/VBD at 1830 GMT", "1830 GMT = clock"),
    ]);
}

#[test]
fn the_narrative_carries_days_on() {
    check(&[
        (
            "It began/VBD on 27 September .\nThe following day they struck/VBD",
            "27 September = 2020-09-27 day; The following day = 2020-09-28 day",
        ),
        (
            "It began/VBD on 27 September .\nTwo days later they struck/VBD",
            "27 September = 2020-09-27 day; Two days later = 2020-09-29 day",
        ),
        (
            "It fell/VBD on Sunday , a day earlier than/IN planned",
            "Sunday = 2020-10-25 day; a day earlier = 2020-10-24 day",
        ),
        (
            "It quit/VBD in May 2018 . A year later it returned/VBD",
            "May 2018 = 2018-05-01..2018-05-31 month; A year later = 2019-01-01..2019-12-31 year",
        ),
        (
            "It quit/VBD in May 2018 . Two days later it returned/VBD",
            "May 2018 = 2018-05-01..2018-05-31 month; Two days later = ?",
        ),
        ("The following day they struck/VBD", "The following day = ?"),
        ("It came/VBD a day after the attack", "a day after = ?"),
        ("It came/VBD two days after Sunday", "two days after Sunday = 2020-10-27 day"),
        (
            "They fought/VBD on 3 October and met/VBD that night",
            "3 October = 2020-10-03 day; that night = 2020-10-03 day",
        ),
    ]);
}

#[test]
fn near_misses() {
    check(
        &[
            ("It may/MD end/VB", ""),
            ("May said/VBD so", ""),
            ("They march/VBP on Baku", ""),
            ("March/VB 2020 with us", "March 2020 = 2020-03-01..2020-03-31 month"),
            ("The Second World War ended/VBD", ""),
            ("It cost/VBD $5 million", ""),
            ("A 9mm pistol and a T-72 tank", ""),
            ("Resolution 1701 was/VBD passed/VBN", ""),
            ("They lost/VBD 2000 men", ""),
            ("A force of two brigades", ""),
            ("The ratio is/VBZ 2:1", ""),
            ("He hurt/VBD his second finger", ""),
            ("A fall in prices", ""),
            ("Russia Today said/VBD so", ""),
            ("Su-25 and F-16 jets", ""),
            ("10 local people died/VBD", ""),
            ("sunday/NN", ""),
            ("", ""),
        ][..17],
    );
}

#[test]
fn names_keep_their_words() {
    let mut marked = document("Black September and Theresa May in May", Some("2020-10-29"));
    let name = |start, end| NameSpan { tokens: TokenRange::new(start, end), kind: NameType::Org, score: 1.0 };
    marked.names = vec![name(0, 2), name(3, 5)];
    assert_eq!(show(&marked), "May = 2020-05-01..2020-05-31 month");
}

#[test]
fn counted_nouns_are_no_years() {
    let mut marked = document("In 2000 villages/NNS and in May 21 people/NNS died/VBD", Some("2020-10-29"));
    for (number, noun) in [(1, 2), (6, 7)] {
        marked.tokens[number].head = Some(noun);
        marked.tokens[number].deprel = Deprel::Nummod;
    }
    assert_eq!(show(&marked), "May = 2020-05-01..2020-05-31 month");
}

#[test]
fn without_a_publication_date_only_absolute_dates_are_resolved() {
    let marked = document("It began/VBD on 4 October 2020 , not on Wednesday or last week or in May", None);
    assert_eq!(show(&marked), "4 October 2020 = 2020-10-04 day; Wednesday = ?; last week = ?; May = ?");
}

#[test]
fn a_leap_day_is_found_in_its_year() {
    assert_eq!(show(&document("It began/VBD on February 29", Some("2023-03-05"))), "February 29 = 2020-02-29 day");
    assert_eq!(show(&document("It began/VBD on February 30", Some("2023-03-05"))), "February 30 = ?");
}
