// Where the page begins: it finds its data, in itself or beside it, and draws; or says why it cannot.

import { render } from "preact";
import { App } from "./app";
import { resolve, type Data } from "./model";
import { Store } from "./state";
import { applyColours } from "./theme";
import "./style.css";

async function load(): Promise<Data> {
  const inside = document.getElementById("data")?.textContent;
  if (inside) return JSON.parse(inside) as Data;
  const response = await fetch("data.json", { credentials: "same-origin" });
  if (!response.ok) throw new Error(`the server answered ${response.status} ${response.statusText} for data.json`);
  return (await response.json()) as Data;
}

async function main(): Promise<void> {
  const root = document.getElementById("app")!;
  try {
    const corpus = resolve(await load());
    applyColours(corpus);
    root.replaceChildren();
    render(<App corpus={corpus} store={new Store()} />, root);
    document.getElementById("data")?.remove();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    root.replaceChildren();
    render(<Failure reason={reason} />, root);
    throw error;
  }
}

function Failure({ reason }: { reason: string }) {
  return (
    <div class="boot" role="alert">
      <h1>The graph could not be shown</h1>
      <p>{reason}</p>
      <p>
        Write the page again with <code>newsgraph view</code>, or load it again if a server gave it.
      </p>
    </div>
  );
}

void main();
