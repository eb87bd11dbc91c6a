/**
 * Opened keys: what the holder of a member's keys can open of a library. An epoch's key comes from one's own box in the record
 * that founded it, from a `seal` to oneself, or wrapped in the private part of a record that opens; wherever it comes from, it
 * must meet the commitment in the founding record. The library's secret comes from `create`, `add` or a `seal`, and must meet
 * the commitment in the `create`. A box that holds anything else is reported, so that its owner can ask for another.
 */
import { isEpochKey, isLibrarySecret, recordKey, type EpochKey, type LibrarySecret, type MemberKeys } from "../crypto/keys.ts";
import { unpackContent } from "../crypto/packing.ts";
import { openRecord } from "../crypto/record-seal.ts";
import type { EpochId, LibraryId, RecordHash } from "../ids/ids.ts";
import { compareText } from "../primitives/bytes.ts";
import { epochOfStatement } from "../roster/statement.ts";
import type { MembershipEntry } from "./entry.ts";
import { epochFoundedBy, type Epoch } from "./epochs.ts";
import { openKeyBox, type BoxContext } from "./key-box.ts";
import type { MembershipMemo } from "./memo.ts";
import { parsePrivatePart, type PrivatePart } from "./private-part.ts";

/** What was opened, and which boxes held no right key. */
export interface OpenedKeys {
  readonly keys: ReadonlyMap<EpochId, EpochKey>;
  /** Null until a box with it opened. */
  readonly secret: LibrarySecret | null;
  /** Private parts that opened, by record. */
  readonly privateParts: ReadonlyMap<RecordHash, PrivatePart>;
  /** Epochs with a box for oneself whose key did not come out of it nor from anywhere else; sorted. */
  readonly failedEpochs: readonly EpochId[];
  /** Whether there was a box with the library's secret for oneself, and none held it. */
  readonly secretFailed: boolean;
  /** `seal` records for oneself that held no right key; sorted. */
  readonly failedSeals: readonly RecordHash[];
}

/** Largest private part that is inflated, in bytes. */
const privatePartCap = 1 << 20;

/** What the holder of `own` can open; `entries` in a canonical order. */
export function openKeys(
  library: LibraryId,
  entries: readonly MembershipEntry[],
  epochs: readonly Epoch[],
  own: MemberKeys,
  memo: MembershipMemo,
): OpenedKeys {
  const commitments = new Map(epochs.map((epoch) => [epoch.id, epoch.commitment]));
  const keys = new Map<EpochId, EpochKey>();
  const isRight = (epoch: EpochId, key: Uint8Array | null): key is EpochKey => {
    const commitment = commitments.get(epoch);
    return key !== null && commitment !== undefined && isEpochKey(key, commitment);
  };
  const tried = new Set<EpochId>();
  const failedSeals: RecordHash[] = [];
  for (const entry of entries) {
    const box = ownEpochBox(library, entry, own, memo);
    if (box === null) continue;
    tried.add(box.epoch);
    if (isRight(box.epoch, box.key)) keys.set(box.epoch, box.key);
    else if (entry.statement.kind === "seal") failedSeals.push(entry.hash);
  }
  const privateParts = unwrapAll(entries, keys, isRight, memo);
  const secret = openSecret(library, entries, own, memo);
  return {
    keys,
    privateParts,
    secret: secret.value,
    secretFailed: secret.failed,
    failedEpochs: [...tried].filter((epoch) => commitments.has(epoch) && !keys.has(epoch)).sort(compareText),
    failedSeals: [...failedSeals, ...secret.failedSeals].sort(compareText),
  };
}

