//! The article in a web page: its text as paragraphs, and its title, date, site and address from the page's metadata.
//!
//! The text of a page, to which every offset refers, is the words of the blocks in which the article stands, in order, white
//! space squeezed, a blank line between blocks; the title is not part of it. Blocks of which the page itself tells that
//! they are no prose (captions, credits, bylines, dates, links to other stories) are in the text and marked as what they
//! are. Menus, boxes, comments and whatever else stands around the article are left out. Scripts are not run, and of a
//! page that carries several articles the main one is taken.

use super::published::parse_date;
use crate::Article;
use crate::model::{Span, Zone};
use crate::vocab::ZoneKind;
use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, Readability};
use serde_json::{Map, Value};

/// More bytes, elements or levels than this is no news page, and would take more than linear time.
const LARGEST: usize = 16 << 20;
const MOST_ELEMENTS: usize = 50_000;
const DEEPEST: usize = 512;
const NO_NEWS_PAGE: &str = "the page is too large, nested too deeply or has too many elements to be a news page";

/// What is never the article's prose, whatever surrounds it.
const NOT_PROSE: &str = "aside, nav, footer, form, button, dialog, template, noscript, svg, iframe, \
    script, style, [role=dialog], [role=navigation], [role=complementary], [role=alert], [role=banner], [role=contentinfo], \
    [hidden]";

/// Boxes that ask for something: where their names say so, and as long as they hold only a small part of the page's words.
const BOXES: &str = "[id*=consent], [class*=consent], [id*=cookie], [class*=cookie], [id*=onetrust], [id*=gdpr], \
    [class*=gdpr], [id*=newsletter], [class*=newsletter], [id*=subscribe], [class*=subscribe], [class*=signup], \
    [class*=sign-up], [class*=paywall], [class*=donat]";

/// What in a caption says whose picture it is.
const CREDIT: &str = "cite, small, [class*=credit], [class*=copyright], [itemprop=copyrightHolder]";
/// What names the writer; only where little else stands beside it.
const BYLINE: &str = "[class*=byline], [itemprop=author], [rel=author]";
/// Letters of a byline at most, and of what it stands in.
const LONGEST_BYLINE: usize = 150;

/// A page has no more bylines.
const MOST_BYLINES: usize = 20;
/// A page has no more boxes that ask.
const MOST_BOXES: usize = 100;

/// Classes that mark what a block is while the article is looked for. Each word is one that says nothing to `dom_smoothie`.
const MARKS: [(&str, ZoneKind); 3] =
    [("zone-picture", ZoneKind::Caption), ("zone-owner", ZoneKind::Credit), ("zone-writer", ZoneKind::Byline)];

/// Where pages say what the article is, the surest first: a selector, and the attribute that holds it (none: the text).
type Places = &'static [(&'static str, Option<&'static str>)];
const TITLE: Places = &[
    ("meta[property='og:title']", Some("content")),
    ("meta[name='twitter:title']", Some("content")),
    ("[itemprop=headline]", None),
    ("h1", None),
    ("title", None),
];
const PUBLISHED: Places = &[
    ("meta[property='article:published_time']", Some("content")),
    ("meta[property='og:article:published_time']", Some("content")),
    ("meta[itemprop=datePublished]", Some("content")),
    ("[itemprop=datePublished][datetime]", Some("datetime")),
    ("meta[name='parsely-pub-date']", Some("content")),
    ("meta[name='sailthru.date']", Some("content")),
    ("meta[name='publish-date']", Some("content")),
    ("meta[name='pubdate']", Some("content")),
    ("meta[name='date']", Some("content")),
    ("meta[name='DC.date.issued']", Some("content")),
    ("meta[name='dcterms.created']", Some("content")),
    ("article time[datetime]", Some("datetime")),
    ("time[datetime]", Some("datetime")),
    ("article time", None),
];
const SITE: Places = &[
    ("meta[property='og:site_name']", Some("content")),
    ("meta[name='application-name']", Some("content")),
    ("meta[name='publisher']", Some("content")),
];
const AUTHOR: Places = &[("meta[name=author]", Some("content")), ("meta[property='article:author']", Some("content"))];
const URL: Places = &[("link[rel=canonical]", Some("href")), ("meta[property='og:url']", Some("content"))];

