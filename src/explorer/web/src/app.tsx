// The frame: what stands around the views, and the keys that work everywhere.

import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { Card, announcement } from "./cards";
import { AppContext, useApp, type App as AppValue } from "./context";
import { Disputed, disputes } from "./disputed";
import { drawing, saveGraphMl, savePng, saveSvg } from "./exporting";
import { Filters } from "./filters";
import { WorldMap } from "./map";
import type { Corpus } from "./model";
import { Network } from "./network";
import { Overview } from "./overview";
import { Reader } from "./reader";
import { Search } from "./search";
import { select } from "./shown";
import { Store, VIEWS, active, type State, type View } from "./state";
import { Statements } from "./statements";
import { applyTheme, initialTheme, rememberTheme, type Theme } from "./theme";
import { Timeline } from "./timeline";
import { number } from "./words";

const TITLES: Record<View, string> = {
  overview: "Overview",
  network: "Network",
  map: "Map",
  disputed: "Disputed",
  statements: "Statements",
  articles: "Articles",
};

export function App({ corpus, store }: { corpus: Corpus; store: Store }) {
  const state = useStore(store);
  const [theme, setTheme] = useTheme();
  const shown = useMemo(() => select(corpus, state.filters), [corpus, state.filters]);
  const app: AppValue = { corpus, state, shown, theme, set: store.set, select: (selection) => store.set({ selection }) };
  const [filters, setFilters] = useState(() => innerWidth >= 1100);
  const [help, setHelp] = useState(false);
  useKeys(app, () => setHelp(true), () => setFilters(!filters));
  const withFilters = filters && !(state.view === "overview" && innerWidth < 1400);
  return (
    <AppContext.Provider value={app}>
      <div class={`app view-${state.view}${withFilters ? " with-filters" : ""}${state.selection ? " with-card" : ""}`}>
        <a class="skip" href="#main" onClick={(event) => { event.preventDefault(); document.getElementById("main")?.focus(); }}>
          Skip to the view
        </a>
        <Header theme={theme} setTheme={setTheme} filters={withFilters} setFilters={setFilters} openHelp={() => setHelp(true)} />
        {withFilters && <Filters close={() => setFilters(false)} />}
        <main id="main" tabIndex={-1} aria-label={TITLES[state.view]}>
          <CurrentView />
        </main>
        <Card />
        {state.view !== "overview" && (
          <footer class="strip" aria-label="Timeline">
            <Timeline height={64} />
          </footer>
        )}
        <p class="heard" role="status" aria-live="polite">
          {announcement(corpus, state.selection)}
        </p>
        {help && <Help close={() => setHelp(false)} />}
      </div>
    </AppContext.Provider>
  );
}

function CurrentView() {
  const { state } = useApp();
  switch (state.view) {
    case "network":
      return <Network />;
    case "map":
      return <WorldMap />;
    case "disputed":
      return <Disputed />;
    case "statements":
      return <Statements />;
    case "articles":
      return <Reader />;
    default:
      return <Overview />;
  }
}

interface HeaderProps {
  theme: Theme;
  setTheme: (theme: Theme) => void;
  filters: boolean;
  setFilters: (open: boolean) => void;
  openHelp: () => void;
}

function Header({ theme, setTheme, filters, setFilters, openHelp }: HeaderProps) {
  const { state } = useApp();
  const set = active(state.filters);
  const other = theme === "dark" ? "light" : "dark";
  return (
    <header class="bar-top">
      <Brand />
      <Search />
      <div class="tools">
        <button type="button" class="button" aria-expanded={filters} aria-controls="filters" onClick={() => setFilters(!filters)}>
          Filters{set > 0 && <span class="badge">{set}</span>}
        </button>
        <Save />
        <button type="button" class="icon" aria-label={`Use ${other} colours`} title={`Use ${other} colours`} onClick={() => setTheme(other)}>
          {theme === "dark" ? "☀" : "☾"}
        </button>
        <button type="button" class="icon wide-only" aria-label="Keys and help" title="Keys and help (?)" onClick={openHelp}>
          ?
        </button>
      </div>
      <Tabs />
    </header>
  );
}

function Brand() {
  const { corpus, set } = useApp();
  return (
    <button type="button" class="brand" onClick={() => set({ view: "overview" })} title="Overview">
      <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
        <path class="brand-line" d="M6 17 12 6l6 11M6 17h12" />
        <circle class="brand-a" cx="12" cy="6" r="3.4" />
        <circle class="brand-b" cx="6" cy="17" r="3.4" />
        <circle class="brand-c" cx="18" cy="17" r="3.4" />
      </svg>
      <span>newsgraph</span>
      {corpus.title && <span class="brand-title muted">{corpus.title}</span>}
    </button>
  );
}

