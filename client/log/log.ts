/**
 * Log: the encrypted log of one device of one library, which knows nothing of what its records are about. All that changes it
 * goes through `exclusive`, one after the other; whatever it writes or accepts is durable before it counts, and once it counts
 * the listeners of `onRecords` hear of it, then `state$` shows it.
 */
import type { MemberKeys } from "@albumen/core/crypto/keys.ts";
import type { RecordHash } from "@albumen/core/ids/ids.ts";
import type { Authoring } from "@albumen/core/membership/author.ts";
import type { Membership } from "@albumen/core/membership/membership.ts";
import type { StoreError, StoreWrite } from "@albumen/core/ports/store.ts";
import { err, ok, type Result } from "@albumen/core/primitives/result.ts";
import { BehaviorSubject, type Observable } from "rxjs";
import type { LogState, SyncState } from "./api.ts";
import { identityKeys, type Identity } from "./identity.ts";
import { openJournal, type Journal } from "./journal.ts";
import type { Staged } from "./ledger.ts";
import { createLogState, initialSync, membershipOf } from "./log-state.ts";
import type { LogParts } from "./parts.ts";
import { createPen, type EventIntent } from "./pen.ts";

/** The log of one device. */
export interface EncryptedLog {
  readonly parts: LogParts;
  readonly identity: Identity;
  readonly keys: MemberKeys;
  readonly journal: Journal;
  readonly membership: () => Membership;
  readonly state: () => LogState;
  /** Emits the current state at once, then every new one. */
  readonly state$: Observable<LogState>;
  readonly setSync: (change: Partial<SyncState>) => void;
  /** Calls `listener` after each change of the set of records, before it is shown; returns how to stop. */
  readonly onRecords: (listener: () => void) => () => void;
  /** Runs `work` when all earlier work is done. */
  readonly exclusive: <T>(work: () => Promise<T>) => Promise<T>;
  /**
   * Writes one event, durable together with `also` when it resolves, to its record's hash; where no epoch fits the current
   * members it rotates first. Only inside `exclusive`.
   */
  readonly writeEvent: (intent: Omit<EventIntent, "at">, also?: readonly StoreWrite[]) => Promise<Result<RecordHash, StoreError>>;
  /**
   * Writes the membership record that `author` makes of the current members, durable together with `also`; resolves to its
   * hash, or to null where `author` gave none. Only inside `exclusive`.
   */
  readonly writeMembership: (
    author: (authoring: Authoring, membership: Membership) => Uint8Array | null,
    also?: readonly StoreWrite[],
  ) => Promise<Result<RecordHash | null, StoreError>>;
  /** Verifies and stores records of others together with `also`. Only inside `exclusive`. */
  readonly accept: (records: readonly Uint8Array[], also: readonly StoreWrite[]) => Promise<Result<Staged, StoreError>>;
  /** Closes the store when all earlier work is done. */
  readonly close: () => Promise<void>;
}

/** The log that the store of `identity` holds. */
export async function createLog(parts: LogParts, identity: Identity): Promise<EncryptedLog> {
  const keys = identityKeys(identity);
  const journal = await openJournal(parts.store, identity.library, keys);
  const pen = createPen(journal.ledger, keys, parts);
  const listeners = new Set<() => void>();
  const membership = (): Membership => membershipOf(journal);
  const shown = new BehaviorSubject(createLogState(identity, keys, journal, initialSync(journal.outboxSize())));
  const changed = (): void => {
    for (const listener of listeners) listener();
    shown.next(createLogState(identity, keys, journal, shown.value.sync));
  };
  /** Stores what the pen wrote; where that fails the pen forgets it. */
  const keep = async (record: Uint8Array, also: readonly StoreWrite[]): Promise<Result<RecordHash, StoreError>> => {
    const appended = await journal.append([record], { outbox: true, also });
    const hash = appended.ok ? appended.value.accepted[0]?.hash : undefined;
    if (hash !== undefined) return ok(hash);
    pen.discard();
    return appended.ok ? err({ kind: "store-failed", reason: "a record that this device wrote is refused by itself" }) : appended;
  };
  const exclusive = createQueue();
  return {
    parts,
    identity,
    keys,
    journal,
    membership,
    state: () => shown.value,
    state$: shown,
    setSync: (change) => shown.next({ ...shown.value, sync: { ...shown.value.sync, outbox: journal.outboxSize(), ...change } }),
    onRecords: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    exclusive,
    writeEvent: async (intent, also = []) => {
      const rotated = pen.canWrite(membership()) ? ok(null) : await keep(pen.rotation(membership()), []);
      if (!rotated.ok) return rotated;
      const written = await keep(pen.write({ ...intent, at: parts.clock() }, membership()), also);
      if (written.ok) changed();
      return written;
    },
    writeMembership: async (author, also = []) => {
      const record = author(pen.authoring(), membership());
      if (record === null) return ok(null);
      const written = await keep(record, also);
      if (written.ok) changed();
      return written;
    },
    accept: async (records, also) => {
      const stored = await journal.append(records, { also });
      if (stored.ok && stored.value.accepted.length + stored.value.refused.length > 0) changed();
      return stored;
    },
    close: () => exclusive(() => parts.store.close()),
  };
}

/** Runs work one after the other; work that fails holds up nothing. */
function createQueue(): EncryptedLog["exclusive"] {
  let queue: Promise<unknown> = Promise.resolve();
  return (work) => {
    const run = queue.then(work);
    queue = run.catch(() => undefined);
    return run;
  };
}
