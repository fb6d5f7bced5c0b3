//! Counts in a document: "at least 21", "dozens", "between 10 and 20", as intervals, with the noun that they count.
//!
//! Left out: money, percentages, ordinals, measures glued to a noun ("12-vehicle"), numbers that are names ("Resolution
//! 1701", "T-72"), and whatever [`super::time`] has claimed. "A woman" is no count.

mod lexicon;

pub use lexicon::QuantityLexicon;

use super::time::TimeMention;
use crate::model::{Document, Number, Token, TokenRange};
use crate::vocab::{Deprel, Upos};
use lexicon::{Bound, Phrase, Sense};

/// A count: how many at least and at most, and of what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity {
    /// The words: "at least 21".
    pub tokens: TokenRange,
    /// The token of the words by which the parse refers to them.
    pub head: usize,
    /// At least so many.
    pub min: Option<u64>,
    /// At most so many.
    pub max: Option<u64>,
    /// Whether the number is said as exact: "some 30" has both ends the same but is not.
    pub exact: bool,
    /// The noun that is counted: "civilians"; none where it is left out, as in "more than 40 injured".
    pub noun: Option<usize>,
}

/// The counts of a document, in order, apart from the words of `times`; linear in its length.
pub fn find(document: &Document, lexicon: &QuantityLexicon, times: &[TimeMention]) -> Vec<Quantity> {
    let mut quantities = Vec::new();
    let mut times = times.iter().map(|time| time.tokens).peekable();
    for sentence in &document.sentences {
        let reader = Reader::new(document, lexicon, sentence.tokens);
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            while times.next_if(|time| time.end <= at).is_some() {}
            let Some(said) = reader.said(at) else {
                at += 1;
                continue;
            };
            let tokens = TokenRange::new(at, said.end);
            match times.peek().filter(|time| time.overlaps(tokens)) {
                Some(time) => at = time.end.max(at + 1),
                None => {
                    quantities.extend(reader.quantity(tokens, said));
                    at = said.end;
                }
            }
        }
    }
    quantities
}

/// A number as it is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Said {
    /// The token after it.
    end: usize,
    min: Option<u64>,
    max: Option<u64>,
    exact: bool,
}

impl Said {
    fn exactly(end: usize, value: u64) -> Said {
        Said { end, min: Some(value), max: Some(value), exact: true }
    }

    fn at_least(end: usize, value: u64) -> Said {
        Said { end, min: Some(value), max: None, exact: false }
    }

    fn bounded(self, bound: Bound) -> Said {
        match bound {
            Bound::AtLeast => Said { max: None, exact: false, ..self },
            // Of "up to dozens" neither end is known.
            Bound::AtMost => Said { min: None, exact: false, ..self },
            Bound::About => Said { exact: false, ..self },
            Bound::Exactly => self,
        }
    }

    fn times(self, factor: u64) -> Option<Said> {
        let multiply =
            |value: Option<u64>| value.map(|value| value.checked_mul(factor)).map_or(Some(None), |v| v.map(Some));
        Some(Said { min: multiply(self.min)?, max: multiply(self.max)?, ..self })
    }
}

/// Reads a sentence.
struct Reader<'a> {
    document: &'a Document,
    lexicon: &'a QuantityLexicon,
    tokens: TokenRange,
    /// For each token the phrases that begin with its word.
    phrases: Vec<&'a [Phrase]>,
    /// Whether the sentence has a parse.
    parsed: bool,
}

