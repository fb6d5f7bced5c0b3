//! The model that reads sentences: tagger, parser, recognizer of names and lemmatizer, loaded from one file.
//!
//! Sentences longer than a cap are read in windows; the analysis says where they begin. Text never makes it fail.

use super::lemma::Lemmatizer;
use super::names::{FoundName, Recognizer};
use super::network::{Encoder, FormStore, Input, Weights};
use super::parser::{Parser, Tree};
use super::tagger::{Tagger, morph, passive};
use crate::error::{Error, Result};
use crate::model::Morph;
use crate::seeds::Table;
use crate::vocab::{Deprel, Upos, Xpos};
use std::borrow::Cow;
use std::collections::HashMap;
use std::path::Path;

static BUILTIN: &[u8] = include_bytes!("../../seeds/model/english.safetensors");

/// Tokens that are read at once; a longer sentence is cut into windows.
pub const LONGEST_WINDOW: usize = 200;
/// Where a window may end early, at a mark that parts clauses.
const SHORTEST_WINDOW: usize = 120;
/// Lemmas kept between calls.
const LEMMAS_KEPT: usize = 20_000;
/// Tokens analysed together; bounds memory, not results.
const CHUNK: usize = 6000;

/// A trained model of English.
pub struct Model {
    encoder: Encoder,
    tagger: Tagger,
    parser: Parser,
    names: Recognizer,
    lemmas: Lemmatizer,
    stand_ins: HashMap<Box<str>, Box<str>>,
}

/// What the model says of one sentence, a value for each token.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Analysis {
    /// Universal tags.
    pub upos: Vec<Upos>,
    /// Penn tags.
    pub xpos: Vec<Xpos>,
    /// Dictionary forms.
    pub lemmas: Vec<Box<str>>,
    /// Morphology.
    pub morphs: Vec<Morph>,
    /// Heads, counted in the sentence; `None` for its one root.
    pub heads: Vec<Option<usize>>,
    /// Relations to the heads.
    pub deprels: Vec<Deprel>,
    /// Names in order, never overlapping.
    pub names: Vec<FoundName>,
    /// Where the second and later windows begin, if the sentence was too long to be read at once.
    pub cuts: Vec<usize>,
}

/// What a thread keeps between calls to save work; results do not depend on it.
#[derive(Default)]
pub struct Scratch {
    syntax: FormStore,
    names: FormStore,
    lemmas: HashMap<(Xpos, Box<str>), Box<str>>,
}

impl Model {
    /// The model in the program.
    pub fn builtin() -> Result<Model> {
        Model::parse("the built-in model", Cow::Borrowed(BUILTIN))
    }

    /// The model of a file.
    pub fn open(path: impl AsRef<Path>) -> Result<Model> {
        let path = path.as_ref();
        let bytes = std::fs::read(path).map_err(|e| Error::io(path, e))?;
        Model::parse(&path.display().to_string(), Cow::Owned(bytes))
    }

    /// The model in bytes; `file` names it in errors.
    pub fn parse(file: &str, bytes: Cow<'static, [u8]>) -> Result<Model> {
        let weights = Weights::parse(file, bytes)?;
        let encoder = Encoder::load(&weights, "syntax")?;
        let tagger = Tagger::load(&weights, encoder.width())?;
        let parser = Parser::load(&weights, encoder.width())?;
        let names = Recognizer::load(&weights)?;
        Ok(Model { encoder, tagger, parser, names, lemmas: Lemmatizer::builtin()?, stand_ins: stand_ins()? })
    }

    /// The dictionary forms that it knows.
    pub fn lemmatizer(&self) -> &Lemmatizer {
        &self.lemmas
    }

