//! Reads and writes CoNLL-U (universaldependencies.org/format.html), one document per `# newdoc`.
//!
//! Written are tokens, lemmas, tags, the part of the features that the model keeps (Number, Tense, Voice), the basic tree,
//! and names as `NER=B-PER` in MISC. Read is all of that; a column that holds `_` is left open. Multiword tokens and
//! comments are kept beside the document as [`Frame`]s; empty nodes and enhanced dependencies are dropped.

use super::find_quotations;
use crate::error::{Error, Result};
use crate::model::{Article, Document, Morph, NameSpan, Number, Sentence, Span, Tense, Token, TokenRange, Zone};
use crate::vocab::{Deprel, NameType, Upos, Xpos, ZoneKind};
use std::io::{self, Write};

/// What a sentence of a file has that a document does not: its comments and its multiword tokens.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Frame {
    /// Comment lines without those that the writer makes itself, `#` included.
    pub comments: Vec<String>,
    /// The sentence's name, `sent_id`.
    pub id: Option<String>,
    /// Multiword tokens in order.
    pub multiwords: Vec<Multiword>,
}

/// Words written as one: "don't" over the words 1 and 2.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Multiword {
    /// Its words, counted in the sentence from 0.
    pub words: TokenRange,
    /// As it is written.
    pub form: String,
}

/// A document read from CoNLL-U with the frames of its sentences.
#[derive(Debug, Clone, Default)]
pub struct Framed {
    /// The document; its text is made from the words.
    pub document: Document,
    /// One per sentence.
    pub frames: Vec<Frame>,
}

/// Reads documents; `file` names the source in errors and in the ids of documents without one.
///
/// ```
/// let text = "# newdoc id = a\n1\tBaku\tBaku\tPROPN\tNNP\t_\t2\tnsubj\t_\tNER=B-LOC\n2\tdenied\tdeny\tVERB\tVBD\t_\t0\troot\t_\t_\n\n";
/// let document = &newsgraph::nlp::read_conllu("x.conllu", text)?[0].document;
/// assert_eq!(document.word(0), "Baku");
/// assert_eq!(document.tokens[0].head, Some(1));
/// # Ok::<(), newsgraph::Error>(())
/// ```
pub fn read_conllu(file: &str, text: &str) -> Result<Vec<Framed>> {
    let mut reader = Reader { file, line: 0, found: Vec::new(), rows: Rows::default(), paragraph_opens: false };
    for line in text.lines() {
        reader.line += 1;
        reader.read_line(line)?;
    }
    reader.line += 1;
    reader.end_sentence()?;
    for framed in &mut reader.found {
        framed.document.quotations = find_quotations(&framed.document);
    }
    Ok(reader.found)
}

/// Writes a document; with the frames of its sentences where it was read from CoNLL-U.
pub fn write_conllu(document: &Document, frames: Option<&[Frame]>, out: &mut dyn Write) -> io::Result<()> {
    let id = document.article.id.split_whitespace().collect::<Vec<_>>().join(" ");
    writeln!(out, "# newdoc id = {id}")?;
    let tags = name_tags(document);
    let mut paragraph = None;
    for (number, sentence) in document.sentences.iter().enumerate() {
        if paragraph.replace(sentence.paragraph) != Some(sentence.paragraph) {
            writeln!(out, "# newpar")?;
        }
        let frame = frames.and_then(|f| f.get(number));
        match frame.and_then(|f| f.id.as_deref()) {
            Some(id) => writeln!(out, "# sent_id = {id}")?,
            None => writeln!(out, "# sent_id = {id}-{}", number + 1)?,
        }
        write_sentence(document, sentence, frame, &tags, out)?;
    }
    Ok(())
}

fn write_sentence(
    document: &Document,
    sentence: &Sentence,
    frame: Option<&Frame>,
    tags: &[Option<NameTag>],
    out: &mut dyn Write,
) -> io::Result<()> {
    for comment in frame.iter().flat_map(|f| &f.comments) {
        writeln!(out, "{comment}")?;
    }
    if sentence.zone != ZoneKind::Prose {
        writeln!(out, "# zone = {}", sentence.zone)?;
    }
    if sentence.cut {
        writeln!(out, "# cut = yes")?;
    }
    writeln!(out, "# text = {}", spaced_text(document, sentence.tokens))?;
    let mut multiwords = frame.map_or(&[][..], |f| &f.multiwords).iter().peekable();
    for at in sentence.tokens.range() {
        let index = at - sentence.tokens.start;
        if let Some(multiword) = multiwords.next_if(|m| m.words.start == index) {
            let last = sentence.tokens.start + multiword.words.end - 1;
            let space = if has_space_after(document, last) { "_" } else { "SpaceAfter=No" };
            let (from, to) = (index + 1, multiword.words.end);
            writeln!(out, "{from}-{to}\t{}\t_\t_\t_\t_\t_\t_\t_\t{space}", multiword.form)?;
        }
        write_token(document, sentence, at, tags[at], out)?;
    }
    writeln!(out)
}

