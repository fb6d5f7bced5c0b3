// Which statements and entities the filters let pass, and how many each further choice would show.

import type { Corpus, Statement } from "./model";
import type { Filters } from "./state";

export interface Shown {
  statements: Statement[];
  /** By the statement's index. */
  has: Uint8Array;
  /** How many shown statements an entity is an end of, by its index. */
  degree: Uint32Array;
  entities: number;
  counts: Counts;
}

/** For each choice of a facet, the statements that pass all the other facets. */
export interface Counts {
  types: Map<string, number>;
  predicates: Map<string, number>;
  statuses: Map<string, number>;
  newsrooms: Map<string, number>;
  /** All that pass but for their day, for the timeline. */
  days: Statement[];
}

export function select(corpus: Corpus, filters: Filters): Shown {
  const tests = facets(corpus, filters);
  const has = new Uint8Array(corpus.statements.length);
  const degree = new Uint32Array(corpus.entities.length);
  const statements: Statement[] = [];
  const counts: Counts = { types: new Map(), predicates: new Map(), statuses: new Map(), newsrooms: new Map(), days: [] };
  for (const s of corpus.statements) {
    const failed = tests.filter((t) => !t.passes(s)).map((t) => t.facet);
    if (failed.length > 1) continue;
    tally(counts, s, failed[0]);
    if (failed.length > 0) continue;
    has[s.index] = 1;
    statements.push(s);
    degree[s.subject.index]++;
    if (s.object !== s.subject) degree[s.object.index]++;
  }
  return { statements, has, degree, entities: degree.reduce((n, d) => n + Number(d > 0), 0), counts };
}

type Facet = "types" | "predicates" | "statuses" | "newsrooms" | "days" | "other";

interface Test {
  facet: Facet;
  passes: (s: Statement) => boolean;
}

function facets(corpus: Corpus, f: Filters): Test[] {
  const tests: Test[] = [];
  const when = (set: boolean, facet: Facet, passes: Test["passes"]) => set && tests.push({ facet, passes });
  const [types, predicates, statuses] = [new Set<string>(f.types), new Set(f.predicates), new Set<string>(f.statuses)];
  when(types.size > 0, "types", (s) => types.has(s.subject.type) && types.has(s.object.type));
  when(predicates.size > 0, "predicates", (s) => predicates.has(s.predicate.name));
  when(statuses.size > 0, "statuses", (s) => statuses.has(s.status));
  when(f.newsrooms.length > 0, "newsrooms", (s) => f.newsrooms.some((n) => s.newsrooms.has(n)));
  when(f.confidence > 0, "other", (s) => s.confidence >= f.confidence);
  when(f.from !== null, "days", (s) => s.when !== null && s.when.to >= f.from!);
  when(f.to !== null, "days", (s) => s.when !== null && s.when.from <= f.to!);
  const near = f.around === null ? null : neighbourhood(corpus, f.around);
  when(near !== null, "other", (s) => near!.has(s.subject.index) && near!.has(s.object.index));
  return tests;
}

/** An entity and all that share a statement with it. */
function neighbourhood(corpus: Corpus, id: string): Set<number> | null {
  const centre = corpus.entity(id);
  if (!centre) return null;
  return new Set([centre.index, ...centre.statements.flatMap((s) => [s.subject.index, s.object.index])]);
}

function tally(counts: Counts, s: Statement, failed: Facet | undefined): void {
  const open = (facet: Facet) => failed === undefined || failed === facet;
  const add = (map: Map<string, number>, key: string) => map.set(key, (map.get(key) ?? 0) + 1);
  if (open("types")) new Set([s.subject.type, s.object.type]).forEach((t) => add(counts.types, t));
  if (open("predicates")) add(counts.predicates, s.predicate.name);
  if (open("statuses")) add(counts.statuses, s.status);
  if (open("newsrooms")) s.newsrooms.forEach((n) => add(counts.newsrooms, n));
  if (open("days")) counts.days.push(s);
}
