// The filters: each choice with the number of statements that it would show.

import type { ComponentChildren, VNode } from "preact";
import { useState } from "preact/hooks";
import { useApp } from "./context";
import { STATUSES, TYPES, newsroom } from "./model";
import { CLEAR, Dot, StatusPill } from "./parts";
import { active, type Filters as Chosen } from "./state";
import { TYPE_WORDS, capital, number, percent, rangeWords } from "./words";

export function Filters({ close }: { close: () => void }) {
  const { state, shown, set, corpus } = useApp();
  return (
    <aside class="filters" id="filters" aria-label="Filters">
      <div class="filters-head">
        <h2>Filters</h2>
        {active(state.filters) > 0 && (
          <button type="button" class="link" onClick={() => set({ filters: CLEAR })}>
            Clear all
          </button>
        )}
        <button type="button" class="icon narrow-only" aria-label="Close filters" onClick={close}>
          ×
        </button>
      </div>
      <p class="muted small" role="status">
        {number(shown.statements.length)} of {number(corpus.statements.length)} statements
      </p>
      <Others />
      <Types />
      <Statuses />
      <Confidence />
      <Relations />
      <Newsrooms />
    </aside>
  );
}

/** The choices that have no list here: days and neighbourhood. */
function Others() {
  const { state, corpus, set } = useApp();
  const { around, from, to } = state.filters;
  const entity = around ? corpus.entity(around) : undefined;
  const days = from !== null || to !== null;
  if (!around && !days) return null;
  return (
    <div class="chips">
      {around && (
        <button type="button" class="chip" onClick={() => set({ filters: { around: null } })}>
          Near {entity?.label ?? around} <span aria-label="remove">×</span>
        </button>
      )}
      {days && (
        <button type="button" class="chip" onClick={() => set({ filters: { from: null, to: null } })}>
          {rangeWords(from ?? to!, to ?? from!)} <span aria-label="remove">×</span>
        </button>
      )}
    </div>
  );
}

type ListFacet = "types" | "predicates" | "statuses" | "newsrooms";

function useFacet(facet: ListFacet) {
  const { state, set } = useApp();
  const chosen = state.filters[facet] as string[];
  const toggle = (name: string) => {
    const next = chosen.includes(name) ? chosen.filter((c) => c !== name) : [...chosen, name];
    set({ filters: { [facet]: next } as Partial<Chosen> });
  };
  return { chosen, toggle };
}

function Types() {
  const { shown } = useApp();
  const { chosen, toggle } = useFacet("types");
  return (
    <fieldset>
      <legend>Entities</legend>
      {TYPES.map((t) => (
        <Choice key={t} on={chosen.includes(t)} toggle={() => toggle(t)} n={shown.counts.types.get(t) ?? 0}>
          <Dot type={t} /> {capital(TYPE_WORDS[t][1])}
        </Choice>
      ))}
    </fieldset>
  );
}

function Statuses() {
  const { shown } = useApp();
  const { chosen, toggle } = useFacet("statuses");
  return (
    <fieldset>
      <legend>Status</legend>
      {STATUSES.map((s) => (
        <Choice key={s} on={chosen.includes(s)} toggle={() => toggle(s)} n={shown.counts.statuses.get(s) ?? 0}>
          <StatusPill status={s} />
        </Choice>
      ))}
    </fieldset>
  );
}

function Relations() {
  const { corpus, shown } = useApp();
  const { chosen, toggle } = useFacet("predicates");
  const counts = shown.counts.predicates;
  const sorted = [...corpus.predicates].sort((a, b) => (counts.get(b.name) ?? 0) - (counts.get(a.name) ?? 0));
  return (
    <Long legend="Relation" chosen={chosen}>
      {sorted.map((p) => ({
        name: p.name,
        choice: (
          <Choice key={p.name} on={chosen.includes(p.name)} toggle={() => toggle(p.name)} n={counts.get(p.name) ?? 0} title={p.definition}>
            <span class={`tick tone-${p.tone}`} aria-hidden="true" /> {p.label}
          </Choice>
        ),
      }))}
    </Long>
  );
}

function Newsrooms() {
  const { corpus, shown } = useApp();
  const { chosen, toggle } = useFacet("newsrooms");
  const counts = shown.counts.newsrooms;
  const rooms = [...new Set(corpus.articles.map(newsroom))].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0) || a.localeCompare(b));
  return (
    <Long legend="Source" chosen={chosen}>
      {rooms.map((r) => ({
        name: r,
        choice: (
          <Choice key={r} on={chosen.includes(r)} toggle={() => toggle(r)} n={counts.get(r) ?? 0}>
            <bdi>{r}</bdi>
          </Choice>
        ),
      }))}
    </Long>
  );
}

function Confidence() {
  const { state, set } = useApp();
  const value = state.filters.confidence;
  return (
    <fieldset>
      <legend>
        Confidence <span class="muted">{value > 0 ? `at least ${percent(value)}` : "any"}</span>
      </legend>
      <input
        type="range"
        min={0}
        max={0.95}
        step={0.05}
        value={value}
        aria-label="Least confidence"
        aria-valuetext={value > 0 ? `at least ${percent(value)}` : "any"}
        onInput={(event) => set({ filters: { confidence: Number(event.currentTarget.value) } })}
      />
    </fieldset>
  );
}

const FEW = 10;

/** A list of which the first, and whatever is chosen, are shown until the reader asks for all. */
function Long({ legend, chosen, children }: { legend: string; chosen: string[]; children: { name: string; choice: VNode }[] }) {
  const [all, setAll] = useState(false);
  const shown = all ? children : children.filter((c, i) => i < FEW || chosen.includes(c.name));
  return (
    <fieldset>
      <legend>{legend}</legend>
      {shown.map((c) => c.choice)}
      {children.length > FEW && (
        <button type="button" class="link more" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? "Show fewer" : `Show all ${children.length}`}
        </button>
      )}
    </fieldset>
  );
}

interface ChoiceProps {
  on: boolean;
  toggle: () => void;
  n: number;
  title?: string;
  children: ComponentChildren;
}

function Choice({ on, toggle, n, title, children }: ChoiceProps) {
  return (
    <label class={`choice${n === 0 && !on ? " void" : ""}`} title={title}>
      <input type="checkbox" checked={on} onChange={toggle} />
      <span class="choice-name">{children}</span>
      <span class="choice-count">{number(n)}</span>
    </label>
  );
}
