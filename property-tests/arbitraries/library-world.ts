/**
 * A library in the test's hands: devices that author verified records with `planEdit` and exchange them as they like, without
 * keys, relay or storage. Everything follows from the order of calls: ids count up, hashes cover content.
 */
import { encodeAnnouncement } from "@albumen/core/facts/announcement.ts";
import { factId } from "@albumen/core/facts/fact-id.ts";
import type { Frontier, VerifiedEvent, VerifiedRecord } from "@albumen/core/facts/verified-record.ts";
import { plainHash } from "@albumen/core/crypto/hash.ts";
import type { AlbumId, DeviceId, IndexHash, PersonId, RecordHash } from "@albumen/core/ids/ids.ts";
import { encodeIndexRecord, type IndexRecord } from "@albumen/core/index/index-record.ts";
import { bytesToHex } from "@albumen/core/primitives/bytes.ts";
import { encodeCbor } from "@albumen/core/primitives/cbor.ts";
import type { Result } from "@albumen/core/primitives/result.ts";
import type { Edit, EditError } from "@albumen/core/projection/edit.ts";
import { type PlannedEdit, planEdit } from "@albumen/core/projection/plan-edit.ts";
import { type Projection, projectLibrary } from "@albumen/core/projection/project.ts";
import type { LibraryView } from "@albumen/core/projection/view.ts";
import { clusterFaces } from "@albumen/models/cluster/cluster.ts";

/** What a test device writes as one event. */
export interface TestEvent {
  readonly what: string;
  readonly facts?: readonly Uint8Array[];
  readonly announcement?: Uint8Array;
  /** 1 + the greatest height seen, unless the test says otherwise. */
  readonly height?: number;
}

/** A device with the records it holds. */
export interface TestDevice {
  readonly id: DeviceId;
  readonly held: Map<RecordHash, VerifiedRecord>;
  /** Adds photos to the library. */
  readonly announce: (photos: readonly IndexRecord[]) => string;
  /** Writes one record with these events; returns the id of the last event. */
  readonly write: (...events: readonly TestEvent[]) => string;
  readonly plan: (edit: Edit) => Result<PlannedEdit, EditError>;
  /** Plans and writes an edit; returns its event's id. @throws Error where it is refused. */
  readonly edit: (edit: Edit) => string;
  readonly receive: (from: TestDevice) => void;
  readonly project: (today?: string | null) => Projection;
  readonly view: () => LibraryView;
}

/** Devices and what all of them would agree on. */
export interface LibraryWorld {
  readonly device: (name: string) => TestDevice;
  readonly indexRecords: Map<IndexHash, IndexRecord>;
  /** Records that the roster sets aside. */
  readonly voided: Set<RecordHash>;
  readonly person: () => PersonId;
  readonly album: () => AlbumId;
  /** What a device that holds exactly `records` sees. */
  readonly project: (records: readonly VerifiedRecord[], today?: string | null) => Projection;
}

/** A world without devices. */
export function createLibraryWorld(): LibraryWorld {
  let ids = 0;
  const names = new Map<DeviceId, string>();
  const newId = (size: number): string => (++ids).toString(16).padStart(2 * size, "0");
  const world: LibraryWorld = {
    indexRecords: new Map(),
    voided: new Set(),
    person: () => newId(16) as PersonId,
    album: () => newId(16) as AlbumId,
    device: (name) => {
      const id = newId(32) as DeviceId;
      names.set(id, name);
      return createDevice(id, world);
    },
    project: (records, today = null) =>
      projectLibrary({
        records,
        isVoid: ({ hash }) => world.voided.has(hash),
        seniority: (device) => [...names.keys()].indexOf(device),
        indexRecords: world.indexRecords,
        cluster: clusterFaces,
        today,
        deviceName: (device) => names.get(device) ?? "Stranger",
      }),
  };
  return world;
}

/** Gives each device what any of them holds. */
export function exchange(...devices: readonly TestDevice[]): void {
  for (const to of devices) for (const from of devices) to.receive(from);
}

function createDevice(id: DeviceId, world: LibraryWorld): TestDevice {
  const held = new Map<RecordHash, VerifiedRecord>();
  let last: VerifiedRecord | null = null;
  let known: Projection | null = null;
  const project = (): Projection => (known ??= world.project([...held.values()]));
  const write = (...events: readonly TestEvent[]): string => {
    last = createRecord(id, last, events, project().view.height, frontiers(held, id));
    held.set(last.hash, last);
    known = null;
    return `${last.hash}.${events.length - 1}`;
  };
  return {
    id,
    held,
    write,
    announce: (photos) => write({ what: "import", announcement: announcementOf(photos, world) }),
    plan: (edit) => planEdit(edit, project()),
    edit: (edit) => {
      const planned = planEdit(edit, project());
      if (!planned.ok) throw new Error(`${edit.kind}: ${planned.error.reason}`);
      return write(planned.value);
    },
    receive: (from) => {
      for (const [hash, record] of from.held) held.set(hash, record);
      known = null;
    },
    project: (today = null) => (today === null ? project() : world.project([...held.values()], today)),
    view: () => project().view,
  };
}

function createRecord(
  device: DeviceId,
  previous: VerifiedRecord | null,
  events: readonly TestEvent[],
  height: number,
  seen: readonly Frontier[],
): VerifiedRecord {
  let index = 0;
  const sequence = (previous?.sequence ?? 0) + 1;
  const verified = events.map(
    (event, place): VerifiedEvent => ({
      what: event.what,
      at: 1_700_000_000_000 + 1000 * sequence,
      height: event.height ?? height + 1 + place,
      facts: (event.facts ?? []).map((bytes) => ({ id: factId(device, previous?.hash ?? null, index++, bytes), bytes })),
      announcement: event.announcement ?? null,
    }),
  );
  const content = verified.map(({ what, height: own, facts, announcement }) => [
    what,
    own,
    facts.map(({ id }) => id),
    announcement,
  ]);
  const frontier = seen.map((point) => [point.device, point.sequence, point.hash]);
  const hash = bytesToHex(plainHash(encodeCbor([device, sequence, previous?.hash ?? null, content, frontier]))) as RecordHash;
  return { hash, device, sequence, previous: previous?.hash ?? null, seen, events: verified };
}

/** The end of every other device's chain. */
function frontiers(held: ReadonlyMap<RecordHash, VerifiedRecord>, self: DeviceId): readonly Frontier[] {
  const lastByDevice = new Map<DeviceId, VerifiedRecord>();
  for (const record of held.values()) {
    if (record.device !== self && record.sequence > (lastByDevice.get(record.device)?.sequence ?? 0))
      lastByDevice.set(record.device, record);
  }
  return [...lastByDevice.values()].map(({ device, sequence, hash }) => ({ device, sequence, hash }));
}

/** The announcement of `photos`, whose index records become known to the world. */
export function announcementOf(photos: readonly IndexRecord[], world: LibraryWorld): Uint8Array {
  return encodeAnnouncement(
    photos.map((record) => {
      const index = bytesToHex(plainHash(encodeIndexRecord(record))) as IndexHash;
      world.indexRecords.set(index, record);
      return { photo: record.photo, pack: record.pack, index, file: `IMG_${record.photo.slice(-4)}.jpg`, blobs: [] };
    }),
  );
}