function Tabs() {
  const { state, set, shown, corpus } = useApp();
  const counts: Partial<Record<View, number>> = {
    network: shown.entities,
    disputed: disputes(shown.statements).length,
    statements: shown.statements.length,
    articles: corpus.articles.length,
  };
  const list = useRef<HTMLElement>(null);
  useEffect(() => list.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" }), [state.view]);
  return (
    <nav class="tabs" aria-label="Views" ref={list}>
      {VIEWS.map((view, i) => (
        <button
          key={view}
          type="button"
          class="tab"
          title={`${TITLES[view]} (${i + 1})`}
          aria-current={state.view === view ? "page" : undefined}
          onClick={() => set({ view })}
        >
          {TITLES[view]}
          {counts[view] !== undefined && <span class="tab-count">{number(counts[view])}</span>}
        </button>
      ))}
    </nav>
  );
}

/** The menu of files that the current view can be saved as. */
function Save() {
  const { shown } = useApp();
  const menu = useRef<HTMLDetailsElement>(null);
  const [message, setMessage] = useState("");
  const done = () => {
    menu.current!.open = false;
    setMessage("");
  };
  const withDrawing = (use: (svg: string) => void | Promise<void>) => () => {
    const svg = drawing();
    if (!svg) return setMessage("Open the network or the map first: these are what can be drawn.");
    void use(svg);
    done();
  };
  return (
    <details class="menu" ref={menu} onBlur={(event) => !menu.current?.contains(event.relatedTarget as Node) && done()}>
      <summary class="button">Save</summary>
      <div class="menu-body">
        <button type="button" onClick={withDrawing(saveSvg)}>
          Picture as SVG
        </button>
        <button type="button" onClick={withDrawing(savePng)}>
          Picture as PNG
        </button>
        <button
          type="button"
          onClick={() => {
            saveGraphMl(shown);
            done();
          }}
        >
          What is shown as GraphML
        </button>
        {message && (
          <p class="note" role="status">
            {message}
          </p>
        )}
      </div>
    </details>
  );
}

const KEYS: [string, string][] = [
  ["/", "search by any name"],
  ["1 to 6", "go from view to view"],
  ["f", "show or hide the filters"],
  ["Esc", "close the card"],
  ["arrows, + and −, 0", "move and zoom the network when it has the focus"],
  ["Tab, then arrows", "move the ends of the timeline's span"],
  ["?", "this help"],
];

function Help({ close }: { close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} class="help" aria-label="Keys and help" onClose={close} onClick={(event) => event.target === dialog.current && dialog.current?.close()}>
      <div class="help-body">
        <h2>Keys</h2>
        <dl>
          {KEYS.map(([key, what]) => (
            <>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{what}</dd>
            </>
          ))}
        </dl>
        <h2>What the words mean</h2>
        <p>
          <strong>Reported</strong>: an article says so in its own voice. <strong>Claimed</strong>: only somebody in it does. <strong>Denied</strong>:
          somebody says that it is not so. <strong>Disputed</strong>: some say so and others deny it. <strong>Hypothetical</strong>: planned,
          demanded, threatened or possible.
        </p>
        <p class="muted">The address of this page holds what you see: copy it to share the view. Nothing you do here leaves your machine.</p>
        <button type="button" class="button" onClick={() => dialog.current?.close()}>
          Close
        </button>
      </div>
    </dialog>
  );
}

function useStore(store: Store): State {
  const [state, setState] = useState(store.get());
  useEffect(() => store.subscribe(() => setState(store.get())), [store]);
  return state;
}

function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState(initialTheme);
  // Before the views draw, since they read their colours from the style.
  useMemo(() => applyTheme(theme), [theme]);
  const choose = (next: Theme) => {
    rememberTheme(next);
    setTheme(next);
  };
  return [theme, choose];
}

function useKeys(app: AppValue, openHelp: () => void, toggleFilters: () => void): void {
  // At once, not after the first picture: keys may come before it.
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      const typing = event.target instanceof Element && event.target.closest("input:not([type=checkbox]):not([type=range]), select, textarea, dialog");
      if (event.key === "Escape" && app.state.selection) app.select(null);
      if (typing) return;
      const view = VIEWS[Number(event.key) - 1];
      if (event.key === "/") document.getElementById("search")?.focus();
      else if (event.key === "?") openHelp();
      else if (event.key === "f") toggleFilters();
      else if (view) app.set({ view });
      else return;
      event.preventDefault();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  });
}
