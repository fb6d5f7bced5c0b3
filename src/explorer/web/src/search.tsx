// Search by any name: a box with a list of what it could mean, worked by arrow keys or pointer.

import { useMemo, useRef, useState } from "preact/hooks";
import { useApp } from "./context";
import type { Article, Corpus, Entity } from "./model";
import { Dot } from "./parts";
import { TYPE_WORDS, count, fold } from "./words";

interface Found {
  entity?: Entity;
  article?: Article;
  /** The name that matched, where that is not the label. */
  alias?: string;
  rank: number;
}

interface Entry {
  folded: string;
  name: string;
  entity?: Entity;
  article?: Article;
}

const MOST = 12;

export function Search() {
  const { corpus, select, set } = useApp();
  const entries = useMemo(() => index(corpus), [corpus]);
  const [query, setQuery] = useState("");
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const found = useMemo(() => (query.trim() ? look(entries, query) : []), [entries, query]);
  const take = (result: Found) => {
    if (result.entity) select({ kind: "entity", id: result.entity.id });
    else if (result.article) set({ view: "articles", article: result.article.id });
    setOpen(false);
    setQuery("");
    input.current?.blur();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      setChosen((chosen + step + found.length) % Math.max(1, found.length));
    } else if (event.key === "Enter" && found[chosen]) take(found[chosen]);
    else if (event.key === "Escape") {
      event.stopPropagation();
      setQuery("");
      input.current?.blur();
    }
  };
  const visible = open && query.trim() !== "";
  return (
    <div class="search" role="search">
      <input
        ref={input}
        id="search"
        type="search"
        placeholder="Search by any name"
        aria-label="Search entities and articles by any name"
        autocomplete="off"
        spellcheck={false}
        role="combobox"
        aria-expanded={visible}
        aria-controls="found"
        aria-activedescendant={visible && found[chosen] ? `found-${chosen}` : undefined}
        value={query}
        onInput={(event) => {
          setQuery(event.currentTarget.value);
          setChosen(0);
          setOpen(true);
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
      />
      <kbd aria-hidden="true">/</kbd>
      {visible && (
        <ul id="found" class="found" role="listbox" aria-label="Matches">
          {found.map((f, i) => (
            <li
              key={f.entity?.id ?? `article ${f.article?.id}`}
              id={`found-${i}`}
              role="option"
              aria-selected={i === chosen}
              onMouseDown={(event) => {
                event.preventDefault();
                take(f);
              }}
              onMouseEnter={() => setChosen(i)}
            >
              <Match found={f} />
            </li>
          ))}
          {found.length === 0 && (
            <li class="none" role="option" aria-selected={false}>
              Nobody and nothing is called so here.
            </li>
          )}
        </ul>
      )}
    </div>
  );
}

function Match({ found }: { found: Found }) {
  const { entity, article, alias } = found;
  if (article) {
    return (
      <>
        <span class="found-name">{article.title ?? article.id}</span>
        <span class="muted">article</span>
      </>
    );
  }
  if (!entity) return null;
  return (
    <>
      <span class="found-name">
        <Dot type={entity.type} />
        <bdi>{entity.label}</bdi>
        {alias && <span class="muted"> · {alias}</span>}
      </span>
      <span class="muted">
        {TYPE_WORDS[entity.type][0]}, {count(entity.statements.length, "statement")}
      </span>
    </>
  );
}

function index(corpus: Corpus): Entry[] {
  const names = corpus.entities.flatMap((entity) =>
    [entity.label, ...(entity.aliases ?? [])].map((name) => ({ folded: fold(name), name, entity })),
  );
  const titles = corpus.articles.map((article) => {
    const name = article.title ?? article.id;
    return { folded: fold(name), name, article };
  });
  return [...names, ...titles];
}

/** Whole names before beginnings, beginnings before beginnings of words, these before the rest; busy entities first. */
function look(entries: Entry[], query: string): Found[] {
  const wanted = fold(query.trim());
  const best = new Map<Entity | Article, Found>();
  for (const { folded, name, entity, article } of entries) {
    const at = folded.indexOf(wanted);
    if (at < 0) continue;
    const place = folded === wanted ? 0 : at === 0 ? 1 : folded.includes(` ${wanted}`) ? 2 : 3;
    const rank = place * 1e6 - Math.min(entity?.statements.length ?? 0, 9e5) + (article ? 5e5 : 0);
    const thing = (entity ?? article)!;
    const known = best.get(thing);
    if (known && known.rank <= rank) continue;
    best.set(thing, { entity, article, rank, alias: entity && entity.label !== name ? name : undefined });
  }
  return [...best.values()].sort((a, b) => a.rank - b.rank).slice(0, MOST);
}
