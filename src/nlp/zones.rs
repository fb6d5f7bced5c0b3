//! Tells the article's prose from what surrounds it: datelines, bylines, captions, credits, dates, links, boxes, tags.
//!
//! A text falls into paragraphs (lines, or lines that were wrapped to a width and belong together), and each paragraph is
//! one thing, except that a dateline may open one. In doubt a paragraph is prose: what is lost here nobody reads again.
//! Words that tell are in `seeds/lexicon/zone-cues.tsv`; here are the shapes. HTML is none of its business.

use super::cues::{Cues, Shown};
use super::lexicon::{Calendar, Lexicon};
use crate::model::{Article, Dateline, Span, Zone};
use crate::seeds::Closed;
use crate::vocab::ZoneKind;

/// The zones of a text.
#[derive(Debug, Clone, Default)]
pub struct Zones {
    /// In order; every line that is not blank lies in one.
    pub zones: Vec<Zone>,
    /// What the dateline says.
    pub dateline: Option<Dateline>,
}

/// Finds the zones of an article. A title that is known makes the line that repeats it a heading, and what the article's
/// reader knew of a stretch stands unless a credit or date shows itself there.
///
/// ```
/// use newsgraph::Article;
/// use newsgraph::nlp::{Lexicon, Cues, find_zones};
/// use newsgraph::vocab::ZoneKind::{Byline, Dateline, Heading, Prose, Related};
///
/// let text = "Truce fails\nBy Jane Doe\nBAKU (Reuters) - Shells fell on Sunday.\nRead more: Who is who\n";
/// let zones = find_zones(&Article::new("a", text), Lexicon::builtin(), Cues::builtin());
/// assert_eq!(zones.zones.iter().map(|z| z.kind).collect::<Vec<_>>(), [Heading, Byline, Dateline, Prose, Related]);
/// assert_eq!(zones.dateline.and_then(|d| d.agency).map(|a| a.of(text)), Some("Reuters"));
/// ```
pub fn find_zones(article: &Article, lexicon: &Lexicon, cues: &Cues) -> Zones {
    let text = article.text.as_str();
    let paragraphs = paragraphs(text, cues);
    let title = article.title.as_deref().unwrap_or_default().trim();
    Finder { text, title, known: &article.zones, lexicon, cues, paragraphs: &paragraphs }.run()
}

/// Words of a heading at most.
const LONGEST_HEADING: usize = 25;
/// Prose paragraphs among which a dateline is looked for.
const DATELINE_WITHIN: usize = 3;
/// Bytes of a dateline at most.
const LONGEST_DATELINE: usize = 120;

struct Finder<'a> {
    text: &'a str,
    title: &'a str,
    known: &'a [Zone],
    lexicon: &'a Lexicon,
    cues: &'a Cues,
    paragraphs: &'a [Span],
}

