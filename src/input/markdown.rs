//! Markdown to plain text: headings, links and emphasis become their words, each block a paragraph.
//!
//! Tables, code, images and the marks of footnotes are left out, and so is a YAML front matter except for title, date,
//! source and URL. What stands beside an image in its paragraph is its caption.

use super::published::parse_date;
use crate::Article;
use crate::model::{Span, Zone};
use crate::vocab::ZoneKind;
use pulldown_cmark::{Event, MetadataBlockKind, Options, Parser, Tag, TagEnd};

/// The article in a Markdown file. A heading of the first level at its beginning is the title and not part of the text.
pub(super) fn article(id: &str, markdown: &str) -> Article {
    let mut plain = Plain::default();
    let options = Options::ENABLE_YAML_STYLE_METADATA_BLOCKS | Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES;
    Parser::new_ext(markdown, options).for_each(|event| plain.push(event));
    plain.block();
    let mut article = Article::new(id, plain.text.trim_end());
    article.zones = plain.captions;
    article.title = plain.title;
    for line in plain.metadata.lines() {
        set_field(&mut article, line);
    }
    article
}

/// Reads one `name: value` of the front matter.
fn set_field(article: &mut Article, line: &str) {
    let Some((name, value)) = line.split_once(':') else { return };
    let value = value.trim().trim_matches(['"', '\'']);
    let some = || Some(value.to_owned()).filter(|v| !v.is_empty());
    match name.trim() {
        "title" => article.title = some().or(article.title.take()),
        "date" | "published" => article.published = parse_date(value),
        "source" => article.source = some(),
        "url" => article.url = some(),
        _ => {}
    }
}

/// The text so far.
#[derive(Default)]
struct Plain {
    text: String,
    title: Option<String>,
    metadata: String,
    in_title: bool,
    in_metadata: bool,
    /// How many blocks are open whose words are left out.
    silent: usize,
    /// Where the block began.
    start: usize,
    /// Whether the block holds an image.
    pictured: bool,
    captions: Vec<Zone>,
}

impl Plain {
    fn push(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            Event::Text(words) | Event::Code(words) => self.words(&words),
            Event::SoftBreak => self.words(" "),
            Event::HardBreak => self.words("\n"),
            Event::Rule => self.block(),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        self.pictured |= matches!(tag, Tag::Image { .. });
        match tag {
            Tag::Heading { level: pulldown_cmark::HeadingLevel::H1, .. }
                if self.title.is_none() && self.text.is_empty() =>
            {
                self.in_title = true;
                self.title = Some(String::new());
            }
            Tag::MetadataBlock(MetadataBlockKind::YamlStyle) => self.in_metadata = true,
            Tag::CodeBlock(_) | Tag::Table(_) | Tag::Image { .. } | Tag::HtmlBlock => self.silent += 1,
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::MetadataBlock(_) => self.in_metadata = false,
            TagEnd::CodeBlock | TagEnd::Table | TagEnd::Image | TagEnd::HtmlBlock => {
                self.silent = self.silent.saturating_sub(1);
            }
            TagEnd::Heading(_) if self.in_title => self.in_title = false,
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::BlockQuote(_) => self.block(),
            TagEnd::FootnoteDefinition => self.block(),
            _ => {}
        }
    }

    fn words(&mut self, words: &str) {
        if self.in_metadata {
            self.metadata.push_str(words);
        } else if self.silent > 0 {
        } else if self.in_title {
            self.title.get_or_insert_default().push_str(words);
        } else {
            // A block begins with a word.
            let body = if self.text.len() == self.start { words.trim_start() } else { words };
            self.text.push_str(body);
        }
    }

    /// Ends a block: the next words begin a paragraph.
    fn block(&mut self) {
        if self.text.len() > self.start {
            let span = Span::new(self.start, self.text.trim_end().len());
            self.captions.extend(self.pictured.then_some(Zone { span, kind: ZoneKind::Caption }));
            self.text.push_str("\n\n");
        }
        (self.start, self.pictured) = (self.text.len(), false);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_becomes_plain_text() {
        let source = "# Truce *fails*\n\nShelling **resumed**\nin [Barda](http://x).\n\n## Why?\
         \n\n- one\n- two\n\n```\ncode\n```\n\n> He said \"no\".\n\n![map](m.png)\n";
        let article = article("a", source);
        assert_eq!(article.title.as_deref(), Some("Truce fails"));
        assert_eq!(article.text, "Shelling resumed in Barda.\n\nWhy?\n\none\n\ntwo\n\nHe said \"no\".");
    }

    #[test]
    fn what_stands_beside_an_image_is_its_caption() {
        let article = article("a", "One.[^1]\n\n![map](m.png)\n*The valley. Map: our own*\n\nTwo.\n\n[^1]: By fax.\n");
        assert_eq!(article.text, "One.\n\nThe valley. Map: our own\n\nTwo.\n\nBy fax.");
        let [caption] = article.zones[..] else { panic!("{:?}", article.zones) };
        assert_eq!(caption.span.of(&article.text), "The valley. Map: our own");
    }

    #[test]
    fn front_matter_is_metadata() {
        let source = "---\ntitle: \"A: b\"\ndate: 2020-10-26\nsource: Tribune\n---\nText.\n";
        let article = article("a", source);
        assert_eq!(article.title.as_deref(), Some("A: b"));
        assert_eq!(article.published, Some(jiff::civil::date(2020, 10, 26)));
        assert_eq!((article.source.as_deref(), article.text.as_str()), (Some("Tribune"), "Text."));
    }
}
