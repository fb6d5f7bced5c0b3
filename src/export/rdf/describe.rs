//! What is said in RDF of each entity, article, statement and piece of evidence, in the order in which it is written.

use super::RdfView;
use super::iris::{Iris, Spans, encoded};
use super::sink::Sink;
use super::vocabulary::*;
use crate::error::Result;
use crate::export::Options;
use crate::export::gexf::is_day;
use crate::graph::{Edge, NodeExtra, View};
use crate::model::{ArticleRef, Casualties, Entity, Evidence, Name, Quoted, Time};
use crate::ontology::Ontology;
use crate::vocab::{EntityType, Stance, Status};
use foldhash::HashSet;
use foldhash::quality::FixedState;
use oxrdf::{GraphName, LiteralRef, NamedNode, NamedNodeRef, NamedOrBlankNode, Term, TermRef, Triple};
use std::hash::BuildHasher;

/// Writes the triples of one view.
pub struct Describe<'s, 'v, 'o, 'w> {
    view: &'v View<'v>,
    layout: RdfView,
    iris: Iris<'v>,
    sink: &'s mut Sink<'o, 'w>,
    /// Where triples go now.
    graph: GraphName,
    /// What several statements share (words, times) and is written: hashes of IRIs.
    written: HashSet<u64>,
    /// The last direct triple of this graph: statements that differ in time alone follow each other and share theirs.
    direct: Option<[&'v Name; 3]>,
}

/// The IRIs that a statement is made of.
struct Terms {
    subject: String,
    predicate: String,
    object: String,
}

/// A resource that is being described.
fn node(iri: &str) -> NamedNodeRef<'_> {
    NamedNodeRef::new_unchecked(iri)
}

impl<'s, 'v, 'o, 'w> Describe<'s, 'v, 'o, 'w> {
    /// Prepares to write a view.
    pub fn new(view: &'v View<'v>, options: &'v Options, sink: &'s mut Sink<'o, 'w>) -> Self {
        let iris = Iris::new(&options.base);
        Describe {
            view,
            layout: options.rdf_view,
            iris,
            sink,
            graph: GraphName::DefaultGraph,
            written: HashSet::default(),
            direct: None,
        }
    }

    /// Writes everything.
    pub fn all(mut self) -> Result<()> {
        let view = self.view;
        for (entity, extra) in view.entities_with_extra() {
            self.entity(entity, &extra)?;
        }
        for article in view.articles() {
            self.article(article)?;
        }
        for edge in view.edges() {
            match self.layout {
                RdfView::Plain | RdfView::Rdf12 => self.plain(edge)?,
                RdfView::Graphs => self.statement(edge, &self.terms(edge), &self.evidence_iris(edge))?,
                RdfView::Nanopub => self.nanopub(edge)?,
            }
        }
        if self.layout == RdfView::Graphs { self.article_graphs() } else { Ok(()) }
    }

    fn plain(&mut self, e: &'v Edge<'v>) -> Result<()> {
        let evidence = self.evidence_iris(e);
        let terms = self.terms(e);
        self.direct(e, &terms)?;
        self.statement(e, &terms, &evidence)?;
        e.evidence.iter().zip(&evidence).try_for_each(|(ev, iri)| self.evidence(iri, ev))
    }

    fn terms(&self, e: &Edge<'_>) -> Terms {
        let [subject, object] = [&e.subject, &e.object].map(|id| self.iris.entity(id));
        Terms { subject, predicate: own(&e.predicate), object }
    }

    fn evidence_iris(&self, e: &Edge<'_>) -> Vec<String> {
        e.evidence.iter().map(|ev| self.iris.evidence(&e.id, ev)).collect()
    }

    /// Each article's graph: the direct triples that it asserts, and its evidence.
    fn article_graphs(&mut self) -> Result<()> {
        let view = self.view;
        let mut by_article: Vec<(&Name, u32, u32)> = Vec::new();
        for (edge, at) in view.edges().iter().zip(0..) {
            by_article.extend(edge.evidence.iter().zip(0..).map(|(ev, i)| (&ev.article, at, i)));
        }
        by_article.sort_unstable();
        for part in by_article.chunk_by(|a, b| a.0 == b.0) {
            let graph = self.iris.graph(part[0].0);
            self.iri(node(&graph), TYPE, PROV_ENTITY.as_str())?;
            self.iri(node(&graph), DERIVED_FROM, &self.iris.article(part[0].0))?;
            self.graph = NamedNode::new_unchecked(graph).into();
            // Words are described where they are quoted, in each graph for itself.
            self.written.clear();
            self.direct = None;
            for statement in part.chunk_by(|a, b| a.1 == b.1) {
                self.article_statement(&view.edges()[statement[0].1 as usize], statement)?;
            }
            self.graph = GraphName::DefaultGraph;
        }
        Ok(())
    }

