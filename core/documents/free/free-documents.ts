/**
 * Free documents of a library, from the changes that its records carry. What a document holds is a function of the set of records:
 * two devices that hold the same ones apply the same changes and have the same heads, in whatever order the records came.
 */
import type { DeviceId, FreeDocumentId, RecordHash } from "../../ids/ids.ts";
import { compareText } from "../../primitives/bytes.ts";
import type { CarriedChange } from "../content.ts";
import type { FreeChange } from "../free-change.ts";
import { createActorDevices } from "./actor-device.ts";
import { createAllowance, type Allowance } from "./allowance.ts";
import { createAssembly, type Assembly } from "./assembly.ts";
import { sortCandidates, type DocumentContext, type NamedChange } from "./candidates.ts";
import { losingChanges } from "./contests.ts";

/** The library as far as it concerns its free documents. */
export interface FreeLibrary {
  /** In any order; the same list as before, perhaps longer, unless everything is to be read anew. */
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
  /** Changes that do not count, sorted by hash: `waits` where others may yet come that let them count. */
  readonly left: readonly (NamedChange & { readonly waits: boolean })[];
  /** Changes of void records that count because a member has built on them, sorted by hash. */
  readonly kept: readonly NamedChange[];
}

/** The free documents, kept from one state of the library to the next. */
export interface FreeDocuments {
  /** Takes the library as it is now; the documents that may have changed, sorted. */
  readonly update: (library: FreeLibrary) => readonly FreeDocumentId[];
  /** The document; of one that no record names nothing is applied. */
  readonly document: (id: FreeDocumentId) => FreeDocument;
  /** Whose actor it is; null of an actor of no device. */
  readonly deviceOf: (actor: string) => DeviceId | null;
  /** Whether the device of a change's actor carries it, in whatever document. */
  readonly isOwn: (hash: string) => boolean;
}

/** What is known of one library. */
interface Taken {
  readonly library: FreeLibrary;
  /** How many of its changes were taken. */
  count: number;
  readonly allowance: Allowance;
  readonly waiting: ReadonlySet<RecordHash>;
  readonly deviceOf: (actor: string) => DeviceId | null;
  readonly own: Set<string>;
  /** Documents into which others brought a change that its own device did not bring so far, by its hash. */
  readonly hoping: Map<string, Set<FreeDocumentId>>;
  readonly changesById: Map<FreeDocumentId, CarriedChange[]>;
}

/** No documents yet. */
export function createFreeDocuments(): FreeDocuments {
  const assemblies = new Map<FreeDocumentId, Assembly>();
  const documents = new Map<FreeDocumentId, FreeDocument>();
  let taken = start({ changes: [], members: [], isVoid: () => true });
  return {
    update: (library) => {
      const goesOn = library.changes === taken.library.changes && library.members === taken.library.members;
      const before = taken;
      taken = goesOn ? taken : start(library);
      const fresh = library.changes.slice(taken.count);
      const touched = take(taken, fresh);
      taken = { ...taken, waiting: taken.allowance.waiting() };
      const all = !goesOn || taken.waiting.size !== before.waiting.size;
      const changed = all ? taken.changesById.keys() : touched;
      const ids = [...changed].sort(compareText);
      for (const id of ids) documents.delete(id);
      return ids;
    },
    document: (id) => {
      const known = documents.get(id);
      if (known !== undefined) return known;
      const assembly = assemblies.get(id) ?? createAssembly();
      assemblies.set(id, assembly);
      const document = assemble(taken.changesById.get(id) ?? [], contextOf(taken), assembly);
      documents.set(id, document);
      return document;
    },
    deviceOf: (actor) => taken.deviceOf(actor),
    isOwn: (hash) => taken.own.has(hash),
  };
}

function start(library: FreeLibrary): Taken {
  return {
    library,
    count: 0,
    allowance: createAllowance(),
    waiting: new Set(),
    deviceOf: createActorDevices(library.members.map(({ device }) => device)),
    own: new Set(),
    hoping: new Map(),
    changesById: new Map(),
  };
}

/** Takes changes; the documents that they touch. */
function take(taken: Taken, changes: readonly CarriedChange[]): ReadonlySet<FreeDocumentId> {
  const { deviceOf, own, hoping, changesById } = taken;
  const touched = new Set<FreeDocumentId>();
  taken.count += changes.length;
  taken.allowance.add(changes);
  for (const change of changes) {
    const { hash, document } = change;
    const owner = deviceOf(change.actor);
    touched.add(document);
    if (owner === change.device) {
      own.add(hash);
      for (const other of hoping.get(hash) ?? []) touched.add(other);
    } else if (owner !== null) hoping.set(hash, (hoping.get(hash) ?? new Set()).add(document));
    const known = changesById.get(document);
    if (known === undefined) changesById.set(document, [change]);
    else known.push(change);
  }
  return touched;
}

function contextOf({ library, waiting, deviceOf, own }: Taken): DocumentContext {
  const ranks = new Map(library.members.map(({ device }, rank) => [device, rank]));
  return {
    isVoid: library.isVoid,
    rankOf: (device) => ranks.get(device) ?? Number.POSITIVE_INFINITY,
    deviceOf,
    isOwn: (hash) => own.has(hash),
    waits: (record) => waiting.has(record),
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
    const contested = { reason: "its device wrote another change under the same number, which counts", waits: false };
    const why = losers.has(hash) ? contested : reasons.get(hash);
    const device = carriers[0]?.device;
    if (why !== undefined && device !== undefined) named.push({ hash, device, ...why });
  }
  return { applied, held: new Set(changes.map(({ hash }) => hash)), left: sorted(named), kept: sorted(kept) };
}

function sorted<T extends NamedChange>(named: readonly T[]): readonly T[] {
  return [...named].sort((a, b) => compareText(a.hash, b.hash) || compareText(a.device, b.device));
}
