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
import type { Incident } from "./evidence.ts";
import { identityKeys, type Identity } from "./identity.ts";
import { openJournal, type Journal } from "./journal.ts";
import type { Staged } from "./staging.ts";
import { createLogState, initialSync, membershipOf, type KeptState } from "./log-state.ts";
import { openNotes, type Notes } from "./notes.ts";
import type { LogParts } from "./parts.ts";
import { createPen, type EventIntent, type Pen } from "./pen.ts";
import { createSnapshotKeeper, type SnapshotKeeper } from "./snapshot-keeper.ts";
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
  /** Resolves when every record of the log is verified, and not only remembered by a snapshot. */
  readonly whenVerified: () => Promise<void>;
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

/** A log at work. */
interface OpenLog {
  readonly parts: LogParts;
  session: Session;
  keeper: SnapshotKeeper;
  readonly notes: Notes;
  readonly shown: BehaviorSubject<LogState>;
  readonly listeners: Set<() => void>;
}

/** The log that the store of `identity` holds. */
export async function createLog(parts: LogParts, identity: Identity): Promise<EncryptedLog> {
  const session = await openSession(parts, identity);
  const notes = await openNotes(parts.store);
  const shown = new BehaviorSubject(createLogState(session, notes, await initialState(parts, session)));
  const keeper = createSnapshotKeeper(session.journal, (differing) => noteVerified(open, differing));
  const open: OpenLog = { parts, session, keeper, notes, shown, listeners: new Set() };
  if (session.journal.isSnapshotDamaged) await noteIncident(open, { kind: "snapshot", at: parts.clock(), detail: [0] });
  const exclusive = createQueue();
  const wordsNonces = createNonces(parts.random);
  return {
    parts,
    get identity() {
      return open.session.identity;
    },
    get keys() {
      return open.session.keys;
    },
    get journal() {
      return open.session.journal;
    },
    membership: () => membershipOf(open.session.journal),
    isMember: () => !isRemoved(open.session),
    state: () => shown.value,
    state$: shown,
    setSync: (change) => {
      const outbox = open.session.journal.outboxSize();
      shown.next({ ...shown.value, sync: { ...shown.value.sync, outbox, ...change } });
    },
    onRecords: (listener) => {
      open.listeners.add(listener);
      return () => open.listeners.delete(listener);
    },
    exclusive,
    writeEvents: async (intents, also = []) => {
      const written = await writeEvents(parts, open.session, intents, also);
      if (written.ok) await changed(open);
      return written;
    },
    writeMembership: async (author, words) => {
      const written = await writeMembership(parts, open.session, author, words === undefined ? null : { words, wordsNonces });
      if (written.ok && written.value !== null) await changed(open);
      return written;
    },
    accept: (records, also) => accept(open, records, also),
    noteIncident: (incident) => noteIncident(open, incident),
    markWords: async (words) => {
      const marked = await parts.store.write([wordsMarkWrite(words)]);
      if (marked.ok) shown.next({ ...shown.value, wordsUnchecked: words !== null });
    },
    whenVerified: () => open.keeper.whenVerified(),
    close: async () => {
      await open.keeper.close();
      await exclusive(() => parts.store.close());
    },
  };
}

function show({ session, notes, shown }: OpenLog): void {
  shown.next(createLogState(session, notes, shown.value));
}

/** To be called after each change of the set of records. */
async function changed(open: OpenLog): Promise<void> {
  if (isRemoved(open.session)) await open.notes.noteRemoval(open.parts.clock());
  for (const listener of open.listeners) listener();
  show(open);
  open.keeper.consider();
}

async function noteIncident(open: OpenLog, incident: Incident): Promise<void> {
  await open.notes.noteIncident(incident);
  show(open);
}

/** The log was verified, and had `differing` records otherwise than the snapshot. */
async function noteVerified(open: OpenLog, differing: number): Promise<void> {
  if (differing === 0) return show(open);
  await noteIncident(open, { kind: "snapshot", at: open.parts.clock(), detail: [differing] });
  await changed(open);
}

async function accept(
  open: OpenLog,
  records: readonly Uint8Array[],
  also: readonly StoreWrite[],
): Promise<Result<Staged, StoreError>> {
  const { parts, session } = open;
  const stored = await session.journal.append(records, { also });
  if (!stored.ok) return stored;
  const copy = copyOf(stored.value, session.journal.ledger, session.keys.device);
  if (copy !== null) {
    const moved = await moveToNewKeys(parts, session);
    if (moved !== null) {
      await open.keeper.close();
      open.session = await openSession(parts, moved);
      open.keeper = createSnapshotKeeper(open.session.journal, (differing) => noteVerified(open, differing));
    }
    await noteIncident(open, { kind: "copy", at: parts.clock(), detail: [copy.sequence] });
  }
  if (stored.value.accepted.length + stored.value.refused.length > 0) await changed(open);
  return stored;
}

async function initialState({ store }: LogParts, { journal }: Session): Promise<KeptState> {
  return { sync: initialSync(journal.outboxSize()), wordsUnchecked: (await readWordsMark(store)) !== null };
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
  const rotated = pen.canWrite(membershipOf(journal))
    ? ok(null)
    : await keepOwn(session, pen.rotation(membershipOf(journal)), []);
  if (!rotated.ok) return rotated;
  const at = parts.clock();
  const record = pen.write(
    intents.map((intent) => ({ ...intent, at })),
    membershipOf(journal),
  );
  return keepOwn(session, record, also);
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
  if (record === null) return ok(null);
  return as === null ? keepOwn(session, record, []) : keep(session, record, []);
}

/** Stores a record of this device; what it told the others it had seen is told from here. */
async function keepOwn(
  session: Session,
  record: Uint8Array,
  also: readonly StoreWrite[],
): Promise<Result<RecordHash, StoreError>> {
  const kept = await keep(session, record, also);
  if (kept.ok) session.pen.kept();
  return kept;
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
