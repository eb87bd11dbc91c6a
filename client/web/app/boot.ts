/**
 * How the app begins. `main.tsx` makes a `Boot` of the browser's composition; screens use only this, so they never hold a store
 * or a key.
 */
import type { Result } from "@albumen/core/primitives/result.ts";
import type { Engine, PairingDialogue } from "../../engine/api.ts";

/** What the app finds when it starts. */
export type Opening =
  | { readonly kind: "library"; readonly engine: Engine }
  /** There is no library in this browser yet. */
  | { readonly kind: "empty" }
  /** Another tab has the library. */
  | { readonly kind: "elsewhere" }
  /** It cannot be opened; one sentence. */
  | { readonly kind: "failed"; readonly reason: string };

/** Why a library could not be founded or joined; one sentence. */
export interface BootError {
  readonly reason: string;
}

/** The beginning. */
export interface Boot {
  /** `takeOver` takes the library from another tab, which closes it first. */
  readonly open: (takeOver: boolean) => Promise<Opening>;
  /** Founds a library; `words` are the recovery words, shown once. */
  readonly found: (name: string) => Promise<Result<{ readonly engine: Engine; readonly words: string }, BootError>>;
  readonly join: (code: string, name: string, dialogue: PairingDialogue) => Promise<Result<Engine, BootError>>;
  /** Calls back once another tab has taken the library; it is closed here by then. */
  readonly onTakenOver: (callback: () => void) => void;
  /** A first idea of what this device is called. */
  readonly suggestedName: string;
}
