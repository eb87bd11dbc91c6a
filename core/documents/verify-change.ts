/**
 * Verified decoding of a change: guard, checksum, then the operations one by one. Accepted is only what `author.ts` writes:
 * bytes put under new keys of the root, by an actor of the record's device, on exactly one dependency.
 */
import { bytesToHex } from "../primitives/bytes.ts";
import { err, ok, type Result } from "../primitives/result.ts";
import type { DocumentEntry } from "./author.ts";
import { readAuthoredChange } from "./authored-change.ts";
import { Automerge } from "./automerge.ts";
import { guardChange, type ChangeRefusal } from "./change-guard.ts";
import type { VerifiedChange } from "./verified-change.ts";

/** Most operations one change may hold. */
export const maximalOperations = 20_000;

/** The change in `bytes`, written by an actor that begins with `prefix`. */
export function verifyChange(bytes: Uint8Array, prefix: string): Result<VerifiedChange, ChangeRefusal> {
  const decoded = decodeChange(bytes);
  if (!decoded.ok) return decoded;
  const { actor, startOp, entries } = decoded.value;
  if (!actor.startsWith(prefix) || actor.length !== prefix.length + 16) return refuse("its actor is not of the record's device");
  if (startOp > 2 ** 31) return refuse("its operations are numbered beyond 2^31");
  if (entries.length === 0 || hasKeyTwice(entries)) return refuse("it puts nothing, or one key twice");
  return decoded;
}

/** The change in `bytes`, whoever wrote it: the first step of `verifyChange`. */
export function decodeChange(bytes: Uint8Array): Result<VerifiedChange, ChangeRefusal> {
  const read = readAuthoredChange(bytes, maximalOperations);
  return read === null ? decodeAnyChange(bytes) : ok(read);
}

/** What `change` puts, as Automerge itself decodes it: for every form that it may have, also those that nobody writes. */
export function decodeAnyChange(bytes: Uint8Array): Result<VerifiedChange, ChangeRefusal> {
  const guarded = guardChange(bytes, maximalOperations);
  if (!guarded.ok) return guarded;
  if (guarded.value.extra > 0) return refuse("bytes follow its columns");
  let decoded: Automerge.DecodedChange;
  try {
    decoded = Automerge.decodeChange(bytes);
  } catch {
    return refuse("Automerge cannot decode it");
  }
  // Automerge does not compare the chunk's checksum, the first four bytes of the hash, when it applies a change.
  if (decoded.hash.slice(0, 8) !== bytesToHex(bytes.subarray(4, 8))) return refuse("its checksum is off");
  const { hash, actor, seq, startOp, deps, time, message, ops } = decoded;
  const [dependency] = deps;
  if (deps.length !== 1 || dependency === undefined) return refuse("it does not depend on exactly one change");
  if (time !== 0 || (message ?? "") !== "") return refuse("it has a time or a message");
  const entries: DocumentEntry[] = [];
  for (const op of ops as readonly DecodedOp[]) {
    const value = op.value;
    const plain = op.action === "set" && op.obj === "_root" && op.insert !== true && (op.pred ?? []).length === 0;
    // `decodeChange` gives bytes as an array of numbers; no other value is an array.
    if (!plain || typeof op.key !== "string" || !Array.isArray(value)) return refuse("it does more than put bytes");
    entries.push({ key: op.key, value: Uint8Array.from(value as readonly number[]) });
  }
  return ok({ hash, actor, seq, startOp, dependency, entries });
}

function hasKeyTwice(entries: readonly DocumentEntry[]): boolean {
  return entries.length > 1 && new Set(entries.map((entry) => entry.key)).size !== entries.length;
}

/** What `decodeChange` gives per operation; its own type leaves most of it out. */
interface DecodedOp {
  readonly action: string;
  readonly obj: string;
  readonly key?: string;
  readonly value?: unknown;
  readonly insert?: boolean;
  readonly pred?: readonly string[];
}

function refuse(reason: string): Result<never, ChangeRefusal> {
  return err({ kind: "refused-change", reason });
}
