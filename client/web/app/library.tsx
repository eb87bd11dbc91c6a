/** The open library, for every screen beneath it: the engine, its latest state, and the pictures. */
import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useSyncExternalStore,
  type ReactElement,
  type ReactNode,
} from "react";
import type { Engine, EngineState } from "../../engine/api.ts";
import { lookupsOf, type Lookups } from "../model/lookups.ts";
import { createPictures, type Pictures } from "./pictures.ts";

/** What a screen sees of the library. */
export interface Library {
  readonly engine: Engine;
  readonly state: EngineState;
  readonly lookups: Lookups;
  readonly pictures: Pictures;
}

const LibraryContext = createContext<Library | null>(null);

/** Hands `engine` to all screens beneath. */
export function LibraryProvider({ engine, children }: { readonly engine: Engine; readonly children: ReactNode }): ReactElement {
  const pictures = useMemo(() => createPictures(engine.thumbnail, () => isArriving(engine.state.sync)), [engine]);
  useEffect(() => pictures.forget, [pictures]);
  const subscribe = useCallback(
    (changed: () => void) => {
      const subscription = engine.state$.subscribe(changed);
      return () => subscription.unsubscribe();
    },
    [engine],
  );
  const state = useSyncExternalStore(subscribe, () => engine.state);
  const library = useMemo(() => ({ engine, state, lookups: lookupsOf(state.view), pictures }), [engine, state, pictures]);
  return <LibraryContext value={library}>{children}</LibraryContext>;
}

function isArriving({ phase, downloads }: EngineState["sync"]): boolean {
  return phase !== "live" || downloads > 0;
}

/** The library above. @throws where there is none: a screen outside of it is a defect of ours. */
export function useLibrary(): Library {
  const library = useContext(LibraryContext);
  if (library === null) throw new Error("a screen of the library was drawn outside of it");
  return library;
}
