//! One table of typed attributes that every property-graph format writes, so that they cannot drift apart: which columns
//! nodes and edges have, of which type, and how each is read off. Rows are read as they are written; nothing is stored.

use crate::graph::Edge;
use crate::model::{Casualties, Entity, Evidence, Name, Quoted, Statement};
use crate::ontology::{Codebook, Ontology};
use std::borrow::Cow;

/// The type of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Any text.
    Text,
    /// A whole number.
    Integer,
    /// A decimal number.
    Real,
    /// True or false.
    Boolean,
    /// Several texts.
    Texts,
    /// A day, ISO 8601.
    Date,
    /// A JSON value: the second-best way to carry what has no column of its own.
    Json,
}

/// The value of a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    /// Not given.
    None,
    /// Of a `Text`, `Date` or `Json` column.
    Text(Cow<'a, str>),
    /// Of an `Integer` column.
    Integer(i64),
    /// Of a `Real` column; always finite.
    Real(f64),
    /// Of a `Boolean` column.
    Boolean(bool),
    /// Of a `Texts` column; never empty.
    Texts(Vec<&'a str>),
}

/// A kind of table: what its rows are.
pub trait Rows {
    /// A row.
    type Row<'a>: 'a;
}

/// The table of nodes.
pub enum NodeRows {}

/// The table of edges.
pub enum EdgeRows {}

/// The table of evidence.
pub enum EvidenceRows {}

/// A row of the table of evidence.
#[derive(Debug, Clone, Copy)]
pub struct EvidenceRow<'a> {
    statement: &'a Statement,
    evidence: &'a Evidence,
}

impl<'a> EvidenceRow<'a> {
    /// The rows of a statement.
    pub fn of(statement: &'a Statement) -> impl Iterator<Item = EvidenceRow<'a>> {
        statement.evidence.iter().map(move |evidence| EvidenceRow { statement, evidence })
    }
}

impl Rows for EvidenceRows {
    type Row<'a> = EvidenceRow<'a>;
}

impl Rows for NodeRows {
    type Row<'a> = Entity;
}

impl Rows for EdgeRows {
    type Row<'a> = Edge<'a>;
}

/// A column of a table.
pub struct Column<T: Rows> {
    /// Its name, an NCName, unique in its table.
    pub name: &'static str,
    /// The type of its values.
    pub kind: Kind,
    /// What it says.
    pub about: &'static str,
    get: for<'a> fn(&'a T::Row<'a>) -> Value<'a>,
}

impl<T: Rows> Column<T> {
    /// The cell of a row.
    pub fn get<'a>(&self, row: &'a T::Row<'a>) -> Value<'a> {
        (self.get)(row)
    }
}

const fn node(
    name: &'static str,
    kind: Kind,
    about: &'static str,
    get: for<'a> fn(&'a Entity) -> Value<'a>,
) -> Column<NodeRows> {
    Column { name, kind, about, get }
}

const fn edge(
    name: &'static str,
    kind: Kind,
    about: &'static str,
    get: for<'a> fn(&'a Edge<'a>) -> Value<'a>,
) -> Column<EdgeRows> {
    Column { name, kind, about, get }
}

const fn evidence(
    name: &'static str,
    kind: Kind,
    about: &'static str,
    get: for<'a> fn(&'a EvidenceRow<'a>) -> Value<'a>,
) -> Column<EvidenceRows> {
    Column { name, kind, about, get }
}

/// The id of nodes, where it is a column like any other.
pub const NODE_IDS: &[Column<NodeRows>] = &[node("id", Kind::Text, "its id", |e| text(&e.id))];

/// The id and the ends of edges, where they are columns like any other.
pub const EDGE_IDS: &[Column<EdgeRows>] = &[
    edge("id", Kind::Text, "its id", |s| text(&s.id)),
    edge("source", Kind::Text, "who or what acts, an entity id", |s| text(&s.subject)),
    edge("target", Kind::Text, "on whom or what, an entity id", |s| text(&s.object)),
];

/// The columns of evidence.
pub const EVIDENCE: &[Column<EvidenceRows>] = &[
    evidence("statement", Kind::Text, "what it is evidence of, an edge id", |r| text(&r.statement.id)),
    evidence("article", Kind::Text, "the article's id", |r| text(&r.evidence.article)),
    evidence("start", Kind::Integer, "first character of the sentence", |r| offset(r.evidence.start)),
    evidence("end", Kind::Integer, "one past its last", |r| offset(r.evidence.end)),
    evidence("quote", Kind::Text, "the sentence", |r| text(&r.evidence.quote)),
    evidence("rule", Kind::Text, "the rule that fired", |r| text(&r.evidence.rule)),
    evidence("stance", Kind::Text, "what the sentence does with it", |r| text(r.evidence.stance.as_str())),
    evidence("confidence", Kind::Real, "how likely this reading is right", |r| real(Some(r.evidence.confidence))),
    evidence("speaker", Kind::Text, "who says so, an entity id", |r| name(&r.evidence.speaker)),
    evidence("trigger", Kind::Text, "the word that triggered the rule", |r| words(Some(&r.evidence.trigger))),
    evidence("triggerStart", Kind::Integer, "its first character", |r| first(Some(&r.evidence.trigger))),
    evidence("subject", Kind::Text, "the subject's words", |r| words(r.evidence.subject.as_ref())),
    evidence("subjectStart", Kind::Integer, "their first character", |r| first(r.evidence.subject.as_ref())),
    evidence("object", Kind::Text, "the object's words", |r| words(r.evidence.object.as_ref())),
    evidence("objectStart", Kind::Integer, "their first character", |r| first(r.evidence.object.as_ref())),
    evidence("cue", Kind::Text, "the word of saying", |r| words(r.evidence.cue.as_ref())),
    evidence("cueStart", Kind::Integer, "its first character", |r| first(r.evidence.cue.as_ref())),
];