impl Finder<'_> {
    fn run(&self) -> Zones {
        let kinds = self.kinds();
        let mut found = Zones::default();
        let mut prose = 0;
        for (&whole, kind) in self.paragraphs.iter().zip(kinds) {
            let (span, credit) = self.without_credit(whole);
            let open = prose < DATELINE_WITHIN && found.dateline.is_none();
            if matches!(kind, ZoneKind::Prose | ZoneKind::Heading)
                && open
                && let Some(line) = self.dateline(span, kind)
            {
                self.push_dateline(span, line, &mut found);
                found.zones.extend(credit);
                prose += 1;
                continue;
            }
            prose += usize::from(kind == ZoneKind::Prose);
            let body = self.without_mark(span, kind);
            if body.start > span.start {
                let mark = span.start + Span::new(span.start, body.start).of(self.text).trim_end().len();
                found.zones.push(Zone { span: Span::new(span.start, mark), kind: ZoneKind::Separator });
            }
            found.zones.push(Zone { span: body, kind });
            found.zones.extend(credit);
        }
        found
    }

    /// The kinds of the paragraphs, boxes told from their heads.
    fn kinds(&self) -> Vec<ZoneKind> {
        let mut kinds = Vec::with_capacity(self.paragraphs.len());
        let mut inside = None;
        for (i, &span) in self.paragraphs.iter().enumerate() {
            let line = self.without_credit(span).0.of(self.text);
            let shown = self.shown(line);
            let seen = shown.map_or_else(|| self.shape(i, line), |(kind, _)| kind);
            let kind =
                self.known(span).filter(|_| !matches!(seen, ZoneKind::Credit | ZoneKind::Published)).unwrap_or(seen);
            let listed = inside.filter(|_| kind == ZoneKind::Heading && !self.precedes_prose(i));
            // The numbers between the items of a list do not end it.
            if kind != ZoneKind::Separator && listed.is_none() {
                let head = |&(kind, whole): &(ZoneKind, bool)| lists(kind) && (whole || is_short_label(line));
                inside = shown.filter(head).map(|(kind, _)| kind);
            }
            kinds.push(listed.unwrap_or(kind));
        }
        self.read_roles(&mut kinds);
        read_lone_line(&mut kinds);
        kinds
    }

    /// The line below a byline that says what the writer is: "Defence Editor", "BBC News, Baku".
    fn read_roles(&self, kinds: &mut [ZoneKind]) {
        for i in 1..kinds.len() {
            let line = self.paragraphs[i].of(self.text);
            let short = word_count(line) <= 4 && !line.ends_with('?');
            if kinds[i - 1] == ZoneKind::Byline && kinds[i] == ZoneKind::Heading && short && is_name(line, self.lexicon)
            {
                kinds[i] = ZoneKind::Byline;
            }
        }
    }

    /// What the article's reader knew of a paragraph.
    fn known(&self, paragraph: Span) -> Option<ZoneKind> {
        let at = self.known.partition_point(|zone| zone.span.end <= paragraph.start);
        self.known.get(at).filter(|zone| zone.span.contains(paragraph)).map(|zone| zone.kind)
    }

    /// Whether the paragraph after this one is running text.
    fn precedes_prose(&self, i: usize) -> bool {
        self.paragraphs.get(i + 1).is_some_and(|next| {
            let line = next.of(self.text);
            self.shown(line).is_none() && self.shape(i + 1, line) == ZoneKind::Prose
        })
    }

    /// What cue words say, where the rest of the line bears them out; and whether the cue is all of it.
    fn shown(&self, line: &str) -> Option<(ZoneKind, bool)> {
        let shown = self.cues.of_line(line).or_else(|| self.of_bar(line))?;
        let rest = line.get(shown.len..).unwrap_or_default();
        let sound = match shown.kind {
            ZoneKind::Published => shown.whole || self.is_stamp(line),
            ZoneKind::Byline if shown.len > 0 => rest.trim_start_matches([':', ' ']).starts_with(char::is_uppercase),
            _ => true,
        };
        let caption = shown.kind == ZoneKind::Credit && shown.len == 0 && word_count(line) > 12;
        let kind = if caption { ZoneKind::Caption } else { shown.kind };
        sound.then_some((kind, shown.whole))
    }

    /// "Subscribe | Share | Unsubscribe": what every item is.
    fn of_bar(&self, line: &str) -> Option<Shown> {
        let (first, rest) = line.split_once('|').filter(|_| line.len() <= LONGEST_DATELINE)?;
        let whole = |item: &str| self.cues.of_line(item.trim()).filter(|shown| shown.whole);
        let shown = whole(first)?;
        rest.split('|').all(|item| whole(item).is_some_and(|s| s.kind == shown.kind)).then_some(shown)
    }

    /// What the shape of a line without cue words says.
    fn shape(&self, i: usize, line: &str) -> ZoneKind {
        if is_separator(line) {
            return ZoneKind::Separator;
        }
        if line.starts_with('#') && line.trim_start_matches('#').starts_with(' ') || self.is_title(line) {
            return ZoneKind::Heading;
        }
        if line.len() > 400 || word_count(line) > LONGEST_HEADING {
            return ZoneKind::Prose;
        }
        if self.is_credit(line) {
            return ZoneKind::Credit;
        }
        if self.is_bare_date(line) || self.is_bare_time(line) {
            return ZoneKind::Published;
        }
        if is_byline(line, self.lexicon) {
            return ZoneKind::Byline;
        }
        if is_slug(line) || i > 0 && is_tag_list(line, self.is_tail(i), self.lexicon) {
            return ZoneKind::Tags;
        }
        if is_heading(line) { ZoneKind::Heading } else { ZoneKind::Prose }
    }

    /// Whether nothing as long as a sentence or two follows.
    fn is_tail(&self, i: usize) -> bool {
        let tail = self.paragraphs.len().saturating_sub(i + 1) <= 6;
        tail && self.paragraphs[i + 1..]
            .iter()
            .all(|p| word_count(p.of(self.text)) < LONGEST_HEADING || self.shown(p.of(self.text)).is_some())
    }

    fn is_title(&self, line: &str) -> bool {
        !self.title.is_empty() && line.trim() == self.title
    }

    /// "Reuters/Jane Doe", "Jane Doe | AP", "Getty Images".
    fn is_credit(&self, line: &str) -> bool {
        let owned = line.strip_prefix('©').is_some_and(|name| !name.contains(|c: char| c.is_ascii_digit()));
        let line = line.trim_matches(['(', ')', '[', ']', ' ', '.']);
        if word_count(line) > 8 || owned {
            return owned && word_count(line) <= 8;
        }
        let parts: Vec<&str> = line.split(['/', '|']).map(str::trim).collect();
        let named = parts.iter().filter(|p| self.cues.is_agency(p)).count();
        named > 0 && parts.iter().all(|p| self.cues.is_agency(p) || is_name(p, self.lexicon))
    }

    /// A paragraph and the agencies in brackets behind its last stop: "... the ministry said. (Reuters)".
    fn without_credit(&self, span: Span) -> (Span, Option<Zone>) {
        let line = span.of(self.text);
        let Some(open) = line.strip_suffix(')').and_then(|l| l.rfind('(')).filter(|open| line.len() - open < 60) else {
            return (span, None);
        };
        let body = line[..open].trim_end();
        let mut agencies = line[open + 1..line.len() - 1].split(['/', ',']);
        if !ends_sentence(body) || !agencies.all(|name| self.cues.is_agency(name.trim())) {
            return (span, None);
        }
        let credit = Zone { span: Span::new(span.start + open, span.end), kind: ZoneKind::Credit };
        (Span::new(span.start, span.start + body.len()), Some(credit))
    }

    /// A line that is a date, with a time perhaps, and nothing else.
    fn is_bare_date(&self, line: &str) -> bool {
        let words: Vec<&str> = pieces(line).collect();
        let dated =
            words.iter().any(|w| self.lexicon.calendar(w.as_bytes()) == Some(Calendar::Month) || is_numeric_date(w));
        let number = words.iter().any(|w| w.starts_with(|c: char| c.is_ascii_digit()));
        dated && number && words.len() <= 12 && words.iter().all(|w| self.is_date_word(w))
    }

    /// "14:32", "14:32 GMT", as a live page puts over each entry.
    fn is_bare_time(&self, line: &str) -> bool {
        let (clock, zone) = line.split_once(' ').unwrap_or((line, ""));
        let (hour, minute) = clock.split_once([':', '.']).unwrap_or_default();
        let number = |digits: &str| (1..=2).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        number(hour) && number(minute) && minute.len() == 2 && zone.split_whitespace().all(|w| self.is_date_word(w))
    }

    fn is_date_word(&self, word: &str) -> bool {
        let capitals = word.len() <= 4 && word.bytes().all(|b| b.is_ascii_uppercase());
        let time = self.lexicon.is_unit(word.as_bytes()) || self.lexicon.abbreviation(word.as_bytes()).is_some();
        let small = self.lexicon.is_preposition(word.as_bytes());
        self.lexicon.calendar(word.as_bytes()).is_some()
            || word.starts_with(|c: char| c.is_ascii_digit()) && word.len() <= 10
            || capitals
            || time
            || small
    }

    /// "Published26 October 2020", "Updated 11:42 GMT", "Posted 3 hours ago": a date or time follows, no sentence.
    fn is_stamp(&self, line: &str) -> bool {
        let dated = line.split(|c: char| !c.is_alphabetic()).any(|w| self.lexicon.calendar(w.as_bytes()).is_some());
        let timed = line.contains(':') && line.contains(|c: char| c.is_ascii_digit())
            || line.split(' ').next_back().is_some_and(|w| self.lexicon.grammar().has(Closed::Ago, w));
        (dated || timed)
            && line.contains(|c: char| c.is_ascii_digit())
            && !(line.ends_with('.') && word_count(line) > 8)
    }

    /// The span of a heading without its marks: "## Who won?".
    fn without_mark(&self, span: Span, kind: ZoneKind) -> Span {
        let line = span.of(self.text);
        match kind {
            ZoneKind::Heading if line.trim_start_matches('#').starts_with(' ') => {
                Span::new(span.start + line.len() - line.trim_start_matches(['#', ' ']).len(), span.end)
            }
            _ => span,
        }
    }

    fn push_dateline(&self, span: Span, line: Dateline, found: &mut Zones) {
        let rest = Span::new(line.span.end, span.end);
        let blank = rest.of(self.text).len() - rest.of(self.text).trim_start().len();
        found.zones.push(Zone { span: line.span, kind: ZoneKind::Dateline });
        if rest.start + blank < rest.end {
            found.zones.push(Zone { span: Span::new(rest.start + blank, rest.end), kind: ZoneKind::Prose });
        }
        found.dateline = Some(line);
    }

    /// The dateline that opens a paragraph, if one does.
    fn dateline(&self, span: Span, kind: ZoneKind) -> Option<Dateline> {
        let line = span.of(self.text);
        let mut end = line.len().min(LONGEST_DATELINE);
        while !line.is_char_boundary(end) {
            end -= 1;
        }
        let found = DatelineReader { text: &line[..end], at: 0, lexicon: self.lexicon, cues: self.cues }.read()?;
        let rest = line[found.span.end..].trim();
        let alone = rest.is_empty() && kind == ZoneKind::Heading;
        let shift = |s: Span| Span::new(s.start + span.start, s.end + span.start);
        (alone || word_count(rest) >= 4).then(|| Dateline {
            span: shift(found.span),
            place: found.place.map(shift),
            agency: found.agency.map(shift),
            date: found.date.map(shift),
        })
    }
}

