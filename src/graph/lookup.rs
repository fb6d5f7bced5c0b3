//! Entities by any of their names: id, label or alias, whatever the case, diacritics, hyphens and apostrophes.

use super::KnowledgeGraph;
use crate::error::{Error, Result};
use crate::letters::fold_char;
use crate::model::Entity;
use petgraph::stable_graph::NodeIndex;
use std::collections::HashMap;
use unicode_normalization::char::is_combining_mark;

/// How like a name must be to be proposed for one that is not there, from 0 to 1 (Jaro and Winkler's measure).
const NEAR: f64 = 0.8;
/// How much less like than the best one another may be that is proposed beside it.
const BESIDE: f64 = 0.05;
/// How many candidates a message lists.
const LISTED: usize = 3;

/// Finds entities by name. Made once for a graph, in time linear in its names; then each search is a look into a table.
#[derive(Debug, Clone)]
pub struct Lookup {
    /// Folded labels and aliases; which of the two it is, labels first.
    names: HashMap<String, Vec<(Rank, NodeIndex)>>,
}

/// A label says more about which entity is meant than an alias.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Label,
    Alias,
}

impl Lookup {
    /// Indexes the names of a graph.
    pub fn new(graph: &KnowledgeGraph) -> Lookup {
        let mut names: HashMap<String, Vec<(Rank, NodeIndex)>> = HashMap::new();
        for node in graph.inner().node_indices() {
            let entity = &graph.inner()[node];
            let aliases = entity.aliases.iter().map(|alias| (alias, Rank::Alias));
            for (name, rank) in std::iter::once((&entity.label, Rank::Label)).chain(aliases) {
                let there = names.entry(fold(name)).or_default();
                if there.iter().all(|(_, other)| *other != node) {
                    there.push((rank, node));
                }
            }
        }
        Lookup { names }
    }

    /// The entity that a word means: by id, else by label, else by alias. Where several have the name the error lists
    /// them, where none has it those with a similar one.
    pub fn find(&self, graph: &KnowledgeGraph, word: &str) -> Result<NodeIndex> {
        if let Some(node) = graph.node(word) {
            return Ok(node);
        }
        let called = self.called(word);
        match called[..] {
            [one] => Ok(one),
            [] => Err(self.missing(graph, word)),
            _ => Err(ambiguous(graph, word, called)),
        }
    }

    /// The entities whose label is that name, or whose alias it is if no label is.
    fn called(&self, word: &str) -> Vec<NodeIndex> {
        let all = self.names.get(&fold(word)).map(Vec::as_slice).unwrap_or_default();
        let best = all.iter().map(|(rank, _)| *rank).min();
        all.iter().filter(|(rank, _)| Some(*rank) == best).map(|(_, node)| *node).collect()
    }

    fn missing(&self, graph: &KnowledgeGraph, word: &str) -> Error {
        let near = self.near(graph, word);
        let hint = match near.is_empty() {
            true => "give an id such as state/turkey, or a name".to_owned(),
            false => format!("did you mean {}?", near.join(" or ")),
        };
        Error::Usage(format!("there is no entity {word:?}; {hint}"))
    }

    /// Entities with a similar name, the most similar and most mentioned first.
    fn near(&self, graph: &KnowledgeGraph, word: &str) -> Vec<String> {
        let folded = fold(word);
        let mut found: HashMap<NodeIndex, f64> = HashMap::new();
        for (name, nodes) in &self.names {
            let like = strsim::jaro_winkler(name, &folded);
            if like >= NEAR {
                for (_, node) in nodes {
                    let best = found.entry(*node).or_default();
                    *best = best.max(like);
                }
            }
        }
        let mut ranked: Vec<(&Entity, f64)> = found.into_iter().map(|(n, like)| (&graph.inner()[n], like)).collect();
        ranked.sort_by(|(a, x), (b, y)| y.total_cmp(x).then(b.mentions.cmp(&a.mentions)).then_with(|| a.id.cmp(&b.id)));
        let best = ranked.first().map_or(0.0, |(_, like)| *like);
        let close = ranked.into_iter().take_while(|(_, like)| *like >= best - BESIDE);
        close.take(LISTED).map(|(entity, _)| shown(entity)).collect()
    }
}