/// The columns of nodes, besides `id`.
pub const NODES: &[Column<NodeRows>] = &[
    node("label", Kind::Text, "the name to show", |e| text(&e.label)),
    node("type", Kind::Text, "Person, State, Place, Organization or WeaponSystem", |e| text(e.entity_type.as_str())),
    node("kind", Kind::Text, "the finer sort: city, ministry, drone", |e| name(&e.kind)),
    node("aliases", Kind::Texts, "other names", |e| texts(e.aliases.iter().map(String::as_str))),
    node("named", Kind::Boolean, "false if known only by description", |e| Value::Boolean(e.named)),
    node("country", Kind::Text, "ISO 3166 alpha-3", |e| name(&e.country)),
    node("lat", Kind::Real, "latitude, WGS 84", |e| real(e.lat)),
    node("lon", Kind::Real, "longitude, WGS 84", |e| real(e.lon)),
    node("sameAs", Kind::Texts, "the same thing elsewhere", |e| texts(e.same_as.iter().map(String::as_str))),
    node("mentions", Kind::Integer, "how often it is mentioned", |e| integer(Some(e.mentions as u64))),
];

/// The columns of edges, besides `id`, `source` and `target`.
pub const EDGES: &[Column<EdgeRows>] = &[
    edge("type", Kind::Text, "the predicate", |s| text(&s.predicate)),
    edge("label", Kind::Text, "the predicate as a reader says it", |s| text(predicate_label(&s.predicate))),
    edge("weight", Kind::Integer, "how many statements it stands for", |s| integer(Some(s.weight() as u64))),
    edge("types", Kind::Texts, "the predicates of a collapsed edge", |s| names(s.predicates())),
    edge("status", Kind::Text, "reported, claimed, denied, disputed, hypothetical", |s| text(s.status.as_str())),
    edge("negated", Kind::Boolean, "said not to have happened", |s| Value::Boolean(s.negated)),
    edge("claimedBy", Kind::Texts, "who asserts it", |s| names(&s.claimed_by)),
    edge("deniedBy", Kind::Texts, "who denies it", |s| names(&s.denied_by)),
    edge("start", Kind::Date, "first day", |s| s.time.as_ref().map_or(Value::None, |t| name(&t.start))),
    edge("end", Kind::Date, "last day", |s| s.time.as_ref().map_or(Value::None, |t| name(&t.end))),
    edge("granularity", Kind::Text, "how exact the time is", |s| {
        s.time.as_ref().map_or(Value::None, |t| text(t.granularity.as_str()))
    }),
    edge("place", Kind::Text, "where, an entity id", |s| name(&s.place)),
    edge("weapon", Kind::Texts, "with what, entity ids", |s| names(&s.weapon)),
    edge("killedMin", Kind::Integer, "killed, at least", |s| count(&s.killed, |c| c.min)),
    edge("killedMax", Kind::Integer, "killed, at most", |s| count(&s.killed, |c| c.max)),
    edge("killedWho", Kind::Text, "of whom", |s| part(&s.killed, |c| c.who.as_deref())),
    edge("killedSide", Kind::Text, "on whose side, an entity id", |s| part(&s.killed, |c| c.side.as_deref())),
    edge("killedCumulative", Kind::Boolean, "whether the count is of a whole conflict", |s| cumulative(&s.killed)),
    edge("injuredMin", Kind::Integer, "injured, at least", |s| count(&s.injured, |c| c.min)),
    edge("injuredMax", Kind::Integer, "injured, at most", |s| count(&s.injured, |c| c.max)),
    edge("injuredWho", Kind::Text, "of whom", |s| part(&s.injured, |c| c.who.as_deref())),
    edge("injuredSide", Kind::Text, "on whose side, an entity id", |s| part(&s.injured, |c| c.side.as_deref())),
    edge("injuredCumulative", Kind::Boolean, "whether the count is of a whole conflict", |s| cumulative(&s.injured)),
    edge("instrumentOf", Kind::Text, "on whose behalf, an entity id", |s| name(&s.instrument_of)),
    edge("content", Kind::Text, "what a demand or threat is for", |s| name(&s.content)),
    edge("cameo", Kind::Text, "CAMEO code", |s| name(&s.cameo)),
    edge("plover", Kind::Text, "PLOVER event type", |s| name(&s.plover)),
    edge("goldstein", Kind::Real, "Goldstein scale of the CAMEO code", |s| real(goldstein(&s.cameo))),
    edge("about", Kind::Text, "the statement that it is about", |s| name(&s.about)),
    edge("confidence", Kind::Real, "how likely the reading is right", |s| real(Some(s.confidence))),
    edge("sources", Kind::Integer, "independent articles", |s| integer(Some(s.sources as u64))),
    edge("quote", Kind::Text, "the first sentence it stands in", |s| {
        s.evidence.first().map_or(Value::None, |e| text(&e.quote))
    }),
    edge("article", Kind::Text, "the article of that sentence", |s| {
        s.evidence.first().map_or(Value::None, |e| text(&e.article))
    }),
    edge("evidence", Kind::Json, "every sentence, as in the interchange JSON", |s| {
        serde_json::to_string(&s.evidence).map_or(Value::None, |json| Value::Text(json.into()))
    }),
];