/// Reads `BAKU, Azerbaijan, Oct 4 (Reuters) -` from the start of a paragraph.
struct DatelineReader<'a> {
    text: &'a str,
    at: usize,
    lexicon: &'a Lexicon,
    cues: &'a Cues,
}

impl DatelineReader<'_> {
    fn read(mut self) -> Option<Dateline> {
        if self.text.starts_with('[') {
            return self.bracketed();
        }
        let place = self.place();
        let mut date = self.date();
        let agency = self.agency();
        let known = agency.is_some_and(|a| self.cues.is_agency(a.of(self.text)));
        let whole = place.is_some_and(|p| is_loud(p.of(self.text))) && date.is_some() && agency.is_some();
        let mut end = self.terminator(known || whole, agency.is_some())?;
        let (city, country) = place.map_or((false, false), |p| self.city(p));
        // "GEN. SMITH" is written like "ST. PETERSBURG".
        let titled = place.is_some_and(|p| p.of(self.text).contains(". ")) && !(city || country);
        let loud = place.is_some_and(|p| is_loud(p.of(self.text))) && !titled;
        let colon = self.text[..end].trim_end().ends_with(':');
        if date.is_none() {
            self.at = end;
            (date, end) = self.late_date().map_or((None, end), |(date, end)| (Some(date), end));
        }
        let sure = match (place, agency, date) {
            (_, Some(_), Some(_)) => true,
            (Some(_), Some(_), None) => known || loud,
            (Some(_), None, Some(_)) => !titled && (!colon || city),
            (Some(p), None, None) if colon => loud && city || self.are_cities(p),
            (Some(_), None, None) => loud || city && (country || self.begins(end)),
            (None, Some(_), _) => known,
            (None, None, _) => false,
        };
        sure.then_some(Dateline { span: Span::new(0, end), place, agency, date })
    }

    /// `[Kyiv, March 3, 2022]`, with nothing else in the brackets.
    fn bracketed(mut self) -> Option<Dateline> {
        self.at = 1;
        let (place, date) = (self.place()?, self.date()?);
        let end = self.at + 1;
        let numbered = date.of(self.text).contains(|c: char| c.is_ascii_digit());
        (numbered && self.rest().starts_with(']')).then_some(Dateline {
            span: Span::new(0, end),
            place: Some(place),
            agency: None,
            date: Some(date),
        })
    }

    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    /// Capitalized words with commas, slashes and hyphens between, up to a date, a bracket or a dash.
    fn place(&mut self) -> Option<Span> {
        let begin = self.at;
        let mut end = begin;
        let mut words = 0;
        while words < 8 {
            let stop = usize::from(self.is_abbreviated());
            let start = self.at + stop + self.skip(self.at + stop, &[' ', ',', '/']);
            let word = word_at(self.text, start);
            let agency = words > 0 && word.len() > 2 && self.text[..start].ends_with(", ") && self.cues.is_agency(word);
            if word.is_empty()
                || agency
                || self.is_calendar(word)
                || !(is_capitalized(word) || words > 0 && self.lexicon.is_particle(word))
            {
                break;
            }
            let slash = self.text[self.at..start].contains('/') && words == 0;
            if slash {
                break;
            }
            words += 1;
            self.at = start + word.len();
            if is_capitalized(word) {
                end = self.at;
            }
        }
        self.at = end;
        end += usize::from(self.is_abbreviated());
        self.at = end;
        (end > begin).then_some(Span::new(begin, end))
    }

    /// Whether the place so far ends in an abbreviation before its stop, as in "ST. PETERSBURG" and "WASHINGTON, D.C.".
    fn is_abbreviated(&self) -> bool {
        let word = self.text[..self.at].rsplit([' ', '/']).next().unwrap_or_default();
        let known = word.contains('.') || self.lexicon.abbreviation(word.as_bytes()).is_some();
        self.rest().starts_with('.') && known
    }

    /// Whether a place begins with a city that datelines name, and whether more of it follows a comma.
    fn city(&self, place: Span) -> (bool, bool) {
        let (city, country) = place.of(self.text).split_once(',').unwrap_or((place.of(self.text), ""));
        (self.cues.is_dateline_city(city), !country.is_empty())
    }

    /// "Bangkok/Phnom Penh:": several cities that datelines name.
    fn are_cities(&self, place: Span) -> bool {
        let mut cities = place.of(self.text).split('/');
        place.of(self.text).contains('/') && cities.all(|c| self.cues.is_dateline_city(c))
    }

    /// Whether a sentence begins behind the dash of "Kampala — Rebels seized a town", as none does in "Moscow - an old ally - sent" and
    /// "Baku – Yerevan talks".
    fn begins(&self, end: usize) -> bool {
        let rest = self.text[end..].trim_start();
        let dash = |mark: char| matches!(mark, '–' | '—' | '―');
        let parted = self.text[..end].contains(' ') && rest.len() < self.text[end..].len();
        let second = rest.contains(" - ") || rest.contains(dash);
        parted && is_capitalized(word_at(rest, 0)) && !second && !self.cues.is_dateline_city(word_at(rest, 0))
    }

    /// The date behind the dash, and where the dateline ends: "CAIRO - 12 October 2020: Egypt condemned".
    fn late_date(&mut self) -> Option<(Span, usize)> {
        let date = self.date()?;
        let colon = self.rest().starts_with(": ");
        colon.then_some((date, self.at + 1))
    }

    fn skip(&self, at: usize, marks: &[char]) -> usize {
        let rest = &self.text[at..];
        rest.len() - rest.trim_start_matches(marks).len()
    }

    fn is_calendar(&self, word: &str) -> bool {
        self.lexicon.calendar(word.as_bytes()).is_some()
    }

    /// ", Oct 4, 2020", ", 28 October", "| Monday".
    fn date(&mut self) -> Option<Span> {
        let start = self.at + self.skip(self.at, &[' ', ',', '|', '.']);
        let (mut at, mut end, mut named) = (start, start, false);
        for _ in 0..5 {
            let word = word_at(self.text, at);
            let number = word.trim_end_matches(|c: char| c.is_ascii_lowercase()); // "4th"
            let number = !number.is_empty() && number.len() <= 4 && number.bytes().all(|b| b.is_ascii_digit());
            if !(number || self.is_calendar(word)) {
                break;
            }
            named |= self.is_calendar(word);
            end = at + word.len();
            at = end + self.skip(end, &['.', ',', ' ']);
        }
        if !named {
            return None;
        }
        self.at = end;
        Some(Span::new(start, end))
    }

    /// "(Reuters)", "/TASS/", ", AZERTAC".
    fn agency(&mut self) -> Option<Span> {
        let start = self.at + self.skip(self.at, &[' ', '.', ',']);
        let open = self.text[start..].chars().next()?;
        let close = match open {
            '(' => ')',
            '/' => '/',
            '[' => ']',
            _ => return self.bare_agency(start),
        };
        let name = &self.text[start + 1..];
        let len = name.find(close)?;
        let words = name[..len].split_whitespace().count();
        let capital = name.starts_with(char::is_uppercase) || self.cues.is_agency(&name[..len]);
        let named = words > 0 && words <= 4 && capital;
        if !named {
            return None;
        }
        self.at = start + 1 + len + 1;
        Some(Span::new(start + 1, start + 1 + len))
    }

    /// An agency without brackets, after a place and date: "Baku, October 28, AZERTAC".
    fn bare_agency(&mut self, start: usize) -> Option<Span> {
        let word = word_at(self.text, start);
        if !self.cues.is_agency(word) {
            return None;
        }
        self.at = start + word.len();
        Some(Span::new(start, self.at))
    }

    /// The dash, colon or stop that ends it; after an agency that is known it may be missing before a new sentence.
    fn terminator(&mut self, known: bool, agency: bool) -> Option<usize> {
        let rest = self.rest();
        let blank = rest.len() - rest.trim_start().len();
        let body = &rest[blank..];
        let dash = body.len() - body.trim_start_matches(['-', '–', '—', '―', '_']).len();
        if dash > 0 && (blank > 0 || body[dash..].starts_with(' ') || !body.starts_with('-')) {
            return Some(self.at + blank + dash);
        }
        let mark = body.starts_with(':') || agency && body.starts_with('.');
        if mark && (body.len() == 1 || body[1..].starts_with([' ', '\n'])) {
            return Some(self.at + blank + 1);
        }
        // Without a mark only a new sentence shows where the dateline ends: "the National Army (GNA) captured" has none.
        let begins =
            body.starts_with(|c: char| c.is_uppercase() || c.is_numeric() || matches!(c, '"' | '“' | '‘' | '\''));
        (known && (body.is_empty() || begins)).then_some(self.at)
    }
}

