// The first screen: what the corpus is, in a few numbers and pictures, each of which leads to the view that shows it whole.

import type { ComponentChildren } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { useApp } from "./context";
import { disputes } from "./disputed";
import { sites } from "./map";
import { STATUSES, TONES, TYPES, newsroom, type Corpus, type Entity, type Statement, type Tone } from "./model";
import { Legend, Name, NothingLeft, PartBar, Sentence, StatusPill } from "./parts";
import { useSize } from "./size";
import { onGround, palette, shorten } from "./theme";
import { Timeline } from "./timeline";
import { TYPE_WORDS, count, dayWords, number, percent, timeWords } from "./words";

export function Overview() {
  const { shown } = useApp();
  return (
    <div class="scroll">
      <div class="overview">
        <Lead />
        {shown.statements.length === 0 ? <NothingLeft /> : <Pictures />}
      </div>
    </div>
  );
}

function Lead() {
  const { corpus, shown } = useApp();
  const rooms = new Set(corpus.articles.map(newsroom)).size;
  const days = corpus.articles.map((a) => a.day).filter((d) => d !== null);
  const names = corpus.entities.length;
  const open = disputes(shown.statements).length;
  return (
    <header class="lead">
      <h1>{corpus.title ?? "Who did what to whom, and who says so"}</h1>
      <p>
        <strong>{count(corpus.articles.length, "article")}</strong> from {count(rooms, "source")}
        {days.length > 0 && `, published ${between(Math.min(...days), Math.max(...days))}`}, name <strong>{count(names, "entity", "entities")}</strong>{" "}
        and make <strong>{count(shown.statements.length, "statement")}</strong> about them
        {open > 0 && (
          <>
            ; <strong>{number(open)}</strong> of these are disputed or denied
          </>
        )}
        .
      </p>
    </header>
  );
}

function between(from: number, to: number): string {
  return from === to ? `on ${dayWords(from)}` : `between ${dayWords(from)} and ${dayWords(to)}`;
}

function Pictures() {
  const { set } = useApp();
  return (
    <div class="tiles">
      <Numbers />
      <Tile class="tile-network" title="The network" action="Open" onOpen={() => set({ view: "network" })}>
        <Miniature />
      </Tile>
      <Tile class="tile-actors" title="Who is in the news">
        <Actors />
      </Tile>
      <Tile class="tile-time" title="When">
        <Timeline height={132} />
        <Legend
          items={[
            { name: "hostile", class: "fill-hostile" },
            { name: "cooperative", class: "fill-friendly" },
            { name: "neither", class: "fill-neutral" },
            { name: "no date given, shown on the day of publication", class: "fill-undated" },
          ]}
        />
      </Tile>
      <Tile class="tile-pairs" title="Between whom">
        <Pairs />
      </Tile>
      <Tile class="tile-disputes" title="What is disputed" action="See both sides" onOpen={() => set({ view: "disputed" })}>
        <Disputes />
      </Tile>
      <Tile class="tile-places" title="Where" action="Open the map" onOpen={() => set({ view: "map" })}>
        <Places />
      </Tile>
    </div>
  );
}

interface TileProps {
  class: string;
  title: string;
  action?: string;
  onOpen?: () => void;
  children: ComponentChildren;
}

function Tile({ class: name, title, action, onOpen, children }: TileProps) {
  return (
    <section class={`tile ${name}`}>
      <header>
        <h2>{title}</h2>
        {action && (
          <button type="button" class="link" onClick={onOpen}>
            {action} <span aria-hidden="true">→</span>
          </button>
        )}
      </header>
      {children}
    </section>
  );
}

function Numbers() {
  const { corpus, shown } = useApp();
  const types = TYPES.map((t) => ({
    name: TYPE_WORDS[t][1],
    class: `dot-${t}`,
    value: corpus.entities.filter((e) => e.type === t && shown.degree[e.index] > 0).length,
  }));
  const statuses = STATUSES.map((s) => ({ name: s, class: `bar-${s}`, value: shown.statements.filter((x) => x.status === s).length }));
  const tones = TONES.map((t) => ({
    name: t === "friendly" ? "cooperative" : t === "neutral" ? "neither" : t,
    class: `fill-${t}`,
    value: shown.statements.filter((x) => x.predicate.tone === t).length,
  }));
  const open = disputes(shown.statements).length;
  return (
    <div class="numbers">
      <Figure value={number(shown.entities)} name="entities with statements" parts={types} />
      <Figure value={number(shown.statements.length)} name="statements" parts={tones} />
      <Figure value={percent(open / (shown.statements.length || 1))} name="disputed or denied" parts={statuses} />
    </div>
  );
}

