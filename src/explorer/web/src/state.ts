// What the reader of the page has chosen, in one place. It stands in the address after "#", so that a link shows the same.

import { STATUSES, TYPES, type Status, type TypeName } from "./model";

export const VIEWS = ["overview", "network", "map", "disputed", "statements", "articles"] as const;
export type View = (typeof VIEWS)[number];

/** What the card beside the view shows. */
export type Selection =
  | { kind: "entity"; id: string }
  | { kind: "statement"; id: string }
  | { kind: "pair"; a: string; b: string }
  | { kind: "sentence"; article: string; start: number };

/** Which statements are shown; an empty list lets all pass. */
export interface Filters {
  types: TypeName[];
  predicates: string[];
  statuses: Status[];
  newsrooms: string[];
  /** At least so sure, 0 to 1. */
  confidence: number;
  /** Days since 1970. */
  from: number | null;
  to: number | null;
  /** Only statements of this entity and among its neighbours. */
  around: string | null;
}

export interface State {
  view: View;
  selection: Selection | null;
  /** The article in the reader. */
  article: string | null;
  filters: Filters;
}

export const NO_FILTERS: Filters = {
  types: [],
  predicates: [],
  statuses: [],
  newsrooms: [],
  confidence: 0,
  from: null,
  to: null,
  around: null,
};

export function start(): State {
  return { view: "overview", selection: null, article: null, filters: NO_FILTERS };
}

/** How many filters are set. */
export function active(f: Filters): number {
  const lists = [f.types, f.predicates, f.statuses, f.newsrooms].filter((l) => l.length > 0).length;
  return lists + Number(f.confidence > 0) + Number(f.from !== null || f.to !== null) + Number(f.around !== null);
}

export function toHash(s: State): string {
  const out = new URLSearchParams();
  const put = (name: string, value: string | null) => value && out.set(name, value);
  const f = s.filters;
  put("view", s.view === "overview" ? null : s.view);
  put("article", s.article);
  for (const [name, value] of selectionParts(s.selection)) put(name, value);
  put("type", f.types.join(","));
  put("relation", f.predicates.join(","));
  put("status", f.statuses.join(","));
  for (const room of f.newsrooms) out.append("source", room);
  put("confidence", f.confidence > 0 ? String(f.confidence) : null);
  put("from", f.from === null ? null : String(f.from));
  put("to", f.to === null ? null : String(f.to));
  put("around", f.around);
  return out.toString();
}

export function fromHash(hash: string): State {
  const given = new URLSearchParams(hash.replace(/^#/, ""));
  const list = (name: string) => (given.get(name) ?? "").split(",").filter(Boolean);
  const day = (name: string) => {
    const value = given.get(name);
    return value !== null && /^-?\d{1,7}$/.test(value) ? Number(value) : null;
  };
  const confidence = Number(given.get("confidence") ?? 0);
  return {
    view: VIEWS.find((v) => v === given.get("view")) ?? "overview",
    selection: selectionOf(given),
    article: given.get("article"),
    filters: {
      types: TYPES.filter((t) => list("type").includes(t)),
      predicates: list("relation"),
      statuses: STATUSES.filter((t) => list("status").includes(t)),
      newsrooms: given.getAll("source"),
      confidence: confidence > 0 && confidence <= 1 ? confidence : 0,
      from: day("from"),
      to: day("to"),
      around: given.get("around"),
    },
  };
}

function selectionParts(s: Selection | null): [name: string, value: string][] {
  if (!s) return [];
  if (s.kind === "pair") return [["pair", s.a], ["with", s.b]];
  if (s.kind === "sentence") return [["in", s.article], ["sentence", String(s.start)]];
  return [[s.kind, s.id]];
}

function selectionOf(given: URLSearchParams): Selection | null {
  const [entity, statement, a, b, article] = ["entity", "statement", "pair", "with", "in"].map((name) => given.get(name));
  if (entity) return { kind: "entity", id: entity };
  if (statement) return { kind: "statement", id: statement };
  if (a && b) return { kind: "pair", a, b };
  const start = given.get("sentence") ?? "";
  return article && /^\d+$/.test(start) ? { kind: "sentence", article, start: Number(start) } : null;
}

export type Patch = Partial<Omit<State, "filters">> & { filters?: Partial<Filters> };

/** Keeps the state and tells who asked to know. */
export class Store {
  private state: State;
  private listeners = new Set<() => void>();

  constructor() {
    this.state = fromHash(location.hash);
    addEventListener("hashchange", () => this.replace(fromHash(location.hash)));
    addEventListener("popstate", () => this.replace(fromHash(location.hash)));
  }

  get = (): State => this.state;

  /** Changes a part. A new view or selection is a step that the browser's back button undoes; a filter is not. */
  set = (patch: Patch): void => {
    const before = this.state;
    const next = { ...before, ...patch, filters: { ...before.filters, ...patch.filters } };
    const step = next.view !== before.view || next.selection !== before.selection || next.article !== before.article;
    this.replace(next);
    const hash = `#${toHash(next)}`;
    if (hash !== location.hash && !(hash === "#" && location.hash === "")) {
      history[step ? "pushState" : "replaceState"](null, "", hash);
    }
  };

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  private replace(next: State): void {
    if (toHash(next) === toHash(this.state)) return;
    this.state = next;
    this.listeners.forEach((listener) => listener());
  }
}
