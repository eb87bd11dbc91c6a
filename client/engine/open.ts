/** How a front gets an engine: open what the store holds, found a library, or join one. */
import type { StoreError } from "@albumen/core/ports/store.ts";
import { ok, type Result } from "@albumen/core/primitives/result.ts";
import { foundLog, joinLog, openLog } from "../log/open.ts";
import { recoverLog, type RecoveryDialogue } from "../log/recover.ts";
import type { Engine, NewWords, PairingDialogue, SyncError } from "./api.ts";
import { createEngine } from "./engine.ts";
import type { EngineParts } from "./parts.ts";

export { readTypedWords } from "@albumen/core/membership/typed-words.ts";
export type { EngineParts };

/** The engine of the library in the store; null where the store holds none. */
export async function openEngine(parts: EngineParts): Promise<Engine | null> {
  const log = await openLog(parts);
  return log === null ? null : createEngine(parts, log);
}

/** Founds a library. Works offline. */
export async function createLibrary(
  parts: EngineParts,
  options: { readonly relay: string; readonly name: string },
): Promise<Result<{ readonly engine: Engine } & NewWords, StoreError>> {
  const founded = await foundLog(parts, options);
  if (!founded.ok) return founded;
  const { log, words, places } = founded.value;
  return ok({ engine: await createEngine(parts, log), words, places });
}

/** Joins a library by another device's code: pairs, reads the library's log, and only then keeps the identity. */
export async function joinLibrary(
  parts: EngineParts,
  code: string,
  name: string,
  dialogue: PairingDialogue,
): Promise<Result<{ readonly engine: Engine; readonly string: string }, SyncError | StoreError>> {
  const joined = await joinLog(parts, code, name, dialogue);
  if (!joined.ok) return joined;
  const { log, string } = joined.value;
  return ok({ engine: await createEngine(parts, log), string });
}

/** Makes this machine a device of the library that the recovery words open; see `client/log/recover.ts`. */
export async function recoverLibrary(
  parts: EngineParts,
  from: { readonly words: string; readonly relay: string; readonly name: string },
  dialogue: RecoveryDialogue,
): Promise<Result<Engine, SyncError | StoreError>> {
  const recovered = await recoverLog(parts, from, dialogue);
  return recovered.ok ? ok(await createEngine(parts, recovered.value)) : recovered;
}
