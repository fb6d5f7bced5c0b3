//! What the built-in name tables must answer, and what is wrong with bad ones.

use super::*;
use std::sync::LazyLock;

static NAMES: LazyLock<Names> =
    LazyLock::new(|| Names::load(&Source::builtin()).expect("the built-in tables are well-formed"));

/// The ids that words may stand for, as they are written.
fn ids(text: &str) -> Vec<String> {
    let mut ids: Vec<String> = NAMES.candidates(text).iter().map(|f| NAMES.known(f.known).id.into_owned()).collect();
    ids.dedup();
    ids
}

#[track_caller]
fn check(text: &str, id: &str) {
    let found = ids(text);
    assert_eq!(found.first().map(String::as_str), Some(id), "{text:?} gives {found:?}");
}

#[test]
fn every_way_to_name_a_state() {
    for (text, id) in [
        ("Azerbaijan", "state/azerbaijan"),
        ("Azeris", "state/azerbaijan"),
        ("Türkiye", "state/turkey"),
        ("TURKIYE", "state/turkey"),
        ("the Kremlin".trim_start_matches("the "), "state/russia"),
        ("U.S.", "state/united-states"),
        ("U.K.", "state/united-kingdom"),
        ("Britons", "state/united-kingdom"),
        ("DRC", "state/democratic-republic-of-the-congo"),
        ("Côte d’Ivoire", "state/ivory-coast"),
        ("Ankara", "state/turkey"),
        ("Nagorno-Karabakh Republic", "state/artsakh"),
    ] {
        check(text, id);
    }
}

#[test]
fn one_place_under_all_its_names() {
    for (text, id) in [
        ("Shusha", "place/shusha"),
        ("Shushi", "place/shusha"),
        ("Khankendi", "place/stepanakert"),
        ("Nagorno Karabakh", "place/nagorno-karabakh"),
        ("Kharkov", "place/kharkiv"),
        ("Artyomovsk", "place/bakhmut"),
        ("Deir Ezzor", "place/deir-ez-zor"),
        ("Ghazanchetsots Cathedral", "place/ghazanchetsots-cathedral"),
        ("Black Sea", "place/black-sea"),
        ("Chechens", "place/chechnya"),
        ("Kurdish", "place/kurdistan"),
        ("Kharkiv region", "place/kharkiv-oblast"),
    ] {
        check(text, id);
    }
}

#[test]
fn of_one_name_the_likelier_comes_first() {
    assert_eq!(ids("Kiev"), ["state/ukraine", "place/kyiv"]);
    assert_eq!(ids("Georgia")[..2], ["state/georgia", "place/georgia"]);
    assert_eq!(ids("Tripoli")[..2], ["state/libya", "place/tripoli"]);
    assert_eq!(ids("Congo")[..2], ["state/democratic-republic-of-the-congo", "state/republic-of-the-congo"]);
    check("Alexandria", "place/alexandria");
    assert_eq!(NAMES.get("place/alexandria").unwrap().country, "EGY");
}

#[test]
fn weapons_with_designations_and_plurals() {
    for (text, id) in [
        ("Smerch", "weapon/bm-30-smerch"),
        ("9K58", "weapon/bm-30-smerch"),
        ("missiles", "weapon/missile"),
        ("TB2", "weapon/bayraktar-tb2"),
        ("F16", "weapon/f-16-fighting-falcon"),
        ("cluster bombs", "weapon/cluster-munition"),
    ] {
        check(text, id);
    }
}

#[test]
fn case_tells_acronyms_from_words() {
    assert!(ids("who").is_empty());
    check("WHO", "organization/world-health-organization");
    assert!(ids("us").is_empty() && ids("turkey").is_empty());
    check("al-Qaeda", "organization/al-qaeda");
    check("LeT", "organization/lashkar-e-taiba");
    assert!(ids("Let").is_empty() && ids("she'll").is_empty());
    check("The National", "organization/the-national");
    assert!(ids("the National").is_empty());
}

#[test]
fn risky_forms_say_so() {
    let risky = |text: &str| NAMES.candidates(text).iter().all(|f| f.risky);
    assert!(risky("Nice") && risky("Senate") && risky("Putin") && risky("TOKMAK"));
    assert!(!risky("Tokmak") && !risky("Vladimir Putin") && !risky("Hezbollah"));
}

