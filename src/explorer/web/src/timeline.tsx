// When things happened: a bar a day, week, month or year, over which the reader draws a span that filters all else.

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { useApp } from "./context";
import { TONES, type Statement, type Tone } from "./model";
import { useSize } from "./size";
import { count, dayWords, rangeWords } from "./words";

interface Bin {
  /** First day, and the day after the last. */
  from: number;
  to: number;
  label: string;
  dated: Record<Tone, number>;
  /** Statements without a date of their own, on the day of their first article. */
  undated: number;
}

const PLAY_MS = 700;
const AXIS = 18;

export function Timeline({ height = 72 }: { height?: number }) {
  const { corpus, shown, state, set } = useApp();
  const frame = useRef<HTMLDivElement>(null);
  const { width } = useSize(frame);
  const span = useMemo(() => extent(corpus.statements), [corpus]);
  const bins = useMemo(() => (span && width ? tally(shown.counts.days, makeBins(span, width)) : []), [shown, span, width]);
  const { from, to } = state.filters;
  const [playing, setPlaying] = usePlay(bins);
  if (!span) return <p class="timeline-empty muted">No day is known of any statement.</p>;
  const chosen = from !== null || to !== null;
  return (
    <div class="timeline">
      <div class="timeline-head">
        <button
          type="button"
          class="icon play"
          aria-label={playing ? "Pause" : "Play through time"}
          title={playing ? "Pause" : "Play through time"}
          onClick={() => setPlaying(!playing)}
        >
          {playing ? "❚❚" : "▶"}
        </button>
        <span class="timeline-span" role="status">
          {chosen ? rangeWords(from ?? span[0], to ?? span[1]) : rangeWords(...span)}
        </span>
        {chosen ? (
          <button type="button" class="link" onClick={() => set({ filters: { from: null, to: null } })}>
            Whole time
          </button>
        ) : (
          <span class="muted hint">Draw across the bars to choose a span</span>
        )}
      </div>
      <div class="timeline-frame" ref={frame}>
        {bins.length > 0 && <Chart bins={bins} width={width} height={height} />}
      </div>
    </div>
  );
}

function Chart({ bins, width, height }: { bins: Bin[]; width: number; height: number }) {
  const { state, set } = useApp();
  const svg = useRef<SVGSVGElement>(null);
  const most = Math.max(1, ...bins.map(total));
  const first = bins[0].from;
  const last = bins[bins.length - 1].to;
  const x = (day: number) => ((day - first) / (last - first)) * width;
  const { from, to } = state.filters;
  const set_ = (a: number, b: number) => set({ filters: { from: Math.max(first, Math.min(a, b)), to: Math.min(last - 1, Math.max(a, b)) } });
  const dayAt = (event: PointerEvent) => {
    const box = svg.current!.getBoundingClientRect();
    return first + ((event.clientX - box.left) / box.width) * (last - first);
  };
  const brush = useBrush(bins, dayAt, set_, () => set({ filters: { from: null, to: null } }));
  const bars = height - AXIS;
  const [left, right] = [x(from ?? first), x((to ?? last - 1) + 1)];
  return (
    <svg
      ref={svg}
      class="timeline-chart"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="group"
      aria-label={`Statements over time, ${bins.length} bars, ${dayWords(first)} to ${dayWords(last - 1)}`}
      onPointerDown={brush}
    >
      {bins.map((bin) => (
        <Bar key={bin.from} bin={bin} x={x(bin.from)} width={x(bin.to) - x(bin.from)} height={bars} most={most} />
      ))}
      <line class="axis" x1={0} x2={width} y1={bars + 0.5} y2={bars + 0.5} />
      {ticks(bins, width).map((t) => (
        <text key={t.day} class="tick-label" x={x(t.day)} y={height - 4} text-anchor={x(t.day) > width - 30 ? "end" : "start"}>
          {t.label}
        </text>
      ))}
      {(from !== null || to !== null) && (
        <>
          <rect class="veil" x={0} y={0} width={Math.max(0, left)} height={bars} />
          <rect class="veil" x={right} y={0} width={Math.max(0, width - right)} height={bars} />
          <Handle name="First day" at={left} height={bars} day={from ?? first} bins={bins} move={(d) => set_(d, to ?? last - 1)} />
          <Handle name="Last day" at={right} height={bars} day={to ?? last - 1} bins={bins} move={(d) => set_(from ?? first, d)} />
        </>
      )}
    </svg>
  );
}

