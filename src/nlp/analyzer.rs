//! Articles to documents, everything included: segmentation by tables, then tags, trees, lemmas and names by the model.

use super::{
    Analysis, Cues, Lexicon, Model, Scope, Scratch, clauses, find_quotations, finite, headlines, pairs, segment,
    truecase,
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
        pairs::mend(document);
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
