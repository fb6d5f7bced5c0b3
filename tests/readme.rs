//! What the README says of its two sentences.

use newsgraph::vocab::Status;
use newsgraph::{Article, pipeline::Pipeline};

const TEXT: &str = "Azerbaijan said Armenian forces hit Barda with Smerch rockets on Wednesday, killing at least 21 civilians. \
                    Armenia denied the claim.";

#[test]
fn the_denied_claim_is_the_attack() {
    let published = Some(jiff::civil::date(2020, 10, 29));
    let article = Article { published, ..Article::new("readme", TEXT) };
    let reading = Pipeline::builtin().unwrap().read(&article);
    let find = |subject: &str, predicate: &str| {
        let is = |s: &&newsgraph::Statement| *s.subject == *subject && *s.predicate == *predicate;
        reading.statements.iter().find(is).unwrap_or_else(|| panic!("{subject} {predicate}"))
    };
    let attack = find("organization/armenian-armed-forces", "attacked");
    assert_eq!((&*attack.object, attack.status), ("place/barda", Status::Disputed));
    assert!(attack.weapon.iter().any(|w| **w == *"weapon/bm-30-smerch"));
    assert_eq!(attack.killed.as_ref().and_then(|k| k.min), Some(21));
    assert_eq!(attack.time.as_ref().and_then(|t| t.start.as_deref()), Some("2020-10-28"));
    assert_eq!(find("organization/armenian-armed-forces", "usedWeapon").status, Status::Disputed);
    let denial = find("state/armenia", "denied");
    assert_eq!((&*denial.object, denial.about.as_ref()), ("state/azerbaijan", Some(&attack.id)));
}
