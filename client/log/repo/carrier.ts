/** Carrier: the documents of a repository and those of the log, kept the same on both sides. */
import { actorPrefix } from "@albumen/core/documents/author.ts";
import { Automerge } from "@albumen/core/documents/automerge.ts";
import { createFreeDocuments, type FreeDocuments } from "@albumen/core/documents/free/free-documents.ts";
import { bytesToId, idToBytes, type DeviceId, type FreeDocumentId } from "@albumen/core/ids/ids.ts";
import { bytesToHex, compareText } from "@albumen/core/primitives/bytes.ts";
import {
  type AnyDocumentId,
  documentIdToBinary,
  type DocHandle,
  type DocumentId,
  interpretAsDocumentId,
  type Repo,
} from "@automerge/automerge-repo/slim";
import type { EncryptedLog } from "../log.ts";
import type { LackingChanges } from "./bursts.ts";
import { carryDocument, type CarriedDocument } from "./carried-document.ts";
import { watchRepo } from "./watch-repo.ts";

/** Something about one document that its people should know. */
export interface DocumentNote {
  readonly document: DocumentId;
  /** Hash of the change that it is about; null where it is about the document. */
  readonly change: string | null;
  /** Who brought the change; null where it is about the document. */
  readonly device: DeviceId | null;
  readonly reason: string;
}

/** The documents on both sides. */
export interface Carrier {
  /** Begins with what both sides have. */
  readonly start: () => void;
  /** Takes the log as it is now. */
  readonly update: () => void;
  /** What the log lacks and is to have, by document, sorted. */
  readonly lacking: () => readonly LackingChanges[];
  readonly notes: () => CarrierNotes;
  readonly stop: () => void;
}

/** What is to be known of all documents. */
export interface CarrierNotes {
  readonly left: readonly DocumentNote[];
  readonly kept: readonly DocumentNote[];
}

/** What the carrier goes by. */
interface Carrying {
  readonly repo: Repo;
  readonly log: EncryptedLog;
  readonly free: FreeDocuments;
  readonly documents: Map<FreeDocumentId, CarriedDocument>;
  readonly notes: Map<FreeDocumentId, CarrierNotes>;
  /** Why a document could not be brought to where the log is. */
  readonly broken: Map<FreeDocumentId, string>;
  /** Documents that were deleted in the repository. */
  readonly deleted: Set<FreeDocumentId>;
  /** Changes that were taken out of a document once: a network of the repository's own may bring them back, and is not fought. */
  readonly dropped: Set<string>;
  /** Told where a document may hold what the log lacks. */
  readonly touched: () => void;
  /** Whose actors documents are written under. */
  device: DeviceId;
}

/** The carrier between `repo` and `log`. `touched` is called where a document may hold what the log lacks. */
export function createCarrier(repo: Repo, log: EncryptedLog, touched: () => void): Carrier {
  const carrying: Carrying = {
    ...{ repo, log, touched },
    free: createFreeDocuments(),
    documents: new Map(),
    notes: new Map(),
    broken: new Map(),
    deleted: new Set(),
    dropped: new Set(),
    device: log.keys.device,
  };
  let stopWatching = (): void => undefined;
  return {
    start: () => {
      const ids = takeLog(carrying);
      stopWatching = watchRepo(repo, {
        newActor: () => newActor(carrying),
        found: (handle) => carry(carrying, handle),
        deleted: (id) => letGo(carrying, id),
      });
      for (const id of ids) bringUp(carrying, id);
    },
    update: () => {
      const changed = takeLog(carrying);
      if (carrying.device !== log.keys.device) moveToNewDevice(carrying);
      for (const id of changed) bringUp(carrying, id);
    },
    lacking: () =>
      [...carrying.documents.values()]
        .map((document) => ({ document: document.id, changes: lackingOf(carrying, document) }))
        .filter(({ changes }) => changes.length > 0)
        .sort((a, b) => compareText(a.document, b.document)),
    notes: () => {
      const all = [...carrying.notes].sort(([a], [b]) => compareText(a, b)).map(([, notes]) => notes);
      const broken = [...carrying.broken].map(([id, reason]) => noteOfDocument(documentIdOf(id), reason));
      const stuck = [...carrying.documents.values()].flatMap(({ handle, stuck: why }) => {
        const reason = why();
        return reason === null ? [] : [noteOfDocument(handle.documentId, reason)];
      });
      return { left: [...broken, ...stuck, ...all.flatMap(({ left }) => left)], kept: all.flatMap(({ kept }) => kept) };
    },
    stop: () => {
      stopWatching();
      for (const { handle } of carrying.documents.values()) handle.off("heads-changed", onHeadsChanged.get(handle));
      carrying.documents.clear();
    },
  };
}

/** Reads the log; the documents that may have changed. */
function takeLog({ free, log }: Carrying): readonly FreeDocumentId[] {
  const { ledger } = log.journal;
  return free.update({
    changes: ledger.freeChanges(),
    members: log.membership().roster.members,
    isVoid: (hash) => {
      const held = ledger.entry(hash);
      return held === null || ledger.isVoid(held.link);
    },
  });
}

