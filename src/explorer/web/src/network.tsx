// The network: entities and their relations drawn by WebGL, where newsgraph has placed them.

import { EdgeCurvedArrowProgram } from "@sigma/edge-curve";
import { MultiDirectedGraph } from "graphology";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import Sigma from "sigma";
import { EdgeArrowProgram } from "sigma/rendering";
import type { Settings } from "sigma/settings";
import { useApp, type App } from "./context";
import type { Corpus, Entity, Predicate, Statement, Tone } from "./model";
import { Dot, Empty, Legend, NothingLeft } from "./parts";
import { nameNodes, type Placed } from "./names";
import type { Selection } from "./state";
import { StatementList } from "./statements";
import { drawHover, mix, onGround, palette, type Palette } from "./theme";
import { TYPE_WORDS, capital, count } from "./words";

/** All statements of one predicate from one entity to another are one line. */
interface Line {
  subject: Entity;
  object: Entity;
  predicate: Predicate;
  statements: Statement[];
}

export interface NodeAttributes {
  x: number;
  y: number;
  size: number;
  color: string;
  label: string;
  entity: Entity;
}

export interface EdgeAttributes {
  size: number;
  color: string;
  type: string;
  curvature: number;
  line: Line;
}

export type NetworkGraph = MultiDirectedGraph<NodeAttributes, EdgeAttributes>;
export type Renderer = Sigma<NodeAttributes, EdgeAttributes>;

/** The drawing on the screen, for exports and tests. */
export const current: { renderer: Renderer | null; names: () => Placed[] } = { renderer: null, names: () => [] };

/** Above this many lines, lines rest while the picture moves, are straight, and do not feel the pointer. */
const MANY = 6000;

export function Network() {
  const { shown } = useApp();
  const [works] = useState(hasWebGl);
  if (!works) return <WithoutWebGl />;
  if (shown.statements.length === 0) return <NothingLeft />;
  return <Canvas />;
}

function WithoutWebGl() {
  return (
    <div class="scroll">
      <Empty title="This browser does not draw the network">
        <p>It needs WebGL, which is switched off or missing here. The same statements are listed below.</p>
      </Empty>
      <StatementList />
    </div>
  );
}

export function hasWebGl(): boolean {
  try {
    const canvas = document.createElement("canvas");
    return canvas.getContext("webgl2") !== null;
  } catch {
    return false;
  }
}

interface Hover {
  entity?: Entity;
  line?: Line;
  x: number;
  y: number;
}

function Canvas() {
  const app = useApp();
  const { corpus, theme } = app;
  const container = useRef<HTMLDivElement>(null);
  const sigma = useRef<Renderer | null>(null);
  const latest = useRef(app);
  latest.current = app;
  const graph = useMemo(() => build(corpus), [corpus]);
  const hovered = useRef<string | null>(null);
  const scale = useRef(1);
  const isNew = useRef(false);
  const [hover, setHover] = useState<Hover | null>(null);

  useEffect(() => {
    const room = container.current!;
    scale.current = nodeScale(graph, { width: room.offsetWidth, height: room.offsetHeight });
    const renderer: Renderer = new Sigma(graph, room, settings(graph, palette(), reducers(graph, latest.current, hovered, scale.current)));
    isNew.current = true;
    reckonHits(renderer, graph);
    sigma.current = renderer;
    current.renderer = renderer;
    current.names = nameNodes(renderer, graph, graph.size > MANY);
    listen(renderer, graph, () => latest.current, hovered, setHover);
    // The layer of names came after the first picture and cleared it.
    renderer.scheduleRender();
    return () => {
      renderer.kill();
      sigma.current = current.renderer = null;
    };
  }, [graph]);

  useEffect(() => {
    // What was drawn a moment ago looks as it should; each further pass goes over all lines.
    if (!isNew.current) sigma.current!.setSettings(reducers(graph, app, hovered, scale.current));
    isNew.current = false;
  }, [graph, app.shown, app.state.selection, theme]);

  useEffect(() => bringIntoView(sigma.current!, graph, latest.current), [graph, app.state.selection]);

  return (
    <div class="network">
      <Key />
      <div
        class="network-canvas"
        ref={container}
        tabIndex={0}
        role="application"
        aria-label={`Network of ${count(app.shown.entities, "entity", "entities")}. Arrow keys move it, plus and minus zoom, slash searches.`}
        onKeyDown={(event) => onKey(event, sigma.current!)}
      />
      <Zoom renderer={() => sigma.current} />
      {hover && <Tip hover={hover} />}
    </div>
  );
}

