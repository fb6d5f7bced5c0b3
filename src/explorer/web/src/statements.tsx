// All statements that the filters show, as a list: the plainest view, and the one that needs no drawing.

import { useState } from "preact/hooks";
import { useApp } from "./context";
import type { Statement } from "./model";
import { NothingLeft, Rows } from "./parts";
import { count } from "./words";

type Order = "newest" | "sources" | "confidence" | "name";

const ORDERS: Record<Order, { title: string; compare: (a: Statement, b: Statement) => number }> = {
  newest: { title: "Newest first", compare: (a, b) => (b.when?.from ?? -Infinity) - (a.when?.from ?? -Infinity) },
  sources: { title: "Most sources first", compare: (a, b) => b.sources - a.sources },
  confidence: { title: "Surest first", compare: (a, b) => b.confidence - a.confidence },
  name: { title: "By name", compare: (a, b) => a.subject.label.localeCompare(b.subject.label) },
};

export function Statements() {
  return (
    <div class="scroll">
      <StatementList />
    </div>
  );
}

export function StatementList() {
  const { shown } = useApp();
  const [order, setOrder] = useState<Order>("sources");
  if (shown.statements.length === 0) return <NothingLeft />;
  const sorted = [...shown.statements].sort((a, b) => ORDERS[order].compare(a, b) || b.confidence - a.confidence);
  return (
    <div class="page">
      <header class="page-head">
        <h1>{count(shown.statements.length, "statement")}</h1>
        <label class="order">
          <span class="muted">Order</span>
          <select value={order} onChange={(event) => setOrder(event.currentTarget.value as Order)}>
            {Object.entries(ORDERS).map(([name, { title }]) => (
              <option key={name} value={name}>
                {title}
              </option>
            ))}
          </select>
        </label>
      </header>
      <Rows key={order} statements={sorted} step={60} />
    </div>
  );
}