impl<'a> Reader<'a> {
    fn new(document: &'a Document, lexicon: &'a QuantityLexicon, tokens: TokenRange) -> Reader<'a> {
        let lookup = |token| lexicon.phrases(document.word(token));
        let phrases = tokens.range().map(lookup).collect();
        let parsed = tokens.range().any(|token| document.tokens[token].head.is_some());
        Reader { document, lexicon, tokens, phrases, parsed }
    }

    // ── what is said ────────────────────

    /// "at least some 30", "between 10 and 20", "40 or more".
    fn said(&self, at: usize) -> Option<Said> {
        let bound = self.pick(at, |sense| if let Sense::Bound(bound) = sense { Some(bound) } else { None });
        if let Some((next, bound)) = bound {
            return Some(self.said(next)?.bounded(bound));
        }
        let said = self.range(at).or_else(|| self.number(at)).or_else(|| self.none(at))?;
        match self.pick(said.end, |sense| if let Sense::After(bound) = sense { Some(bound) } else { None }) {
            Some((end, bound)) => Some(Said { end, ..said }.bounded(bound)),
            None => Some(said),
        }
    }

    /// "between 10 and 20", "10 to 20", "two or three".
    fn range(&self, at: usize) -> Option<Said> {
        if let Some(said) = self.glued_range(self.is(at, Sense::Between).unwrap_or(at)) {
            return Some(said);
        }
        let between = self.is(at, Sense::Between);
        let low = self.number(between.unwrap_or(at)).filter(|low| low.exact)?;
        let joint = self.is(low.end, Sense::To).or_else(|| between.and_then(|_| self.is(low.end, Sense::And)))?;
        let high = self.number(joint).filter(|high| high.exact)?;
        // "1 to 2 million"
        let scale = self.pick(high.end - 1, |sense| if let Sense::Scale(scale) = sense { Some(scale) } else { None });
        let shared = scale.filter(|(_, scale)| high.end - joint > 1 && low.max < Some(*scale) && *scale >= 1000);
        let low = shared.map_or(Some(low), |(_, scale)| low.times(scale))?;
        (low.min < high.max).then_some(Said { end: high.end, min: low.min, max: high.max, exact: false })
    }

    /// "400-500" in one token.
    fn glued_range(&self, at: usize) -> Option<Said> {
        let (low, high) = self.word(at)?.split_once(['-', '–'])?;
        let whole = |text: &str| parse_decimal(text).filter(|(_, decimals)| *decimals == 0).map(|(value, _)| value);
        let (low, high) = (whole(low)?, whole(high)?);
        (low < high).then_some(Said { end: at + 1, min: Some(low), max: Some(high), exact: false })
    }

    fn number(&self, at: usize) -> Option<Said> {
        self.vague(at)
            .or_else(|| self.plural(at))
            .or_else(|| self.part(at))
            .or_else(|| self.digits(at))
            .or_else(|| self.words(at))
    }

    /// "several", "a few hundred".
    fn vague(&self, at: usize) -> Option<Said> {
        let (end, value) = self.pick(at, |sense| if let Sense::Vague(value) = sense { Some(value) } else { None })?;
        self.scaled(Said::at_least(end, value))
    }

    /// "dozens", "hundreds of thousands": at least two of each.
    fn plural(&self, at: usize) -> Option<Said> {
        let scale = |at| self.pick(at, |sense| if let Sense::Plural(scale) = sense { Some(scale) } else { None });
        let (mut end, first) = scale(at)?;
        let mut value = first.checked_mul(2)?;
        while let Some((next, more)) = self.is(end, Sense::Of).and_then(scale) {
            (end, value) = (next, value.checked_mul(more)?);
        }
        Some(Said::at_least(end, value))
    }

    /// "a dozen", "half a million".
    fn part(&self, at: usize) -> Option<Said> {
        let half = self.is(at, Sense::Half);
        let article = self.is(half.unwrap_or(at), Sense::Article);
        let next = article.or(half)?;
        let (end, scale) = self.pick(next, |sense| if let Sense::Scale(scale) = sense { Some(scale) } else { None })?;
        self.scaled(Said::exactly(end, if half.is_some() { scale / 2 } else { scale }))
    }

    /// "21", "1,500", "1.5 million", "300k", "40+".
    fn digits(&self, at: usize) -> Option<Said> {
        let word = self.word(at).filter(|word| word.starts_with(|c: char| c.is_ascii_digit()))?;
        let length = word.find(|c: char| !(c.is_ascii_digit() || c == ',' || c == '.')).unwrap_or(word.len());
        let (number, suffix) = word.split_at(length);
        let (mantissa, decimals) = parse_decimal(number)?;
        let plain = Said::exactly(at + 1, mantissa);
        let said = match suffix {
            "" => self.scaled(plain)?,
            "+" => plain.bounded(Bound::AtLeast),
            _ => plain.times(self.suffix(suffix)?)?,
        };
        divide(said, decimals)
    }

    /// What the letters glued to a number multiply it by.
    fn suffix(&self, letters: &str) -> Option<u64> {
        self.lexicon
            .phrases(letters)
            .iter()
            .find_map(|phrase| if let Sense::Suffix(scale) = phrase.sense { Some(scale) } else { None })
    }

    /// "twenty-one", "two dozen", "one hundred and twenty".
    fn words(&self, at: usize) -> Option<Said> {
        let (mut total, mut current, mut end, mut scaled) = (0u64, 0u64, at, false);
        loop {
            if let Some(value) =
                self.number_word(end).filter(|value| current % 10 == 0 && (current % 100 == 0 || *value < 10))
            {
                current += value;
                end += 1;
            } else if let Some((next, scale)) = self.scale(end) {
                (current, scaled, end) = (current.max(1).checked_mul(scale)?, true, next);
                if scale >= 1000 {
                    (total, current) = (total.checked_add(current)?, 0);
                }
            } else if let Some(next) =
                self.is(end, Sense::And).filter(|next| scaled && self.number_word(*next).is_some())
            {
                end = next;
            } else if end > at
                && self.word(end) == Some("-")
                && self.number_word(end + 1).is_some_and(|v| v < 10 && current % 10 == 0)
            {
                end += 1;
            } else {
                break;
            }
        }
        (end > at).then(|| Said::exactly(end, total + current))
    }

    /// "no" before a noun.
    fn none(&self, at: usize) -> Option<Said> {
        let end = self.is(at, Sense::None)?;
        let is_noun = |token: usize| matches!(self.document.tokens[token].upos, Upos::Noun | Upos::Adj);
        (end < self.tokens.end && is_noun(end)).then(|| Said::exactly(end, 0))
    }

    fn scaled(&self, said: Said) -> Option<Said> {
        match self.scale(said.end) {
            Some((end, scale)) => Said { end, ..said }.times(scale),
            None => Some(said),
        }
    }

    // ── words ────────────────────

    fn word(&self, at: usize) -> Option<&str> {
        self.tokens.contains(at).then(|| self.document.word(at))
    }

    /// The longest phrase there with a sense that `pick` knows, and the token after it.
    fn pick<T>(&self, at: usize, pick: impl Fn(Sense) -> Option<T>) -> Option<(usize, T)> {
        let phrases = self.phrases.get(at.checked_sub(self.tokens.start)?)?;
        phrases.iter().find_map(|phrase| {
            let end = at + 1 + phrase.rest.len();
            let follows = |(i, word)| self.word(at + 1 + i).is_some_and(|w| w.eq_ignore_ascii_case(word));
            let value = pick(phrase.sense)?;
            phrase.rest.iter().map(|word| &**word).enumerate().all(follows).then_some((end, value))
        })
    }

    /// The token after a phrase of that sense.
    fn is(&self, at: usize, sense: Sense) -> Option<usize> {
        self.pick(at, |found| (found == sense).then_some(())).map(|(end, ())| end)
    }

    fn scale(&self, at: usize) -> Option<(usize, u64)> {
        self.pick(at, |sense| if let Sense::Scale(scale) = sense { Some(scale) } else { None })
    }

    fn number_word(&self, at: usize) -> Option<u64> {
        let whole = self.pick(at, |sense| if let Sense::Number(value) = sense { Some(value) } else { None });
        whole.map(|(_, value)| value).or_else(|| {
            let (tens, ones) = self.word(at)?.split_once('-')?;
            Some(self.lexicon.number(tens)? + self.lexicon.number(ones).filter(|ones| *ones < 10)?)
        })
    }

    // ── what is counted ────────────────────

    fn quantity(&self, tokens: TokenRange, said: Said) -> Option<Quantity> {
        if self.is_money_or_share(tokens) || self.is_glued(tokens) || self.is_within_name(tokens) {
            return None;
        }
        let head = self.head(tokens);
        let noun = self.noun(tokens, head);
        // "no", "one another", "a half" count only a noun.
        let is_small = said.max.is_some_and(|max| max <= 1) && said.exact;
        if self.is_year(tokens, noun) || (noun.is_none() && (is_small || self.is_label(tokens, head))) {
            return None;
        }
        Some(Quantity { tokens, head, min: said.min, max: said.max, exact: said.exact, noun })
    }

    fn token(&self, at: usize) -> Option<&Token> {
        self.tokens.contains(at).then(|| &self.document.tokens[at])
    }

    /// "$5 million", "40 percent", "40%".
    fn is_money_or_share(&self, tokens: TokenRange) -> bool {
        let before = tokens.start.checked_sub(1);
        let after = self.is(tokens.end, Sense::Of).unwrap_or(tokens.end);
        before.is_some_and(|before| self.is(before, Sense::Currency).is_some())
            || self.is(after, Sense::NotCounted).is_some()
    }

    /// Part of a longer word: "T-72", "12-vehicle", "9mm".
    fn is_glued(&self, tokens: TokenRange) -> bool {
        let touches = |left: usize, right: usize| match (self.token(left), self.token(right)) {
            (Some(left), Some(right)) => left.span.end == right.span.start,
            _ => false,
        };
        let is_joint = |at: usize| self.word(at).is_some_and(|word| matches!(word, "-" | "–" | "/" | ":" | "."));
        let before = tokens.start > 1 && is_joint(tokens.start - 1) && touches(tokens.start - 1, tokens.start);
        let after = is_joint(tokens.end) && touches(tokens.end - 1, tokens.end) && touches(tokens.end, tokens.end + 1);
        let is_opening = before && !touches(tokens.start - 2, tokens.start - 1);
        (before && !is_opening) || after
    }

    fn is_within_name(&self, tokens: TokenRange) -> bool {
        let names = &self.document.names;
        let first = names.partition_point(|name| name.tokens.end <= tokens.start);
        names[first..]
            .iter()
            .take_while(|name| name.tokens.start < tokens.end)
            .any(|name| name.tokens.contains(tokens.end - 1))
    }

    /// "in 2008 and 2012", "that 2013 report": a count so written would have a comma, or a plural noun after it.
    fn is_year(&self, tokens: TokenRange, noun: Option<usize>) -> bool {
        let year = |word: &str| word.len() == 4 && word.parse().is_ok_and(|year: u16| (1900..2100).contains(&year));
        let is_plural = noun.is_some_and(|noun| self.document.tokens[noun].morph.number == Some(Number::Plural));
        let is_described =
            tokens.start > self.tokens.start && self.document.tokens[tokens.start - 1].deprel == Deprel::Det;
        tokens.len() == 1 && (is_described || !is_plural) && self.word(tokens.start).is_some_and(year)
    }

    /// "Resolution 1701", "Article 5": the number of a thing.
    fn is_label(&self, tokens: TokenRange, head: usize) -> bool {
        if tokens.start == self.tokens.start {
            return false;
        }
        let before = tokens.start - 1;
        let named =
            self.word(before).is_some_and(|word| word.starts_with(char::is_uppercase)) && before > self.tokens.start;
        let noun = matches!(self.document.tokens[before].upos, Upos::Propn | Upos::Noun);
        (named || noun) && (!self.parsed || self.document.tokens[head].head == Some(before))
    }

    /// The token that hangs on something outside the words; the last, since that is the number.
    fn head(&self, tokens: TokenRange) -> usize {
        let hangs_outside =
            |token: &usize| !self.document.tokens[*token].head.is_some_and(|head| tokens.contains(head));
        tokens.range().rev().find(hangs_outside).unwrap_or(tokens.end - 1)
    }

    fn noun(&self, tokens: TokenRange, head: usize) -> Option<usize> {
        if !self.parsed {
            return self.noun_after(tokens.end);
        }
        let counted = self.document.tokens[head].head.filter(|noun| *noun >= tokens.end && self.is_nominal(*noun));
        let modifies =
            matches!(self.document.tokens[head].deprel, Deprel::Nummod | Deprel::Det | Deprel::Amod | Deprel::Compound);
        counted.filter(|_| modifies).or_else(|| self.noun_of(tokens, head))
    }

    /// "soldiers" of "dozens of soldiers", "21 of the soldiers".
    fn noun_of(&self, tokens: TokenRange, head: usize) -> Option<usize> {
        const FAR: usize = 10;
        let of = self.is(tokens.end, Sense::Of)?;
        let last = self.tokens.end.min(of + FAR);
        (of..last).find(|token| self.document.tokens[*token].head == Some(head) && self.is_nominal(*token))
    }

    /// Without a parse: the last noun of the first run of nouns, past adjectives.
    fn noun_after(&self, at: usize) -> Option<usize> {
        const FAR: usize = 6;
        let start = self.is(at, Sense::Of).unwrap_or(at);
        let last = self.tokens.end.min(start + FAR);
        let is_before_noun =
            |token: &usize| matches!(self.document.tokens[*token].upos, Upos::Adj | Upos::Det | Upos::Propn);
        let first = (start..last)
            .take_while(|token| is_before_noun(token) || self.is_nominal(*token))
            .find(|t| self.is_nominal(*t))?;
        (first..last).take_while(|token| self.is_nominal(*token)).last()
    }

    fn is_nominal(&self, at: usize) -> bool {
        matches!(self.document.tokens[at].upos, Upos::Noun | Upos::Propn)
    }
}

/// The digits of "1,500" or "1.5" as a whole number, and how many of them stand after the point.
fn parse_decimal(text: &str) -> Option<(u64, u32)> {
    const MOST_DIGITS: usize = 15;
    let text = text.trim_end_matches(['.', ',']);
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let mut groups = whole.split(',');
    let mut digits = groups.next()?.to_owned();
    for group in groups {
        if group.len() != 3 {
            return None;
        }
        digits.push_str(group);
    }
    digits.push_str(fraction);
    (digits.len() <= MOST_DIGITS).then_some((digits.parse().ok()?, fraction.len() as u32))
}

/// Moves the decimal point back; a count has no fraction.
fn divide(said: Said, decimals: u32) -> Option<Said> {
    let divisor = 10u64.checked_pow(decimals)?;
    let divided = |value: Option<u64>| value.map_or(Some(None), |v| (v % divisor == 0).then_some(Some(v / divisor)));
    Some(Said { min: divided(said.min)?, max: divided(said.max)?, ..said })
}

#[cfg(test)]
pub(super) mod tests;
