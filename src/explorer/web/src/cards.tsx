// The card beside the view: an entity, a statement, all between two entities, or all that one sentence says.

import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useApp } from "./context";
import type { Corpus, Entity, Evidence, Sentence as Quoted, Statement } from "./model";
import { Dot, Empty, Name, Names, Outside, Quote, Rows, StatementRow, StatusPill } from "./parts";
import type { Selection } from "./state";
import { TYPE_WORDS, capital, count, percent, sentence, timeWords, tollWords, verb } from "./words";

export function Card() {
  const { corpus, state, select } = useApp();
  const body = useRef<HTMLElement>(null);
  const selection = state.selection;
  useEffect(() => body.current?.scrollTo(0, 0), [selection]);
  if (!selection) return null;
  return (
    <aside class="card" aria-label="Details" ref={body}>
      <button type="button" class="close icon" aria-label="Close details" title="Close (Esc)" onClick={() => select(null)}>
        ×
      </button>
      {contents(corpus, selection) ?? (
        <Empty title="Not in this graph">
          <p>The link names something that this page does not hold.</p>
        </Empty>
      )}
    </aside>
  );
}

/** The card of a selection; none if the corpus does not have it. */
function contents(corpus: Corpus, selection: Selection): ComponentChildren {
  if (selection.kind === "entity") {
    const entity = corpus.entity(selection.id);
    return entity && <EntityCard key={entity.id} entity={entity} />;
  }
  if (selection.kind === "statement") {
    const statement = corpus.statement(selection.id);
    return statement && <StatementCard key={statement.id} statement={statement} />;
  }
  if (selection.kind === "pair") {
    const [a, b] = [corpus.entity(selection.a), corpus.entity(selection.b)];
    return a && b && <PairCard a={a} b={b} />;
  }
  const found = corpus.article(selection.article)?.sentences.find((s) => s.start === selection.start);
  return found && <SentenceCard quoted={found} />;
}

function EntityCard({ entity }: { entity: Entity }) {
  const { state, set, shown } = useApp();
  const visible = entity.statements.filter((s) => shown.has[s.index]);
  const hidden = entity.statements.length - visible.length;
  const around = state.filters.around === entity.id;
  return (
    <>
      <p class="kicker">
        <Dot type={entity.type} />
        {[capital(TYPE_WORDS[entity.type][0]), entity.kind?.replaceAll("-", " "), entity.country].filter(Boolean).join(" · ")}
      </p>
      <h2>
        <bdi>{entity.label}</bdi>
      </h2>
      {entity.unnamed && <p class="note">Known only by this description.</p>}
      {entity.aliases && (
        <p class="aliases">
          <span class="muted">Also </span>
          {entity.aliases.map((alias, i) => (
            <bdi key={alias}>{i ? `, ${alias}` : alias}</bdi>
          ))}
        </p>
      )}
      <p class="facts">
        {count(entity.mentions, "mention")} · {count(entity.statements.length, "statement")}
      </p>
      <p class="actions">
        {entity.statements.length > 0 && state.view !== "network" && (
          <button type="button" class="button" onClick={() => set({ view: "network" })}>
            Show in network
          </button>
        )}
        <button
          type="button"
          class="button"
          aria-pressed={around}
          onClick={() => set({ filters: { around: around ? null : entity.id } })}
        >
          {around ? "Show everything" : "Only what is near"}
        </button>
      </p>
      <Links entity={entity} />
      <Groups entity={entity} statements={visible} />
      {hidden > 0 && <p class="note">{count(hidden, "statement")} more behind the filters.</p>}
      <Articles entity={entity} />
    </>
  );
}