function build(corpus: Corpus): NetworkGraph {
  const graph: NetworkGraph = new MultiDirectedGraph();
  for (const e of corpus.entities) {
    if (e.x === undefined || e.y === undefined) continue;
    graph.addNode(e.id, { x: e.x, y: e.y, size: e.size ?? 3, color: corpus.colours[e.type], label: e.label, entity: e });
  }
  const drawn = lines(corpus.statements);
  const parallel = siblings(drawn);
  const simple = drawn.length > MANY;
  for (const line of drawn) {
    const rank = parallel.get(line)!;
    graph.addEdge(line.subject.id, line.object.id, {
      size: Math.min(4, 0.9 + 0.5 * Math.log2(line.statements.length)),
      color: corpus.tones[line.predicate.tone],
      type: simple || rank === 0 ? "arrow" : "curved",
      curvature: rank,
      line,
    });
  }
  return graph;
}

function lines(statements: Statement[]): Line[] {
  const out = new Map<string, Line>();
  for (const s of statements) {
    const key = `${s.subject.index} ${s.predicate.name} ${s.object.index}`;
    const line = out.get(key);
    if (line) line.statements.push(s);
    else out.set(key, { subject: s.subject, object: s.object, predicate: s.predicate, statements: [s] });
  }
  return [...out.values()];
}

const BEND = 0.18;

/** How far each line is bent so that lines between the same two lie side by side; one alone is straight. */
function siblings(drawn: Line[]): Map<Line, number> {
  const pairs = new Map<string, Line[]>();
  for (const line of drawn) {
    const [a, b] = [line.subject.index, line.object.index].sort((x, y) => x - y);
    const key = `${a} ${b}`;
    pairs.set(key, [...(pairs.get(key) ?? []), line]);
  }
  const out = new Map<Line, number>();
  for (const list of pairs.values()) {
    list.forEach((line, i) => {
      const side = line.subject.index <= line.object.index ? 1 : -1;
      const spread = Math.min(BEND, 0.9 / list.length);
      out.set(line, side * (i - (list.length - 1) / 2) * 2 * spread);
    });
  }
  return out;
}

/** By how much nodes must shrink for the whole network to fit the picture as it was laid out. */
function nodeScale(graph: NetworkGraph, { width, height }: { width: number; height: number }): number {
  let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity];
  graph.forEachNode((_, { x, y }) => {
    [left, right, bottom, top] = [Math.min(left, x), Math.max(right, x), Math.min(bottom, y), Math.max(top, y)];
  });
  const fit = Math.min(width / (right - left || 1), height / (top - bottom || 1));
  return Math.max(0.3, Math.min(1, 1.1 * fit));
}

type Reducers = Pick<Settings<NodeAttributes, EdgeAttributes>, "nodeReducer" | "edgeReducer">;

function settings(graph: NetworkGraph, colours: Palette, look: Reducers): Partial<Settings<NodeAttributes, EdgeAttributes>> {
  const many = graph.size > MANY;
  return {
    ...look,
    allowInvalidContainer: true,
    defaultEdgeType: "arrow",
    edgeProgramClasses: { arrow: EdgeArrowProgram, curved: EdgeCurvedArrowProgram },
    enableEdgeEvents: !many,
    hideEdgesOnMove: many,
    renderLabels: false,
    edgeLabelFont: colours.font,
    edgeLabelSize: 11,
    edgeLabelColor: { color: colours.muted },
    renderEdgeLabels: true,
    stagePadding: 40,
    zIndex: true,
    minCameraRatio: 0.02,
    maxCameraRatio: 3,
    defaultDrawNodeHover: drawHover,
  };
}

const FEW = 12;

