// The map: places, and statements where they happened, over an outline of the world that lies in the page itself.

import { geoGraticule10, geoNaturalEarth1, geoPath, type GeoProjection } from "d3-geo";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { feature, mesh } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import world from "world-atlas/countries-110m.json";
import { useApp } from "./context";
import type { Entity, Statement, Tone } from "./model";
import { Empty, NothingLeft } from "./parts";
import { useSize } from "./size";
import { shorten } from "./theme";
import { count } from "./words";

const atlas = world as unknown as Topology<{ countries: GeometryCollection; land: GeometryCollection }>;
const land = feature(atlas, atlas.objects.land);
const borders = mesh(atlas, atlas.objects.countries, (a, b) => a !== b);
const graticule = geoGraticule10();

interface Site {
  place: Entity;
  at: [number, number];
  statements: Statement[];
  tone: Tone;
}

/** The part of the drawing that is seen: shift, and by how much it is enlarged. */
interface Window {
  x: number;
  y: number;
  k: number;
}

const CLOSEST = 60;

export function WorldMap() {
  const { corpus, shown } = useApp();
  const all = useMemo(() => sites(corpus.statements), [corpus]);
  const visible = useMemo(() => sites(shown.statements), [shown]);
  const frame = useRef<HTMLDivElement>(null);
  const size = useSize(frame);
  if (all.length === 0) {
    return (
      <Empty title="No place on the map">
        <p>No statement of this graph has a place whose coordinates are known.</p>
      </Empty>
    );
  }
  if (shown.statements.length === 0) return <NothingLeft />;
  return (
    <div class="map" ref={frame}>
      {size.width > 0 && <Drawing all={all} visible={visible} width={size.width} height={size.height} />}
    </div>
  );
}

/** Places with the statements that happened there, the busiest first. */
export function sites(statements: Statement[]): Site[] {
  const byPlace = new Map<Entity, Statement[]>();
  for (const s of statements) {
    if (s.site) byPlace.set(s.site, [...(byPlace.get(s.site) ?? []), s]);
  }
  const out = [...byPlace].map(([place, list]) => ({ place, at: place.at!, statements: list, tone: prevailing(list) }));
  return out.sort((a, b) => b.statements.length - a.statements.length || a.place.label.localeCompare(b.place.label));
}

function prevailing(statements: Statement[]): Tone {
  if (statements.some((s) => s.predicate.tone === "hostile")) return "hostile";
  return statements.some((s) => s.predicate.tone === "friendly") ? "friendly" : "neutral";
}

function Drawing({ all, visible, width, height }: { all: Site[]; visible: Site[]; width: number; height: number }) {
  const { state, select, shown } = useApp();
  const projection = useMemo(() => geoNaturalEarth1().fitSize([width, height], { type: "Sphere" }), [width, height]);
  const path = useMemo(() => geoPath(projection), [projection]);
  const home = useMemo(() => around(all, projection, width, height), [all, projection, width, height]);
  const [seen, setSeen] = useState<Window>(home);
  useEffect(() => setSeen(home), [home]);
  const svg = useRef<SVGSVGElement>(null);
  useWheel(svg, seen, setSeen);
  const onPointerDown = useDrag(seen, setSeen);
  const zoom = (factor: number) => setSeen(scaled(seen, factor, width / 2, height / 2));
  const points = visible.map((site) => ({ site, ...screen(site, projection, seen), r: 3 + 2.2 * Math.sqrt(site.statements.length) }));
  const labelled = labels(points, width, height);
  const chosen = state.selection?.kind === "entity" ? state.selection.id : null;
  const without = shown.statements.length - visible.reduce((n, s) => n + s.statements.length, 0);
  return (
    <>
      <svg
        ref={svg}
        id="map-drawing"
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        role="group"
        aria-label={`Map of ${count(visible.length, "place")}`}
        onPointerDown={onPointerDown}
      >
        <rect class="sea" width={width} height={height} />
        <g transform={`translate(${seen.x} ${seen.y}) scale(${seen.k})`}>
          <path class="graticule" d={path(graticule) ?? ""} />
          <path class="land" d={path(land) ?? ""} />
          <path class="border" d={path(borders) ?? ""} />
        </g>
        {[...points].reverse().map(({ site, x, y, r }) => (
          <g
            key={site.place.id}
            class={`site${site.place.id === chosen ? " chosen" : ""}`}
            transform={`translate(${x.toFixed(1)} ${y.toFixed(1)})`}
            tabindex={0}
            role="button"
            aria-label={`${site.place.label}, ${count(site.statements.length, "statement")}`}
            onClick={() => select({ kind: "entity", id: site.place.id })}
            onKeyDown={(event) => event.key === "Enter" && select({ kind: "entity", id: site.place.id })}
          >
            <title>{`${site.place.label}: ${count(site.statements.length, "statement")}`}</title>
            <circle class={`fill-${site.tone}`} r={r} />
          </g>
        ))}
        <g aria-hidden="true">
          {labelled.map(({ site, x, y, r }) => (
            <text key={site.place.id} class="map-label" x={x + r + 3} y={y + 4}>
              {shorten(site.place.label)}
            </text>
          ))}
        </g>
      </svg>
      <div class="zoom" role="group" aria-label="Zoom">
        <button type="button" class="icon" aria-label="Zoom in" onClick={() => zoom(1.6)}>
          +
        </button>
        <button type="button" class="icon" aria-label="Zoom out" onClick={() => zoom(1 / 1.6)}>
          −
        </button>
        <button type="button" class="icon" aria-label="All places" title="All places" onClick={() => setSeen(home)}>
          ⤢
        </button>
        <button type="button" class="icon" aria-label="The world" title="The world" onClick={() => setSeen({ x: 0, y: 0, k: 1 })}>
          ◯
        </button>
      </div>
      <p class="map-note muted">
        {count(without, "statement")} without a known place. Outline: Natural Earth.
      </p>
    </>
  );
}

