// The names in the network: those of the largest nodes first, each where it covers neither another name nor a large node.

import type { NetworkGraph, Renderer } from "./network";
import { palette, shorten } from "./theme";

/** A name and where it stands, in pixels of the picture. */
export interface Placed {
  text: string;
  x: number;
  y: number;
}

type Box = [left: number, top: number, right: number, bottom: number];

const MOST = 140;
const SIZE = 12.5;
/** Nodes smaller than this on the screen are not named, unless they are pointed at or chosen. */
const SMALLEST = 2.6;
const LAYER = "names";

/** Draws names after each picture; the list of what stands where is for exports. */
export function nameNodes(renderer: Renderer, graph: NetworkGraph, restWhileMoving: boolean): () => Placed[] {
  renderer.createCanvasContext(LAYER, { style: { pointerEvents: "none" } });
  renderer.resize(true);
  const canvas = renderer.getCanvases()[LAYER];
  const context = canvas.getContext("2d")!;
  const order = graph.nodes().sort((a, b) => graph.getNodeAttribute(b, "size") - graph.getNodeAttribute(a, "size"));
  let placed: Placed[] = [];
  renderer.on("afterRender", () => {
    const { width, height } = renderer.getDimensions();
    context.clearRect(0, 0, width, height);
    if (restWhileMoving && (renderer.getCamera().isAnimated() || renderer.getMouseCaptor().isMoving)) return;
    context.font = `500 ${SIZE}px ${palette().font}`;
    placed = place(renderer, order, (text) => context.measureText(text).width);
    draw(context, placed);
  });
  return () => placed;
}

function place(renderer: Renderer, order: string[], measure: (text: string) => number): Placed[] {
  const { width, height } = renderer.getDimensions();
  const candidates = [];
  for (const id of order) {
    const data = renderer.getNodeDisplayData(id);
    if (!data || data.hidden || !data.label) continue;
    const r = renderer.scaleSize(data.size);
    if (r < SMALLEST && !data.forceLabel) continue;
    const { x, y } = renderer.framedGraphToViewport(data);
    if (x < 0 || y < 0 || x > width || y > height) continue;
    candidates.push({ x, y, r, label: data.label, first: data.forceLabel === true });
  }
  candidates.sort((a, b) => Number(b.first) - Number(a.first));
  const taken: Box[] = candidates.slice(0, 80).map(({ x, y, r }) => [x - r, y - r, x + r, y + r]);
  const out: Placed[] = [];
  for (const [i, c] of candidates.entries()) {
    if (out.length >= MOST) break;
    const text = shorten(c.label);
    const wide = measure(text);
    const spot = spots(c.x, c.y, c.r, wide).find(({ box }) => box[0] > 0 && box[2] < width && free(box, taken, i));
    if (!spot) continue;
    taken.push(spot.box);
    out.push({ text, x: spot.x, y: spot.y });
  }
  return out;
}

/** Where a name may stand: right of its node, left, below, above. */
function spots(x: number, y: number, r: number, wide: number): { x: number; y: number; box: Box }[] {
  const [gap, half] = [r + 4, SIZE / 2];
  const at = (left: number, middle: number) => ({
    x: left,
    y: middle + SIZE * 0.34,
    box: [left - 2, middle - half - 1, left + wide + 2, middle + half + 2] as Box,
  });
  return [at(x + gap, y), at(x - gap - wide, y), at(x - wide / 2, y + r + 9), at(x - wide / 2, y - r - 9)];
}

/** Whether a box touches nothing that stands there, apart from the node that it names. */
function free(box: Box, taken: Box[], own: number): boolean {
  return taken.every((t, i) => i === own || box[2] < t[0] || t[2] < box[0] || box[3] < t[1] || t[3] < box[1]);
}

function draw(context: CanvasRenderingContext2D, placed: Placed[]): void {
  const { ink, paper } = palette();
  context.lineJoin = "round";
  context.lineWidth = 3.5;
  context.strokeStyle = paper;
  context.fillStyle = ink;
  for (const { text, x, y } of placed) {
    context.strokeText(text, x, y);
    context.fillText(text, x, y);
  }
}