fn write_token(
    document: &Document,
    sentence: &Sentence,
    at: usize,
    tag: Option<NameTag>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let token = &document.tokens[at];
    let start = sentence.tokens.start;
    let head = token.head.map_or(0, |head| head - start + 1);
    let lemma = if token.lemma.is_empty() { "_" } else { &*token.lemma };
    write!(out, "{}\t{}\t{lemma}\t{}\t{}\t", at - start + 1, document.word(at), token.upos, token.xpos)?;
    write_feats(token.morph, out)?;
    write!(out, "\t{head}\t{}\t_\t", token.deprel)?;
    let glued = !has_space_after(document, at);
    match tag {
        Some((first, kind)) => {
            write!(out, "NER={}-{kind}{}", if first { 'B' } else { 'I' }, if glued { "|" } else { "" })?
        }
        None if !glued => write!(out, "_")?,
        None => {}
    }
    writeln!(out, "{}", if glued { "SpaceAfter=No" } else { "" })
}

fn write_feats(morph: Morph, out: &mut dyn Write) -> io::Result<()> {
    let number = morph.number.map(|n| if n == Number::Singular { "Number=Sing" } else { "Number=Plur" });
    let tense = morph.tense.map(|t| if t == Tense::Past { "Tense=Past" } else { "Tense=Pres" });
    let voice = morph.passive.then_some("Voice=Pass");
    let feats: Vec<&str> = [number, tense, voice].into_iter().flatten().collect();
    write!(out, "{}", if feats.is_empty() { "_".to_owned() } else { feats.join("|") })
}

/// Whether a token begins a name, and the name's type.
type NameTag = (bool, NameType);

fn name_tags(document: &Document) -> Vec<Option<NameTag>> {
    let mut tags = vec![None; document.tokens.len()];
    for name in &document.names {
        for at in name.tokens.range() {
            tags[at] = Some((at == name.tokens.start, name.kind));
        }
    }
    tags
}

/// Whether white space follows a token; at the text's end none is missed.
fn has_space_after(document: &Document, at: usize) -> bool {
    let from = document.tokens[at].span.end;
    let to = document.tokens.get(at + 1).map_or(document.article.text.len(), |next| next.span.start);
    let gap = document.article.text.get(from..to).unwrap_or_default();
    at + 1 == document.tokens.len() || gap.contains(char::is_whitespace)
}

/// The sentence with one blank where white space stands.
fn spaced_text(document: &Document, tokens: TokenRange) -> String {
    let mut text = String::new();
    for at in tokens.range() {
        text.push_str(document.word(at));
        if at + 1 < tokens.end && has_space_after(document, at) {
            text.push(' ');
        }
    }
    text
}

/// The rows of one sentence as they are collected.
#[derive(Debug, Default)]
struct Rows {
    frame: Frame,
    words: Vec<Word>,
    /// For each multiword token whether white space follows.
    spaced: Vec<bool>,
    /// The name of the document that begins with this sentence.
    opens_document: Option<String>,
}

#[derive(Debug)]
struct Word {
    form: String,
    token: Token,
    head: usize,
    name: Option<NameTag>,
    space_after: bool,
    line: usize,
}

struct Reader<'a> {
    file: &'a str,
    line: usize,
    found: Vec<Framed>,
    rows: Rows,
    paragraph_opens: bool,
}