/// Finds the article of a page; an error says why there is none.
pub(super) fn article(id: &str, html: &str) -> Result<Article, String> {
    if html.len() > LARGEST || deepest_nesting(html) > DEEPEST {
        return Err(NO_NEWS_PAGE.to_owned());
    }
    let page = Document::from(html);
    check_size(&page)?;
    let linked = linked_data(&page).unwrap_or_default();
    let mut article = metadata(id, &page, &linked);
    let authors = authors(&page, &linked);
    page.select(NOT_PROSE).remove();
    drop_menus(&page);
    drop_boxes(&page);
    mark_figures(&page);
    mark_bylines(&page, &authors);
    unlink_sentences(&page);
    shorten(&page);
    let classes_to_preserve = MARKS.iter().map(|mark| mark.0.to_owned()).collect();
    let config = Config { max_elements_to_parse: MOST_ELEMENTS, classes_to_preserve, ..Config::default() };
    let body = Readability::with_document(page, None, Some(config)).and_then(|mut reader| reader.parse());
    let body = body.map_err(|_| "no article was found in this page; give its text as .txt".to_owned())?;
    (article.text, article.zones) = text(&Document::fragment(body.content), article.title.as_deref());
    if article.text.is_empty() {
        return Err("the article in this page has no text; give it as .txt".into());
    }
    Ok(article)
}

/// How many elements stay open at once at most, by the look of the tags alone: a parser takes the square of it.
fn deepest_nesting(html: &str) -> usize {
    // Elements without an end tag, or with one that may be left out.
    const OPEN_ENDED: &[&str] = &[
        "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "option", "p",
        "param", "path", "source", "td", "th", "tr", "track", "use", "wbr",
    ];
    let (mut open, mut deepest) = (0usize, 0);
    for at in memchr::memchr_iter(b'<', html.as_bytes()) {
        let (closing, rest) = match html[at + 1..].strip_prefix('/') {
            Some(rest) => (true, rest),
            None => (false, &html[at + 1..]),
        };
        let name = &rest[..rest.bytes().take(16).take_while(u8::is_ascii_alphanumeric).count()];
        if name.is_empty() || OPEN_ENDED.binary_search(&name.to_ascii_lowercase().as_str()).is_ok() {
            continue;
        }
        open = if closing { open.saturating_sub(1) } else { open + 1 };
        deepest = deepest.max(open);
    }
    deepest
}

/// No text or attribute is longer than this, in bytes, when the page is written again.
const LONGEST_TEXT: usize = 4096;

/// Cuts long texts into several that follow each other, and drops long attributes: the page is written again on the way to
/// its article, and the writer looks from every `&` to the end of the text.
fn shorten(page: &Document) {
    let entered =
        Steps::over(page.root()).filter_map(|step| if let Step::Enter(node) = step { Some(node) } else { None });
    for node in entered.collect::<Vec<_>>() {
        if node.is_text() {
            cut(&node, &node.text());
        }
        for attribute in node.attrs().iter().filter(|attribute| attribute.value.len() > LONGEST_TEXT) {
            node.remove_attr(&attribute.name.local);
        }
    }
}

fn cut(node: &NodeRef<'_>, text: &str) {
    if text.len() <= LONGEST_TEXT {
        return;
    }
    let mut rest = text;
    while !rest.is_empty() {
        let whole = |at: &usize| rest.is_char_boundary(*at);
        let end = (0..=rest.len().min(LONGEST_TEXT)).rev().find(whole).unwrap_or(rest.len());
        let (piece, after) = rest.split_at(end);
        node.insert_before(&node.tree.new_text(piece));
        rest = after;
    }
    node.remove_from_parent();
}

