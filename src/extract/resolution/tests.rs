//! What documents must resolve to: hand-checked parses of sentences of our own, in `samples/*.conllu`.

use super::sample::document;
use super::{Form, Resolution, resolve};
use crate::extract::speech::{Act, Speech};
use crate::model::{Document, TokenRange};
use crate::seeds::{Heads, Names, Reference, Source};
use std::sync::LazyLock;

static SEEDS: LazyLock<(Names, Heads, Reference)> = LazyLock::new(|| {
    let source = Source::builtin();
    let names = Names::load(&source).expect("the built-in tables are well-formed");
    let heads = Heads::load(&source).expect("the built-in tables are well-formed");
    (names, heads, Reference::load(&source).expect("the built-in tables are well-formed"))
});

fn read(conllu: &str) -> (Document, Resolution) {
    let doc = document(conllu);
    let resolution = resolve(&doc, &SEEDS.0, &SEEDS.1, &SEEDS.2, &[]);
    (doc, resolution)
}

/// The ids, joined by "+", that the n-th mention of some words stands for.
fn ids(doc: &Document, r: &Resolution, words: &str, nth: usize) -> String {
    let mention = r.mentions.iter().filter(|m| doc.words(m.tokens) == words).nth(nth);
    mention.map_or("-".into(), |m| m.entities.iter().map(|&e| r.entities[e].id.as_str()).collect::<Vec<_>>().join("+"))
}

fn facts(r: &Resolution) -> Vec<String> {
    r.facts
        .iter()
        .map(|f| format!("{} {} {}", r.entities[f.subject].id, f.predicate, r.entities[f.object].id))
        .collect()
}

#[track_caller]
fn check(conllu: &str, mentions: &[(&str, usize, &str)], expected: &[&str]) {
    let (doc, r) = read(conllu);
    for (words, nth, id) in mentions {
        assert_eq!(ids(&doc, &r, words, *nth), *id, "{words:?} ({nth})");
    }
    let found = facts(&r);
    for fact in expected {
        assert!(found.iter().any(|f| f == fact), "{fact} is not among {found:#?}");
    }
}

#[test]
fn bodies_belong_to_their_states() {
    check(
        include_str!("samples/bodies.conllu"),
        &[
            ("Armenian troops", 0, "organization/armenian-armed-forces"),
            ("Armenia's armed forces", 0, "organization/armenian-armed-forces"),
            ("Ministry of Defence of Armenia", 0, "organization/armenian-ministry-of-defence"),
            ("Armenian defense ministry", 0, "organization/armenian-ministry-of-defence"),
            ("Turkish officials", 0, "state/turkey"),
            ("government of Georgia", 0, "state/georgia"),
            (
                "Armenian and Azeri soldiers",
                0,
                "organization/armenian-armed-forces+organization/azerbaijani-armed-forces",
            ),
            ("Tasnim news agency", 0, "organization/tasnim"),
            ("Hamas officials", 0, "organization/hamas"),
            ("Syrian rebels", 0, "organization/syrian-rebels"),
        ],
        &[
            "organization/armenian-armed-forces partOf state/armenia",
            "organization/armenian-ministry-of-defence partOf state/armenia",
        ],
    );
}

#[test]
fn people_with_titles_spellings_and_pronouns() {
    check(
        include_str!("samples/people.conllu"),
        &[
            ("Ilham Aliyev", 0, "person/ilham-aliyev"),
            ("Aliyev", 0, "person/ilham-aliyev"),
            ("he", 0, "person/ilham-aliyev"),
            ("her", 0, "person/shushan-stepanyan"),
            ("Stepanyan", 0, "person/shushan-stepanyan"),
            ("country", 0, "state/armenia"),
        ],
        &[
            "person/ilham-aliyev leads state/azerbaijan",
            "person/shushan-stepanyan spokespersonOf organization/armenian-ministry-of-defence",
            "person/olga-petrova locatedIn state/iran",
        ],
    );
}

