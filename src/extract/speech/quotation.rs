//! Quotations: which cue each belongs to, also where the cue stands sentences before.

use super::{Draft, Finder};
use crate::model::{Document, TokenRange};
use crate::vocab::Upos;

/// A cue further from a quotation than this many tokens does not own it.
const FAR: usize = 200;

/// The quotations of a document that are speech, looked up by token.
pub(super) struct Quotes {
    /// With their marks.
    outer: Vec<TokenRange>,
    /// Without.
    inner: Vec<TokenRange>,
}

impl Quotes {
    pub fn new(doc: &Document) -> Quotes {
        let inner: Vec<TokenRange> = doc.quotations.iter().filter(|q| !q.tokens.is_empty()).map(|q| q.tokens).collect();
        let outer = inner.iter().map(|&q| outer(doc, q)).collect();
        Quotes { outer, inner }
    }

    /// The number of the quotation that a token stands in.
    pub fn holding(&self, token: usize) -> Option<usize> {
        let after = self.inner.partition_point(|q| q.start <= token);
        (0..after).rev().take(3).find(|&q| self.inner[q].contains(token))
    }

    /// Whether the token is the mark that ends a quotation.
    pub fn closes(&self, token: usize) -> bool {
        let after = self.inner.partition_point(|q| q.start <= token);
        (0..after).rev().take(3).any(|q| self.inner[q].end == token && self.outer[q].end == token + 1)
    }

    /// Whether the token is the mark that begins a quotation.
    pub fn opens(&self, token: usize) -> bool {
        let at = self.outer.partition_point(|q| q.start < token);
        self.outer.get(at).is_some_and(|q| q.start == token && self.inner[at].start == token + 1)
    }

    /// Whether most of the words of a content are quoted.
    pub fn covers(&self, content: &[TokenRange]) -> bool {
        let total: usize = content.iter().map(|r| r.len()).sum();
        content.iter().map(|r| self.quoted(*r)).sum::<usize>() * 5 >= total * 4
    }

    /// How many tokens of a range are quoted.
    fn quoted(&self, range: TokenRange) -> usize {
        let first = self.outer.partition_point(|q| q.end <= range.start);
        self.outer[first..].iter().take_while(|q| q.start < range.end).map(|q| shared(*q, range)).sum()
    }
}

