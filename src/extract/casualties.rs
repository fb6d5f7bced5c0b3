//! Counts that are tolls: how many were killed or injured, of whom, and whether in one event or so far.
//!
//! Named victims are statements of their own and not read here; nor are captured, missing or displaced people.

use super::quantities::Quantity;
use super::tree::Tree;
use crate::Result;
use crate::model::{Casualties, Number, TokenRange};
use crate::seeds::{Closed, Row, Source};
use crate::vocab::{Deprel, Upos, Xpos};
use std::collections::BTreeMap;

const FILE: &str = "lexicon/casualties.tsv";

/// What was done to the counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Harm {
    /// Killed.
    Killed,
    /// Injured.
    Injured,
}

/// A count of killed or injured people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toll {
    /// Killed or injured.
    pub harm: Harm,
    /// The word that says so: "killing", "dead", "toll".
    pub trigger: usize,
    /// The words of the count: "at least 21", or the article of "a toddler".
    pub count: TokenRange,
    /// At least so many.
    pub min: Option<u64>,
    /// At most so many.
    pub max: Option<u64>,
    /// Of whom: "Armenian soldiers"; none for "40 wounded".
    pub who: Option<TokenRange>,
    /// Whether it counts all so far rather than one event.
    pub cumulative: bool,
}

impl Toll {
    /// As a qualifier of a statement, its side still open.
    pub fn casualties(&self, tree: &Tree) -> Casualties {
        let who = self.who.map(|who| tree.doc.words(who).to_owned());
        Casualties { min: self.min, max: self.max, who, side: None, cumulative: self.cumulative }
    }
}

/// Where the count stands beside a word of harm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Takes {
    Object,
    Subject,
    Lives,
    Life,
    Of,
    State,
    Event,
    Toll,
}

/// The words of harm, from `seeds/lexicon/casualties.tsv`.
#[derive(Debug, Clone)]
pub struct CasualtyLexicon {
    words: BTreeMap<Box<str>, Vec<(Harm, Takes)>>,
}

impl CasualtyLexicon {
    /// Reads and checks the table.
    pub fn load(source: &Source) -> Result<CasualtyLexicon> {
        let table = source.table(FILE, &["lemma", "harm", "takes"])?;
        let mut words: BTreeMap<Box<str>, Vec<(Harm, Takes)>> = BTreeMap::new();
        for row in table.rows() {
            let row = row?;
            words.entry(row.fields[0].into()).or_default().push((harm(&row)?, takes(&row)?));
        }
        Ok(CasualtyLexicon { words })
    }

    fn harm(&self, lemma: &str, takes: Takes) -> Option<Harm> {
        self.words.get(lemma)?.iter().find(|(_, found)| *found == takes).map(|(harm, _)| *harm)
    }
}

fn harm(row: &Row<'_>) -> Result<Harm> {
    match row.fields[1] {
        "killed" => Ok(Harm::Killed),
        "injured" => Ok(Harm::Injured),
        other => Err(row.error(format!("{other:?} is neither killed nor injured"))),
    }
}

fn takes(row: &Row<'_>) -> Result<Takes> {
    Ok(match row.fields[2] {
        "object" => Takes::Object,
        "subject" => Takes::Subject,
        "lives" => Takes::Lives,
        "life" => Takes::Life,
        "of" => Takes::Of,
        "state" => Takes::State,
        "event" => Takes::Event,
        "toll" => Takes::Toll,
        other => return Err(row.error(format!("{other:?} is no place of a count; the head of the file lists them"))),
    })
}

/// The tolls of a document, in order of their counts; linear in its length.
pub fn find(tree: &Tree, lexicon: &CasualtyLexicon, quantities: &[Quantity]) -> Vec<Toll> {
    let reader = Reader { tree, lexicon };
    let mut tolls: Vec<Toll> = quantities.iter().filter_map(|quantity| reader.counted(quantity)).collect();
    tolls.extend((0..tree.len()).filter_map(|token| reader.single(token)));
    tolls.sort_by_key(|toll| toll.count);
    tolls
}