#[test]
fn a_role_held_before_is_not_held() {
    let (_, r) = read(include_str!("samples/people.conllu"));
    assert!(!facts(&r).iter().any(|f| f.starts_with("person/levon-kocharyan leads")));
}

#[test]
fn places_lie_where_the_text_says() {
    check(
        include_str!("samples/places.conllu"),
        &[
            ("Barda", 0, "place/barda"),
            ("Baku", 0, "state/azerbaijan"),
            ("Yerevan", 0, "state/armenia"),
            ("Baku", 1, "place/baku"),
            ("main city", 0, "place/stepanakert"),
        ],
        &[
            "place/barda locatedIn state/azerbaijan",
            "place/stepanakert locatedIn place/nagorno-karabakh",
            "place/tbilisi capitalOf state/georgia",
        ],
    );
}

#[test]
fn nouns_beside_a_name_say_whom_somebody_belongs_to() {
    let (_, r) = read(include_str!("samples/affiliation.conllu"));
    let found = facts(&r);
    for fact in [
        "person/harald-ness affiliatedWith organization/orbis-college",
        "person/ann-moss affiliatedWith organization/titan-systems",
        "person/paulo-reis leads state/spain",
        "person/neil-moss locatedIn place/lisbon",
        "person/mark-dale affiliatedWith organization/football-league",
        "person/rana-haddadin leads state/jordan",
    ] {
        assert!(found.iter().any(|f| f == fact), "{fact} is not among {found:#?}");
    }
    assert!(!found.iter().any(|f| f.starts_with("person/rita-lang")), "a critic of a firm does not belong to it");
    assert!(!r.entities.iter().any(|e| e.label.contains("Premier")), "two titles before one name are no two people");
}

#[test]
fn places_nest_behind_nouns() {
    check(
        include_str!("samples/affiliation.conllu"),
        &[("Barda", 0, "place/barda")],
        &["place/barda locatedIn state/azerbaijan"],
    );
}

#[test]
fn a_list_of_places_is_not_a_nest() {
    let (_, r) = read(include_str!("samples/places.conllu"));
    assert!(!facts(&r).iter().any(|f| f.starts_with("place/kyiv") || f.starts_with("place/odesa")));
}

#[test]
fn links_by_noun_and_verb() {
    let (_, r) = read(include_str!("samples/links.conllu"));
    let found = facts(&r);
    for fact in [
        "state/france memberOf organization/osce-minsk-group",
        "state/russia memberOf organization/osce-minsk-group",
        "state/turkey alliedWith state/azerbaijan",
        "state/norway memberOf organization/north-atlantic-treaty-organization",
        "person/hasan-di-tiro leads organization/free-aceh-movement",
    ] {
        assert!(found.iter().any(|f| f == fact), "{fact} is not among {found:#?}");
    }
    assert!(!found.iter().any(|f| f.starts_with("state/serbia memberOf")), "what is denied is no fact");
}

#[test]
fn acronyms_join_what_they_stand_for() {
    let (doc, r) = read(include_str!("samples/links.conllu"));
    assert_eq!(ids(&doc, &r, "GAM", 1), "organization/free-aceh-movement");
}

#[test]
fn definite_phrases_and_pronouns() {
    check(
        include_str!("samples/coref.conllu"),
        &[
            ("ministry", 0, "organization/turkish-ministry-of-foreign-affairs"),
            ("sides", 0, "state/armenia+state/azerbaijan"),
            ("he", 0, "person/nikol-pashinyan"),
            ("its", 0, "organization/azerbaijani-armed-forces"),
            ("forces", 0, "organization/azerbaijani-armed-forces"),
        ],
        &["person/nikol-pashinyan leads state/armenia"],
    );
}

#[test]
fn participants_without_a_name_stay_in_their_article() {
    let (doc, r) = read(include_str!("samples/coref.conllu"));
    let gunmen = ids(&doc, &r, "gunmen", 0);
    assert!(gunmen.starts_with("organization/gunmen-"), "{gunmen}");
    assert!(r.entities.iter().filter(|e| e.id == *gunmen).all(|e| !e.named));
}