    /// Analyses sentences given as tokens.
    ///
    /// ```
    /// use newsgraph::nlp::Model;
    /// let model = Model::builtin()?;
    /// let sentence = ["Baku", "denied", "the", "report", "."];
    /// let analysis = &model.annotate(&[&sentence[..]])[0];
    /// assert_eq!(analysis.heads[0], Some(1));
    /// assert_eq!(&*analysis.lemmas[1], "deny");
    /// # Ok::<(), newsgraph::Error>(())
    /// ```
    pub fn annotate(&self, sentences: &[&[&str]]) -> Vec<Analysis> {
        self.annotate_with(sentences, &mut Scratch::default())
    }

    /// The same, with what earlier calls computed of single words.
    pub fn annotate_with(&self, sentences: &[&[&str]], scratch: &mut Scratch) -> Vec<Analysis> {
        let windows: Vec<Vec<&[&str]>> = sentences.iter().map(|s| windows(s)).collect();
        let flat: Vec<&[&str]> = windows.iter().flatten().copied().collect();
        let mut parts = Vec::with_capacity(flat.len());
        for chunk in chunks(&flat) {
            parts.extend(self.read(chunk, scratch));
        }
        let mut parts = parts.into_iter();
        windows.iter().map(|w| join(parts.by_ref().take(w.len()).collect())).collect()
    }

    /// The analyses of windows.
    fn read<'a>(&'a self, sentences: &[&'a [&'a str]], scratch: &mut Scratch) -> Vec<Analysis> {
        let input = |form: &&'a str| Input { form: self.stand_ins.get(*form).map_or(*form, |s| &**s), extra: &[] };
        let inputs: Vec<Vec<Input<'_>>> = sentences.iter().map(|s| s.iter().map(input).collect()).collect();
        let lengths: Vec<usize> = sentences.iter().map(|s| s.len()).collect();
        let states = self.encoder.states(&inputs, &mut scratch.syntax);
        let (upos, xpos) = self.tagger.tag(&states, lengths.iter().sum());
        let trees = self.parser.parse(&states, &lengths);
        let names = self.names.find(sentences, &mut scratch.names);
        let mut at = 0;
        trees
            .into_iter()
            .zip(names)
            .zip(sentences)
            .map(|((tree, names), forms)| {
                let range = at..at + forms.len();
                at = range.end;
                let lemmas = self.lemmas(forms, &xpos[range.clone()], scratch);
                analysis(lemmas, &upos[range.clone()], &xpos[range], tree, names)
            })
            .collect()
    }

    fn lemmas(&self, forms: &[&str], tags: &[Xpos], scratch: &mut Scratch) -> Vec<Box<str>> {
        if scratch.lemmas.len() > LEMMAS_KEPT {
            scratch.lemmas.clear();
        }
        let kept = &mut scratch.lemmas;
        let lemma = |(form, &tag): (&&str, &Xpos)| {
            kept.entry((tag, Box::from(*form))).or_insert_with(|| self.lemmas.lemma(form, tag)).clone()
        };
        forms.iter().zip(tags).map(lemma).collect()
    }
}

/// What rare forms are read as, by form.
fn stand_ins() -> Result<HashMap<Box<str>, Box<str>>> {
    let text = Cow::Borrowed(include_str!("../../seeds/model/stand-ins.tsv"));
    let table = Table::parse("model/stand-ins.tsv", text, &["form", "stands_in"])?;
    table.rows().map(|row| row.map(|r| (Box::from(r.fields[0]), Box::from(r.fields[1])))).collect()
}

fn analysis(lemmas: Vec<Box<str>>, upos: &[Upos], xpos: &[Xpos], tree: Tree, names: Vec<FoundName>) -> Analysis {
    let mut morphs: Vec<Morph> = upos.iter().zip(xpos).map(|(&u, &x)| morph(u, x)).collect();
    let Tree { heads, deprels } = tree;
    let mut children = vec![Vec::new(); heads.len()];
    for (token, head) in heads.iter().enumerate() {
        if let Some(head) = head {
            children[*head].push(token);
        }
    }
    for (token, morph) in morphs.iter_mut().enumerate() {
        morph.passive = passive(xpos[token], deprels[token], children[token].iter().map(|&c| deprels[c]));
    }
    Analysis { upos: upos.to_vec(), xpos: xpos.to_vec(), lemmas, morphs, heads, deprels, names, cuts: Vec::new() }
}