function newActor({ log }: Carrying): string {
  return actorPrefix(log.keys.device) + bytesToHex(log.parts.random(8));
}

/** How each carried handle tells of its changes, so that it can be told to stop. */
const onHeadsChanged = new WeakMap<DocHandle<unknown>, () => void>();

function carry(carrying: Carrying, handle: DocHandle<unknown>): void {
  const id = bytesToId("FreeDocumentId", documentIdToBinary(handle.documentId));
  if (id === null) return;
  const document = carryDocument(id, handle, newActor(carrying));
  carrying.documents.set(id, document);
  carrying.deleted.delete(id);
  const changed = (): void => {
    // During the event the document is changing still.
    queueMicrotask(() => carrying.documents.get(id) === document && bringUp(carrying, id));
  };
  onHeadsChanged.set(handle, changed);
  handle.on("heads-changed", changed);
  bringUp(carrying, id);
}

function letGo({ documents, deleted, notes }: Carrying, documentId: DocumentId): void {
  const id = bytesToId("FreeDocumentId", documentIdToBinary(documentId));
  if (id === null) return;
  documents.delete(id);
  notes.delete(id);
  deleted.add(id);
}

/** Brings a document of the log to where the log is. One that breaks holds up neither the log nor the others. */
function bringUp(carrying: Carrying, id: FreeDocumentId): void {
  const document = carrying.documents.get(id);
  try {
    if (document !== undefined) settle(carrying, document);
    else if (!carrying.deleted.has(id)) openFromLog(carrying, id);
    carrying.broken.delete(id);
  } catch (cause) {
    carrying.broken.set(id, `it could not be changed here: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
  noteDocument(carrying, id);
}

/** Puts a document into the repository that it does not have. */
function openFromLog({ repo, free }: Carrying, id: FreeDocumentId): void {
  const changes = free.document(id).applied.map(({ bytes }) => bytes);
  if (changes.length === 0) return;
  const docId = documentIdOf(id);
  const handle = repo.import(Automerge.save(Automerge.applyChanges(Automerge.init<unknown>(), changes)[0]), { docId });
  // What the repository saved and the log never got, because the program ended in between, is brought along.
  void repo.storageSubsystem
    ?.loadDoc<unknown>(docId)
    .then((stored) => stored !== null && handle.update((doc) => Automerge.merge(doc, stored)))
    .catch(() => undefined);
}

/** Brings a document to where the log is, and sees whether the log lacks anything of it. */
function settle(carrying: Carrying, document: CarriedDocument): void {
  reconcile(carrying, document);
  if (lackingOf(carrying, document).length > 0) carrying.touched();
}

function reconcile(carrying: Carrying, document: CarriedDocument): void {
  if (!document.look()) return;
  const { applied, left } = carrying.free.document(document.id);
  const displaced = left.filter(({ waits, hash }) => !waits && document.hashes.has(hash)).map(({ hash }) => hash);
  const isNew = displaced.some((hash) => !carrying.dropped.has(hash));
  // What the log lacks is written before anything is taken out: with what it was built on it would go unnoticed.
  if (isNew && lackingOf(carrying, document).length === 0) {
    for (const hash of displaced) carrying.dropped.add(hash);
    document.rebuild(new Set(displaced), applied);
  } else document.apply(applied);
}

function lackingOf({ free, log }: Carrying, document: CarriedDocument): LackingChanges["changes"] {
  if (document.stuck() !== null) return [];
  const { held } = free.document(document.id);
  return document.lacking(held).filter(({ hash, actor }) => {
    const owner = free.deviceOf(actor);
    // What another device wrote is its own to bring, unless it brought it in another document, of which this one is a clone.
    return owner === null || owner === log.keys.device || free.isOwn(hash);
  });
}

/** A device that turned out to be a copy goes on under new keys: what the log lacks is said again under actors of theirs. */
function moveToNewDevice(carrying: Carrying): void {
  carrying.device = carrying.log.keys.device;
  for (const document of carrying.documents.values()) {
    document.renew(newActor(carrying), carrying.free.document(document.id).held);
  }
  carrying.touched();
}

function noteDocument({ free, notes }: Carrying, id: FreeDocumentId): void {
  const { left, kept } = free.document(id);
  const document = documentIdOf(id);
  const note = ({ hash, device, reason }: (typeof kept)[number]): DocumentNote => ({ document, change: hash, device, reason });
  notes.set(id, { left: left.map(note), kept: kept.map(note) });
}

function noteOfDocument(document: DocumentId, reason: string): DocumentNote {
  return { document, change: null, device: null, reason };
}

function documentIdOf(id: FreeDocumentId): DocumentId {
  return interpretAsDocumentId(idToBytes(id) as AnyDocumentId);
}