/** Opens private parts and takes the keys they wrap, until nothing more opens. */
function unwrapAll(
  entries: readonly MembershipEntry[],
  keys: Map<EpochId, EpochKey>,
  isRight: (epoch: EpochId, key: Uint8Array | null) => key is EpochKey,
  memo: MembershipMemo,
): ReadonlyMap<RecordHash, PrivatePart> {
  const privateParts = new Map<RecordHash, PrivatePart>();
  // Each round opens at least one, so this ends.
  for (let closed = entries, news = true; news; ) {
    news = false;
    const stillClosed: MembershipEntry[] = [];
    for (const entry of closed) {
      const epoch = entry.parts.header.epoch ?? epochFoundedBy(entry.hash);
      const key = keys.get(epoch);
      if (key === undefined) {
        stillClosed.push(entry);
        continue;
      }
      const part = memo.privatePart(entry.hash, () => openPrivatePart(entry, key));
      if (part === null) continue;
      privateParts.set(entry.hash, part);
      news = true;
      for (const wrap of part.wraps) if (isRight(wrap.epoch, wrap.key)) keys.set(wrap.epoch, wrap.key);
    }
    closed = stillClosed;
  }
  return privateParts;
}

/** The epoch key in the box that `entry` holds for oneself: null where it holds none, `key` null where it does not open. */
function ownEpochBox(
  library: LibraryId,
  entry: MembershipEntry,
  own: MemberKeys,
  memo: MembershipMemo,
): { readonly epoch: EpochId; readonly key: Uint8Array | null } | null {
  const { statement, hash } = entry;
  if (statement.kind === "seal") {
    const { of, device, box } = statement;
    if (of === null || device !== own.device) return null;
    const context: BoxContext = { purpose: "seal", library, ids: [of] };
    return { epoch: of, key: memo.box(hash, "seal", () => openKeyBox(box, own, context)) };
  }
  const part = epochOfStatement(statement);
  const box = part?.boxes.find((candidate) => candidate.device === own.device)?.box;
  if (part === null || box === undefined) return null;
  const context: BoxContext = { purpose: "epoch", library: entry.parts.header.library, ids: part.parents };
  return { epoch: epochFoundedBy(hash), key: memo.box(hash, "epoch", () => openKeyBox(box, own, context)) };
}

function openSecret(
  library: LibraryId,
  entries: readonly MembershipEntry[],
  own: MemberKeys,
  memo: MembershipMemo,
): { readonly value: LibrarySecret | null; readonly failed: boolean; readonly failedSeals: readonly RecordHash[] } {
  const founding = entries.find((entry) => (entry.hash as string) === library)?.statement;
  if (founding?.kind !== "create") return { value: null, failed: false, failedSeals: [] };
  const failedSeals: RecordHash[] = [];
  let value: LibrarySecret | null = null;
  let tried = false;
  for (const entry of entries) {
    const key = ownSecretBox(library, entry, own, memo);
    if (key === undefined) continue;
    tried = true;
    if (key !== null && isLibrarySecret(key, founding.secretCommitment)) value ??= key;
    else if (entry.statement.kind === "seal") failedSeals.push(entry.hash);
  }
  return { value, failed: tried && value === null, failedSeals };
}

/** What comes out of the box with the library's secret that `entry` holds for oneself; undefined where it holds none. */
function ownSecretBox(
  library: LibraryId,
  entry: MembershipEntry,
  own: MemberKeys,
  memo: MembershipMemo,
): Uint8Array | null | undefined {
  const { statement, hash } = entry;
  if (statement.kind === "seal") {
    if (statement.of !== null || statement.device !== own.device) return undefined;
    return memo.box(hash, "seal", () => openKeyBox(statement.box, own, { purpose: "seal", library, ids: [] }));
  }
  if (statement.kind !== "create" && statement.kind !== "add") return undefined;
  const box = statement.secrets.find((candidate) => candidate.device === own.device)?.box;
  if (box === undefined) return undefined;
  const context: BoxContext = { purpose: "secret", library: entry.parts.header.library, ids: [] };
  return memo.box(hash, "secret", () => openKeyBox(box, own, context));
}

function openPrivatePart(entry: MembershipEntry, key: EpochKey): PrivatePart | null {
  const { header } = entry.parts;
  const packed = openRecord(entry.parts, recordKey(key, header.library, header.epoch, header.device));
  const content = packed === null ? null : unpackContent(packed, privatePartCap);
  return content?.ok === true ? parsePrivatePart(content.value) : null;
}
