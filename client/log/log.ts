/**
 * Log: the encrypted log of one device of one library, which knows nothing of what its records are about. All that changes it
 * goes through `exclusive`, one after the other; whatever it writes or accepts is durable before it counts, and once it counts
 * the listeners of `onRecords` hear of it, then `state$` shows it.
 */
import { createNonces } from "@albumen/core/crypto/aead.ts";
import type { MemberKeys } from "@albumen/core/crypto/keys.ts";
import type { DeviceId, RecordHash } from "@albumen/core/ids/ids.ts";
import type { Authoring } from "@albumen/core/membership/author.ts";
import type { Membership } from "@albumen/core/membership/membership.ts";
import type { StoreError, StoreWrite } from "@albumen/core/ports/store.ts";
import { err, ok, type Result } from "@albumen/core/primitives/result.ts";
import { BehaviorSubject, type Observable } from "rxjs";
import type { AuthorityError, LogState, SyncState, WriteError } from "./api.ts";
import { copyOf, moveToNewKeys } from "./copies.ts";
import { incidentsWrite, readIncidents, type Incident } from "./evidence.ts";
import { identityKeys, type Identity } from "./identity.ts";
import { openJournal, type Journal } from "./journal.ts";
import type { Staged } from "./staging.ts";
import { createLogState, initialSync, membershipOf, type KeptState } from "./log-state.ts";
import type { LogParts } from "./parts.ts";
import { createPen, type EventIntent, type Pen } from "./pen.ts";
import { readWordsMark, wordsMarkWrite } from "./words-mark.ts";

/** Makes a membership record of the current members; null where it cannot. */
export type MembershipAuthor = (authoring: Authoring, membership: Membership) => Uint8Array | null;

/** The log of one device. Identity, keys and journal change where the device turns out to be a copy: ask for them each time. */
export interface EncryptedLog {
  readonly parts: LogParts;
  readonly identity: Identity;
  readonly keys: MemberKeys;
  readonly journal: Journal;
  readonly membership: () => Membership;
  /** False once this device was removed: it reads on and writes no more. */
  readonly isMember: () => boolean;
  readonly state: () => LogState;
  /** Emits the current state at once, then every new one. */
  readonly state$: Observable<LogState>;
  readonly setSync: (change: Partial<SyncState>) => void;
  /** Calls `listener` after each change of the set of records, before it is shown; returns how to stop. */
  readonly onRecords: (listener: () => void) => () => void;
  /** Runs `work` when all earlier work is done. */
  readonly exclusive: <T>(work: () => Promise<T>) => Promise<T>;
  /**
   * Writes events as one record, durable together with `also` when it resolves, to the record's hash; where no epoch fits the
   * current members it rotates first. Refused where this device was removed. Only inside `exclusive`.
   */
  readonly writeEvents: (
    intents: readonly Omit<EventIntent, "at">[],
    also?: readonly StoreWrite[],
  ) => Promise<Result<RecordHash, WriteError>>;
  /**
   * Writes the membership record that `author` makes, as this device or as the holder of `words`; resolves to its hash, or to
   * null where `author` gave none. Only inside `exclusive`.
   */
  readonly writeMembership: (author: MembershipAuthor, words?: MemberKeys) => Promise<Result<RecordHash | null, WriteError>>;
  /** Verifies and stores records of others together with `also`. Only inside `exclusive`. */
  readonly accept: (records: readonly Uint8Array[], also: readonly StoreWrite[]) => Promise<Result<Staged, StoreError>>;
  /** Keeps evidence of something that happened. Only inside `exclusive`. */
  readonly noteIncident: (incident: Incident) => Promise<void>;
  /** Keeps which recovery words wait to be shown to be on paper, null for none. Only inside `exclusive`. */
  readonly markWords: (words: DeviceId | null) => Promise<void>;
  /** Closes the store when all earlier work is done. */
  readonly close: () => Promise<void>;
}

/** One identity at work. */
interface Session {
  readonly identity: Identity;
  readonly keys: MemberKeys;
  readonly journal: Journal;
  readonly pen: Pen;
}

