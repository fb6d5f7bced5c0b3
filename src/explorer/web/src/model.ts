// The data of the page: as it comes from newsgraph, and with its indices turned into the things they stand for.

export const TYPES = ["Person", "State", "Place", "Organization", "WeaponSystem"] as const;
export type TypeName = (typeof TYPES)[number];
export const STATUSES = ["reported", "claimed", "disputed", "denied", "hypothetical"] as const;
export type Status = (typeof STATUSES)[number];
export const TONES = ["hostile", "neutral", "friendly"] as const;
export type Tone = (typeof TONES)[number];
export type Stance = "reports" | "claims" | "denies" | "supposes";
/** Characters (code points), end exclusive. */
export type Range = [number, number];

export interface Predicate {
  name: string;
  label: string;
  definition: string;
  dynamic: boolean;
  symmetric: boolean;
  tone: Tone;
}

export interface Toll {
  min?: number;
  max?: number;
  who?: string;
  side?: number;
  cumulative?: boolean;
}

export interface Time {
  start: string | null;
  end: string | null;
  granularity: string;
}

interface RawArticle {
  id: string;
  title?: string;
  published?: string;
  source?: string;
  url?: string;
  origin?: string;
  text?: string;
  entities: number[];
}

interface RawEntity {
  id: string;
  type: TypeName;
  label: string;
  kind?: string;
  aliases?: string[];
  unnamed?: boolean;
  country?: string;
  at?: [number, number];
  sameAs?: string[];
  mentions: number;
  x?: number;
  y?: number;
  size?: number;
}

interface RawEvidence {
  sentence: number;
  rule: string;
  stance: Stance;
  confidence: number;
  trigger?: Range;
  subject?: Range;
  object?: Range;
  cue?: Range;
  speaker?: number;
}

interface RawStatement {
  id: string;
  subject: number;
  predicate: number;
  object: number;
  status: Status;
  negated?: boolean;
  claimedBy?: number[];
  deniedBy?: number[];
  time?: Time;
  place?: number;
  weapon?: number[];
  killed?: Toll;
  injured?: Toll;
  instrumentOf?: number;
  content?: string;
  cameo?: string;
  plover?: string;
  about?: string;
  confidence: number;
  sources: number;
  evidence: RawEvidence[];
}

export interface Data {
  generator: string;
  title: string | null;
  types: { name: TypeName; colour: string }[];
  tones: Record<Tone, string>;
  predicates: Predicate[];
  codes: Record<string, string>;
  articles: RawArticle[];
  entities: RawEntity[];
  sentences: { article: number; start: number; end: number; text: string }[];
  statements: RawStatement[];
}

export interface Article extends Omit<RawArticle, "entities"> {
  entities: Entity[];
  sentences: Sentence[];
  /** Day of publication. */
  day: number | null;
}

export interface Entity extends RawEntity {
  index: number;
  statements: Statement[];
}

export interface Sentence {
  article: Article;
  start: number;
  end: number;
  text: string;
  statements: Statement[];
}

export interface Evidence extends Omit<RawEvidence, "sentence" | "speaker"> {
  sentence: Sentence;
  speaker?: Entity;
}

/** When a statement holds, in days; `dated` if the text says so, else it is when the first article appeared. */
export interface When {
  from: number;
  to: number;
  dated: boolean;
}

type Resolved = "subject" | "predicate" | "object" | "claimedBy" | "deniedBy" | "place" | "weapon" | "instrumentOf" | "evidence";

export interface Statement extends Omit<RawStatement, Resolved> {
  index: number;
  subject: Entity;
  predicate: Predicate;
  object: Entity;
  claimedBy: Entity[];
  deniedBy: Entity[];
  place?: Entity;
  weapon: Entity[];
  instrumentOf?: Entity;
  evidence: Evidence[];
  when: When | null;
  /** Newsrooms, or ids of articles that name none. */
  newsrooms: Set<string>;
  /** Where it can be drawn on a map. */
  site?: Entity;
}

export interface Corpus {
  data: Data;
  title: string | null;
  predicates: Predicate[];
  articles: Article[];
  entities: Entity[];
  statements: Statement[];
  colours: Record<TypeName, string>;
  tones: Record<Tone, string>;
  entity: (id: string) => Entity | undefined;
  statement: (id: string) => Statement | undefined;
  article: (id: string) => Article | undefined;
  /** The statements that are about another: denials, accusations, condemnations. */
  about: (id: string) => Statement[];
}

