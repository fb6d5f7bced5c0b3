//! Documents for tests, from CoNLL-U with names as `NER=B-PER` in the last column: no parser is needed to test what follows it.

use crate::model::{Article, Document, NameSpan, Number, Sentence, Span, Token, TokenRange};
use crate::vocab::{Deprel, NameType, Upos, Xpos, ZoneKind};

/// The document of a CoNLL-U text, published on the day of a `# published = ` line. Quotations are the stretches between `"`.
pub fn document(conllu: &str) -> Document {
    let mut doc = Document { article: Article::new("test", ""), ..Document::default() };
    for block in conllu.split("\n\n").filter(|b| !b.trim().is_empty()) {
        sentence(&mut doc, block);
    }
    doc.quotations = quotations(&doc);
    doc
}

fn sentence(doc: &mut Document, block: &str) {
    let first = doc.tokens.len();
    let mut names: Vec<(usize, String)> = Vec::new();
    for line in block.lines() {
        if let Some(day) = line.strip_prefix("# published = ") {
            doc.article.published = day.parse().ok();
        }
        let columns: Vec<&str> = line.split('\t').collect();
        if columns.len() < 8 || columns[0].parse::<usize>().is_err() {
            continue;
        }
        token(doc, &columns, first);
        if let Some(ner) = columns.get(9).and_then(|m| m.split('|').find_map(|f| f.strip_prefix("NER="))) {
            names.push((doc.tokens.len() - 1, ner.to_owned()));
        }
    }
    doc.article.text.push('\n');
    add_names(doc, &names);
    let tokens = TokenRange::new(first, doc.tokens.len());
    let span = doc.span(tokens);
    doc.sentences.push(Sentence { tokens, span, zone: ZoneKind::Prose, paragraph: doc.sentences.len(), cut: false });
}

fn token(doc: &mut Document, columns: &[&str], first: usize) {
    let start = doc.article.text.len();
    doc.article.text.push_str(columns[1]);
    let mut token = Token::new(Span::new(start, doc.article.text.len()));
    if columns.get(9).is_none_or(|m| !m.contains("SpaceAfter=No")) {
        doc.article.text.push(' ');
    }
    token.lemma = columns[2].to_lowercase().into();
    token.upos = Upos::parse(columns[3]).unwrap_or(Upos::X);
    token.xpos = Xpos::parse(columns[4]).unwrap_or(Xpos::None);
    token.head = columns[6].parse::<usize>().ok().filter(|&h| h > 0).map(|h| first + h - 1);
    token.deprel = Deprel::parse_lenient(columns[7]);
    token.morph.number = match columns[4] {
        "NNS" | "NNPS" => Some(Number::Plural),
        "NN" | "NNP" => Some(Number::Singular),
        _ => None,
    };
    token.morph.passive = columns[5].contains("Voice=Pass");
    doc.tokens.push(token);
}

fn add_names(doc: &mut Document, names: &[(usize, String)]) {
    for (token, ner) in names {
        let Some((begin, kind)) = ner.split_once('-').and_then(|(b, k)| Some((b, NameType::parse(k)?))) else {
            continue;
        };
        match doc.names.last_mut().filter(|n| begin != "B" && n.tokens.end == *token && n.kind == kind) {
            Some(name) => name.tokens.end += 1,
            None => doc.names.push(NameSpan { tokens: TokenRange::new(*token, token + 1), kind, score: 0.95 }),
        }
    }
}

fn quotations(doc: &Document) -> Vec<crate::model::Quotation> {
    let marks: Vec<usize> = (0..doc.tokens.len()).filter(|&t| doc.word(t) == "\"").collect();
    marks
        .chunks_exact(2)
        .map(|m| crate::model::Quotation { tokens: TokenRange::new(m[0] + 1, m[1]), speech: true })
        .collect()
}
