//! The entities of one document, each met once: from the tables, or new with an id made from its content.

use crate::model::{Entity, Name};
use crate::seeds::{Gender, KnownId, Names};
use crate::vocab::EntityType;
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The entities met so far, with what resolution knows of them beyond what is put out.
pub(super) struct Registry<'a> {
    pub names: &'a Names,
    pub entities: Vec<Entity>,
    pub info: Vec<Info>,
    ids: BTreeMap<Name, usize>,
    owned: BTreeMap<usize, Vec<usize>>,
}

/// What resolution knows of an entity beyond what is put out.
#[derive(Debug, Default, Clone)]
pub(super) struct Info {
    /// Its number in the tables.
    pub known: Option<KnownId>,
    /// Of a person: from the tables or a title.
    pub gender: Option<Gender>,
    /// Of a person: what the given name suggests.
    pub guess: Option<Gender>,
    /// The state or organization it belongs to.
    pub owner: Option<usize>,
    /// The offices and roles a person is said to hold.
    pub roles: Vec<Held>,
    /// Whether it is many: "protesters", "forces".
    pub plural: bool,
    /// The noun by which a phrase named it: "ministry", "village".
    pub noun: Option<String>,
}

/// A role that a person is said to hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Held {
    pub role: String,
    pub of: Option<usize>,
    pub past: bool,
}

/// What a new entity is made from.
pub(super) struct New<'n> {
    pub entity_type: EntityType,
    pub kind: Option<Name>,
    pub label: &'n str,
    /// What the id is made from, where that is not the label.
    pub slug: Option<String>,
    pub named: bool,
    pub country: Option<Name>,
}

impl<'a> Registry<'a> {
    pub fn new(names: &'a Names) -> Registry<'a> {
        Registry { names, entities: Vec::new(), info: Vec::new(), ids: BTreeMap::new(), owned: BTreeMap::new() }
    }

    /// The countries in an entity that is a region of the world: Africa, the Balkans.
    pub fn world_region(&self, entity: usize) -> Option<&'a std::collections::BTreeSet<String>> {
        self.names.world_region(&self.entities[entity].id)
    }

    /// The entity of a table's entry.
    pub fn known(&mut self, entry: KnownId) -> usize {
        let known = self.names.known(entry);
        if let Some(&e) = self.ids.get(&*known.id) {
            return e;
        }
        let entity = Entity {
            id: Name::from(&*known.id),
            entity_type: known.entity_type,
            kind: name(known.kind).filter(|_| known.entity_type != EntityType::State),
            label: known.label.to_owned(),
            aliases: known.aliases().map(str::to_owned).collect(),
            named: true,
            country: name(known.country),
            lat: known.lat,
            lon: known.lon,
            same_as: known.same_as(),
            mentions: 0,
        };
        let info = Info { known: Some(entry), gender: Gender::parse(known.gender), ..Info::default() };
        self.push(entity, info)
    }

    /// The entity with the id that follows from its content, made if it is not there.
    pub fn add(&mut self, new: New<'_>) -> usize {
        let slug = new.slug.unwrap_or_else(|| slug(new.label));
        let id = Name::from(format!("{}/{}", new.entity_type.slug(), slug));
        if let Some(&e) = self.ids.get(&id) {
            return e;
        }
        if let Some(entry) = self.names.find(&id) {
            return self.known(entry);
        }
        let entity = Entity {
            id,
            entity_type: new.entity_type,
            kind: new.kind,
            label: new.label.to_owned(),
            aliases: Vec::new(),
            named: new.named,
            country: new.country,
            lat: None,
            lon: None,
            same_as: Vec::new(),
            mentions: 0,
        };
        self.push(entity, Info::default())
    }

    /// Notes a surface form.
    pub fn alias(&mut self, entity: usize, words: &str) {
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let e = &mut self.entities[entity];
        if !words.is_empty() && words != e.label && !e.aliases.contains(&words) {
            e.aliases.push(words);
        }
    }

    /// Notes that a person holds a role.
    pub fn hold(&mut self, person: usize, role: &str, of: Option<usize>, past: bool) {
        let held = Held { role: role.to_owned(), of, past };
        let roles = &mut self.info[person].roles;
        if !roles.contains(&held) {
            roles.push(held);
        }
    }

    /// The bodies that are known to belong to an entity.
    pub fn owned_by(&self, owner: usize) -> impl Iterator<Item = usize> + '_ {
        self.owned.get(&owner).into_iter().flatten().copied()
    }

    /// Notes whose body an entity is.
    pub fn own(&mut self, entity: usize, owner: usize) {
        self.info[entity].owner = Some(owner);
        let bodies = self.owned.entry(owner).or_default();
        if !bodies.contains(&entity) && bodies.len() < 64 {
            bodies.push(entity);
        }
    }

    /// The type of an entity.
    pub fn entity_type(&self, entity: usize) -> EntityType {
        self.entities[entity].entity_type
    }

    /// The kind of an entity, or nothing.
    pub fn kind(&self, entity: usize) -> &str {
        self.entities[entity].kind.as_deref().unwrap_or_default()
    }

    /// The state an entity is or belongs to.
    pub fn state_of(&self, entity: usize) -> Option<usize> {
        let mut e = entity;
        for _ in 0..4 {
            if self.entity_type(e) == EntityType::State {
                return Some(e);
            }
            let held = || self.info[e].roles.iter().rev().filter(|h| !h.past).find_map(|h| h.of);
            e = self.info[e].owner.or_else(held)?;
        }
        None
    }

    fn push(&mut self, entity: Entity, info: Info) -> usize {
        self.ids.insert(entity.id.clone(), self.entities.len());
        self.entities.push(entity);
        self.info.push(info);
        self.entities.len() - 1
    }
}

fn name(text: &str) -> Option<Name> {
    (!text.is_empty()).then(|| Name::from(text))
}

/// Lower-case ASCII with hyphens, for ids: "Shushan Stepanyan" to "shushan-stepanyan".
pub(super) fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in ascii(text).chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') && !matches!(c, '\'' | '.') {
            out.push('-');
        }
    }
    out.truncate(out.trim_end_matches('-').len());
    // A name in a script that has no ASCII form still needs an id: its code points.
    if out.is_empty() { text.chars().map(|c| format!("u{:x}", c as u32)).collect() } else { out }
}

/// Lower-case ASCII of a text in Latin letters; other scripts are left as they are.
pub(super) fn ascii(text: &str) -> String {
    text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).fold(String::new(), |mut out, c| {
        match c {
            'ı' => out.push('i'),
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' | 'ð' => out.push('d'),
            'þ' => out.push_str("th"),
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'ə' => out.push('a'),
            '’' | '‘' | 'ʼ' | 'ʻ' | 'ʿ' | 'ʾ' | '`' => out.push('\''),
            _ => out.push(c),
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_ascii() {
        assert_eq!(slug("Recep Tayyip Erdoğan"), "recep-tayyip-erdogan");
        assert_eq!(slug("U.N. Security Council"), "un-security-council");
        assert_eq!(slug("Prime Minister's Office"), "prime-ministers-office");
        assert_eq!(slug("Ağdam – (city)"), "agdam-city");
        assert_eq!(slug("北京"), "u5317u4eac");
    }
}
