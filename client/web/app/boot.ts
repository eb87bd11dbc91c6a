/**
 * How the app begins. `main.tsx` makes a `Boot` of the browser's composition; screens use only this, so they never hold a store
 * or a key.
 */
import type { Result } from "@albumen/core/primitives/result.ts";
import type { Engine, PairingDialogue, RecoveryDialogue } from "../../engine/api.ts";
import type { NewWords } from "../words/recovery-words.tsx";

/** What the app finds when it starts. */
export type Opening =
  | { readonly kind: "library"; readonly engine: Engine }
  /** It asks for its passphrase; after `unlock`, that one was wrong. */
  | { readonly kind: "locked" }
  /** There is no library in this browser yet. */
  | { readonly kind: "empty" }
  /** Another tab has the library. */
  | { readonly kind: "elsewhere" }
  /** It cannot be opened; one sentence. */
  | { readonly kind: "failed"; readonly reason: string };

/** What a recovery starts from. */
export interface RecoverySource {
  readonly words: string;
  readonly relay: string;
  /** What this device is to be called. */
  readonly name: string;
}

/** Why a library could not be founded, joined or recovered; one sentence. */
export interface BootError {
  readonly reason: string;
}

/** How this browser locks. */
export interface LockSettings {
  readonly hasPassphrase: boolean;
  /** Minutes without input after which it locks by itself; 0 for never. */
  readonly minutes: number;
}

/** The lock of the library in this browser. */
export interface LibraryLock {
  readonly settings: () => Promise<LockSettings>;
  /** `current` is asked for where there is a passphrase; `next` is the one from now on, null for none. */
  readonly setPassphrase: (current: string | null, next: string | null) => Promise<Result<null, BootError>>;
  readonly setMinutes: (minutes: number) => Promise<void>;
  /** Closes the library here and in all other tabs, and starts their pages again, so that nothing of it stays in memory. */
  readonly lockNow: () => void;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/** The beginning. */
export interface Boot {
  /** `takeOver` takes the library from another tab, which closes it first. */
  readonly open: (takeOver: boolean) => Promise<Opening>;
  /** Founds a library with its recovery words. */
  readonly found: (name: string) => Promise<Result<{ readonly engine: Engine } & NewWords, BootError>>;
  readonly join: (code: string, name: string, dialogue: PairingDialogue) => Promise<Result<Engine, BootError>>;
  /** Makes this browser a device of the library that the words open; nothing is stored before the dialogue's answer. */
  readonly recover: (from: RecoverySource, dialogue: RecoveryDialogue) => Promise<Result<Engine, BootError>>;
  /** Opens a locked library here, and takes it from another tab that has it open. */
  readonly unlock: (passphrase: string) => Promise<Opening>;
  readonly lock: LibraryLock;
  /** Calls back when the library is about to be locked: from then on nothing of it may be shown. */
  readonly onLocking: (callback: () => void) => void;
  /** Removes the library and its key from this browser for good, and starts the page again. */
  readonly erase: () => Promise<void>;
  /** Calls back once another tab has taken the library; it is closed here by then. */
  readonly onTakenOver: (callback: () => void) => void;
  /** A first idea of what this device is called. */
  readonly suggestedName: string;
  /** Address of the relay that serves this page. */
  readonly relay: string;
}
