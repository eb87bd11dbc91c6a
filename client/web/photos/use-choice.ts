/** Choosing photos on a page. */
import { useCallback, useState } from "react";
import type { PhotoId } from "@albumen/core/ids/ids.ts";

/** The photos that are chosen, and how to change them. */
export interface Choice {
  /** Null while nothing is being chosen. */
  readonly chosen: ReadonlySet<PhotoId> | null;
  readonly start: () => void;
  readonly stop: () => void;
  readonly toggle: (photo: PhotoId) => void;
}

/** The choice of one page; it begins with nothing being chosen. */
export function useChoice(): Choice {
  const [chosen, setChosen] = useState<ReadonlySet<PhotoId> | null>(null);
  const start = useCallback(() => setChosen(new Set()), []);
  const stop = useCallback(() => setChosen(null), []);
  const toggle = useCallback((photo: PhotoId) => {
    setChosen((last) => {
      const next = new Set(last);
      if (!next.delete(photo)) next.add(photo);
      return next;
    });
  }, []);
  return { chosen, start, stop, toggle };
}
