/**
 * Where a device keeps its snapshot: table `snapshot`, key "latest". It is written as a whole in one transaction of its own, and
 * replaced by the next one.
 */
import type { MemberKeys } from "@albumen/core/crypto/keys.ts";
import type { LibraryId } from "@albumen/core/ids/ids.ts";
import { writableEpoch } from "@albumen/core/membership/membership.ts";
import type { Store, StoreWrite } from "@albumen/core/ports/store.ts";
import { concatBytes } from "@albumen/core/primitives/bytes.ts";
import { decodeMemory } from "@albumen/core/snapshot/decode-memory.ts";
import { encodeMemory } from "@albumen/core/snapshot/encode-memory.ts";
import { openSnapshot, readSnapshot, sealSnapshot, type SnapshotHead } from "@albumen/core/snapshot/sealed-snapshot.ts";
import { createLedger, type Ledger } from "./ledger.ts";

/** A ledger that a snapshot filled, and how many arrivals of the store it covers. */
export interface LoadedSnapshot {
  readonly ledger: Ledger;
  readonly arrivals: number;
}

/** The write that forgets the snapshot. */
export const forgetSnapshot: StoreWrite = { table: "snapshot", key: "latest", value: null };

/** The ledger of the snapshot in `store`; null where there is none, "damaged" where there is one that is not as it was made. */
export async function loadSnapshot(
  store: Store,
  library: LibraryId,
  keys: MemberKeys,
): Promise<LoadedSnapshot | "damaged" | null> {
  // A store whose values are encrypted throws where one was damaged. This one is replaceable.
  const stored = await store.get("snapshot", "latest").catch(() => damagedValue);
  return stored === null ? null : (fillLedger(stored, library, keys) ?? "damaged");
}

const damagedValue = new Uint8Array(0);

/** The ledger that the snapshot in `bytes` fills, made by the holder of `keys`; null where it is damaged or not theirs. */
function fillLedger(bytes: Uint8Array, library: LibraryId, keys: MemberKeys): LoadedSnapshot | null {
  const snapshot = readSnapshot(bytes);
  if (snapshot === null || snapshot.library !== library || snapshot.device !== keys.device) return null;
  const ledger = createLedger(library, keys);
  ledger.commit(ledger.stage(snapshot.membership).accepted);
  const epochKey = ledger.membership()?.keys.get(snapshot.epoch);
  const content = epochKey === undefined ? null : openSnapshot(snapshot, epochKey);
  const memory = content === null ? null : decodeMemory(content);
  if (memory === null) return null;
  ledger.remember(memory);
  return { ledger, arrivals: snapshot.arrivals };
}

/**
 * The write that keeps what `ledger` holds, which are the first `arrivals` records of the store, in steps; null where there is no
 * epoch to seal it under. What the ledger takes in meanwhile is not in it.
 */
export function* makeSnapshot(ledger: Ledger, arrivals: number, keys: MemberKeys): Generator<undefined, StoreWrite | null> {
  const membership = ledger.membership();
  const epoch = membership === null ? null : writableEpoch(membership);
  const epochKey = epoch === null ? undefined : membership?.keys.get(epoch);
  if (membership === null || epoch === null || epochKey === undefined) return null;
  const records = membership.entries.map(({ parts }) => concatBytes(parts.signed, parts.signature));
  const head: SnapshotHead = { library: membership.library, epoch, device: keys.device, arrivals, membership: records };
  const content = yield* encodeMemory(ledger.memory());
  yield;
  return { table: "snapshot", key: "latest", value: sealSnapshot(head, content, epochKey, keys.signing) };
}