fn check_size(page: &Document) -> Result<(), String> {
    let (mut elements, mut depth) = (0, 0);
    for step in Steps::over(page.root()) {
        match step {
            Step::Enter(_) => (elements, depth) = (elements + 1, depth + 1),
            Step::Leave(_) => depth -= 1,
        }
        if depth > DEEPEST || elements > 2 * MOST_ELEMENTS {
            return Err(NO_NEWS_PAGE.to_owned());
        }
    }
    Ok(())
}

/// Removes table cells and lists that hold little but several links, as menus do.
fn drop_menus(page: &Document) {
    for node in page.select("td, ul, ol").nodes() {
        let links = dom_query::Selection::from(*node).select("a");
        let linked: usize = links.iter().map(|link| squeeze(&link.text()).len()).sum();
        if links.length() > 2 && linked * 10 > squeeze(&node.text()).len() * 7 {
            node.remove_from_parent();
        }
    }
}

/// Removes the boxes that ask for consent, an address or money.
fn drop_boxes(page: &Document) {
    let most = page.text().len() / 4;
    for node in page.select(BOXES).nodes().iter().take(MOST_BOXES) {
        if node.text().len() <= most {
            node.remove_from_parent();
        }
    }
}

/// Puts a figure's captions and credits in its place, as marked paragraphs.
fn mark_figures(page: &Document) {
    for figure in page.select("figure, figcaption, [itemprop=caption]").nodes() {
        let captions = dom_query::Selection::from(*figure).select("figcaption, [itemprop=caption]");
        let captions = if figure.has_name("figure") { captions.nodes().to_vec() } else { vec![*figure] };
        figure.replace_with_html(captions.into_iter().map(marked_caption).collect::<String>());
    }
}

/// A caption, then what it says of whose picture it is.
fn marked_caption(caption: NodeRef<'_>) -> String {
    let credits = dom_query::Selection::from(caption).select(CREDIT);
    let owners: Vec<String> = credits.iter().map(|credit| squeeze(&credit.text())).collect();
    credits.remove();
    let words = squeeze(&caption.text());
    let owners = owners.iter().map(|owner| marked(owner, ZoneKind::Credit));
    std::iter::once(marked(&words, ZoneKind::Caption)).chain(owners).collect()
}

/// Makes the lines that name the writer marked paragraphs, outermost elements first.
fn mark_bylines(page: &Document, authors: &[String]) {
    let named = |words: &String| authors.iter().any(|author| is_byline_of(words, author));
    for node in page.select("p, div, span, address, li").nodes().iter().filter(|_| !authors.is_empty()) {
        if let Some(words) = byline_words(node).filter(named) {
            node.replace_with_html(marked(&words, ZoneKind::Byline));
        }
    }
    for node in page.select(BYLINE).nodes().iter().take(MOST_BYLINES) {
        let words = squeeze(&node.text());
        let alone = node.parent().is_some_and(|around| squeeze(&around.text()).len() <= LONGEST_BYLINE);
        if alone && !ends_sentence(&words) {
            node.replace_with_html(marked(&words, ZoneKind::Byline));
        }
    }
}

/// The words of an element that holds no more than a byline does.
fn byline_words(node: &NodeRef<'_>) -> Option<String> {
    const MOST_STEPS: usize = 40;
    let mut words = String::new();
    for (count, step) in Steps::over(*node).enumerate() {
        if count > MOST_STEPS || words.len() > LONGEST_BYLINE {
            return None;
        }
        if let Step::Enter(inner) = step
            && inner.is_text()
        {
            append(&mut words, &inner.text());
        }
    }
    words.truncate(words.trim_end().len());
    Some(words)
}

/// A writer's name alone, or with a place or post: "Mary Poe in Cairo".
fn is_byline_of(words: &str, author: &str) -> bool {
    let rest = words.strip_prefix(author).filter(|rest| !rest.starts_with(char::is_alphanumeric));
    rest.is_some_and(|rest| rest.split_whitespace().count() <= 4 && !ends_sentence(words))
}

/// A paragraph that is marked as what it is.
fn marked(words: &str, kind: ZoneKind) -> String {
    let class = MARKS.iter().find(|mark| mark.1 == kind).map_or("", |mark| mark.0);
    let words = words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    if words.is_empty() { words } else { format!("<p class=\"{class}\">{words}</p>") }
}