function Bar({ bin, x, width, height, most }: { bin: Bin; x: number; width: number; height: number; most: number }) {
  const scale = (n: number) => (n / most) * (height - 6);
  const gap = width > 3 ? 1 : 0;
  let y = height;
  const parts = [...TONES.map((t) => ({ class: `fill-${t}`, n: bin.dated[t] })), { class: "fill-undated", n: bin.undated }];
  const words = `${bin.label}: ${count(total(bin), "statement")}`;
  return (
    <g>
      <title>{bin.undated > 0 ? `${words}, ${bin.undated} of them by day of publication` : words}</title>
      <rect class="hit" x={x} y={0} width={width} height={height} />
      {parts.map((p) => {
        if (p.n === 0) return null;
        const size = Math.max(1.5, scale(p.n));
        y -= size;
        return <rect key={p.class} class={p.class} x={x + gap / 2} y={y} width={Math.max(1, width - gap)} height={size} />;
      })}
    </g>
  );
}

interface HandleProps {
  name: string;
  at: number;
  height: number;
  day: number;
  bins: Bin[];
  move: (day: number) => void;
}

/** An end of the span, which arrow keys move by one bar. */
function Handle({ name, at, height, day, bins, move }: HandleProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageUp: 5, PageDown: -5 }[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    const here = bins.findIndex((b) => b.from <= day && day < b.to);
    const next = bins[Math.max(0, Math.min(bins.length - 1, here + step))];
    move(name === "First day" ? next.from : next.to - 1);
  };
  return (
    <g
      class="handle"
      data-handle={name}
      tabindex={0}
      role="slider"
      aria-label={name}
      aria-valuemin={bins[0].from}
      aria-valuemax={bins[bins.length - 1].to - 1}
      aria-valuenow={day}
      aria-valuetext={dayWords(day)}
      onKeyDown={onKeyDown}
    >
      <line x1={at} x2={at} y1={0} y2={height} />
      <rect x={at - 4} y={height / 2 - 11} width={8} height={22} rx={3} />
    </g>
  );
}

/** Draws, moves or stretches the span with a pointer; a click without a stroke chooses one bar, or nothing in the span. */
function useBrush(
  bins: Bin[],
  dayAt: (event: PointerEvent) => number,
  choose: (a: number, b: number) => void,
  clear: () => void,
) {
  const { state } = useApp();
  const { from, to } = state.filters;
  return (down: PointerEvent) => {
    if (down.button !== 0) return;
    const svg = down.currentTarget as SVGSVGElement;
    const handle = (down.target as Element).closest("[data-handle]")?.getAttribute("data-handle");
    const start = dayAt(down);
    svg.setPointerCapture(down.pointerId);
    const inside = !handle && from !== null && to !== null && start >= from && start <= to + 1;
    let moved = false;
    const move = (event: PointerEvent) => {
      if (Math.abs(event.clientX - down.clientX) < 4 && !moved) return;
      moved = true;
      const now = dayAt(event);
      if (handle === "First day") choose(Math.floor(now), to ?? bins[bins.length - 1].to);
      else if (handle) choose(from ?? bins[0].from, Math.floor(now));
      else if (inside) shift(Math.round(now - start));
      else choose(Math.floor(start), Math.floor(now));
    };
    const [firstDay, lastDay] = [bins[0].from, bins[bins.length - 1].to - 1];
    const shift = (by: number) => {
      const step = Math.max(firstDay - from!, Math.min(lastDay - to!, by));
      choose(from! + step, to! + step);
    };
    const up = () => {
      svg.removeEventListener("pointermove", move);
      svg.removeEventListener("pointerup", up);
      svg.removeEventListener("pointercancel", up);
      if (moved || handle) return;
      const bin = bins.find((b) => b.from <= start && start < b.to);
      if (inside || !bin) clear();
      else choose(bin.from, bin.to - 1);
    };
    svg.addEventListener("pointermove", move);
    svg.addEventListener("pointerup", up);
    svg.addEventListener("pointercancel", up);
  };
}