/// A single line without a stop, and nothing else to read, is prose.
fn read_lone_line(kinds: &mut [ZoneKind]) {
    if !kinds.contains(&ZoneKind::Prose) && kinds.iter().filter(|k| **k == ZoneKind::Heading).count() == 1 {
        kinds.iter_mut().filter(|k| **k == ZoneKind::Heading).for_each(|k| *k = ZoneKind::Prose);
    }
}

/// Zones whose head alone on a line is followed by their items.
fn lists(kind: ZoneKind) -> bool {
    matches!(kind, ZoneKind::Related | ZoneKind::Tags)
}

/// No word at all, or the number of a picture.
fn is_separator(line: &str) -> bool {
    !line.contains(char::is_alphanumeric) || line.len() <= 2 && line.bytes().all(|b| b.is_ascii_digit())
}

/// The key words by which an agency files a story: "BC-SUDAN-FIGHTING (UPDATE 2)", "UKRAINE-CRISIS/".
fn is_slug(line: &str) -> bool {
    let (first, rest) = line.split_once(' ').unwrap_or((line, ""));
    let keys = first.split(['-', '/']).filter(|key| !key.is_empty()).count();
    let joined = keys > 2 || keys > 1 && first.ends_with('/');
    joined && is_upper(line) && word_count(rest) <= 3
}

