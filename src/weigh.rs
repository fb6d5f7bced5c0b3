//! What the evidence for a statement adds up to: its status, who asserts and denies it, how sure the reading is, how many
//! sources. Pure functions of the evidence, used within one article and across all.

use crate::model::{Evidence, Name, Statement};
use crate::vocab::{Stance, Status};
use std::collections::BTreeMap;

/// No sum of evidence is certain.
const MOST_CONFIDENT: f64 = 0.99;

/// The status that follows from what the sentences do with the statement.
///
/// An assertion (reported or claimed) beside a denial is disputed; a denial beside mere plans stays a denial.
pub fn status(stances: impl IntoIterator<Item = Stance>) -> Status {
    let mut met = [false; 4];
    for stance in stances {
        met[stance as usize] = true;
    }
    let met = |stance: Stance| met[stance as usize];
    match (met(Stance::Reports), met(Stance::Claims), met(Stance::Denies)) {
        (true, _, true) | (_, true, true) => Status::Disputed,
        (true, _, false) => Status::Reported,
        (false, true, false) => Status::Claimed,
        (false, false, true) => Status::Denied,
        (false, false, false) => Status::Hypothetical,
    }
}

/// The speakers of all evidence with that stance, sorted, each once.
pub fn speakers(evidence: &[Evidence], stance: Stance) -> Vec<Name> {
    let mut out: Vec<Name> = evidence.iter().filter(|e| e.stance == stance).filter_map(|e| e.speaker.clone()).collect();
    out.sort();
    out.dedup();
    out
}

/// Noisy-or over independent origins, the best sentence of each: one more independent source makes a misreading less
/// likely, a reprint or a second sentence of the same article does not.
pub fn confidence<'a>(evidence: &'a [Evidence], origin: impl Fn(&'a str) -> &'a str) -> f64 {
    let doubt = match evidence {
        // Most statements stand in one sentence, whatever its origin.
        [one] => 1.0 - unit(one.confidence),
        several => doubt(several, origin),
    };
    // Rounded so that the number reads well; the order of factors is that of the origins, so the bytes are the same.
    ((1.0 - doubt).min(MOST_CONFIDENT) * 1e4).round() / 1e4
}

fn doubt<'a>(evidence: &'a [Evidence], origin: impl Fn(&'a str) -> &'a str) -> f64 {
    let mut best: BTreeMap<&str, f64> = BTreeMap::new();
    for e in evidence {
        let sure = best.entry(origin(&e.article)).or_default();
        *sure = sure.max(unit(e.confidence));
    }
    best.values().map(|c| 1.0 - c).product()
}

/// How many independent origins there are.
pub fn sources<'a>(evidence: &'a [Evidence], origin: impl Fn(&'a str) -> &'a str) -> usize {
    if let [_] = evidence {
        return 1;
    }
    let mut origins: Vec<&str> = evidence.iter().map(|e| origin(&e.article)).collect();
    origins.sort_unstable();
    origins.dedup();
    origins.len()
}

/// Puts evidence in its order, drops what stands twice, and sets everything of the statement that follows from it.
/// `origin` names an article's story, where reprints share one; `None` makes each article its own.
pub fn settle<'o>(statement: &mut Statement, origin: impl Fn(&str) -> Option<&'o str>) {
    let mut evidence = std::mem::take(&mut statement.evidence);
    evidence.sort_by(|a, b| order(a).cmp(&order(b)).then(b.confidence.total_cmp(&a.confidence)));
    evidence.dedup_by(|a, b| order(a) == order(b));
    statement.status = status(evidence.iter().map(|e| e.stance));
    statement.claimed_by = speakers(&evidence, Stance::Claims);
    statement.denied_by = speakers(&evidence, Stance::Denies);
    statement.confidence = confidence(&evidence, |name| origin(name).unwrap_or(name));
    statement.sources = sources(&evidence, |name| origin(name).unwrap_or(name));
    statement.evidence = evidence;
}

/// Everything of an entry but its confidence.
#[allow(clippy::type_complexity, reason = "a sort key, used nowhere else")]
fn order(e: &Evidence) -> (&Name, u32, u32, &Name, Stance, Option<&Name>, (u32, u32), [Option<(u32, u32)>; 3], &str) {
    let span = |q: &Option<crate::model::Quoted>| q.as_ref().map(|q| (q.start, q.end));
    let ends = [span(&e.subject), span(&e.object), span(&e.cue)];
    let trigger = (e.trigger.start, e.trigger.end);
    (&e.article, e.start, e.end, &e.rule, e.stance, e.speaker.as_ref(), trigger, ends, &e.quote)
}

/// A number from 0 to 1; anything that is no number is 0.
pub(crate) fn unit(x: f64) -> f64 {
    if x.is_nan() { 0.0 } else { x.clamp(0.0, 1.0) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Quoted;

    fn said(article: &str, stance: Stance, speaker: Option<&str>, confidence: f64) -> Evidence {
        Evidence {
            article: article.into(),
            start: 0,
            end: 1,
            quote: "x".into(),
            rule: "attacked/hit".into(),
            stance,
            confidence,
            trigger: Quoted { start: 0, end: 1, text: "x".into() },
            subject: None,
            object: None,
            speaker: speaker.map(Name::from),
            cue: None,
        }
    }

    #[test]
    fn status_follows_from_stances() {
        use Stance::*;
        let table: &[(&[Stance], Status)] = &[
            (&[Reports], Status::Reported),
            (&[Claims, Reports, Supposes], Status::Reported),
            (&[Claims], Status::Claimed),
            (&[Claims, Supposes], Status::Claimed),
            (&[Denies], Status::Denied),
            (&[Supposes, Denies], Status::Denied),
            (&[Claims, Denies], Status::Disputed),
            (&[Reports, Denies], Status::Disputed),
            (&[Supposes], Status::Hypothetical),
        ];
        for (stances, expected) in table {
            assert_eq!(status(stances.iter().copied()), *expected, "{stances:?}");
        }
    }

    #[test]
    fn confidence_grows_with_origins_alone() {
        let two = [said("a", Stance::Claims, None, 0.6), said("b", Stance::Reports, None, 0.5)];
        assert_eq!(confidence(&two, |a| a), 0.8);
        assert_eq!(confidence(&two, |_| "wire"), 0.6);
        assert_eq!((sources(&two, |a| a), sources(&two, |_| "wire")), (2, 1));
        assert_eq!(confidence(&[said("a", Stance::Claims, None, f64::NAN)], |a| a), 0.0);
        assert_eq!(confidence(&[said("a", Stance::Claims, None, 7.0)], |a| a), 0.99);
    }

    #[test]
    fn speakers_are_sorted_and_met_once() {
        let e = [
            said("a", Stance::Claims, Some("person/z"), 0.5),
            said("b", Stance::Claims, Some("person/a"), 0.5),
            said("c", Stance::Claims, Some("person/z"), 0.5),
            said("c", Stance::Denies, Some("person/d"), 0.5),
        ];
        assert_eq!(speakers(&e, Stance::Claims), ["person/a", "person/z"].map(Name::from));
        assert_eq!(speakers(&e, Stance::Denies), ["person/d"].map(Name::from));
    }
}