    fn article_statement(&mut self, edge: &'v Edge<'v>, evidence: &[(&Name, u32, u32)]) -> Result<()> {
        let own = || evidence.iter().map(|&(_, _, i)| &edge.evidence[i as usize]);
        if own().any(|ev| matches!(ev.stance, Stance::Reports | Stance::Claims)) {
            self.direct(edge, &self.terms(edge))?;
        }
        own().try_for_each(|ev| self.evidence(&self.iris.evidence(&edge.id, ev), ev))
    }

    fn nanopub(&mut self, e: &'v Edge<'v>) -> Result<()> {
        let evidence = self.evidence_iris(e);
        let np = self.iris.nanopub(&e.id);
        let part = |name: &str| format!("{np}#{name}");
        let graph = |name: &str| GraphName::from(NamedNode::new_unchecked(part(name)));
        self.written.clear();
        self.graph = graph("head");
        self.iri(node(&np), TYPE, NANOPUB.as_str())?;
        self.iri(node(&np), HAS_ASSERTION, &part("assertion"))?;
        self.iri(node(&np), HAS_PROVENANCE, &part("provenance"))?;
        self.iri(node(&np), HAS_PUBINFO, &part("pubinfo"))?;
        self.graph = graph("assertion");
        self.direct = None;
        let terms = self.terms(e);
        self.direct(e, &terms)?;
        self.statement(e, &terms, &evidence)?;
        self.graph = graph("provenance");
        self.derivation(node(&part("assertion")), e)?;
        for (ev, iri) in e.evidence.iter().zip(&evidence) {
            self.evidence(iri, ev)?;
        }
        self.graph = graph("pubinfo");
        self.iri(node(&np), ATTRIBUTED_TO, SOFTWARE.as_str())?;
        self.graph = GraphName::DefaultGraph;
        Ok(())
    }

    fn entity(&mut self, e: &Entity, extra: &NodeExtra) -> Result<()> {
        let iri = self.iris.entity(&e.id);
        let s = node(&iri);
        self.iri(s, TYPE, &own(e.entity_type.as_str()))?;
        self.iri(s, TYPE, schema_type(e.entity_type).as_str())?;
        self.text(s, IDENTIFIER, &e.id)?;
        self.words(s, LABEL, &e.label)?;
        for alias in &e.aliases {
            self.words(s, ALT_LABEL, alias)?;
        }
        self.optional_text(s, KIND, e.kind.as_deref())?;
        self.boolean(s, NAMED, e.named)?;
        self.optional_text(s, COUNTRY, e.country.as_deref())?;
        for same in &e.same_as {
            self.same_as(s, same)?;
        }
        self.count(s, MENTIONS, e.mentions as u64)?;
        if *extra != NodeExtra::default() {
            self.json(s, SIGHTINGS, extra)?;
        }
        match e.lat.zip(e.lon) {
            Some((lat, lon)) => self.point(s, &e.id, lat, lon),
            None => Ok(()),
        }
    }

    fn point(&mut self, s: NamedNodeRef<'_>, id: &str, lat: f64, lon: f64) -> Result<()> {
        self.decimal(s, LAT, lat)?;
        self.decimal(s, LONG, lon)?;
        let geometry = self.iris.geometry(id);
        self.iri(s, HAS_GEOMETRY, &geometry)?;
        self.iri(node(&geometry), TYPE, POINT.as_str())?;
        self.typed(node(&geometry), AS_WKT, &format!("POINT({lon} {lat})"), WKT)
    }

    /// Wikidata and GeoNames speak of the very thing; of other IRIs we know only that they match.
    fn same_as(&mut self, s: NamedNodeRef<'_>, same: &str) -> Result<()> {
        let the_thing = same.contains("wikidata.org/entity/") || same.contains("geonames.org/");
        match oxrdf::NamedNode::new(same) {
            Ok(iri) if the_thing => self.iri(s, SAME_AS, iri.as_str()),
            Ok(iri) => self.iri(s, EXACT_MATCH, iri.as_str()),
            Err(_) => self.text(s, OTHER_IDENTIFIER, same),
        }
    }

