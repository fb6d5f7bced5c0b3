// Graphs in the interchange JSON that are made for tests: one whose every text is hostile, and a large one.

const HASH = "0".repeat(64);
const EVIL = "</script><img src=x onerror=alert(1)>";

function node(id, type, label, more = {}) {
  return { id, type, kind: null, label, aliases: [], named: true, country: null, lat: null, lon: null, sameAs: [], mentions: 1, ...more };
}

function edge(key, source, type, target, more = {}) {
  const quote = more.quote ?? "Words.";
  const evidence = {
    article: "one",
    start: 0,
    end: [...quote].length,
    quote,
    rule: "attacked/hit",
    stance: more.stance ?? "claims",
    confidence: 0.8,
    trigger: { start: 0, end: 5, text: quote.slice(0, 5) },
    subject: null,
    object: null,
    speaker: null,
    cue: null,
  };
  const { time = null, status = "reported" } = more;
  const none = { claimedBy: [], deniedBy: [], place: null, weapon: [], killed: null, injured: null, about: null };
  return { key, source, target, type, status, negated: false, ...none, time, cameo: null, plover: null, confidence: 0.8, sources: 1, evidence: [evidence] };
}

function graph(articles, nodes, edges) {
  return { directed: true, multigraph: true, graph: { generator: "test", articles }, nodes, edges };
}

/** Markup and scripts wherever a text can stand. */
export function hostileGraph() {
  const article = { id: "one", title: `<b>${EVIL}`, published: "2020-10-28", source: EVIL, url: "javascript:alert(1)", sha256: HASH };
  const a = node("person/a", "Person", EVIL, {
    aliases: ["<svg onload=alert(1)>", "{{constructor.constructor('alert(1)')()}}"],
    kind: "<i>kind</i>",
    sameAs: ["javascript:alert(1)", "data:text/html,<script>alert(1)</script>", "https://www.wikidata.org/entity/Q1"],
  });
  const b = node("place/b", "Place", "\u202ereversed <iframe src=//example.org>", { lat: 40.4, lon: 47.1 });
  const quote = `Words ${EVIL} \u2028 and <b>more</b> 😀.`;
  return graph([article], [a, b], [edge("s-1", "person/a", "attacked", "place/b", { quote }), edge("s-2", "person/a", "visited<b>", "place/b", { quote })]);
}

/** A graph in which few entities have many statements, as in the news; the same at each call. */
export function largeGraph(nodes, edges) {
  let state = 42;
  const random = (n) => ((state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 4294967296) * n | 0;
  const types = ["Person", "State", "Organization", "Person"];
  const relations = ["attacked", "accused", "consulted", "supported", "demanded"];
  const all = Array.from({ length: nodes }, (_, i) => node(`person/n${i}`, types[i % 4], `Name ${i}`));
  const ends = Array.from({ length: nodes }, (_, i) => i);
  const list = [];
  while (list.length < edges) {
    const [a, b] = [ends[random(ends.length)], random(2) ? random(nodes) : ends[random(ends.length)]];
    if (a === b) continue;
    ends.push(a);
    const day = new Date(Date.UTC(2020, 0, 1 + random(700))).toISOString().slice(0, 10);
    const time = { start: day, end: day, granularity: "day" };
    list.push(edge(`s-${list.length}`, all[a].id, relations[random(relations.length)], all[b].id, { time, quote: `Sentence ${list.length} says so.` }));
  }
  const article = { id: "one", title: "One", published: "2020-10-28", source: "Test", sha256: HASH };
  return graph([article], all, list);
}