/// "Read more on Sudan", as against a link: "Read more: Who is who".
fn is_short_label(line: &str) -> bool {
    word_count(line) <= 5 && !line.contains(':') && !ends_sentence(line)
}

fn is_upper(line: &str) -> bool {
    line.contains(char::is_uppercase) && !line.contains(char::is_lowercase)
}

fn word_count(line: &str) -> usize {
    line.split_whitespace().count()
}

/// Words without the marks around them.
fn pieces(line: &str) -> impl Iterator<Item = &str> {
    line.split(|c: char| c.is_whitespace() || matches!(c, ',' | '|' | '(' | ')' | '-' | '–' | '—' | '·' | '•'))
        .map(|w| w.trim_matches(['.', ':', ';', '*', '_']))
        .filter(|w| !w.is_empty())
}

/// "2020-10-26", "26/10/2020".
fn is_numeric_date(word: &str) -> bool {
    let groups: Vec<&str> = word.split(['/', '.']).collect();
    groups.len() == 3 && groups.iter().all(|g| (1..=4).contains(&g.len()) && g.bytes().all(|b| b.is_ascii_digit()))
}

/// A word of letters, with full stops, apostrophes and hyphens inside.
fn word_at(text: &str, at: usize) -> &str {
    let rest = &text[at..];
    let inner = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '-' | '.');
    let mut end = rest.find(|c| !inner(c)).unwrap_or(rest.len());
    if let Some(glued) = rest[..end].find("--") {
        end = glued;
    }
    rest[..end].trim_end_matches(['.', '-'])
}