/// A sentence that is a link as a whole is prose; as a link it would count against its paragraph.
fn unlink_sentences(page: &Document) {
    const LONG: usize = 60;
    for link in page.select("a").nodes() {
        let words = squeeze(&link.text());
        if words.len() >= LONG
            && ends_sentence(&words)
            && link.ancestors_it(Some(3)).all(|around| !around.has_name("li"))
        {
            link.rename("span");
            link.remove_all_attrs();
        }
    }
}

/// Who wrote the article: names of two words and more, so that no word of the text is taken for one.
fn authors(page: &Document, linked: &Map<String, Value>) -> Vec<String> {
    let listed = match linked.get("author") {
        Some(Value::Array(list)) => list.iter().filter_map(name_of).collect(),
        Some(one) => name_of(one).into_iter().collect(),
        None => Vec::new(),
    };
    let named = listed.into_iter().chain(first(page, AUTHOR));
    named.filter(|name| name.contains(' ') && name.len() <= LONGEST_BYLINE).collect()
}

fn metadata(id: &str, page: &Document, linked: &Map<String, Value>) -> Article {
    let field = |name: &str| linked.get(name).and_then(name_of);
    let url = first(page, URL).or_else(|| field("url")).filter(|url| url.starts_with("http"));
    Article {
        id: id.to_owned(),
        title: field("headline").or_else(|| first(page, TITLE)),
        text: String::new(),
        published: field("datePublished").and_then(|date| parse_date(&date)).or_else(|| published(page)),
        source: field("publisher").or_else(|| first(page, SITE)).or_else(|| url.as_deref().and_then(host)),
        url,
        zones: Vec::new(),
    }
}

/// The first place that says something.
fn first(page: &Document, places: Places) -> Option<String> {
    places.iter().find_map(|place| at(page, *place))
}

fn published(page: &Document) -> Option<jiff::civil::Date> {
    PUBLISHED.iter().find_map(|place| parse_date(&at(page, *place)?))
}

fn at(page: &Document, (selector, attribute): (&str, Option<&str>)) -> Option<String> {
    let found = page.select_single(selector);
    let text = match attribute {
        Some(attribute) => found.attr(attribute)?,
        None => found.text(),
    };
    Some(squeeze(&text)).filter(|text| !text.is_empty())
}

/// The site of an address: `news.example.org` of `https://www.news.example.org/world/1`.
fn host(url: &str) -> Option<String> {
    let rest = url.split_once("://")?.1;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    Some(host.trim_start_matches("www.").to_owned()).filter(|host| !host.is_empty())
}

/// The JSON-LD object that describes the article (schema.org), wherever in the page's blocks it stands.
fn linked_data(page: &Document) -> Option<Map<String, Value>> {
    let scripts = page.select("script[type='application/ld+json']");
    let blocks = scripts.nodes().iter().filter_map(|node| serde_json::from_str(node.text().trim()).ok());
    let blocks: Vec<Value> = blocks.collect();
    let found = |is_article: fn(&Map<String, Value>) -> bool| {
        blocks.iter().find_map(|block| find_object(block, is_article)).cloned()
    };
    found(is_article).or_else(|| found(is_dated))
}

/// schema.org's kinds of articles: `NewsArticle`, `LiveBlogPosting` …
fn is_article(object: &Map<String, Value>) -> bool {
    let is_kind =
        |kind: &Value| kind.as_str().is_some_and(|kind| kind.ends_with("Article") || kind.ends_with("Posting"));
    is_dated(object)
        && object
            .get("@type")
            .is_some_and(|kind| is_kind(kind) || kind.as_array().is_some_and(|all| all.iter().any(is_kind)))
}

fn is_dated(object: &Map<String, Value>) -> bool {
    object.contains_key("headline") || object.contains_key("datePublished")
}

