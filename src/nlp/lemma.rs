//! Dictionary forms, by rules learned from the treebanks (`seeds/model/lemmas.tsv`): a whole word or the longest ending
//! that fits its tag decides. It looks at one word at a time.

use crate::error::{Error, Result};
use crate::vocab::Xpos;
use std::borrow::Cow;

/// The longest ending a rule may have, in letters.
const LONGEST: usize = 7;
/// The header that `lemmas.tsv` must have.
const HEADER: &str = "tag\tpattern\tlemma or strip\tadd";

/// The rules, sorted as the file is, so that nothing has to be built when the program starts.
#[derive(Debug, Clone)]
pub struct Lemmatizer {
    text: Cow<'static, str>,
    /// Where each rule begins and ends.
    rules: Vec<(u32, u32)>,
}

impl Lemmatizer {
    /// The rules in the program.
    pub fn builtin() -> Result<Lemmatizer> {
        Lemmatizer::parse("model/lemmas.tsv", Cow::Borrowed(include_str!("../../seeds/model/lemmas.tsv")))
    }

    /// The rules of a file: header, columns and order are checked.
    pub fn parse(file: &str, text: Cow<'static, str>) -> Result<Lemmatizer> {
        let mut rules: Vec<(u32, u32)> = Vec::new();
        let (mut at, mut header) = (0, false);
        for (number, line) in text.split_inclusive('\n').enumerate() {
            let start = at;
            at += line.len();
            let line = line.trim_end_matches(['\n', '\r']);
            if line.is_empty() || line.starts_with('#') && !line.starts_with("#\t") {
                continue;
            }
            if !header {
                check(line == HEADER, file, number, || format!("the first line must be {HEADER:?}"))?;
                header = true;
                continue;
            }
            check(line.matches('\t').count() >= 2, file, number, || {
                "a tag, a pattern and a lemma are needed".to_owned()
            })?;
            let previous = rules.last().map(|&(a, b)| key(&text[a as usize..b as usize]));
            check(previous.is_none_or(|p| p < key(line)), file, number, || "rules must be sorted by bytes".to_owned())?;
            rules.push((start as u32, (start + line.len()) as u32));
        }
        Ok(Lemmatizer { text, rules })
    }

    /// The dictionary form of a word with that tag. A word that no rule knows is its own, in lower case unless a name.
    pub fn lemma(&self, form: &str, tag: Xpos) -> Box<str> {
        let cased = matches!(tag, Xpos::Nnp | Xpos::Nnps | Xpos::Fw | Xpos::Add | Xpos::Gw | Xpos::Xx);
        let base = if cased { Cow::Borrowed(form) } else { Cow::Owned(form.to_lowercase()) };
        if let Some(rest) = self.find(tag, "=", &base) {
            return Box::from(rest);
        }
        let mut ends: Vec<usize> = base.char_indices().rev().map(|(i, _)| i).take(LONGEST).collect();
        ends.insert(0, base.len());
        for &from in ends.iter().rev() {
            if let Some((strip, add)) = self.find(tag, "", &base[from..]).and_then(script)
                && let Some(kept) = without_last(&base, strip)
            {
                return format!("{kept}{add}").into_boxed_str();
            }
        }
        base.into()
    }

    /// The dictionary form of a past tense that a rule for the whole word gives; the form is in lower case.
    pub fn irregular_past(&self, form: &str) -> Option<&str> {
        self.find(Xpos::Vbd, "=", form)
    }

    /// What stands after the pattern `mark` + `word` of that tag.
    fn find(&self, tag: Xpos, mark: &str, word: &str) -> Option<&str> {
        let tag = tag.as_str();
        let rule = |i: usize| {
            let (a, b) = self.rules[i];
            &self.text[a as usize..b as usize]
        };
        let wanted = || tag.bytes().chain([b'\t']).chain(mark.bytes()).chain(word.bytes());
        let (mut low, mut high) = (0, self.rules.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            match key(rule(middle)).bytes().cmp(wanted()) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => {
                    return Some(rule(middle)[key(rule(middle)).len()..].trim_start_matches('\t'));
                }
            }
        }
        None
    }
}

fn check(good: bool, file: &str, line: usize, message: impl FnOnce() -> String) -> Result<()> {
    if good { Ok(()) } else { Err(Error::syntax(file, line + 1, message())) }
}

/// Tag and pattern of a rule.
fn key(line: &str) -> &str {
    let end = line.match_indices('\t').nth(1).map_or(line.len(), |(i, _)| i);
    &line[..end]
}

/// Letters to strip and letters to add.
fn script(rest: &str) -> Option<(usize, &str)> {
    let (strip, add) = rest.split_once('\t').unwrap_or((rest, ""));
    Some((strip.parse().ok()?, add))
}

fn without_last(word: &str, letters: usize) -> Option<&str> {
    match letters {
        0 => Some(word),
        n => word.char_indices().rev().nth(n - 1).map(|(i, _)| &word[..i]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_by_their_tags() {
        let lemmas = Lemmatizer::builtin().unwrap();
        let cases = [
            ("said", Xpos::Vbd, "say"),
            ("Forces", Xpos::Nns, "force"),
            ("shelled", Xpos::Vbd, "shell"),
            ("firing", Xpos::Vbg, "fire"),
            ("was", Xpos::Vbd, "be"),
            ("n't", Xpos::Rb, "not"),
            ("cities", Xpos::Nns, "city"),
            ("denies", Xpos::Vbz, "deny"),
            ("Baku", Xpos::Nnp, "Baku"),
            ("Armenian", Xpos::Jj, "Armenian"),
            ("men", Xpos::Nns, "man"),
            ("The", Xpos::Dt, "the"),
            ("ran", Xpos::Vbd, "run"),
            ("worst", Xpos::Jjs, "bad"),
            ("", Xpos::Nn, ""),
            ("ß", Xpos::Vbd, "ß"),
        ];
        for (form, tag, want) in cases {
            assert_eq!(&*lemmas.lemma(form, tag), want, "{form}/{tag}");
        }
    }

    #[test]
    fn files_are_checked() {
        let error = |text: &'static str| Lemmatizer::parse("x.tsv", Cow::Borrowed(text)).unwrap_err().to_string();
        assert!(error("tag\tpattern\n").starts_with("x.tsv:1: the first line"));
        assert!(error("tag\tpattern\tlemma or strip\tadd\nNN\ts\n").starts_with("x.tsv:2: a tag"));
        assert!(error("tag\tpattern\tlemma or strip\tadd\nNN\tb\t1\nNN\ta\t1\n").starts_with("x.tsv:3: rules must"));
    }
}