fn is_capitalized(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// Whether a place is in capitals up to its country, as agencies write it; letters that nobody can pronounce are an acronym: "RSF".
fn is_loud(place: &str) -> bool {
    let city = place.split([',', '/']).next().unwrap_or_default();
    let word = if city.chars().any(char::is_lowercase) { word_at(city, 0) } else { city };
    let spoken = word.chars().any(|c| "AEIOUY".contains(c) || c.is_alphabetic() && !c.is_ascii());
    spoken && word.chars().filter(|c| c.is_alphabetic()).count() >= 3 && !word.chars().any(char::is_lowercase)
}

/// Two to five words with capitals, as people's names are.
fn is_name(words: &str, lexicon: &Lexicon) -> bool {
    let count = word_count(words);
    (1..=5).contains(&count)
        && words.split_whitespace().all(|w| is_capitalized(w) || lexicon.is_particle(w))
        && !words.contains(|c: char| c.is_ascii_digit())
}

/// "By Jane Doe and John Roe", "By Jane Doe, Defense Correspondent", "By JANE DOE in Baku".
fn is_byline(line: &str, lexicon: &Lexicon) -> bool {
    let Some((by, rest)) = line.split_once(' ') else { return false };
    if !lexicon.grammar().has(Closed::Byline, &by.to_lowercase()) {
        return false;
    }
    let words: Vec<&str> = pieces(rest).collect();
    let named = words.first().is_some_and(|w| is_capitalized(w) && lexicon.calendar(w.as_bytes()).is_none());
    let second = words.len() == 1 || words.get(1).is_some_and(|w| is_capitalized(w) || lexicon.is_particle(w));
    let name = rest.split([',', '|']).next().unwrap_or_default();
    let rest_named = pieces(name).all(|w| is_capitalized(w) || lexicon.is_particle(w));
    let role = word_count(&rest[name.len()..]) <= 7 && pieces(name).count() > 1;
    let rest_named = rest_named && (role || words.iter().all(|w| is_capitalized(w) || lexicon.is_particle(w)));
    named && second && rest_named && words.len() <= 14 && !line.ends_with(['.', '?', '!'])
}

/// Four or more short items with commas or bars between, no sentence: "Armenia, Azerbaijan, Russia, Nagorno-Karabakh".
/// At the article's end capitals may be mixed.
fn is_tag_list(line: &str, tail: bool, lexicon: &Lexicon) -> bool {
    let bars = line.matches('|').count();
    let items: Vec<&str> = line.split(if bars > 1 { '|' } else { ',' }).map(str::trim).collect();
    let joined =
        |i: &str| i.split_once(' ').is_some_and(|(first, _)| lexicon.grammar().has(Closed::Coordinator, first));
    let short = items.iter().all(|i| (1..=4).contains(&word_count(i)) && !joined(i));
    let capitals = items.iter().filter(|i| is_capitalized(i)).count();
    items.len() >= 4
        && short
        && (capitals == items.len() || capitals == 0 || tail)
        && !line.ends_with(['.', '?', '!', ';', ':'])
}

/// A line that begins like a title and does not end like a sentence.
fn is_heading(line: &str) -> bool {
    let end = line.trim_end_matches(['"', '”', '’', '\'', ')', ']']);
    let open = !end.ends_with(['.', '!', ';', ',', ':', '…', '-', '–', '—']);
    let question = end.ends_with('?') && (word_count(line) > 12 || holds_stop(line));
    let start = line.trim_start_matches(['"', '“', '‘', '\'', '(', '[', ' ']);
    open && !question && !start.starts_with(char::is_lowercase) && !is_list_item(line)
}

fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '”', '’', '\'', ')', ']']).ends_with(['.', '!', '?'])
}