/// The tokens in common.
fn shared(a: TokenRange, b: TokenRange) -> usize {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

fn outer(doc: &Document, quotation: TokenRange) -> TokenRange {
    let is_mark =
        |t: usize| matches!(doc.word(t), "\"" | "“" | "”" | "„" | "«" | "»" | "''" | "``" | "'" | "‘" | "’" | "`");
    let start = quotation.start.checked_sub(1).filter(|&t| is_mark(t)).unwrap_or(quotation.start);
    let end =
        if quotation.end < doc.tokens.len() && is_mark(quotation.end) { quotation.end + 1 } else { quotation.end };
    TokenRange::new(start, end)
}

impl Finder<'_> {
    /// Gives every quotation to the attribution it belongs to, and rounds contents to whole quotations.
    pub(super) fn attach_quotations(&self, drafts: &mut [Draft]) {
        drafts.sort_by_key(|d| d.cue.start);
        let mut owners: Vec<Option<usize>> = vec![None; self.quotes.outer.len()];
        for (q, owner) in owners.iter_mut().enumerate() {
            *owner = self.owner_beside(drafts, q);
        }
        self.own_continued(drafts, &mut owners);
        drafts.iter_mut().for_each(|draft| draft.content.sort());
        for (q, owner) in owners.iter().enumerate() {
            if let Some(owner) = *owner {
                self.give(&mut drafts[owner], q);
            }
        }
    }

    /// A content without the mark that closes a quotation before it or opens one behind it.
    pub(super) fn without_strange_marks(&self, content: TokenRange) -> TokenRange {
        let TokenRange { mut start, mut end } = content;
        if start < end && self.quotes.closes(start) && !self.quotes.opens(start) {
            start += 1;
        }
        if start < end && self.quotes.opens(end - 1) && !self.quotes.closes(end - 1) {
            end -= 1;
        }
        self.tree.trimmed(TokenRange::new(start, end))
    }

    /// The cue whose content the quotation is part of, or that stands beside it.
    fn owner_beside(&self, drafts: &[Draft], q: usize) -> Option<usize> {
        let outer = self.quotes.outer[q];
        let speech = self.is_speech(q);
        let first = drafts.partition_point(|d| d.cue.start + FAR < outer.start);
        let near = || drafts.iter().enumerate().skip(first).take_while(|(_, d)| d.cue.start < outer.end + FAR);
        let candidates = || near().filter(|(_, d)| !outer.contains(d.cue_head));
        let overlap = |d: &Draft| d.content.iter().map(|r| shared(*r, outer)).sum::<usize>();
        let length = |d: &Draft| d.content.iter().map(|r| r.len()).sum::<usize>();
        let part = candidates().filter(|(_, d)| overlap(d) * 2 > outer.len()).min_by_key(|(_, d)| length(d));
        if let Some((i, d)) = part {
            return (d.quotes || overlap(d) < outer.len()).then_some(i);
        }
        if !speech {
            return None;
        }
        let beside = candidates().filter(|(_, d)| d.quotes).filter_map(|(i, d)| Some((self.distance(d, outer)?, i)));
        beside
            .min()
            .map(|(_, i)| i)
            .or_else(|| candidates().filter(|(_, d)| d.quotes && overlap(d) > 0).map(|(i, _)| i).next())
    }

    fn is_speech(&self, q: usize) -> bool {
        let inner = self.quotes.inner[q];
        let doc = self.tree.doc;
        let at = doc.quotations.partition_point(|x| x.tokens.start < inner.start);
        doc.quotations.get(at).is_some_and(|x| x.speech)
    }

    /// How many words stand between a cue's chunk and a quotation, where nothing else divides them.
    fn distance(&self, draft: &Draft, quotation: TokenRange) -> Option<usize> {
        let (from, to) = if draft.chunk.end <= quotation.start {
            (draft.chunk.end, quotation.start)
        } else if quotation.end <= draft.chunk.start {
            (quotation.end, draft.chunk.start)
        } else {
            return None;
        };
        let gap = TokenRange::new(from, to);
        let near = gap.len() <= 12 && gap.range().all(|t| !matches!(self.tree.upos(t), Upos::Verb));
        let divided = gap.range().any(|t| matches!(self.tree.doc.word(t), "." | "?" | "!" | ";"));
        let behind = draft.chunk.end <= quotation.start;
        (near && !divided && self.same_sentence_or_colon(draft, quotation, behind)).then_some(gap.len())
    }

    fn same_sentence_or_colon(&self, draft: &Draft, quotation: TokenRange, behind: bool) -> bool {
        let doc = self.tree.doc;
        let cue = doc.sentence_of(draft.cue_head);
        if behind {
            return doc.sentence_of(quotation.start) == cue || doc.word(quotation.start - 1) == ":";
        }
        let last = doc.sentence_of(quotation.end - 1);
        let beside = last + 1 == cue && doc.sentences[last].paragraph == doc.sentences[cue].paragraph;
        last == cue || beside && draft.content.is_empty()
    }

    /// A quotation without a cue goes on what the speaker before has begun, in its paragraph or the one before.
    fn own_continued(&self, drafts: &[Draft], owners: &mut [Option<usize>]) {
        for q in 0..owners.len() {
            if owners[q].is_some() || !self.is_speech(q) {
                continue;
            }
            let outer = self.quotes.outer[q];
            let Some(owner) = q.checked_sub(1).and_then(|before| owners[before]) else { continue };
            let last = drafts[owner].cue.end.max(self.quotes.outer[q - 1].end) - 1;
            let paragraphs = self.tree.paragraph(outer.start).saturating_sub(self.tree.paragraph(last));
            let sentences = self.tree.doc.sentence_of(outer.start).saturating_sub(self.tree.doc.sentence_of(last));
            if self.starts_sentence(outer.start) && paragraphs <= 1 && sentences <= 1 {
                owners[q] = Some(owner);
            }
        }
    }

    fn starts_sentence(&self, token: usize) -> bool {
        self.tree.sentence(token).start == token || token > 0 && self.tree.sentence(token).start + 1 >= token
    }

    /// Makes a quotation part of a content, whole, and keeps the cue's own words out of it. Only the ranges that touch it
    /// are looked at, since a speaker may go on for thousands of quotations.
    fn give(&self, draft: &mut Draft, q: usize) {
        let outer = self.quotes.outer[q];
        let from = draft.content.partition_point(|r| r.end < outer.start);
        let touching = draft.content[from..].iter().take_while(|r| r.start <= outer.end).count();
        let mut joined = outer;
        let mut kept: Vec<TokenRange> = draft.content[from..from + touching].to_vec();
        kept.retain(|r| {
            let over = r.start.min(joined.start)..r.end.max(joined.end);
            if over.contains(&draft.cue_head) {
                return shared(*r, outer) == 0;
            }
            joined = TokenRange::new(over.start, over.end);
            false
        });
        kept.push(joined);
        kept.sort();
        draft.content.splice(from..from + touching, kept);
    }
}