/// A sentence in pieces of at most `LONGEST_WINDOW`, cut after a mark where there is one.
fn windows<'a>(sentence: &'a [&'a str]) -> Vec<&'a [&'a str]> {
    let mut rest = sentence;
    let mut out = Vec::new();
    while rest.len() > LONGEST_WINDOW {
        let parts = |i: &usize| matches!(rest[*i], ";" | "." | ":" | "," | "—" | "–" | ")" | "!" | "?");
        let end = (SHORTEST_WINDOW..LONGEST_WINDOW).rev().find(parts).map_or(LONGEST_WINDOW, |i| i + 1);
        out.push(&rest[..end]);
        rest = &rest[end..];
    }
    out.push(rest);
    out
}

/// Runs of sentences of about `CHUNK` tokens.
fn chunks<'a, 'b>(sentences: &'b [&'a [&'a str]]) -> Vec<&'b [&'a [&'a str]]> {
    let (mut out, mut start, mut tokens) = (Vec::new(), 0, 0);
    for (i, s) in sentences.iter().enumerate() {
        tokens += s.len();
        if tokens >= CHUNK || i + 1 == sentences.len() {
            out.push(&sentences[start..=i]);
            (start, tokens) = (i + 1, 0);
        }
    }
    out
}

/// One analysis of the windows of a sentence: the roots of later windows hang on the first one's.
fn join(parts: Vec<Analysis>) -> Analysis {
    let mut parts = parts.into_iter();
    let mut all = parts.next().unwrap_or_default();
    let root = all.heads.iter().position(Option::is_none);
    for mut part in parts {
        let start = all.upos.len();
        all.cuts.push(start);
        all.upos.append(&mut part.upos);
        all.xpos.append(&mut part.xpos);
        all.lemmas.append(&mut part.lemmas);
        all.morphs.append(&mut part.morphs);
        for (head, deprel) in part.heads.into_iter().zip(part.deprels) {
            all.heads.push(head.map(|h| h + start).or(root));
            all.deprels.push(if head.is_none() { Deprel::Parataxis } else { deprel });
        }
        all.names.extend(part.names.into_iter().map(|n| FoundName { start: n.start + start, end: n.end + start, ..n }));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static MODEL: LazyLock<Model> = LazyLock::new(|| Model::builtin().unwrap());

    /// The trainer's output on fixed sentences: form, tags, head, relation, label of name.
    fn reference() -> Vec<Vec<Vec<&'static str>>> {
        let text = include_str!("../../seeds/model/reference.tsv");
        let rows =
            |block: &'static str| block.lines().filter(|l| !l.starts_with("# ")).map(|l| l.split('\t').collect());
        text.split("\n\n").map(|b| rows(b).collect::<Vec<_>>()).filter(|s| !s.is_empty()).collect()
    }

    fn labels(analysis: &Analysis, n: usize) -> Vec<String> {
        let mut out = vec!["O".to_owned(); n];
        for name in &analysis.names {
            out[name.start..name.end].fill(format!("I-{}", name.kind));
            out[name.start] = format!("B-{}", name.kind);
        }
        out
    }

    #[test]
    fn agrees_with_the_trainer() {
        let gold = reference();
        let forms: Vec<Vec<&str>> = gold.iter().map(|s| s.iter().map(|r| r[0]).collect()).collect();
        let borrowed: Vec<&[&str]> = forms.iter().map(|s| &s[..]).collect();
        let (mut same, mut all) = (0, 0);
        for (gold, found) in gold.iter().zip(MODEL.annotate(&borrowed)) {
            let names = labels(&found, gold.len());
            for (i, row) in gold.iter().enumerate() {
                let head = found.heads[i].map_or(0, |h| h + 1).to_string();
                let own = [found.upos[i].as_str(), found.xpos[i].as_str(), &head, found.deprels[i].as_str(), &names[i]];
                same += own.iter().zip(&row[1..]).filter(|(a, b)| a == b).count();
                all += own.len();
            }
        }
        // 8-bit weights may turn a close decision or two.
        assert!(all > 900 && same as f64 > 0.985 * all as f64, "{same} of {all} labels agree");
    }

    #[test]
    fn rare_forms_are_read_as_their_stand_ins() {
        let model = Model::builtin().unwrap();
        let sentence = ["Britain", "froze", "aid", "to", "the", "island", "."];
        let analysis = &model.annotate(&[&sentence[..]])[0];
        assert_eq!((analysis.xpos[1], analysis.heads[1], &*analysis.lemmas[1]), (Xpos::Vbd, None, "freeze"));
        assert!(model.stand_ins.values().all(|s| !model.stand_ins.contains_key(s)), "no stand-in has one itself");
    }

    #[test]
    fn company_does_not_change_a_sentence() {
        let gold = reference();
        let forms: Vec<Vec<&str>> = gold.iter().map(|s| s.iter().map(|r| r[0]).collect()).collect();
        let borrowed: Vec<&[&str]> = forms.iter().map(|s| &s[..]).collect();
        let together = MODEL.annotate(&borrowed);
        for (sentence, found) in borrowed.iter().zip(together) {
            assert_eq!(MODEL.annotate(&[sentence])[0], found);
        }
    }

    fn check(sentence: &[&str]) {
        let found = &MODEL.annotate(&[sentence])[0];
        let n = sentence.len();
        assert!(
            [found.upos.len(), found.xpos.len(), found.lemmas.len(), found.heads.len(), found.deprels.len()]
                .iter()
                .all(|&len| len == n)
        );
        assert_eq!(found.heads.iter().filter(|h| h.is_none()).count(), usize::from(n > 0));
        for start in 0..n {
            let (mut at, mut steps) = (start, 0);
            while let Some(head) = found.heads[at] {
                at = head;
                steps += 1;
                assert!(steps <= n, "a cycle at {start}");
            }
        }
        assert!(found.names.is_sorted_by(|a, b| a.end <= b.start));
        assert!(found.names.iter().all(|m| m.start < m.end && m.end <= n && (0.0..=1.0).contains(&m.score)));
    }

    #[test]
    fn no_tokens_and_empty_tokens() {
        check(&[]);
        check(&[""]);
        check(&["", "", "\u{0}"]);
        assert!(MODEL.annotate(&[]).is_empty());
    }

    #[test]
    fn an_endless_sentence_is_cut_and_says_so() {
        let sentence: Vec<&str> =
            "the army said that shells fell on the town ,".split(' ').cycle().take(1003).collect();
        check(&sentence);
        let cuts = &MODEL.annotate(&[&sentence])[0].cuts;
        assert!(cuts.len() >= 5 && cuts.iter().all(|&c| sentence[c - 1] == ","), "{cuts:?}");
        check(&["("; 600]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]
        #[test]
        fn any_tokens_give_a_tree(tokens in prop::collection::vec(".{0,12}", 0..60)) {
            check(&tokens.iter().map(String::as_str).collect::<Vec<_>>());
        }
    }

    #[test]
    fn what_is_not_a_model_is_refused() {
        let error = |bytes: &'static [u8]| Model::parse("x.bin", Cow::Borrowed(bytes)).err().map(|e| e.to_string());
        assert!(error(b"").is_some_and(|e| e.starts_with("x.bin: not a model of newsgraph")));
        assert!(error(b"\x02\0\0\0\0\0\0\0{}").is_some());
        assert!(error(&BUILTIN[..BUILTIN.len() / 2]).is_some());
    }
}
