//! Tables of counts. Tokens are separated by blanks; `word/TAG` gives a universal tag, `word|lemma` a lemma,
//! `word>4:nummod` a head, counted from 1.

use super::*;
use crate::extract::time::{self, TimeLexicon};
use crate::model::{Article, NameSpan, Sentence, Span};
use crate::seeds::Source;
use crate::vocab::{NameType, ZoneKind};

/// The document that a marked sentence describes.
pub(in crate::extract) fn document(marked: &str) -> Document {
    let mut document = Document::default();
    let mut text = String::new();
    for word in marked.split_whitespace() {
        let (word, arc) = word.split_once('>').unwrap_or((word, ""));
        let (word, tag) = word.rsplit_once('/').unwrap_or((word, ""));
        let (word, lemma) = word.split_once('|').unwrap_or((word, ""));
        // "_" at the beginning glues a token to the one before.
        let (word, glued) = word.strip_prefix('_').map_or((word, text.is_empty()), |word| (word, true));
        text.push_str(if glued { "" } else { " " });
        let mut token = Token::new(Span::new(text.len(), text.len() + word.len()));
        text.push_str(word);
        token.lemma = lemma.into();
        token.upos = Upos::parse(tag).unwrap_or(Upos::X);
        if let Some((head, deprel)) = arc.split_once(':') {
            token.head = head.parse().ok().filter(|head| *head > 0).map(|head: usize| head - 1);
            token.deprel = Deprel::parse_lenient(deprel);
        }
        document.tokens.push(token);
    }
    let tokens = TokenRange::new(0, document.tokens.len());
    let span = Span::new(0, text.len());
    document.sentences.push(Sentence { tokens, span, zone: ZoneKind::Prose, paragraph: 0, cut: false });
    document.article = Article::new("t", text);
    document
}

fn show(document: &Document) -> String {
    let times = time::find(document, &TimeLexicon::load(&Source::builtin()).unwrap());
    let lexicon = QuantityLexicon::load(&Source::builtin()).unwrap();
    let shown = find(document, &lexicon, &times).into_iter().map(|quantity| {
        let end = |end: Option<u64>| end.map_or("?".into(), |end| end.to_string());
        let interval = match (quantity.min == quantity.max, quantity.exact) {
            (true, _) if quantity.min.is_none() => "?".into(),
            (true, true) => end(quantity.min),
            (true, false) => format!("about {}", end(quantity.min)),
            _ => format!("{}..{}", end(quantity.min), end(quantity.max)),
        };
        let noun = quantity.noun.map_or(String::new(), |noun| format!(" {}", document.word(noun)));
        format!("{} = {interval}{noun}", document.words(quantity.tokens))
    });
    shown.collect::<Vec<_>>().join("; ")
}

fn check(cases: &[(&str, &str)]) {
    for (sentence, expected) in cases {
        assert_eq!(show(&document(sentence)), *expected, "{sentence}");
    }
}

#[test]
fn numbers() {
    check(&[
        ("21 people/NOUN", "21 = 21 people"),
        ("two villages/NOUN", "two = 2 villages"),
        ("1,500 people/NOUN", "1,500 = 1500 people"),
        ("1.5 million people/NOUN", "1.5 million = 1500000 people"),
        ("300k people/NOUN", "300k = 300000 people"),
        ("twenty-one men/NOUN", "twenty-one = 21 men"),
        ("twenty _- _one men/NOUN", "twenty-one = 21 men"),
        ("one hundred and twenty men/NOUN", "one hundred and twenty = 120 men"),
        ("two thousand five hundred men/NOUN", "two thousand five hundred = 2500 men"),
        ("a dozen men/NOUN", "a dozen = 12 men"),
        ("two dozen men/NOUN", "two dozen = 24 men"),
        ("half a million people/NOUN", "half a million = 500000 people"),
        ("half a dozen people/NOUN", "half a dozen = 6 people"),
        ("no civilians/NOUN", "no = 0 civilians"),
        ("another 40 men/NOUN", "another 40 = 40 men"),
    ]);
}