    fn article(&mut self, a: &ArticleRef) -> Result<()> {
        let iri = self.iris.article(&a.id);
        let s = node(&iri);
        self.iri(s, TYPE, NEWS_ARTICLE.as_str())?;
        self.text(s, IDENTIFIER, &a.id)?;
        self.optional_text(s, HEADLINE, a.title.as_deref())?;
        if let Some(day) = &a.published {
            self.date(s, DATE_PUBLISHED, day)?;
        }
        self.optional_text(s, PUBLISHER, a.source.as_deref())?;
        if let Some(url) = &a.url {
            self.typed(s, URL, url, ANY_URI)?;
        }
        self.optional_text(s, ORIGIN, a.origin.as_deref())?;
        self.optional_text(s, FINGERPRINT, a.fingerprint.as_deref())?;
        self.text(s, SHA256, &a.sha256)
    }

    /// The triple itself, where the statement may be counted as having happened.
    fn direct(&mut self, e: &'v Edge<'v>, terms: &Terms) -> Result<()> {
        if e.negated || !matches!(e.status, Status::Reported | Status::Claimed) {
            return Ok(());
        }
        let triple = [&e.subject, &e.predicate, &e.object];
        if self.direct == Some(triple) {
            return Ok(());
        }
        self.direct = Some(triple);
        self.iri(node(&terms.subject), node(&terms.predicate), &terms.object)
    }

    fn statement(&mut self, e: &Edge<'_>, terms: &Terms, evidence: &[String]) -> Result<()> {
        let iri = self.iris.statement(&e.id);
        let s = node(&iri);
        let dynamic = Ontology::builtin().get(&e.predicate).is_none_or(|p| p.dynamic);
        self.iri(s, TYPE, STATEMENT.as_str())?;
        if dynamic {
            self.iri(s, TYPE, EVENT.as_str())?;
        }
        self.text(s, IDENTIFIER, &e.id)?;
        self.core(s, terms)?;
        if dynamic {
            self.event(s, e, terms)?;
        }
        self.vouching(s, e)?;
        self.qualifiers(s, e)?;
        self.derivation(s, e)?;
        for iri in evidence {
            self.iri(s, HAS_EVIDENCE, iri)?;
        }
        match &e.time {
            Some(time) => self.time(s, time),
            None => Ok(()),
        }
    }

    fn core(&mut self, s: NamedNodeRef<'_>, terms: &Terms) -> Result<()> {
        let Terms { subject, predicate, object } = terms;
        if self.layout == RdfView::Rdf12 {
            let [subject, predicate, object] = [subject, predicate, object].map(NamedNode::new_unchecked);
            let triple = Triple::new(NamedOrBlankNode::from(subject), predicate, object);
            return self.term(s, REIFIES, Term::from(triple).as_ref());
        }
        self.iri(s, SUBJECT, subject)?;
        self.iri(s, PREDICATE, predicate)?;
        self.iri(s, OBJECT, object)
    }

    /// The statement as an event of SEM: who acts, where, of which type.
    fn event(&mut self, s: NamedNodeRef<'_>, e: &Edge<'_>, terms: &Terms) -> Result<()> {
        self.iri(s, EVENT_TYPE, &terms.predicate)?;
        let mut place = e.place.as_ref();
        for (end, iri) in e.ends.into_iter().zip([&terms.subject, &terms.object]) {
            match end.entity_type {
                t if t.is_actor() => self.iri(s, HAS_ACTOR, iri)?,
                EntityType::Place => place = place.or(Some(&end.id)),
                _ => {}
            }
            if e.subject == e.object {
                break;
            }
        }
        match place {
            Some(place) => self.iri(s, HAS_PLACE, &self.iris.entity(place)),
            None => Ok(()),
        }
    }

    fn vouching(&mut self, s: NamedNodeRef<'_>, e: &Edge<'_>) -> Result<()> {
        self.iri(s, STATUS, status(e.status).as_str())?;
        self.boolean(s, NEGATED, e.negated)?;
        for (property, who) in [(CLAIMED_BY, &e.claimed_by), (DENIED_BY, &e.denied_by)] {
            for id in who {
                self.iri(s, property, &self.iris.entity(id))?;
            }
        }
        self.decimal(s, CONFIDENCE, e.confidence)?;
        self.count(s, SOURCES, e.sources as u64)
    }