/** How nodes and lines look now: hidden by the filters, faded beside what is chosen or pointed at. */
function reducers(graph: NetworkGraph, app: App, hovered: { current: string | null }, scale: number): Reducers {
  const { shown, state, corpus } = app;
  const colours = palette();
  const chosen = chosenNodes(graph, app, state.selection);
  const chosenStatement = state.selection?.kind === "statement" ? corpus.statement(state.selection.id) : undefined;
  const focus = () => {
    if (hovered.current && graph.hasNode(hovered.current)) return { centre: [hovered.current], pair: false };
    return chosen.length > 0 ? { centre: chosen, pair: chosen.length > 1 } : null;
  };
  const near = new Map<string, Set<string>>();
  const neighbours = (id: string) => {
    if (!near.has(id)) near.set(id, new Set(graph.neighbors(id)));
    return near.get(id)!;
  };
  // Lines at rest are quiet, the more so the more there are, so that they do not cover the nodes.
  const quietness = graph.size > MANY ? 0.6 : 0.32;
  /** Whether so few lines leave the centre that each has room for its predicate. */
  const quiet = (at: { centre: string[]; pair: boolean }) => at.pair || graph.degree(at.centre[0]) <= FEW;
  const node = (id: string, data: NodeAttributes) => {
    if (shown.degree[data.entity.index] === 0) return { ...data, hidden: true };
    const out = { ...data, size: data.size * scale, color: onGround(data.color), zIndex: 1, highlighted: false, forceLabel: false };
    const at = focus();
    if (!at) return out;
    if (at.centre.includes(id)) return { ...out, zIndex: 3, forceLabel: true, highlighted: chosen.includes(id) };
    if (!at.pair && at.centre.some((c) => neighbours(c).has(id))) return { ...out, zIndex: 2, forceLabel: neighbours(at.centre[0]).size < 40 };
    return { ...out, color: colours.faded, label: "", zIndex: 0 };
  };
  const edge = (id: string, data: EdgeAttributes) => {
    const visible = data.line.statements.filter((s) => shown.has[s.index]);
    if (visible.length === 0) return { ...data, hidden: true };
    const size = Math.min(4, 0.9 + 0.5 * Math.log2(visible.length)) * Math.max(0.5, scale);
    const out = { ...data, size, color: mix(onGround(data.color), colours.paper, quietness), zIndex: 0, label: "" };
    const at = focus();
    if (!at) return out;
    const ends = [graph.source(id), graph.target(id)];
    const touches = at.pair ? ends.every((e) => at.centre.includes(e)) : ends.some((e) => at.centre.includes(e));
    if (!touches) return { ...out, color: colours.fadedLine };
    const strong = chosenStatement && data.line.statements.includes(chosenStatement);
    const spoken = !strong && !quiet(at) ? "" : visible.length > 1 ? `${data.line.predicate.label} × ${visible.length}` : data.line.predicate.label;
    return { ...out, color: onGround(data.color), size: size + (strong ? 2 : 0.6), label: spoken, forceLabel: strong === true, zIndex: 2 };
  };
  return { nodeReducer: node, edgeReducer: edge };
}

function chosenNodes(graph: NetworkGraph, app: App, selection: Selection | null): string[] {
  if (selection?.kind === "entity") return graph.hasNode(selection.id) ? [selection.id] : [];
  if (selection?.kind === "pair") return [selection.a, selection.b].filter((id) => graph.hasNode(id));
  const s = selection?.kind === "statement" ? app.corpus.statement(selection.id) : undefined;
  return s ? [s.subject.id, s.object.id] : [];
}

function listen(
  renderer: Renderer,
  graph: NetworkGraph,
  app: () => App,
  hovered: { current: string | null },
  setHover: (hover: Hover | null) => void,
): void {
  const point = (id: string | null, hover: Hover | null) => {
    hovered.current = id;
    setHover(hover);
    renderer.getContainer().style.cursor = hover ? "pointer" : "";
    if (graph.size <= MANY) renderer.refresh({ skipIndexation: true });
  };
  renderer.on("enterNode", ({ node, event }) => point(node, { entity: graph.getNodeAttribute(node, "entity"), x: event.x, y: event.y }));
  renderer.on("leaveNode", () => point(null, null));
  renderer.on("enterEdge", ({ edge, event }) => setHover({ line: graph.getEdgeAttribute(edge, "line"), x: event.x, y: event.y }));
  renderer.on("leaveEdge", () => setHover(null));
  renderer.on("clickNode", ({ node }) => {
    setHover(null);
    app().select({ kind: "entity", id: node });
  });
  renderer.on("clickEdge", ({ edge }) => {
    setHover(null);
    const { line } = graph.getEdgeAttributes(edge);
    const visible = line.statements.filter((s) => app().shown.has[s.index]);
    if (visible.length === 1) app().select({ kind: "statement", id: visible[0].id });
    else app().select({ kind: "pair", a: line.subject.id, b: line.object.id });
  });
  renderer.on("clickStage", () => app().select(null));
}

/**
 * Finds the node under the pointer by its place. Sigma would ask the graphics card, which has to finish the picture first:
 * where WebGL runs in software that takes longer than the picture itself. While the picture is dragged nothing is hit.
 */
function reckonHits(renderer: Renderer, graph: NetworkGraph): void {
  const getNodeAtPosition = ({ x, y }: { x: number; y: number }): string | null => {
    if (renderer.getMouseCaptor().isMoving) return null;
    let hit: string | null = null;
    let nearest = Infinity;
    graph.forEachNode((id) => {
      const data = renderer.getNodeDisplayData(id);
      if (!data || data.hidden) return;
      const at = renderer.framedGraphToViewport(data);
      const distance = Math.hypot(at.x - x, at.y - y);
      if (distance < nearest && distance <= renderer.scaleSize(data.size) + 1) [hit, nearest] = [id, distance];
    });
    return hit;
  };
  Object.assign(renderer, { getNodeAtPosition });
}