/// The first object that is wanted, in it or within it.
fn find_object(value: &Value, wanted: fn(&Map<String, Value>) -> bool) -> Option<&Map<String, Value>> {
    match value {
        Value::Object(object) if wanted(object) => Some(object),
        Value::Object(object) => object.values().find_map(|value| find_object(value, wanted)),
        Value::Array(list) => list.iter().find_map(|value| find_object(value, wanted)),
        _ => None,
    }
}

/// A string, or the `name` of an object, or the first of a list of these.
fn name_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(squeeze(text)).filter(|text| !text.is_empty()),
        Value::Object(object) => object.get("name").and_then(name_of),
        Value::Array(list) => list.first().and_then(name_of),
        _ => None,
    }
}

/// A paragraph or heading with what is needed to judge it.
#[derive(Default)]
struct Block {
    words: String,
    /// What the page says it is.
    marked: Option<ZoneKind>,
    heading: bool,
    item: bool,
    /// Whether it holds a date as an element of its own.
    time: bool,
    /// How many of its bytes stand in links.
    linked: usize,
}

impl Block {
    /// A link to another story: nearly all of it is a link, and it is a list item or no sentence.
    fn is_link(&self) -> bool {
        self.linked * 10 > self.words.len() * 8 && (self.item || !self.is_sentence())
    }

    /// A few words that are no sentence: "Related topics".
    fn is_label(&self) -> bool {
        self.heading || (!self.is_sentence() && self.is_short())
    }

    /// "Published 26 October 2020", which is metadata.
    fn is_dated(&self) -> bool {
        self.time && self.is_short() && !self.is_sentence()
    }

    fn is_sentence(&self) -> bool {
        ends_sentence(&self.words)
    }

    fn is_short(&self) -> bool {
        self.words.split(' ').count() <= 8
    }
}

fn ends_sentence(words: &str) -> bool {
    words.trim_end_matches(['"', '”', '\'', '’', ')']).ends_with(['.', '!', '?'])
}

/// The words of a cleaned article, a blank line between blocks, and the zones that are no prose; nothing without prose.
fn text(content: &Document, title: Option<&str>) -> (String, Vec<Zone>) {
    let (mut text, mut zones) = (String::new(), Vec::new());
    let mut blocks = told(blocks(content));
    blocks.retain(|(block, _)| Some(block.words.as_str()) != title);
    if blocks.iter().all(|(_, kind)| kind.is_some()) {
        return (text, zones);
    }
    for (block, kind) in blocks {
        let start = if text.is_empty() { 0 } else { text.len() + 2 };
        text.push_str(if start > 0 { "\n\n" } else { "" });
        text.push_str(&block.words);
        zones.extend(kind.map(|kind| Zone { span: Span::new(start, text.len()), kind }));
    }
    (text, zones)
}

/// The blocks with what they are where that is no prose.
fn told(blocks: Vec<Block>) -> Vec<(Block, Option<ZoneKind>)> {
    let (mut over_links, mut over_prose) = (false, false);
    // From the end, since what follows a heading or label tells what it stands over.
    let told = blocks.into_iter().rev().map(|block| {
        let idle = (over_links && block.is_label()) || (block.heading && !over_prose);
        let link = block.marked.is_none() && block.is_link();
        let kind = block.marked.or_else(|| {
            let dated = block.is_dated().then_some(ZoneKind::Published);
            (link || idle).then_some(ZoneKind::Related).or(dated)
        });
        over_prose = if kind.is_none() { !block.heading } else { over_prose };
        over_links = link;
        (block, kind)
    });
    let mut told: Vec<_> = told.collect();
    told.reverse();
    told
}

