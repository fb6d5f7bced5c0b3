// Small pieces that every card and list is made of.

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { useApp } from "./context";
import type { Entity, Evidence, Statement, Status, TypeName } from "./model";
import { TYPE_WORDS, capital, roles, safeUrl, timeWords, verb } from "./words";

/** A dot in the colour of a type. */
export function Dot({ type }: { type: TypeName }) {
  return <span class={`dot dot-${type}`} aria-hidden="true" />;
}

/** The name of an entity as a button that opens its card. */
export function Name({ entity, plain }: { entity: Entity; plain?: boolean }) {
  const { select } = useApp();
  return (
    <button
      type="button"
      class={plain ? "name plain" : "name"}
      title={`${entity.label}, ${TYPE_WORDS[entity.type][0]}`}
      onClick={(event) => {
        event.stopPropagation();
        select({ kind: "entity", id: entity.id });
      }}
    >
      <Dot type={entity.type} />
      <bdi>{entity.label}</bdi>
    </button>
  );
}

export function Names({ entities }: { entities: Entity[] }) {
  return (
    <span class="names">
      {entities.map((e) => (
        <Name key={e.id} entity={e} />
      ))}
    </span>
  );
}

export function StatusPill({ status }: { status: Status }) {
  return <span class={`pill status-${status}`}>{status}</span>;
}

/** Subject, predicate and object in one line of running text. */
export function Sentence({ statement }: { statement: Statement }) {
  return (
    <span class="sentence">
      <bdi class="who">{statement.subject.label}</bdi> <span class={`verb tone-${statement.predicate.tone}`}>{verb(statement)}</span>{" "}
      <bdi class="who">{statement.object.label}</bdi>
    </span>
  );
}

/** A statement as a row that opens its card. */
export function StatementRow({ statement, from }: { statement: Statement; from?: Entity }) {
  const { state, select } = useApp();
  const chosen = state.selection?.kind === "statement" && state.selection.id === statement.id;
  return (
    <button
      type="button"
      class="row"
      aria-pressed={chosen}
      onClick={() => select({ kind: "statement", id: statement.id })}
    >
      {from ? <Other statement={statement} from={from} /> : <Sentence statement={statement} />}
      <span class="row-facts">
        {statement.status !== "reported" && <StatusPill status={statement.status} />}
        {statement.time && <time>{timeWords(statement.time)}</time>}
        {statement.sources > 1 && <span title="independent sources">{statement.sources} sources</span>}
      </span>
    </button>
  );
}

/** The other end of a statement, where one end and the predicate stand above. */
function Other({ statement, from }: { statement: Statement; from: Entity }) {
  const other = statement.subject === from ? statement.object : statement.subject;
  return (
    <span class="sentence">
      <Dot type={other.type} />
      <bdi class="who">{other.label}</bdi>
      {statement.negated && <em> (did not)</em>}
    </span>
  );
}

/** Many rows, the first of them at once. */
export function Rows({ statements, from, step = 40 }: { statements: Statement[]; from?: Entity; step?: number }) {
  const [shown, setShown] = useState(step);
  return (
    <>
      <ul class="rows">
        {statements.slice(0, shown).map((s) => (
          <li key={s.id}>
            <StatementRow statement={s} from={from} />
          </li>
        ))}
      </ul>
      {statements.length > shown && (
        <button type="button" class="more" onClick={() => setShown(shown + step * 5)}>
          Show more ({statements.length - shown} left)
        </button>
      )}
    </>
  );
}

