/** How an application gets a log: open what the store holds, found a library, or join one. */
import { createNonces } from "@albumen/core/crypto/aead.ts";
import type { MemberKeys } from "@albumen/core/crypto/keys.ts";
import { sign } from "@albumen/core/crypto/sign.ts";
import { recordHash } from "@albumen/core/crypto/verify.ts";
import type { LibraryId } from "@albumen/core/ids/ids.ts";
import { foundLibrary } from "@albumen/core/membership/author.ts";
import { choosePlaces } from "@albumen/core/membership/words-check.ts";
import { createWords, wordsToKeys } from "@albumen/core/membership/words.ts";
import type { StoreError } from "@albumen/core/ports/store.ts";
import { err, ok, type Result } from "@albumen/core/primitives/result.ts";
import type { PairingDialogue, SyncError } from "./api.ts";
import { identityKeys, identityWrite, readIdentity, type Identity } from "./identity.ts";
import { joinByCode } from "./join.ts";
import { cursorWrite, openJournal } from "./journal.ts";
import { createLedger } from "./ledger.ts";
import type { Staged } from "./staging.ts";
import { createLog, type EncryptedLog } from "./log.ts";
import type { LogParts } from "./parts.ts";
import type { NewWords } from "./recovery-words.ts";
import { readWholeLog } from "./whole-log.ts";
import { wordsMarkWrite } from "./words-mark.ts";

/** The log in the store; null where the store holds none. */
export async function openLog(parts: LogParts): Promise<EncryptedLog | null> {
  const identity = await readIdentity(parts.store);
  return identity === null ? null : createLog(parts, identity);
}

/** Founds a library. Works offline. */
export async function foundLog(
  parts: LogParts,
  options: { readonly relay: string; readonly name: string },
): Promise<Result<{ readonly log: EncryptedLog } & NewWords, StoreError>> {
  const { random } = parts;
  const seeds = { signingSeed: random(32), sealingSeed: random(32) };
  const words = createWords(random);
  const wordsKeys = wordsToKeys(words);
  if (wordsKeys === null) throw new Error("fresh words do not read back");
  const authoring = { keys: identityKeys(seeds), last: null, seen: [], at: parts.clock(), random, nonces: createNonces(random) };
  const record = foundLibrary(authoring, wordsKeys, options.name);
  const library = recordHash(record) as string as LibraryId;
  const identity = { library, relay: options.relay.replace(/\/+$/, ""), name: options.name, ...seeds };
  const founded = await (await openJournal(parts.store, library, authoring.keys)).append([record], {
    outbox: true,
    also: [identityWrite(identity), wordsMarkWrite(wordsKeys.device)],
  });
  return founded.ok ? ok({ log: await createLog(parts, identity), words, places: choosePlaces(random) }) : founded;
}

/** Joins a library by another device's code: pairs, reads the library's log, and only then keeps the identity. */
export async function joinLog(
  parts: LogParts,
  code: string,
  name: string,
  dialogue: PairingDialogue,
): Promise<Result<{ readonly log: EncryptedLog; readonly string: string }, SyncError | StoreError>> {
  const joined = await joinByCode(parts, code, name, dialogue);
  if (!joined.ok) return joined;
  const { identity, string, doubt } = joined.value;
  const fetched = await fetchLog(parts, identity);
  if (!fetched.ok) return doubt === null ? fetched : err(doubt);
  return ok({ log: await createLog(parts, identity), string });
}

/** Reads the whole log into the store; the identity is kept with its last page, so that a broken join leaves no half device. */
async function fetchLog(parts: LogParts, identity: Identity): Promise<Result<null, SyncError | StoreError>> {
  const keys = identityKeys(identity);
  const { library, relay } = identity;
  const signChallenge = (message: Uint8Array): Uint8Array => sign("albumen challenge 1", message, keys.signing);
  const read = await readWholeLog(parts.transport.connect({ relay, library, device: keys.device, signChallenge }));
  if (!read.ok) return read;
  const { records, cursor } = read.value;
  const journal = await openJournal(parts.store, library, keys);
  if (!isAdmitted(journal.ledger.stage(records), library, keys)) {
    return err({ kind: "damaged", reason: "the relay did not show the record that admits this device: try again" });
  }
  const stored = await journal.append(records, { also: [identityWrite(identity), cursorWrite(cursor)] });
  return stored.ok ? ok(null) : stored;
}

/** Whether the staged log makes the holder of `keys` a member, before anything of it is stored. */
function isAdmitted(staged: Staged, library: LibraryId, keys: MemberKeys): boolean {
  const rehearsal = createLedger(library, keys);
  rehearsal.commit(staged.accepted);
  const secret = rehearsal.membership()?.secret ?? null;
  return secret !== null;
}