/** Moves the camera to what was chosen if it lies outside the part of the picture that no card covers. */
function bringIntoView(renderer: Renderer, graph: NetworkGraph, app: App): void {
  const [id] = chosenNodes(graph, app, app.state.selection);
  const data = id === undefined ? undefined : renderer.getNodeDisplayData(id);
  if (!data) return;
  const { width, height } = renderer.getDimensions();
  const free = matchMedia(SHEET).matches ? 0.4 * height : height;
  const at = renderer.framedGraphToViewport(data);
  const inside = at.x > 60 && at.y > 60 && at.x < width - 60 && at.y < free - 60;
  const camera = renderer.getCamera();
  const ratio = graph.order > 800 ? Math.min(camera.ratio, 0.35) : camera.ratio;
  if (inside && ratio === camera.ratio) return;
  const middle = renderer.viewportToFramedGraph({ x: width / 2, y: height / 2 });
  const wanted = renderer.viewportToFramedGraph({ x: width / 2, y: free / 2 });
  const shift = ((middle.y - wanted.y) * ratio) / camera.ratio;
  const duration = matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 450;
  void camera.animate({ x: data.x, y: data.y + shift, ratio }, { duration });
}

/** On narrow screens the card covers the lower part of the view; as in style.css. */
const SHEET = "(max-width: 700px)";

function onKey(event: KeyboardEvent, renderer: Renderer): void {
  const camera = renderer.getCamera();
  const step = 0.12 * camera.ratio;
  const moves: Record<string, [number, number]> = {
    ArrowLeft: [-step, 0],
    ArrowRight: [step, 0],
    ArrowUp: [0, step],
    ArrowDown: [0, -step],
  };
  const move = moves[event.key];
  if (move) camera.setState({ x: camera.x + move[0], y: camera.y + move[1] });
  else if (event.key === "+" || event.key === "=") void camera.animatedZoom({ duration: 150 });
  else if (event.key === "-") void camera.animatedUnzoom({ duration: 150 });
  else if (event.key === "0") void camera.animatedReset({ duration: 200 });
  else return;
  event.preventDefault();
}

function Zoom({ renderer }: { renderer: () => Renderer | null }) {
  const camera = () => renderer()?.getCamera();
  return (
    <div class="zoom" role="group" aria-label="Zoom">
      <button type="button" class="icon" aria-label="Zoom in" title="Zoom in (+)" onClick={() => void camera()?.animatedZoom({ duration: 200 })}>
        +
      </button>
      <button type="button" class="icon" aria-label="Zoom out" title="Zoom out (−)" onClick={() => void camera()?.animatedUnzoom({ duration: 200 })}>
        −
      </button>
      <button type="button" class="icon" aria-label="Show all" title="Show all (0)" onClick={() => void camera()?.animatedReset({ duration: 200 })}>
        ⤢
      </button>
    </div>
  );
}

const TONE_WORDS: Record<Tone, string> = { hostile: "hostile", neutral: "neither", friendly: "cooperative" };

function Key() {
  const { corpus } = useApp();
  const types = corpus.data.types.filter((t) => corpus.entities.some((e) => e.type === t.name && e.x !== undefined));
  return (
    <div class="key" aria-label="What the colours mean">
      <Legend items={types.map((t) => ({ name: TYPE_WORDS[t.name][0], class: `dot-${t.name} round` }))} />
      <Legend items={(["hostile", "friendly", "neutral"] as Tone[]).map((t) => ({ name: TONE_WORDS[t], class: `fill-${t} stroke` }))} />
    </div>
  );
}

function Tip({ hover }: { hover: Hover }) {
  const { shown } = useApp();
  const place = (element: HTMLDivElement | null) => {
    if (!element) return;
    const room = element.parentElement!.clientWidth - element.offsetWidth - 12;
    element.style.left = `${Math.max(8, Math.min(hover.x + 14, room))}px`;
    element.style.top = `${hover.y + 44}px`;
  };
  const { entity, line } = hover;
  return (
    <div class="tip" ref={place} aria-hidden="true">
      {entity && (
        <>
          <strong>
            <Dot type={entity.type} />
            {entity.label}
          </strong>
          <span class="muted">
            {[capital(TYPE_WORDS[entity.type][0]), entity.kind?.replaceAll("-", " ")].filter(Boolean).join(", ")} ·{" "}
            {count(shown.degree[entity.index], "statement")}
          </span>
        </>
      )}
      {line && (
        <>
          <strong>
            {line.subject.label} <span class={`verb tone-${line.predicate.tone}`}>{line.predicate.label}</span> {line.object.label}
          </strong>
          <span class="muted">{statuses(line.statements)}</span>
        </>
      )}
    </div>
  );
}

function statuses(statements: Statement[]): string {
  const counts = new Map<string, number>();
  for (const s of statements) counts.set(s.status, (counts.get(s.status) ?? 0) + 1);
  return [...counts].map(([status, n]) => (n > 1 ? `${n} ${status}` : status)).join(", ");
}