#[test]
fn speakers_say_i_and_we() {
    let doc = document(include_str!("samples/coref.conllu"));
    let at = |word: &str, nth: usize| (0..doc.tokens.len()).filter(|&t| doc.word(t) == word).nth(nth).unwrap();
    let speech = |content: TokenRange, source: usize, cue: usize| Speech {
        source: Some(TokenRange::new(source, source + 1)),
        source_head: Some(source),
        cue: TokenRange::new(cue, cue + 1),
        cue_head: cue,
        content: vec![content],
        act: Act::Asserts,
        direct: true,
        listed: true,
        inside: None,
    };
    let (we, i) = (at("We", 0), at("I", 0));
    let speeches = [
        speech(TokenRange::new(we, we + 5), at("ministry", 0), at("said", 0)),
        speech(TokenRange::new(i, i + 4), at("he", 0), at("said", 1)),
    ];
    let r = resolve(&doc, &SEEDS.0, &SEEDS.1, &SEEDS.2, &speeches);
    assert_eq!(ids(&doc, &r, "We", 0), "organization/turkish-ministry-of-foreign-affairs");
    assert_eq!(ids(&doc, &r, "I", 0), "person/nikol-pashinyan");
}

#[test]
fn mentions_are_in_order_and_inside_the_text() {
    for sample in [include_str!("samples/bodies.conllu"), include_str!("samples/people.conllu")] {
        let (doc, r) = read(sample);
        assert!(r.mentions.is_sorted_by_key(|m| m.tokens.start));
        assert!(r.mentions.iter().all(|m| m.tokens.end <= doc.tokens.len() && m.head < doc.tokens.len()));
        assert!(r.mentions.iter().all(|m| !m.entities.is_empty()));
        assert!(r.mentions.iter().any(|m| m.form == Form::Demonym || m.form == Form::Name));
    }
}

#[test]
fn nothing_in_nothing_out() {
    let (_, r) = read("");
    assert_eq!(r, Resolution::default());
}

#[test]
fn homes_and_regions_are_told_from_people_and_namesakes() {
    check(
        include_str!("samples/homes.conllu"),
        &[("Moscow", 0, "place/moscow-usa"), ("Georgia", 0, "place/georgia"), ("Arlen", 0, "place/arlen")],
        &[
            "person/ali-demir locatedIn place/arlen",
            "organization/harbor-institute locatedIn place/gdansk",
            "place/moscow-usa locatedIn place/idaho",
            "place/atlanta locatedIn place/georgia",
        ],
    );
}

#[test]
fn offices_are_given_and_shared() {
    let (_, r) = read(include_str!("samples/homes.conllu"));
    let found = facts(&r);
    let has = |fact: &str| found.iter().any(|f| f == fact);
    assert!(has("person/ayla-kaya leads state/chile"), "{found:#?}");
    assert!(has("person/igor-belov leads organization/harvest-party"), "{found:#?}");
    assert!(has("person/igor-belov affiliatedWith organization/union-of-painters"), "{found:#?}");
    assert!(!has("person/boris-petrov leads organization/acme-corp"), "he only will: {found:#?}");
    assert!(!has("person/ravi-anand leads state/ireland"), "he leads a body there: {found:#?}");
    let kind = r.entities.iter().find(|e| *e.id == *"person/boris-petrov").and_then(|e| e.kind.as_deref());
    assert_eq!(kind, Some("politician"), "he advises the king and is none");
}

#[test]
fn definite_phrases_stand_for_whom_the_text_named() {
    check(
        include_str!("samples/definites.conllu"),
        &[
            ("group", 0, "organization/hezbollah"),
            ("two leaders", 0, "person/vladimir-putin+person/xi-jinping"),
            ("Russian leader", 0, "person/vladimir-putin"),
            ("44-year-old", 0, "person/ali-demir"),
        ],
        &["person/naim-qassem leads organization/hezbollah"],
    );
}
