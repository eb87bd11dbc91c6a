/**
 * What is new in the inbox: disagreements, changes set aside, and what was noticed of a relay or a device. It counts until the
 * inbox was looked at; what was seen is remembered for this visit alone, as nothing of the library is kept outside its store.
 */
import { useEffect, useMemo, useRef } from "react";
import type { EngineState } from "../../engine/api.ts";
import { useLibrary } from "../app/library.tsx";

/** How many things nobody has looked at; none while `isLooking`. */
export function useUnseen(isLooking: boolean): number {
  const { state } = useLibrary();
  const items = useMemo(() => itemsOf(state), [state]);
  const seen = useRef(new Set<string>());
  useEffect(() => {
    if (isLooking) for (const item of items) seen.current.add(item);
  }, [isLooking, items]);
  return isLooking ? 0 : items.filter((item) => !seen.current.has(item)).length;
}

function itemsOf({ view, aside, evidence }: EngineState): readonly string[] {
  return [
    ...view.conflicts.map(({ facts }) => facts.join(" ")),
    ...aside.flatMap(({ records }) => records),
    ...evidence.map(({ kind, at, records, text }) => (records.length > 0 ? [kind, ...records] : [kind, at, text]).join(" ")),
  ];
}