/** Days since 1970 of an ISO day; years before Christ too. */
export function dayNumber(iso: string | null | undefined): number | null {
  const found = /^(-?\d{4,6})-(\d\d)-(\d\d)/.exec(iso ?? "");
  if (!found) return null;
  const date = new Date(0);
  date.setUTCFullYear(Number(found[1]), Number(found[2]) - 1, Number(found[3]));
  return Math.round(date.getTime() / 864e5);
}

export function newsroom(article: Article): string {
  return article.source ?? article.id;
}

export function resolve(data: Data): Corpus {
  const entities: Entity[] = data.entities.map((e, index) => ({ ...e, index, statements: [] }));
  const articles: Article[] = data.articles.map((a) => ({
    ...a,
    entities: a.entities.map((i) => entities[i]),
    sentences: [],
    day: dayNumber(a.published),
  }));
  const sentences: Sentence[] = data.sentences.map((s) => ({ ...s, article: articles[s.article], statements: [] }));
  for (const s of sentences) s.article.sentences.push(s);
  for (const a of articles) a.sentences.sort((x, y) => x.start - y.start || y.end - x.end);
  const statements = data.statements.map((raw, index) => statement(raw, index, data, entities, sentences));
  for (const s of statements) {
    s.subject.statements.push(s);
    if (s.object !== s.subject) s.object.statements.push(s);
  }
  return corpus(data, articles, entities, statements);
}

function statement(raw: RawStatement, index: number, data: Data, entities: Entity[], sentences: Sentence[]): Statement {
  const entity = (i: number | undefined) => (i === undefined ? undefined : entities[i]);
  const all = (list: number[] | undefined) => (list ?? []).map((i) => entities[i]);
  const evidence = raw.evidence.map((e) => ({ ...e, sentence: sentences[e.sentence], speaker: entity(e.speaker) }));
  const out: Statement = {
    ...raw,
    index,
    subject: entities[raw.subject],
    predicate: data.predicates[raw.predicate],
    object: entities[raw.object],
    claimedBy: all(raw.claimedBy),
    deniedBy: all(raw.deniedBy),
    place: entity(raw.place),
    weapon: all(raw.weapon),
    instrumentOf: entity(raw.instrumentOf),
    evidence,
    when: null,
    newsrooms: new Set(evidence.map((e) => newsroom(e.sentence.article))),
  };
  out.when = when(out);
  // A state's own coordinates say nothing about where something happened.
  out.site = [out.place, out.object, out.subject].find((e) => e?.type === "Place" && e.at);
  for (const s of new Set(evidence.map((e) => e.sentence))) s.statements.push(out);
  return out;
}

function when(s: Statement): When | null {
  const start = dayNumber(s.time?.start);
  const end = dayNumber(s.time?.end);
  const from = start ?? end;
  if (from !== null) return { from, to: Math.max(from, end ?? from), dated: true };
  const published = s.evidence.map((e) => e.sentence.article.day).filter((d) => d !== null);
  if (published.length === 0) return null;
  const first = Math.min(...published);
  return { from: first, to: first, dated: false };
}

function corpus(data: Data, articles: Article[], entities: Entity[], statements: Statement[]): Corpus {
  const entityOf = new Map(entities.map((e) => [e.id, e]));
  const statementOf = new Map(statements.map((s) => [s.id, s]));
  const articleOf = new Map(articles.map((a) => [a.id, a]));
  const about = new Map<string, Statement[]>();
  for (const s of statements) {
    if (s.about) about.set(s.about, [...(about.get(s.about) ?? []), s]);
  }
  return {
    data,
    title: data.title,
    predicates: data.predicates,
    articles,
    entities,
    statements,
    colours: Object.fromEntries(data.types.map((t) => [t.name, t.colour])) as Record<TypeName, string>,
    tones: data.tones,
    entity: (id) => entityOf.get(id),
    statement: (id) => statementOf.get(id),
    article: (id) => articleOf.get(id),
    about: (id) => about.get(id) ?? [],
  };
}
