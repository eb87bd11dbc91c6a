/**
 * Free documents of a library, from the changes that its records carry. What a document holds is a function of the set of records:
 * two devices that hold the same ones apply the same changes and have the same heads, in whatever order the records came.
 */
import type { DeviceId, FreeDocumentId, RecordHash } from "../../ids/ids.ts";
import { compareText } from "../../primitives/bytes.ts";
import type { CarriedChange } from "../content.ts";
import type { FreeChange } from "../free-change.ts";
import { createActorDevices } from "./actor-device.ts";
import { waitingRecords } from "./allowance.ts";
import { createAssembly, type Assembly } from "./assembly.ts";
import { sortCandidates, type DocumentContext, type NamedChange } from "./candidates.ts";
import { losingChanges } from "./contests.ts";

/** What is known of the library beside the changes. */
export interface FreeLibrary {
  readonly changes: readonly CarriedChange[];
  /** Everybody ever admitted, the most senior first; another list wherever who belongs may have changed. */
  readonly members: readonly { readonly device: DeviceId }[];
  readonly isVoid: (record: RecordHash) => boolean;
}

/** One free document. */
export interface FreeDocument {
  /** What to apply, each change after what it builds on. */
  readonly applied: readonly FreeChange[];
  /** Every change that records carry, applied or not. */
  readonly held: ReadonlySet<string>;
  /** Changes that do not count, sorted by hash. */
  readonly left: readonly NamedChange[];
  /** Changes of void records that count because a member has built on them, sorted by hash. */
  readonly kept: readonly NamedChange[];
}

/** The free documents, kept from one state of the library to the next. */
export interface FreeDocuments {
  /** Takes the library as it is now; the documents that may have changed, sorted. Changes only ever come. */
  readonly update: (library: FreeLibrary) => readonly FreeDocumentId[];
  /** The document; of one that no record names nothing is applied. */
  readonly document: (id: FreeDocumentId) => FreeDocument;
  /** Whose actor it is; null of an actor of no device. */
  readonly deviceOf: (actor: string) => DeviceId | null;
  /** Whether the device of a change's actor carries it, in whatever document. */
  readonly isOwn: (hash: string) => boolean;
}

/** No documents yet. */
export function createFreeDocuments(): FreeDocuments {
  const assemblies = new Map<FreeDocumentId, Assembly>();
  const documents = new Map<FreeDocumentId, FreeDocument>();
  let changesById: ReadonlyMap<FreeDocumentId, readonly CarriedChange[]> = new Map();
  let library: FreeLibrary = { changes: [], members: [], isVoid: () => true };
  let context = contextOf(library);
  return {
    update: (now) => {
      const [before, waited] = [changesById, context.waiting];
      const sameMembers = now.members === library.members;
      library = now;
      context = contextOf(now);
      changesById = byDocument(now.changes);
      const same = sameMembers && waited.size === context.waiting.size;
      const changed = [...changesById.keys()].filter((id) => !same || before.get(id)?.length !== changesById.get(id)?.length);
      for (const id of changed) documents.delete(id);
      return changed.sort(compareText);
    },
    document: (id) => {
      const known = documents.get(id);
      if (known !== undefined) return known;
      const assembly = assemblies.get(id) ?? createAssembly();
      assemblies.set(id, assembly);
      const document = assemble(changesById.get(id) ?? [], context, assembly);
      documents.set(id, document);
      return document;
    },
    deviceOf: (actor) => context.deviceOf(actor),
    isOwn: (hash) => context.isOwn(hash),
  };
}

function byDocument(changes: readonly CarriedChange[]): ReadonlyMap<FreeDocumentId, readonly CarriedChange[]> {
  const changesById = new Map<FreeDocumentId, CarriedChange[]>();
  for (const change of changes) {
    const known = changesById.get(change.document);
    if (known === undefined) changesById.set(change.document, [change]);
    else known.push(change);
  }
  return changesById;
}

interface LibraryContext extends DocumentContext {
  /** Records that wait. */
  readonly waiting: ReadonlySet<RecordHash>;
}

function contextOf({ changes, members, isVoid }: FreeLibrary): LibraryContext {
  const devices = members.map(({ device }) => device);
  const ranks = new Map(devices.map((device, rank) => [device, rank]));
  const deviceOf = createActorDevices(devices);
  const waiting = waitingRecords(changes);
  const own = new Set(changes.filter(({ actor, device }) => deviceOf(actor) === device).map(({ hash }) => hash));
  return {
    isVoid,
    rankOf: (device) => ranks.get(device) ?? Number.POSITIVE_INFINITY,
    deviceOf,
    isOwn: (hash) => own.has(hash),
    waits: (record) => waiting.has(record),
    waiting,
  };
}

function assemble(changes: readonly CarriedChange[], context: DocumentContext, assembly: Assembly): FreeDocument {
  const { byHash, left, kept } = sortCandidates(changes, context);
  const losers = losingChanges(byHash, context);
  const standing = [...byHash.values()].filter(({ change }) => !losers.has(change.hash)).map(({ change }) => change);
  const counted = new Map(
    changes.filter(({ record }) => !context.waits(record)).map((change) => [change.hash, change.operations]),
  );
  const operations = [...counted.values()].reduce((sum, count) => sum + count, 0);
  const { applied, reasons } = assembly.update(standing, operations);
  const named = [...left];
  for (const [hash, { carriers }] of byHash) {
    const reason = losers.has(hash) ? "its device wrote another change under the same number, which counts" : reasons.get(hash);
    const device = carriers[0]?.device;
    if (reason !== undefined && device !== undefined) named.push({ hash, device, reason });
  }
  return { applied, held: new Set(changes.map(({ hash }) => hash)), left: sorted(named), kept: sorted(kept) };
}

function sorted(named: readonly NamedChange[]): readonly NamedChange[] {
  return [...named].sort((a, b) => compareText(a.hash, b.hash) || compareText(a.device, b.device));
}
