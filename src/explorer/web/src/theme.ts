// Light and dark: what the reader chose, else what their system prefers; and the colours that WebGL and canvas need.

import type { Corpus } from "./model";
import type { NodeHoverDrawingFunction } from "sigma/rendering";

export type Theme = "light" | "dark";

export interface Palette {
  paper: string;
  ink: string;
  muted: string;
  faded: string;
  fadedLine: string;
  font: string;
}

/** Gives the style sheet the colours of types and tones that came with the data. */
export function applyColours(corpus: Corpus): void {
  const { style } = document.documentElement;
  for (const [name, colour] of Object.entries({ ...corpus.colours, ...corpus.tones })) style.setProperty(`--base-${name}`, colour);
}

const KEY = "newsgraph-theme";

export function initialTheme(): Theme {
  const stored = read();
  if (stored) return stored;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

export function applyTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
  known = null;
}

export function rememberTheme(theme: Theme): void {
  // A browser may forbid storage to a page from disk; then the choice lasts as long as the page.
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    return;
  }
}

function read(): Theme | null {
  try {
    const stored = localStorage.getItem(KEY);
    return stored === "light" || stored === "dark" ? stored : null;
  } catch {
    return null;
  }
}

/** A colour of the data as it stands on the ground of the theme: on a dark one it is lighter, as in the style sheet. */
export function onGround(colour: string): string {
  return document.documentElement.dataset.theme === "dark" ? mix(colour, "#ffffff", 0.28) : colour;
}

/** A colour with a share of another in it. */
export function mix(a: string, b: string, share: number): string {
  const parts = (c: string) => [1, 3, 5].map((i) => parseInt(c.slice(i, i + 2), 16));
  const [x, y] = [parts(a), parts(b)];
  return `#${x.map((v, i) => Math.round(v + (y[i] - v) * share).toString(16).padStart(2, "0")).join("")}`;
}

let known: Palette | null = null;

/** The colours of the style sheet as they are now. */
export function palette(): Palette {
  return (known ??= readPalette());
}

function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const value = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    paper: value("paper"),
    ink: value("ink"),
    muted: value("muted"),
    faded: value("faded"),
    fadedLine: value("faded-line"),
    font: value("sans"),
  };
}

/** A node that is chosen or pointed at has a ring. */
export const drawHover: NodeHoverDrawingFunction<any, any> = (context, data) => {
  const { ink, paper } = palette();
  context.beginPath();
  context.arc(data.x, data.y, data.size + 3, 0, Math.PI * 2);
  context.lineWidth = 4.5;
  context.strokeStyle = paper;
  context.stroke();
  context.lineWidth = 2;
  context.strokeStyle = ink;
  context.stroke();
};

const LONGEST = 42;

export function shorten(label: string): string {
  return label.length > LONGEST ? `${label.slice(0, LONGEST - 1)}…` : label;
}