    fn qualifiers(&mut self, s: NamedNodeRef<'_>, e: &Edge<'_>) -> Result<()> {
        self.optional_entity(s, PLACE, e.place.as_ref())?;
        for weapon in &e.weapon {
            self.optional_entity(s, WEAPON, Some(weapon))?;
        }
        let killed = [KILLED_MIN, KILLED_MAX, KILLED_WHO, KILLED_SIDE, KILLED_CUMULATIVE];
        let injured = [INJURED_MIN, INJURED_MAX, INJURED_WHO, INJURED_SIDE, INJURED_CUMULATIVE];
        self.casualties(s, e.killed.as_deref(), killed)?;
        self.casualties(s, e.injured.as_deref(), injured)?;
        self.optional_entity(s, INSTRUMENT_OF, e.instrument_of.as_ref())?;
        self.optional_text(s, CONTENT, e.content.as_deref())?;
        for (property, namespace, code) in [(CAMEO_CODE, CAMEO, &e.cameo), (PLOVER_TYPE, PLOVER, &e.plover)] {
            if let Some(code) = code {
                self.iri(s, property, &format!("{namespace}{}", encoded(code)))?;
            }
        }
        if let Some(about) = &e.about {
            self.iri(s, ABOUT, &self.iris.statement(about))?;
        }
        match self.view.edge_variants(e) {
            variants if variants.is_empty() => Ok(()),
            variants => self.json(s, VARIANTS, &variants),
        }
    }