struct Reader<'a> {
    tree: &'a Tree<'a>,
    lexicon: &'a CasualtyLexicon,
}

/// A word of harm, and what it says.
type Trigger = Option<(usize, Harm)>;

impl Reader<'_> {
    fn counted(&self, quantity: &Quantity) -> Option<Toll> {
        // Of "dozens of people" the number is what the verb takes.
        let noun = quantity.noun.unwrap_or(quantity.head);
        let head = if self.tree.head(noun) == Some(quantity.head) { quantity.head } else { noun };
        let toll = self.toll(head, quantity.noun.is_none());
        let (trigger, harm) = toll
            .or_else(|| self.itself(quantity.noun?))
            .or_else(|| self.above(head, noun))
            .or_else(|| self.below(noun))
            .or_else(|| self.beside(head))?;
        let is_victim = |noun: &usize| *noun != trigger && !self.is_life(*noun);
        let who = quantity.noun.filter(is_victim).map(|noun| self.phrase(quantity.tokens, noun, trigger));
        let cumulative = toll.is_some() || self.is_so_far(trigger);
        Some(Toll { harm, trigger, count: quantity.tokens, min: quantity.min, max: quantity.max, who, cumulative })
    }

    /// "killing a toddler": one, where an article stands and no name.
    fn single(&self, noun: usize) -> Option<Toll> {
        let token = &self.tree.doc.tokens[noun];
        if token.upos != Upos::Noun || token.morph.number != Some(Number::Singular) {
            return None;
        }
        let article = self.tree.child(noun, Deprel::Det).filter(|det| self.tree.is(*det, Closed::Article))?;
        let is_plain = !self
            .tree
            .children(noun)
            .any(|c| matches!(self.tree.rel(c), Deprel::Nummod | Deprel::Appos | Deprel::Nmod));
        let (trigger, harm) = self.above(noun, noun).filter(|(trigger, _)| is_plain && self.has_happened(*trigger))?;
        let count = TokenRange::new(article, article + 1);
        let who = Some(self.phrase(count, noun, trigger));
        let cumulative = self.is_so_far(trigger);
        Some(Toll { harm, trigger, count, min: Some(1), max: Some(1), who, cumulative })
    }

    /// "killed", "killing"; "if a soldier dies" counts nobody.
    fn has_happened(&self, verb: usize) -> bool {
        matches!(self.tree.doc.tokens[verb].xpos, Xpos::Vbd | Xpos::Vbn | Xpos::Vbg | Xpos::None)
    }

    fn harm(&self, token: usize, takes: Takes) -> Trigger {
        self.lexicon.harm(self.tree.lemma(token), takes).map(|harm| (token, harm))
    }

    /// The first of a coordination: "soldiers" for "civilians" of "two soldiers and 21 civilians".
    fn first_conjunct(&self, token: usize) -> usize {
        let mut first = token;
        let limit = self.tree.sentence(token).len();
        for _ in 0..limit {
            match self.tree.head(first).filter(|_| self.tree.rel(first) == Deprel::Conj) {
                Some(head) if !self.is_verb(head) => first = head,
                _ => break,
            }
        }
        first
    }

    fn is_verb(&self, token: usize) -> bool {
        self.tree.upos(token) == Upos::Verb
    }

    fn is_passive(&self, verb: usize) -> bool {
        let token = &self.tree.doc.tokens[verb];
        token.morph.passive || self.tree.child(verb, Deprel::AuxPass).is_some()
    }

    /// "21 deaths", "40 wounded".
    fn itself(&self, noun: usize) -> Trigger {
        self.harm(noun, Takes::Event).or_else(|| self.state(noun))
    }

    fn state(&self, token: usize) -> Trigger {
        let word = self.lexicon.harm(self.tree.lower(token), Takes::State).map(|harm| (token, harm));
        word.or_else(|| self.harm(token, Takes::State))
    }

    /// "killed 21 civilians", "21 people were killed", "12 died", "claimed 12 lives", "12 are dead", "the killing of 12".
    fn above(&self, counted: usize, noun: usize) -> Trigger {
        let first = self.first_conjunct(counted);
        let above = self.tree.head(first)?;
        match self.tree.rel(first) {
            Deprel::Obj if self.is_life(noun) => self.harm(above, Takes::Lives),
            Deprel::Obj => self.harm(above, Takes::Object),
            Deprel::NsubjPass => self.harm(above, Takes::Object).or_else(|| self.state(above)),
            Deprel::Nsubj => self.subject_of(above),
            Deprel::Nmod => self.harm(above, Takes::Of),
            _ => None,
        }
    }

    fn subject_of(&self, above: usize) -> Trigger {
        // "more than 40 injured" without its auxiliary
        let elliptic = self.tree.doc.tokens[above].xpos == Xpos::Vbn && self.tree.child(above, Deprel::Aux).is_none();
        let passive = (elliptic || self.is_passive(above)).then(|| self.harm(above, Takes::Object)).flatten();
        let lost_lives = || {
            self.tree
                .child(above, Deprel::Obj)
                .filter(|obj| self.is_life(*obj))
                .and_then(|_| self.harm(above, Takes::Lives))
        };
        let is_state = elliptic || !self.is_verb(above);
        let state = || is_state.then(|| self.state(above)).flatten();
        passive.or_else(|| self.harm(above, Takes::Subject)).or_else(lost_lives).or_else(state)
    }

    fn is_life(&self, noun: usize) -> bool {
        self.harm(noun, Takes::Life).is_some()
    }

    /// "21 people killed in the attack", "21 dead soldiers", "21 lives lost".
    fn below(&self, counted: usize) -> Trigger {
        let takes = if self.is_life(counted) { Takes::Lives } else { Takes::Object };
        self.tree.children(counted).find_map(|child| match self.tree.rel(child) {
            Deprel::Acl if self.tree.doc.tokens[child].xpos == Xpos::Vbn => self.harm(child, takes),
            Deprel::Amod | Deprel::Acl => self.state(child),
            _ => None,
        })
    }

    /// "left 21 people dead", "30 were reported dead".
    fn beside(&self, counted: usize) -> Trigger {
        let first = self.first_conjunct(counted);
        let is_part = matches!(self.tree.rel(first), Deprel::Obj | Deprel::NsubjPass);
        let verb = self.tree.head(first).filter(|_| is_part)?;
        let said_of_it = |child: &usize| matches!(self.tree.rel(*child), Deprel::Xcomp | Deprel::Advcl | Deprel::Amod);
        self.tree.children(verb).filter(said_of_it).find_map(|child| self.state(child))
    }

    /// "the death toll rose to 65", "the toll was 65", "a toll of 65"; of a bare number also "put the toll at 65", but
    /// "took a toll on 12 villages" is none.
    fn toll(&self, counted: usize, bare: bool) -> Trigger {
        let is_part = |child: &usize| match self.tree.rel(*child) {
            Deprel::Nsubj | Deprel::NsubjPass => true,
            Deprel::Obj => bare && *child != counted,
            _ => false,
        };
        let below =
            |token: usize| self.tree.children(token).filter(is_part).find_map(|child| self.harm(child, Takes::Toll));
        let is_end = matches!(self.tree.rel(counted), Deprel::Obl | Deprel::Nmod | Deprel::Obj | Deprel::Xcomp);
        let above = self.tree.head(counted).filter(|_| is_end);
        above.and_then(|above| self.harm(above, Takes::Toll).or_else(|| below(above))).or_else(|| below(counted))
    }

    /// Whether the clause says that it counts all "since" some time, or all "so far".
    fn is_so_far(&self, trigger: usize) -> bool {
        let clause = self.tree.children(trigger).filter(|child| {
            matches!(self.tree.rel(*child), Deprel::Obl | Deprel::OblUnmarked | Deprel::Advcl | Deprel::Advmod)
        });
        let tells = |word: usize| {
            let pair = || format!("{}_{}", self.tree.lower(word - 1), self.tree.lower(word));
            self.tree.is(word, Closed::ToDate) || word > 0 && self.tree.grammar.has(Closed::ToDate, &pair())
        };
        clause.into_iter().any(|child| self.tree.children(child).chain([child]).any(tells))
    }

    /// The words between the count, or the word of harm, and its noun, with the noun: "young civilians".
    fn phrase(&self, count: TokenRange, noun: usize, trigger: usize) -> TokenRange {
        let modifies = |token: &usize| {
            let is_part = matches!(self.tree.rel(*token), Deprel::Amod | Deprel::Compound | Deprel::NmodUnmarked);
            is_part && *token != trigger && self.tree.head(*token) == Some(noun)
        };
        let start = (count.end..noun).rev().take_while(modifies).last().unwrap_or(noun);
        TokenRange::new(start, noun + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::super::quantities::{self, QuantityLexicon, tests::document};
    use super::*;
    use crate::seeds::Grammar;

    fn show(marked: &str) -> String {
        let (document, grammar) = (document(marked), Grammar::load(&Source::builtin()).unwrap());
        let quantities = quantities::find(&document, &QuantityLexicon::load(&Source::builtin()).unwrap(), &[]);
        let tree = Tree::new(&document, &grammar);
        let tolls = find(&tree, &CasualtyLexicon::load(&Source::builtin()).unwrap(), &quantities);
        let shown = tolls.into_iter().map(|toll| {
            let end = |end: Option<u64>| end.map_or("?".into(), |end| end.to_string());
            let who = toll.who.map_or("-", |who| document.words(who));
            let so_far = if toll.cumulative { " so far" } else { "" };
            format!(
                "{:?} {}..{} {who}{so_far} ({})",
                toll.harm,
                end(toll.min),
                end(toll.max),
                document.word(toll.trigger)
            )
        });
        shown.collect::<Vec<_>>().join("; ")
    }

    fn check(cases: &[(&str, &str)]) {
        for (marked, expected) in cases {
            assert_eq!(show(marked), *expected, "{marked}");
        }
    }

    #[test]
    fn objects_and_passives() {
        check(&[
            (
                "missiles/NOUN>2:nsubj hit/VERB>0:root Barda/PROPN>2:obj killing|kill/VERB>2:advcl 21/NUM>7:nummod young/ADJ>7:amod civilians/NOUN>4:obj",
                "Killed 21..21 young civilians (killing)",
            ),
            (
                "21/NUM>2:nummod people/NOUN>4:nsubj:pass were/AUX>4:aux:pass killed|kill/VERB>0:root and/CCONJ>9:cc \
                 more/ADJ>8:advmod than/ADP>6:fixed 40/NUM>9:nsubj:pass injured|injure/VERB>4:conj",
                "Killed 21..21 people (killed); Injured 40..? - (injured)",
            ),
            (
                "two/NUM>2:nummod soldiers/NOUN>7:nsubj:pass and/CCONJ>5:cc 21/NUM>5:nummod civilians/NOUN>2:conj were/AUX>7:aux:pass killed|kill/VERB>0:root",
                "Killed 2..2 soldiers (killed); Killed 21..21 civilians (killed)",
            ),
            ("12/NUM>2:nummod miners/NOUN>3:nsubj died|die/VERB>0:root", "Killed 12..12 miners (died)"),
            (
                "no/DET>2:det civilians/NOUN>4:nsubj:pass were/AUX>4:aux:pass killed|kill/VERB>0:root",
                "Killed 0..0 civilians (killed)",
            ),
        ]);
    }

    #[test]
    fn states_and_events() {
        check(&[
            (
                "It/PRON>2:nsubj left|leave/VERB>0:root 21/NUM>4:nummod people/NOUN>2:obj dead/ADJ>2:xcomp",
                "Killed 21..21 people (dead)",
            ),
            (
                "30/NUM>2:nummod people/NOUN>4:nsubj:pass were/AUX>4:aux:pass reported/VERB>0:root dead/ADJ>4:xcomp",
                "Killed 30..30 people (dead)",
            ),
            (
                "thousands/NOUN>2:nsubj lost|lose/VERB>0:root their/PRON>4:nmod:poss lives|life/NOUN>2:obj",
                "Killed 2000..? - (lost)",
            ),
            (
                "It/PRON>2:nsubj killed|kill/VERB>0:root dozens/NOUN>2:obj of/ADP>5:case people/NOUN>3:nmod",
                "Killed 24..? people (killed)",
            ),
            (
                "the/DET>2:det killing/NOUN>0:root of/ADP>5:case four/NUM>5:nummod sons/NOUN>2:nmod",
                "Killed 4..4 sons (killing)",
            ),
            ("three/NUM>3:nummod dead/ADJ>3:amod soldiers/NOUN>0:root", "Killed 3..3 soldiers (dead)"),
            ("21/NUM>2:nummod people/NOUN>0:root killed|kill/VERB>2:acl", "Killed 21..21 people (killed)"),
            ("12/NUM>3:nsubj are|be/AUX>3:cop dead/ADJ>0:root", "Killed 12..12 - (dead)"),
            ("40/NUM>2:nummod wounded/NOUN>3:nsubj arrived/VERB>0:root", "Injured 40..40 - (wounded)"),
            (
                "They/PRON>2:nsubj reported/VERB>0:root 12/NUM>4:nummod deaths|death/NOUN>2:obj",
                "Killed 12..12 - (deaths)",
            ),
            (
                "It/PRON>2:nsubj claimed|claim/VERB>0:root 12/NUM>4:nummod lives|life/NOUN>2:obj",
                "Killed 12..12 - (claimed)",
            ),
        ]);
    }

    #[test]
    fn tolls_count_all_so_far() {
        check(&[
            (
                "The/DET>3:det death/NOUN>3:compound toll/NOUN>4:nsubj rose|rise/VERB>0:root to/ADP>6:case 65/NUM>4:obl",
                "Killed 65..65 - so far (toll)",
            ),
            (
                "They/PRON>2:nsubj put/VERB>0:root the/DET>4:det toll/NOUN>2:obj at/ADP>6:case 65/NUM>2:obl",
                "Killed 65..65 - so far (toll)",
            ),
            (
                "65/NUM>2:nummod people/NOUN>5:nsubj:pass were/AUX>5:aux:pass then/ADV>5:advmod killed|kill/VERB>0:root since/ADP>7:case Sunday/PROPN>5:obl",
                "Killed 65..65 people so far (killed)",
            ),
        ]);
    }

    #[test]
    fn other_counts_are_no_tolls() {
        check(&[
            ("They/PRON>2:nsubj captured/VERB>0:root 21/NUM>4:nummod soldiers/NOUN>2:obj", ""),
            ("Two/NUM>2:nummod rockets/NOUN>3:nsubj killed|kill/VERB>0:root many/ADJ>3:obj", ""),
            (
                "It/PRON>2:nsubj took/VERB>0:root a/DET>4:det toll/NOUN>2:obj on/ADP>7:case 12/NUM>7:nummod villages/NOUN>2:obl",
                "",
            ),
            ("It/PRON>2:nsubj killed|kill/VERB>0:root the/DET>4:det bill/NOUN>2:obj", ""),
        ]);
    }

    #[test]
    fn the_built_in_table_is_sound() {
        CasualtyLexicon::load(&Source::builtin()).unwrap();
    }
}
