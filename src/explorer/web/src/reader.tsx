// The articles: a list, and one of them to read, with who is named and what was read from it marked in its text.

import { useEffect, useMemo, useRef } from "preact/hooks";
import { useApp } from "./context";
import type { Article, Entity, Range, Sentence, Statement } from "./model";
import { Empty, Outside } from "./parts";
import { count, isoWords, unitOffsets } from "./words";

export function Reader() {
  const { corpus, state } = useApp();
  const article = state.article ? corpus.article(state.article) : undefined;
  return (
    <div class={`reader${article ? " reading" : ""}`}>
      <Shelf chosen={article} />
      {article ? (
        <Paper key={article.id} article={article} />
      ) : (
        <Empty title="Choose an article">
          <p>Who is named and what was read from it is marked in its text.</p>
        </Empty>
      )}
    </div>
  );
}

function Shelf({ chosen }: { chosen?: Article }) {
  const { corpus, set, shown } = useApp();
  const sorted = useMemo(() => [...corpus.articles].sort((a, b) => (b.day ?? 0) - (a.day ?? 0)), [corpus]);
  const reads = (a: Article) => new Set(a.sentences.flatMap((s) => s.statements).filter((s) => shown.has[s.index])).size;
  return (
    <nav class="shelf" aria-label="Articles">
      <ul>
        {sorted.map((a) => (
          <li key={a.id}>
            <button
              type="button"
              class="shelf-item"
              aria-current={a === chosen ? "page" : undefined}
              onClick={() => set({ article: a.id })}
            >
              <span class="shelf-title">{a.title ?? a.id}</span>
              <span class="muted small">
                {[a.source, a.published && isoWords(a.published), count(reads(a), "statement")].filter(Boolean).join(" · ")}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Paper({ article }: { article: Article }) {
  const { corpus, state, set } = useApp();
  const body = useRef<HTMLElement>(null);
  const reprints = corpus.articles.filter((a) => a !== article && a.origin && a.origin === article.origin);
  useEffect(() => {
    const selection = state.selection;
    if (selection?.kind !== "sentence" || selection.article !== article.id) return;
    body.current?.querySelector(`[data-start="${Number(selection.start)}"]`)?.scrollIntoView({ block: "center" });
  }, [state.selection, article]);
  return (
    <article class="paper scroll" ref={body} aria-label={article.title ?? article.id}>
      <button type="button" class="link back narrow-only" onClick={() => set({ article: null })}>
        ← All articles
      </button>
      <p class="kicker">{[article.source, article.published && isoWords(article.published)].filter(Boolean).join(" · ") || article.id}</p>
      {article.title && <h1>{article.title}</h1>}
      <p class="muted small paper-facts">
        {article.url && <Outside url={article.url} />}
        {reprints.length > 0 && <> Prints the same story as {reprints.map((a) => a.source ?? a.id).join(", ")}; together they count as one source.</>}
      </p>
      {article.text === undefined ? <QuotesOnly article={article} /> : <Text article={article} text={article.text} />}
    </article>
  );
}

/** What is known of an article whose text is not at hand. */
function QuotesOnly({ article }: { article: Article }) {
  return (
    <>
      <p class="note">
        The text is not in this page; these are the sentences that something was read from. To have the whole text, write the page with{" "}
        <code>--articles</code>.
      </p>
      {article.sentences.map((s) => (
        <p key={s.start} class="excerpt">
          <SentenceMarks sentence={s} pieces={cut(s.text, named(s, unitOffsets(s.text), 0), 0)} />
        </p>
      ))}
      {article.sentences.length === 0 && <p class="muted">Nothing was read from it.</p>}
    </>
  );
}

interface Mention {
  /** In UTF-16 units of the text. */
  from: number;
  to: number;
  entity: Entity;
}

interface Piece {
  from: number;
  to: number;
  text: string;
  entity?: Entity;
}

function Text({ article, text }: { article: Article; text: string }) {
  const blocks = useMemo(() => lay(article, text), [article, text]);
  return (
    <div class="prose">
      {blocks.map((block) => (
        <p key={block.from}>
          {block.runs.map((run) =>
            run.sentence ? (
              <SentenceMarks key={run.from} sentence={run.sentence} pieces={run.pieces} />
            ) : (
              <Marks key={run.from} pieces={run.pieces} />
            ),
          )}
        </p>
      ))}
    </div>
  );
}

function SentenceMarks({ sentence, pieces }: { sentence: Sentence; pieces: Piece[] }) {
  const { select, state, shown } = useApp();
  const visible = sentence.statements.filter((s) => shown.has[s.index]);
  const selection = state.selection;
  const here = selection?.kind === "sentence" && selection.start === sentence.start && selection.article === sentence.article.id;
  const chosen = here || (selection?.kind === "statement" && visible.some((s) => s.id === selection.id));
  if (visible.length === 0) return <Marks pieces={pieces} />;
  const open = () =>
    visible.length === 1
      ? select({ kind: "statement", id: visible[0].id })
      : select({ kind: "sentence", article: sentence.article.id, start: sentence.start });
  return (
    <span
      class={`said status-line-${gravest(visible)}${chosen ? " chosen" : ""}`}
      data-start={sentence.start}
      onClick={open}
    >
      <Marks pieces={pieces} />
      <button type="button" class="note-mark" aria-label={`${count(visible.length, "statement")} read from this sentence`} title={visible.map((s) => `${s.subject.label} ${s.predicate.label} ${s.object.label}`).join("\n")} onClick={(event) => { event.stopPropagation(); open(); }}>
        {visible.length}
      </button>
    </span>
  );
}

function Marks({ pieces }: { pieces: Piece[] }) {
  const { select } = useApp();
  return (
    <>
      {pieces.map((p) => {
        const { entity } = p;
        if (!entity) return <span key={p.from}>{p.text}</span>;
        return (
          <button
            key={p.from}
            type="button"
            class={`mention mention-${entity.type}`}
            title={entity.label}
            onClick={(event) => {
              event.stopPropagation();
              select({ kind: "entity", id: entity.id });
            }}
          >
            {p.text}
          </button>
        );
      })}
    </>
  );
}

/** The status to show of a sentence that says several things. */
function gravest(statements: Statement[]): string {
  const order = ["disputed", "denied", "claimed", "hypothetical", "reported"];
  return order.find((status) => statements.some((s) => s.status === status)) ?? "reported";
}

interface Run {
  from: number;
  sentence?: Sentence;
  pieces: Piece[];
}

/** The text in paragraphs, each in sentences that say something and what lies between them. */
function lay(article: Article, text: string): { from: number; runs: Run[] }[] {
  const unit = unitOffsets(text);
  const sentences: { from: number; to: number; sentence: Sentence }[] = [];
  for (const sentence of article.sentences) {
    const [from, to] = [unit(sentence.start), unit(sentence.end)];
    // Sentences within others are read with them.
    if (from >= (sentences.at(-1)?.to ?? 0)) sentences.push({ from, to, sentence });
  }
  const mentions = mentioned(article, text, unit);
  const out: { from: number; runs: Run[] }[] = [];
  for (const paragraph of text.matchAll(/[^\n]+/g)) {
    const [start, end] = [paragraph.index, paragraph.index + paragraph[0].length];
    const inside = sentences.filter((s) => s.from >= start && s.to <= end);
    const runs: Run[] = [];
    let at = start;
    const run = (to: number, sentence?: Sentence) => {
      if (to > at) runs.push({ from: at, sentence, pieces: cut(text.slice(at, to), mentions.filter((m) => m.from >= at && m.to <= to), at) });
      at = to;
    };
    for (const s of inside) {
      run(s.from);
      run(s.to, s.sentence);
    }
    run(end);
    if (runs.length > 0) out.push({ from: start, runs });
  }
  return out;
}

/** Where entities stand in a text: the words that evidence names, and elsewhere the names that these entities have. */
function mentioned(article: Article, text: string, unit: (c: number) => number): Mention[] {
  const sure = apart(article.sentences.flatMap((s) => named(s, unit, s.start)));
  const free = (m: Mention) => sure.every((s) => m.to <= s.from || s.to <= m.from);
  return apart([...sure, ...byName(article, text).filter(free)]);
}

/** The subject and object of each statement of a sentence that begins at a character of the text that `unit` measures. */
function named(sentence: Sentence, unit: (c: number) => number, start: number): Mention[] {
  const out: Mention[] = [];
  const add = (range: Range | undefined, entity: Entity) =>
    range && out.push({ from: unit(start + range[0]), to: unit(start + range[1]), entity });
  for (const statement of sentence.statements) {
    for (const e of statement.evidence.filter((e) => e.sentence === sentence)) {
      add(e.subject, statement.subject);
      add(e.object, statement.object);
    }
  }
  return apart(out);
}

/** Mentions in order, none over another, the shorter where two overlap: it names more exactly. */
function apart(mentions: Mention[]): Mention[] {
  const out: Mention[] = [];
  const short = [...mentions].sort((a, b) => a.to - a.from - (b.to - b.from) || a.from - b.from);
  for (const m of short) {
    if (out.every((o) => m.to <= o.from || o.to <= m.from)) out.push(m);
  }
  return out.sort((a, b) => a.from - b.from);
}

function byName(article: Article, text: string): Mention[] {
  const names = new Map<string, Entity>();
  for (const entity of article.entities) {
    for (const name of [entity.label, ...(entity.aliases ?? [])]) {
      if (name.length > 2 && !names.has(name)) names.set(name, entity);
    }
  }
  if (names.size === 0) return [];
  const longest = [...names.keys()].sort((a, b) => b.length - a.length);
  const escaped = longest.map((n) => n.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${escaped.join("|")})(?![\\p{L}\\p{N}])`, "gu");
  return [...text.matchAll(pattern)].map((m) => ({ from: m.index, to: m.index + m[0].length, entity: names.get(m[0])! }));
}

/** A text in pieces, each a mention or what lies between; offsets count from `base`. */
function cut(text: string, mentions: Mention[], base: number): Piece[] {
  const out: Piece[] = [];
  let at = 0;
  for (const m of mentions) {
    const [from, to] = [m.from - base, m.to - base];
    if (from > at) out.push({ from: at + base, to: from + base, text: text.slice(at, from) });
    out.push({ from: m.from, to: m.to, text: text.slice(from, to), entity: m.entity });
    at = to;
  }
  if (at < text.length) out.push({ from: at + base, to: text.length + base, text: text.slice(at) });
  return out;
}