    fn casualties(&mut self, s: NamedNodeRef<'_>, c: Option<&Casualties>, to: [NamedNodeRef<'_>; 5]) -> Result<()> {
        let Some(c) = c else { return Ok(()) };
        let [min, max, who, side, cumulative] = to;
        for (property, count) in [(min, c.min), (max, c.max)] {
            if let Some(count) = count {
                self.count(s, property, count)?;
            }
        }
        self.optional_text(s, who, c.who.as_deref())?;
        self.optional_entity(s, side, c.side.as_ref())?;
        self.boolean(s, cumulative, c.cumulative)
    }

    /// The articles that something comes from.
    fn derivation(&mut self, s: NamedNodeRef<'_>, e: &Edge<'_>) -> Result<()> {
        for part in e.evidence.chunk_by(|a, b| a.article == b.article) {
            self.iri(s, DERIVED_FROM, &self.iris.article(&part[0].article))?;
        }
        Ok(())
    }

    fn time(&mut self, s: NamedNodeRef<'_>, time: &Time) -> Result<()> {
        let iri = self.iris.time(time);
        for (property, day) in [(BEGIN, &time.start), (END, &time.end)] {
            if let Some(day) = day {
                self.date(s, property, day)?;
            }
        }
        self.iri(s, HAS_TIME, &iri)?;
        if !self.first(&iri) {
            return Ok(());
        }
        let s = node(&iri);
        self.iri(s, TYPE, INTERVAL.as_str())?;
        self.text(s, GRANULARITY, time.granularity.as_str())?;
        for (property, day) in [(HAS_BEGINNING, &time.start), (HAS_END, &time.end)] {
            if let Some(day) = day {
                self.iri(s, property, &self.iris.day(day))?;
            }
        }
        [&time.start, &time.end].into_iter().flatten().try_for_each(|day| self.day(day))
    }

    fn day(&mut self, day: &str) -> Result<()> {
        let iri = self.iris.day(day);
        if !self.first(&iri) {
            return Ok(());
        }
        self.iri(node(&iri), TYPE, INSTANT.as_str())?;
        self.date(node(&iri), IN_DATE, day)
    }

    fn evidence(&mut self, iri: &str, e: &Evidence) -> Result<()> {
        let s = node(iri);
        let article = self.iris.article(&e.article);
        self.iri(s, TYPE, EVIDENCE.as_str())?;
        self.iri(s, TYPE, SPECIFIC_RESOURCE.as_str())?;
        self.iri(s, HAS_SOURCE, &article)?;
        let mut spans = Spans::of(&article);
        self.iri(s, HAS_SELECTOR, spans.at(e.start, e.end))?;
        self.iri(s, STANCE, stance(e.stance).as_str())?;
        self.text(s, RULE, &e.rule)?;
        self.decimal(s, CONFIDENCE, e.confidence)?;
        self.optional_entity(s, SPEAKER, e.speaker.as_ref())?;
        let words = [
            (TRIGGER, Some(&e.trigger)),
            (SUBJECT_WORDS, e.subject.as_ref()),
            (OBJECT_WORDS, e.object.as_ref()),
            (CUE, e.cue.as_ref()),
        ];
        let words = || words.iter().filter_map(|(property, quoted)| Some((property, (*quoted)?)));
        for (property, q) in words() {
            self.iri(s, *property, spans.at(q.start, q.end))?;
        }
        self.span(spans.at(e.start, e.end), e.start, e.end, &e.quote)?;
        for (_, Quoted { start, end, text }) in words() {
            self.span(spans.at(*start, *end), *start, *end, text)?;
        }
        Ok(())
    }

    /// A stretch of text, by position and by its words.
    fn span(&mut self, iri: &str, start: u32, end: u32, words: &str) -> Result<()> {
        if !self.first(iri) {
            return Ok(());
        }
        let s = node(iri);
        self.iri(s, TYPE, TEXT_QUOTE.as_str())?;
        self.iri(s, TYPE, TEXT_POSITION.as_str())?;
        self.text(s, EXACT, words)?;
        self.count(s, OA_START, start as u64)?;
        self.count(s, OA_END, end as u64)
    }

    fn first(&mut self, iri: &str) -> bool {
        self.written.insert(FixedState::default().hash_one(iri))
    }

    fn term(&mut self, s: NamedNodeRef<'_>, p: NamedNodeRef<'_>, o: TermRef<'_>) -> Result<()> {
        self.sink.quad(s, p, o, self.graph.as_ref())
    }

    fn iri(&mut self, s: NamedNodeRef<'_>, p: NamedNodeRef<'_>, o: &str) -> Result<()> {
        self.term(s, p, node(o).into())
    }

    fn text(&mut self, s: NamedNodeRef<'_>, p: NamedNodeRef<'_>, text: &str) -> Result<()> {
        self.term(s, p, LiteralRef::new_simple_literal(text).into())
    }

    fn words(&mut self, s: NamedNodeRef<'_>, p: NamedNodeRef<'_>, text: &str) -> Result<()> {
        self.term(s, p, LiteralRef::new_language_tagged_literal_unchecked(text, "en").into())
    }

    fn typed(
        &mut self,
        s: NamedNodeRef<'_>,
        p: NamedNodeRef<'_>,
        text: &str,
        datatype: NamedNodeRef<'_>,
    ) -> Result<()> {
        self.term(s, p, LiteralRef::new_typed_literal(text, datatype).into())
    }

    /// A day, or the text that stands for one.
    fn date(&mut self, s: NamedNodeRef<'_>, p: NamedNodeRef<'_>, day: &str) -> Result<()> {
        if is_day(day) { self.typed(s, p, day, DATE) } else { self.text(s, p, day) }
    }

    fn count(&mut self, s: NamedNodeRef<'_>, p: NamedNodeRef<'_>, count: u64) -> Result<()> {
        self.typed(s, p, itoa::Buffer::new().format(count), INTEGER)
    }

    fn decimal(&mut self, s: NamedNodeRef<'_>, p: NamedNodeRef<'_>, x: f64) -> Result<()> {
        self.typed(s, p, &crate::export::table::real_text(x), DECIMAL)
    }

    fn boolean(&mut self, s: NamedNodeRef<'_>, p: NamedNodeRef<'_>, is: bool) -> Result<()> {
        self.typed(s, p, if is { "true" } else { "false" }, BOOLEAN)
    }

    fn json(&mut self, s: NamedNodeRef<'_>, p: NamedNodeRef<'_>, value: &impl serde::Serialize) -> Result<()> {
        let text = serde_json::to_string(value).map_err(|e| crate::Error::Write(e.into()))?;
        self.typed(s, p, &text, JSON)
    }

    fn optional_text(&mut self, s: NamedNodeRef<'_>, p: NamedNodeRef<'_>, text: Option<&str>) -> Result<()> {
        text.map_or(Ok(()), |text| self.text(s, p, text))
    }

    fn optional_entity(&mut self, s: NamedNodeRef<'_>, p: NamedNodeRef<'_>, id: Option<&Name>) -> Result<()> {
        id.map_or(Ok(()), |id| self.iri(s, p, &self.iris.entity(id)))
    }
}

/// A term of the ontology. Predicates that it does not declare are encoded like ids.
fn own(local: &str) -> String {
    let mut iri = ONTOLOGY.to_owned();
    iri.push_str(&encoded(local));
    iri
}

fn status(status: Status) -> NamedNodeRef<'static> {
    match status {
        Status::Reported => REPORTED,
        Status::Claimed => CLAIMED,
        Status::Denied => DENIED,
        Status::Disputed => DISPUTED,
        Status::Hypothetical => HYPOTHETICAL,
    }
}

fn stance(stance: Stance) -> NamedNodeRef<'static> {
    match stance {
        Stance::Reports => REPORTS,
        Stance::Claims => CLAIMS,
        Stance::Denies => DENIES,
        Stance::Supposes => SUPPOSES,
    }
}

fn schema_type(entity_type: EntityType) -> NamedNodeRef<'static> {
    match entity_type {
        EntityType::Person => S_PERSON,
        EntityType::State => S_COUNTRY,
        EntityType::Place => S_PLACE,
        EntityType::Organization => S_ORGANIZATION,
        EntityType::WeaponSystem => S_PRODUCT,
    }
}