function Links({ entity }: { entity: Entity }) {
  if (!entity.sameAs?.length && !entity.at) return null;
  const site = (url: string) => (url.includes("wikidata.org") ? "Wikidata" : url.includes("geonames.org") ? "GeoNames" : url);
  return (
    <p class="links">
      {entity.sameAs?.map((url) => (
        <Outside key={url} url={url}>
          {site(url)} {/[^/]*\d+$/.exec(url.replace(/\/$/, ""))?.[0]}
        </Outside>
      ))}
      {entity.at && (
        <span class="muted">
          {Math.abs(entity.at[1]).toFixed(2)}° {entity.at[1] < 0 ? "S" : "N"}, {Math.abs(entity.at[0]).toFixed(2)}°{" "}
          {entity.at[0] < 0 ? "W" : "E"}
        </span>
      )}
    </p>
  );
}

/** The statements of an entity by predicate and by whether it acts or is acted on, the largest groups first. */
function Groups({ entity, statements }: { entity: Entity; statements: Statement[] }) {
  const groups = new Map<string, Statement[]>();
  for (const s of statements) {
    const acts = s.predicate.symmetric || s.subject === entity;
    const title = acts ? `${s.predicate.label} …` : `… ${s.predicate.label} it`;
    groups.set(title, [...(groups.get(title) ?? []), s]);
  }
  const sorted = [...groups].sort((a, b) => b[1].length - a[1].length);
  return (
    <>
      {sorted.map(([title, list]) => (
        <section key={title} class="group">
          <h3 class={`tone-${list[0].predicate.tone}`}>
            {title} <span class="muted">{list.length}</span>
          </h3>
          <Rows statements={list} from={entity} step={12} />
        </section>
      ))}
    </>
  );
}