/// Whether a sentence ends within: a stop after a word too long for an abbreviation, then a capital.
fn holds_stop(line: &str) -> bool {
    line.match_indices(". ").any(|(at, _)| {
        let word = line[..at].rsplit(' ').next().unwrap_or_default();
        word.len() > 3 && word.ends_with(char::is_lowercase) && line[at + 2..].starts_with(char::is_uppercase)
    })
}

/// "b) the 1st Brigade", "(iv) losses", "3. Losses".
fn is_numbered(line: &str) -> bool {
    let body = line.strip_prefix('(').unwrap_or(line);
    let label = body.bytes().take(4).take_while(u8::is_ascii_alphanumeric).count();
    let digits = body[..label].bytes().all(|b| b.is_ascii_digit());
    let mark = body[label..].starts_with(')') || digits && body[label..].starts_with('.');
    (1..=3).contains(&label) && mark && body[label + 1..].starts_with(' ')
}

fn is_list_item(line: &str) -> bool {
    line.starts_with(['•', '-', '–', '—', '*', '·'])
}

/// The paragraphs of a text without the blanks around them: lines, or the lines that a wrapped paragraph was broken into.
fn paragraphs(text: &str, cues: &Cues) -> Vec<Span> {
    let lines = lines(text);
    let width = wrapping_width(text, &lines);
    let mut found: Vec<Span> = Vec::new();
    let mut last: Option<Span> = None;
    for &line in &lines {
        if line.start == line.end {
            last = None;
            continue;
        }
        match (last, found.last_mut()) {
            (Some(before), Some(paragraph))
                if goes_on(text, before, line, width) && (width.is_some() || cues.of_line(line.of(text)).is_none()) =>
            {
                paragraph.end = line.end;
            }
            _ => found.push(line),
        }
        last = Some(line);
    }
    found
}

/// Trimmed lines, empty ones among them.
fn lines(text: &str) -> Vec<Span> {
    let mut lines = Vec::new();
    let mut at = 0;
    for ended in text.as_bytes().split_inclusive(|&b| b == b'\n' || b == b'\r') {
        let end = at + ended.len();
        let line = &text[at..end]; // both ends lie beside an ASCII byte
        let body = line.trim_matches(is_margin);
        let start = end - line.trim_start_matches(is_margin).len();
        // A carriage return with its line feed is one end, not an empty line between.
        if !(line == "\n" && text[..at].ends_with('\r')) {
            lines.push(Span::new(start.min(end), start.min(end) + body.len()));
        }
        at = end;
    }
    lines
}

/// What stands around a line and belongs to none: blanks, controls, a byte order mark.
fn is_margin(c: char) -> bool {
    c.is_whitespace() || c.is_control() || c == '\u{FEFF}'
}

/// The width that the text was wrapped to, if it was: then most lines are as full as the next word allowed.
fn wrapping_width(text: &str, lines: &[Span]) -> Option<usize> {
    let width = lines.iter().map(|l| l.end - l.start).max()?;
    if !(30..=140).contains(&width) {
        return None;
    }
    let pairs = lines.windows(2).filter(|w| w[0].end > w[0].start && w[1].end > w[1].start);
    let (full, all) =
        pairs.fold((0, 0), |(full, all), w| (full + usize::from(is_full(text, w[0], w[1], width)), all + 1));
    (all >= 2 && full * 10 >= all * 6).then_some(width)
}

/// Whether the first word of the next line would not have fitted.
fn is_full(text: &str, line: Span, next: Span, width: usize) -> bool {
    let word = next.of(text).split_whitespace().next().unwrap_or_default().len();
    line.end - line.start + 1 + word > width.saturating_sub(3)
}