/** Moves the span on, bar by bar that holds something, and stops at the end. */
function usePlay(bins: Bin[]): [boolean, (on: boolean) => void] {
  const { state, set } = useApp();
  const [playing, setPlaying] = useState(false);
  const { from, to } = state.filters;
  const full = bins.filter((b) => total(b) > 0);
  const play = (on: boolean) => {
    setPlaying(on);
    const atEnd = to !== null && full.length > 0 && to >= full[full.length - 1].to - 1;
    if (on && full.length > 0 && (from === null || atEnd)) set({ filters: { from: full[0].from, to: full[0].to - 1 } });
  };
  useEffect(() => {
    if (!playing) return;
    const timer = setTimeout(() => {
      const next = full.find((b) => b.from > (from ?? -Infinity));
      const length = from !== null && to !== null ? to - from : 0;
      if (!next) setPlaying(false);
      else set({ filters: { from: next.from, to: Math.max(next.to - 1, next.from + length) } });
    }, PLAY_MS);
    return () => clearTimeout(timer);
  }, [playing, from, to]);
  return [playing, play];
}

function total(bin: Bin): number {
  return TONES.reduce((sum, t) => sum + bin.dated[t], bin.undated);
}

function extent(statements: Statement[]): [number, number] | null {
  let [first, last] = [Infinity, -Infinity];
  for (const { when } of statements) {
    if (!when) continue;
    first = Math.min(first, when.from);
    last = Math.max(last, when.to);
  }
  return first <= last ? [first, last] : null;
}

/** Bars of days, weeks, months or years: as fine as leaves each a few pixels. */
function makeBins([first, last]: [number, number], width: number): Bin[] {
  const room = Math.max(10, Math.floor(width / 5));
  const days = last - first + 1;
  const unit = days <= room ? "day" : days / 7 <= room ? "week" : days / 30 <= room ? "month" : "year";
  const bins: Bin[] = [];
  for (let day = floor(first, unit); day <= last; ) {
    const next = after(day, unit);
    bins.push({ from: day, to: next, label: label(day, unit), dated: { hostile: 0, neutral: 0, friendly: 0 }, undated: 0 });
    day = next;
  }
  return bins;
}

type Unit = "day" | "week" | "month" | "year";

function floor(day: number, unit: Unit): number {
  const date = new Date(day * 864e5);
  if (unit === "week") return day - ((date.getUTCDay() + 6) % 7);
  if (unit === "month") return day - date.getUTCDate() + 1;
  return unit === "year" ? yearStart(date.getUTCFullYear()) : day;
}

function after(day: number, unit: Unit): number {
  const date = new Date(day * 864e5);
  if (unit === "year") return yearStart(date.getUTCFullYear() + 1);
  if (unit === "month") return floor(day + 32 - date.getUTCDate(), "month");
  return day + (unit === "week" ? 7 : 1);
}

function yearStart(year: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, 0, 1);
  return Math.round(date.getTime() / 864e5);
}

function label(day: number, unit: Unit): string {
  if (unit === "day") return dayWords(day);
  if (unit === "week") return `week of ${dayWords(day)}`;
  const words = dayWords(day).split(" ");
  return unit === "month" ? `${words[1]} ${words[2]}` : words[2];
}

/** Counts a statement in every bar that its days touch. */
function tally(statements: Statement[], bins: Bin[]): Bin[] {
  for (const s of statements) {
    if (!s.when) continue;
    for (let i = findBin(bins, s.when.from); i < bins.length && bins[i].from <= s.when.to; i++) {
      if (s.when.dated) bins[i].dated[s.predicate.tone]++;
      else bins[i].undated++;
    }
  }
  return bins;
}

function findBin(bins: Bin[], day: number): number {
  let [low, high] = [0, bins.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (bins[middle].to <= day) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Years or, in a short time, months and days, as many as have room. */
function ticks(bins: Bin[], width: number): { day: number; label: string }[] {
  const days = bins[bins.length - 1].to - bins[0].from;
  const unit: Unit = days > 800 ? "year" : days > 60 ? "month" : "day";
  const all: number[] = [];
  for (let day = after(bins[0].from - 1, unit); day < bins[bins.length - 1].to; day = after(day, unit)) all.push(floor(day, unit));
  const room = unit === "year" ? 40 : 74;
  const step = Math.max(1, Math.ceil((all.length * room) / width));
  return all.filter((_, i) => i % step === 0).map((day) => ({ day, label: label(day, unit) }));
}