/** The log that the store of `identity` holds. */
export async function createLog(parts: LogParts, identity: Identity): Promise<EncryptedLog> {
  let session = await openSession(parts, identity);
  let incidents = await readIncidents(parts.store);
  const listeners = new Set<() => void>();
  const wordsNonces = createNonces(parts.random);
  const view = (kept: KeptState): LogState =>
    createLogState(session.identity, session.keys.device, session.journal, incidents, kept);
  const sync = initialSync(session.journal.outboxSize());
  const shown = new BehaviorSubject(view({ sync, wordsUnchecked: (await readWordsMark(parts.store)) !== null }));
  const changed = (): void => {
    for (const listener of listeners) listener();
    shown.next(view(shown.value));
  };
  const noteIncident = async (incident: Incident): Promise<void> => {
    incidents = [...incidents, incident];
    // Evidence that could not be kept is shown all the same, until this program ends.
    await parts.store.write([incidentsWrite(incidents)]);
    shown.next(view(shown.value));
  };
  const exclusive = createQueue();
  return {
    parts,
    get identity() {
      return session.identity;
    },
    get keys() {
      return session.keys;
    },
    get journal() {
      return session.journal;
    },
    membership: () => membershipOf(session.journal),
    isMember: () => !isRemoved(session),
    state: () => shown.value,
    state$: shown,
    setSync: (change) => {
      const outbox = session.journal.outboxSize();
      shown.next({ ...shown.value, sync: { ...shown.value.sync, outbox, ...change } });
    },
    onRecords: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    exclusive,
    writeEvents: async (intents, also = []) => {
      const written = await writeEvents(parts, session, intents, also);
      if (written.ok) changed();
      return written;
    },
    writeMembership: async (author, words) => {
      const written = await writeMembership(parts, session, author, words === undefined ? null : { words, wordsNonces });
      if (written.ok && written.value !== null) changed();
      return written;
    },
    accept: async (records, also) => {
      const stored = await session.journal.append(records, { also });
      if (!stored.ok) return stored;
      const copy = copyOf(stored.value, session.journal.ledger, session.keys.device);
      if (copy !== null) {
        const moved = await moveToNewKeys(parts, session);
        if (moved !== null) session = await openSession(parts, moved);
        await noteIncident({ kind: "copy", at: parts.clock(), detail: [copy.sequence] });
      }
      if (stored.value.accepted.length + stored.value.refused.length > 0) changed();
      return stored;
    },
    noteIncident,
    markWords: async (words) => {
      const marked = await parts.store.write([wordsMarkWrite(words)]);
      if (marked.ok) shown.next({ ...shown.value, wordsUnchecked: words !== null });
    },
    close: () => exclusive(() => parts.store.close()),
  };
}

async function openSession(parts: LogParts, identity: Identity): Promise<Session> {
  const keys = identityKeys(identity);
  const journal = await openJournal(parts.store, identity.library, keys);
  return { identity, keys, journal, pen: createPen(journal.ledger, keys, parts) };
}

async function writeEvents(
  parts: LogParts,
  session: Session,
  intents: readonly Omit<EventIntent, "at">[],
  also: readonly StoreWrite[],
): Promise<Result<RecordHash, WriteError>> {
  const { pen, journal } = session;
  if (isRemoved(session)) return err(removedError);
  const rotated = pen.canWrite(membershipOf(journal)) ? ok(null) : await keep(session, pen.rotation(membershipOf(journal)), []);
  if (!rotated.ok) return rotated;
  const at = parts.clock();
  const record = pen.write(
    intents.map((intent) => ({ ...intent, at })),
    membershipOf(journal),
  );
  return keep(session, record, also);
}

async function writeMembership(
  { random, clock }: LogParts,
  session: Session,
  author: MembershipAuthor,
  as: { readonly words: MemberKeys; readonly wordsNonces: () => Uint8Array } | null,
): Promise<Result<RecordHash | null, WriteError>> {
  const { pen, journal } = session;
  if (as === null && isRemoved(session)) return err(removedError);
  const last = as === null ? null : journal.ledger.chains.frontier(as.words.device);
  const authoring: Authoring =
    as === null ? pen.authoring() : { keys: as.words, last, seen: [], at: clock(), random, nonces: as.wordsNonces };
  const record = author(authoring, membershipOf(journal));
  return record === null ? ok(null) : keep(session, record, []);
}

/** Stores a record that was written here; where that fails the pen forgets it. */
async function keep(
  { journal, pen }: Session,
  record: Uint8Array,
  also: readonly StoreWrite[],
): Promise<Result<RecordHash, StoreError>> {
  const appended = await journal.append([record], { outbox: true, also });
  const hash = appended.ok ? appended.value.accepted[0]?.hash : undefined;
  if (hash !== undefined) return ok(hash);
  pen.discard();
  return appended.ok ? err({ kind: "store-failed", reason: "a record that this device wrote is refused by itself" }) : appended;
}

/** What a removed device is told. */
export const removedError: AuthorityError = {
  kind: "removed",
  reason: "this device was removed from the library: what it has stays here to look at, and nothing more can be changed from it",
};

function isRemoved({ journal, keys }: Session): boolean {
  return membershipOf(journal).roster.memberOf(keys.device)?.removedBy !== null;
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
