// What is disputed: each statement with those who assert it on one side and those who deny it on the other.

import { once } from "./cards";
import { useApp } from "./context";
import type { Entity, Evidence, Statement } from "./model";
import { Empty, Name, NothingLeft, Quote, Sentence, StatusPill } from "./parts";
import { count, timeWords } from "./words";

export function Disputed() {
  const { shown, corpus } = useApp();
  const list = disputes(shown.statements);
  if (shown.statements.length === 0) return <NothingLeft />;
  return (
    <div class="scroll">
      <div class="page">
        <header class="page-head">
          <h1>What is disputed</h1>
          <p class="muted">
            {count(list.length, "statement")} that somebody asserts and somebody else denies, or that is only denied. Which side is right is
            not for this page to say.
          </p>
        </header>
        {list.length === 0 && (
          <Empty title={disputes(corpus.statements).length > 0 ? "None among these filters" : "Nobody denies anything here"}>
            <p>A statement is disputed where one source asserts it and another denies it.</p>
          </Empty>
        )}
        {list.map((s) => (
          <Dispute key={s.id} statement={s} />
        ))}
      </div>
    </div>
  );
}

/** Disputed statements before denied ones, those of most sources first. */
export function disputes(statements: Statement[]): Statement[] {
  const open = statements.filter((s) => s.status === "disputed" || s.status === "denied");
  return open.sort((a, b) => Number(a.status === "denied") - Number(b.status === "denied") || b.sources - a.sources);
}

function Dispute({ statement: s }: { statement: Statement }) {
  const { select } = useApp();
  const assert = s.evidence.filter((e) => e.stance === "claims" || e.stance === "reports");
  const deny = s.evidence.filter((e) => e.stance === "denies");
  return (
    <article class="dispute">
      <header>
        <h2>
          <button type="button" class="title-button" onClick={() => select({ kind: "statement", id: s.id })}>
            <Sentence statement={s} />
          </button>
        </h2>
        <p class="muted small">
          <StatusPill status={s.status} /> {[s.time && timeWords(s.time), count(s.sources, "independent source")].filter(Boolean).join(" · ")}
        </p>
      </header>
      <div class="sides">
        <Side title="Asserted" who={s.claimedBy} evidence={assert} none="Nobody in these articles asserts it." />
        <Side title="Denied" who={s.deniedBy} evidence={deny} none="The denial stands in a statement about it." />
      </div>
    </article>
  );
}

function Side({ title, who, evidence, none }: { title: string; who: Entity[]; evidence: Evidence[]; none: string }) {
  return (
    <section class={`side side-${title.toLowerCase()}`}>
      <h3>
        {title}
        {who.length > 0 && " by "}
        {who.map((e) => (
          <Name key={e.id} entity={e} />
        ))}
      </h3>
      {once(evidence).map((e, i) => (
        <Quote key={i} evidence={e} />
      ))}
      {evidence.length === 0 && <p class="muted">{none}</p>}
    </section>
  );
}