/** A quote with the words of the evidence marked, in its context where the article's text is at hand. */
export function Quote({ evidence }: { evidence: Evidence }) {
  const { set } = useApp();
  const { sentence } = evidence;
  const { article } = sentence;
  const { before, after } = context(article.text, sentence.start, sentence.end);
  const open = () =>
    set({ view: "articles", article: article.id, selection: { kind: "sentence", article: article.id, start: sentence.start } });
  return (
    <figure class={`quote stance-${evidence.stance}`}>
      <blockquote>
        {before && <span class="context">{before} </span>}
        {roles(sentence.text, evidence).map((part, i) =>
          part.role ? (
            <mark key={i} class={`role-${part.role}`}>
              {part.text}
            </mark>
          ) : (
            <span key={i}>{part.text}</span>
          ),
        )}
        {after && <span class="context"> {after}</span>}
      </blockquote>
      <figcaption>
        {evidence.speaker && (
          <>
            <Name entity={evidence.speaker} /> <span class="muted">{STANCE_WORDS[evidence.stance]}</span>
            <br />
          </>
        )}
        <button type="button" class="link" onClick={open}>
          {article.title ?? article.id}
        </button>
        <span class="muted">{[article.source, article.published].filter(Boolean).map((t) => ` · ${t}`)}</span>
      </figcaption>
    </figure>
  );
}

const STANCE_WORDS = { reports: "reports this", claims: "claims this", denies: "denies this", supposes: "speaks of it as possible" };

const CONTEXT = 140;

/** The words just before and after a sentence of an article. */
function context(text: string | undefined, start: number, end: number): { before: string; after: string } {
  if (text === undefined) return { before: "", after: "" };
  const characters = /[\ud800-\udfff]/.test(text) ? [...text] : text;
  const part = (from: number, to: number) => {
    const piece = characters.slice(Math.max(0, from), to);
    return typeof piece === "string" ? piece : piece.join("");
  };
  const last = part(start - CONTEXT, start).split(/\n/).at(-1) ?? "";
  const next = part(end, end + CONTEXT).split(/\n/)[0];
  const before = last.length >= CONTEXT ? `… ${last.replace(/^\S*\s+/, "")}` : last;
  const after = next.length >= CONTEXT ? `${next.replace(/\s+\S*$/, "")} …` : next;
  return { before: before.trim(), after: after.trim() };
}

/** A link to another site, or its text where the address is no page. */
export function Outside({ url, children }: { url: string; children?: ComponentChildren }) {
  const href = safeUrl(url);
  if (!href) return <span class="muted">{children ?? url}</span>;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {children ?? href.replace(/^https?:\/\//, "")}
    </a>
  );
}

export function Empty({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <div class="empty">
      <p class="empty-title">{title}</p>
      {children}
    </div>
  );
}

/** What to say where the filters leave nothing. */
export function NothingLeft() {
  const { set } = useApp();
  return (
    <Empty title="Nothing passes these filters">
      <p>Take one away, or</p>
      <button type="button" class="button" onClick={() => set({ filters: CLEAR })}>
        Clear all filters
      </button>
    </Empty>
  );
}

export const CLEAR = { types: [], predicates: [], statuses: [], newsrooms: [], confidence: 0, from: null, to: null, around: null };

/** A bar cut in parts, with their sizes in words for who cannot see it. */
export function PartBar({ parts, title }: { parts: { name: string; value: number; class: string }[]; title: string }) {
  const total = parts.reduce((sum, p) => sum + p.value, 0) || 1;
  const words = parts.filter((p) => p.value > 0).map((p) => `${p.value} ${p.name}`).join(", ");
  return (
    <span class="part-bar" role="img" aria-label={`${title}: ${words}`} title={words}>
      {parts.map((p) => (
        <span key={p.name} class={p.class} ref={(e) => void e?.style.setProperty("flex-grow", String(p.value / total))} />
      ))}
    </span>
  );
}

export function Legend({ items }: { items: { name: string; class: string; value?: string }[] }) {
  return (
    <ul class="legend">
      {items.map((i) => (
        <li key={i.name}>
          <span class={`swatch ${i.class}`} aria-hidden="true" />
          {capital(i.name)}
          {i.value && <span class="muted"> {i.value}</span>}
        </li>
      ))}
    </ul>
  );
}