fn ambiguous(graph: &KnowledgeGraph, word: &str, called: Vec<NodeIndex>) -> Error {
    let mut all: Vec<&Entity> = called.into_iter().map(|node| &graph.inner()[node]).collect();
    all.sort_by(|a, b| b.mentions.cmp(&a.mentions).then_with(|| a.id.cmp(&b.id)));
    let more = if all.len() > LISTED { format!(" or {} more", all.len() - LISTED) } else { String::new() };
    let listed: Vec<String> = all.into_iter().take(LISTED).map(shown).collect();
    Error::Usage(format!("{word:?} is the name of {}{more}; give the id of the one you mean", listed.join(" and of ")))
}

fn shown(entity: &Entity) -> String {
    format!("{} ({})", entity.label, entity.id)
}

/// A name without case, diacritics, apostrophes and dots, its words parted by single spaces.
fn fold(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars().filter(|c| !matches!(c, '\'' | '’' | '‘' | 'ʻ' | 'ʼ' | '.')) {
        match c.is_alphanumeric() || is_combining_mark(c) {
            true => fold_char(c, |letter| out.push(letter)),
            false if !out.is_empty() && !out.ends_with(' ') => out.push(' '),
            false => {}
        }
    }
    out.truncate(out.trim_end().len());
    // A name without letters and digits is still a name.
    if out.is_empty() { name.to_lowercase() } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ArticleRef, Reading};
    use crate::vocab::EntityType;

    fn graph() -> KnowledgeGraph {
        let entity = |id: &str, label: &str, aliases: &[&str]| Entity {
            id: id.into(),
            entity_type: EntityType::Person,
            kind: None,
            label: label.into(),
            aliases: aliases.iter().map(|a| a.to_string()).collect(),
            named: true,
            country: None,
            lat: None,
            lon: None,
            same_as: Vec::new(),
            mentions: 1,
        };
        let entities = vec![
            entity("person/nikol-pashinyan", "Nikol Pashinyan", &["Pashinyan", "Pashinian"]),
            entity("person/anna-hakobyan", "Anna Hakobyan", &["Pashinyan"]),
            entity("state/turkey", "Turkey", &["Ankara", "Türkiye"]),
            entity("place/ankara", "Ankara", &[]),
        ];
        let article = ArticleRef { id: "a".into(), ..ArticleRef::default() };
        KnowledgeGraph::from_readings([Reading { article, entities, ..Reading::default() }])
    }

    fn found(word: &str) -> String {
        let graph = graph();
        match Lookup::new(&graph).find(&graph, word) {
            Ok(node) => graph.inner()[node].id.to_string(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn an_entity_has_many_names() {
        for name in ["person/nikol-pashinyan", "nikol PASHINYAN", "Nikol-Pashinyan", "Pashinián", "pashinian"] {
            assert_eq!(found(name), "person/nikol-pashinyan", "{name}");
        }
        assert_eq!(found("turkiye"), "state/turkey");
        assert_eq!(found("Ankara"), "place/ankara", "a label goes before an alias");
    }

    #[test]
    fn a_name_of_several_or_of_none_is_explained() {
        assert_eq!(
            found("Pashinyan"),
            "\"Pashinyan\" is the name of Anna Hakobyan (person/anna-hakobyan) and of Nikol Pashinyan \
             (person/nikol-pashinyan); give the id of the one you mean"
        );
        assert_eq!(found("Turky"), "there is no entity \"Turky\"; did you mean Turkey (state/turkey)?");
        assert_eq!(found("Xq"), "there is no entity \"Xq\"; give an id such as state/turkey, or a name");
    }
}
