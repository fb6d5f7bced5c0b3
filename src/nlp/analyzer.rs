//! Articles to documents, everything included: segmentation by tables, then tags, trees, lemmas and names by the model.

use super::{
    Analysis, Cues, Lexicon, Model, Scope, Scratch, clauses, find_quotations, finite, headlines, meanwhile, pairs,
    segment, speakers, truecase,
};
use crate::error::Result;
use crate::model::{Article, Document, NameSpan, TokenRange};
use crate::seeds::Source;
use std::path::Path;

/// The tables and the model that reading needs. Cheap to share between threads, dear to make.
pub struct Analyzer {
    lexicon: Lexicon,
    cues: Cues,
    model: Model,
}

impl Analyzer {
    /// The tables and the model in the program.
    pub fn builtin() -> Result<Analyzer> {
        Analyzer::load(&Source::builtin(), None)
    }

    /// The tables of a source, and the model of a file where one is given.
    pub fn load(source: &Source, model: Option<&Path>) -> Result<Analyzer> {
        let model = match model {
            Some(path) => Model::open(path)?,
            None => Model::builtin()?,
        };
        Ok(Analyzer { lexicon: Lexicon::load(source)?, cues: Cues::load(source)?, model })
    }

    /// Reads an article. Any text at all gives a document.
    ///
    /// ```
    /// use newsgraph::{Article, nlp::Analyzer};
    /// let document = Analyzer::builtin()?.read(Article::new("a", "Baku denied the report."));
    /// assert_eq!(&*document.tokens[1].lemma, "deny");
    /// # Ok::<(), newsgraph::Error>(())
    /// ```
    pub fn read(&self, article: Article) -> Document {
        self.read_with(article, Scope::Article, &mut Scratch::default())
    }

    /// The same of the zones in scope, with what a thread keeps between articles.
    pub fn read_with(&self, article: Article, scope: Scope, scratch: &mut Scratch) -> Document {
        let mut document = segment(article, scope, &self.lexicon, &self.cues);
        self.annotate(&mut document, scratch);
        document
    }

    /// Fills in what the model says of a document's sentences, in place of what it holds; its tokens stay.
    ///
    /// What a thread keeps in `scratch` between documents saves work and changes no result.
    pub fn annotate(&self, document: &mut Document, scratch: &mut Scratch) {
        let cased = truecase::words(document);
        let words: Vec<&str> = cased.iter().map(|w| &**w).collect();
        let sentences: Vec<&[&str]> = document.sentences.iter().map(|s| &words[s.tokens.range()]).collect();
        let analyses = self.model.annotate_with(&sentences, scratch);
        document.names.clear();
        for (number, analysis) in analyses.into_iter().enumerate() {
            fill(document, number, analysis);
        }
        finite::mend(document, self.model.lemmatizer(), self.lexicon.grammar());
        meanwhile::mend(document, self.model.lemmatizer(), self.lexicon.grammar());
        pairs::mend(document);
        speakers::mend(document, self.lexicon.grammar());
        clauses::mend(document, self.lexicon.grammar());
        headlines::mend(document, self.model.lemmatizer());
        document.quotations = find_quotations(document);
    }
}

fn fill(document: &mut Document, number: usize, analysis: Analysis) {
    let sentence = &mut document.sentences[number];
    sentence.cut |= !analysis.cuts.is_empty();
    let range = sentence.tokens;
    for (i, lemma) in analysis.lemmas.into_iter().enumerate() {
        let token = &mut document.tokens[range.start + i];
        token.lemma = lemma;
        token.upos = analysis.upos[i];
        token.xpos = analysis.xpos[i];
        token.morph = analysis.morphs[i];
        token.head = analysis.heads[i].map(|head| range.start + head);
        token.deprel = analysis.deprels[i];
    }
    document.names.extend(analysis.names.iter().map(|name| NameSpan {
        tokens: TokenRange::new(range.start + name.start, range.start + name.end),
        kind: name.kind,
        score: name.score,
    }));
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static ANALYZER: LazyLock<Analyzer> = LazyLock::new(|| Analyzer::builtin().unwrap());

    /// Words around which trees are mended.
    const WORDS: [&str; 37] = [
        "police",
        "said",
        "shelling",
        "killed",
        ",",
        ";",
        ":",
        "and",
        "Russia",
        "to",
        "accused",
        "of",
        "arming",
        "training",
        "the",
        "militants",
        "denies",
        "attacking",
        "Ukraine",
        "who",
        "chairs",
        "ASEAN",
        "jails",
        "leader",
        "talks",
        "between",
        "in",
        "Ankara",
        "Poland",
        "send",
        "shot",
        "dead",
        "15",
        "people",
        "pledged",
        "aid",
        "as",
    ];

    /// Whether every sentence is one tree.
    fn are_trees(document: &Document) -> bool {
        let tokens = &document.tokens;
        document.sentences.iter().all(|s| {
            let range = s.tokens.range();
            let up = |t: usize| std::iter::successors(Some(t), |&t| tokens[t].head).take(range.len() + 1);
            let inside = |t: usize| tokens[t].head.is_none_or(|h| range.contains(&h));
            let ends = |t: usize| up(t).last().is_some_and(|top| tokens[top].head.is_none());
            range.clone().filter(|&t| tokens[t].head.is_none()).count() == 1
                && range.clone().all(|t| inside(t) && ends(t))
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]
        #[test]
        fn mended_sentences_are_trees(words in prop::collection::vec(prop::sample::select(&WORDS[..]), 1..28)) {
            let line = words.join(" ");
            let prose = Article::new("a", format!("The weather was fine for most of the day.\n\n{line}."));
            let headed = Article { title: Some(line.clone()), ..Article::new("b", format!("{line}\n\nThe weather was fine.")) };
            prop_assert!(are_trees(&ANALYZER.read(prose)));
            prop_assert!(are_trees(&ANALYZER.read(headed)));
        }
    }
}