impl Reader<'_> {
    fn error(&self, message: impl Into<String>) -> Error {
        Error::syntax(self.file, self.line, message)
    }

    fn read_line(&mut self, line: &str) -> Result<()> {
        if line.trim().is_empty() {
            return self.end_sentence();
        }
        match line.strip_prefix('#') {
            Some(comment) => {
                self.comment(comment.trim());
                Ok(())
            }
            None => self.row(line),
        }
    }

    fn comment(&mut self, comment: &str) {
        let (key, value) = comment.split_once('=').map_or((comment, ""), |(k, v)| (k.trim(), v.trim()));
        match key {
            "sent_id" => self.rows.frame.id = Some(value.to_owned()),
            "newdoc" | "newdoc id" => self.rows.opens_document = Some(value.to_owned()),
            "newpar" | "newpar id" => self.paragraph_opens = true,
            "text" | "zone" | "cut" => {}
            _ => self.rows.frame.comments.push(format!("# {comment}")),
        }
    }

    fn row(&mut self, line: &str) -> Result<()> {
        let columns: Vec<&str> = line.split('\t').collect();
        let &[id, form, lemma, upos, xpos, feats, head, deprel, _, misc] = columns.as_slice() else {
            return Err(self.error(format!("a token has 10 columns with tabs between, found {}", columns.len())));
        };
        if id.contains('.') {
            return Ok(()); // an empty node: no word of the text
        }
        let space_after = !misc.split('|').any(|m| m == "SpaceAfter=No");
        if let Some((first, last)) = id.split_once('-') {
            return self.multiword(first, last, form, space_after);
        }
        if id.parse() != Ok(self.rows.words.len() + 1) {
            return Err(self.error(format!("the number {} was expected, found {id:?}", self.rows.words.len() + 1)));
        }
        let mut token = Token::new(Span::default());
        token.lemma = Box::from(if lemma == "_" && form != "_" { "" } else { lemma });
        token.upos = Upos::parse(upos).unwrap_or(Upos::X);
        token.xpos = Xpos::parse(xpos).unwrap_or(Xpos::None);
        token.morph = morph(feats);
        token.deprel = if deprel == "_" { Deprel::Root } else { Deprel::parse_lenient(deprel) };
        let head = if head == "_" { Ok(0) } else { head.parse() };
        let head = head.map_err(|_| self.error("the head must be the number of a token, or 0"))?;
        let form = form.split_whitespace().collect::<Vec<_>>().join(" ");
        if form.is_empty() {
            return Err(self.error("a word must have a form"));
        }
        self.rows.words.push(Word { form, token, head, name: name_tag(misc), space_after, line: self.line });
        Ok(())
    }

    fn multiword(&mut self, first: &str, last: &str, form: &str, space_after: bool) -> Result<()> {
        let next = self.rows.words.len() + 1;
        match (first.parse::<usize>(), last.parse::<usize>()) {
            (Ok(first), Ok(last)) if first == next && last > first && last - first < 64 => {
                let words = TokenRange::new(first - 1, last);
                self.rows.frame.multiwords.push(Multiword { words, form: form.to_owned() });
                self.rows.spaced.push(space_after);
                Ok(())
            }
            _ => Err(self.error(format!("a multiword token must begin at {next}, the next word's number"))),
        }
    }

    fn end_sentence(&mut self) -> Result<()> {
        if self.rows.words.is_empty() {
            return Ok(()); // comments without words stay with the next sentence
        }
        let mut rows = std::mem::take(&mut self.rows);
        let count = rows.words.len();
        if let Some(word) = rows.words.iter().find(|w| w.head > count) {
            let message = format!("the head {} is not in the sentence of {count} words", word.head);
            return Err(Error::syntax(self.file, word.line, message));
        }
        if rows.frame.multiwords.last().is_some_and(|m| m.words.end > count) {
            return Err(self.error("the last multiword token has more words than the sentence"));
        }
        spell_multiwords(&mut rows);
        let new = rows.opens_document.take();
        if new.is_some() || self.found.is_empty() {
            let id = new.filter(|id| !id.is_empty()).unwrap_or_else(|| self.default_id());
            self.found.push(Framed {
                document: Document { article: Article::new(id, ""), ..Document::default() },
                frames: Vec::new(),
            });
        }
        let opens = std::mem::take(&mut self.paragraph_opens);
        if let Some(framed) = self.found.last_mut() {
            push_sentence(framed, rows, opens);
        }
        Ok(())
    }

    fn default_id(&self) -> String {
        match self.found.len() {
            0 => self.file.to_owned(),
            n => format!("{}#{}", self.file, n + 1),
        }
    }
}

/// Words under a multiword token are glued in the text where together they spell it, and its own space counts.
fn spell_multiwords(rows: &mut Rows) {
    for (multiword, &space_after) in rows.frame.multiwords.iter().zip(&rows.spaced) {
        let words = &mut rows.words[multiword.words.range()];
        let spelled = words.iter().map(|w| w.form.as_str()).collect::<String>() == multiword.form;
        for word in words.iter_mut() {
            word.space_after = !spelled;
        }
        if let Some(last) = words.last_mut() {
            last.space_after = space_after;
        }
    }
}