function Figure({ value, name, parts }: { value: string; name: string; parts: { name: string; class: string; value: number }[] }) {
  return (
    <section class="tile figure">
      <p class="figure-value">{value}</p>
      <p class="figure-name">{name}</p>
      <PartBar parts={parts} title={name} />
      <Legend items={parts.filter((p) => p.value > 0).map((p) => ({ name: p.name, class: p.class, value: number(p.value) }))} />
    </section>
  );
}

/** The whole network in small, drawn without WebGL. */
function Miniature() {
  const { corpus, shown, theme, set } = useApp();
  const frame = useRef<HTMLButtonElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width, height } = useSize(frame as never);
  useEffect(() => {
    if (canvas.current && width > 0) paint(canvas.current, corpus, shown.statements, shown.degree, width, height);
  }, [shown, theme, width, height]);
  return (
    <button type="button" class="miniature" ref={frame} onClick={() => set({ view: "network" })} aria-label="Open the network">
      <canvas ref={canvas} />
    </button>
  );
}

const MOST_LINES = 12000;

function paint(canvas: HTMLCanvasElement, corpus: Corpus, statements: Statement[], degree: Uint32Array, width: number, height: number): void {
  const scale = devicePixelRatio || 1;
  canvas.width = width * scale;
  canvas.height = height * scale;
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const context = canvas.getContext("2d");
  const nodes = corpus.entities.filter((e) => e.x !== undefined && degree[e.index] > 0);
  if (!context || nodes.length === 0) return;
  context.scale(scale, scale);
  const place = fit(nodes, width, height);
  context.globalAlpha = statements.length > 2000 ? 0.12 : 0.45;
  context.lineWidth = 0.8;
  for (const s of statements.slice(0, MOST_LINES)) {
    const [a, b] = [place(s.subject), place(s.object)];
    context.strokeStyle = onGround(corpus.tones[s.predicate.tone]);
    context.beginPath();
    context.moveTo(a.x, a.y);
    context.lineTo(b.x, b.y);
    context.stroke();
  }
  context.globalAlpha = 1;
  const small = nodes.length > 1500 ? 0.35 : 0.55;
  for (const e of nodes) {
    const { x, y } = place(e);
    context.fillStyle = onGround(corpus.colours[e.type]);
    context.beginPath();
    context.arc(x, y, Math.max(1.2, (e.size ?? 3) * small), 0, Math.PI * 2);
    context.fill();
  }
  label(context, nodes, degree, place, width);
}

/** The names of the busiest, where they find room. */
function label(
  context: CanvasRenderingContext2D,
  nodes: Entity[],
  degree: Uint32Array,
  place: (e: Entity) => { x: number; y: number },
  width: number,
): void {
  const { ink, paper, font } = palette();
  context.font = `600 12px ${font}`;
  context.lineWidth = 3;
  context.lineJoin = "round";
  context.strokeStyle = paper;
  context.fillStyle = ink;
  const taken: [number, number, number, number][] = [];
  const busiest = [...nodes].sort((a, b) => degree[b.index] - degree[a.index]).slice(0, 30);
  for (const e of busiest) {
    const { x, y } = place(e);
    const text = shorten(e.label);
    const wide = context.measureText(text).width;
    const left = Math.min(x + 7, width - wide - 4);
    const box: [number, number, number, number] = [left - 6, y - 12, left + wide + 6, y + 10];
    if (taken.length >= 9 || taken.some((t) => box[0] < t[2] && t[0] < box[2] && box[1] < t[3] && t[1] < box[3])) continue;
    taken.push(box);
    context.strokeText(text, left, y + 4);
    context.fillText(text, left, y + 4);
  }
}

function fit(nodes: Entity[], width: number, height: number): (e: Entity) => { x: number; y: number } {
  const [xs, ys] = [nodes.map((e) => e.x!), nodes.map((e) => e.y!)];
  const edge = (list: number[], f: (a: number, b: number) => number) => list.reduce((a, b) => f(a, b));
  const [left, right] = [edge(xs, Math.min), edge(xs, Math.max)];
  const [bottom, top] = [edge(ys, Math.min), edge(ys, Math.max)];
  const air = 14;
  const k = Math.min((width - 2 * air) / (right - left || 1), (height - 2 * air) / (top - bottom || 1));
  return (e) => ({ x: width / 2 + (e.x! - (left + right) / 2) * k, y: height / 2 - (e.y! - (bottom + top) / 2) * k });
}

const FEW = 8;