fn blocks(content: &Document) -> Vec<Block> {
    let mut blocks = vec![Block::default()];
    let (mut links, mut items, mut headings) = (0usize, 0usize, 0usize);
    for step in Steps::over(content.root()) {
        let (Step::Enter(node) | Step::Leave(node)) = &step;
        let entering = matches!(step, Step::Enter(_));
        let change = |count: &mut usize| *count = if entering { *count + 1 } else { count.saturating_sub(1) };
        let name = node.node_name().unwrap_or_default();
        if let ("time", Some(block)) = (&*name, blocks.last_mut()) {
            block.time = true;
        }
        match &*name {
            "a" => change(&mut links),
            "li" => change(&mut items),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => change(&mut headings),
            _ => {}
        }
        if is_block(&name) {
            let marked = if entering { mark_of(node) } else { None };
            blocks.push(Block { heading: headings > 0, item: items > 0, marked, ..Block::default() });
        } else if let (true, Some(block)) = (entering && node.is_text(), blocks.last_mut()) {
            let before = block.words.len();
            append(&mut block.words, &node.text());
            block.linked += if links > 0 { block.words.len() - before } else { 0 };
        }
    }
    blocks.iter_mut().for_each(|block| block.words.truncate(block.words.trim_end().len()));
    blocks.retain(|block| !block.words.is_empty());
    blocks
}

/// What an element was marked as.
fn mark_of(node: &NodeRef<'_>) -> Option<ZoneKind> {
    MARKS.iter().find(|mark| node.has_class(mark.0)).map(|mark| mark.1)
}

/// Elements that begin and end a paragraph.
fn is_block(name: &str) -> bool {
    const BLOCKS: &[&str] = &[
        "address",
        "article",
        "blockquote",
        "body",
        "br",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "td",
        "th",
        "tr",
        "ul",
    ];
    BLOCKS.binary_search(&name).is_ok()
}

/// Appends words with every run of white space as one blank.
fn append(words: &mut String, more: &str) {
    for c in more.chars() {
        if !c.is_whitespace() {
            words.push(c);
        } else if !words.is_empty() && !words.ends_with(' ') {
            words.push(' ');
        }
    }
}

fn squeeze(text: &str) -> String {
    let mut out = String::new();
    append(&mut out, text);
    out.truncate(out.trim_end().len());
    out
}

/// A step of a walk through a tree.
enum Step<'a> {
    Enter(NodeRef<'a>),
    Leave(NodeRef<'a>),
}

/// Walks a tree in document order without recursion, so that no page overflows the stack.
struct Steps<'a> {
    pending: Vec<Step<'a>>,
}

impl<'a> Steps<'a> {
    fn over(root: NodeRef<'a>) -> Steps<'a> {
        Steps { pending: vec![Step::Enter(root)] }
    }
}

impl<'a> Iterator for Steps<'a> {
    type Item = Step<'a>;

    fn next(&mut self) -> Option<Step<'a>> {
        let step = self.pending.pop()?;
        if let Step::Enter(node) = &step {
            self.pending.push(Step::Leave(*node));
            self.pending.extend(node.children_it(true).map(Step::Enter));
        }
        Some(step)
    }
}

#[cfg(test)]
mod tests {
    use super::ZoneKind::{Byline, Caption, Credit, Related};
    use super::*;

    fn page(body: &str) -> Result<Article, String> {
        article("a", &format!("<html><head><title>T</title></head><body><article>{body}</article></body></html>"))
    }

    const PROSE: &str = "<p>Shelling resumed near the town on Monday, officials said, and several houses were hit.</p>";

    #[test]
    fn what_is_no_prose_is_marked() {
        let body = format!(
            "{PROSE}<h2>More on this story</h2><ul><li><a href=/1>Why they fight.</a></li></ul><h2>Reactions</h2>{PROSE}\
             <p><a href=/2>READ MORE: the truce</a></p>"
        );
        let article = page(&body).unwrap();
        assert!(article.text.contains("\n\nReactions\n\n"), "{}", article.text);
        let related =
            [("More on this story", Related), ("Why they fight.", Related), ("READ MORE: the truce", Related)];
        assert_eq!(zones(&article), related);
    }

    #[test]
    fn captions_credits_and_bylines_are_kept_apart() {
        let figure = "<figure><img src=a.jpg><figcaption>A burnt house &lt;left&gt; in Barda <span class=img-credit>Ana Ruiz</span></figcaption></figure>";
        let byline = "<div><span class=byline>By <a rel=author href=/1>Jane Doe</a></span></div>";
        let article = page(&format!("{byline}{PROSE}{figure}{PROSE}")).unwrap();
        assert_eq!(
            zones(&article)[..],
            [("By Jane Doe", Byline), ("A burnt house <left> in Barda", Caption), ("Ana Ruiz", Credit)][..]
        );
    }

