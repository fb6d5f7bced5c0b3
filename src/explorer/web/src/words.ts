// How things are put into words: days, numbers, names of types. The page is written in English, as the news it shows.

import type { Evidence, Range, Statement, Time, Toll, TypeName } from "./model";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

export const TYPE_WORDS: Record<TypeName, [one: string, many: string]> = {
  Person: ["person", "people"],
  State: ["state", "states"],
  Place: ["place", "places"],
  Organization: ["organization", "organizations"],
  WeaponSystem: ["weapon", "weapons"],
};

export function count(n: number, one: string, many = `${one}s`): string {
  return `${number(n)} ${n === 1 ? one : many}`;
}

export function number(n: number): string {
  return n.toLocaleString("en");
}

export function percent(share: number): string {
  const points = share * 100;
  return `${points > 0 && points < 1 ? points.toFixed(1) : Math.round(points)} %`;
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function isoDay(day: number): string {
  return new Date(day * 864e5).toISOString().slice(0, 10);
}

export function dayWords(day: number): string {
  const date = new Date(day * 864e5);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

export function isoWords(iso: string): string {
  const found = /^(-?\d+)-(\d\d)-(\d\d)/.exec(iso);
  return found ? `${Number(found[3])} ${MONTHS[Number(found[2]) - 1]} ${Number(found[1])}` : iso;
}

export function rangeWords(from: number, to: number): string {
  return from === to ? dayWords(from) : `${dayWords(from)} to ${dayWords(to)}`;
}

/** A time as exactly as it is known: "October 2020" rather than its first and last day. */
export function timeWords(time: Time): string {
  const { start, end, granularity } = time;
  const found = /^(-?\d+)-(\d\d)/.exec(start ?? end ?? "");
  if (found && granularity === "month") return `${MONTHS[Number(found[2]) - 1]} ${Number(found[1])}`;
  if (found && granularity === "year") return `${Number(found[1])}`;
  if (start && end) return start === end ? isoWords(start) : `${isoWords(start)} to ${isoWords(end)}`;
  if (start) return `since ${isoWords(start)}`;
  return end ? `until ${isoWords(end)}` : "";
}

/** A toll in words: "21 to 27 civilians", "at least 13". */
export function tollWords(toll: Toll): string {
  const { min, max } = toll;
  let size = "some";
  if (min !== undefined && max !== undefined) size = min === max ? number(min) : `${number(min)} to ${number(max)}`;
  else if (min !== undefined) size = `at least ${number(min)}`;
  else if (max !== undefined) size = `at most ${number(max)}`;
  return [size, toll.who, toll.cumulative ? "in all" : ""].filter(Boolean).join(" ");
}

/** "did not attack" where the statement is negated. */
export function verb(s: Statement): string {
  return s.negated ? `did not: ${s.predicate.label}` : s.predicate.label;
}

export function sentence(s: Statement): string {
  return `${s.subject.label} ${verb(s)} ${s.object.label}`;
}

/** The part of a text between two counts of code points. */
export function slice(text: string, start: number, end: number): string {
  return hasPairs(text) ? [...text].slice(start, end).join("") : text.slice(start, end);
}

/** The offset in UTF-16 units of an offset in code points. */
export function unitOffsets(text: string): (characters: number) => number {
  if (!hasPairs(text)) return (characters) => characters;
  const units = [0];
  for (const character of text) units.push(units[units.length - 1] + character.length);
  return (characters) => units[Math.min(characters, units.length - 1)];
}

function hasPairs(text: string): boolean {
  return /[\ud800-\udfff]/.test(text);
}

export type Role = "subject" | "object" | "trigger" | "cue";

/** A quote cut where a role of the evidence begins or ends. */
export function roles(text: string, evidence: Evidence): { text: string; role: Role | null }[] {
  const marks = (["trigger", "cue", "subject", "object"] as Role[])
    .map((role) => ({ role, range: evidence[role] as Range | undefined }))
    .filter((m): m is { role: Role; range: Range } => m.range !== undefined);
  const unit = unitOffsets(text);
  const cuts = [...new Set([0, text.length, ...marks.flatMap((m) => m.range.map(unit))])].sort((a, b) => a - b);
  return cuts.slice(0, -1).map((from, i) => {
    const inside = marks.find((m) => unit(m.range[0]) <= from && cuts[i + 1] <= unit(m.range[1]));
    return { text: text.slice(from, cuts[i + 1]), role: inside?.role ?? null };
  });
}

/** A text as search sees it: without case and diacritics. */
export function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** Links lead to pages only: nothing else that an address can say is followed. */
export function safeUrl(text: string): string | null {
  try {
    const url = new URL(text);
    return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
  } catch {
    return null;
  }
}
