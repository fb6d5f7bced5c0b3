// The current view as a file: the drawing as SVG or PNG, what the filters show as GraphML.

import { current, type Renderer } from "./network";
import type { Shown } from "./shown";
import { palette } from "./theme";
import { isoDay } from "./words";

/** The drawing on the screen as SVG: the network, or the map. */
export function drawing(): string | null {
  if (current.renderer) return networkSvg(current.renderer);
  const map = document.querySelector<SVGSVGElement>("#map-drawing");
  return map ? inlineStyles(map) : null;
}

export function saveSvg(svg: string): void {
  save(new Blob([svg], { type: "image/svg+xml" }), "newsgraph.svg");
}

const DOTS_PER_PIXEL = 2;

export async function savePng(svg: string): Promise<void> {
  const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.width * DOTS_PER_PIXEL;
    canvas.height = image.height * DOTS_PER_PIXEL;
    canvas.getContext("2d")!.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
    if (blob) save(blob, "newsgraph.png");
  } finally {
    URL.revokeObjectURL(url);
  }
}

export function saveGraphMl(shown: Shown): void {
  save(new Blob([graphMl(shown)], { type: "application/graphml+xml" }), "newsgraph.graphml");
}

function save(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Text inside XML; characters that XML cannot hold are left out. */
function xml(text: string): string {
  const legal = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "");
  return legal.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
}

function networkSvg(renderer: Renderer): string {
  const graph = renderer.getGraph();
  const { width, height } = renderer.getDimensions();
  const { paper, ink, font } = palette();
  const scale = 1 / Math.sqrt(renderer.getCamera().ratio);
  const at = (id: string) => {
    const data = renderer.getNodeDisplayData(id)!;
    return { ...renderer.framedGraphToViewport(data), data, r: renderer.scaleSize(data.size) };
  };
  const seen = ({ x, y }: { x: number; y: number }) => x > -50 && y > -50 && x < width + 50 && y < height + 50;
  const lines: string[] = [];
  graph.forEachEdge((id, { curvature }, source, target) => {
    const look = renderer.getEdgeDisplayData(id);
    if (!look || look.hidden || renderer.getNodeDisplayData(source)?.hidden || renderer.getNodeDisplayData(target)?.hidden) return;
    const [a, b] = [at(source), at(target)];
    if (!seen(a) && !seen(b)) return;
    const bend = look.type === "curved" ? curvature : 0;
    const middle = { x: (a.x + b.x) / 2 + bend * (b.y - a.y), y: (a.y + b.y) / 2 - bend * (b.x - a.x) };
    const path = `M${a.x.toFixed(1)} ${a.y.toFixed(1)}Q${middle.x.toFixed(1)} ${middle.y.toFixed(1)} ${b.x.toFixed(1)} ${b.y.toFixed(1)}`;
    lines.push(`<path d="${path}" fill="none" stroke="${xml(look.color)}" stroke-width="${(look.size * scale).toFixed(2)}"/>`);
  });
  const nodes = graph.filterNodes((id) => !renderer.getNodeDisplayData(id)?.hidden).map((id) => ({ id, ...at(id) })).filter(seen);
  const dots = nodes.map((n) => `<circle cx="${n.x.toFixed(1)}" cy="${n.y.toFixed(1)}" r="${n.r.toFixed(1)}" fill="${xml(n.data.color)}"/>`);
  const labels = current.names().map((n) => `<text x="${n.x.toFixed(1)}" y="${n.y.toFixed(1)}">${xml(n.text)}</text>`);
  return svgFile(width, height, [
    `<rect width="100%" height="100%" fill="${xml(paper)}"/>`,
    `<g>${lines.join("")}</g>`,
    `<g>${dots.join("")}</g>`,
    `<g font-family="${xml(font)}" font-size="12.5" font-weight="500" fill="${xml(ink)}" stroke="${xml(paper)}" stroke-width="3" paint-order="stroke">${labels.join("")}</g>`,
  ]);
}

function svgFile(width: number, height: number, parts: string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${parts.join("\n")}</svg>\n`;
}

const STYLED = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "font-family", "font-size", "font-weight", "paint-order", "vector-effect", "opacity"];

/** A drawing of the page with what its style sheet gives it written into it. */
function inlineStyles(svg: SVGSVGElement): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const [from, to] = [[svg, ...svg.querySelectorAll("*")], [copy, ...copy.querySelectorAll("*")]];
  from.forEach((element, i) => {
    const style = getComputedStyle(element);
    for (const name of STYLED) to[i].setAttribute(name, style.getPropertyValue(name));
    for (const name of ["class", "tabindex", "role", "aria-label"]) to[i].removeAttribute(name);
  });
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  return new XMLSerializer().serializeToString(copy);
}

/** The columns of newsgraph's own GraphML that the page knows. */
const NODE_KEYS = ["entity", "label", "type", "kind", "country"] as const;
const EDGE_KEYS = ["type", "label", "status", "negated", "start", "end", "confidence", "sources", "cameo", "plover", "quote"] as const;

export function graphMl({ statements }: Shown): string {
  const entities = [...new Set(statements.flatMap((s) => [s.subject, s.object]))].sort((a, b) => a.index - b.index);
  const data = (prefix: string, name: string, value: unknown) =>
    value === undefined || value === null ? "" : `<data key="${prefix}${name}">${xml(String(value))}</data>`;
  const kind = (name: string) => ({ confidence: "double", sources: "long", negated: "boolean" })[name] ?? "string";
  const key = (what: string, prefix: string, name: string) =>
    `<key id="${prefix}${name}" for="${what}" attr.name="${name}" attr.type="${kind(name)}"/>`;
  const nodes = entities.map((e) => {
    const cells = { entity: e.id, label: e.label, type: e.type, kind: e.kind, country: e.country };
    return `<node id="n${e.index}">${NODE_KEYS.map((k) => data("", k, cells[k])).join("")}</node>`;
  });
  const edges = statements.map((s) => {
    const cells = {
      type: s.predicate.name,
      label: s.predicate.label,
      status: s.status,
      negated: s.negated ?? false,
      start: s.time ? (s.time.start ?? isoDay(s.when!.from)) : undefined,
      end: s.time?.end,
      confidence: s.confidence,
      sources: s.sources,
      cameo: s.cameo,
      plover: s.plover,
      quote: s.evidence[0]?.sentence.text,
    };
    const ends = `source="n${s.subject.index}" target="n${s.object.index}"`;
    return `<edge id="${xml(s.id)}" ${ends}>${EDGE_KEYS.map((k) => data("edge.", k, cells[k])).join("")}</edge>`;
  });
  return [
    `<?xml version="1.0" encoding="UTF-8"?>`,
    `<graphml xmlns="http://graphml.graphdrawing.org/xmlns">`,
    ...NODE_KEYS.map((k) => key("node", "", k)),
    ...EDGE_KEYS.map((k) => key("edge", "edge.", k)),
    `<graph id="newsgraph" edgedefault="directed">`,
    ...nodes,
    ...edges,
    `</graph>`,
    `</graphml>`,
    ``,
  ].join("\n");
}