/// The cells of a node that have a value, in the order of the columns.
pub fn node_cells(row: &Entity) -> impl Iterator<Item = (&'static Column<NodeRows>, Value<'_>)> {
    NODES.iter().map(|c| (c, c.get(row))).filter(|(_, v)| *v != Value::None)
}

/// The cells of an edge that have a value, in the order of the columns.
pub fn edge_cells<'a>(row: &'a Edge<'a>) -> impl Iterator<Item = (&'static Column<EdgeRows>, Value<'a>)> {
    EDGES.iter().map(|c| (c, c.get(row))).filter(|(_, v)| *v != Value::None)
}

impl Value<'_> {
    /// As text: numbers as Rust prints them, several texts as a JSON array.
    pub fn to_text(&self) -> Cow<'_, str> {
        match self {
            Value::None => Cow::Borrowed(""),
            Value::Text(t) => Cow::Borrowed(t),
            Value::Integer(i) => Cow::Owned(i.to_string()),
            Value::Real(x) => Cow::Owned(real_text(*x)),
            Value::Boolean(b) => Cow::Borrowed(if *b { "true" } else { "false" }),
            Value::Texts(list) => Cow::Owned(json_list(list)),
        }
    }
}

/// The shortest decimal that reads back to the same number, with a point.
pub fn real_text(x: f64) -> String {
    if x == x.trunc() && x.abs() < 1e15 { format!("{x:.1}") } else { format!("{x}") }
}

/// Several texts as one: a JSON array, which no text can break.
pub fn json_list(list: &[&str]) -> String {
    serde_json::to_string(list).expect("a list of strings is always JSON")
}

/// The label of a predicate, or its name if the ontology has none.
pub fn predicate_label(predicate: &Name) -> &str {
    Ontology::builtin().get(predicate).map_or(predicate, |p| p.label.as_str())
}

/// The Goldstein scale of a CAMEO code.
pub fn goldstein(cameo: &Option<Name>) -> Option<f64> {
    Codebook::builtin().goldstein(cameo.as_deref()?)
}

fn text(t: &str) -> Value<'_> {
    Value::Text(Cow::Borrowed(t))
}

fn name(n: &Option<Name>) -> Value<'_> {
    n.as_deref().map_or(Value::None, text)
}

fn names(list: &[Name]) -> Value<'_> {
    texts(list.iter().map(|n| &**n))
}

fn texts<'a>(list: impl Iterator<Item = &'a str>) -> Value<'a> {
    let list: Vec<&str> = list.collect();
    if list.is_empty() { Value::None } else { Value::Texts(list) }
}

fn integer(i: Option<u64>) -> Value<'static> {
    i.map_or(Value::None, |i| Value::Integer(i64::try_from(i).unwrap_or(i64::MAX)))
}

fn offset(at: u32) -> Value<'static> {
    integer(Some(at.into()))
}

fn words(q: Option<&Quoted>) -> Value<'_> {
    q.map_or(Value::None, |q| text(&q.text))
}

fn first(q: Option<&Quoted>) -> Value<'_> {
    q.map_or(Value::None, |q| offset(q.start))
}

fn real(x: Option<f64>) -> Value<'static> {
    x.filter(|x| x.is_finite()).map_or(Value::None, Value::Real)
}

fn count(c: &Option<Box<Casualties>>, get: impl Fn(&Casualties) -> Option<u64>) -> Value<'_> {
    integer(c.as_deref().and_then(get))
}

fn part(c: &Option<Box<Casualties>>, get: impl Fn(&Casualties) -> Option<&str>) -> Value<'_> {
    c.as_deref().and_then(get).map_or(Value::None, text)
}

fn cumulative(c: &Option<Box<Casualties>>) -> Value<'_> {
    c.as_ref().map_or(Value::None, |c| Value::Boolean(c.cumulative))
}