/// Whether a line goes on with the paragraph of the line before it.
fn goes_on(text: &str, before: Span, line: Span, width: Option<usize>) -> bool {
    let (last, next) = (before.of(text), line.of(text));
    if is_list_item(next) || is_numbered(next) || next.starts_with('#') {
        return false;
    }
    let broken = !last.ends_with(['.', '!', '?', ':', '"', '”', '…']) && next.starts_with(char::is_lowercase);
    match width {
        Some(width) => is_full(text, before, line, width) || broken && last.len() * 2 > width,
        None => broken && last.len() >= 40 && next.len() >= 20,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(zones: &Zones, line: Span) -> String {
        let inside = zones.zones.iter().filter(|z| z.span.overlaps(line));
        inside.map(|z| z.kind.as_str()).collect::<Vec<_>>().join("+")
    }

    #[test]
    fn cases() {
        for case in include_str!("../../tests/text/zones.txt").split("----\n") {
            let rows: Vec<(&str, &str)> = case.lines().map(|l| l.split_once('\t').unwrap_or_default()).collect();
            let text = rows.iter().map(|r| format!("{}\n", r.1)).collect::<String>();
            let zones = find_zones(&Article::new("a", &text), Lexicon::builtin(), Cues::builtin());
            let mut at = 0;
            for (expected, line) in rows {
                let span = Span::new(at, at + line.len());
                at += line.len() + 1;
                assert_eq!(kinds(&zones, span), expected, "{line}\nin\n{text}");
            }
        }
    }

    #[test]
    fn datelines_say_where_who_and_when() {
        let say = |text: &str| {
            let article = Article::new("a", text);
            let found = find_zones(&article, Lexicon::builtin(), Cues::builtin()).dateline.unwrap_or_default();
            [found.place, found.agency, found.date].map(|s| s.map_or("-", |s| s.of(text)).to_owned()).join(" | ")
        };
        let rest = "The leaders met on Friday.";
        assert_eq!(say(&format!("BAKU, Azerbaijan, Oct 4 (Reuters) - {rest}")), "BAKU, Azerbaijan | Reuters | Oct 4");
        assert_eq!(say(&format!("MOSCOW, November 10. /TASS/. {rest}")), "MOSCOW | TASS | November 10");
        assert_eq!(say(&format!("Baku, 28 October, AZERTAC – {rest}")), "Baku | AZERTAC | 28 October");
        assert_eq!(say(&format!("ST. PETERSBURG, Russia (AP) _ {rest}")), "ST. PETERSBURG, Russia | AP | -");
        assert_eq!(say(&format!("FT. BRAGG, N.C. (AP) — {rest}")), "FT. BRAGG, N.C. | AP | -");
        assert_eq!(say(&format!("WASHINGTON, D.C. — {rest}")), "WASHINGTON, D.C. | - | -");
        assert_eq!(say(&format!("MT. PLEASANT, Mich. — {rest}")), "MT. PLEASANT, Mich. | - | -");
        assert_eq!(say(&format!("[Odesa, June 3, 2022] {rest}")), "Odesa | - | June 3, 2022");
        assert_eq!(say(&format!("Lviv. 2 May. INTERFAX-UKRAINE – {rest}")), "Lviv | INTERFAX-UKRAINE | 2 May");
        assert_eq!(say(&format!("BERLIN (dpa) - {rest}")), "BERLIN | dpa | -");
        assert_eq!(say(&format!("Damascus, SANA- {rest}")), "Damascus | SANA | -");
        assert_eq!(say(&format!("CAIRO - 12 October 2020: {rest}")), "CAIRO | - | 12 October 2020");
        assert_eq!(say(&format!("London, UK – {rest}")), "London, UK | - | -");
        assert_eq!(say(&format!("ISLAMABAD: {rest}")), "ISLAMABAD | - | -");
        assert_eq!(say(&format!("Bangkok/Phnom Penh: {rest}")), "Bangkok/Phnom Penh | - | -");
        assert_eq!(say(&format!("SAINT-LOUIS, Senegal (AP) — {rest}")), "SAINT-LOUIS, Senegal | AP | -");
    }

    #[test]
    fn what_looks_like_a_dateline_is_prose() {
        for start in [
            "TRUMP: ",
            "NATO: ",
            "Rome: ",
            "GEN. SMITH — ",
            "Gen. Smith, June 5 - ",
            "On Oct. 7 (Saturday) ",
            "[Smith, June] - ",
            "RSF - ",
        ] {
            let text = format!("{start}The officer said so to the men on Monday.");
            let zones = find_zones(&Article::new("a", &text), Lexicon::builtin(), Cues::builtin());
            assert_eq!(zones.dateline, None, "{text}");
        }
    }

    #[test]
    fn wrapped_lines_are_one_paragraph() {
        let text = "The army said on Monday that its men had\nleft the village near the \
         river and that\nnobody was hurt in the fighting there.\n\nYerevan denied it.";
        let zones = find_zones(&Article::new("a", text), Lexicon::builtin(), Cues::builtin()).zones;
        assert_eq!(zones.len(), 2);
    }
}
