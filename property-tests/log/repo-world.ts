/** Devices that know nothing of photos: a log, its relay, and an automerge-repo repository attached to it. */
import { documentIdToBinary, Repo, type DocHandle, type DocumentId, type RepoConfig } from "@automerge/automerge-repo/slim";
import { attachRepo, type AttachedRepo } from "@albumen/client/log/attach-repo.ts";
import type { EncryptedLog } from "@albumen/client/log/log.ts";
import { foundLog, joinLog, openLog } from "@albumen/client/log/open.ts";
import type { LogParts } from "@albumen/client/log/parts.ts";
import { linkToRelay, type RelayLink } from "@albumen/client/log/relay-link.ts";
import { createMemoryStore } from "@albumen/client/storage/memory/memory.ts";
import type { Store } from "@albumen/core/ports/store.ts";
import { Automerge } from "@albumen/core/documents/automerge.ts";
import { createFreeDocuments } from "@albumen/core/documents/free/free-documents.ts";
import { createLedger } from "@albumen/client/log/ledger.ts";
import { bytesToId, type FreeDocumentId, type RecordHash } from "@albumen/core/ids/ids.ts";
import { unwrap } from "../engine/bench-world.ts";

/** One device at work. */
export interface Device {
  readonly parts: LogParts;
  readonly log: EncryptedLog;
  readonly link: RelayLink;
  readonly repo: Repo;
  readonly attached: AttachedRepo;
}

/** A repository, and the log of `parts` attached to it. */
export function attach(parts: LogParts, log: EncryptedLog, config: RepoConfig = {}): Device {
  const repo = new Repo(config);
  return { parts, log, repo, link: linkToRelay(log), attached: attachRepo(repo, log) };
}

/** A new library. */
export async function foundDevice(parts: LogParts, relay: string, config: RepoConfig = {}): Promise<Device> {
  return attach(parts, unwrap(await foundLog(parts, { relay, name: "Laptop" })).log, config);
}

/** Another device of the library of `member`. */
export async function joinDevice(parts: LogParts, member: Device, config: RepoConfig = {}): Promise<Device> {
  const confirm = async (): Promise<boolean> => true;
  const codes: ((code: string) => void)[] = [];
  const shown = new Promise<string>((resolve) => codes.push(resolve));
  const invited = member.link.invite({ confirm, code: (code) => codes[0]?.(code) });
  const { log } = unwrap(await joinLog(parts, await shown, "Phone", { confirm }));
  unwrap(await invited);
  return attach(parts, log, config);
}

/** The device after a restart: what is in its store, and a repository that is empty unless `config` says otherwise. */
export async function restart(device: Device, config: RepoConfig = {}): Promise<Device> {
  unwrap(await device.attached.close());
  const log = await openLog(device.parts);
  if (log === null) throw new Error("the store holds no log");
  return attach(device.parts, log, config);
}

/** Writes what waits on all devices and brings everything to all of them. */
export async function syncAll(...devices: readonly Device[]): Promise<void> {
  for (const { attached } of devices) unwrap(await attached.flush());
  for (const { link } of [...devices, ...devices]) unwrap(await link.sync());
}

/** The handle of a document in a device's repository. */
export function handleOf<T>({ repo }: Device, id: DocumentId): DocHandle<T> {
  const handle = repo.handles[id];
  if (handle === undefined) throw new Error("the repository does not have the document");
  return handle as DocHandle<T>;
}

/** The heads of a document on a device, sorted. */
export function headsOn(device: Device, id: DocumentId): readonly string[] {
  return [...Automerge.getHeads(handleOf(device, id).doc())].sort();
}

/** The name under which the log knows a document. */
export function freeIdOf(id: DocumentId): FreeDocumentId {
  return bytesToId("FreeDocumentId", documentIdToBinary(id)) as FreeDocumentId;
}

/** A document as a ledger has it that takes `records` in the order given, in steps of `step`. */
export function rebuiltFrom<T>(records: readonly Uint8Array[], step: number, { log }: Device, id: DocumentId): Automerge.Doc<T> {
  const ledger = createLedger(log.identity.library, log.keys);
  for (let at = 0; at < records.length; at += step) ledger.commit(ledger.stage(records.slice(at, at + step)).accepted);
  const free = createFreeDocuments();
  const members = ledger.membership()?.roster.members ?? [];
  const isVoid = (hash: RecordHash): boolean => {
    const held = ledger.entry(hash);
    return held === null || ledger.isVoid(held.link);
  };
  free.update({ changes: ledger.freeChanges(), members, isVoid });
  const changes = free.document(freeIdOf(id)).applied.map(({ bytes }) => bytes);
  return Automerge.applyChanges(Automerge.init<T>(), changes)[0];
}

/** Every record that a device holds. */
export async function recordsOf({ parts }: Device): Promise<readonly Uint8Array[]> {
  return (await parts.store.entries("records")).map(([, bytes]) => bytes);
}

/** A store in memory, as every device here has one. */
export function memoryStore(fault?: Parameters<typeof createMemoryStore>[0]): Store {
  const store = createMemoryStore(fault);
  // A program that ends does not take the disk with it.
  return { ...store, close: async () => undefined };
}