fn push_sentence(framed: &mut Framed, rows: Rows, opens_paragraph: bool) {
    let document = &mut framed.document;
    let start = document.tokens.len();
    let fresh = document.sentences.is_empty();
    let paragraph = document.sentences.last().map_or(0, |s| s.paragraph + usize::from(opens_paragraph));
    if opens_paragraph && !fresh {
        document.article.text.truncate(document.article.text.trim_end().len());
        document.article.text.push_str("\n\n");
    }
    for word in rows.words {
        push_word(document, word, start);
    }
    let tokens = TokenRange::new(start, document.tokens.len());
    let span = document.span(tokens);
    document.sentences.push(Sentence { tokens, span, zone: ZoneKind::Prose, paragraph, cut: false });
    match document.zones.last_mut().filter(|_| !opens_paragraph) {
        Some(zone) => zone.span.end = span.end,
        None => document.zones.push(Zone { span, kind: ZoneKind::Prose }),
    }
    framed.frames.push(rows.frame);
}

fn push_word(document: &mut Document, word: Word, start: usize) {
    let text = &mut document.article.text;
    let from = text.len();
    text.push_str(&word.form);
    let span = Span::new(from, text.len());
    if word.space_after {
        text.push(' ');
    }
    let at = document.tokens.len();
    let head = word.head.checked_sub(1).map(|head| start + head);
    document.tokens.push(Token { span, head, ..word.token });
    match (word.name, document.names.last_mut()) {
        (Some((false, kind)), Some(name)) if name.tokens.end == at && at > start && name.kind == kind => {
            name.tokens.end += 1
        }
        (Some((_, kind)), _) => document.names.push(NameSpan { tokens: TokenRange::new(at, at + 1), kind, score: 1.0 }),
        (None, _) => {}
    }
}

fn name_tag(misc: &str) -> Option<NameTag> {
    let tag = misc.split('|').find_map(|m| m.strip_prefix("NER="))?;
    let (place, kind) = tag.split_once('-')?;
    Some((place == "B", NameType::parse(kind)?))
}

fn morph(feats: &str) -> Morph {
    let mut morph = Morph::default();
    for feat in feats.split('|') {
        match feat {
            "Tense=Past" => morph.tense = Some(Tense::Past),
            "Tense=Pres" => morph.tense = Some(Tense::Present),
            "Number=Sing" => morph.number = Some(Number::Singular),
            "Number=Plur" => morph.number = Some(Number::Plural),
            "Voice=Pass" => morph.passive = true,
            _ => {}
        }
    }
    morph
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = "# newdoc id = one\n# newpar\n# sent_id = one-1\n# speaker = Doe\n# text = I don't know.\n\
        1\tI\tI\tPRON\tPRP\tNumber=Sing\t4\tnsubj\t_\t_\n\
        2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\t_\n\
        2\tdo\tdo\tAUX\tVBP\tTense=Pres\t4\taux\t_\tSpaceAfter=No\n\
        3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_\n\
        4\tknow\tknow\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No\n\
        5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_\n\n";

    fn round_trip(text: &str) -> String {
        let mut out = Vec::new();
        for framed in read_conllu("x", text).unwrap() {
            write_conllu(&framed.document, Some(&framed.frames), &mut out).unwrap();
        }
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn what_is_read_is_written() {
        assert_eq!(round_trip(SAMPLE), SAMPLE);
    }

    #[test]
    fn empty_nodes_are_dropped_and_names_kept() {
        let text = "1\tSouth\tSouth\tPROPN\tNNP\t_\t0\troot\t_\tNER=B-LOC\n1.1\tx\t_\t_\t_\t_\t_\t_\t_\t_\n\
            2\tOssetia\tOssetia\tPROPN\tNNP\t_\t1\tflat\t_\tNER=I-LOC\n\n";
        let documents = read_conllu("x", text).unwrap();
        assert_eq!(documents[0].document.words(documents[0].document.names[0].tokens), "South Ossetia");
        assert!(!round_trip(text).contains("1.1"));
    }

    #[test]
    fn errors_name_the_line() {
        let error = |text: &str| read_conllu("x", text).unwrap_err().to_string();
        assert_eq!(error("1\ta\n"), "x:1: a token has 10 columns with tabs between, found 2");
        assert_eq!(error("\n2\ta\t_\t_\t_\t_\t_\t_\t_\t_\n"), "x:2: the number 1 was expected, found \"2\"");
        assert_eq!(error("1\ta\t_\t_\t_\t_\t7\t_\t_\t_\n"), "x:1: the head 7 is not in the sentence of 1 words");
        assert!(error("1-2\tab\t_\t_\t_\t_\t_\t_\t_\t_\n1\ta\t_\t_\t_\t_\t0\t_\t_\t_\n").contains("more words"));
    }
}