function Articles({ entity }: { entity: Entity }) {
  const { corpus, set } = useApp();
  const articles = corpus.articles.filter((a) => a.entities.includes(entity));
  if (articles.length === 0) return null;
  return (
    <section class="group">
      <h3>
        In the articles <span class="muted">{articles.length}</span>
      </h3>
      <ul class="plain-list">
        {articles.slice(0, 20).map((a) => (
          <li key={a.id}>
            <button type="button" class="link" onClick={() => set({ view: "articles", article: a.id })}>
              {a.title ?? a.id}
            </button>
            <span class="muted"> {a.source}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function StatementCard({ statement: s }: { statement: Statement }) {
  const { corpus } = useApp();
  return (
    <>
      <p class="kicker">
        <StatusPill status={s.status} /> {s.time ? timeWords(s.time) : ""}
      </p>
      <h2 class="statement-title">
        <Name entity={s.subject} plain /> <span class={`verb tone-${s.predicate.tone}`}>{verb(s)}</span> <Name entity={s.object} plain />
      </h2>
      <p class="muted small">{s.predicate.definition}</p>
      <dl class="qualifiers">
        <Sides statement={s} />
        <Qualifiers statement={s} />
        <dt>Confidence</dt>
        <dd>
          <meter min={0} max={1} value={s.confidence} aria-label="Confidence" /> {percent(s.confidence)}
        </dd>
        <dt>Sources</dt>
        <dd>
          {count(s.sources, "independent article")} · {[...s.newsrooms].join(", ")}
        </dd>
        <Codes statement={s} />
      </dl>
      <About statement={s} about={s.about ? corpus.statement(s.about) : undefined} back={corpus.about(s.id)} />
      <Evidences statement={s} />
    </>
  );
}

function Sides({ statement: s }: { statement: Statement }) {
  return (
    <>
      {s.claimedBy.length > 0 && (
        <>
          <dt>Claimed by</dt>
          <dd>
            <Names entities={s.claimedBy} />
          </dd>
        </>
      )}
      {s.deniedBy.length > 0 && (
        <>
          <dt>Denied by</dt>
          <dd>
            <Names entities={s.deniedBy} />
          </dd>
        </>
      )}
    </>
  );
}

function Qualifiers({ statement: s }: { statement: Statement }) {
  const facts: [string, ComponentChildren][] = [];
  if (s.place) facts.push(["Where", <Name entity={s.place} />]);
  if (s.weapon.length > 0) facts.push(["With", <Names entities={s.weapon} />]);
  if (s.killed) facts.push(["Killed", tollWords(s.killed)]);
  if (s.injured) facts.push(["Injured", tollWords(s.injured)]);
  if (s.instrumentOf) facts.push(["On behalf of", <Name entity={s.instrumentOf} />]);
  if (s.content) facts.push(["What for", <q>{s.content}</q>]);
  return (
    <>
      {facts.map(([name, value]) => (
        <>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </>
      ))}
    </>
  );
}

function Codes({ statement: s }: { statement: Statement }) {
  const { corpus } = useApp();
  if (!s.cameo && !s.plover) return null;
  const name = s.cameo ? corpus.data.codes[s.cameo] : undefined;
  return (
    <>
      <dt>Codes</dt>
      <dd>{[s.cameo && `CAMEO ${s.cameo}${name ? ` (${name})` : ""}`, s.plover && `PLOVER ${s.plover}`].filter(Boolean).join(" · ")}</dd>
    </>
  );
}

function About({ statement, about, back }: { statement: Statement; about?: Statement; back: Statement[] }) {
  return (
    <>
      {about && (
        <section class="group">
          <h3>This is about</h3>
          <StatementRow statement={about} />
        </section>
      )}
      {back.length > 0 && (
        <section class="group">
          <h3>
            Said about it <span class="muted">{back.length}</span>
          </h3>
          <Rows key={statement.id} statements={back} step={8} />
        </section>
      )}
    </>
  );
}

/** The quotes, those that deny apart from those that assert. */
function Evidences({ statement }: { statement: Statement }) {
  const part = (title: string, stances: string[]) => (
    <QuoteList title={title} evidence={once(statement.evidence.filter((e) => stances.includes(e.stance)))} />
  );
  return (
    <>
      {part("Asserted", ["reports", "claims"])}
      {part("Denied", ["denies"])}
      {part("As possible, planned or demanded", ["supposes"])}
    </>
  );
}

function QuoteList({ title, evidence }: { title: string; evidence: Evidence[] }) {
  if (evidence.length === 0) return null;
  return (
    <section class="group">
      <h3>
        {title} <span class="muted">{evidence.length}</span>
      </h3>
      {evidence.map((e) => (
        <Quote key={`${e.sentence.article.id} ${e.sentence.start} ${e.stance}`} evidence={e} />
      ))}
    </section>
  );
}

/** One quote of each sentence and stance: two rules that read one sentence are one piece of evidence to a reader. */
export function once(evidence: Evidence[]): Evidence[] {
  const met = new Set<string>();
  return evidence.filter((e) => {
    const key = `${e.sentence.article.id} ${e.sentence.start} ${e.stance} ${e.speaker?.id}`;
    return !met.has(key) && met.add(key);
  });
}

function PairCard({ a, b }: { a: Entity; b: Entity }) {
  const { shown } = useApp();
  const between = a.statements.filter((s) => shown.has[s.index] && (s.subject === b || s.object === b));
  return (
    <>
      <p class="kicker">{count(between.length, "statement")} between</p>
      <h2 class="statement-title">
        <Name entity={a} plain /> <span class="muted">and</span> <Name entity={b} plain />
      </h2>
      {between.length > 0 ? <Rows statements={between} /> : <Empty title="None that the filters show" />}
    </>
  );
}

function SentenceCard({ quoted }: { quoted: Quoted }) {
  return (
    <>
      <p class="kicker">{count(quoted.statements.length, "statement")} read from</p>
      <blockquote class="big-quote">{quoted.text}</blockquote>
      {quoted.statements.map((s) => (
        <StatementRow key={s.id} statement={s} />
      ))}
    </>
  );
}

/** The words that a screen reader says when the selection changes. */
export function announcement(corpus: Corpus, selection: Selection | null): string {
  if (selection?.kind === "entity") return corpus.entity(selection.id)?.label ?? "";
  const statement = selection?.kind === "statement" ? corpus.statement(selection.id) : undefined;
  return statement ? `${sentence(statement)}, ${statement.status}` : "";
}

