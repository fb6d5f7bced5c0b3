//! The stages in order: an article is segmented, annotated, read; readings are merged. Nothing else knows the order.

use crate::error::{Error, Result};
use crate::extract::casualties::{self, CasualtyLexicon};
use crate::extract::predication::{self, Words};
use crate::extract::quantities::{self, QuantityLexicon};
use crate::extract::speech::{self, SpeechLexicon};
use crate::extract::time::{self, TimeLexicon};
use crate::extract::{
    about, assemble, context::Contexts, events, fill::Fillers, qualify, resolution, tree::Tree, victims,
};
use crate::graph::{KnowledgeGraph, fingerprint};
use crate::model::{Article, Document, Reading};
use crate::nlp::Analyzer;
use crate::ontology::Ontology;
use crate::rules::RuleSet;
use crate::seeds::{Heads, Names, Reference, Source};
use rayon::prelude::*;
use std::borrow::Cow;
use std::path::Path;

/// How many articles are read ahead of the one that is handed out; bounds memory when many threads read.
const AHEAD: usize = 64;

/// Everything that reading needs, loaded once and shared by all threads.
pub struct Pipeline {
    analyzer: Analyzer,
    names: Names,
    heads: Heads,
    reference: Reference,
    rules: RuleSet,
    words: Words,
    speech: SpeechLexicon,
    times: TimeLexicon,
    quantities: QuantityLexicon,
    casualties: CasualtyLexicon,
    ontology: Ontology,
}

impl Pipeline {
    /// With the knowledge and the model in the program.
    ///
    /// ```
    /// use newsgraph::{Article, pipeline::Pipeline};
    ///
    /// let pipeline = Pipeline::builtin()?;
    /// let reading = pipeline.read(&Article::new("a", "Turkey condemned the shelling of Barda by Armenian forces."));
    /// assert!(reading.statements.iter().any(|s| &*s.predicate == "condemned" && &*s.subject == "state/turkey"));
    /// # Ok::<(), newsgraph::Error>(())
    /// ```
    pub fn builtin() -> Result<Pipeline> {
        Pipeline::load(&Source::builtin(), None)
    }

    /// With the knowledge of a source, and the model of a file where one is given.
    pub fn load(source: &Source, model: Option<&Path>) -> Result<Pipeline> {
        let ontology = ontology(source)?;
        let rules = rules(source)?;
        check(&rules, &ontology)?;
        Ok(Pipeline {
            analyzer: Analyzer::load(source, model)?,
            names: Names::load(source)?,
            heads: Heads::load(source)?,
            reference: Reference::load(source)?,
            rules,
            words: Words::load(source)?,
            speech: SpeechLexicon::load(source)?,
            times: TimeLexicon::load(source)?,
            quantities: QuantityLexicon::load(source)?,
            casualties: CasualtyLexicon::load(source)?,
            ontology,
        })
    }

    /// The rules in use.
    pub fn rules(&self) -> &RuleSet {
        &self.rules
    }

    /// Reads an article. Cannot fail: bad text gives a poor reading.
    pub fn read(&self, article: &Article) -> Reading {
        self.interpret(&self.analyzer.read(article.clone()))
    }

    /// Reads a document that was analysed before, here or elsewhere.
    pub fn interpret(&self, document: &Document) -> Reading {
        let tree = Tree::new(document, &self.reference.grammar);
        let speeches = speech::find(&tree, &self.speech);
        let resolution = resolution::resolve(document, &self.names, &self.heads, &self.reference, &speeches);
        let times = time::find(document, &self.times);
        let quantities = quantities::find(document, &self.quantities, &times);
        let tolls = casualties::find(&tree, &self.casualties, &quantities);
        let mut predications = predication::predications(&tree, &self.rules, &self.words);
        let mut contexts = Contexts::new(&tree, &self.words, &speeches);
        contexts.lend_speakers(&mut predications);
        let found = events::find(&tree, &predications, &self.rules, &self.words);
        events::frame(&found, &predications, &mut contexts);
        let deputies = predication::deputies(&tree, &predications, &self.rules, &self.words);
        let fillers = Fillers::new(&tree, &resolution, deputies);
        let known = events::known(&found, &predications, &self.ontology);
        let scene = events::Scene {
            known: &known,
            tree: &tree,
            resolution: &resolution,
            fillers: &fillers,
            predications: &predications,
            ontology: &self.ontology,
            words: &self.words,
        };
        let mut drafts = events::drafts(&scene, &found, &contexts);
        qualify::qualify(&scene, &times, &mut drafts);
        victims::count(&scene, &contexts, &tolls, &mut drafts);
        about::link(&scene, &found, &mut drafts);
        about::deny_claims(&scene, &found, &speeches, &mut drafts);
        about::contradict_accusers(&scene, &mut drafts);
        about::condemn_told(&scene, &found, &mut drafts);
        about::oblige(&scene, &contexts, &mut drafts);
        about::accuse(&scene, &mut drafts);
        about::arm(&scene, &mut drafts);
        let mut reading = assemble::reading(&scene, &speeches, drafts);
        reading.article.fingerprint = Some(fingerprint(&document.article.text));
        reading
    }

    /// Reads articles on all threads and hands out the readings in the order of the articles, holding few at a time.
    pub fn read_all<'a>(&'a self, articles: impl Iterator<Item = Article> + 'a) -> impl Iterator<Item = Reading> + 'a {
        let mut articles = articles.fuse();
        std::iter::from_fn(move || {
            let batch: Vec<Article> = articles.by_ref().take(AHEAD).collect();
            (!batch.is_empty()).then(|| batch.par_iter().map(|a| self.read(a)).collect::<Vec<_>>())
        })
        .flatten()
    }

    /// Reads articles into one graph.
    pub fn graph(&self, articles: impl IntoIterator<Item = Article>) -> KnowledgeGraph {
        KnowledgeGraph::from_readings(self.read_all(articles.into_iter()))
    }
}

fn rules(source: &Source) -> Result<RuleSet> {
    let files = texts(source, "rules")?;
    RuleSet::parse(files.iter().map(|(file, text)| (file.trim_start_matches("rules/"), &**text)))
}

/// The predicates of `ontology/predicates.toml` and of what other files stand beside it.
fn ontology(source: &Source) -> Result<Ontology> {
    let files = texts(source, "ontology")?;
    Ontology::parse_all(files.iter().map(|(file, text)| (file.as_str(), &**text)))
}

fn texts(source: &Source, folder: &str) -> Result<Vec<(String, Cow<'static, str>)>> {
    source.list(folder, ".toml").into_iter().map(|file| source.read(&file).map(|text| (file, text))).collect()
}

/// A rule for a predicate that nobody declares would state nothing.
fn check(rules: &RuleSet, ontology: &Ontology) -> Result<()> {
    let unknown = rules.rules.iter().find(|r| r.predicate != "none" && ontology.get(&r.predicate).is_none());
    unknown.map_or(Ok(()), |rule| {
        let message = format!("there is no predicate {}; declare it in a file of ontology/", rule.predicate);
        Err(Error::syntax(format!("rules/{}.toml", rule.name), None, message))
    })
}
