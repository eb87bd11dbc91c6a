/**
 * Desk: where everything of one device comes together: journal, pen, index records and the projection over them. All that
 * changes the library goes through `exclusive`, one after the other; after each change the projection is computed again and
 * the new state shown.
 */
import type { LibrarySecret, MemberKeys } from "@albumen/core/crypto/keys.ts";
import type { IndexHash, PackId, PhotoId } from "@albumen/core/ids/ids.ts";
import { parseIndexRecord, type IndexRecord } from "@albumen/core/index/index-record.ts";
import type { Membership } from "@albumen/core/membership/membership.ts";
import type { StoreError, StoreWrite } from "@albumen/core/ports/store.ts";
import { ok, type Result } from "@albumen/core/primitives/result.ts";
import { projectLibrary, type Projection } from "@albumen/core/projection/project.ts";
import type { PhotoView } from "@albumen/core/projection/view.ts";
import { BehaviorSubject, type Observable } from "rxjs";
import type { DeviceView, EngineState, SyncState } from "./api.ts";
import { identityKeys, type Identity } from "./identity.ts";
import { openJournal, type Journal } from "./journal.ts";
import type { EngineParts } from "./parts.ts";
import { createPen, type EventIntent, type Pen } from "./pen.ts";

/** One device at work. */
export interface Desk {
  readonly parts: EngineParts;
  readonly identity: Identity;
  readonly keys: MemberKeys;
  readonly journal: Journal;
  readonly pen: Pen;
  readonly state: () => EngineState;
  readonly state$: Observable<EngineState>;
  readonly projection: () => Projection;
  readonly membership: () => Membership;
  /** The library's secret; null until a box with it opened. */
  readonly secret: () => LibrarySecret | null;
  /** The photo as the projection shows it; null where it is not in the library. */
  readonly photo: (id: PhotoId) => PhotoView | null;
  /** The pack of an index record that is here; null where it is not. */
  readonly indexPack: (hash: IndexHash) => PackId | null;
  /** Runs `work` when all earlier work is done. */
  readonly exclusive: <T>(work: () => Promise<T>) => Promise<T>;
  /** Writes one event, durable together with `also` when it resolves, to its record's hash. Only inside `exclusive`. */
  readonly writeEvent: (
    intent: Omit<EventIntent, "at" | "height">,
    also?: readonly StoreWrite[],
  ) => Promise<Result<string, StoreError>>;
  /** Takes index records into the projection's view; they are in the store already. */
  readonly learnIndex: (records: readonly (readonly [IndexHash, IndexRecord])[]) => void;
  /** Computes the projection again and shows it. */
  readonly refresh: () => void;
  readonly setSync: (change: Partial<SyncState>) => void;
  readonly setModelProblem: (problem: string | null) => void;
}

/** The desk over what the store of `identity` holds. */
export async function openDesk(parts: EngineParts, identity: Identity): Promise<Desk> {
  const keys = identityKeys(identity);
  const journal = await openJournal(parts.store, identity.library, keys);
  const pen = createPen(journal.ledger, keys, parts.random);
  const indexRecords = await readIndex(parts);
  let projection = project(parts, journal, indexRecords);
  let photosOf: Projection | null = null;
  let photosById: ReadonlyMap<PhotoId, PhotoView> = new Map();
  let queue: Promise<unknown> = Promise.resolve();
  const sync: SyncState = {
    phase: "idle",
    outbox: journal.outboxSize(),
    uploads: 0,
    downloads: 0,
    problem: null,
    lastComplete: null,
  };
  const shown = new BehaviorSubject<EngineState>(createState(identity, keys, journal, projection, { sync, modelProblem: null }));

  const show = (): void => shown.next(createState(identity, keys, journal, projection, shown.value));
  const refresh = (): void => {
    projection = project(parts, journal, indexRecords);
    show();
  };
  const membership = (): Membership => memberOf(journal);
  const writeEvent: Desk["writeEvent"] = async (intent, also = []) => {
    if (!pen.canWrite(membership())) {
      const rotated = await journal.append([pen.rotation(membership())], { outbox: true });
      if (!rotated.ok) return rotated;
    }
    const record = pen.write({ ...intent, at: parts.clock(), height: projection.view.height + 1 }, membership());
    const appended = await journal.append([record], { outbox: true, also });
    if (!appended.ok) {
      pen.discard();
      return appended;
    }
    refresh();
    return ok(appended.value.accepted[0]?.hash ?? "");
  };
  return {
    parts,
    identity,
    keys,
    journal,
    pen,
    state: () => shown.value,
    state$: shown,
    projection: () => projection,
    membership,
    secret: () => membership().secret,
    photo: (id) => {
      if (photosOf !== projection) {
        photosById = new Map(projection.view.photos.map((photo) => [photo.id, photo]));
        photosOf = projection;
      }
      return photosById.get(id) ?? null;
    },
    indexPack: (hash) => indexRecords.get(hash)?.pack ?? null,
    exclusive: (work) => {
      const run = queue.then(work);
      queue = run.catch(() => undefined);
      return run;
    },
    writeEvent,
    learnIndex: (records) => {
      for (const [hash, record] of records) indexRecords.set(hash, record);
    },
    refresh,
    setSync: (change) => shown.next({ ...shown.value, sync: { ...shown.value.sync, outbox: journal.outboxSize(), ...change } }),
    setModelProblem: (modelProblem) => shown.next({ ...shown.value, modelProblem }),
  };
}

function memberOf(journal: Journal): Membership {
  const membership = journal.ledger.membership();
  if (membership === null) throw new Error("the library's first record is not held");
  return membership;
}

async function readIndex(parts: EngineParts): Promise<Map<IndexHash, IndexRecord>> {
  const records = new Map<IndexHash, IndexRecord>();
  for (const [hash, bytes] of await parts.store.entries("index")) {
    const parsed = parseIndexRecord(bytes);
    if (parsed.ok) records.set(hash as IndexHash, parsed.value);
  }
  return records;
}

function project(parts: EngineParts, journal: Journal, indexRecords: ReadonlyMap<IndexHash, IndexRecord>): Projection {
  const { ledger } = journal;
  const { roster, names } = memberOf(journal);
  const ranks = new Map(roster.members.map((member) => [member.device, member.rank]));
  return projectLibrary({
    records: ledger.verified(),
    isVoid: ledger.isVoid,
    seniority: (device) => ranks.get(device) ?? Number.POSITIVE_INFINITY,
    indexRecords,
    cluster: parts.clusterer,
    today: null,
    deviceName: (device) => names.get(device) ?? `device ${device.slice(0, 8)}`,
  });
}

function createState(
  identity: Identity,
  keys: MemberKeys,
  journal: Journal,
  { view }: Projection,
  kept: Pick<EngineState, "sync" | "modelProblem">,
): EngineState {
  const { roster, names } = memberOf(journal);
  const devices = roster.members.map((member): DeviceView => {
    const { device: id, words } = member;
    const name = words ? "Recovery words" : (names.get(id) ?? `device ${id.slice(0, 8)}`);
    return { id, name, words, self: id === keys.device, removed: member.removedBy !== null };
  });
  return {
    library: identity.library,
    device: keys.device,
    deviceName: identity.name,
    relay: identity.relay,
    view,
    devices,
    sync: { ...kept.sync, outbox: journal.outboxSize() },
    quarantine: journal.ledger.apart(),
    modelProblem: kept.modelProblem,
  };
}