interface Point {
  site: Site;
  x: number;
  y: number;
  r: number;
}

function screen(site: Site, projection: GeoProjection, seen: Window): { x: number; y: number } {
  const [x, y] = projection(site.at) ?? [0, 0];
  return { x: x * seen.k + seen.x, y: y * seen.k + seen.y };
}

/** A window on all places, with air around them. */
function around(all: Site[], projection: GeoProjection, width: number, height: number): Window {
  const points = all.map((s) => projection(s.at) ?? [0, 0]);
  const [xs, ys] = [points.map((p) => p[0]), points.map((p) => p[1])];
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const air = 0.72;
  const k = Math.max(1, Math.min(8, (width * air) / Math.max(1, right - left), (height * air) / Math.max(1, bottom - top)));
  return { k, x: width / 2 - (k * (left + right)) / 2, y: height / 2 - (k * (top + bottom)) / 2 };
}

function scaled(seen: Window, factor: number, x: number, y: number): Window {
  const k = Math.max(0.8, Math.min(CLOSEST, seen.k * factor));
  const by = k / seen.k;
  return { k, x: x - (x - seen.x) * by, y: y - (y - seen.y) * by };
}

/** Labels of the busiest places, of those that find room. */
function labels(points: Point[], width: number, height: number): Point[] {
  const taken: [number, number, number, number][] = points.map((p) => [p.x - p.r, p.y - p.r, p.x + p.r, p.y + p.r]);
  const out: Point[] = [];
  points.forEach((p, i) => {
    if (p.x < 0 || p.y < 0 || p.x > width || p.y > height) return;
    const [left, top] = [p.x + p.r + 3, p.y - 8];
    const box: [number, number, number, number] = [left, top, left + shorten(p.site.place.label).length * 6.6, top + 15];
    const free = taken.every((t, j) => j === i || box[2] < t[0] || t[2] < box[0] || box[3] < t[1] || t[3] < box[1]);
    if (!free) return;
    taken.push(box);
    out.push(p);
  });
  return out;
}

function useWheel(svg: { current: SVGSVGElement | null }, seen: Window, setSeen: (w: Window) => void) {
  useEffect(() => {
    const element = svg.current!;
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      const box = element.getBoundingClientRect();
      setSeen(scaled(seen, Math.exp(-event.deltaY / 400), event.clientX - box.left, event.clientY - box.top));
    };
    element.addEventListener("wheel", wheel, { passive: false });
    return () => element.removeEventListener("wheel", wheel);
  }, [seen]);
}

function useDrag(seen: Window, setSeen: (w: Window) => void) {
  return (down: PointerEvent) => {
    if (down.button !== 0) return;
    const target = down.currentTarget as SVGSVGElement;
    const move = (event: PointerEvent) => {
      if (Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) > 3) target.setPointerCapture(down.pointerId);
      setSeen({ ...seen, x: seen.x + event.clientX - down.clientX, y: seen.y + event.clientY - down.clientY });
    };
    const up = () => {
      target.removeEventListener("pointermove", move);
      target.removeEventListener("pointerup", up);
      target.removeEventListener("pointercancel", up);
    };
    target.addEventListener("pointermove", move);
    target.addEventListener("pointerup", up);
    target.addEventListener("pointercancel", up);
  };
}