#[test]
fn bounds() {
    check(&[
        ("at least 21 civilians/NOUN", "at least 21 = 21..? civilians"),
        ("At least 21 civilians/NOUN", "At least 21 = 21..? civilians"),
        ("more than 40 people/NOUN", "more than 40 = 40..? people"),
        ("over 40 people/NOUN", "over 40 = 40..? people"),
        ("no fewer than 40 people/NOUN", "no fewer than 40 = 40..? people"),
        ("no more than 40 people/NOUN", "no more than 40 = ?..40 people"),
        ("nearly 200 people/NOUN", "nearly 200 = ?..200 people"),
        ("up to 15 people/NOUN", "up to 15 = ?..15 people"),
        ("as many as 15 people/NOUN", "as many as 15 = ?..15 people"),
        ("fewer than 15 people/NOUN", "fewer than 15 = ?..15 people"),
        ("some 30 people/NOUN", "some 30 = about 30 people"),
        ("about 30 people/NOUN", "about 30 = about 30 people"),
        ("an estimated 300,000 people/NOUN", "an estimated 300,000 = about 300000 people"),
        ("more than an estimated 300 people/NOUN", "more than an estimated 300 = 300..? people"),
        ("only 30 people/NOUN", "only 30 = 30 people"),
        ("40 or more people/NOUN", "40 or more = 40..? people"),
        ("40+ people/NOUN", "40+ = 40..? people"),
        ("30 or so people/NOUN", "30 or so = about 30 people"),
        ("between 10 and 20 people/NOUN", "between 10 and 20 = 10..20 people"),
        ("10 to 20 people/NOUN", "10 to 20 = 10..20 people"),
        ("10 _- _20 people/NOUN", "10-20 = 10..20 people"),
        ("400-500 people/NOUN", "400-500 = 400..500 people"),
        ("two or three people/NOUN", "two or three = 2..3 people"),
        ("1 to 2 million people/NOUN", "1 to 2 million = 1000000..2000000 people"),
        ("about 20 to 30 people/NOUN", "about 20 to 30 = 20..30 people"),
        ("more than a hundred people/NOUN", "more than a hundred = 100..? people"),
    ]);
}

#[test]
fn numbers_that_are_not_said() {
    check(&[
        ("dozens of people/NOUN", "dozens = 24..? people"),
        ("scores of people/NOUN", "scores = 40..? people"),
        ("hundreds of armed/ADJ men/NOUN", "hundreds = 200..? men"),
        ("tens of thousands of people/NOUN", "tens of thousands = 20000..? people"),
        ("several people/NOUN", "several = 3..? people"),
        ("several hundred people/NOUN", "several hundred = 300..? people"),
        ("a few people/NOUN", "a few = 2..? people"),
        ("a couple of people/NOUN", "a couple of = 2..? people"),
        ("up to dozens of people/NOUN", "up to dozens = ? people"),
    ]);
}

#[test]
fn near_misses() {
    check(&[
        ("It cost $ 5 million", ""),
        ("40 percent of voters/NOUN", ""),
        ("40 % of voters/NOUN", ""),
        ("Under Resolution/NOUN 1701 they left", ""),
        ("A T _- _72 tank/NOUN", ""),
        ("A 12 _- _vehicle convoy/NOUN", ""),
        ("A 9mm pistol/NOUN", ""),
        ("They fought for three days/NOUN", ""),
        ("It began in 1992", ""),
        ("It began on 4 October 2020", ""),
        ("A 20 _- _year _- _old man/NOUN", ""),
        ("No one spoke", ""),
        ("millions of dollars/NOUN", ""),
        ("They won in 2008 and 2012", ""),
        ("That 2013 report/NOUN", ""),
        ("They met one another", ""),
        ("The 21st brigade/NOUN", ""),
        ("He spoke over lunch/NOUN", ""),
        ("1.2.3.4", ""),
        ("99999999999999999999 people/NOUN", ""),
        ("9,99 people/NOUN", ""),
    ]);
}

#[test]
fn names_keep_their_numbers() {
    let mut marked = document("The Group of Seven and seven men/NOUN");
    marked.names = vec![NameSpan { tokens: TokenRange::new(1, 4), kind: NameType::Org, score: 1.0 }];
    assert_eq!(show(&marked), "seven = 7 men");
}

#[test]
fn the_parse_names_the_noun() {
    check(&[
        (
            "missiles/NOUN>2:nsubj hit/VERB>0:root Barda/PROPN>2:obj ,/PUNCT>2:punct killing/VERB>2:advcl \
             21/NUM>8:nummod young/ADJ>8:amod civilians/NOUN>5:obj",
            "21 = 21 civilians",
        ),
        (
            "21/NUM>2:nummod people/NOUN>4:nsubj:pass were/AUX>4:aux:pass killed/VERB>0:root \
             and/CCONJ>9:cc more/ADJ>8:advmod than/ADP>8:fixed 40/NUM>9:nsubj:pass injured/VERB>4:conj",
            "21 = 21 people; more than 40 = 40..?",
        ),
        (
            "The/DET>3:det death/NOUN>3:compound toll/NOUN>4:nsubj rose/VERB>0:root to/ADP>6:case 65/NUM>4:obl",
            "65 = 65",
        ),
        (
            "Hundreds/NOUN>5:nsubj of/ADP>4:case displaced/ADJ>4:amod families/NOUN>1:nmod fled/VERB>0:root",
            "Hundreds = 200..? families",
        ),
        ("12/NUM>5:nsubj of/ADP>4:case the/DET>4:det soldiers/NOUN>1:nmod died/VERB>0:root", "12 = 12 soldiers"),
        ("Resolution/PROPN>3:nsubj 1701/NUM>1:nummod failed/VERB>0:root", ""),
        ("The/DET>3:det 1915/NUM>3:nummod massacres/NOUN>0:root", ""),
    ]);
}
