// What every part of the page can reach: the corpus, the state, what the filters let pass.

import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Corpus } from "./model";
import type { Shown } from "./shown";
import type { Patch, Selection, State } from "./state";

export interface App {
  corpus: Corpus;
  state: State;
  shown: Shown;
  theme: "light" | "dark";
  set: (patch: Patch) => void;
  select: (selection: Selection | null) => void;
}

export const AppContext = createContext<App>(null as unknown as App);

export function useApp(): App {
  return useContext(AppContext);
}