    #[test]
    fn boxes_that_ask_are_left_out_whatever_surrounds_the_article() {
        let ask = "<p>We and our 141 partners store information on a device to process personal data.</p>";
        let text = |around: &str| {
            page(&format!("{ask_box}{PROSE}{around}{PROSE}{PROSE}", ask_box = boxed("cookie-box", ask))).unwrap().text
        };
        assert!(!text("").contains("partners"));
        let letter =
            boxed("newsletter-signup", "<h3>The morning letter</h3><p>All of the news in your inbox, every day.</p>");
        assert!(!text(&letter).contains("inbox"));
        let whole = boxed("has-newsletter", &format!("{PROSE}{PROSE}{PROSE}"));
        assert!(page(&whole).unwrap().text.contains("Shelling"));
    }

    fn boxed(class: &str, inner: &str) -> String {
        format!("<div class=\"{class}\">{inner}</div>")
    }

    #[test]
    fn a_line_with_the_name_of_the_writer_is_the_byline() {
        let head = "<head><meta name=author content='Mary Poe'></head>";
        let body = format!("<article><div>Mary Poe in Cairo</div>{PROSE}<p>Mary Poe was there.</p>{PROSE}</article>");
        let article = article("a", &format!("<html>{head}<body>{body}</body></html>")).unwrap();
        assert_eq!(zones(&article), [("Mary Poe in Cairo", Byline)]);
    }

    #[test]
    fn linked_data_of_the_article_comes_before_that_of_the_site() {
        let graph = r#"{"@graph": [{"@type": "WebSite", "headline": "The Post"},
            {"@type": ["NewsArticle"], "headline": "Truce fails", "datePublished": "2020-10-26"}]}"#;
        let script = format!("<script type='application/ld+json'>{graph}</script>");
        assert_eq!(page(&format!("{script}{PROSE}{PROSE}")).unwrap().title.as_deref(), Some("Truce fails"));
    }

    #[test]
    fn long_texts_are_cut_and_say_the_same() {
        let long = "é & ".repeat(5_000);
        let page = Document::from(format!("<p>Short.</p><p><a href='/1' title='{long}'>{long}</a></p>").as_str());
        let before = page.text();
        shorten(&page);
        assert_eq!(page.text(), before);
        let texts = Steps::over(page.root()).filter(|step| matches!(step, Step::Enter(node) if node.is_text()));
        let longest = texts.map(|step| if let Step::Enter(node) = step { node.text().len() } else { 0 }).max();
        assert!(longest.is_some_and(|longest| longest <= LONGEST_TEXT), "{longest:?}");
        let link = page.select("a");
        assert_eq!((link.attr("href").as_deref(), link.attr("title")), (Some("/1"), None));
    }

    fn zones(article: &Article) -> Vec<(&str, ZoneKind)> {
        article.zones.iter().map(|zone| (zone.span.of(&article.text), zone.kind)).collect()
    }

    #[test]
    fn a_linked_sentence_stays() {
        let body = format!(
            "{PROSE}<p><a href=/1>The ministry denied it on Tuesday, calling the report a fabrication.</a></p>"
        );
        assert!(page(&body).unwrap().text.contains("denied it"));
    }

    #[test]
    fn a_page_that_is_no_page_is_an_error_or_empty_but_never_fatal() {
        assert!(article("a", "").is_err());
        assert!(article("a", &"<div>".repeat(100_000)).is_err());
        assert!(article("a", &"<b>".repeat(20_000)).is_err());
        assert!(article("a", &"<p>".repeat(100_000)).is_err());
        assert!(article("a", &"<".repeat(100_000)).is_ok(), "it is text");
    }

    #[test]
    fn block_names_are_sorted() {
        assert!(is_block("address") && is_block("ul") && is_block("h3") && !is_block("span"));
    }
}
