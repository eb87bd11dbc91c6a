/**
 * Desk: the photo library over the log of one device: index records and the projection over both. After each change of the log
 * or of the index records that are here, the projection is computed again and the new state shown.
 */
import type { LibrarySecret } from "@albumen/core/crypto/keys.ts";
import type { IndexHash, PackId, PhotoId, RecordHash } from "@albumen/core/ids/ids.ts";
import { parseIndexRecord, type IndexRecord } from "@albumen/core/index/index-record.ts";
import type { StoreWrite } from "@albumen/core/ports/store.ts";
import type { Result } from "@albumen/core/primitives/result.ts";
import { projectLibrary, type Projection } from "@albumen/core/projection/project.ts";
import type { PhotoView } from "@albumen/core/projection/view.ts";
import { BehaviorSubject, type Observable } from "rxjs";
import type { WriteError } from "../log/api.ts";
import type { EncryptedLog } from "../log/log.ts";
import type { EventIntent } from "../log/pen.ts";
import type { EngineState } from "./api.ts";
import type { EngineParts } from "./parts.ts";

/** One device at work. */
export interface Desk {
  readonly parts: EngineParts;
  readonly log: EncryptedLog;
  readonly state: () => EngineState;
  readonly state$: Observable<EngineState>;
  readonly projection: () => Projection;
  /** The library's secret; null until a box with it opened. */
  readonly secret: () => LibrarySecret | null;
  /** The photo as the projection shows it; null where it is not in the library. */
  readonly photo: (id: PhotoId) => PhotoView | null;
  /** The pack of an index record that is here; null where it is not. */
  readonly indexPack: (hash: IndexHash) => PackId | null;
  /** Writes one event above all that is held; see `EncryptedLog.writeEvents`. */
  readonly writeEvent: (
    intent: Omit<EventIntent, "at" | "height">,
    also?: readonly StoreWrite[],
  ) => Promise<Result<RecordHash, WriteError>>;
  /** Takes index records into the projection's view; they are in the store already. */
  readonly learnIndex: (records: readonly (readonly [IndexHash, IndexRecord])[]) => void;
  /** Computes the projection again and shows it. */
  readonly refresh: () => void;
  readonly setModelProblem: (problem: string | null) => void;
}

/** The desk over `log` and the index records in the store. */
export async function openDesk(parts: EngineParts, log: EncryptedLog): Promise<Desk> {
  const indexRecords = await readIndex(parts);
  let projection = project(parts, log, indexRecords);
  let modelProblem: string | null = null;
  let photosOf: Projection | null = null;
  let photosById: ReadonlyMap<PhotoId, PhotoView> = new Map();
  const state = (): EngineState => ({ ...log.state(), view: projection.view, modelProblem });
  const shown = new BehaviorSubject<EngineState>(state());
  const show = (): void => shown.next(state());
  log.onRecords(() => {
    projection = project(parts, log, indexRecords);
  });
  log.state$.subscribe(show);
  return {
    parts,
    log,
    state: () => shown.value,
    state$: shown,
    projection: () => projection,
    secret: () => log.membership().secret,
    photo: (id) => {
      if (photosOf !== projection) {
        photosById = new Map(projection.view.photos.map((photo) => [photo.id, photo]));
        photosOf = projection;
      }
      return photosById.get(id) ?? null;
    },
    indexPack: (hash) => indexRecords.get(hash)?.pack ?? null,
    writeEvent: (intent, also) => log.writeEvents([{ ...intent, height: projection.view.height + 1 }], also),
    learnIndex: (records) => {
      for (const [hash, record] of records) indexRecords.set(hash, record);
    },
    refresh: () => {
      projection = project(parts, log, indexRecords);
      show();
    },
    setModelProblem: (problem) => {
      modelProblem = problem;
      show();
    },
  };
}

async function readIndex(parts: EngineParts): Promise<Map<IndexHash, IndexRecord>> {
  const records = new Map<IndexHash, IndexRecord>();
  for (const [hash, bytes] of await parts.store.entries("index")) {
    const parsed = parseIndexRecord(bytes);
    if (parsed.ok) records.set(hash as IndexHash, parsed.value);
  }
  return records;
}

function project(parts: EngineParts, log: EncryptedLog, indexRecords: ReadonlyMap<IndexHash, IndexRecord>): Projection {
  const { ledger } = log.journal;
  const { roster, names } = log.membership();
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