#[test]
fn a_scan_takes_the_longest_name() {
    let text =
        "Armenian forces shelled Barda, Azerbaijan's Defense Ministry said. F-16s and the U.N. Security Council too.";
    let found: Vec<_> = NAMES.scan(text).iter().map(|h| h.span.of(text)).collect();
    let expected = ["Armenian", "Barda", "Azerbaijan's Defense Ministry", "F-16s", "U.N. Security Council"];
    assert_eq!(found, expected);
}

#[test]
fn what_an_entity_is_linked_to() {
    let israel = NAMES.body("state/israel", "armed-forces").unwrap();
    assert_eq!(NAMES.known(israel).id, "organization/israel-defense-forces");
    assert_eq!(NAMES.known(NAMES.state("ARM").unwrap()).label, "Armenia");
    let member = |id: &str, of: &str| NAMES.memberships(id).iter().any(|(o, _)| o == of);
    assert!(member("state/france", "organization/osce-minsk-group"));
    let shusha = NAMES.get("place/shusha").unwrap();
    assert_eq!((shusha.country, shusha.kind), ("AZE", "city"));
    assert!(shusha.same_as()[0].starts_with("https://sws.geonames.org/"));
}

#[test]
fn regions_of_the_world_hold_countries_and_regions() {
    let within = |region: &str, country: &str| NAMES.world_region(region).unwrap().contains(country);
    assert!(within("place/west-africa", "MLI") && within("place/africa", "MLI") && !within("place/europe", "MLI"));
    assert!(NAMES.world_region("place/shusha").is_none());
}

#[test]
fn ids_are_unique_and_lead_back() {
    let mut seen = std::collections::BTreeSet::new();
    for known in NAMES.iter() {
        assert!(seen.insert(known.id.to_string()), "{} is given twice", known.id);
    }
    for id in ["place/london", "state/armenia", "weapon/missile", "organization/united-nations"] {
        assert_eq!(NAMES.get(id).unwrap().id, id);
    }
}

#[test]
fn who_held_an_office() {
    let holders =
        |body, role, date| NAMES.holders(body, role, Some(date)).map(|o| o.person.as_str()).collect::<Vec<_>>();
    assert_eq!(holders("state/armenia", "prime-minister", "2020-10-28"), ["person/nikol-pashinyan"]);
    assert_eq!(holders("state/united-states", "president", "2020-10-28"), ["person/donald-trump"]);
    assert_eq!(NAMES.offices("person/joe-biden").count(), 2);
    check("Ilkham Aliyev", "person/ilham-aliyev");
    check("Suu Kyi", "person/aung-san-suu-kyi");
}

#[test]
fn dates_of_office_compare_as_far_as_they_go() {
    let office = |from: &str, to: &str| Office {
        person: String::new(),
        role: String::new(),
        body: String::new(),
        from: from.to_owned(),
        to: to.to_owned(),
    };
    assert!(office("2003-10-31", "").held_on("2020"));
    assert!(office("2018", "2021-08").held_on("2021-08-15") && !office("2018", "2021-07").held_on("2021-08-15"));
    assert!(!office("2020-11", "").held_on("2020-10-28") && office("", "").held_on("1999"));
}

#[test]
fn no_two_phrases_share_a_key() {
    // Every form of the built-in tables must lead back to an entity that has it.
    for known in NAMES.iter() {
        let found = NAMES.lookup(known.label);
        assert!(
            found.iter().any(|f| NAMES.known(f.known).id == known.id),
            "{} is not found by {:?}",
            known.id,
            known.label
        );
    }
}

#[test]
fn errors_name_file_line_and_what_is_expected() {
    let folder = tempfile::tempdir().unwrap();
    let names = folder.path().join("names");
    std::fs::create_dir(&names).unwrap();
    for (file, text, expected) in [
        ("members.tsv", "organization\tmember\trole\na\tb\tc\n", "names/members.tsv:2: no table has the id a"),
        (
            "persons.tsv",
            "id\tlabel\tkind\tgender\tcountry\tshort\taliases\nstate/x\tX\n",
            "names/persons.tsv:2: an id here begins with \"person\", found \"state/x\"",
        ),
        (
            "world-regions.tsv",
            "region\tcountries\nplace/africa\tMLI|ZZZ\n",
            "names/world-regions.tsv:2: ZZZ is neither the code of a state nor a region of this table",
        ),
        ("states.tsv", "id\tlabel\n", "names/states.tsv:1: the first line must name the columns"),
    ] {
        let path = names.join(file);
        std::fs::write(&path, text).unwrap();
        let error = Names::load(&Source::folder(folder.path()).unwrap()).unwrap_err().to_string();
        assert!(error.starts_with(expected), "{error}");
        std::fs::remove_file(path).unwrap();
    }
}