function Actors() {
  const { corpus, shown } = useApp();
  const actors = corpus.entities.filter((e) => shown.degree[e.index] > 0 && ["Person", "State", "Organization"].includes(e.type));
  const top = actors.sort((a, b) => shown.degree[b.index] - shown.degree[a.index]).slice(0, FEW);
  const most = top.length > 0 ? shown.degree[top[0].index] : 1;
  return (
    <ol class="bars">
      {top.map((e) => (
        <li key={e.id}>
          <Name entity={e} plain />
          <Bar value={shown.degree[e.index] / most} parts={toneCounts(e.statements.filter((s) => shown.has[s.index]))} title={e.label} />
          <span class="bar-number">{number(shown.degree[e.index])}</span>
        </li>
      ))}
    </ol>
  );
}

function Pairs() {
  const { shown, select } = useApp();
  const top = useMemo(() => pairs(shown.statements).slice(0, FEW), [shown]);
  const most = top[0]?.statements.length ?? 1;
  return (
    <ol class="bars">
      {top.map(({ a, b, statements }) => (
        <li key={`${a.id} ${b.id}`}>
          <button type="button" class="name plain" onClick={() => select({ kind: "pair", a: a.id, b: b.id })}>
            <bdi>{a.label}</bdi> <span class="muted">–</span> <bdi>{b.label}</bdi>
          </button>
          <Bar value={statements.length / most} parts={toneCounts(statements)} title={`${a.label} and ${b.label}`} />
          <span class="bar-number">{number(statements.length)}</span>
        </li>
      ))}
    </ol>
  );
}

interface Pair {
  a: Entity;
  b: Entity;
  statements: Statement[];
}

/** Two entities and what is said to happen between them, the busiest pairs first; what merely holds does not count. */
function pairs(statements: Statement[]): Pair[] {
  const out = new Map<string, Pair>();
  for (const s of statements.filter((s) => s.predicate.dynamic && s.subject !== s.object)) {
    const [a, b] = s.subject.index < s.object.index ? [s.subject, s.object] : [s.object, s.subject];
    const key = `${a.index} ${b.index}`;
    const pair = out.get(key);
    if (pair) pair.statements.push(s);
    else out.set(key, { a, b, statements: [s] });
  }
  return [...out.values()].sort((x, y) => y.statements.length - x.statements.length || x.a.label.localeCompare(y.a.label));
}

function toneCounts(statements: Statement[]): Record<Tone, number> {
  const out: Record<Tone, number> = { hostile: 0, neutral: 0, friendly: 0 };
  for (const s of statements) out[s.predicate.tone]++;
  return out;
}

function Bar({ value, parts, title }: { value: number; parts: Record<Tone, number>; title: string }) {
  return (
    <span class="bar-track">
      <span class="bar" ref={(e) => void e?.style.setProperty("width", `${Math.max(2, value * 100)}%`)}>
        <PartBar
          title={title}
          parts={TONES.map((t) => ({ name: t === "friendly" ? "cooperative" : t, class: `fill-${t}`, value: parts[t] }))}
        />
      </span>
    </span>
  );
}

function Disputes() {
  const { shown, select } = useApp();
  const list = disputes(shown.statements).slice(0, 5);
  if (list.length === 0) return <p class="muted">Nobody denies anything here.</p>;
  return (
    <ul class="rows">
      {list.map((s) => (
        <li key={s.id}>
          <button type="button" class="row" onClick={() => select({ kind: "statement", id: s.id })}>
            <Sentence statement={s} />
            <span class="row-facts">
              <StatusPill status={s.status} />
              {s.time && <time>{timeWords(s.time)}</time>}
              <span>{sides(s)}</span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function sides(s: Statement): string {
  const names = (list: Entity[]) => list.slice(0, 2).map((e) => e.label).join(", ");
  const said = s.claimedBy.length > 0 ? `claimed by ${names(s.claimedBy)}` : "";
  const denied = s.deniedBy.length > 0 ? `denied by ${names(s.deniedBy)}` : "";
  return [said, denied].filter(Boolean).join("; ");
}

function Places() {
  const { shown } = useApp();
  const top = sites(shown.statements).slice(0, FEW);
  if (top.length === 0) return <p class="muted">No statement has a place whose coordinates are known.</p>;
  return (
    <ol class="bars">
      {top.map((s) => (
        <li key={s.place.id}>
          <Name entity={s.place} plain />
          <Bar value={s.statements.length / top[0].statements.length} parts={toneCounts(s.statements)} title={s.place.label} />
          <span class="bar-number">{number(s.statements.length)}</span>
        </li>
      ))}
    </ol>
  );
}

